"""Outline of annexes: sections that pages of tables open, and rows.

The extraction lost the columns, so a row is what the text still shows: a label and the values that follow it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kb.ingestion.lines import Line
from kb.ingestion.names import key
from kb.ingestion.node import Node

UNIT = r"(?:%|€|euros?|USD|heures?|mois|transports?|fois|unités?|entretiens?)"
VALUE = (
    rf"(?:[+-]?\s?\d[\d\s]*(?:,\d+)?\s?{UNIT}|USD \d+|Néant|Oui|Non|Frais réels?|Illimitée?s?|"
    r"Remboursement (?:SS|total)\b)"
)
HAS_VALUE = re.compile(VALUE, re.IGNORECASE)
ENDS_WITH_VALUE = re.compile(rf"{VALUE}(?:\s*/[\w ./]*)?$", re.IGNORECASE)
STARTS_WITH_VALUE = re.compile(rf"^(?:{VALUE}|\+|soit\b|uniquement\b|/)", re.IGNORECASE)
# What only goes on with the row above: the foot of a cell, or a condition of the amount before it.
CONTINUES = re.compile(
    r"^(?:[a-zà-ÿ(]|Dans la limite|Franchise|La franchise|Plafonné|Puis\b|En cas de prise en charge|"
    r"Pour le scanner|Pour la kinésithérapie|TTC\b)"
)
LONGEST_LABEL = 70


def outline(instrument: Node, lines: Sequence[Line], sections: Mapping[str, str]) -> None:
    """Fill an annexe.

    Args:
        instrument: the annexe.
        lines: its lines.
        sections: pattern of the line that opens a section, to the section's name.
    """
    patterns = [(re.compile(pattern), name) for pattern, name in sections.items()]
    node = instrument
    closed: set[str] = set()
    for line in lines:
        name = next((name for pattern, name in patterns if pattern.search(line.text)), "")
        if name and name == node.heading:
            node.repeated.append(line)
        elif name and name not in closed:
            closed.add(name)
            node = instrument.add(Node("table", f"{instrument.reference} – {name}", name, line.number))
            node.title_lines = [line]
        else:
            node.lines.append(line)
    for table in [instrument, *instrument.children]:
        rows(table)


def rows(table: Node) -> None:
    """Turn the lines of a table into rows."""
    lines, table.lines = table.lines, []
    row: Node | None = None
    heads: set[str] = set()
    for block in blocks(lines):
        text = " ".join(line.text for line in block)
        valued = HAS_VALUE.search(text)
        # The head of a table, before its first values, comes back on each of its pages.
        if not valued and key(text) in heads and row and any(HAS_VALUE.search(line.text) for line in row.lines):
            table.repeated += block
        elif row and (STARTS_WITH_VALUE.match(text) or CONTINUES.match(text)):
            row.lines += block
        else:
            row = table.add(Node("row", _row_reference(table, text), text[:LONGEST_LABEL], block[0].number))
            row.lines = list(block)
            if not any(HAS_VALUE.search(line.text) for child in table.children for line in child.lines):
                heads.add(key(text))


def _row_reference(table: Node, text: str) -> str:
    match = HAS_VALUE.search(text)
    label = text[: match.start()] if match and match.start() > 3 else text
    label = label.strip(" -–:*")
    if len(label) > LONGEST_LABEL:
        label = label[:LONGEST_LABEL].rsplit(" ", 1)[0] + "…"
    return f"{table.reference} – {label}"


def blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Return lines parted where a line is empty, and where a row ends with its values and another begins."""
    parted: list[list[Line]] = [[]]
    for line in lines:
        last = parted[-1]
        begins = last and ENDS_WITH_VALUE.search(last[-1].text) and re.match(r"^(?:-\s|[A-ZÉÈÀÔ])", line.text)
        if not line.text:
            parted.append([])
        elif begins and not STARTS_WITH_VALUE.match(line.text) and not CONTINUES.match(line.text):
            parted.append([line])
        else:
            last.append(line)
    return [block for block in parted if block]
