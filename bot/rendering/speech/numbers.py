"""Numbers in French words. The words of one figure are joined by no-break spaces: no sentence is cut inside it."""

from __future__ import annotations

import re
from decimal import Decimal

from num2words import num2words

JOIN = "\u00a0"
MILLION = 1_000_000
PLURAL = re.compile(r"(cent|vingt)sième$")


def cardinal(value: int, *, feminine: bool = False) -> str:
    """Return a whole number in words, its last one agreed with its noun."""
    words = num2words(value, lang="fr")
    if feminine and value % 10 == 1 and value % 100 not in (11, 71, 91):
        words = f"{words}e"
    return joined(words)


def ordinal(value: int, *, feminine: bool = False) -> str:
    """Return the place of something: premier, première, deuxième."""
    if value == 1:
        return "première" if feminine else "premier"
    # The library keeps the plural of "cents" and "quatre-vingts" before -ième.
    return joined(PLURAL.sub(r"\1ième", num2words(value, lang="fr", to="ordinal")))


def decimal(written: str, *, feminine: bool = False) -> str:
    """Return a number written with a decimal comma, its zeros after the comma said one by one."""
    whole, _, rest = written.partition(",")
    if not rest.strip("0"):
        return cardinal(int(whole), feminine=feminine)
    zeros = len(rest) - len(rest.lstrip("0"))
    said = [cardinal(int(whole)), "virgule", *["zéro"] * zeros, cardinal(int(rest))]
    return joined(" ".join(said))


def amount(written: str) -> str:
    """Return an amount of euros written with a decimal comma: euros, then centimes."""
    value = Decimal(written.replace(",", "."))
    euros, cents = int(value), int((value % 1) * 100)
    parts = []
    if euros or not cents:
        of = " d'" if euros and euros % MILLION == 0 else " "
        parts.append(f"{cardinal(euros)}{of}{_plural('euro', euros)}")
    if cents:
        parts.append(f"{cardinal(cents)} {_plural('centime', cents)}")
    return joined(" et ".join(parts))


def digits(written: str) -> str:
    """Return a group of digits as it is dictated: zeros in front one by one, then the number."""
    rest = written.lstrip("0")
    return joined(" ".join(["zéro"] * (len(written) - len(rest)) + ([cardinal(int(rest))] if rest else [])))


def joined(words: str) -> str:
    """Return words that belong together."""
    return words.replace(" ", JOIN)


def _plural(noun: str, count: int) -> str:
    return noun if count < 2 else f"{noun}s"
