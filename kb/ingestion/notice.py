"""Outline of notices: a table of benefits, groups of sections, numbered sections, lettered points."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.ingestion.headings import heading_length, joined
from kb.ingestion.legal import points
from kb.ingestion.lines import Line
from kb.ingestion.names import key
from kb.ingestion.node import Node
from kb.ingestion.numbering import Number, follows, parse, written
from kb.ingestion.tables import rows

SECTION = re.compile(r"^(\d{1,2}(?:-\d{1,2})*)\s*[-–]\s+(\S.*)$")
MOST_LINES = 3


def outline(instrument: Node, lines: Sequence[Line], groups: Sequence[str], opening: str) -> None:
    """Fill a notice.

    Args:
        instrument: the notice.
        lines: its lines.
        groups: headings that gather numbered sections.
        opening: what the notice begins with: "tableau des garanties", "préambule".
    """
    first = Node("table" if "tableau" in opening else "section", f"{instrument.reference}, {opening}", opening)
    first.line = lines[0].number if lines else 0
    _Notice(instrument, instrument.add(first), {key(group): group for group in groups}).place(lines)


class _Notice:
    def __init__(self, instrument: Node, first: Node, groups: dict[str, str]) -> None:
        self.instrument, self.groups = instrument, groups
        self.node, self.group = first, instrument
        self.last: Number = ()
        self.sections: dict[Number, Node] = {}

    def place(self, lines: Sequence[Line]) -> None:
        index = 0
        while index < len(lines):
            length = self._group(lines, index) or self._section(lines, index)
            if not length:
                self.node.lines.append(lines[index])
            index += length or 1
        for section in self.sections.values():
            points(section)
        if self.instrument.children[0].kind == "table":
            rows(self.instrument.children[0])

    def _group(self, lines: Sequence[Line], index: int) -> int:
        for length in range(MOST_LINES, 0, -1):
            name = self.groups.get(key(joined(lines[index : index + length])))
            # The table at the top names the same groups; the text begins with the first of them.
            begun = self.group is not self.instrument or name == next(iter(self.groups.values()), "")
            if name and begun and lines[index].text:
                reference = f"{self.instrument.reference}, {name[0].lower()}{name[1:]}"
                self.group = self.node = self.instrument.add(Node("group", reference, name, lines[index].number))
                self.node.title_lines = list(lines[index : index + length])
                return length
        return 0

    def _section(self, lines: Sequence[Line], index: int) -> int:
        match = SECTION.match(lines[index].text)
        number = parse(match[1]) if match else ()
        if not match or not follows(number, self.last):
            return 0
        length = heading_length(lines, index)
        heading = joined([lines[index].saying(match[2]), *lines[index + 1 : index + length]])
        parent = self.sections.get(number[:-1], self.group)
        self.node = parent.add(
            Node("article", f"{self.instrument.reference}, article {written(number)}", heading, lines[index].number)
        )
        self.node.title_lines = [line for line in lines[index : index + length] if line.text]
        self.sections[number] = self.node
        self.last = number
        return length
