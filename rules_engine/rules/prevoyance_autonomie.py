"""Temporary loss of autonomy: règlement MGEN Santé Prévoyance, article 46."""

from __future__ import annotations

from math import ceil

from rules_engine.decision import Amount, Decision, NotApplicable
from rules_engine.dossier import Dossier
from rules_engine.money import to_cents
from rules_engine.references import article_msp
from rules_engine.registry import rule
from rules_engine.rules.prevoyance_commun import (
    ADVISER,
    ART_8,
    ART_22,
    ART_24,
    DISEASES,
    WHO,
    Draft,
    age_on,
    claim_refused,
    euros_amount,
    figure,
    refusal,
    text,
    whole,
)

ART_46_2, ART_46_3, ART_46_4 = article_msp("46-2"), article_msp("46-3"), article_msp("46-4")
ART_46_5, ART_46_6 = article_msp("46-5"), article_msp("46-6")
RIGHT = "perte_autonomie_droit"
END = "perte_autonomie_fin"
# What tells, with the cause, that the loss of autonomy is not paid.
PERSON = (
    "retraite_demandee",
    "age",
    "date_naissance",
    "date_perte_autonomie",
    "date_maladie",
    "date_adhesion",
    "duree_probable_jours",
    "maladie_avant_adhesion",
)
INJURIES = frozenset({"perte_membre", "traumatisme_cranien", "cecite", "surdite", "brulures"})


@rule(
    RIGHT,
    title="Ai-je droit à la prestation perte temporaire d'autonomie ?",
    references=(ART_46_2, ART_46_3, ART_46_4, ART_46_5, ART_46_6, ART_22, ART_24),
    facts=(
        *WHO,
        "retraite_demandee",
        "age",
        "date_naissance",
        "date_perte_autonomie",
        "cause_perte_autonomie",
        "surface_brulee",
        "degre_brulure",
        "perte_auditive",
        "acuite_vingtiemes",
        "champ_visuel",
        "origine_pathologique",
        "circonstance_perte_autonomie",
        "legitime_defense",
        "duree_probable_jours",
        "date_maladie",
        "date_adhesion",
        "date_certificat",
        "date_demande",
        "duree_pta_mois",
        "franchise_deduite",
        "total_demande",
        "maladie_avant_adhesion",
        "liste_garantie_demandee",
    ),
)
def perte_autonomie_droit(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a temporary loss of autonomy opens the benefit.

    Sources: articles 46-2 (diseases, injuries, 30 days), 46-3 (under 65, not retired), 46-5 (excluded circumstances),
    46-6 (claim within 2 years), 22 and 24.

    Raises:
        FactNeeded: for the cause.
    """
    draft = Draft(RIGHT, dossier)
    return (
        retired(draft)
        or refusal(draft, "perte_autonomie", ART_46_3)
        or _person_refused(draft)
        or _circumstance_refused(draft)
        or _list_asked(draft)
        or _cause_refused(draft)
        or _state_refused(draft)
        or _granted(draft)
    )


def retired(draft: Draft) -> Decision | None:
    """Return the refusal of who has asked for the pension, whatever formule comes with it (article 46-3)."""
    return draft.refused("retraite_demandee", ART_46_3) if draft.dossier.get("retraite_demandee") else None


def _person_refused(draft: Draft) -> Decision | None:
    dossier = draft.dossier
    limit = whole("pta_age_max", dossier)
    pensioned = retired(draft)
    if pensioned:
        return pensioned
    age = age_on(dossier, "date_perte_autonomie")
    if age is not None and age >= limit:
        return draft.refused("trop_age", ART_46_3, limit=limit, age=age)
    if age is None:
        draft.conditions.append("moins_de_65_ans")
    if dossier.get("retraite_demandee") is None:
        draft.conditions.append("retraite_non_demandee")
    draft.because("age_et_activite", True, ART_46_3, limit=limit)
    return None


def _list_asked(draft: Draft) -> Decision | None:
    """Return the closed list of diseases and injuries (article 46-2), when it is asked and no cause is told."""
    dossier = draft.dossier
    if not dossier.get("liste_garantie_demandee") or dossier.get("cause_perte_autonomie"):
        return None
    draft.conditions.clear()
    draft.because("liste_limitative", True, ART_46_2)
    return draft.close("depends", "liste")


def _cause_refused(draft: Draft) -> Decision | None:
    dossier = draft.dossier
    cause = dossier.read("cause_perte_autonomie")
    draft.details["cause"] = cause
    if cause in DISEASES:
        draft.because("maladie_garantie", True, ART_46_2)
        return None
    if cause not in INJURIES:
        return draft.refused(cause, ART_46_2)
    if dossier.get("origine_pathologique"):
        return draft.refused("origine_pathologique", ART_46_2)
    if dossier.get("origine_pathologique") is None:
        draft.conditions.append("accident_exterieur")
    return _injury_refused(draft, cause)


def _injury_refused(draft: Draft, cause: str) -> Decision | None:
    """Return the refusal of an injury below the thresholds of article 46-2."""
    dossier = draft.dossier
    figures = {
        "degree": whole("pta_brulure_degre", dossier),
        "surface": whole("pta_brulure_surface", dossier),
        "loss": whole("pta_surdite_perte", dossier),
        "acuity": text("pta_cecite_acuite_texte", dossier),
        "field": whole("pta_cecite_champ", dossier),
    }
    if cause == "brulures":
        degree, surface = dossier.get("degre_brulure"), dossier.get("surface_brulee")
        if (degree is not None and degree < figures["degree"]) or (
            surface is not None and surface < figures["surface"]
        ):
            return draft.refused("brulures_insuffisantes", ART_46_2, **figures)
        draft.conditions.append("chirurgien_plasticien")
        if degree is None or surface is None:
            draft.conditions.append("brulures_seuil")
    if cause == "surdite" and _hearing_refused(draft, figures["loss"]):
        return draft.refused("surdite_insuffisante", ART_46_2, **figures)
    if cause == "cecite" and _sight_refused(draft, figures["field"]):
        return draft.refused("cecite_insuffisante", ART_46_2, **figures)
    draft.because("accident_garanti", True, ART_46_2, **figures)
    return None


def _hearing_refused(draft: Draft, least: object) -> bool:
    loss = draft.dossier.get("perte_auditive")
    if loss is None:
        draft.conditions.append("surdite_seuil")
        return False
    assert isinstance(least, int)
    return bool(loss <= least)


def _sight_refused(draft: Draft, field: object) -> bool:
    dossier = draft.dossier
    acuity, seen = dossier.get("acuite_vingtiemes"), dossier.get("champ_visuel")
    if acuity is None or seen is None:
        draft.conditions.append("cecite_seuil")
    assert isinstance(field, int)
    return bool(
        (acuity is not None and acuity > whole("pta_cecite_acuite", dossier)) or (seen is not None and seen >= field)
    )


def _circumstance_refused(draft: Draft) -> Decision | None:
    dossier = draft.dossier
    if dossier.get("circonstance_perte_autonomie") is None:
        return None
    if not dossier.get("legitime_defense"):
        return draft.refused("circonstance_exclue", ART_46_5)
    draft.because("legitime_defense", True, ART_46_5)
    if dossier.get("cause_perte_autonomie"):
        return None
    draft.conditions.clear()
    return draft.close("depends", "legitime_defense")


def _state_refused(draft: Draft) -> Decision | None:
    dossier = draft.dossier
    short = _too_short(draft)
    if short:
        return short
    if dossier.get("duree_probable_jours") is None:
        draft.conditions.append("duree_probable")
    before = _before_joining(draft)
    if before:
        return before
    dated = dossier.get("date_maladie") and dossier.get("date_adhesion")
    if not dated and dossier.get("maladie_avant_adhesion") is None:
        draft.conditions.append("apres_adhesion")
    return claim_refused(draft, "date_certificat", "pta_delai_demande", ART_46_6)


def _too_short(draft: Draft) -> Decision | None:
    """Return that a state likely to last 30 days or less is not one of loss of autonomy (article 46-2)."""
    least, likely = whole("pta_duree_probable", draft.dossier), draft.dossier.get("duree_probable_jours")
    if likely is not None and likely <= least:
        return draft.refused("duree_trop_courte", ART_46_2, days=least)
    return None


def _before_joining(draft: Draft) -> Decision | None:
    """Return that an illness, an accident or a loss of autonomy of before the joining date is not paid."""
    joined = draft.dossier.get("date_adhesion")
    told = [draft.dossier.get(name) for name in ("date_maladie", "date_perte_autonomie", "date_certificat")]
    if draft.dossier.get("maladie_avant_adhesion") or (joined and any(day and day < joined for day in told)):
        return draft.refused("avant_adhesion", ART_46_2)
    return None


def told_refused(draft: Draft) -> Decision | None:
    """Return the refusal that age, retirement, cause and dates told decide; None when they decide nothing."""
    trial = Draft(draft.rule, draft.dossier)
    cause = draft.dossier.get("cause_perte_autonomie")
    return (
        _person_refused(trial)
        or (None if cause is None else _cause_refused(trial))
        or _too_short(trial)
        or _before_joining(trial)
    )


def _granted(draft: Draft) -> Decision:
    dossier = draft.dossier
    amount = euros_amount("amount", figure("pta_montant_trimestre", dossier), "quarter")
    most = Amount("trimestres", figure("pta_trimestres_max", dossier), "count")
    draft.because("montant_trimestre", True, ART_46_4, amount=amount.value, most=most.value)
    draft.documents += ["formulaire_prestation", "certificat_medical_pta"]
    if dossier.get("cause_perte_autonomie") in INJURIES:
        draft.documents.append("proces_verbal_accident")
    if dossier.get("duree_pta_mois") and (dossier.get("total_demande") or dossier.get("franchise_deduite") is not None):
        return total_for_duration(draft, [amount, most])
    assert amount.value is not None and most.value is not None
    return draft.close("granted", "droit", (amount, most, euros_amount("maximum", to_cents(amount.value * most.value))))


def total_for_duration(draft: Draft, amounts: list[Amount]) -> Decision:
    """Return the sum (€) of the quarters that a duration in months opens: each begun is paid whole, 4 at most.

    Raises:
        FactNeeded: for whether the duration counts the franchise, when the number of quarters depends on it.
    """
    dossier = draft.dossier
    quarter, most = figure("pta_montant_trimestre", dossier), whole("pta_trimestres_max", dossier)
    lasted = dossier.read("duree_pta_mois")
    draft.because("trimestre_entier", True, ART_46_4)
    least, longest = _quarters(dossier, lasted)
    draft.details["mois"] = lasted
    draft.details["trimestres"] = least
    draft.details["plafond"] = least == most
    if least == longest:
        return draft.close("granted", "total", [euros_amount("total", to_cents(quarter * least)), *amounts])
    draft.details["trimestres_max"] = longest
    totals = [
        euros_amount("total", to_cents(quarter * longest)),
        euros_amount("total_bas", to_cents(quarter * least)),
    ]
    return draft.close("depends", "limite_trimestre", [*totals, *amounts], ADVISER)


def _quarters(dossier: Dossier, lasted: int) -> tuple[int, int]:
    """Return the least and the greatest number of quarters that a duration in months can open.

    A duration that counts the franchise (30 days, about a month) and then fills whole quarters may or may not begin
    one more: it hangs on the days.
    """
    most, months = whole("pta_trimestres_max", dossier), whole("pta_trimestre_mois", dossier)
    after = min(most, ceil(lasted / months))
    rest = max(0, lasted - 1)
    within = min(most, ceil(rest / months)), min(most, ceil(rest / months) + (rest % months == 0))
    deducted = dossier.get("franchise_deduite")
    if deducted is None and within != (after, after):
        deducted = dossier.read("franchise_deduite")
    return within if deducted is False else (after, after)


@rule(
    END,
    title="Quand la prestation perte temporaire d'autonomie s'arrête-t-elle ?",
    references=(ART_46_4, ART_8),
    facts=("evenement_fin",),
)
def perte_autonomie_fin(dossier: Dossier) -> Decision | NotApplicable:
    """Return when the payment ends: the first day of the quarter after the event, the 4th quarter at the latest.

    Sources: articles 46-4-2 and 8. The quarter is that of the payment: its days are not in the article, so no date.
    """
    draft = Draft(END, dossier)
    event = dossier.get("evenement_fin")
    most = Amount("trimestres", figure("pta_trimestres_max", dossier), "count")
    draft.because("fin_trimestre_suivant", True, ART_46_4, most=most.value)
    if event in ("demission", "resiliation", "impayes"):
        return draft.refused("resiliation" if event != "impayes" else "impayes", ART_8)
    if event in ("deces", "guerison", "dependance"):
        return draft.close("denied", event, (most,))
    return draft.close("depends", "regle", (most,))
