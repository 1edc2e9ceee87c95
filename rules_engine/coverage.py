"""Which contract and formule the member has, as far as the facts tell."""

from __future__ import annotations

from rules_engine.dossier import Dossier, FactNeeded
from rules_engine.tables import OFFERS

WITHOUT_TABLE = frozenset({"SOLUTIONS"})


def offer_and_formule(dossier: Dossier) -> tuple[str, str]:
    """Return (offer, formule); the formule is empty for a contract whose table the documents do not give.

    A formule that only one offer has settles the offer; one that several offers have leaves the contract open, and
    the evaluator asks for it only where their tables differ.

    Raises:
        FactNeeded: when contract or formule is unknown, or when the two contradict each other.
    """
    offer, formule = dossier.get("contrat"), dossier.get("formule")
    if offer in WITHOUT_TABLE:
        return offer, ""
    if formule is None:
        raise FactNeeded("formule", _formules(offer))
    if offer is None:
        having = [name for name, formules in OFFERS.items() if formule in formules]
        if len(having) > 1:
            raise FactNeeded("contrat", tuple({"contrat": name} for name in having))
        return having[0], formule
    if formule not in OFFERS[offer]:
        raise FactNeeded("formule", _formules(offer))
    return offer, formule


def _formules(offer: str | None) -> tuple[dict[str, str], ...]:
    return tuple(
        {"contrat": name, "formule": formule}
        for name, formules in OFFERS.items()
        if offer in (None, name)
        for formule in formules
    )
