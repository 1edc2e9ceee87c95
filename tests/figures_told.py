"""The figures that a text tells, whether it is written ("1 062,50 €") or spoken ("mille soixante-deux euros…")."""

from __future__ import annotations

import re
from decimal import Decimal

from text_to_num import alpha2digit

MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
UNITS = r"jours?|mois|ans?|heures?|minutes?|semaines?|nuits?|séances?|trimestres?|kilomètres|km"
NUMBER = r"(\d+(?:,\d+)?)"
CENTS = re.compile(r"(\d+) centimes?")
AMOUNT = re.compile(rf"{NUMBER} ?(?:€|d'euros?\b|euros?\b)(?: et (\d+) centimes?)?")
MILLIONS = re.compile(r"\b(\d+) millions? d'euros")
PERCENT = re.compile(rf"{NUMBER} ?%")
DATE = re.compile(rf"\b(\d{{1,2}})(?:er)? ({MONTHS})(?: (\d{{4}}))?\b")
LENGTH = re.compile(rf"{NUMBER} (?:{UNITS})\b")
ONE = re.compile(rf"\bune? (?=(?:{UNITS}|euros?|centimes?|millions?)\b)")
Figure = tuple[str, str]


def figures_told(text: str) -> set[Figure]:
    """Return the amounts, percentages, dates and durations of a text, in figures or in words."""
    text = re.sub("[\u00a0\u202f]", " ", text).replace("’", "'").replace("pour cent", "%")
    text = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", text)
    text = re.sub(r"(?<=\d)h(?:(?=\d)|\b)", " heures ", re.sub(r"(?<=\d)j\b", " jours", text))
    text = re.sub(rf"\b[Pp]remier (?=(?:{MONTHS})\b)", "1 ", text)
    text = ONE.sub("1 ", alpha2digit(text, "fr", threshold=0))
    text = MILLIONS.sub(lambda found: f"{found[1]}000000 euros", text)
    found: set[Figure] = {("date", " ".join(part for part in told if part)) for told in DATE.findall(text)}
    text = DATE.sub(" ", text)
    found |= {("%", _plain(value)) for value in PERCENT.findall(text)}
    for euros, cents in AMOUNT.findall(text):
        found.add(("€", _plain(str(Decimal(euros.replace(",", ".")) + Decimal(cents or 0) / 100))))
    found |= {("€", _plain(str(Decimal(cents) / 100))) for cents in CENTS.findall(AMOUNT.sub(" ", text))}
    return found | {(_unit(told[0].split()[-1]), _plain(told[1])) for told in _lengths(text)}


def _lengths(text: str) -> list[tuple[str, str]]:
    return [(found[0], found[1]) for found in LENGTH.finditer(text)]


def _unit(noun: str) -> str:
    return {"km": "kilomètre", "ans": "an", "mois": "mois"}.get(noun, noun.removesuffix("s"))


def _plain(value: str) -> str:
    return format(Decimal(value.replace(",", ".")).normalize(), "f")
