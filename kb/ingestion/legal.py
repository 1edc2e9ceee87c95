"""Outline of statutes and règlements: titre, chapitre, section, article, point."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.ingestion.headings import heading_length, is_title, joined
from kb.ingestion.lines import Line
from kb.ingestion.node import Node
from kb.ingestion.numbering import Number, follows, parse, written

TITRE = re.compile(r"^TITRE\s+([IVX]+|\d+)$")
CHAPITRE = re.compile(r"^Chapitre\s+(\d+)$", re.IGNORECASE)
SECTION = re.compile(r"^Section\s+(\d+)\s*[-–]\s*(.*)$")
ARTICLE = re.compile(r"^Article\s+(\d+)(?:er)?\s*(?:[-–]\s*(.*)|([A-ZÉÈÀ].*))?$")
POINT = re.compile(r"^(\d{1,2}(?:-\d{1,2})*)\s*(?:[-–.]\s*|(?<=\d-\d)\s+)(?=[^\d\s])(.*)$")
ROMAN_POINT = re.compile(r"^(I|II|III|IV|V|VI)\s*[-–.]\s+(.*)$")
LETTER_POINT = re.compile(r"^([A-H])\s*[-–]\s+(.*)$")
# An article may have been repealed: numbers may jump that far.
JUMP = 3
ROMANS, LETTERS = "I II III IV V VI", "A B C D E F G H"
LEVELS = ("instrument", "titre", "chapitre", "section", "article")


def outline(instrument: Node, lines: Sequence[Line]) -> None:
    """Fill an instrument with its titres, chapitres, sections, articles and points."""
    _Legal(instrument).place(lines)


class _Legal:
    def __init__(self, instrument: Node) -> None:
        self.open = [instrument]
        self.instrument = instrument
        self.article = 0

    def place(self, lines: Sequence[Line]) -> None:
        index = 0
        while index < len(lines):
            node, length = self._heading(lines, index)
            if node:
                node.title_lines = [line for line in lines[index : index + length] if line.text]
                node.line = lines[index].number
            else:
                self.open[-1].lines.append(lines[index])
            index += length
        for node in list(self.instrument.walk()):
            if node.kind == "article":
                points(node)

    def _heading(self, lines: Sequence[Line], index: int) -> tuple[Node | None, int]:
        text = lines[index].text
        if match := TITRE.match(text):
            length = _below(lines, index, capitals=True)
            return self._push("titre", f"titre {match[1]}", joined(lines[index + 1 : index + length])), length
        if match := CHAPITRE.match(text):
            length = _below(lines, index)
            return self._push("chapitre", f"chapitre {match[1]}", joined(lines[index + 1 : index + length])), length
        if match := SECTION.match(text):
            length = heading_length(lines, index)
            heading = joined([lines[index].saying(match[2]), *lines[index + 1 : index + length]])
            return self._push("section", f"section {match[1]}", heading), length
        match = ARTICLE.match(text)
        if match and self._is_next(int(match[1]), bool(match[2] or not match[3])):
            self.article = int(match[1])
            title = match[2] or match[3] or ""
            length = heading_length(lines, index) if title else 1
            heading = joined([lines[index].saying(title), *lines[index + 1 : index + length]])
            return self._push("article", f"article {self.article}", heading), length
        return None, 1

    def _is_next(self, number: int, certain: bool) -> bool:
        return number == self.article + 1 or (certain and self.article < number <= self.article + JUMP)

    def _push(self, kind: str, name: str, heading: str) -> Node:
        while LEVELS.index(self.open[-1].kind) >= LEVELS.index(kind):
            self.open.pop()
        parent = self.instrument if kind == "article" else self.open[-1]
        node = Node(kind, f"{parent.reference}, {name}", heading)
        if kind == "chapitre":
            node.names.append(f"{self.instrument.reference}, {name}")
        self.open.append(self.open[-1].add(node))
        return node


def _below(lines: Sequence[Line], index: int, *, capitals: bool = False) -> int:
    """Return the length of a heading whose words stand below its number."""
    first = index + 1
    while first < len(lines) and not lines[first].text:
        first += 1
    if first >= len(lines) or ARTICLE.match(lines[first].text) or CHAPITRE.match(lines[first].text):
        return 1
    return first - index + heading_length(lines, first, capitals=capitals)


def points(article: Node) -> None:
    """Split an article along its numbered points: "1 -", "2-1 -", "I.", "A -", under whichever it stands."""
    splitter = _Points(article)
    lines, article.lines = article.lines, []
    for index, line in enumerate(lines):
        splitter.take(line, lines[index + 1].text if index + 1 < len(lines) else "")


@dataclass
class _Level:
    """A prefix that is open: the node it belongs to, the last number under it, and its letter where it has one."""

    node: Node
    last: Number = ()
    alphabet: str = ""
    place: int = 0


class _Points:
    """Keeps, from the outside inwards, the prefixes that are open."""

    def __init__(self, article: Node) -> None:
        self.article = article
        self.before, self.number = article.reference.rsplit(" ", 1)
        self.open = [_Level(article)]
        self.node = article

    def take(self, line: Line, following: str) -> None:
        """Place a line: as the heading of a point, or in the point that is open."""
        opened = (
            self._lettered(ROMAN_POINT.match(line.text), ROMANS, line, following)
            or self._lettered(LETTER_POINT.match(line.text), LETTERS, line, following)
            or self._numbered(POINT.match(line.text), line, following)
        )
        if not opened:
            self.node.lines.append(line)

    def _lettered(self, match: re.Match[str] | None, alphabet: str, line: Line, following: str) -> bool:
        if not match:
            return False
        names = alphabet.split()
        place = names.index(match[1])
        depth = next((depth for depth, level in enumerate(self.open) if level.alphabet == alphabet), None)
        if place != (0 if depth is None else self.open[depth].place + 1):
            return False
        if depth is not None:
            parent = self._parent_of(self.open[depth].node)
            del self.open[depth:]
        else:
            parent = self.article if alphabet == ROMANS else self.node
        node = self._point(parent, f"{_prefix(parent)}-{match[1]}", match[2], line, following)
        self.open.append(_Level(node, (), alphabet, place))
        return True

    def _numbered(self, match: re.Match[str] | None, line: Line, following: str) -> bool:
        if not match:
            return False
        number = parse(match[1])
        if len(number) > 1 and written(number[:1]) == self.number:
            number = number[1:]
        for depth in range(len(self.open) - 1, -1, -1):
            level = self.open[depth]
            if follows(number, level.last):
                del self.open[depth + 1 :]
                level.last = number
                prefix = _prefix(level.node)
                parent = self._named(f"{prefix}-{written(number[:-1])}") if len(number) > 1 else None
                self._point(parent or level.node, f"{prefix}-{written(number)}", match[2], line, following)
                return True
        return False

    def _named(self, number: str) -> Node | None:
        wanted = f"{self.before} {number}"
        return next((node for node in self.article.walk() if node.reference == wanted), None)

    def _parent_of(self, child: Node) -> Node:
        return next(node for node in self.article.walk() if child in node.children)

    def _point(self, parent: Node, number: str, text: str, line: Line, following: str) -> Node:
        node = parent.add(Node("point", f"{self.before} {number}", line=line.number))
        ends = not following or following[0].isupper() or following.startswith("-")
        if is_title(text) and ends:
            node.heading, node.title_lines = text, [line]
        else:
            node.heading = text[:80]
            node.lines.append(line)
        self.node = node
        return node


def _prefix(node: Node) -> str:
    return node.reference.rsplit(" ", 1)[1]
