"""What members write for (`data/requests.yml`) and the online services that do it (`data/services.yml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from bot.triage.datafiles import data
from kb.entries import Entry, entries

MGEN, SOLUTIONS = "mgen", "solutions"
HIGH, NORMAL, LOW = "haute", "normale", "basse"


class KindError(ValueError):
    """A data file that cannot be used; the message says where and what to do."""


@dataclass(frozen=True)
class Service:
    """An online service, step by step in each of the two spaces of members.

    Attributes:
        id: as requests name it; title: French name.
        steps: space → French steps; entries: space → entries of the knowledge base that prove them.
    """

    id: str
    title: str
    steps: Mapping[str, tuple[str, ...]]
    entries: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Piece:
    """A document to send, and the entry of the knowledge base that says so."""

    piece: str
    entry: str


@dataclass(frozen=True)
class Fact:
    """A sentence that the letter tells to the members of some contracts, and the entry that proves it."""

    contracts: frozenset[str]
    text: str
    entry: str


@dataclass(frozen=True)
class Kind:
    """A kind of request.

    Attributes:
        id: of the data file; category, title: as the triage answers them.
        service: what does it online; contracts: the only ones where it does, empty for all.
        pieces: documents to send; answer: how the mutual handles it; proofs: entries that prove the answer.
        facts: what else a member should know (delays, amounts).
        rules, subjects, themes: what of the knowledge base belongs to it; examples: messages that teach it.
    """

    id: str
    category: str
    title: str
    service: str = ""
    contracts: frozenset[str] = frozenset()
    pieces: tuple[Piece, ...] = ()
    facts: tuple[Fact, ...] = ()
    answer: str = ""
    proofs: tuple[str, ...] = ()
    rules: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    examples: tuple[str, ...] = field(default=(), repr=False)

    @cached_property
    def answering(self) -> frozenset[str]:
        """The entries of the knowledge base that belong to the request."""
        return frozenset(entry.id for entry in entries().values() if self._holds(entry))

    def _holds(self, entry: Entry) -> bool:
        return entry.id in self.subjects or entry.rule in self.rules or entry.theme in self.themes

    def online(self, contract: str | None) -> bool:
        """Whether an online service does it under a contract; unknown, it may."""
        return bool(self.service) and (not self.contracts or contract is None or contract in self.contracts)


@lru_cache(maxsize=1)
def services() -> Mapping[str, Service]:
    """Return the online services by id."""
    return {
        name: Service(
            name,
            spec["title"],
            {space: tuple(spec[space]["steps"]) for space in (MGEN, SOLUTIONS) if space in spec},
            {space: tuple(spec[space]["entries"]) for space in (MGEN, SOLUTIONS) if space in spec},
        )
        for name, spec in data("services").items()
    }


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Kind]:
    """Return the kinds of request by id.

    Raises:
        KindError: naming the request that sends to what does not exist.
    """
    return {name: _kind(name, spec) for name, spec in data("requests").items()}


@lru_cache(maxsize=1)
def categories() -> tuple[str, ...]:
    """Return the categories, in the order in which the requests first name them."""
    return tuple(dict.fromkeys(kind.category for kind in kinds().values()))


@lru_cache(maxsize=1)
def kinds_of_entries() -> Mapping[str, tuple[str, ...]]:
    """Return, for each entry of the knowledge base, the requests that it belongs to, the nearest ties only.

    A request that names an entry is nearer than one that names its rule, which is nearer than one that names its theme.
    """
    found: dict[str, tuple[str, ...]] = {}
    for entry in entries().values():
        named = [kind.id for kind in kinds().values() if entry.id in kind.subjects]
        ruled = [kind.id for kind in kinds().values() if entry.rule in kind.rules]
        themed = [kind.id for kind in kinds().values() if entry.theme in kind.themes]
        found[entry.id] = tuple(named or ruled or themed)
    return found


def _kind(name: str, spec: Mapping[str, Any]) -> Kind:
    kind = Kind(
        id=name,
        category=spec["category"],
        title=spec["title"],
        service=spec.get("service", ""),
        contracts=frozenset(spec.get("contracts", ())),
        pieces=tuple(Piece(**piece) for piece in spec.get("pieces", ())),
        facts=tuple(Fact(frozenset(fact["contracts"]), fact["text"], fact["entry"]) for fact in spec.get("facts", ())),
        answer=spec.get("answer", ""),
        proofs=tuple(spec.get("entries", ())),
        rules=frozenset(spec.get("rules", ())),
        subjects=frozenset(spec.get("subjects", ())),
        themes=frozenset(spec.get("themes", ())),
        examples=tuple(spec["examples"]),
    )
    proved = {piece.entry for piece in kind.pieces} | {fact.entry for fact in kind.facts}
    missing = {*kind.proofs, *kind.subjects} | proved
    missing -= entries().keys()
    if missing or (kind.service and kind.service not in services()):
        raise KindError(f"requests.yml: {name} sends to {sorted(missing) or kind.service}, which do not exist")
    return kind
