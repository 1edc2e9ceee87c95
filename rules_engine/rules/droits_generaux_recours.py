"""Ceilings, personal data, accidents and complaints: règlement MSP, articles 16, 17 and 19 to 21."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rules_engine.dates import add_months_clamped
from rules_engine.decision import Amount, Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.money import ZERO, to_cents
from rules_engine.references import STATUTS, Reference, article_msp
from rules_engine.registry import rule
from rules_engine.rules.droits_generaux_commun import (
    CONTRACT_FACTS,
    decided,
    figure,
    individual_only,
    presumed_contract,
    silent,
    whole,
)

ARTICLE_16 = article_msp("16")
ARTICLE_17 = article_msp("17")
ARTICLE_19 = article_msp("19")
ARTICLE_20 = article_msp("20")
ARTICLE_21 = article_msp("21")
COMPLAINT_ASSISTANCE = Reference(STATUTS, "Notice MGEN Assistance, article 27")
DATA_FPE = Reference("espace-personnel-mgen", "Mode d'emploi mgen.fr – Visualiser ou modifier votre RIB")
DATA_CONTACTS = ("donnees_adresse", "donnees_adresse_voie", "dpo_adresse")


@rule(
    "cumul_mutuelles",
    title="J'ai deux mutuelles : puis-je être remboursé par les deux ?",
    references=(ARTICLE_16,),
    facts=(*CONTRACT_FACTS, "prix", "part_secu", "reste_avant_mutuelles", "part_autre_mutuelle"),
)
@individual_only
def cumul_mutuelles(dossier: Dossier) -> Decision | NotApplicable:
    """Return how two mutuals add up: never above what is left to pay (€), asked of either.

    Source: article 16.
    """
    name = "cumul_mutuelles"
    reasons = [holds("limite_frais_reels", ARTICLE_16), holds("organisme_au_choix", ARTICLE_16)]
    left = _left_to_pay(dossier)
    if left is None:
        return decided(dossier, name, "partial", "limite", reasons)
    amounts = [Amount("maximum", left, "EUR")]
    if left == ZERO:
        reasons = [fails("plus_rien_a_charge", ARTICLE_16), *reasons]
        return decided(dossier, name, "denied", "plus_rien", reasons, amounts=amounts)
    case = "reste" if dossier.get("part_autre_mutuelle") is not None else "reste_pour_deux"
    return decided(dossier, name, "partial", case, reasons, amounts=amounts)


def _left_to_pay(dossier: Dossier) -> Decimal | None:
    """Return what stays to pay (€) after the Sécurité sociale and the other mutual, where it is known."""
    other = dossier.get("part_autre_mutuelle") or ZERO
    left = dossier.get("reste_avant_mutuelles")
    if left is None:
        price, secu = dossier.get("prix"), dossier.get("part_secu")
        left = None if price is None or secu is None else price - secu
    return None if left is None else to_cents(max(ZERO, left - other))


@rule(
    "plafond_revenus_prevoyance",
    title="Les prestations de prévoyance peuvent-elles dépasser ma perte de revenus ?",
    references=(ARTICLE_17,),
    facts=(*CONTRACT_FACTS, "perte_revenus", "autres_prestations"),
)
@individual_only
def plafond_revenus_prevoyance(dossier: Dossier) -> Decision | NotApplicable:
    """Return the most that cash benefits may reach: the income lost (€), less what others pay.

    Source: article 17.
    """
    name = "plafond_revenus_prevoyance"
    reasons = [fails("plafond_perte_de_revenus", ARTICLE_17), holds("revenus_comptes", ARTICLE_17)]
    lost, others = dossier.get("perte_revenus"), dossier.get("autres_prestations")
    if lost is None or others is None:
        return decided(dossier, name, "partial", "plafond", reasons)
    left = to_cents(max(ZERO, lost - others))
    amounts = [Amount("maximum", left, "EUR")]
    case, outcome = ("plafond_calcule", "partial") if left else ("plafond_atteint", "denied")
    return decided(dossier, name, outcome, case, reasons, amounts=amounts)


@rule(
    "droits_donnees",
    title="Comment exercer mes droits sur mes données personnelles ?",
    references=(ARTICLE_19, DATA_FPE),
    facts=(*CONTRACT_FACTS, "droit_donnees"),
)
def droits_donnees(dossier: Dossier) -> Decision | NotApplicable:
    """Return where and under which condition a right on personal data is exercised.

    Sources: article 19; `espace-personnel-mgen` for the FPE contract.
    """
    name = "droits_donnees"
    contract = presumed_contract(dossier)
    if contract == "SOLUTIONS":
        return silent(name, dossier, contract)
    if contract == "FPE":
        return decided(
            dossier,
            name,
            "granted",
            "fpe",
            [holds("espace_personnel_donnees", DATA_FPE)],
            contacts=["telephone_fpe"],
        )
    right = dossier.get("droit_donnees")
    reasons = [holds(f"droit_{right or 'general'}", ARTICLE_19), holds("adresses_donnees", ARTICLE_19)]
    conditions = {
        "portabilite_donnees": ["traitement_consenti_ou_contractuel"],
        "opposition": ["situation_particuliere", "hors_contrat_et_obligation_legale"],
        "cnil": ["mgen_contactee_avant"],
    }.get(right, [])
    return decided(
        dossier,
        name,
        "depends" if right == "opposition" else "granted",
        right or "general",
        reasons,
        conditions=conditions,
        documents=[] if right in ("cnil", "dpo") else ["justificatif_identite_signe"],
        contacts=DATA_CONTACTS,
    )


@rule(
    "subrogation_accident",
    title="J'ai eu un accident causé par quelqu'un d'autre : que faire et qui paie ?",
    references=(ARTICLE_20,),
    facts=(
        *CONTRACT_FACTS,
        "recours_abandonne",
        "indemnise_par_tiers",
        "accident_mortel",
        "tiers_responsable",
    ),
)
@individual_only
def subrogation_accident(dossier: Dossier) -> Decision | NotApplicable:
    """Return what an accident asks of the member, and what MGEN may recover from the person responsible.

    Source: article 20 (declaration; subrogation within what was paid; personal damage excluded; repayment).
    """
    name = "subrogation_accident"
    declare = holds("declarer_section", ARTICLE_20)
    recover = holds("mgen_subrogee", ARTICLE_20)
    personal = holds("prejudice_personnel_exclu", ARTICLE_20)
    if dossier.get("recours_abandonne"):
        reasons = [fails("recuperation_impossible", ARTICLE_20), recover]
        return decided(dossier, name, "denied", "recours_abandonne", reasons, contacts=["telephone_msp"])
    if dossier.get("indemnise_par_tiers"):
        reasons = [fails("reversement", ARTICLE_20), personal]
        return decided(dossier, name, "denied", "deja_indemnise", reasons, contacts=["telephone_msp"])
    if dossier.get("accident_mortel"):
        reasons = [declare, recover, holds("prejudice_moral_famille", ARTICLE_20)]
        return decided(dossier, name, "granted", "accident_mortel", reasons, contacts=["telephone_msp"])
    if dossier.get("tiers_responsable") is False:
        return decided(dossier, name, "granted", "sans_tiers", [declare], contacts=["telephone_msp"])
    return decided(dossier, name, "granted", "declarer", [declare, recover, personal], contacts=["telephone_msp"])


@rule(
    "reclamation",
    title="Comment faire une réclamation ?",
    references=(ARTICLE_21, COMPLAINT_ASSISTANCE),
    facts=(*CONTRACT_FACTS, "objet_reclamation"),
)
@individual_only
def reclamation(dossier: Dossier) -> Decision | NotApplicable:
    """Return where to complain: the mutual, or its assistance company.

    Sources: article 21; Notice MGEN Assistance, article 27.
    """
    name = "reclamation"
    if dossier.get("objet_reclamation") == "assistance":
        reasons = [holds("reclamation_assistance", COMPLAINT_ASSISTANCE)]
        contacts = ["telephone_assistance_msp", "assistance_reclamation_adresse"]
        return decided(dossier, name, "granted", "assistance", reasons, contacts=contacts)
    reasons = [holds("voies_reclamation", ARTICLE_21), holds("mediateur_ensuite", ARTICLE_21)]
    return decided(dossier, name, "granted", "mutuelle", reasons, contacts=["telephone_msp"])


@rule(
    "mediateur",
    title="Quand et comment saisir le médiateur ?",
    references=(ARTICLE_21, COMPLAINT_ASSISTANCE),
    facts=(
        *CONTRACT_FACTS,
        "objet_reclamation",
        "reponse_reclamation",
        "date_reclamation",
        "date_demande",
        "aspect_mediateur",
    ),
)
@individual_only
def mediateur(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether the mediator may be seized, from which day, and where.

    Sources: article 21 (disagreement with the answer, or no answer within 2 months of sending the first
    complaint); Notice MGEN Assistance, article 27 (another mediator for the assistance).
    """
    name = "mediateur"
    if dossier.get("objet_reclamation") == "assistance":
        reasons = [holds("mediateur_mutualite", COMPLAINT_ASSISTANCE)]
        return decided(dossier, name, "granted", "assistance", reasons, contacts=["assistance_mediateur_adresse"])
    answer = dossier.get("reponse_reclamation")
    contacts = ["mediateur_adresse"]
    aspect = dossier.get("aspect_mediateur")
    if aspect in ("prix", "limite"):
        return decided(dossier, name, "depends", aspect, [holds("adresses_mediateur", ARTICLE_21)], contacts=contacts)
    if aspect == "reponse" and answer is None:
        return _awaited_answer(dossier)
    where = holds("adresses_mediateur", ARTICLE_21)
    if answer == "pas_faite":
        reasons = [fails("reclamation_dabord", ARTICLE_21)]
        return decided(dossier, name, "denied", "reclamation_dabord", reasons, contacts=["telephone_msp"])
    if answer == "insatisfaisante":
        reasons = [holds("desaccord", ARTICLE_21), where]
        return decided(dossier, name, "granted", "desaccord", reasons, contacts=contacts)
    return _without_answer(dossier)


def _awaited_answer(dossier: Dossier) -> Decision:
    """Return the day from which silence opens the mediation: the article sets no other delay to answer."""
    months = figure("reclamation_delai_mediateur", dossier.on)
    sent = _sent(dossier)
    return decided(
        dossier,
        "mediateur",
        "depends",
        "reponse",
        [holds("sans_reponse", ARTICLE_21, months=months)],
        amounts=[Amount("delay", months, "months")],
        dates={} if sent is None else {"from": add_months_clamped(sent, int(months))},
        contacts=["mediateur_adresse"],
    )


def _sent(dossier: Dossier) -> date | None:
    """Return the day of the complaint; a past day without more is its own ("envoyée le 5 octobre")."""
    sent, asked = dossier.get("date_reclamation"), dossier.get("date_demande")
    return sent or (asked if asked is not None and asked < dossier.on else None)


def _without_answer(dossier: Dossier) -> Decision:
    name, contacts = "mediateur", ["mediateur_adresse"]
    months = figure("reclamation_delai_mediateur", dossier.on)
    amounts = [Amount("delay", months, "months")]
    silence = holds("sans_reponse", ARTICLE_21, months=months)
    where = holds("adresses_mediateur", ARTICLE_21)
    sent = _sent(dossier)
    if sent is None:
        unanswered = dossier.get("reponse_reclamation") is not None
        reasons = [silence, where]
        return decided(
            dossier,
            name,
            "granted",
            "sans_reponse" if unanswered else "conditions",
            reasons,
            amounts=amounts,
            contacts=contacts,
        )
    start = add_months_clamped(sent, whole("reclamation_delai_mediateur", dossier.on))
    dates = {"from": start}
    if start <= (dossier.on if sent == dossier.get("date_demande") else dossier.get("date_demande") or dossier.on):
        return decided(
            dossier,
            name,
            "granted",
            "delai_ecoule",
            [silence, where],
            amounts=amounts,
            dates=dates,
            contacts=contacts,
        )
    reasons = [fails("delai_en_cours", ARTICLE_21, months=months), where]
    return decided(dossier, name, "denied", "trop_tot", reasons, amounts=amounts, dates=dates, contacts=contacts)
