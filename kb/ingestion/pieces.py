"""From the tree of a document to its pieces: text, offsets, unique references, heading trails."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.ingestion.lines import Line
from kb.ingestion.names import key
from kb.ingestion.node import Node

# Parts that are cited; what lies below them is found through them.
NAMED = frozenset("instrument titre chapitre section article point group table heading subheading row".split())
# Kept as one piece, however many paragraphs they hold.
WHOLE = ("row", "illustration")
ENDS_PARAGRAPH = re.compile(r"[.:;!?…»]$|\.\)$")
BEGINS_PARAGRAPH = re.compile(r"^(?:[A-ZÉÈÀÂÊÎÔÇŒ«“(*]|\d)")
ITEM = re.compile(r"^(?:-|[a-z]\)|\d\))\s")


@dataclass(frozen=True)
class Part:
    """A part of an edition, stored or not.

    Attributes:
        position: its place in the edition; parent: position of the part around it, None for the document.
        reference: how it is cited; kind: what it is.
        trail: headings around it, the outermost first.
        text: its own words, those of the parts below it left out.
        line: line of the source.
        digest: hash of its own words.
    """

    position: int
    parent: int | None
    reference: str
    kind: str
    heading: str
    trail: tuple[str, ...]
    text: str
    line: int
    digest: str


@dataclass(frozen=True)
class Piece(Part):
    """A part as it is cut.

    Attributes:
        start, end: offsets in the edition's text; what is below it lies within.
        names: keys under which it can be cited.
    """

    start: int
    end: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Split:
    """A document in pieces.

    Attributes:
        text: the repaired text that the offsets point into.
    """

    text: str
    pieces: tuple[Piece, ...]


def split(document: Node) -> Split:
    """Return the pieces of a document, in reading order."""
    writer = _Writer()
    writer.write(document, None, ())
    return Split("".join(writer.text), tuple(sorted(writer.pieces, key=lambda piece: piece.position)))


class _Writer:
    def __init__(self) -> None:
        self.text: list[str] = []
        self.length = 0
        self.pieces: list[Piece] = []
        self.count = 0
        self.used: set[str] = set()

    def write(self, node: Node, parent: int | None, trail: tuple[str, ...]) -> None:
        """Write a node and what is below it; paragraphs are pieces where a node has several."""
        position, start = self._next(), self.length
        reference = self._unique(node.reference)
        inner = (*trail, node.heading) if node.heading and node.kind != "document" else trail
        own = [title] if (title := " ".join(line.text for line in node.title_lines if line.text)) else []
        parts = paragraphs(node.lines)
        if node.kind == "row":
            own.append(one_line(node.lines))
        elif len(parts) <= 1 or node.kind == "illustration":
            own += [text for _, text in parts]
        for text in own:
            self._append(text)
        if node.kind not in WHOLE and len(parts) > 1:
            for number, (line, text) in enumerate(parts, 1):
                self._paragraph(f"{reference}, alinéa {number}", text, line, position, inner)
        for child in node.children:
            self.write(child, position, inner)
        self._add(position, parent, reference, node, trail, start, "\n".join(own))

    def _paragraph(self, reference: str, text: str, line: int, parent: int, trail: tuple[str, ...]) -> None:
        position, start = self._next(), self.length
        self._append(text)
        reference = self._unique(reference)
        self._add(position, parent, reference, Node("paragraph", reference, line=line), trail, start, text)

    def _add(
        self,
        position: int,
        parent: int | None,
        reference: str,
        node: Node,
        trail: tuple[str, ...],
        start: int,
        text: str,
    ) -> None:
        names = tuple(dict.fromkeys([key(reference), *(key(name) for name in node.names)]))
        self.pieces.append(
            Piece(
                position=position,
                parent=parent,
                reference=reference,
                kind=node.kind,
                heading=node.heading,
                trail=trail,
                text=text,
                line=node.line,
                digest=digest(text),
                start=start,
                end=self.length,
                names=names,
            )
        )

    def _next(self) -> int:
        self.count += 1
        return self.count - 1

    def _append(self, text: str) -> None:
        self.text.append(text + "\n")
        self.length += len(text) + 1

    def _unique(self, reference: str) -> str:
        unique, number = reference, 1
        while key(unique) in self.used:
            number += 1
            unique = f"{reference} ({number})"
        self.used.add(key(unique))
        return unique


def paragraphs(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """Return (line of the source, text) for each paragraph; the items of a list stay with what announces them."""
    found: list[tuple[int, list[str]]] = []
    gap = True
    for line in lines:
        if not line.text:
            gap = True
            continue
        before = found[-1][1][-1] if found else ""
        item = bool(ITEM.match(line.text))
        begins = BEGINS_PARAGRAPH.match(line.text) and (gap or ENDS_PARAGRAPH.search(before)) and not item
        in_list = item and before and (before.endswith((":", ",", ";")) or ITEM.match(before) or not gap)
        if not found or begins or (item and not in_list):
            found.append((line.number, [line.text]))
        elif item:
            found[-1][1].append(line.text)
        else:
            found[-1][1][-1] = _glued(before, line.text)
        gap = False
    return [(number, "\n".join(texts)) for number, texts in found]


def one_line(lines: Sequence[Line]) -> str:
    """Return lines as one."""
    text = ""
    for line in lines:
        text = _glued(text, line.text) if text else line.text
    return text


def _glued(before: str, text: str) -> str:
    # "Trois-" and "Épis": a hyphen that repair left is part of a name.
    return before + text if re.search(r"\w-$", before) else f"{before} {text}"


def digest(text: str) -> str:
    """Return a hash of words that spacing does not change."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:32]
