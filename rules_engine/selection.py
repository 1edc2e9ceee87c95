"""From what the member names to the line of the table that pays for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rules_engine.catalogue import Family
from rules_engine.dossier import Dossier
from rules_engine.tables import benefit_tables

Candidate = tuple[str, Mapping[str, tuple[Any, ...]]]


def select_line(dossier: Dossier, family: Family, offer: str) -> str | None:
    """Return the id of the line that the facts select in an offer's table; None when it prints no such line.

    Raises:
        FactNeeded: for a facet that tells the remaining lines apart and is neither known nor presumed.
    """
    tables = benefit_tables()
    if family.unreimbursed_line and dossier.get("remboursable_secu") is False:
        return family.unreimbursed_line if tables.has_line(offer, family.unreimbursed_line) else None
    candidates = [
        (line.id, condition) for line in family.lines if tables.has_line(offer, line.id) for condition in line.when
    ]
    for facet in family.facets:
        candidates = _narrow(dossier, family, facet, candidates)
    return candidates[0][0] if candidates else None


def _narrow(dossier: Dossier, family: Family, facet: str, candidates: list[Candidate]) -> list[Candidate]:
    depending = [condition[facet] for _, condition in candidates if facet in condition]
    if not depending:
        return candidates
    if facet in family.presume:
        value = dossier.presume(facet, family.presume[facet])
    elif len({line for line, _ in candidates}) == 1 and dossier.get(facet) is None:
        return candidates
    else:
        value = dossier.read(facet, among=_values(facet, depending))
    return [(line, condition) for line, condition in candidates if value in condition.get(facet, (value,))]


def _values(facet: str, depending: list[tuple[Any, ...]]) -> tuple[Any, ...] | None:
    """Return the values that the lines tell apart, in table order; None leaves the vocabulary's own."""
    values = tuple(dict.fromkeys(value for accepted in depending for value in accepted))
    return None if isinstance(values[0], int) else values
