"""Which guarantees a member's prévoyance holds: règlement MGEN Santé Prévoyance, articles 22 and 24."""

from __future__ import annotations

from rules_engine.decision import Decision, NotApplicable
from rules_engine.dossier import Dossier
from rules_engine.registry import rule
from rules_engine.rules.prevoyance_commun import ART_22, ART_24, GUARANTEES, WHO, WORKING_LIFE, Draft, prevoyance_of

NAME = "garanties_prevoyance"


@rule(
    NAME,
    title="Quelles garanties ma formule de prévoyance comprend-elle ?",
    references=(ART_24, ART_22),
    facts=(*WHO, "garantie_prevoyance"),
)
def garanties_prevoyance(dossier: Dossier) -> Decision | NotApplicable:
    """Return the guarantees of the member's formule, or whether it holds the one asked about.

    Sources: article 24; article 22 (categories), which gives retirees incapacité and invalidité where article 24 does
    not: both are shown.

    Raises:
        FactNeeded: for the formule de prévoyance.
    """
    draft = Draft(NAME, dossier)
    formule = prevoyance_of(dossier)
    if formule is None:
        formule = dossier.read("prevoyance")
    if formule == "collectif":
        return draft.not_applicable("contrat_collectif_prevoyance", ART_24)
    if formule == "initiale_inconnue":
        formule = _with_initiale(dossier)
    draft.details["formule"] = formule
    if formule == "sans_prevoyance":
        return draft.refused("sans_prevoyance", ART_24, ART_22)
    asked = dossier.get("garantie_prevoyance")
    if formule == "affinite" and not dossier.get("prevoyance") and asked not in WORKING_LIFE:
        draft.conditions.append("affinite_requise")
    if formule == "retraite" and asked in (None, *WORKING_LIFE):
        draft.because("retraites_article_22", True, ART_22)
        draft.warnings.append("retraite_deux_lectures")
    if asked is None:
        draft.because("garanties_de_la_formule", True, ART_24)
        return draft.close("granted" if GUARANTEES[formule] else "denied", formule)
    included = asked in GUARANTEES[formule]
    draft.details["garantie"] = asked
    draft.because("garantie_comprise" if included else "garantie_non_comprise", included, ART_24)
    return draft.close("granted" if included else "denied", f"{'oui' if included else 'non'}_{asked}")


def _with_initiale(dossier: Dossier) -> str:
    """Return what MGEN Initiale gives, to actifs only and only for sick leave and disability.

    Raises:
        FactNeeded: for the category, where it decides.
    """
    if dossier.get("garantie_prevoyance") not in (None, *WORKING_LIFE):
        return "initiale_sante"
    category = dossier.read("qualite", among=("actif", "retraite", "associe", "conjoint"))
    return "initiale" if category == "actif" else "initiale_sante"
