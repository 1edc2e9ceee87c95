"""Prevention and prescriptions: règlement MSP, articles 30 to 34 (bonus prévention, sport sur ordonnance)."""

from __future__ import annotations

from datetime import date

from rules_engine.dates import add_years_clamped
from rules_engine.decision import Amount, Decision, NotApplicable, Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.registry import rule
from rules_engine.rules.droits_generaux_commun import (
    ANNEXE_1,
    ANNEXE_3,
    COLLECTIVE,
    CONTRACT_FACTS,
    article_msp,
    common_cell,
    decided,
    figure,
    individual_only,
    presumed_contract,
    silent,
    table_amounts,
    whole,
)

ARTICLE_22 = article_msp("22")
ARTICLE_30 = article_msp("30")
ARTICLE_31 = article_msp("31")
ARTICLE_32 = article_msp("32")
ARTICLE_33 = article_msp("33")
ARTICLE_34 = article_msp("34")
WITHOUT_FORFAIT = "Essentielle"
ADULTS = frozenset({"actif", "retraite", "associe", "conjoint"})
BONUS_DOCUMENTS = {
    "protections_jetables": ["facture_categorie_protection"],
    "protections_moulees": ["facture_categorie_protection"],
    "prevention_routiere": ["facture_nominative"],
    "automedication": ["facture_pharmacie"],
    "sport": ["justificatif_abonnement", "copie_licence"],
}
# By product: the article, and whether it asks for a prescription (None: only for what is sold on prescription).
PRESCRIPTIONS = {
    "homeopathie": (ARTICLE_30, True),
    "vaccin": (ARTICLE_31, True),
    "antipaludeen": (ARTICLE_31, True),
    "contraceptif": (ARTICLE_31, None),
    "test_grossesse": (ARTICLE_31, False),
    "medicament_non_rembourse": (ARTICLE_34, True),
    "automedication": (ARTICLE_32, False),
}


@rule(
    "sport_sur_ordonnance",
    title="Ai-je droit au sport sur ordonnance ?",
    references=(ARTICLE_33, ANNEXE_1),
    facts=(
        *CONTRACT_FACTS,
        "ald_exonerante",
        "date_notification_ald",
        "date_demande",
        "prescription_sport",
        "prix",
    ),
)
@individual_only
def sport_sur_ordonnance(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether adapted sport is paid for (€ over the programme, € a year), and until when to ask.

    Sources: article 33 (ALD exonérante notified at most 3 years before the request; prescribed; 2 years; actual
    costs; not in ÔJI); annexe 1, Prévention.

    Raises:
        FactNeeded: for the ALD.
    """
    name = "sport_sur_ordonnance"
    contract = presumed_contract(dossier)
    if contract == "OJI":
        return decided(dossier, name, "denied", "oji", [fails("exclu_oji", ARTICLE_33)])
    notified = dossier.get("date_notification_ald")
    known = dossier.get("ald_exonerante") is not None or notified is None
    if known and not dossier.read("ald_exonerante"):
        return decided(dossier, name, "denied", "sans_ald", [fails("ald_exigee", ARTICLE_33)])
    if not dossier.presume("prescription_sport", True):
        return decided(dossier, name, "denied", "sans_prescription", [fails("prescription_exigee", ARTICLE_33)])
    return _sport_with_ald(dossier, notified)


def _sport_with_ald(dossier: Dossier, notified: date | None) -> Decision:
    name = "sport_sur_ordonnance"
    years = figure("sport_ordonnance_anciennete_max", dossier.on)
    deadline = None if notified is None else add_years_clamped(notified, int(years))
    dates = {} if deadline is None else {"deadline": deadline}
    age_limit = [Amount("notification_age", years, "years")]
    if deadline is not None and deadline < (dossier.get("date_demande") or dossier.on):
        reasons = [fails("notification_trop_ancienne", ARTICLE_33, years=years)]
        return decided(dossier, name, "denied", "trop_ancienne", reasons, amounts=age_limit, dates=dates)
    reasons = [
        holds("ald_recente", ARTICLE_33, years=years),
        holds("frais_reels", ARTICLE_33),
        holds("forfait", ANNEXE_1),
    ]
    return decided(
        dossier,
        name,
        "granted",
        "droit" if notified else "conditions",
        reasons,
        amounts=[*_sport_amounts(dossier), *age_limit],
        dates=dates,
        conditions=[*([] if notified else ["notification_recente"]), *_spread(dossier)],
    )


def _spread(dossier: Dossier) -> list[str]:
    """Return that a price above the limit of one year must be spent over the whole programme."""
    price = dossier.get("prix")
    beyond = price is not None and price > figure("sport_ordonnance_plafond_an", dossier.on)
    return ["depense_sur_le_programme"] if beyond else []


def _sport_amounts(dossier: Dossier) -> tuple[Amount, ...]:
    """Return what is paid (€): actual costs up to the lump sum of the programme, and the limit of a year."""
    formule = dossier.get("formule")
    cell = common_cell("MSP", "sport_sur_ordonnance", formule, dossier.on)
    amounts = table_amounts(cell)
    price = dossier.get("prix")
    if price is None or cell is None or cell.value is None:
        return amounts
    return (Amount("total", min(price, cell.value), "EUR"), *amounts)


@rule(
    "bonus_prevention_conditions",
    title="Ai-je droit au bonus prévention ?",
    references=(ARTICLE_32, ANNEXE_3, ARTICLE_22),
    facts=(*CONTRACT_FACTS, "age", "achat_bonus_prevention", "abonnement_annuel", "achat_pour_enfant"),
)
def bonus_prevention_conditions(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether the bonus prévention (€ a calendar year) is open to a person, and for a purchase.

    Sources: article 32 and annexe 3 (enfant bénéficiaire of 18 to 29, membre jeune); article 22, which excludes
    enfants bénéficiaires: the contradiction is shown, article 32 followed.

    Raises:
        FactNeeded: for the age, or the category of a member of MGEN Santé Prévoyance.
    """
    name = "bonus_prevention_conditions"
    contract = presumed_contract(dossier, "OJI")
    if contract in COLLECTIVE:
        return silent(name, dossier, contract)
    if dossier.get("formule") == WITHOUT_FORFAIT:
        return decided(dossier, name, "denied", "sans_forfait", [fails("formule_neant", ANNEXE_3)])
    refusal = _bonus_refusal(dossier, contract)
    if refusal:
        figures = {
            "low": figure("bonus_prevention_age_min", dossier.on),
            "high": figure("bonus_prevention_age_max", dossier.on),
        }
        return decided(dossier, name, "denied", refusal, [fails(refusal, ARTICLE_32, **figures)])
    bought = dossier.get("achat_bonus_prevention")
    not_listed = bought == "autre"
    if not_listed or (bought == "sport" and dossier.get("abonnement_annuel") is False):
        case = "achat_hors_liste" if not_listed else "abonnement_non_annuel"
        return decided(dossier, name, "denied", case, [fails(case, ARTICLE_32)])
    return _bonus(name, dossier, bought)


def _bonus(name: str, dossier: Dossier, bought: str | None) -> Decision:
    """Return the amount (€ a calendar year) of who has a right to it, with what the texts say against each other."""
    reasons: list[Reason] = [holds("beneficiaire_admis", ARTICLE_32), holds("forfait_commun", ANNEXE_3)]
    warnings = []
    if dossier.get("qualite") != "jeune":
        reasons.append(fails("enfant_exclu_article_22", ARTICLE_22))
        warnings.append("enfant_article_22_contre_32")
    if bought == "protections_moulees":
        warnings.append("tableau_jetables_seulement")
    formule = dossier.get("formule")
    cell = common_cell("OJI", "club_sport_licence", formule, dossier.on)
    return decided(
        dossier,
        name,
        "granted",
        "droit",
        reasons,
        amounts=table_amounts(cell),
        conditions=[] if formule else ["hors_essentielle"],
        documents=BONUS_DOCUMENTS.get(bought or "", []),
        warnings=warnings,
    )


def _bonus_refusal(dossier: Dossier, contract: str) -> str | None:
    """Return why a person has no bonus, None when he has one."""
    category = dossier.get("qualite")
    if category in ADULTS:
        return "adherent_adulte"
    if category == "jeune":
        return None
    low, high = whole("bonus_prevention_age_min", dossier.on), whole("bonus_prevention_age_max", dossier.on)
    age = dossier.read("age", among=(low - 1, low, high, high + 1))
    if not low <= age <= high:
        return "age_hors_limites"
    if contract == "MSP" and category is None and dossier.get("achat_pour_enfant"):
        return None
    if contract == "MSP" and category is None and dossier.read("qualite") in ADULTS:
        return "adherent_adulte"
    return None


@rule(
    "ordonnance_exigee",
    title="Faut-il une ordonnance pour être remboursé ?",
    references=(ARTICLE_30, ARTICLE_31, ARTICLE_32, ARTICLE_34),
    facts=(
        *CONTRACT_FACTS,
        "produit_sante",
        "centre_vaccination_agree",
        "contraceptif_sur_prescription",
        "ordonnance",
    ),
)
@individual_only
def ordonnance_exigee(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a prescription must be sent for a product, and what else.

    Sources: articles 30-4, 31-1, 31-2, 32-3 and 34.

    Raises:
        FactNeeded: for the product.
    """
    name = "ordonnance_exigee"
    product = dossier.read("produit_sante")
    article, asked = PRESCRIPTIONS[product]
    details = {"product": product}
    if product == "vaccin" and dossier.get("centre_vaccination_agree"):
        reasons = [holds("centre_agree_facture_seule", article)]
        return decided(dossier, name, "granted", "centre_agree", reasons, documents=["facture_centre"], details=details)
    if product == "contraceptif":
        asked = dossier.get("contraceptif_sur_prescription")
    if asked is None:
        reasons = [holds("contraceptif_selon_produit", article)]
        return decided(
            dossier, name, "depends", "contraceptif", reasons, documents=["facture_acquittee"], details=details
        )
    if not asked:
        reasons = [holds("sans_ordonnance", article)]
        return decided(
            dossier, name, "granted", "pas_exigee", reasons, documents=["facture_acquittee"], details=details
        )
    if dossier.get("ordonnance") is False:
        reasons = [fails("ordonnance_obligatoire", article)]
        return decided(dossier, name, "denied", "ordonnance_manquante", reasons, details=details)
    reasons = [holds("ordonnance_obligatoire", article)]
    documents = ["ordonnance", "facture_acquittee"]
    return decided(dossier, name, "granted", "exigee", reasons, documents=documents, details=details)
