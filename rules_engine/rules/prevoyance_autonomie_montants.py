"""How much and from when a temporary loss of autonomy is paid: règlement MGEN Santé Prévoyance, article 46-4."""

from __future__ import annotations

from decimal import Decimal

from rules_engine.dates_prevoyance import first_day_after_period_from
from rules_engine.decision import Amount, Decision, NotApplicable
from rules_engine.dossier import Dossier
from rules_engine.money import to_cents
from rules_engine.references import article_msp
from rules_engine.registry import rule
from rules_engine.rules.prevoyance_autonomie import (
    ART_46_2,
    ART_46_3,
    PERSON,
    retired,
    told_refused,
    total_for_duration,
)
from rules_engine.rules.prevoyance_commun import (
    ADVISER,
    ART_22,
    ART_24,
    WHO,
    Draft,
    days_back_at_work,
    euros_amount,
    figure,
    refusal,
    whole,
)

ART_46_4 = article_msp("46-4")
AMOUNT = "perte_autonomie_montant"
START = "perte_autonomie_debut"
AMOUNT_FACTS = (
    *WHO,
    "duree_pta_mois",
    "franchise_deduite",
    "total_demande",
    "cause_perte_autonomie",
    "date_certificat",
    *PERSON,
)
AGAIN = "perte_autonomie_rechute"
NEW_ILLNESS = "perte_autonomie_nouvelle_maladie"


@rule(
    AMOUNT,
    title="Combien la perte temporaire d'autonomie est-elle payée ?",
    references=(ART_46_4, ART_46_2, ART_46_3, ART_22, ART_24),
    facts=AMOUNT_FACTS,
)
def perte_autonomie_montant(dossier: Dossier) -> Decision | NotApplicable:
    """Return the amount of a quarter (€) and, for a known duration (months), the total.

    Sources: article 46-4-1: each quarter begun is paid whole, 4 at most, after the franchise of 30 days; articles
    46-2 and 46-3 (nothing for another cause, from 65 on, once retired, before joining).

    Raises:
        FactNeeded: for whether the duration counts the franchise, when the number of quarters depends on it.
    """
    draft = Draft(AMOUNT, dossier)
    denied = retired(draft) or refusal(draft, "perte_autonomie", ART_46_4) or told_refused(draft)
    if denied:
        return denied
    quarter, most = figure("pta_montant_trimestre", dossier), whole("pta_trimestres_max", dossier)
    draft.because("montant_trimestre", True, ART_46_4, amount=quarter, most=most)
    amounts = [euros_amount("amount", quarter, "quarter"), Amount("trimestres", Decimal(most), "count")]
    if dossier.get("duree_pta_mois") is None:
        amounts.append(euros_amount("maximum", to_cents(quarter * most)))
        return draft.close("granted", "trimestre", amounts)
    return total_for_duration(draft, amounts)


@rule(
    START,
    title="À partir de quand la perte temporaire d'autonomie est-elle payée ?",
    references=(ART_46_4, ART_46_2, ART_46_3),
    facts=AMOUNT_FACTS,
)
def perte_autonomie_debut(dossier: Dossier) -> Decision | NotApplicable:
    """Return the first day paid: after 30 whole days from the medical certificate (article 46-4-1)."""
    if dossier.get("total_demande") and dossier.get("duree_pta_mois"):
        return perte_autonomie_montant(dossier)
    draft = Draft(START, dossier)
    denied = told_refused(draft)
    if denied:
        return denied
    days = whole("pta_franchise", dossier)
    amounts = (Amount("franchise", Decimal(days), "days"),)
    draft.because("franchise", True, ART_46_4, days=days)
    certified = dossier.get("date_certificat")
    if certified is None:
        return draft.close("granted", "regle", amounts)
    draft.dates["start"] = first_day_after_period_from(certified, days)
    draft.warnings.append("franchise_un_jour")
    return draft.close("granted", "date", amounts)


@rule(
    AGAIN,
    title="En cas de rechute, la franchise s'applique-t-elle encore ?",
    references=(ART_46_4, article_msp("46-6")),
    facts=("meme_cause", "jours_reprise", "date_reprise", "date_arret"),
)
def perte_autonomie_rechute(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a new leave is a relapse, paid without franchise: same cause, within 60 days of the return.

    Sources: articles 46-4-1 and 46-6-2; day 60 counts.
    """
    draft = Draft(AGAIN, dossier)
    limit = whole("pta_rechute", dossier)
    amounts = (Amount("rechute", Decimal(limit), "days"),)
    if dossier.get("meme_cause") is False:
        draft.because("autre_cause", False, ART_46_4)
        return draft.close("denied", "autre_cause", amounts)
    worked = days_back_at_work(dossier)
    draft.because("rechute", worked is None or worked <= limit, ART_46_4, days=limit)
    if worked is None:
        return draft.close("granted", "regle", amounts)
    draft.details["jours"] = worked
    if worked > limit:
        return draft.close("depends", "apres_delai", amounts, ADVISER)
    draft.because("certificat_rechute", True, article_msp("46-6"))
    draft.documents.append("certificat_rechute")
    if dossier.get("meme_cause") is None:
        draft.conditions.append("meme_cause")
    return draft.close("granted", "rechute", amounts)


@rule(
    NEW_ILLNESS,
    title="Une nouvelle maladie ouvre-t-elle de nouveaux trimestres ?",
    references=(ART_46_4,),
    facts=("cause_perte_autonomie",),
)
def perte_autonomie_nouvelle_maladie(dossier: Dossier) -> Decision | NotApplicable:
    """Return the right opened by another guaranteed disease or accident: 4 more quarters (article 46-4-1)."""
    draft = Draft(NEW_ILLNESS, dossier)
    most = Amount("trimestres", figure("pta_trimestres_max", dossier), "count")
    cause = dossier.get("cause_perte_autonomie")
    if cause in ("autre_maladie", "autre_accident"):
        return draft.refused("non_garantie", ART_46_4)
    draft.because("nouvelle_periode", True, ART_46_4, most=most.value)
    draft.because("fin_de_la_precedente", True, ART_46_4)
    return draft.close("granted", "nouvelle_periode", (most,))
