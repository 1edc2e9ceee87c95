"""Checking claims against the documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kb.ingestion.library import Library
from kb.ingestion.store import Passage
from kb.verification.claims import PUBLIC, Claim, Figure, Place
from kb.verification.figures import text

UNITS = {
    "EUR": "€", "percent": "%", "days": "jours", "working_days": "jours ouvrés", "months": "mois", "years": "ans",
    "weeks": "semaines", "hours": "heures", "age": "ans", "USD": "USD",
}  # fmt: skip


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong, in French.

    Attributes:
        where: file and line of the project.
        what: what is wrong, with what to do.
    """

    where: Place
    what: str


@dataclass(frozen=True)
class Outcome:
    """What a check found.

    Attributes:
        problems: what is wrong; doubts: what deserves a look and fails nothing.
        citations, figures: how many were checked.
    """

    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...]
    citations: int
    figures: int


def check(
    claims: Sequence[Claim],
    library: Library,
    counted: Mapping[str, str] | None = None,
    advance: Callable[[], None] = lambda: None,
) -> Outcome:
    """Return what is wrong with claims: citations that mean nothing, figures that the passages do not hold.

    Args:
        claims: what the project says.
        library: the documents.
        counted: parameters whose figure counts what the passage lists, with the pattern of one item.
        advance: called for each claim.
    """
    problems: list[Problem] = []
    doubts: list[Problem] = []
    citations = figures = 0
    problems += _not_ingested(claims, library)
    for claim in claims:
        advance()
        citations += len(claim.citations)
        problems += [Problem(claim.place, what) for what in _unknown(claim, library)]
        passages = _passages(claim, library)
        if not passages or any(document == PUBLIC for document, _ in claim.citations):
            continue
        figures += len(claim.figures)
        for figure in claim.figures:
            item = (counted or {}).get(figure.parameter or claim.owner.removeprefix("paramètre "), "")
            wrong, sure = _miscounted(claim, figure, passages, item) if item else _missing(claim, figure, passages)
            if wrong:
                (problems if sure else doubts).append(Problem(claim.place, wrong))
    return Outcome(tuple(sorted(set(problems))), tuple(sorted(set(doubts))), citations, figures)


def _not_ingested(claims: Sequence[Claim], library: Library) -> list[Problem]:
    """Return one problem a document that is cited and not there, at the first place that cites it."""
    first: dict[str, Claim] = {}
    for claim in claims:
        for document, _ in claim.citations:
            if document != PUBLIC and document not in library.editions:
                first.setdefault(document, claim)
    return [
        Problem(claim.place, f"le document « {document} » est cité et n'est pas ingéré : rien n'y est vérifié.")
        for document, claim in first.items()
    ]


def _unknown(claim: Claim, library: Library) -> list[str]:
    found = []
    for document, reference in claim.citations:
        if document == PUBLIC:
            continue
        if document in library.editions and not library.resolve(document, reference):
            found.append(
                f"{claim.owner} : « {reference} » n'existe pas dans {document}. Corrigez la référence "
                "(assistant kb show la cherche)."
            )
    return found


def _passages(claim: Claim, library: Library) -> list[Passage]:
    return [
        passage
        for document, reference in claim.citations
        if document != PUBLIC
        for passage in library.resolve(document, reference)
    ]


def _miscounted(claim: Claim, figure: Figure, passages: Sequence[Passage], item: str) -> tuple[str, bool]:
    """Return what is wrong with a figure that counts the items of a list; ("", True) when nothing is."""
    whole = "\n".join(passage.whole for passage in passages)
    there = len(re.findall(item, whole, re.MULTILINE))
    if figure.value == str(there):
        return "", True
    return f"{claim.owner} : « {figure.value} », mais le passage cité en énumère {there}.", True


def _missing(claim: Claim, figure: Figure, passages: Sequence[Passage]) -> tuple[str, bool]:
    """Return what is wrong with a figure and whether it is sure; ("", True) when nothing is."""
    read = text("\n".join(passage.whole for passage in passages))
    where = "; ".join(dict.fromkeys(passage.reference for passage in passages))
    shown = f"{figure.value} {UNITS.get(figure.unit, '')}".strip()
    if figure.parameter:
        wrong = (
            f"{claim.owner} : affiche « {shown} » ({figure.parameter}) sans citer le passage d'où il vient ({where})."
        )
        return ("" if read.says(figure) else wrong), False
    if not read.says(figure):
        return f"{claim.owner} : « {shown} » n'est pas dans le passage cité ({where}).", True
    if not read.says_with_unit(figure):
        return f"{claim.owner} : « {shown} » est dans le passage cité, mais pas avec cette unité ({where}).", False
    return "", True
