"""Which articles, sections and headings an entry or a rule covers, and which are left out on purpose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from kb.ingestion.library import Library
from kb.ingestion.names import key
from kb.ingestion.store import Passage
from kb.verification.check import Problem
from kb.verification.claims import Claim, Place
from kb.verification.telling import Told

FILE = Path(__file__).parents[1] / "coverage.yml"
# What must be covered by a citation of itself or of something in it.
CITED = ("article", "table", "heading")
# What a citation of the section around it covers, when what is said there tells of it.
TOLD = ("subheading",)
# Share of the weight of a passage's words that the entries on its section must hold between them.
TOLD_SHARE = 0.35
LABELS = {"article": "articles et sections", "table": "tableaux", "heading": "rubriques", "subheading": "intertitres"}


@dataclass
class Tally:
    """How much of one document is covered, for one kind of passage."""

    document: str
    kind: str
    cited: int = 0
    left_out: int = 0
    uncovered: list[Passage] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many there are."""
        return self.cited + self.left_out + len(self.uncovered)


@dataclass(frozen=True)
class Exceptions:
    """What `coverage.yml` says.

    Attributes:
        left_out: (document, key of the reference) to the reason.
        lines: the line of the file on which each stands.
        counted: parameters whose figure counts what the passage lists, with the pattern of one item.
        written: the reference as the file writes it.
    """

    left_out: Mapping[tuple[str, str], str]
    lines: Mapping[tuple[str, str], int]
    counted: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def file(self) -> str:
        """The file, as messages name it."""
        return f"{FILE.parent.name}/{FILE.name}"


def exceptions(path: Path = FILE) -> Exceptions:
    """Return what is left out on purpose."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    left_out: dict[tuple[str, str], str] = {}
    lines: dict[tuple[str, str], int] = {}
    written: dict[tuple[str, str], str] = {}
    numbered = text.splitlines()
    raw = yaml.safe_load(text) or {}
    for group in raw.get("left_out", []):
        for reference in group["references"]:
            place = (group["document"], key(reference))
            left_out[place] = group["reason"]
            written[place] = reference
            lines[place] = next((n for n, line in enumerate(numbered, 1) if reference in line), 1)
    return Exceptions(left_out, lines, raw.get("counted", {}), written)


@dataclass(frozen=True)
class Coverage:
    """How much is covered, document by document; what is not; and what is left out for nothing."""

    tallies: tuple[Tally, ...]
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...]


def coverage(claims: Sequence[Claim], library: Library, left_out: Exceptions) -> Coverage:
    """Return how much of the documents entries and rules cover."""
    said = _said(claims)
    tallies: list[Tally] = []
    used: set[tuple[str, str]] = set()
    for document, passages in sorted(library.passages.items()):
        cited = _cited(document, library, said)
        told = Told(document, library, claims)
        by_kind = {kind: Tally(document, kind) for kind in (*CITED, *TOLD)}
        for passage in passages:
            if passage.kind not in by_kind or not passage.whole:
                continue
            tally, place = by_kind[passage.kind], (document, key(passage.reference))
            if passage.id in cited or (passage.kind in TOLD and told.share(passage) >= TOLD_SHARE):
                tally.cited += 1
            elif place in left_out.left_out:
                tally.left_out += 1
                used.add(place)
            else:
                tally.uncovered.append(passage)
        tallies += [tally for tally in by_kind.values() if tally.total]
    problems = [_uncovered(tally.document, passage, left_out) for tally in tallies for passage in tally.uncovered]
    doubts = [
        Problem(Place(left_out.file, left_out.lines[place]), f"« {place[1]} » est inutile ici : couvert, ou absent.")
        for place in left_out.left_out
        if place not in used and place[0] in library.passages
    ]
    return Coverage(tuple(tallies), tuple(problems), tuple(doubts))


def _uncovered(document: str, passage: Passage, left_out: Exceptions) -> Problem:
    return Problem(
        Place(left_out.file, 1),
        f"« {passage.reference} » ({document}, ligne {passage.line}) : aucune fiche ni règle. "
        "Écrivez une fiche, ou inscrivez-le avec la raison.",
    )


def _said(claims: Iterable[Claim]) -> set[tuple[str, str]]:
    # A parameter alone covers nothing: a figure that no entry or rule shows is not an answer.
    return {citation for claim in claims if not claim.owner.startswith("paramètre") for citation in claim.citations}


def _cited(document: str, library: Library, said: Iterable[tuple[str, str]]) -> set[int]:
    """Return the ids of the passages that are cited, or in which something is."""
    found: set[int] = set()
    for cited_document, reference in said:
        if cited_document != document:
            continue
        for passage in library.resolve(document, reference):
            found.update(
                around.id
                for around in library.around(document, passage)
                if around.kind not in TOLD or around is passage
            )
    return found


def table(tallies: Iterable[Tally]) -> list[tuple[Any, ...]]:
    """Return (document, kind, total, covered, left out, uncovered, share) for each document and kind."""
    rows = []
    for tally in tallies:
        share = (tally.cited + tally.left_out) / tally.total
        rows.append(
            (tally.document, LABELS[tally.kind], tally.total, tally.cited, tally.left_out, len(tally.uncovered), share)
        )
    return rows
