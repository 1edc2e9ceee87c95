"""The tree that an outline makes of a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kb.ingestion.lines import Line


@dataclass
class Node:
    """A part of a document.

    Attributes:
        kind: document, instrument, titre, chapitre, section, article, point, group, heading, table, paragraph or row.
        reference: how it is cited.
        heading: its heading as printed, without its number.
        names: other ways in which it may be cited.
        lines: its own lines, those of its children left out.
        title_lines: lines of its heading.
        repeated: heads that its pages repeat; they are left out.
        line: first line in the source.
    """

    kind: str
    reference: str
    heading: str = ""
    line: int = 0
    names: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    title_lines: list[Line] = field(default_factory=list)
    repeated: list[Line] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def add(self, child: Node) -> Node:
        """Append a child and return it."""
        self.children.append(child)
        return child

    def walk(self) -> Iterator[Node]:
        """Yield the node and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()
