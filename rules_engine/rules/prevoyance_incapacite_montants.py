"""How much the daily allowances are: règlement MGEN Santé Prévoyance, articles 43-2 and 17."""

from __future__ import annotations

from decimal import Decimal

from rules_engine.decision import Amount, Decision, NotApplicable
from rules_engine.dossier import Dossier
from rules_engine.money import ZERO, percent_of, to_cents
from rules_engine.references import article_msp
from rules_engine.registry import rule
from rules_engine.rules.prevoyance_commun import (
    ADVISER,
    ART_11,
    ART_22,
    ART_24,
    ART_25,
    WHO,
    Draft,
    euros_amount,
    figure,
    prevoyance_of,
    refusal,
    whole,
)
from rules_engine.rules.prevoyance_incapacite import ART_43_1, CHANGE, changed_later, enhanced, told_refused

ART_17, ART_43_2 = article_msp("17"), article_msp("43-2")
LEVEL = "allocation_journaliere_niveau"
AMOUNT = "allocation_journaliere_montant"
REFERENCE_PAY = "allocation_journaliere_salaire_reference"
# The gross pay: its monthly mean, or the sum of the three months before.
PAY_FACTS = ("salaire_brut_mensuel", "salaires_trois_mois")
KINDS_OF_BONUS = ("prime_maintenue", "prime_non_maintenue")
SHARE_KEPT = {"demi": "demi_traitement", "soixante": "allocations_journalieres_seuil_traitement"}


def level(dossier: Dossier, is_enhanced: bool) -> Decimal:
    """Return the share of the reference pay that is guaranteed (percent)."""
    return figure(
        "allocations_journalieres_taux_renforcee" if is_enhanced else "allocations_journalieres_taux", dossier
    )


# Bonuses told by their fate during the leave, or without it.
KINDS = ("_maintenues", "_supprimees", "")


@rule(
    LEVEL,
    title="Jusqu'à quel pourcentage du salaire les allocations journalières complètent-elles ?",
    references=(ART_43_2, ART_25, ART_22, ART_24),
    facts=(*WHO, "date_arret", *CHANGE),
)
def allocation_journaliere_niveau(dossier: Dossier) -> Decision | NotApplicable:
    """Return the guaranteed share (percent) of the gross reference pay: article 43-2.

    Raises:
        FactNeeded: for the formule de prévoyance.
    """
    draft = Draft(LEVEL, dossier)
    denied = refusal(draft, "incapacite", ART_43_2)
    if denied:
        return denied
    is_enhanced = enhanced(dossier)
    rate = level(dossier, is_enhanced)
    draft.because("niveau_garantie", True, ART_43_2, rate=rate)
    if changed_later(dossier):
        draft.because("formule_du_premier_jour", True, ART_25)
        draft.details["changement"] = True
    if is_enhanced:
        draft.conditions.append("plafond_net")
    amounts = (Amount("rate", rate, "percent"), _months(dossier))
    return draft.close("granted", "renforcee" if is_enhanced else "actif", amounts)


def _months(dossier: Dossier) -> Amount:
    return Amount("mois", Decimal(whole("allocations_journalieres_salaire_mois", dossier)), "months")


@rule(
    AMOUNT,
    title="Combien d'allocations journalières vais-je toucher par mois ?",
    references=(ART_43_2, ART_17, ART_43_1, ART_25, ART_11, ART_22, ART_24),
    facts=(
        *WHO,
        *PAY_FACTS,
        "ressources_mensuelles",
        "ressources_mensuelles_autres",
        "niveau_traitement",
        "salaire_net_mensuel",
        "primes_mensuelles_maintenues",
        "primes_mensuelles_supprimees",
        "primes_mensuelles",
        "primes_comprises",
        "element_salaire",
        *CHANGE,
        "date_arret",
        "date_adhesion",
        "date_entree_champ",
        "venu_de_initiale",
    ),
)
def allocation_journaliere_montant(dossier: Dossier) -> Decision | NotApplicable:
    """Return the monthly amount (€): the guaranteed share of the gross reference pay, less what is received.

    Sources: article 43-2; in Renforcée limited to 100 % of the net pay, which can mean the benefit alone or
    benefit and resources together (article 17): both are shown where they differ. Nothing for a leave begun before
    joining or within the waiting period (article 43-1).

    Raises:
        FactNeeded: for the formule de prévoyance, the pay, the resources; for the date of entry, for a leave within
            the waiting period.
    """
    draft = Draft(AMOUNT, dossier)
    denied = refusal(draft, "incapacite", ART_43_2) or told_refused(draft)
    if denied:
        return denied
    paid = mean_pay(dossier, "allocations_journalieres_salaire_mois")
    resources = _resources(draft, paid)
    if resources > paid:  # nobody on leave receives more than the pay: the two were told the other way round
        if any(dossier.get(f"primes_mensuelles{kind}") for kind in KINDS):
            return draft.open("montants_incoherents", ART_43_2)
        paid, resources = resources, paid
        draft.conditions.append("montants_compris")
    is_enhanced = enhanced(dossier)
    pay = _with_bonuses(draft, paid, is_enhanced)
    if changed_later(dossier):
        draft.because("formule_du_premier_jour", True, ART_25)
        draft.details["changement"] = True
    rate = level(dossier, is_enhanced)
    guaranteed = percent_of(rate, pay)
    benefit = max(ZERO, guaranteed - resources)
    draft.because("ressources_deduites", True, ART_43_2, resources=resources)
    if benefit == ZERO:  # nothing here names the level: two formules may both come to nothing
        draft.because("rien", False, ART_43_2)
        return draft.close("denied", "rien", (euros_amount("amount", ZERO, "month"),))
    draft.because("niveau_garantie", True, ART_43_2, rate=rate, pay=pay, guaranteed=guaranteed)
    if is_enhanced:
        return _limited(draft, benefit, resources)
    return draft.close("granted", "montant", (euros_amount("amount", benefit, "month"),))


def mean_pay(dossier: Dossier, period: str) -> Decimal:
    """Return the monthly mean (€) of the gross pay of the months that a parameter counts (articles 43-2, 44-2-3).

    Raises:
        FactNeeded: when neither the mean nor the sum of the three months is known.
    """
    three = dossier.get("salaires_trois_mois")
    if three is not None and dossier.get("salaire_brut_mensuel") is None:
        return to_cents(three / figure(period, dossier))
    pay: Decimal = dossier.read("salaire_brut_mensuel")
    return to_cents(pay)


def _with_bonuses(draft: Draft, pay: Decimal, is_enhanced: bool) -> Decimal:
    """Return the reference pay (€ a month): bonuses kept during the leave count, the others in Renforcée only.

    Raises:
        FactNeeded: for whether a bonus is kept, or stands in the pay that was said, where it changes the amount.
    """
    dossier = draft.dossier
    told = (dossier.get(f"primes_mensuelles{kind}") or ZERO for kind in KINDS)
    kept, lost, other = told
    element = dossier.get("element_salaire")
    if kept and not lost + other and element == "prime_non_maintenue":
        kept, lost = ZERO, kept
    if other and bool(kept) != bool(lost):  # two bonuses told, one of them by its fate: the other has the other one
        kept, lost = (kept or other, lost or other)
    elif other and not is_enhanced and dossier.read("element_salaire", among=KINDS_OF_BONUS) == "prime_non_maintenue":
        lost += other
    elif other:
        kept += other
    if not kept + lost:
        return pay
    included = dossier.read("primes_comprises")
    counted = kept + lost if is_enhanced else kept
    draft.because("primes_renforcee" if is_enhanced else "primes_actif", True, ART_43_2, kept=kept, lost=lost)
    draft.details["primes"] = "toutes" if is_enhanced else "maintenues"
    return max(ZERO, to_cents(pay + counted - (kept + lost if included else ZERO)))


def _resources(draft: Draft, pay: Decimal) -> Decimal:
    """Return what is received a month (€, gross); else the known share of the pay, which the answer states."""
    dossier = draft.dossier
    share = SHARE_KEPT.get(dossier.get("niveau_traitement") or "")
    if dossier.get("ressources_mensuelles") is None and share:
        draft.conditions.append("ressources_supposees")
        draft.because("part_maintenue", True, ART_43_2, rate=figure(share, dossier))
        return percent_of(figure(share, dossier), pay)
    return resources_told(dossier)


def resources_told(dossier: Dossier) -> Decimal:
    """Return what is received a month (€, gross), with what another body pays where it was said apart.

    Raises:
        FactNeeded: when it is unknown.
    """
    resources: Decimal = dossier.read("ressources_mensuelles")
    return to_cents(resources + (dossier.get("ressources_mensuelles_autres") or ZERO))


def _limited(draft: Draft, benefit: Decimal, resources: Decimal) -> Decision:
    """Return the amount of Renforcée, limited to the net pay in either reading."""
    dossier = draft.dossier
    net = dossier.get("salaire_net_mensuel")
    share = figure("allocations_journalieres_plafond_net", dossier)
    draft.because("plafond_net", True, ART_43_2, rate=share)
    if net is None:
        draft.conditions.append("plafond_net")
        return draft.close("granted", "montant", (euros_amount("amount", benefit, "month"),))
    limit = percent_of(share, net)
    alone = min(benefit, limit)
    together = min(benefit, max(ZERO, limit - resources))
    if alone == together:
        case = "montant" if alone == benefit else "montant_plafonne"
        return draft.close("granted", case, (euros_amount("amount", alone, "month"),))
    draft.because("cumul_perte_de_revenus", True, ART_17)
    draft.warnings.append("plafond_net_deux_lectures")
    amounts = (euros_amount("amount", alone, "month"), euros_amount("amount_cumul", together, "month"))
    return draft.close("depends", "deux_lectures", amounts, ADVISER)


@rule(
    REFERENCE_PAY,
    title="Quels salaires et quelles primes comptent dans le salaire de référence ?",
    references=(ART_43_2, ART_22, ART_24),
    facts=(*WHO, "element_salaire", "salaire_variable", "primes_demandees"),
)
def allocation_journaliere_salaire_reference(dossier: Dossier) -> Decision | NotApplicable:
    """Return which months and elements make the reference pay, or whether one element counts (article 43-2).

    Raises:
        FactNeeded: for the formule de prévoyance, where it decides.
    """
    draft = Draft(REFERENCE_PAY, dossier)
    denied = refusal(draft, "incapacite", ART_43_2)
    if denied:
        return denied
    element = dossier.get("element_salaire")
    if element in ("salaire_hors_champ", "prime_maintenue"):
        kept = element == "prime_maintenue"
        draft.because(element, kept, ART_43_2)
        return draft.close("granted" if kept else "denied", element)
    if prevoyance_of(dossier) in (None, "actif_ou_renforcee", "initiale_inconnue") and element != "prime_non_maintenue":
        return _reference_pay_of_all(draft, element)
    is_enhanced = enhanced(dossier)
    suffix = "renforcee" if is_enhanced else "actif"
    if element is not None:
        counts = is_enhanced and element != "conges_non_pris"
        draft.because(f"{element}_{suffix}", counts, ART_43_2)
        return draft.close("granted" if counts else "denied", f"{element}_{suffix}")
    draft.because("mois_retenus", True, ART_43_2, months=_months(dossier).value)
    amounts = [_months(dossier)]
    if is_enhanced:
        longer = whole("allocations_journalieres_salaire_mois_variable", dossier)
        amounts.append(Amount("mois_variable", Decimal(longer), "months"))
        if dossier.get("salaire_variable"):
            return draft.close("granted", "renforcee_variable", amounts)
    return draft.close("granted", suffix, amounts)


def _reference_pay_of_all(draft: Draft, element: str | None) -> Decision:
    """Return what the formules say together, where nothing told which one it is (article 43-2)."""
    if element is not None:
        draft.because("conges_non_pris", False, ART_43_2)
        return draft.close("denied", "conges_non_pris")
    draft.because("mois_retenus", True, ART_43_2, months=_months(draft.dossier).value)
    case = "primes" if draft.dossier.get("primes_demandees") else "toutes_formules"
    return draft.close("granted", case, [_months(draft.dossier)])
