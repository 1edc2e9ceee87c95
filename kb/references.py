"""An exact reference in a message ("article 45-4 du règlement", "annexe 2") is looked up, not searched."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kb.entries import Entry, entries
from kb.search import look
from kb.text import fold

NUMBER = r"(\d+(?:\s?-\s?(?:\d+|[ivx]+\b))*|[ivx]+\b)"
ASKED = re.compile(rf"\b(articles?|art\.?|annexes?|chapitres?|titres?)\s*(?:n[o°]\s*)?{NUMBER}")
CITED = re.compile(rf"\b(article|annexe|chapitre|titre)s?\s+{NUMBER}")
# What names the instrument in a message, and how the references write it.
INSTRUMENTS = (
    (re.compile(r"\bstatuts?\b"), "statuts"),
    (re.compile(r"\breglements?\b"), "reglement"),
    (re.compile(r"\bnotices?\b"), "notice"),
    (re.compile(r"\baction sanitaire\b|\bmgen ass\b"), "action sanitaire"),
    (re.compile(r"\bcentres? de sante\b"), "centres de sante"),
    (re.compile(r"\bsante prevoyance\b|\bmsp\b"), "sante prevoyance"),
    (re.compile(r"\bima\b|\binternational"), "internationale"),
    (re.compile(r"\bpacks?\b"), "packs"),
    (re.compile(r"\bsad\b"), "sad"),
    (re.compile(r"\bmgen assistance\b"), "mgen assistance"),
)
# Words around a reference that say nothing of its subject.
TALK = re.compile(r"\b(?:dit|dire|lire|texte|contenu|contient|ecrit|prevoit|paragraphe|mutualiste|parle)\b")
MOST = 200


@dataclass(frozen=True)
class Reference:
    """A reference asked for: article, annexe, chapitre or titre; its number; words that name its instrument."""

    kind: str
    number: str
    instruments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Citation:
    """An entry and the folded reference by which it cites."""

    entry: Entry
    written: str


def asked_references(question: str) -> list[Reference]:
    """Return the references that a message names."""
    text = fold(question)
    named = tuple(written for pattern, written in INSTRUMENTS if pattern.search(text))
    return [Reference(_kind(kind), _number(number), named) for kind, number in ASKED.findall(text)]


def citing(question: str, contract: str | None, on: date, limit: int = 5) -> list[Entry]:
    """Return the entries that cite a reference that the message names, the nearest to its words first.

    Args:
        question: the member's words.
        contract: MSP, OJI, FPE, SOLUTIONS, or None when unknown: entries of other contracts are left out.
        on: day on which an entry must be valid.
        limit: most entries returned.
    """
    rest = _without_reference(question)
    places = {hit.entry.id: place for place, hit in enumerate(look(rest, contract, on, limit=MOST).hits)}
    found: dict[str, tuple[int, bool, int, Entry]] = {}
    for reference in asked_references(question):
        for citation in _citations(reference):
            entry = citation.entry
            if entry.concerns(contract) and entry.valid_from <= on:
                exact = reference.number in _numbers(citation.written, reference.kind)
                # An entry that rests on little else is more about the reference.
                rank = (places.get(entry.id, MOST), not exact, len(entry.references), entry)
                found[entry.id] = min(found.get(entry.id, rank), rank, key=lambda each: each[:3])
    return [entry for *_, entry in sorted(found.values(), key=lambda each: each[:3])][:limit]


def _without_reference(question: str) -> str:
    """Return what a message says beside the reference that it names."""
    text = ASKED.sub(" ", fold(question))
    for pattern, _ in INSTRUMENTS:
        text = pattern.sub(" ", text)
    return TALK.sub(" ", text)


def _citations(reference: Reference) -> Sequence[Citation]:
    """Return who cites a reference or a part of it, in the instruments named where one of them has it."""
    cited = _index()
    found = [
        citation
        for (kind, number), citations in cited.items()
        if kind == reference.kind and (number == reference.number or number.startswith(reference.number + "-"))
        for citation in citations
    ]
    named = [each for each in found if all(word in each.written for word in reference.instruments)]
    return named or found


@lru_cache(maxsize=1)
def _index() -> Mapping[tuple[str, str], Sequence[Citation]]:
    index: dict[tuple[str, str], list[Citation]] = defaultdict(list)
    for entry in entries().values():
        for written in {fold(reference["reference"]) for reference in entry.references}:
            for kind, number in CITED.findall(written):
                index[_kind(kind), _number(number)].append(Citation(entry, written))
    return index


def _numbers(written: str, kind: str) -> set[str]:
    return {_number(number) for each, number in CITED.findall(written) if _kind(each) == kind}


def _kind(word: str) -> str:
    return "article" if word.startswith("art") else word.rstrip("s")


def _number(text: str) -> str:
    return re.sub(r"\s", "", text)
