"""Numbers of a French text, however they are written: "1 062,50", "deux ans", "vingt (20) jours", "09 72 72 27 28"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kb.text import fold

UNITS = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70,
    "nonante": 90,
}  # fmt: skip
SCALES = {"cent": 100, "cents": 100, "mille": 1000, "million": 1_000_000, "millions": 1_000_000}
# Words that say a number without being one.
OTHERS: dict[str, int | Decimal] = {
    "premier": 1, "premiere": 1, "seul": 1, "seule": 1, "unique": 1, "deuxieme": 2, "second": 2, "seconde": 2,
    "double": 2, "troisieme": 3, "triple": 3, "quatrieme": 4, "dixieme": 10, "dizaine": 10,
    "moitie": 50, "demi": Decimal("0.5"), "intégralité": 100, "integralite": 100, "totalite": 100,
    "biennal": 2, "triennal": 3,
}  # fmt: skip
# Words that say a length of time by themselves: the number and its unit.
LENGTHS = (
    (re.compile(r"\bquinzaine\b"), 15, "jours"),
    (re.compile(r"\btrimestr"), 3, "mois"),
    (re.compile(r"\bsemestr"), 6, "mois"),
    (re.compile(r"\bmensuel"), 1, "mois"),
    (re.compile(r"\bannuel"), 1, "an"),
)
FIGURE = re.compile(r"\d{1,3}(?:[ .]\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?")
WORDS = re.compile(r"[a-z]+")
PHONE = re.compile(r"(?<![\d,])(?:\+? ?33 ?(?:\(0\) ?)?|0)(?:\d ?)?\d(?:[ .]?\d{2}){3,4}(?!\d)|(?<!\d)3\d{3}(?!\d)")
LONG_PHONE = re.compile(r"(?<![\d,])(?:\+ ?33 ?(?:\(0\) ?)?|00 33 )?0?\d(?:[ .]\d{2}){4}(?!\d)")
# The unit may stand after the number in brackets, after an ordinal's ending, an adjective, or the end of a range.
AFTER = re.compile(
    r"\s*(?:\(\d+\)\s*)?(?:(?:er|e|eme|ere)\b\s*)?(?:(?:a|et|ou|-)\s(?:moins de\s)?\d+\s?)?"
    r"(?:(?:derniers?|dernieres?|premiers?|premieres?|prochains?)\s)?(%|€|[a-z]+)"
)


def plain(text: str) -> str:
    """Return a text folded, with one kind of space and of dash."""
    return re.sub(r"[\s  ]+", " ", fold(text).replace("‑", "-").replace("–", "-"))


def numbers(text: str) -> set[Decimal]:
    """Return every number that a text says, in figures or in words."""
    return {value for value, _ in counted(text)}


def counted(text: str) -> Iterator[tuple[Decimal, str]]:
    """Yield (number, word right after it)."""
    text = LONG_PHONE.sub(" ", plain(text))
    for match in FIGURE.finditer(text):
        for value in _readings(match[0]):
            yield value, _unit(text, match.end())
    for pattern, number, unit in LENGTHS:
        if pattern.search(text):
            yield Decimal(number), unit
    yield from _in_words(text)


def digits(text: str) -> str:
    """Return the digits of a phone number as dialled in France."""
    kept = re.sub(r"\D", "", re.sub(r"\(0\)", "", text))
    return f"0{kept.removeprefix('00').removeprefix('33')}" if kept.startswith(("0033", "33")) else kept


def phones(text: str) -> set[str]:
    """Return the phone numbers of a text, as dialled in France."""
    return {digits(match[0]) for match in PHONE.finditer(plain(text))}


def _readings(written: str) -> Iterator[Decimal]:
    """Yield what figures can mean: "1 017" is one number, and could be two of a table's columns."""
    yield Decimal(re.sub(r"[ .](?=\d{3}(?!\d))", "", written).replace(",", "."))
    parts = re.split(r" ", written)
    if len(parts) > 1:
        for part in parts:
            yield Decimal(part.replace(",", "."))


def _unit(text: str, end: int) -> str:
    match = AFTER.match(text, end)
    return match[1] if match else ""


def _in_words(text: str) -> Iterator[tuple[Decimal, str]]:
    total, current, inside, end = 0, 0, False, 0
    for match in WORDS.finditer(text):
        word, gap = match[0], text[end : match.start()]
        goes_on = inside and gap in (" ", "-", " et ") and _may_follow(word, current, gap)
        if inside and not goes_on and word != "et":
            yield Decimal(total + current), _unit(text, end)
            total, current, inside = 0, 0, False
        if word in UNITS:
            current = current * 20 if (current, UNITS[word]) == (4, 20) else current + UNITS[word]
            inside, end = True, match.end()
        elif SCALES.get(word) == 100:
            current, inside, end = (current or 1) * 100, True, match.end()
        elif word in SCALES:
            total, current, inside, end = (total + (current or 1)) * SCALES[word], 0, True, match.end()
        elif word in OTHERS:
            yield Decimal(OTHERS[word]), _unit(text, match.end())
    if inside:
        yield Decimal(total + current), ""


def _may_follow(word: str, current: int, gap: str) -> bool:
    """Whether a word goes on with a number: "vingt et un", "quatre-vingt", "deux cents", never "deux trois"."""
    if word in SCALES:
        return gap != " et "
    if word not in UNITS or (gap == " et " and word not in ("un", "une", "onze")):
        return False
    below = current % 100
    value = UNITS[word]
    ten = below >= 20 and value < 20
    return below == 0 or ten or (below == 10 and 7 <= value <= 9) or (below, value) == (4, 20)
