"""Who receives the death capital, and how to choose them: règlement MGEN Santé Prévoyance, article 47-5."""

from __future__ import annotations

from decimal import Decimal

from rules_engine.dates_prevoyance import first_day_after_period_from
from rules_engine.decision import Amount, Decision, NotApplicable
from rules_engine.dossier import Dossier
from rules_engine.references import article_msp
from rules_engine.registry import rule
from rules_engine.rules.prevoyance_commun import COLLECTIVE, Draft, prevoyance_of, whole

ORDER, CHOICE = article_msp("47-5-2-1"), article_msp("47-5-2-2")
WHO_RECEIVES = "capital_deces_beneficiaires"
CHOOSE = "beneficiaire_designation"
ACCEPT = "beneficiaire_acceptation"
# A spouse who comes before nobody any more.
FORMER = frozenset(["divorce", "separe_de_corps"])
# Families of the deceased that leave a first-rank beneficiary (article 47-5-2-1).
PARTNER = {
    "marie": "conjoint",
    "separe_de_fait": "conjoint",
    "instance_divorce": "conjoint",
    "pacse": "pacse",
    "concubin": "concubin",
}


@rule(
    WHO_RECEIVES,
    title="À qui le capital décès est-il versé ?",
    references=(ORDER,),
    facts=(
        "contrat",
        "qualite",
        "prevoyance",
        "formule",
        "beneficiaire_designe",
        "designe_decede_ou_renonce",
        "couple_defunt",
        "defunt_enfants",
        "defunt_parents",
        "beneficiaire_mineur",
        "enfant_charge_age_1",
    ),
)
def capital_deces_beneficiaires(dossier: Dossier) -> Decision | NotApplicable:
    """Return who receives the capital: the person designated, else the order of article 47-5-2-1."""
    draft = Draft(WHO_RECEIVES, dossier)
    if dossier.get("contrat") in COLLECTIVE and prevoyance_of(dossier) == "collectif":
        return draft.not_applicable("contrat_collectif_prevoyance", ORDER)
    minor = _is_minor(dossier)
    if minor:
        draft.conditions.append("compte_du_mineur")
        draft.because("compte_du_mineur", True, ORDER)
    designated = dossier.get("beneficiaire_designe")
    if designated and not dossier.get("designe_decede_ou_renonce"):
        draft.because("designation", True, ORDER)
        return draft.close("granted", "designe_mineur" if minor else "designe")
    if designated is None and not dossier.get("designe_decede_ou_renonce"):
        draft.conditions.append("sauf_designation")
    draft.because("ordre_de_priorite", True, ORDER)
    rank = _first_rank(draft)
    return draft.close("granted", f"ex_{rank}" if dossier.get("couple_defunt") in FORMER else rank)


def _is_minor(dossier: Dossier) -> bool:
    """Return whether the beneficiary is a minor, as said or by the age of the child designated."""
    age = dossier.get("enfant_charge_age_1")
    by_age = bool(dossier.get("beneficiaire_designe")) and age is not None and age < whole("majorite_age", dossier)
    return by_age or bool(dossier.get("beneficiaire_mineur"))


def _first_rank(draft: Draft) -> str:
    """Return the code of who comes first, as far as the family of the deceased is known."""
    dossier = draft.dossier
    couple = dossier.get("couple_defunt")
    if couple in PARTNER:
        if couple == "concubin":
            draft.conditions.append("preuves_concubinage")
            draft.documents.append("preuves_concubinage")
            draft.because("preuves_concubinage", True, ORDER, count=whole("concubin_documents", dossier))
        return PARTNER[couple]
    has_children, has_parents = dossier.get("defunt_enfants"), dossier.get("defunt_parents")
    if couple is None:
        return "ordre"
    if has_children:
        return "enfants"
    if has_children is None:
        return "ordre_sans_couple"
    if has_parents:
        return "parents"
    return "ordre_sans_enfant" if has_parents is None else "heritiers"


@rule(
    CHOOSE,
    title="Comment désigner ou changer le bénéficiaire du capital décès ?",
    references=(CHOICE,),
    facts=("beneficiaire_acceptant", "accord_beneficiaire"),
)
def beneficiaire_designation(dossier: Dossier) -> Decision | NotApplicable:
    """Return how the designation is made, and whether it can be changed after an acceptance (article 47-5-2-2)."""
    draft = Draft(CHOOSE, dossier)
    draft.because("formes_designation", True, CHOICE)
    draft.documents.append("formulaire_ou_lettre")
    if dossier.get("beneficiaire_acceptant"):
        draft.because("designation_acceptee", False, CHOICE)
        agreed = dossier.get("accord_beneficiaire")
        return draft.close("granted" if agreed else "denied", "acceptee_accord" if agreed else "acceptee")
    draft.because("libre_revocation", True, CHOICE)
    if dossier.get("beneficiaire_acceptant") is None:
        draft.conditions.append("sauf_acceptation")
    return draft.close("granted", "libre")


@rule(
    ACCEPT,
    title="Quand et comment un bénéficiaire peut-il accepter sa désignation ?",
    references=(CHOICE,),
    facts=(
        "date_adhesion",
        "adherent_decede",
        "changement_beneficiaire",
        "beneficiaire_acceptant",
        "accord_beneficiaire",
    ),
)
def beneficiaire_acceptation(dossier: Dossier) -> Decision | NotApplicable:
    """Return from which day a beneficiary may accept: 30 days after joining; freely after the death.

    Source: article 47-5-2-2.
    """
    if dossier.get("changement_beneficiaire") and dossier.get("beneficiaire_acceptant"):
        return beneficiaire_designation(dossier)
    draft = Draft(ACCEPT, dossier)
    days = whole("beneficiaire_acceptation_delai", dossier)
    amounts = (Amount("delai", Decimal(days), "days"),)
    if dossier.get("adherent_decede"):
        draft.because("acceptation_libre", True, CHOICE)
        return draft.close("granted", "apres_deces", amounts)
    draft.because("formes_acceptation", True, CHOICE)
    draft.because("delai_acceptation", True, CHOICE, days=days)
    joined = dossier.get("date_adhesion")
    if joined is None:
        return draft.close("granted", "regle", amounts)
    draft.dates["start"] = first_day_after_period_from(joined, days)
    return draft.close("granted", "date", amounts)
