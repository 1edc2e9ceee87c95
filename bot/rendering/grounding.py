"""The last gate: every figure of a reply must come from the decision, a parameter, a citation or the member's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

FIGURE = re.compile(r"\d+(?:[\s\u00a0\u202f]\d{3}(?!\d))*(?:[.,]\d+)?")
PHONE = re.compile(r"(?<!\d)\d{2}(?:[ \u00a0\u202f]\d{2}){3,4}(?!\d)")
# Names that hold a figure and state none.
NAMES = re.compile(r"100[\s\u00a0\u202f]?%[\s\u00a0\u202f]Santé|24h/24|7j/7|n° ?\d+", re.IGNORECASE)
ISO_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")


class Ungrounded(Exception):  # noqa: N818 - what the gate found, handled as such
    """A reply holds figures that nothing supports."""

    def __init__(self, figures: Iterable[str]) -> None:
        self.figures = sorted(figures)
        super().__init__(", ".join(self.figures))


def figures(text: str) -> set[Decimal]:
    """Return the figures of a text, phone numbers as one figure each."""
    text = NAMES.sub(" ", text)
    found = {_decimal(re.sub(r"\D", "", phone)) for phone in PHONE.findall(text)}
    return found | {_decimal(figure) for figure in FIGURE.findall(PHONE.sub(" ", text))}


def grounds(value: Any) -> set[Decimal]:
    """Return every figure that a JSON value holds: numbers, figures inside strings, parts of dates, years of months."""
    if isinstance(value, Mapping):
        found = set().union(*(grounds(entry) for entry in value.values()), set())
        if value.get("unit") == "months" and value.get("value") is not None:
            found.add(Decimal(str(value["value"])) / 12)
        return found
    if isinstance(value, list | tuple):
        return set().union(*(grounds(entry) for entry in value), set())
    if isinstance(value, bool) or value is None:
        return set()
    if isinstance(value, str) and ISO_DATE.match(value):
        day = date.fromisoformat(value)
        return {Decimal(day.day), Decimal(day.month), Decimal(day.year)}
    return figures(str(value))


def check(text: str, *supports: Any) -> None:
    """Hold the figures of a reply against what supports them.

    Raises:
        Ungrounded: naming the figures that nothing supports.
    """
    known = set().union(*(grounds(support) for support in supports), set())
    missing = figures(text) - known
    if missing:
        raise Ungrounded(str(figure) for figure in missing)


def _decimal(text: str) -> Decimal:
    return Decimal(re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", ".")).normalize()
