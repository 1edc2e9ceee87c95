"""What of the project rests on a passage that a new edition changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from kb.ingestion.changes import Change, enclosing
from kb.ingestion.names import keys
from kb.ingestion.pieces import Part
from kb.verification.claims import Claim
from kb.verification.numbers import numbers


def resting(
    found: Sequence[Change], document: str, parts: Sequence[Part], claims: Sequence[Claim]
) -> Mapping[str, list[Claim]]:
    """Return, for each changed reference, what cites it or something around it, and the entries that show its figures.

    Args:
        found: what changed.
        document: the document.
        parts: pieces of its old edition.
        claims: everything that the project says.
    """
    citing: dict[str, list[Claim]] = defaultdict(list)
    showing: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for cited, reference in claim.citations:
            for name in dict.fromkeys(keys(reference)) if cited == document else ():
                citing[name].append(claim)
        for figure in claim.figures:
            showing[f"paramètre {figure.parameter}"].append(claim)
    result: dict[str, list[Claim]] = {}
    for change in found:
        direct = [claim for name in enclosing(change.reference, parts) for claim in citing.get(name, ())]
        drawn = [shown for claim in direct for shown in showing.get(claim.owner, ())]
        result[change.reference] = list(dict.fromkeys([*direct, *drawn]))
    return result


def outdated(claim: Claim, gone: Sequence[Decimal]) -> list[str]:
    """Return the figures of a claim that a change takes away."""
    return [figure.value for figure in claim.figures if numbers(figure.value) & set(gone)]


def figures(change: Change) -> tuple[list[Decimal], list[Decimal]]:
    """Return the numbers that a change takes away and those that it brings, in order."""
    before, after = numbers(change.before), numbers(change.after)
    return sorted(before - after), sorted(after - before)
