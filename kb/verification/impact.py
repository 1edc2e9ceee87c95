"""What of the project rests on a passage that a new edition changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kb.ingestion.changes import Change, Part, enclosing
from kb.ingestion.names import keys
from kb.verification.claims import Claim


def resting(
    found: Sequence[Change], document: str, parts: Sequence[Part], claims: Iterable[Claim]
) -> Mapping[str, list[Claim]]:
    """Return, for each changed reference, what cites it or something around it.

    Args:
        found: what changed.
        document: the document.
        parts: pieces of its old edition.
        claims: everything that the project says.
    """
    citing: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for cited, reference in claim.citations:
            if cited == document:
                for name in keys(reference):
                    citing[name].append(claim)
    names = {name for part in parts for name in (*keys(part.reference),)}
    result: dict[str, list[Claim]] = {}
    for change in found:
        around = [name for name in enclosing(change.reference, parts) if name in names]
        # The whole document or instrument around a passage is no citation of it.
        result[change.reference] = list(dict.fromkeys(claim for name in around for claim in citing.get(name, ())))
    return result
