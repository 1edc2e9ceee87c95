"""A written answer taken apart: lines, lists and tables become sentences; what only a screen shows is left out."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.rendering.speech.datafiles import data
from bot.rendering.speech.sentences import sentences

RULE = re.compile(r"^\|[\s|:-]+\|$")
BULLET = re.compile(r"^\s*(?:[-*•]|\d+\.) +")


def spoken_lines(text: str, references: Collection[str] = ()) -> list[str]:
    """Return the sentences of a written answer as they are said.

    Args:
        text: of the answer.
        references: its sources; told shortly elsewhere, they are left out between parentheses.
    """
    for reference in references:
        text = text.replace(f" ({reference})", "")
    found: list[str] = []
    header = False
    for line in body(text).splitlines():
        if line.startswith("|"):
            found += [] if not header or RULE.match(line) else sentences(_row(line))
            header = True
        elif line.strip():
            header = False
            found += sentences(data("phrases")["headings"].get(line.strip(), _unlabelled(BULLET.sub("", line))))
    return found


def body(text: str) -> str:
    """Return a written answer without the lines that are not read out."""
    left_out = tuple(data("phrases")["left_out"])
    return "\n".join(line for line in text.splitlines() if not line.startswith(left_out))


def presumed(text: str) -> str:
    """Return what a written answer takes for granted; empty for nothing."""
    label = data("phrases")["presumed"]
    return next((line for line in text.splitlines() if line.startswith(label)), "")


def _row(line: str) -> str:
    title, *figures = [cell.strip() for cell in line.strip("| ").split("|")]
    return str(data("phrases")["row"].format(title=title, figure=", ".join(figures)))


def _unlabelled(line: str) -> str:
    """Return a line without the label that a voice does not need."""
    return next((line[len(label) :] for label in data("phrases")["labels"] if line.startswith(label)), line)
