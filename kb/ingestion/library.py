"""The current editions in memory, for whoever looks up many passages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice

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

    @cached_property
    def _places(self) -> dict[str, dict[int, int]]:
        return {name: {p.position: place for place, p in enumerate(found)} for name, found in self.passages.items()}

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
        yield passage
        first = self._places[document][passage.position] + 1
        # In reading order, what is below a passage follows it at once.
        for other in islice(self.passages[document], first, None):
            if other.parent not in inside:
                return
            inside.add(other.position)
            yield other
