"""Action sociale and additional guarantees: règlement MSP, articles 48 to 55; guides FPE and MGEN Solutions."""

from __future__ import annotations

import re

from rules_engine.dates import add_months_clamped
from rules_engine.dates_droits_generaux import january_1_of_the_year_of_age
from rules_engine.decision import Amount, Decision, NotApplicable, Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.parameters import parameter
from rules_engine.references import GUIDE_FPE, Reference
from rules_engine.registry import rule
from rules_engine.rules.droits_generaux_commun import (
    CONTRACT_FACTS,
    GUIDE_SOLUTIONS,
    article_msp,
    asked_contract,
    decided,
    figure,
    individual_only,
    presumed_contract,
    whole,
)

ARTICLE_22 = article_msp("22")
ARTICLE_48 = article_msp("48")
ARTICLE_49_1 = article_msp("49-1")
ARTICLE_49_2 = article_msp("49-2")
ARTICLE_49_3 = article_msp("49-3")
ARTICLE_50_1 = article_msp("50-1")
ARTICLE_50_2 = article_msp("50-2")
ARTICLE_50_3 = article_msp("50-3")
ARTICLE_51 = article_msp("51")
ARTICLE_52 = article_msp("52")
ARTICLE_53 = article_msp("53")
ARTICLE_55 = article_msp("55")
CHAPTER_9 = Reference(ARTICLE_48.document, "Règlement mutualiste MGEN Santé Prévoyance, chapitre 9 (action sociale)")
FPE_AIDS = Reference(GUIDE_FPE, "Guide pratique adhérent – Mes actions solidaires incluses")
SOLUTIONS_AIDS = Reference(GUIDE_SOLUTIONS, "Guide pratique adhérent – Les aides solidaires")
HELPED = ("conjoint", "enfant", "parent")
PHONE = ("telephone_msp",)
PARTIAL = frozenset({"gir_3", "gir_4", "gir_5", "gir_6"})


@rule(
    "action_sociale_principe",
    title="Ai-je automatiquement droit aux aides de l'action sociale, et qui décide ?",
    references=(CHAPTER_9, FPE_AIDS, SOLUTIONS_AIDS),
    facts=(*CONTRACT_FACTS, "question_decideur"),
)
def action_sociale_principe(dossier: Dossier) -> Decision | NotApplicable:
    """Return who decides on social aids: never automatic.

    Sources: chapter 9 of the règlement, preamble; guides FPE and MGEN Solutions for their contracts.
    """
    name = "action_sociale_principe"
    contract = presumed_contract(dossier)
    if contract == "FPE":
        return decided(
            dossier, name, "denied", "fpe", [fails("fpe_sous_conditions", FPE_AIDS)], contacts=["telephone_fpe"]
        )
    if contract == "SOLUTIONS":
        return decided(dossier, name, "denied", "solutions", [fails("commission_sociale", SOLUTIONS_AIDS)])
    reasons = [fails("pas_automatique", CHAPTER_9), holds("comite_action_sociale", CHAPTER_9)]
    case = "comite_decide" if dossier.get("question_decideur") else "comite"
    return decided(dossier, name, "denied", case, reasons, contacts=PHONE)


@rule(
    "aides_solidaires",
    title="Puis-je demander une aide parce que je suis en difficulté ?",
    references=(ARTICLE_48, ARTICLE_22, CHAPTER_9, FPE_AIDS, SOLUTIONS_AIDS),
    facts=(*CONTRACT_FACTS, "besoin_aide", "recours_epuises", "aide_deja_obtenue", "question_montant"),
)
def aides_solidaires(dossier: Dossier) -> Decision | NotApplicable:
    """Return who may ask for solidarity aid and how it is decided, by contract.

    Sources: articles 48 and 22 (not for a bénéficiaire conjoint); guide FPE "Mes actions solidaires incluses"; guide
    MGEN Solutions "Les aides solidaires" (fonds social).

    Raises:
        FactNeeded: for the contract.
    """
    name = "aides_solidaires"
    contract = asked_contract(dossier)
    if contract == "FPE":
        need = dossier.get("besoin_aide")
        listed = need is None or need != "autre_charge"
        code = "fpe_aides" if listed else "fpe_aide_non_citee"
        reasons = [holds(code, FPE_AIDS), holds("fpe_sous_conditions", FPE_AIDS)]
        details = {"need": need, "substance": (code, need)}
        return decided(dossier, name, "depends", code, reasons, contacts=["telephone_fpe"], details=details)
    if contract == "SOLUTIONS":
        return _fund(dossier, name)
    if dossier.get("qualite") == "conjoint":
        return decided(dossier, name, "denied", "conjoint", [fails("conjoint_exclu", ARTICLE_22)], contacts=PHONE)
    reasons = [holds("difficultes_importantes", ARTICLE_48), holds("comite_action_sociale", CHAPTER_9)]
    case = "msp_montant" if dossier.get("question_montant") else "msp"
    return decided(dossier, name, "depends", case, reasons, contacts=PHONE)


@rule(
    "fonds_social",
    title="Comment obtenir une aide du fonds social MGEN Solutions ?",
    references=(SOLUTIONS_AIDS,),
    facts=(*CONTRACT_FACTS, "recours_epuises", "aide_deja_obtenue", "aspect_fonds"),
)
def fonds_social(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether the social fund of MGEN Solutions may be asked, and how.

    Source: guide MGEN Solutions "Les aides solidaires" (after other bodies; neither automatic nor renewable).
    """
    contract = presumed_contract(dossier, "SOLUTIONS")
    if contract != "SOLUTIONS":
        return NotApplicable("fonds_social", "autre_contrat", (SOLUTIONS_AIDS,), dict(dossier.used))
    return _fund(dossier, "fonds_social", dossier.get("aspect_fonds"))


def _fund(dossier: Dossier, name: str, aspect: str | None = None) -> Decision:
    documents = ["demande_datee_signee", "copie_carte_tiers_payant"]
    decides = holds("commission_sociale", SOLUTIONS_AIDS)
    if dossier.get("aide_deja_obtenue"):
        reasons = [fails("non_renouvelable", SOLUTIONS_AIDS), decides]
        return decided(dossier, name, "denied", "deja_obtenue", reasons)
    tried = dossier.get("recours_epuises")
    if tried is False:
        reasons = [fails("recours_prioritaires", SOLUTIONS_AIDS), decides]
        return decided(dossier, name, "depends", "recours_dabord", reasons, documents=documents)
    conditions = [] if tried or aspect == "recours" else ["recours_epuises"]
    reasons = [holds("fonds_social", SOLUTIONS_AIDS), decides]
    case = f"fonds_{aspect}" if aspect else "fonds_social"
    return decided(dossier, name, "depends", case, reasons, conditions=conditions, documents=documents)


@rule(
    "allocation_handicap",
    title="Ai-je droit à l'allocation handicap de l'action sociale ?",
    references=(ARTICLE_49_1, ARTICLE_49_3, CHAPTER_9),
    facts=(*CONTRACT_FACTS, "age", "percoit_dependance_totale", "question_montant"),
)
@individual_only
def allocation_handicap(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether the handicap allowance may be asked: under an age, without the total dependency annuity.

    Sources: articles 49-1 and 49-3; chapter 9, preamble (decided case by case; no amount printed). The headline
    states the age, which need not be asked for.
    """
    name = "allocation_handicap"
    limit = whole("allocation_handicap_age", dossier.on)
    if dossier.get("percoit_dependance_totale"):
        return decided(dossier, name, "denied", "rente_dependance", [fails("non_cumul_rente", ARTICLE_49_1)])
    if dossier.get("question_montant") and dossier.get("age") is None:
        return decided(dossier, name, "depends", "montant", _granted_case_by_case(), contacts=PHONE)
    age = dossier.get("age")
    if age is not None and age >= limit:
        reasons = [fails("age_limite_handicap", ARTICLE_49_1, years=limit)]
        return decided(dossier, name, "denied", "age", reasons, contacts=PHONE)
    conditions = [] if dossier.get("percoit_dependance_totale") is False else ["sans_rente_dependance"]
    reasons = [holds("age_limite_handicap", ARTICLE_49_1, years=limit), *_granted_case_by_case()]
    return decided(dossier, name, "depends", "droit", reasons, conditions=conditions, contacts=PHONE)


def _granted_case_by_case() -> list[Reason]:
    return [holds("montant_module", ARTICLE_49_3), holds("comite_action_sociale", CHAPTER_9)]


@rule(
    "allocation_dependance_partielle",
    title="Ai-je droit à l'allocation dépendance de l'action sociale ?",
    references=(ARTICLE_49_2, ARTICLE_49_3, ARTICLE_49_1, ARTICLE_22, CHAPTER_9),
    facts=(*CONTRACT_FACTS, "age", "percoit_dependance_totale", "autonomie_partielle", "question_montant", "gir"),
)
@individual_only
def allocation_dependance_partielle(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether the dependency allowance may be asked: above an age, partial and lasting loss of autonomy.

    Sources: articles 49-2 and 49-3; article 22 (not for membres jeunes); chapter 9, preamble. At the very age of the
    limit ("moins de", "plus de"), the articles leave a doubt, which is shown. The headline states the age, which need
    not be asked for.
    """
    name = "allocation_dependance_partielle"
    contract = presumed_contract(dossier)
    if contract == "OJI" and dossier.get("qualite") == "jeune":
        return decided(dossier, name, "denied", "jeune", [fails("jeune_exclu", ARTICLE_22)])
    partial = dossier.get("gir") in PARTIAL  # such a person cannot receive the rente of total dependency
    if dossier.get("percoit_dependance_totale") and not partial:
        return decided(dossier, name, "denied", "rente_dependance", [fails("non_cumul_rente", ARTICLE_49_2)])
    if not dossier.presume("autonomie_partielle", True):
        return decided(dossier, name, "denied", "passagere", [fails("partielle_et_durable", ARTICLE_49_2)])
    limit = whole("allocation_dependance_age", dossier.on)
    if dossier.get("question_montant") and dossier.get("age") is None:
        return decided(dossier, name, "depends", "montant", _granted_case_by_case(), contacts=PHONE)
    age = dossier.get("age")
    if age is not None and age < limit:
        reasons = [fails("age_minimal_dependance", ARTICLE_49_2, years=limit)]
        return decided(dossier, name, "denied", "age", reasons, contacts=PHONE)
    doubt = ["age_exact"] if age == limit else []
    reasons = [holds("age_minimal_dependance", ARTICLE_49_2, years=limit), *_granted_case_by_case()]
    if doubt:
        reasons.append(fails("age_limite_handicap", ARTICLE_49_1, years=limit))
    conditions = ["constat_medecin_consultant"]
    if dossier.get("percoit_dependance_totale") is None:
        conditions.append("sans_rente_dependance")
    case = "age_exact" if doubt else "droit"
    return decided(dossier, name, "depends", case, reasons, conditions=conditions, warnings=doubt, contacts=PHONE)


@rule(
    "allocation_orphelinat",
    title="Ai-je droit à l'allocation orphelinat, et jusqu'à quand la demander ?",
    references=(ARTICLE_50_1, ARTICLE_50_2, ARTICLE_50_3, CHAPTER_9),
    facts=(
        *CONTRACT_FACTS,
        "enfant_beneficiaire_au_deces",
        "enfant_scolarise",
        "date_deces_parent",
        "date_demande",
        "date_naissance_enfant",
        "annees_passees",
        "age",
    ),
)
@individual_only
def allocation_orphelinat(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether an orphan's allowance may be asked, until when (12 months), and from when the orphan is paid.

    Sources: articles 50-1 to 50-3 (child bénéficiaire at the death; paid for the current year; while at school).
    """
    name = "allocation_orphelinat"
    if dossier.get("enfant_beneficiaire_au_deces") is False:
        return decided(dossier, name, "denied", "non_beneficiaire", [fails("beneficiaire_au_deces", ARTICLE_50_1)])
    if dossier.get("enfant_scolarise") is False:
        return decided(dossier, name, "denied", "non_scolarise", [fails("scolarisation", ARTICLE_50_2)])
    if dossier.get("annees_passees"):
        return decided(
            dossier, name, "denied", "annee_en_cours", [fails("annee_en_cours", ARTICLE_50_2)], contacts=PHONE
        )
    months = figure("orphelinat_delai_demande", dossier.on)
    death, birth = dossier.get("date_deces_parent"), dossier.get("date_naissance_enfant")
    dates = {} if death is None else {"deadline": add_months_clamped(death, int(months))}
    late = bool(dates) and dates["deadline"] < (dossier.get("date_demande") or dossier.on)
    if birth is not None:
        dates["paid_to_child"] = january_1_of_the_year_of_age(birth, whole("orphelinat_age_versement", dossier.on))
    amounts = [Amount("delay", months, "months")]
    if late:
        reasons = [fails("delai_demande", ARTICLE_50_3, months=months)]
        return decided(dossier, name, "denied", "trop_tard", reasons, amounts=amounts, dates=dates, contacts=PHONE)
    conditions = [] if dossier.get("enfant_beneficiaire_au_deces") else ["beneficiaire_au_deces"]
    if not dossier.get("enfant_scolarise"):
        conditions.append("scolarise")
    reasons = [
        holds("beneficiaire_au_deces", ARTICLE_50_1),
        holds("annee_en_cours", ARTICLE_50_2),
        holds("versement", ARTICLE_50_2),
        holds("delai_demande", ARTICLE_50_3, months=months),
        holds("comite_action_sociale", CHAPTER_9),
    ]
    return decided(
        dossier,
        name,
        "depends",
        "droit",
        reasons,
        amounts=amounts,
        dates=dates,
        conditions=conditions,
        contacts=PHONE,
        details={"majeur": _paid_to_himself(dossier)},
    )


def _paid_to_himself(dossier: Dossier) -> bool:
    """Whether the orphan is told to have the age from whose year on the allowance is paid to him (article 50-2)."""
    age = dossier.get("age")
    return age is not None and age >= whole("orphelinat_age_versement", dossier.on)


@rule(
    "aide_aidant",
    title="Ai-je droit à l'aide au mutualiste aidant ?",
    references=(ARTICLE_51, ARTICLE_22, CHAPTER_9),
    facts=(*CONTRACT_FACTS, "lien_proche_aide", "gir_proche", "aide_quotidienne", "question_montant"),
)
@individual_only
def aide_aidant(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether the carer's yearly aid may be asked: relation, GIR of the person, daily help.

    Sources: article 51; article 22 (not for membres jeunes and enfants bénéficiaires); chapter 9, preamble.

    Raises:
        FactNeeded: for the relation and the GIR.
    """
    name = "aide_aidant"
    contract = presumed_contract(dossier)
    if contract == "OJI" or dossier.get("qualite") in ("jeune", "enfant", "orphelin"):
        return decided(dossier, name, "denied", "categorie_exclue", [fails("categorie_exclue", ARTICLE_22)])
    if dossier.read("lien_proche_aide") not in HELPED:
        return decided(dossier, name, "denied", "lien_exclu", [fails("lien_exclu", ARTICLE_51)])
    levels = parameter("aidant_gir", dossier.on).value
    if dossier.read("gir_proche") not in re.findall(r"\d", str(levels)):
        return decided(dossier, name, "denied", "gir_insuffisant", [fails("dependance_totale_exigee", ARTICLE_51)])
    if not dossier.presume("aide_quotidienne", True):
        return decided(dossier, name, "denied", "aide_occasionnelle", [fails("aide_quotidienne", ARTICLE_51)])
    reasons = [
        holds("lien_admis", ARTICLE_51),
        holds("dependance_totale_exigee", ARTICLE_51),
        holds("ressources_et_famille", ARTICLE_51),
        holds("comite_action_sociale", CHAPTER_9),
    ]
    case = "droit_montant" if dossier.get("question_montant") else "droit"
    return decided(dossier, name, "depends", case, reasons, contacts=PHONE)


@rule(
    "reservation_places",
    title="MGEN réserve-t-elle des places en maison de retraite ou en crèche ?",
    references=(ARTICLE_52, CHAPTER_9),
    facts=(*CONTRACT_FACTS, "type_place"),
)
@individual_only
def reservation_places(dossier: Dossier) -> Decision | NotApplicable:
    """Return for which establishments MGEN reserves beds or places for its members.

    Source: article 52.
    """
    place = dossier.get("type_place")
    reasons = [holds("places_reservees", ARTICLE_52), holds("comite_action_sociale", CHAPTER_9)]
    details = {"place": place, "substance": ("places", place)}
    return decided(dossier, "reservation_places", "depends", "places", reasons, contacts=PHONE, details=details)


@rule(
    "centre_vacances_handicap",
    title="Qui peut partir en centre de vacances pour personnes handicapées ?",
    references=(ARTICLE_53, CHAPTER_9),
    facts=(*CONTRACT_FACTS, "mutualiste_ou_enfant"),
)
@individual_only
def centre_vacances_handicap(dossier: Dossier) -> Decision | NotApplicable:
    """Return who may go to a holiday centre for disabled people: members and members' children.

    Source: article 53.
    """
    name = "centre_vacances_handicap"
    entitled = dossier.get("mutualiste_ou_enfant")
    if entitled is False:
        return decided(dossier, name, "denied", "non_mutualiste", [fails("reserve_aux_mutualistes", ARTICLE_53)])
    conditions = [] if entitled else ["mutualiste_ou_enfant"]
    reasons = [holds("sejours_organises", ARTICLE_53), holds("comite_action_sociale", CHAPTER_9)]
    return decided(dossier, name, "depends", "sejours", reasons, conditions=conditions, contacts=PHONE)


@rule(
    "garanties_additionnelles",
    title="MGEN propose-t-elle d'autres assurances (obsèques, emprunteur, animaux, voyages) ?",
    references=(ARTICLE_55,),
    facts=(*CONTRACT_FACTS, "garantie_additionnelle"),
)
@individual_only
def garanties_additionnelles(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether an additional guarantee is among those that may be offered, at its own contribution.

    Source: article 55.
    """
    name = "garanties_additionnelles"
    wanted = dossier.get("garantie_additionnelle")
    if wanted == "autre":
        return decided(
            dossier, name, "denied", "hors_liste", [fails("liste_des_garanties", ARTICLE_55)], contacts=PHONE
        )
    reasons = [holds("liste_des_garanties", ARTICLE_55), holds("cotisation_specifique", ARTICLE_55)]
    details = {"wanted": wanted, "substance": ("liste", wanted)}
    return decided(dossier, name, "granted", "proposee", reasons, contacts=PHONE, details=details)
