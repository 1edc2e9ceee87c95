"""The current editions in memory, for whoever looks up many passages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from kb.ingestion.names import keys
from kb.ingestion.store import Edition, Passage, Store


class Library:
    """The current edition of each document, its passages by name."""

    def __init__(self, store: Store) -> None:
        """Read the current editions."""
        self.editions: dict[str, Edition] = {e.document: e for e in store.editions() if e.is_current}
        self.passages = {name: store.passages(edition) for name, edition in self.editions.items()}
        self._names = {name: store.names(edition) for name, edition in self.editions.items()}
        self._by_id = {passage.id: passage for passages in self.passages.values() for passage in passages}

    @cached_property
    def _positions(self) -> dict[str, dict[int, Passage]]:
        return {name: {p.position: p for p in passages} for name, passages in self.passages.items()}

    def resolve(self, document: str, reference: str) -> list[Passage]:
        """Return the passages that a citation means; none when it means nothing."""
        known = self._names.get(document, {})
        found: list[int] = next((known[name] for name in keys(reference) if name in known), [])
        return [self._by_id[number] for number in found]

    def around(self, document: str, passage: Passage) -> Iterator[Passage]:
        """Yield a passage, then those around it, the nearest first."""
        current: Passage | None = passage
        while current is not None:
            yield current
            current = self._positions[document].get(current.parent) if current.parent is not None else None

    def below(self, document: str, passage: Passage) -> Iterator[Passage]:
        """Yield a passage and everything below it, in reading order."""
        inside = {passage.position}
        for other in self.passages[document]:
            if other.position == passage.position or other.parent in inside:
                inside.add(other.position)
                yield other
