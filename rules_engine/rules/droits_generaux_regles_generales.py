"""General rules of the règlement MSP, articles 9 to 12 and 15: territory, changes, events, waiting, Sécu."""

from __future__ import annotations

from datetime import date

from rules_engine.catalogue import catalogue
from rules_engine.dates import last_day_within_days
from rules_engine.decision import Amount, Decision, NotApplicable, Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.references import STATUTS, Reference
from rules_engine.registry import rule
from rules_engine.rules.droits_generaux_commun import (
    CONTRACT_FACTS,
    FPE_CONTRACT,
    PHONES,
    SOLUTIONS_CONTRACT,
    article_msp,
    asked_contract,
    decided,
    figure,
    individual_only,
    presumed_contract,
    whole,
)

ARTICLE_9 = article_msp("9")
ARTICLE_10 = article_msp("10")
ARTICLE_11 = article_msp("11")
ARTICLE_12 = article_msp("12")
ARTICLE_15 = article_msp("15")
ABROAD_OJI = Reference(STATUTS, "Annexe 3 – Couverture internationale")
IMA_NOTICE = Reference(STATUTS, "Notice Assistance internationale ÔJI (IMA), article 1-1")
IN_FRANCE = ("metropole", "drom")
# Which article dates the event that opens the right, by kind of expense.
EVENT_ARTICLES = {
    "soins": "28",
    "delivrance": "28",
    "dentaire": "28",
    "viscosupplementation": "28",
    "hospitalisation": "29",
    "seance_autrement": "30",
    "contraception": "31",
    "vaccin": "31",
    "club_sport": "32",
    "arret_travail": "43",
}
# The facts that may hold the date of that event, the surest first.
EVENT_DATES = {
    "dentaire": ("date_fin_soins", "date_soins"),
    "delivrance": ("date_delivrance", "date_soins", "date_evenement"),
    "contraception": ("date_delivrance", "date_soins", "date_evenement"),
    "viscosupplementation": ("date_delivrance", "date_soins", "date_evenement"),
    "hospitalisation": ("date_debut_soins", "date_evenement", "date_soins"),
    "arret_travail": ("date_debut_soins", "date_evenement"),
}
# What is judged on its first day: begun before the cover, all of it is outside.
JUDGED_AT_START = ("hospitalisation", "arret_travail")
USUAL_DATES = ("date_soins", "date_evenement")
NATURE_OF_SECTION = {
    "dentaire": "dentaire",
    "hospitalisation": "hospitalisation",
    "optique_audition": "delivrance",
}
NATURE_OF_ARTICLE = {"30": "seance_autrement", "34": "delivrance"}


@rule(
    "territoire_garanties",
    title="Suis-je couvert pour des soins outre-mer ou à l'étranger ?",
    references=(ARTICLE_9, ABROAD_OJI, IMA_NOTICE),
    facts=(*CONTRACT_FACTS, "lieu_soins", "sejour_temporaire", "remboursable_secu"),
)
@individual_only
def territoire_garanties(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether care in a place is covered.

    Source: article 9 (residence in France or its overseas departments; temporary stays elsewhere, within the
    tariffs of the French Sécurité sociale; ÔJI also abroad, by its own grid).

    Raises:
        FactNeeded: for the place.
    """
    name = "territoire_garanties"
    contract = presumed_contract(dossier)
    place = dossier.read("lieu_soins")
    paid_up = holds("cotisations_a_jour", ARTICLE_9)
    if place in IN_FRANCE:
        reasons = [holds("soins_en_france", ARTICLE_9), paid_up]
        return decided(dossier, name, "granted", "france", reasons, conditions=["domicile_en_france"])
    if contract == "OJI":
        return _oji_abroad(dossier, paid_up)
    if not dossier.presume("sejour_temporaire", True):
        reasons = [fails("domicile_hors_territoire", ARTICLE_9)]
        return decided(dossier, name, "denied", "domicile_hors_territoire", reasons, contacts=["telephone_msp"])
    stay = holds("sejour_temporaire", ARTICLE_9)
    if place == "com":
        return decided(dossier, name, "granted", "collectivite_outre_mer", [stay, paid_up])
    return _abroad(dossier, stay, paid_up)


def _oji_abroad(dossier: Dossier, paid_up: Reason) -> Decision:
    """Return the cover of ÔJI outside France; the texts disagree on a residence abroad, which is shown."""
    reasons = [holds("oji_hors_de_france", ARTICLE_9), holds("grille_internationale", ABROAD_OJI), paid_up]
    if dossier.get("sejour_temporaire") is not False:
        return decided(dossier, "territoire_garanties", "granted", "oji", reasons, contacts=["telephone_msp"])
    reasons += [fails("residence_en_france", ABROAD_OJI), holds("etudiants_a_l_etranger", IMA_NOTICE)]
    return decided(
        dossier,
        "territoire_garanties",
        "depends",
        "oji_residence",
        reasons,
        warnings=["residence_en_france"],
        contacts=["telephone_msp"],
    )


def _abroad(dossier: Dossier, stay: Reason, paid_up: Reason) -> Decision:
    by_secu = dossier.get("remboursable_secu")
    if by_secu is False:
        reasons = [fails("regime_obligatoire_refuse", ARTICLE_9)]
        return decided(dossier, "territoire_garanties", "denied", "etranger_non_pris_en_charge", reasons)
    reasons = [stay, holds("regime_obligatoire", ARTICLE_9), holds("tarifs_francais", ARTICLE_9), paid_up]
    conditions = [] if by_secu else ["regime_obligatoire_prend_en_charge"]
    return decided(dossier, "territoire_garanties", "partial", "etranger", reasons, conditions=conditions)


@rule(
    "declaration_changement_situation",
    title="Sous quel délai dois-je déclarer un changement de situation ?",
    references=(ARTICLE_10, FPE_CONTRACT, SOLUTIONS_CONTRACT),
    facts=(*CONTRACT_FACTS, "type_changement", "date_evenement", "date_demande", "question_trop_tard"),
)
def declaration_changement_situation(dossier: Dossier) -> Decision | NotApplicable:
    """Return the last day (30 days after the event) to declare a change; collective contracts: where.

    Sources: article 10, point 3; guide FPE "Mon contrat"; guide MGEN Solutions "Votre contrat".

    Raises:
        FactNeeded: for the contract.
    """
    name = "declaration_changement_situation"
    contract = asked_contract(dossier)
    change = dossier.get("type_changement")
    if contract == "FPE":
        reasons = [holds("fpe_espace_personnel", FPE_CONTRACT)]
        return decided(dossier, name, "granted", "fpe", reasons, contacts=["telephone_fpe"])
    if contract == "SOLUTIONS":
        reasons = [holds("solutions_meme_mois", SOLUTIONS_CONTRACT)]
        documents = ["bulletin_modification", "pieces_beneficiaires"]
        return decided(dossier, name, "granted", "solutions", reasons, documents=documents)
    if change == "coordonnees":
        reasons = [fails("coordonnees_hors_liste", ARTICLE_10)]
        return decided(dossier, name, "granted", "coordonnees", reasons, contacts=["telephone_msp"])
    days = figure("changement_situation_delai", dossier.on)
    conditions = ["ressources_prises_en_compte"] if change == "ressources" else []
    reasons = [holds("delai_declaration", ARTICLE_10, days=days)]
    deadline = _declaration_deadline(dossier)
    late = deadline is not None and deadline < (dossier.get("date_demande") or dossier.on)
    return decided(
        dossier,
        name,
        "depends" if late else "granted",
        "delai_passe" if late else "delai",
        reasons,
        amounts=[Amount("delay", days, "days")],
        dates={} if deadline is None else {"deadline": deadline},
        conditions=conditions,
        details={"trop_tard": bool(dossier.get("question_trop_tard"))},
        contacts=[PHONES[contract]],
    )


def _declaration_deadline(dossier: Dossier) -> date | None:
    event = dossier.get("date_evenement")
    if event is None:
        return None
    return last_day_within_days(event, whole("changement_situation_delai", dossier.on))


@rule(
    "controle_medical",
    title="Dois-je accepter le contrôle médical de MGEN ?",
    references=(ARTICLE_10,),
    facts=(*CONTRACT_FACTS, "issue_controle_medical", "refus_du_controle"),
)
@individual_only
def controle_medical(dossier: Dossier) -> Decision | NotApplicable:
    """Return what a medical check implies: accepted, refused, or an illness that is not recognised.

    Source: article 10, point 1 (benefits of chapters 6, 7 and PTIA of chapter 8; third-party arbitration).
    """
    name = "controle_medical"
    outcome = dossier.get("issue_controle_medical")
    checked = holds("controle_obligatoire", ARTICLE_10)
    arbitration = holds("arbitrage_tiers_expert", ARTICLE_10)
    if outcome is None:
        return decided(dossier, name, "granted", "obligation", [checked, arbitration], contacts=["telephone_msp"])
    if outcome == "expert" and dossier.get("refus_du_controle"):
        reasons = [checked, fails("versement_cesse", ARTICLE_10), arbitration]
        return decided(dossier, name, "depends", "refus_et_expert", reasons, contacts=["telephone_msp"])
    if outcome == "expert":
        return decided(dossier, name, "granted", "expert", [checked, arbitration], contacts=["telephone_msp"])
    stopped = fails("versement_cesse", ARTICLE_10)
    case = "refus" if outcome == "refus" else "non_reconnu"
    return decided(dossier, name, "denied", case, [checked, stopped, arbitration], contacts=["telephone_msp"])


@rule(
    "fait_generateur",
    title="Quelle date compte pour savoir si j'ai droit à la prestation ?",
    references=(ARTICLE_11, *map(article_msp, ("28", "29", "30", "31", "32", "43"))),
    facts=(
        *CONTRACT_FACTS,
        "nature_depense",
        "prestation",
        "date_adhesion",
        "date_soins",
        "date_debut_soins",
        "date_fin_soins",
        "date_delivrance",
        "date_commande",
        "date_evenement",
        "soin_avant_adhesion",
        "traitement_commence_avant",
    ),
)
@individual_only
def fait_generateur(dossier: Dossier) -> Decision | NotApplicable:
    """Return which date opens the right to a benefit, and whether it falls within the cover.

    Sources: article 11 (an event before the effective date opens nothing; the formule of that day applies);
    articles 28 to 32 and 43 (which date, by kind of expense).

    Raises:
        FactNeeded: for the kind of expense.
    """
    name = "fait_generateur"
    nature = _nature(dossier) or dossier.read("nature_depense")
    event, start = _event_date(dossier, nature), dossier.get("date_adhesion")
    reasons = [
        holds(f"date_{nature}", article_msp(EVENT_ARTICLES[nature])),
        holds("avant_effet_exclu", ARTICLE_11),
        holds("formule_du_jour", ARTICLE_11),
    ]
    case, outcome = "date_retenue", "granted"
    if event is not None and start is not None:
        case, outcome = ("droit_ouvert", "granted") if event >= start else ("droit_ferme", "denied")
    elif nature == "dentaire" and dossier.get("traitement_commence_avant"):
        case, outcome = "dentaire_en_cours", "partial"
    elif nature in JUDGED_AT_START and dossier.get("traitement_commence_avant"):
        case, outcome = "commence_avant", "depends"  # "prescrit avant l'adhésion" says as much, and may begin after
    elif dossier.get("soin_avant_adhesion") and not dossier.get("traitement_commence_avant"):
        case, outcome = "ferme_avant", "denied"
    dates = {key: day for key, day in (("event", event), ("start", start)) if day is not None}
    details = {"nature": nature, "substance": (case, nature)}
    return decided(dossier, name, outcome, case, reasons, dates=dates, details=details)


def _nature(dossier: Dossier) -> str | None:
    """Return the kind of expense that the member names, by its kind or by the benefit."""
    said: str | None = dossier.get("nature_depense")
    family = catalogue().families.get(dossier.get("prestation"))
    if said or family is None:
        return said
    known = [NATURE_OF_ARTICLE[number] for number in family.articles if number in NATURE_OF_ARTICLE]
    return NATURE_OF_SECTION.get(family.section) or (known[0] if known else None)


def _event_date(dossier: Dossier, nature: str) -> date | None:
    days = (dossier.get(fact_id) for fact_id in EVENT_DATES.get(nature, USUAL_DATES))
    return next((day for day in days if day is not None), None)


@rule(
    "delai_attente",
    title="Y a-t-il un délai d'attente (carence) après l'adhésion ?",
    references=(ARTICLE_12,),
    facts=(*CONTRACT_FACTS, "garantie_delai_attente", "date_adhesion"),
)
@individual_only
def delai_attente(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a waiting period applies: none for health costs, by article for prévoyance.

    Source: article 12 (no article of chapter 2, health costs, sets one).

    Raises:
        FactNeeded: for the kind of guarantee.
    """
    name = "delai_attente"
    if dossier.read("garantie_delai_attente") == "sante":
        start = dossier.get("date_adhesion")
        reasons = [holds("sante_sans_attente", ARTICLE_12), holds("avant_effet_exclu", ARTICLE_11)]
        return decided(dossier, name, "denied", "sante", reasons, dates={} if start is None else {"start": start})
    reasons = [
        holds("attente_selon_article", ARTICLE_12),
        holds("attente_depuis_adhesion", ARTICLE_12),
        fails("evenement_pendant_attente", ARTICLE_12),
        fails("cotisation_interrompue", ARTICLE_12),
    ]
    return decided(dossier, name, "depends", "prevoyance", reasons)


@rule(
    "evolution_remboursement_secu",
    title="Si la Sécurité sociale change son remboursement, MGEN compense-t-elle ?",
    references=(ARTICLE_15,),
    facts=(*CONTRACT_FACTS, "sens_evolution_secu", "prestation_forfaitaire"),
)
@individual_only
def evolution_remboursement_secu(dossier: Dossier) -> Decision | NotApplicable:
    """Return what a change of the reimbursement of the Sécurité sociale does to MGEN's complement.

    Source: article 15 (a cut is not made up automatically; a rise reduces the complement, lump sums aside).

    Raises:
        FactNeeded: for the direction of the change.
    """
    name = "evolution_remboursement_secu"
    if dossier.read("sens_evolution_secu") == "baisse":
        reasons = [fails("baisse_sans_effet_automatique", ARTICLE_15), holds("decision_ag", ARTICLE_15)]
        return decided(dossier, name, "denied", "baisse", reasons)
    if dossier.get("prestation_forfaitaire"):
        return decided(dossier, name, "granted", "hausse_forfait", [holds("forfait_inchange", ARTICLE_15)])
    reasons = [fails("complement_reduit", ARTICLE_15), holds("forfait_inchange", ARTICLE_15)]
    return decided(dossier, name, "partial", "hausse", reasons)
