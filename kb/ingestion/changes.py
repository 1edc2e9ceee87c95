"""What a new edition of a document changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.ingestion.names import key
from kb.ingestion.pieces import NAMED, Part, digest


@dataclass(frozen=True)
class Change:
    """One part that differs.

    Attributes:
        what: "modifié", "ajouté", "supprimé" or "déplacé".
        before, after: its own words in each edition.
        moved_to: its new reference, where only that changed.
    """

    what: str
    reference: str
    before: str = ""
    after: str = ""
    moved_to: str = ""


def changes(old: Sequence[Part], new: Sequence[Part]) -> list[Change]:
    """Return what changed, in reading order of the old edition, then what was added."""
    before, after = _named(old), _named(new)
    moved = {digest(text): reference for name, (reference, text) in after.items() if name not in before and text}
    found = []
    taken: set[str] = set()
    for name, (reference, text) in before.items():
        if name not in after:
            target = moved.get(digest(text), "") if text else ""
            taken.add(key(target))
            found.append(Change("déplacé" if target else "supprimé", reference, text, moved_to=target))
        elif digest(text) != digest(after[name][1]):
            found.append(Change("modifié", reference, text, after[name][1]))
    added = [(name, value) for name, value in after.items() if name not in before and name not in taken]
    return found + [Change("ajouté", reference, after=text) for _, (reference, text) in added]


def _named(parts: Sequence[Part]) -> dict[str, tuple[str, str]]:
    """Return key of the reference to (reference, own words with those of its paragraphs) of what is cited."""
    by_position = {part.position: part for part in parts}
    words: dict[int, list[str]] = {part.position: [] for part in parts if part.kind in NAMED}
    for part in sorted(parts, key=lambda part: part.position):
        for around in _around(part, by_position):
            if around.position in words:
                words[around.position].append(part.text)
                break
    return {
        key(by_position[position].reference): (by_position[position].reference, "\n".join(texts).strip())
        for position, texts in words.items()
    }


def _around(part: Part, by_position: dict[int, Part]) -> Iterator[Part]:
    """Yield a part, then the ones around it, the nearest first."""
    current: Part | None = part
    while current is not None:
        yield current
        current = by_position.get(current.parent) if current.parent is not None else None


def enclosing(reference: str, parts: Iterable[Part]) -> list[str]:
    """Return the keys of a part and of those around it: a citation of any of them rests on the part."""
    by_position = {part.position: part for part in parts}
    name = key(reference)
    part = next((part for part in by_position.values() if key(part.reference) == name), None)
    return [key(around.reference) for around in _around(part, by_position)] if part else [name]
