"""Outline of guides: sections known by their headings, then the headings that the layout shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.ingestion.headings import is_title
from kb.ingestion.lines import Line
from kb.ingestion.names import key
from kb.ingestion.node import Node
from kb.ingestion.spec import GuideSpec
from kb.ingestion.tables import blocks

CONTENTS = re.compile(r"(?:\|\s*|\.{3,}\s*)\d{1,3}$")
ARROW = re.compile(r"^→\s*")
LONGEST_TITLE = 90
MOST_LINES = 3


def outline(document: Node, lines: Sequence[Line], spec: GuideSpec) -> None:
    """Fill a guide with its sections and their headings."""
    for section, own in _sections(document, lines, spec):
        _fill(section, own, spec)


def _sections(document: Node, lines: Sequence[Line], spec: GuideSpec) -> list[tuple[Node, list[Line]]]:
    found = _openings(lines, spec)
    starts = sorted((_page_start(lines, index) if spec.by_page else index, index, name) for name, index in found)
    parts: list[tuple[Node, list[Line]]] = []
    first = starts[0][0] if starts else len(lines)
    if any(line.text for line in lines[:first]):
        parts.append((Node("heading", f"{spec.prefix} – {spec.cover}", spec.cover), list(lines[:first])))
    for number, (start, index, name) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(lines)
        length = _length(lines, index, name)
        node = Node("heading", f"{spec.prefix} – {name}", name)
        node.title_lines = [line for line in lines[index : index + length] if line.text]
        parts.append((node, [*lines[start:index], *lines[index + length : end]]))
    for node, own in parts:
        node.line = own[0].number if own else 0
        document.add(node)
    return parts


def _openings(lines: Sequence[Line], spec: GuideSpec) -> list[tuple[str, int]]:
    """Return (section, index of the line that opens it): its own heading, or the nth mark that the outline names."""
    found: list[tuple[str, int]] = []
    for section in spec.sections:
        places = [i for i, line in enumerate(lines) if line.text and _length(lines, i, section.opens)]
        places = [i for i in places if not CONTENTS.search(lines[i].text)]
        if len(places) >= section.nth:
            found.append((section.name, places[section.nth - 1]))
    return found


def _length(lines: Sequence[Line], index: int, title: str) -> int:
    """Return over how many lines a title is printed from a place on; 0 when it is not there."""
    for length in range(1, MOST_LINES + 1):
        text = " ".join(line.text for line in lines[index : index + length])
        if key(ARROW.sub("", text).lstrip("- ")) == key(title):
            return length
    return 0


def _page_start(lines: Sequence[Line], index: int) -> int:
    while index and not lines[index].opens_page:
        index -= 1
    return index


def _fill(section: Node, lines: Sequence[Line], spec: GuideSpec) -> None:
    """Split a section along its arrows and titles."""
    arrow: Node | None = None
    picture: Node | None = None
    node = section
    for block in _parted(blocks(lines)):
        text = " ".join(line.text for line in block)
        if _is_picture(text, picture, spec):
            reference = f"{section.reference} – illustration"
            picture = picture or section.add(Node("illustration", reference, "", block[0].number))
            picture.lines += block
            continue
        picture = None
        if ARROW.match(text):
            heading = ARROW.sub("", text)
            arrow = node = _heading(section, heading, block)
        elif _is_heading(text, block, spec):
            node = _heading(arrow or section, text, block)
        else:
            node.lines += [*block, Line("", block[-1].number)]


def _is_picture(text: str, before: Node | None, spec: GuideSpec) -> bool:
    """Whether a block describes a picture; the description goes on over its lists and tables."""
    if spec.prose and not any(pattern.search(text) for pattern in (*spec.prose, *spec.titles)):
        return True
    goes_on = not spec.prose and before is not None and (text.startswith("-") or " | " in text)
    return goes_on or any(pattern.search(text) for pattern in spec.illustrations)


def _heading(parent: Node, text: str, block: list[Line]) -> Node:
    node = parent.add(Node("subheading", f"{parent.reference} – {text}", text, block[0].number))
    node.title_lines = block
    return node


def _is_heading(text: str, block: Sequence[Line], spec: GuideSpec) -> bool:
    if spec.titles:
        return any(pattern.search(text) for pattern in spec.titles)
    sober = len(text) <= LONGEST_TITLE and "|" not in text and not text.startswith(("-", "*", "("))
    return (
        sober and len(block) <= MOST_LINES and is_title(text) and text[0].isupper() and any(c.islower() for c in text)
    )


def _parted(parts: Sequence[list[Line]]) -> list[list[Line]]:
    """Return blocks, an arrow always beginning one, and a list that follows a title without a gap as well."""
    parted: list[list[Line]] = []
    for block in parts:
        current: list[Line] = []
        for line in block:
            listed = line.text.startswith("- ") and current and not current[-1].text.startswith("-")
            if current and (ARROW.match(line.text) or (listed and is_title(current[-1].text) and len(current) == 1)):
                parted.append(current)
                current = []
            current.append(line)
        parted.append(current)
    return parted
