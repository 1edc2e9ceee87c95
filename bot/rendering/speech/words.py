"""What is written short, said: signs, acronyms, addresses, then figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.rendering.speech.datafiles import data
from bot.rendering.speech.figures import spoken_figures

LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
SITE = re.compile(
    r"(?:https?://|www\.)[^\s,;()«»]*[^\s,;().«»]|\b(?:[a-z0-9-]+\.)+(?:fr|com|org|net|eu)(?:/[\w./-]*\w)?\b",
    re.IGNORECASE,
)
ACRONYM = re.compile(r"\b[A-ZÀ-ÝŒ]{2,}s?\b")
ROMAN = re.compile(r"(?i:\b(titre|partie|livre|catégorie|groupe|annexe)) ([IVX]+)\b")
PARENTHESES = re.compile(r" ?\(([^()]*)\)")
VALUES = {"I": 1, "V": 5, "X": 10}
# What may stand in a spoken sentence beside letters.
SAID = " \u00a0.,;:?!'’-"
# Letters of the longest acronym that is spelt; a longer one is a word in capitals.
LONGEST_SPELT = 5


def said(text: str) -> str:
    """Return a sentence as it is said: no digit, no sign, no address; words of one figure are joined."""
    text = LINK.sub(r"\1", text)
    text = _without_addresses(text)
    for pattern, replacement in _signs():
        text = pattern.sub(replacement, text)
    text = ROMAN.sub(lambda found: f"{found[1]} {_roman(found[2])}", _without_parentheses(text))
    text = spoken_figures(ACRONYM.sub(_acronym, text))
    for sign, words in data("pronunciation")["lone_signs"].items():
        text = text.replace(sign, f" {words} ")
    return tidy("".join(sign if sign.isalpha() or sign in SAID else " " for sign in text))


def addresses(text: str) -> tuple[str, ...]:
    """Return the addresses of a text, which are told only when asked for."""
    return tuple(dict.fromkeys([*EMAIL.findall(text), *SITE.findall(EMAIL.sub(" ", text))]))


def spelt(address: str) -> str:
    """Return an address letter by letter."""
    names = data("pronunciation")["addresses"]["spelt"]
    return ", ".join(spoken_figures(names.get(sign, sign.upper())) for sign in address)


def tidy(text: str) -> str:
    """Return a sentence without what its changes left behind: doubled commas, spaces before stops."""
    text = re.sub(r"[ \t\n]+", " ", text)
    text = re.sub(r" (?=[,.])", "", text)
    text = re.sub(r"(?:[,;:] ?)+(?=[.;:?!,])", "", text)
    text = re.sub(r"(?<=[;:.?!]) ?[,;:]+(?= )", "", text)
    return re.sub(r",(?: ?,)+", ",", text).strip(" ,;:")


def _without_addresses(text: str) -> str:
    words = data("pronunciation")["addresses"]
    text = EMAIL.sub(words["email"], text)

    def site(found: re.Match[str]) -> str:
        host = re.sub(r"^(?:https?://)?(?:www\.)?", "", found[0].casefold()).split("/")[0]
        return str(words["sites"].get(host, words["sites"]["other"]))

    return SITE.sub(site, text)


def _without_parentheses(text: str) -> str:
    """Return a text whose asides stand between commas; an acronym that only repeats its name is left out."""

    def aside(found: re.Match[str]) -> str:
        inner = found[1].strip()
        if not inner or ACRONYM.fullmatch(inner):
            return ""
        return f" ; {inner} ; " if " : " in inner else f", {inner},"

    while PARENTHESES.search(text):
        text = PARENTHESES.sub(aside, text)
    return text.replace("(", " ").replace(")", " ")


def _acronym(found: re.Match[str]) -> str:
    written = found[0].removesuffix("s")
    known = data("pronunciation")
    if written in known["expanded"]:
        return str(known["expanded"][written])
    if written in known["words"]:
        return str(known["words"][written])
    return "\u00a0".join(written) if len(written) <= LONGEST_SPELT else written.capitalize()


def _roman(written: str) -> int:
    values = [VALUES[letter] for letter in written]
    return sum(-v if v < nxt else v for v, nxt in zip(values, [*values[1:], 0], strict=True))


@lru_cache(maxsize=1)
def _signs() -> Iterable[tuple[re.Pattern[str], str]]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in data("pronunciation")["signs"])
