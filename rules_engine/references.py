"""References: which passage of which document a figure, a reason or a decision rests on."""

from __future__ import annotations

from dataclasses import dataclass

STATUTS = "statuts-reglements-mgen"
GUIDE_FPE = "guide-fpe"


@dataclass(frozen=True, order=True)
class Reference:
    """One passage, named as the document names it.

    Attributes:
        document: id of the document (`statuts-reglements-mgen`, `guide-fpe`…) or `public` for a public source.
        reference: article, annexe or heading, with its instrument.
    """

    document: str
    reference: str

    def to_json(self) -> dict[str, str]:
        """Return the `{"document", "reference"}` object of the public contract."""
        return {"document": self.document, "reference": self.reference}


def article_msp(number: str) -> Reference:
    """Return the reference of an article of the règlement mutualiste MGEN Santé Prévoyance."""
    return Reference(STATUTS, f"Règlement mutualiste MGEN Santé Prévoyance, article {number}")
