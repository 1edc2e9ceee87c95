"""What keys say: a choice, a yes or a no, a number, an amount, a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.rendering.french import MONTHS
from rules_engine.facts import vocabulary

ADVISER, REPEAT = "0", "*"
KEYS = re.compile(r"[0-9*#]{1,32}")
DATE = re.compile(r"(\d{2})(\d{2})(\d{4})")
MONTH = re.compile(r"(0[1-9]|1[0-2])((?:19|20)\d{2})")
# Keys that stand for a number: so many digits at most, so that no number of a card or of a file gets in.
NUMBER = re.compile(r"\d{1,6}")
AMOUNT = re.compile(r"(\d{1,6})(?:\*(\d{1,2}))?")
YES_OR_NO = {"1": "oui", "2": "non"}


def keyed(keys: str, question: str, choices: Sequence[str]) -> str:
    """Return what keys say in reply to the question asked, empty where they say nothing.

    Args:
        keys: as pressed, with the # that ends them or without.
        question: the fact asked for.
        choices: the titles that keys pick.
    """
    keys = keys.rstrip("#")
    if choices:
        return choices[int(keys) - 1] if keys.isdecimal() and 1 <= int(keys) <= len(choices) else ""
    if question not in vocabulary():
        return ""
    kind = vocabulary()[question].type
    if kind == "boolean":
        return YES_OR_NO.get(keys, "")
    if kind == "date":
        return _date(keys)
    if kind == "money":
        amount = AMOUNT.fullmatch(keys)
        return f"{amount[1]}{f',{amount[2]}' if amount[2] else ''} €" if amount else ""
    return keys if kind == "integer" and NUMBER.fullmatch(keys) else ""


def _date(keys: str) -> str:
    """Return a day or a month keyed, as it is written; empty for one that no calendar has."""
    month = MONTH.fullmatch(keys)
    if month:
        return f"en {MONTHS[int(month[1]) - 1]} {month[2]}"
    day = DATE.fullmatch(keys)
    try:
        return date(int(day[3]), int(day[2]), int(day[1])).strftime("%d/%m/%Y") if day else ""
    except ValueError:
        return ""
