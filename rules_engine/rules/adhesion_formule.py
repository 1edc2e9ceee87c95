"""Changing formule: when it is possible and from what day (règlement MSP, articles 24 and 25)."""

from __future__ import annotations

from datetime import date

from rules_engine.dates import add_months_clamped, first_of_next_month_after
from rules_engine.dates_adhesion import first_of_nth_month_after
from rules_engine.decision import Amount, Decision, NotApplicable, Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.registry import rule
from rules_engine.rules.adhesion_commun import (
    Answer,
    Draft,
    article_msp,
    asked_on,
    category,
    collective,
    figure,
    individual_only,
    period,
    presume_individual,
    received_on,
    silent,
)

NAME = "changement_formule"
OF_PREVOYANCE = ("vers", "depuis", "prevoyance")
ARTICLE = article_msp("25")


@rule(
    NAME,
    title="Puis-je changer de formule, et à partir de quelle date ?",
    references=(ARTICLE, article_msp("24")),
    facts=(
        "contrat",
        "formule",
        "qualite",
        "prevoyance",
        "formule_visee",
        "changement_renforcee",
        "arret_a_la_demande",
        "evenement_formule",
        "date_evenement",
        "date_formule",
        "mois_dans_formule",
        "mois_adhesion",
        "date_demande",
        "date_reception_demande",
    ),
)
def changement_formule(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a formule may be changed and from when (MSP article 25).

    12 months in the formule left, or a family event or paid unemployment in the last 6 months; the first of
    the next month, of the 4th month towards Intégrale (both when the formule wanted is unknown); never to or from
    Renforcée while on sick leave.

    Raises:
        FactNeeded: for sick leave (Renforcée).
    """
    if collective(dossier):
        return silent(NAME, dossier)
    presume_individual(dossier)
    refusal = _refusal(dossier)
    if refusal is not None:
        return refusal.decision(NAME, dossier)
    return _open(dossier).decision(NAME, dossier)


def _refusal(dossier: Dossier) -> Draft | None:
    """Return why no change is possible whatever the day; None when nothing stands against it."""
    if dossier.get("qualite") in ("conjoint", "enfant"):
        return Draft("denied", "beneficiaire", (fails("suit_adherent", article_msp("24")),))
    if dossier.get("formule_visee") == "Essentielle":
        return Draft("denied", "vers_essentielle", (fails("essentielle_nouveaux", article_msp("24")),))
    renforcee = dossier.get("changement_renforcee")
    if renforcee not in OF_PREVOYANCE:
        return None
    if category(dossier) not in (None, "actif"):
        return Draft("denied", "prevoyance_actifs_seuls", (fails("prevoyance_actifs_seuls", ARTICLE),))
    if dossier.read("arret_a_la_demande"):
        return Draft("denied", "arret_renforcee", (fails("arret_renforcee", ARTICLE),))
    return None


def _open(dossier: Dossier) -> Draft:
    """Decide by the time in the formule and the event, then by the day of the request."""
    event = _event(dossier)
    if event is None:
        return _by_seniority(dossier)
    if event.outcome != "denied":
        return event
    enough = _long_enough(dossier)
    if enough is None:
        enough = dossier.read("mois_dans_formule") >= figure("changement_formule_anciennete", dossier)
    return _by_seniority(dossier) if enough else event


def _event(dossier: Dossier) -> Draft | None:
    """Return what an event gives: open at any time within 6 months; None without an event."""
    if dossier.get("evenement_formule") in (None, "aucun"):
        return None
    happened, asked = dossier.get("date_evenement"), _since_and_asked(dossier)[1]
    amounts = (period("event_delay", "changement_formule_evenement_delai", "months", dossier),)
    reasons = (holds("evenement", ARTICLE),)
    if happened is None:
        return _effective(dossier, "evenement", reasons, amounts, {}, ("demande_dans_les_6_mois",))
    dates = {"event_deadline": add_months_clamped(happened, figure("changement_formule_evenement_delai", dossier))}
    if (asked or dossier.on) <= dates["event_deadline"]:
        return _effective(dossier, "evenement", reasons, amounts, dates, ())
    late = (fails("evenement_trop_ancien", ARTICLE), fails("anciennete", ARTICLE))
    months = period("months", "changement_formule_anciennete", "months", dossier)
    return Draft("denied", "evenement_trop_tard", late, (*amounts, months), dates, ("apres_12_mois",))


def _by_seniority(dossier: Dossier) -> Draft:
    amounts = (period("months", "changement_formule_anciennete", "months", dossier),)
    enough = _long_enough(dossier)
    if enough is False:
        reasons: tuple[Reason, ...] = (fails("anciennete", ARTICLE), holds("evenement_possible", ARTICLE))
        since = _since_and_asked(dossier)[0]
        if since is None:
            return Draft("denied", "trop_tot", reasons, amounts, conditions=("apres_12_mois",))
        dates = {"earliest": add_months_clamped(since, figure("changement_formule_anciennete", dossier))}
        return Draft("denied", "trop_tot_date", reasons, amounts, dates)
    conditions = () if enough else ("douze_mois_cotises",)
    reasons = (holds("anciennete", ARTICLE),)
    return _effective(dossier, "acquis" if enough else "possible", reasons, amounts, {}, conditions)


def _long_enough(dossier: Dossier) -> bool | None:
    """Return whether the formule left has been paid for 12 months at the request; None when unknown."""
    needed = figure("changement_formule_anciennete", dossier)
    since, asked = _since_and_asked(dossier)
    if since is not None:
        return (asked or dossier.on) >= add_months_clamped(since, needed)
    months: int | None = dossier.get("mois_dans_formule")
    if months is not None:
        return months >= needed
    belonged = dossier.get("mois_adhesion")
    return False if belonged is not None and belonged < needed else None


def _since_and_asked(dossier: Dossier) -> tuple[date | None, date | None]:
    """Return since when the formule is paid and when its change is asked, put right when they come the other way.

    Nobody asks to leave a formule before being in it; a lone later day is not that of the start.
    """
    since, asked = dossier.get("date_formule"), asked_on(dossier)
    if since is None or asked is None:
        return (None, asked) if since is not None and since > dossier.on else (since, asked)
    return (asked, since) if since > asked else (since, asked)


def _effective(
    dossier: Dossier,
    case: str,
    reasons: tuple[Reason, ...],
    amounts: tuple[Amount, ...],
    dates: dict[str, date],
    conditions: tuple[str, ...],
) -> Draft:
    """Return the grant, with the day of effect when the request is dated.

    Towards Intégrale the months run from the receipt of the request, after an event from the request itself.
    """
    asked, received = _asked_and_received(dossier)
    if case == "evenement":
        received = asked
    wanted = dossier.get("formule_visee") if asked is None else _wanted(dossier)
    months = figure("changement_formule_integrale_mois", dossier)
    integrale = wanted == "Intégrale"
    reasons = (*reasons, *_effect_reasons(wanted), *_consequences(dossier))
    warnings = _doubts(dossier, integrale)
    details = {"arret": _harmless_leave(dossier)}
    if asked is None or received is None:
        end = "" if wanted else "_general"
        suffix = "_integrale" if integrale else end
        return Draft("granted", f"{case}{suffix}", reasons, amounts, dates, conditions, warnings, details=details)
    if wanted is None:
        dates = {"effect": first_of_next_month_after(asked), **dates}
        dates["effect_integrale"] = first_of_nth_month_after(received, months)
        case = f"{case}_deux_dates"
        return Draft("granted", case, reasons, amounts, dates, conditions, warnings, details=details)
    effect = first_of_nth_month_after(received, months) if integrale else first_of_next_month_after(asked)
    dates = {"effect": effect, **dates}
    return Draft("granted", f"{case}_date", reasons, amounts, dates, conditions, warnings, details=details)


def _asked_and_received(dossier: Dossier) -> tuple[date | None, date | None]:
    asked, swapped = asked_on(dossier), _since_and_asked(dossier)[1]
    return (swapped, swapped) if asked != swapped else (asked, received_on(dossier))


def _wanted(dossier: Dossier) -> str | None:
    """Return the formule wanted; a change of prévoyance alone needs none."""
    known: str | None = dossier.get("formule_visee")
    if known is None and dossier.get("changement_renforcee") in OF_PREVOYANCE:
        return "prevoyance"
    return known


def _effect_reasons(wanted: str | None) -> tuple[Reason, ...]:
    next_month, fourth = holds("mois_suivant", ARTICLE), holds("quatrieme_mois", ARTICLE)
    if wanted is None:
        return (next_month, fourth)
    return (fourth,) if wanted == "Intégrale" else (next_month,)


def _consequences(dossier: Dossier) -> tuple[Reason, ...]:
    """Return what the member should know besides: sick leave, benefits under way, yearly limits."""
    reasons: tuple[Reason, ...] = ()
    if _harmless_leave(dossier):
        reasons += (holds("arret_sans_effet", ARTICLE),)
    if dossier.get("changement_renforcee") in OF_PREVOYANCE:
        return (*reasons, holds("prestations_en_cours", ARTICLE))
    return (*reasons, holds("limites_inchangees", ARTICLE))


def _harmless_leave(dossier: Dossier) -> bool:
    """Return whether the member is on sick leave, and the change does not touch Renforcée."""
    return bool(dossier.get("arret_a_la_demande")) and dossier.get("changement_renforcee") not in OF_PREVOYANCE


def _doubts(dossier: Dossier, integrale: bool) -> tuple[str, ...]:
    doubts: tuple[str, ...] = ()
    if integrale and dossier.get("changement_renforcee") in OF_PREVOYANCE:
        doubts += ("integrale_et_prevoyance",)
    if dossier.get("qualite") == "orphelin":
        doubts += ("orphelin_non_nomme",)
    return doubts


@rule(
    "anciennete_changement_formule",
    title="Combien de temps dois-je rester dans ma formule avant d'en changer ?",
    references=(ARTICLE,),
    facts=("contrat", "formule", "qualite", "date_formule"),
)
@individual_only
def anciennete_changement_formule(dossier: Dossier) -> Answer:
    """Return the 12 months to pay before leaving a formule, and what waives them (MSP article 25)."""
    presume_individual(dossier)
    reasons = (holds("anciennete", ARTICLE), holds("evenement_possible", ARTICLE))
    amounts = (
        period("months", "changement_formule_anciennete", "months", dossier),
        period("event_delay", "changement_formule_evenement_delai", "months", dossier),
    )
    since = dossier.get("date_formule")
    if since is None:
        return Draft("granted", "general", reasons, amounts)
    dates = {"earliest": add_months_clamped(since, figure("changement_formule_anciennete", dossier))}
    return Draft("granted", "date", reasons, amounts, dates)
