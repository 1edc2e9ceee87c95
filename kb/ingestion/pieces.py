"""From the tree of a document to its pieces: text, offsets, unique references, heading trails."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kb.ingestion.lines import Line
from kb.ingestion.names import key
from kb.ingestion.node import Node

# Parts that are cited; what lies below them is found through them.
NAMED = frozenset("instrument titre chapitre section article point group table heading subheading row".split())
ENDS_PARAGRAPH = re.compile(r"[.:;!?…»]$|\.\)$")
BEGINS_PARAGRAPH = re.compile(r"^(?:[A-ZÉÈÀÂÊÎÔÇŒ«“(*]|\d)")
ITEM = re.compile(r"^(?:-|[a-z]\)|\d\))\s")


@dataclass(frozen=True)
class Piece:
    """One piece of an edition.

    Attributes:
        parent: position of the piece around it, None for the document.
        trail: headings around it, the outermost first.
        start, end: offsets in the edition's text; what is below it lies within.
        line: line of the source.
        text: its own words, those of the pieces below it left out.
        digest: hash of its own words.
        names: keys under which it can be cited.
    """

    position: int
    parent: int | None
    reference: str
    kind: str
    heading: str
    trail: tuple[str, ...]
    start: int
    end: int
    line: int
    text: str
    digest: str
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
        self.used: Counter[str] = Counter()

    def write(self, node: Node, parent: int | None, trail: tuple[str, ...]) -> None:
        position, self.count = self.count, self.count + 1
        start = self.length
        reference = self._unique(node.reference)
        title = " ".join(line.text for line in node.title_lines if line.text)
        own = [title] if title else []
        if title:
            self._append(title)
        inner = (*trail, node.heading) if node.heading and node.kind != "document" else trail
        parts = [(node.lines[0].number, text) for text in [one_line(node.lines)]] if node.kind == "row" else []
        parts = parts or paragraphs(node.lines)
        whole = len(parts) <= 1 or node.kind in ("row", "illustration")
        if whole:
            for _, text in parts:
                own.append(text)
                self._append(text)
        else:
            for number, (line, text) in enumerate(parts, 1):
                self._paragraph(f"{reference}, alinéa {number}", text, line, position, inner)
        for child in node.children:
            self.write(child, position, inner)
        text = "\n".join(own)
        self.pieces.append(
            Piece(
                position, parent, reference, node.kind, node.heading, trail, start, self.length, node.line, text,
                digest(text), self._names(node, reference),
            )
        )  # fmt: skip

    def _paragraph(self, reference: str, text: str, line: int, parent: int, trail: tuple[str, ...]) -> None:
        position, self.count = self.count, self.count + 1
        start = self.length
        self._append(text)
        reference = self._unique(reference)
        self.pieces.append(
            Piece(
                position, parent, reference, "paragraph", "", trail, start, self.length, line, text, digest(text),
                (key(reference),),
            )
        )  # fmt: skip

    def _append(self, text: str) -> None:
        self.text.append(text + "\n")
        self.length += len(text) + 1

    def _unique(self, reference: str) -> str:
        name = key(reference)
        self.used[name] += 1
        return reference if self.used[name] == 1 else f"{reference} ({self.used[name]})"

    def _names(self, node: Node, reference: str) -> tuple[str, ...]:
        names = [key(reference), *(key(name) for name in node.names)]
        return tuple(dict.fromkeys(names)) if node.kind in NAMED or node.kind == "document" else (key(reference),)


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
