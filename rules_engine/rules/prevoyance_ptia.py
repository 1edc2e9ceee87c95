"""Total and irreversible loss of autonomy (PTIA): règlement MGEN Santé Prévoyance, article 47."""

from __future__ import annotations

from rules_engine.decision import Decision, NotApplicable
from rules_engine.dossier import Dossier
from rules_engine.registry import rule
from rules_engine.rules.prevoyance_attente import for_death
from rules_engine.rules.prevoyance_commun import ART_11, ART_22, ART_24, WHO, Draft, age_on, refusal, text, whole
from rules_engine.rules.prevoyance_deces import (
    ART_47_1,
    ART_47_2,
    ART_47_3_1,
    ART_47_5_1,
    ART_47_6,
    after_first_years,
    covered_formule,
)
from rules_engine.rules.prevoyance_deces_capital import AMOUNT_REFERENCES, BASE_FACTS, CHILD_FACTS, due_amounts
from rules_engine.rules.prevoyance_demandes import CLAIM_FACTS, asked_deadline

RIGHT = "ptia_droit"
AMOUNT = "ptia_montant"
PERSON_FACTS = (
    "age",
    "date_naissance",
    "date_reconnaissance_ptia",
    "incapacite_definitive",
    "actes_avec_aide",
    "actes_tous",
    "capital_ptia_verse",
    "origine_sinistre",
    "prevoyance_seule",
    "deja_couvert_deces",
    "date_adhesion",
    "tentative_suicide",
    "adhesion_plus_un_an",
    "mois_apres_adhesion",
)


@rule(
    RIGHT,
    title="Ai-je droit au capital en cas de perte totale et irréversible d'autonomie (PTIA) ?",
    references=(ART_47_3_1, ART_47_2, ART_47_5_1, ART_47_6, ART_11, ART_22, ART_24),
    facts=(*WHO, *PERSON_FACTS, *CLAIM_FACTS, "date_survenance_ptia", "retard_sans_prejudice"),
)
def ptia_droit(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether the PTIA capital is due: under 65, unable to work for good, helped for the 4 acts.

    Sources: articles 47-3-1, 47-2 (event: recognition by the médecin consultant; waiting period), 47-6, 22, 24.
    """
    draft = Draft(RIGHT, dossier)
    refused = refusal(draft, "ptia", ART_47_3_1) or person_refused(draft)
    if refused:
        return refused
    deadline = asked_deadline(dossier, "ptia")
    if deadline:
        return deadline
    draft.because("fin_garantie_deces", True, ART_47_5_1)
    draft.documents += ["certificat_ptia", "decision_invalidite_3"]
    return draft.close("granted", "droit")


def person_refused(draft: Draft) -> Decision | None:
    """Return why the person has no right to the PTIA capital; adds what is still to be met to the draft."""
    if draft.dossier.get("capital_ptia_verse"):
        return draft.refused("capital_ptia_verse", ART_47_5_1, ART_47_2)
    return _age_refused(draft) or _state_refused(draft) or _date_refused(draft)


def _age_refused(draft: Draft) -> Decision | None:
    dossier = draft.dossier
    limit = whole("ptia_age_max", dossier)
    age = age_on(dossier, "date_reconnaissance_ptia")
    if age is not None and age >= limit:
        return draft.refused("trop_age", ART_47_3_1, ART_47_2, limit=limit, age=age)
    if age is None:
        draft.conditions.append("moins_de_65_ans")
    draft.because("avant_65_ans", True, ART_47_3_1, limit=limit)
    return None


def _state_refused(draft: Draft) -> Decision | None:
    dossier = draft.dossier
    acts = whole("ptia_actes", dossier)
    if dossier.get("incapacite_definitive") is False:
        return draft.refused("activite_possible", ART_47_3_1)
    helped = dossier.get("actes_avec_aide")
    all_acts = dossier.get("actes_tous")
    if all_acts is False or (helped is not None and helped < acts):
        return draft.refused("trop_peu_d_actes", ART_47_3_1, acts=acts, helped=helped)
    if dossier.get("incapacite_definitive") is None:
        draft.conditions.append("incapacite_definitive")
    if helped is None and not all_acts:
        draft.conditions.append("quatre_actes")
    draft.conditions.append("medecin_consultant")
    draft.because("deux_criteres", True, ART_47_3_1, acts=acts)
    return None


def _date_refused(draft: Draft) -> Decision | None:
    dossier = draft.dossier
    seen, joined = dossier.get("date_reconnaissance_ptia"), dossier.get("date_adhesion")
    if seen and joined and seen < joined:
        return draft.refused("avant_adhesion", ART_11, ART_47_2)
    waiting = for_death(dossier)
    if waiting.bars(seen):
        assert waiting.end
        draft.dates["end"] = waiting.end
        return draft.refused("delai_attente", ART_47_2, months=waiting.length.value)
    if waiting.applies and not (seen and waiting.end):
        draft.conditions.append("delai_attente")
        draft.because("delai_attente", True, ART_47_2, months=waiting.length.value)
    return _intentional(draft) if dossier.get("tentative_suicide") else None


def _intentional(draft: Draft) -> Decision | None:
    """Return the refusal of an intentional act of the first year of insurance (article 47-6), or what stays open.

    The act comes before the recognition: that a year had passed by then does not date it, that none had does.
    """
    years = whole("deces_suicide_exclusion", draft.dossier)
    said = draft.dossier.get("adhesion_plus_un_an")
    if said is False or after_first_years(draft.dossier, "date_reconnaissance_ptia", years) is False:
        return draft.refused("fait_intentionnel", ART_47_6, years=years)
    if not said:
        draft.conditions.append("suicide_apres_un_an")
    draft.because("fait_intentionnel_premiere_annee", True, ART_47_6, years=years)
    return None


@rule(
    AMOUNT,
    title="Quel capital en cas de perte totale et irréversible d'autonomie (PTIA) ?",
    references=(
        *AMOUNT_REFERENCES,
        ART_47_3_1,
        ART_47_5_1,
        ART_47_1,
        ART_47_2,
        ART_47_6,
        ART_11,
        ART_22,
        ART_24,
    ),
    facts=tuple(dict.fromkeys((*WHO, *BASE_FACTS, *CHILD_FACTS, *PERSON_FACTS))),
)
def ptia_montant(dossier: Dossier) -> Decision | NotApplicable:
    """Return the PTIA capital (€, or percent of an actif's base), paid to the member, with the children's sum.

    Sources: articles 47-4-1 to 47-4-4, 47-5-1, 47-3-1 (conditions).

    Raises:
        FactNeeded: for the category of the member, and for the formule of an actif.
    """
    draft = Draft(AMOUNT, dossier)
    if dossier.get("capital_ptia_verse"):
        return draft.refused("capital_ptia_verse", ART_47_5_1, ART_47_2)
    formule = covered_formule(draft, "ptia")
    if not isinstance(formule, str):
        return formule
    refused = person_refused(draft)
    if refused:
        return refused
    draft.conditions[:] = [code for code in draft.conditions if code not in ("incapacite_definitive", "quatre_actes")]
    draft.because("fin_garantie_deces", True, ART_47_5_1, category=text("ptia_categorie_piece", dossier))
    draft.details["suicide"] = False
    return due_amounts(draft, formule)
