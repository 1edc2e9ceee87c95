"""Splitting a document along its own outline."""

from __future__ import annotations

from collections.abc import Sequence

from kb.ingestion import guide, legal, notice, tables
from kb.ingestion.lines import Line
from kb.ingestion.node import Node
from kb.ingestion.spec import GuideSpec, InstrumentSpec, Spec

# How far below its opening line an instrument must say which one it is.
CONFIRMED_WITHIN = 45
ARTICLES_OF_A_LEGAL_TEXT = 3
AGAIN = " (suite)"


def outline(lines: Sequence[Line], spec: Spec | None, name: str) -> Node:
    """Return the tree of a document.

    Args:
        lines: its lines, repaired.
        spec: what the project knows of it; None for a document of which it knows nothing.
        name: how it is cited when the project does not know it.
    """
    document = Node("document", spec.title if spec else name, spec.title if spec else name)
    if spec and spec.instruments:
        _instruments(document, lines, spec)
    elif spec and spec.guide:
        guide.outline(document, lines, spec.guide)
    elif sum(1 for line in lines if legal.ARTICLE.match(line.text)) >= ARTICLES_OF_A_LEGAL_TEXT:
        legal.outline(document.add(Node("instrument", name, name)), lines)
    else:
        guide.outline(document, lines, GuideSpec(name, name, ()))
    return document


def _instruments(document: Node, lines: Sequence[Line], spec: Spec) -> None:
    starts = _starts(lines, spec.instruments)
    first = starts[0][0] if starts else len(lines)
    if any(line.text for line in lines[:first]):
        document.add(Node("unplaced", f"{spec.title} – hors plan", lines=list(lines[:first]), line=lines[0].number))
    opened: set[str] = set()
    for number, (start, instrument) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(lines)
        again = AGAIN if instrument.reference in opened else ""
        node = document.add(Node("instrument", instrument.reference + again, instrument.reference, lines[start].number))
        node.names += instrument.names
        if again:
            # Cited like its first part: whoever looks it up gets both.
            node.names.append(instrument.reference)
        opened.add(instrument.reference)
        fill(node, lines[start:end], instrument)


def _starts(lines: Sequence[Line], instruments: Sequence[InstrumentSpec]) -> list[tuple[int, InstrumentSpec]]:
    starts: list[tuple[int, InstrumentSpec]] = []
    for index, line in enumerate(lines):
        for instrument in instruments:
            if not line.text or not instrument.opens.search(line.text):
                continue
            below = " ".join(other.text for other in lines[index : index + CONFIRMED_WITHIN] if other.text)
            if instrument.confirmed_by.search(below) and (not starts or starts[-1][1] is not instrument):
                starts.append((index, instrument))
                break
    return starts


def fill(node: Node, lines: Sequence[Line], instrument: InstrumentSpec) -> None:
    """Fill an instrument in its own style."""
    if instrument.style == "legal":
        legal.outline(node, lines)
    elif instrument.style == "notice":
        notice.outline(node, lines, instrument.groups, instrument.opening)
    else:
        tables.outline(node, lines, instrument.sections)


def missing(lines: Sequence[Line], spec: Spec | None, document: Node) -> list[str]:
    """Return the parts that the outline of a known document names and that this text does not hold."""
    if spec is None:
        return []
    found = {node.heading for node in document.walk() if node.kind in ("instrument", "heading")}
    wanted = [instrument.reference for instrument in spec.instruments]
    wanted += [section.name for section in spec.guide.sections] if spec.guide else []
    return [name for name in wanted if name not in found]
