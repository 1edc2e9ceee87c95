"""Which line of annexe 2 prices a member: category, health formule and prévoyance, from what is said of them."""

from __future__ import annotations

from rules_engine.dossier import Dossier
from rules_engine.references import article_msp
from rules_engine.rules.cotisations_commun import (
    ANNEXE_2,
    COLLECTIVE,
    Line,
    Refusal,
    Selection,
    ask,
    not_collective,
    read_formule,
    renforcee,
)
from rules_engine.rules.cotisations_revenu import category_of_income

PAYING = ("actif", "retraite", "associe", "orphelin")
COMPARED = ("actif", "retraite", "associe", "jeune", "orphelin")
ALONE = ("actif", "retraite", "associe", "conjoint")
COVERS = ("sante_et_prevoyance", "sante_seule")
OF_PREVOYANCE = {"actif": "actif", "actif_renforcee": "actif", "retraite": "retraite"}


def line_of(dossier: Dossier, category: str | None) -> Line:
    """Return the member's category and health formule.

    Args:
        dossier: the facts.
        category: the category that the question is about, when it says one.

    Raises:
        FactNeeded, Refusal.
    """
    category = _category_asked(dossier, category)
    if category in (None, *ALONE) and _prevoyance_alone(dossier):
        return Line(category or read_category(dossier, ALONE), "", coupled=True)
    not_collective(dossier)
    if category == "actif" and _without_prevoyance(dossier):
        raise Refusal("sante_seule_absente", article_msp("24"), ANNEXE_2)
    offer, formule = read_formule(dossier, _offers(dossier, category))
    if category is None:
        category = young(dossier) if offer == "OJI" else read_category(dossier, PAYING)
    return in_formule(dossier, category, formule)


def compared_line(dossier: Dossier) -> Line:
    """Return the member's line in the formule that leaves every choice of prévoyance to make.

    Raises:
        FactNeeded, Refusal.
    """
    not_collective(dossier)
    category = _category_asked(dossier, None)
    if _offers(dossier, category) == ("OJI",) or dossier.get("formule") == "Essentielle":
        category = young(dossier)
    return in_formule(dossier, category or read_category(dossier, COMPARED), "Intégrale")


def in_formule(dossier: Dossier, category: str, formule: str) -> Line:
    """Return the line of a category in a formule.

    Raises:
        Refusal: for health alone where article 24 couples it to a prévoyance.
    """
    coupled = category not in ("jeune", "orphelin", "enfant") and formule != "Initiale"
    if _without_prevoyance(dossier) and (category == "actif" or (category == "retraite" and coupled)):
        raise Refusal("sante_seule_absente", article_msp("24"), ANNEXE_2)
    return Line(category, formule, coupled)


def selection_of(dossier: Dossier, line: Line) -> Selection:
    """Return the line with its prévoyance: the one that article 24 couples to the formule, or taken alone.

    Raises:
        FactNeeded: for an actif, whether Renforcée; for an associé or a conjoint, whether with prévoyance.
    """
    prevoyance = ""
    if line.coupled and line.category == "actif":
        prevoyance = "actif_renforcee" if renforcee(dossier) else "actif"
    elif line.coupled and line.category == "retraite":
        prevoyance = "retraite"
    elif line.coupled:
        prevoyance = "" if line.sante and not affinite(dossier) else "affinite"
    return Selection(line.category, line.sante, prevoyance)


def affinite(dossier: Dossier) -> bool:
    """Return whether an associé or a conjoint has Affinité beside health, which they may take alone (article 26-1).

    Raises:
        FactNeeded: when it is unknown.
    """
    cover = dossier.get("couverture_choisie")
    if cover is None and dossier.get("prevoyance") in ("affinite", "aucune"):
        return bool(dossier.get("prevoyance") == "affinite")
    if cover is None:
        cover = ask(dossier, "couverture_choisie", COVERS)
    return bool(cover != "sante_seule")


def _offers(dossier: Dossier, category: str | None) -> tuple[str, ...]:
    """Return the offers that the member can have, the likeliest first."""
    contract = dossier.get("contrat")
    if category == "jeune" or contract == "OJI":
        return ("OJI",)
    if category == "orphelin":
        return ("MSP", "OJI")
    return ("MSP",) if category is not None or contract == "MSP" else ("MSP", "OJI")


def _category_asked(dossier: Dossier, category: str | None) -> str | None:
    """Return the category said, else the one that the question is about: what the member is comes first."""
    known = known_category(dossier)
    if dossier.get("contrat") == "OJI":
        return known if known in ("orphelin", "enfant") else category
    if category == "orphelin" and known in ("jeune", "enfant"):
        return category
    return known or category


def known_category(dossier: Dossier) -> str | None:
    """Return the member's category as said, or as the only one that has the prévoyance said; None if unknown."""
    said: str | None = dossier.get("qualite")
    if said is not None:
        return said
    if dossier.get("prevoyance_renforcee"):
        return "actif"
    return OF_PREVOYANCE.get(dossier.get("prevoyance") or "") or _of_income(dossier)


def _of_income(dossier: Dossier) -> str | None:
    """Return the category presumed from the income said, of which nobody else is asked."""
    of_income = category_of_income(dossier)
    if of_income is None or dossier.get("contrat") == "OJI":
        return None
    return str(dossier.presume("qualite", of_income))


def read_category(dossier: Dossier, among: tuple[str, ...]) -> str:
    """Return the member's category.

    Raises:
        FactNeeded: when it is unknown.
    """
    known = known_category(dossier)
    return known if known is not None else str(ask(dossier, "qualite", among))


def young(dossier: Dossier) -> str:
    """Return who pays in the ÔJI offer: a young member, unless said to be an orphan or a child."""
    known = dossier.get("qualite")
    if known in ("orphelin", "enfant"):
        return str(known)
    if known is None:
        dossier.presume("qualite", "jeune")
    return "jeune"


def _prevoyance_alone(dossier: Dossier) -> bool:
    """Whether the member has prévoyance without health (article 26), said or implied by a collective contract."""
    if dossier.get("couverture_choisie") is not None:
        return bool(dossier.get("couverture_choisie") == "prevoyance_seule" and dossier.get("contrat") != "OJI")
    return dossier.get("contrat") in COLLECTIVE and dossier.get("prevoyance") not in (None, "aucune")


CONJOINT_TOLD = ("couverture_conjoint", "annee_naissance_conjoint", "age_conjoint", "millesime_conjoint")


def _without_prevoyance(dossier: Dossier) -> bool:
    """Return whether the member has health alone; beside a conjoint who is spoken of, "santé seule" is the latter's."""
    of_conjoint = any(dossier.get(name) is not None for name in CONJOINT_TOLD)
    if dossier.get("couverture_choisie") == "sante_seule" and of_conjoint:
        return False
    if dossier.get("couverture_choisie") is not None:
        return bool(dossier.get("couverture_choisie") == "sante_seule")
    return dossier.get("prevoyance") == "aucune" and dossier.get("prevoyance_renforcee") is None
