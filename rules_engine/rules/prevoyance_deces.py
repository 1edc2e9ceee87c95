"""Death capital, its increase for children and what is excluded: règlement MGEN Santé Prévoyance, article 47."""

from __future__ import annotations

from decimal import Decimal

from rules_engine.dates import MONTHS_OF_A_YEAR, add_months_clamped, add_years_clamped
from rules_engine.decision import Amount, Decision, NotApplicable
from rules_engine.dossier import Dossier
from rules_engine.money import ZERO, to_cents
from rules_engine.references import article_msp
from rules_engine.registry import rule
from rules_engine.rules.prevoyance_attente import for_death
from rules_engine.rules.prevoyance_commun import (
    ADVISER,
    ART_11,
    ART_22,
    ART_24,
    WHO,
    Draft,
    euros_amount,
    figure,
    prevoyance_of,
    refusal,
    text,
    whole,
)
from rules_engine.rules.prevoyance_deces_capital import (
    AMOUNT_REFERENCES,
    ART_47_4_4,
    BASE_FACTS,
    CHILD_AGES,
    CHILD_FACTS,
    PER_CHILD,
    children,
    due_amounts,
    too_old,
)

ART_47_1, ART_47_2, ART_47_6 = article_msp("47-1"), article_msp("47-2"), article_msp("47-6")
ART_47_3_1, ART_47_3_2 = article_msp("47-3-1"), article_msp("47-3-2")
ART_47_5_1, ART_47_5_2, ART_47_5_3 = (article_msp(f"47-5-{point}") for point in ("1", "2-1", "3"))
CAPITAL = "capital_deces_montant"
CHILDREN = "majoration_enfant_deces"
EXCLUSIONS = "exclusions_deces"
# What tells whether a death falls within a waiting period or an exclusion.
WAITING_FACTS = (
    "cause_deces",
    "origine_sinistre",
    "deja_couvert_deces",
    "date_adhesion",
    "adhesion_plus_un_an",
    "mois_apres_adhesion",
)
CAPITAL_REFERENCES = (
    *AMOUNT_REFERENCES,
    ART_47_1,
    ART_47_2,
    ART_47_5_1,
    ART_47_5_2,
    ART_47_6,
    ART_11,
    ART_22,
    ART_24,
)
CAPITAL_FACTS = (
    *WHO,
    "defunt",
    *BASE_FACTS,
    *CHILD_FACTS,
    "demandeur_enfant_a_charge",
    "beneficiaire_designe",
    "capital_ptia_verse",
    "exclusion_pid_1986",
    "sans_allocation_deces_1986",
    *WAITING_FACTS,
)
CHILDREN_FACTS = (
    *dict.fromkeys(
        (
            *CAPITAL_FACTS,
            "enfant_a_charge",
            "age",
            "total_demande",
            "pour_les_enfants",
            "garantie_prevoyance",
            "demande_piece",
        )
    ),
)
END = "garantie_deces_fin"
QUALITY_LOST = ("depart_champ", "separation", "fin_etudes")


@rule(
    CAPITAL,
    title="De combien est le capital décès ?",
    references=CAPITAL_REFERENCES,
    facts=CAPITAL_FACTS,
)
def capital_deces_montant(dossier: Dossier) -> Decision | NotApplicable:
    """Return the death capital (€, or percent of the contribution base of an actif), with the children's sum.

    Sources: articles 47-4-1 to 47-4-4 (amounts), 47-1 (retirees of before 1986), 47-2 (waiting period), 47-5-1 (PTIA
    paid), 47-6 (exclusions), 22 and 24.

    Raises:
        FactNeeded: for the category of the member, and for the formule of an actif.
    """
    draft = Draft(CAPITAL, _of_the_dead(of_the_child(dossier, CAPITAL_FACTS)))
    formule = covered_formule(draft, "deces")
    if not isinstance(formule, str):
        return formule
    refused = _capital_refused(draft) or _waiting_refused(draft, formule) or _excluded(draft)
    if not refused and dossier.get("demandeur_enfant_a_charge"):
        draft.because("capital_selon_designation", True, ART_47_5_2)
        draft.conditions.append("capital_designe" if dossier.get("beneficiaire_designe") else "capital_non_designe")
    return refused or due_amounts(draft, formule)


def of_the_child(dossier: Dossier, kept: tuple[str, ...]) -> Dossier:
    """Return the situation put as the member's where a child of the deceased asks: the age said is the child's."""
    if not dossier.get("demandeur_enfant_a_charge"):
        return dossier
    known = {name: value for name in kept if (value := dossier.get(name)) is not None}
    age = known.pop("age", None)
    known.pop("annee_naissance", None)
    known["enfant_a_charge"] = True
    if age is not None and CHILD_AGES[0] not in known:
        known[CHILD_AGES[0]] = age
    if known.get("nb_enfants_a_charge") in (None, "0"):
        known["nb_enfants_a_charge"] = "1"
    return Dossier(known, dossier.on)


def _of_the_dead(dossier: Dossier) -> Dossier:
    """Return the situation of who died: a spouse covered on the contract has the guarantees of a conjoint (47-4-3)."""
    if dossier.get("defunt") != "conjoint":
        return dossier
    kept = (*BASE_FACTS, *CHILD_FACTS, *WAITING_FACTS, "contrat", "formule", "prevoyance")
    known = {name: value for name in kept if (value := dossier.get(name)) is not None}
    if known.get("prevoyance") != "aucune":
        known.pop("prevoyance", None)
    return Dossier({**known, "defunt": "conjoint", "qualite": "conjoint"}, dossier.on)


def covered_formule(draft: Draft, guarantee: str) -> str | Decision | NotApplicable:
    """Return the formule (actif, actif_renforcee, retraite, affinite) that gives the amounts, or the refusal.

    Raises:
        FactNeeded: for the category, and for the formule of an actif.
    """
    dossier = draft.dossier
    formule = prevoyance_of(dossier)
    if formule is None:
        dossier.read("qualite", among=("actif", "retraite", "associe", "conjoint"))
    refused = refusal(draft, guarantee, ART_47_1)
    if refused:
        return refused
    if formule == "actif_ou_renforcee":
        formule = dossier.read("prevoyance", among=("actif", "actif_renforcee"))
    return str(formule)


def _capital_refused(draft: Draft) -> Decision | None:
    dossier = draft.dossier
    if dossier.get("capital_ptia_verse"):
        return draft.refused("capital_ptia_verse", ART_47_5_1, ART_47_2)
    if dossier.get("exclusion_pid_1986") or dossier.get("sans_allocation_deces_1986"):
        return draft.refused("exclusion_1986", ART_47_1, before=text("pid_retraites_avant", dossier))
    return None


def _waiting_refused(draft: Draft, formule: str) -> Decision | None:
    dossier = draft.dossier
    died, joined = dossier.get("date_deces_adherent"), dossier.get("date_adhesion")
    if died and joined and died < joined:
        return draft.refused("avant_adhesion", ART_11, ART_47_2)
    waiting = for_death(dossier)
    if waiting.bars(died):
        assert waiting.end
        draft.dates["end"] = waiting.end
        return draft.refused("delai_attente", ART_47_2, months=waiting.length.value)
    covered = dossier.get("mois_apres_adhesion")
    if waiting.applies and not waiting.end and covered is not None and covered < (waiting.length.value or ZERO):
        return draft.refused("delai_attente_mois", ART_47_2, months=waiting.length.value)
    passed = bool(died and waiting.end and died >= waiting.end)
    if not passed and (waiting.applies or (waiting.applies is None and formule == "affinite")):
        draft.conditions.append("delai_attente")
        draft.because("delai_attente", True, ART_47_2, months=waiting.length.value)
    return None


def _excluded(draft: Draft) -> Decision | None:
    """Return the refusal of article 47-6, or None with what it leaves open."""
    dossier = draft.dossier
    cause = dossier.get("cause_deces")
    draft.details["suicide"] = cause == "suicide"
    if cause == "suicide":
        return _suicide(draft)
    if cause == "guerre":
        return draft.refused("guerre", ART_47_6)
    if cause == "meurtre_beneficiaire":
        draft.because("meurtre_beneficiaire", True, ART_47_6)
        draft.conditions.append("autres_beneficiaires")
    return None


def after_first_years(dossier: Dossier, event: str, years: int) -> bool | None:
    """Return whether a death or a PTIA came after the first years of insurance; None when the facts do not tell.

    It is never later than the day of the question: for who joined less than a year ago it came within it.
    """
    happened, joined = dossier.get(event), dossier.get("date_adhesion")
    months, said = dossier.get("mois_apres_adhesion"), dossier.get("adhesion_plus_un_an")
    if joined and happened:
        return bool(happened >= add_years_clamped(joined, years))
    if months is not None:
        return bool(months >= MONTHS_OF_A_YEAR * years)
    if said is not None:
        return bool(said)
    return False if joined and add_years_clamped(joined, years) > dossier.on else None


def _suicide(draft: Draft) -> Decision | None:
    dossier = draft.dossier
    years = whole("deces_suicide_exclusion", dossier)
    long_ago = after_first_years(dossier, "date_deces_adherent", years)
    if long_ago is False:
        return draft.refused("suicide_premiere_annee", ART_47_6, years=years)
    if long_ago is None:
        draft.conditions.append("suicide_apres_un_an")
    draft.because("suicide_premiere_annee_seule", True, ART_47_6, years=years)
    return None


@rule(
    CHILDREN,
    title="Quelle somme pour les enfants à charge en cas de décès ou de PTIA ?",
    references=(*dict.fromkeys((ART_47_4_4, ART_47_3_2, ART_47_5_3, ART_47_1, ART_22, ART_24, *CAPITAL_REFERENCES)),),
    facts=CHILDREN_FACTS,
)
def majoration_enfant_deces(dossier: Dossier) -> Decision | NotApplicable:
    """Return the sum (€) for each child à charge, or why a child does not count.

    Sources: articles 47-3-2 (under 20, or AAH or a disability card; really à charge), 47-4-4, 47-5-3.

    Raises:
        FactNeeded: for the category of the member and the formule of an actif.
    """
    if dossier.get("total_demande") and not dossier.get("pour_les_enfants"):
        return capital_deces_montant(dossier)
    dossier = of_the_child(dossier, CHILDREN_FACTS)
    draft = Draft(CHILDREN, dossier)
    several = (children(dossier) or 0) + too_old(dossier) > 1
    refused = _children_refused(draft) if several else _child_refused(draft)
    if refused:
        return refused
    if dossier.get("demande_piece"):
        return _papers_asked(draft)
    if dossier.get("enfant_aah_ou_carte") and not (dossier.get("qualite") or dossier.get("prevoyance")):
        return draft.close("granted", "compte_aah")
    formule = covered_formule(draft, "deces")
    if not isinstance(formule, str):
        return formule
    draft.details["ptia"] = dossier.get("garantie_prevoyance") == "ptia"
    each = figure(PER_CHILD[formule], dossier)
    draft.because("majoration_enfant", True, ART_47_4_4, each=each)
    draft.because("versement_enfant", True, ART_47_5_3)
    draft.details["qualite"] = formule
    draft.documents += CHILD_PAPERS
    amounts = [euros_amount("par_enfant", each, "child")]
    if not several:
        return draft.close("granted", "par_enfant", amounts)
    count = children(dossier) or 0
    draft.details["enfants"] = count
    return draft.close("granted", "plusieurs", [euros_amount("total", to_cents(each * count)), *amounts])


CHILD_PAPERS = ("livret_famille", "avis_imposition", "identite_enfant", "rib_enfant")


def _papers_asked(draft: Draft) -> Decision:
    """Return the documents to send for the children's sum, whoever the member is (article 47-7-4)."""
    draft.conditions.clear()
    draft.because("pieces_majoration", True, article_msp("47-7-4"))
    draft.documents[:] = [*CHILD_PAPERS, "justificatif_aah"]
    return draft.close("granted", "pieces")


def _children_refused(draft: Draft) -> Decision | None:
    """Return the refusal when none of several children counts."""
    limit = whole("majoration_enfant_age", draft.dossier)
    if draft.dossier.get("enfant_a_charge") is False:
        return draft.refused("pas_a_charge", ART_47_3_2)
    if too_old(draft.dossier):
        draft.conditions.append("enfant_trop_age")
    if not children(draft.dossier):
        return draft.refused("tous_trop_ages", ART_47_3_2, limit=limit)
    draft.because("enfant_a_charge", True, ART_47_3_2, limit=limit)
    return None


def _child_refused(draft: Draft) -> Decision | None:
    dossier = draft.dossier
    age, limit = dossier.get("enfant_charge_age_1"), whole("majoration_enfant_age", dossier)
    if dossier.get("enfant_a_charge") is False:
        return draft.refused("pas_a_charge", ART_47_3_2)
    if dossier.get("enfant_a_charge") is None:
        draft.conditions.append("a_charge")
    if age is None:
        if not dossier.get("enfant_aah_ou_carte"):
            draft.conditions.append("moins_de_20_ans")
    elif age >= limit:
        if not dossier.get("enfant_aah_ou_carte"):
            return draft.refused("trop_age", ART_47_3_2, limit=limit, age=age)
        draft.documents.append("justificatif_aah")
    draft.because("enfant_a_charge", True, ART_47_3_2, limit=limit)
    return None


@rule(
    EXCLUSIONS,
    title="Quels décès ne sont pas couverts ?",
    references=(ART_47_6,),
    facts=("cause_deces", "date_adhesion", "date_deces_adherent", "adhesion_plus_un_an", "mois_apres_adhesion"),
)
def exclusions_deces(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether the circumstance of a death is excluded (article 47-6); the list is closed."""
    draft = Draft(EXCLUSIONS, dossier)
    cause = dossier.get("cause_deces")
    if cause is None:
        draft.because("liste_exclusions", True, ART_47_6, years=whole("deces_suicide_exclusion", dossier))
        return draft.close("depends", "liste")
    refused = _excluded(draft)
    if refused:
        return refused
    if cause == "suicide":
        open_case = "suicide_apres_un_an" in draft.conditions
        return draft.close("depends" if open_case else "granted", "suicide_regle" if open_case else "suicide_couvert")
    if cause == "meurtre_beneficiaire":
        return draft.close("partial", "meurtre_beneficiaire")
    draft.because("liste_fermee", True, ART_47_6)
    return draft.close("granted", "couvert")


@rule(
    END,
    title="Quand la garantie décès ou PTIA prend-elle fin ?",
    references=(ART_47_2, ART_47_3_1, ART_47_5_1, ART_22),
    facts=("capital_ptia_verse", "age", "nouvelle_situation", "date_evenement", "garantie_prevoyance"),
)
def garantie_deces_fin(dossier: Dossier) -> Decision | NotApplicable:
    """Return what ends the guarantees: the 65th birthday for PTIA, a paid PTIA for death, the loss of the quality.

    Sources: article 47-2 (ends the day the quality is lost), article 22-I-5 (all guarantees go on for three months):
    both readings are shown.
    """
    draft = Draft(END, dossier)
    limit = whole("ptia_age_max", dossier)
    amounts = (Amount("age", Decimal(limit), "age"),)
    if dossier.get("capital_ptia_verse"):
        draft.because("capital_ptia_verse", False, ART_47_5_1, ART_47_2)
        return draft.close("denied", "capital_ptia_verse", amounts)
    if dossier.get("nouvelle_situation") in QUALITY_LOST:
        return _quality_lost(draft)
    age = dossier.get("age")
    draft.because("maintien_trois_mois", True, ART_22, months=whole("associe_delai", dossier))
    draft.because("fin_ptia", True, ART_47_2, ART_47_3_1, limit=limit)
    draft.because("deces_sans_age", True, ART_47_2)
    if age is None:
        return draft.close("granted", "regle", amounts)
    draft.details["garantie"] = dossier.get("garantie_prevoyance")
    return draft.close("granted", "apres_65" if age >= limit else "avant_65", amounts)


def _quality_lost(draft: Draft) -> Decision:
    months = whole("associe_delai", draft.dossier)
    draft.because("fin_avec_la_qualite", False, ART_47_2)
    draft.because("maintien_trois_mois", True, ART_22, months=months)
    lost = draft.dossier.get("date_evenement")
    if lost is None:
        return draft.close("depends", "perte_qualite", contacts=ADVISER)
    draft.dates["lost"] = lost
    draft.dates["end"] = add_months_clamped(lost, months)
    return draft.close("depends", "perte_qualite_date", contacts=ADVISER)
