"""Maternity, birth and payment delays: règlement MSP, articles 36 to 39."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rules_engine.dates import add_years_clamped
from rules_engine.dates_droits_generaux import nth_working_day_after
from rules_engine.decision import Amount, Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.registry import rule
from rules_engine.rules.droits_generaux_commun import (
    ANNEXE_1,
    ANNEXE_3,
    CONTRACT_FACTS,
    article_msp,
    cited,
    common_cell,
    decided,
    figure,
    individual_only,
    presumed_contract,
    table_amounts,
    whole,
)
from rules_engine.rules.prevoyance_demandes import PAID_WITHIN

TABLES = {"MSP": ANNEXE_1, "OJI": ANNEXE_3}
ARTICLE_22 = article_msp("22")
ARTICLE_37 = article_msp("37")
ARTICLE_38 = article_msp("38")
ARTICLE_39 = article_msp("39")
WITHOUT_ALLOWANCE = frozenset({"jeune", "enfant", "orphelin"})
ALLOWANCE_FACTS = (
    *CONTRACT_FACTS,
    "type_arrivee_enfant",
    "date_evenement",
    "date_naissance_enfant",
    "date_adhesion",
    "date_demande",
    "date_inscription_enfant",
    "nombre_enfants_arrives",
    "age",
    "naissance_chez_enfant",
    "enfant_sans_vie",
    "demande_piece",
    "arrivee_avant_adhesion",
    "deux_parents_adherents",
    "enfant_inscrit_le",
)
HEALTH_DELAYS = {
    "carte_vitale": "remboursement_delai_carte_vitale",
    "facture_papier": "remboursement_delai_facture_papier",
}
OTHER_DELAYS = {
    "allocation_naissance": "allocation_naissance_delai_versement",
    "allocations_journalieres": PAID_WITHIN["incapacite"][0],
    "invalidite": PAID_WITHIN["invalidite"][0],
    "dependance": PAID_WITHIN["dependance"][0],
    "perte_autonomie": PAID_WITHIN["perte_autonomie"][0],
    "deces": PAID_WITHIN["deces"][0],
}


@rule(
    "depistage_prenatal_conditions",
    title="Mon dépistage prénatal est-il pris en charge ?",
    references=(ARTICLE_37, ANNEXE_1, ANNEXE_3),
    facts=(*CONTRACT_FACTS, "type_depistage", "remboursable_secu", "deja_depistage_grossesse"),
)
@individual_only
def depistage_prenatal_conditions(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether prenatal screening is paid for, once a pregnancy.

    Sources: article 37 (amniocentesis that the Sécurité sociale does not pay; non invasive screening that it
    pays); annexes 1 and 3 for the amount (€ an act) of the formule.

    Raises:
        FactNeeded: for the kind of screening.
    """
    name = "depistage_prenatal_conditions"
    contract = presumed_contract(dossier)
    kind = dossier.read("type_depistage")
    by_secu = dossier.presume("remboursable_secu", kind == "dpni")
    if by_secu != (kind == "dpni"):
        case = "dpni_non_rembourse" if kind == "dpni" else "amniocentese_remboursee"
        return decided(dossier, name, "denied", case, [fails(case, ARTICLE_37)])
    once = holds("une_fois_par_grossesse", ARTICLE_37)
    if dossier.get("deja_depistage_grossesse"):
        reasons = [fails("deja_pris_en_charge", ARTICLE_37)]
        return decided(dossier, name, "denied", "deja_pris_en_charge", reasons)
    cell = common_cell(contract, "depistage_prenatal", dossier.get("formule"), dossier.on)
    reasons = [holds(f"{kind}_admis", ARTICLE_37), once]
    if cell is not None:
        reasons.append(holds("montant_formule", TABLES[contract]))
    return decided(dossier, name, "granted", kind, reasons, amounts=table_amounts(cell))


@rule(
    "maternite_conditions",
    title="Quels soins de maternité sont pris en charge ?",
    references=(ARTICLE_38,),
    facts=(*CONTRACT_FACTS, "poste_maternite", "remboursable_secu"),
)
@individual_only
def maternite_conditions(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a maternity expense is covered: what the Sécurité sociale pays for.

    Source: article 38 (fees, hospital, laboratory and blood, birth at home on the BRSS, pharmacy).
    """
    name = "maternite_conditions"
    if not dossier.presume("remboursable_secu", True):
        return decided(dossier, name, "denied", "hors_secu", [fails("secu_ne_prend_pas_en_charge", ARTICLE_38)])
    expense = dossier.get("poste_maternite")
    reasons = [holds("soins_de_maternite", ARTICLE_38)]
    if expense == "domicile":
        reasons.append(holds("domicile_sur_base_secu", ARTICLE_38))
        return decided(dossier, name, "granted", "domicile", reasons)
    return decided(dossier, name, "granted", "couvert", reasons, details={"expense": expense})


@rule(
    "allocation_naissance",
    title="Ai-je droit à l'allocation de naissance ou d'adoption ?",
    references=(ARTICLE_39, ARTICLE_22),
    facts=ALLOWANCE_FACTS,
)
@individual_only
def allocation_naissance(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether the allowance (€ a child) is due, until when to ask for it, and what to send.

    Sources: article 39 (birth or adoption plénière after joining, child made bénéficiaire, 2 years to ask,
    papers); article 22 (not for jeunes and enfants bénéficiaires, nor orphelins, whose benefits are theirs).
    """
    name = "allocation_naissance"
    contract = presumed_contract(dossier)
    excluded = dossier.get("qualite") in WITHOUT_ALLOWANCE or dossier.get("naissance_chez_enfant")
    if contract == "OJI" or excluded:
        return decided(dossier, name, "denied", "categorie_exclue", [fails("categorie_exclue", ARTICLE_22)])
    if dossier.get("enfant_sans_vie"):
        reasons = [holds("naissance", ARTICLE_39)]
        return decided(dossier, name, "depends", "enfant_sans_vie", reasons, contacts=["telephone_msp"])
    kind = dossier.presume("type_arrivee_enfant", "naissance")
    if kind == "adoption_simple":
        return decided(dossier, name, "denied", "adoption_simple", [fails("pleniere_seulement", ARTICLE_39)])
    event: date | None = dossier.get("date_evenement") or dossier.get("date_naissance_enfant")
    joined = _joined(dossier, event)
    if event is not None and joined is not None and event < joined:
        reasons = [fails("avant_adhesion", ARTICLE_39)]
        dates = {"event": event, "joined": joined}
        return decided(dossier, name, "denied", "avant_adhesion", reasons, dates=dates)
    if dossier.get("arrivee_avant_adhesion") and (event is None or joined is None):
        return decided(dossier, name, "denied", "avant_adhesion", [fails("avant_adhesion", ARTICLE_39)])
    if dossier.get("deux_parents_adherents"):
        reasons = [holds("naissance", ARTICLE_39)]
        return decided(dossier, name, "depends", "deux_parents", reasons, contacts=["telephone_msp"])
    deadline = (
        None if event is None else add_years_clamped(event, whole("allocation_naissance_delai_demande", dossier.on))
    )
    if deadline is not None and deadline < (_asked_on(dossier) or dossier.on):
        reasons = [fails("demande_tardive", ARTICLE_39)]
        return decided(dossier, name, "denied", "demande_tardive", reasons, dates={"deadline": deadline})
    return _allowance(dossier, kind, event, deadline)


@rule(
    "allocation_naissance_delai",
    title="Jusqu'à quand puis-je demander l'allocation de naissance ou d'adoption ?",
    references=(ARTICLE_39, ARTICLE_22),
    facts=ALLOWANCE_FACTS,
)
def allocation_naissance_delai(dossier: Dossier) -> Decision | NotApplicable:
    """Return the last day to ask for the allowance (2 years from the birth or the judgment: article 39).

    What refuses the allowance itself comes first.
    """
    answer = allocation_naissance(dossier)
    name = "allocation_naissance_delai"
    if not isinstance(answer, Decision) or answer.outcome != "granted":
        return replace(answer, rule=name)
    years = Amount("delay", figure("allocation_naissance_delai_demande", dossier.on), "years")
    kind = dossier.get("type_arrivee_enfant") or "naissance"
    case = f"{'date' if 'deadline' in answer.dates else 'regle'}_{kind}"
    kept = tuple(reason for reason in answer.reasons if reason.code == "delai_demande")
    details = {**answer.details, "case": case}
    return replace(answer, rule=name, amounts=(years, *answer.amounts), reasons=kept, details=details)


def _joined(dossier: Dossier, event: date | None) -> date | None:
    """Return the day of joining; "né le…, inscrit le…" tells the child's registration, not the member's."""
    day: date | None = dossier.get("date_adhesion")
    of_child = dossier.get("enfant_inscrit_le") and event is not None and day is not None and event < day
    return None if of_child else day


def _asked_on(dossier: Dossier) -> date | None:
    """Return the day of the request: adding the child to the contract is one."""
    day: date | None = dossier.get("date_inscription_enfant") or dossier.get("date_demande")
    return day


def _allowance(dossier: Dossier, kind: str, event: date | None, deadline: date | None) -> Decision:
    each = figure("allocation_naissance", dossier.on)
    count = int(dossier.get("nombre_enfants_arrives") or 1)
    amounts = [Amount("amount", each, "EUR", "child")]
    if count > 1:
        amounts.insert(0, Amount("total", each * count, "EUR"))
    documents, warnings = _papers(dossier, kind, event)
    conditions = ["enfant_beneficiaire"]
    if event is None or dossier.get("date_adhesion") is None:
        conditions.append("evenement_apres_adhesion")
    reasons = [holds(kind, ARTICLE_39), holds("delai_demande", ARTICLE_39)]
    reasons.append(holds("sans_piece", ARTICLE_39) if not documents else holds("piece_adoption", ARTICLE_39))
    case = "plusieurs" if count > 1 else kind
    if dossier.get("demande_piece") and (documents or not warnings):
        case = "piece_exigee" if documents else "piece_inutile"
    return decided(
        dossier,
        "allocation_naissance",
        "granted",
        case,
        reasons,
        amounts=amounts,
        dates={} if deadline is None else {"deadline": deadline},
        conditions=conditions,
        documents=documents,
        warnings=[*warnings, *(["jumeaux_a_confirmer"] if count > 1 else [])],
        details={"sans_piece": event is not None and not documents and not warnings},
    )


def _papers(dossier: Dossier, kind: str, event: date | None) -> tuple[list[str], list[str]]:
    """Return the papers to send and the doubts: no paper for a recent event when the child is added."""
    recent = event is None or (_asked_on(dossier) or dossier.on) < add_years_clamped(
        event, whole("allocation_naissance_sans_piece", dossier.on)
    )
    if kind == "naissance":
        return [], [] if recent else ["piece_non_precisee"]
    age = dossier.get("age")
    if age is not None and age < whole("allocation_adoption_age_piece", dossier.on):
        return [], [] if recent else ["piece_non_precisee"]
    return ["piece_adoption"], ["piece_adoption_deux_lectures"] if recent and age is not None else []


@rule(
    "delai_paiement",
    title="Sous combien de temps MGEN paie-t-elle ?",
    references=(article_msp("36"), ARTICLE_39, *map(article_msp, ("43-5", "44-5", "45-4", "46-4", "47-7-5"))),
    facts=(*CONTRACT_FACTS, "prestation_a_payer", "mode_transmission", "date_reception_dossier"),
)
@individual_only
def delai_paiement(dossier: Dossier) -> Decision | NotApplicable:
    """Return the delay (working days) to pay a benefit, and the last day where the reception is known.

    Sources: articles 36, 39, 43-5, 44-5, 45-4, 46-4 and 47-7-5, bank delays and force majeure aside.
    """
    name = "delai_paiement"
    benefit = dossier.presume("prestation_a_payer", "frais_sante")
    sent = dossier.get("mode_transmission") if benefit == "frais_sante" else benefit
    if sent is None:
        return _either_way(dossier)
    parameter_id = HEALTH_DELAYS[sent] if benefit == "frais_sante" else OTHER_DELAYS[sent]
    days, reference = figure(parameter_id, dossier.on), cited(parameter_id, dossier.on).reference
    received = dossier.get("date_reception_dossier")
    deadline = None if received is None else nth_working_day_after(received, int(days))
    late = deadline is not None and deadline < dossier.on
    return decided(
        dossier,
        name,
        "granted",
        "depasse" if late else sent,
        [holds("delai_maximal", reference, days=days), holds("dossier_complet", reference)],
        amounts=[Amount("delay", days, "working_days")],
        dates={} if deadline is None else {"deadline": deadline},
        contacts=["telephone_msp"] if late else [],
    )


def _either_way(dossier: Dossier) -> Decision:
    """Return both delays for health costs, where how the file was sent is not said (article 36)."""
    received = dossier.get("date_reception_dossier")
    delays = {sent: figure(parameter_id, dossier.on) for sent, parameter_id in HEALTH_DELAYS.items()}
    dates = {} if received is None else {s: nth_working_day_after(received, int(d)) for s, d in delays.items()}
    reference = article_msp("36")
    return decided(
        dossier,
        "delai_paiement",
        "granted",
        "sante",
        [holds("delai_maximal", reference), holds("dossier_complet", reference)],
        amounts=[Amount(sent, days, "working_days") for sent, days in delays.items()],
        dates=dates,
    )
