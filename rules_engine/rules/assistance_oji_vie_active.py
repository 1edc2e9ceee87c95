"""First job, moving, coaching, exclusions, complaints: packs de services ÔJI, articles 16, 17, 19, 20, 24 and 26."""

from __future__ import annotations

from rules_engine.dates import add_months_clamped, add_years_clamped, last_day_within_days
from rules_engine.dates_droits_generaux import nth_business_day_after
from rules_engine.decision import Amount, Decision, NotApplicable, fails, holds
from rules_engine.money import ZERO, to_cents
from rules_engine.registry import rule
from rules_engine.rules.assistance_autres_commun import (
    CONTRACT_FACTS,
    PHONES,
    Answers,
    amount,
    call_day,
    number,
    oji,
    oji_only,
)
from rules_engine.rules.assistance_oji_conditions import abroad


@rule(
    "oji_premier_emploi",
    title="ÔJI m'aide-t-elle à trouver mon premier emploi ?",
    references=(oji(16), oji(4)),
    facts=(*CONTRACT_FACTS, "emploi_trouve", "date_diplome"),
)
@oji_only
def oji_premier_emploi(answers: Answers) -> Decision | NotApplicable:
    """Return the help to find a first job (days of follow-up, appointments), 6 months after the diploma.

    Sources: notice Packs de services ÔJI, articles 16-A and 4.

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    wait = amount("wait", "oji_premier_emploi_delai", "months", dossier)
    if dossier.get("emploi_trouve"):
        return answers.refused("emploi_trouve", oji(16), contacts=PHONES["OJI"])
    diploma = dossier.get("date_diplome")
    amounts = (
        amount("follow_up", "oji_emploi_suivi", "days", dossier),
        amount("appointments", "oji_emploi_rendez_vous", "count", dossier),
        wait,
    )
    if diploma is None:
        reason = holds("recherche_emploi", oji(16))
        return answers.decided("granted", "oui", reason, amounts=amounts, contacts=PHONES["OJI"])
    start = add_months_clamped(diploma, int(wait.value or 0))
    if call_day(dossier) < start:
        dates = {"start": start}
        return answers.refused("trop_tot", oji(16), amounts=(wait,), dates=dates, contacts=PHONES["OJI"])
    return answers.decided(
        "granted",
        "oui_date",
        holds("recherche_emploi", oji(16)),
        amounts=amounts,
        dates={"start": start},
        contacts=PHONES["OJI"],
    )


@rule(
    "oji_nettoyage_logement",
    title="ÔJI paie-t-elle le nettoyage du logement que je quitte ?",
    references=(oji(16), oji(4)),
    facts=(
        *CONTRACT_FACTS,
        "emploi_trouve",
        "emploi_suivant",
        "zone_sejour",
        "date_demenagement",
        "date_premier_emploi",
        "date_demande",
        "question_trop_tard",
        "prix",
    ),
)
@oji_only
def oji_nettoyage_logement(answers: Answers) -> Decision | NotApplicable:
    """Return what the cleaning of the home left for a first job is paid (€), and until when it can be done.

    Sources: notice Packs de services ÔJI, articles 16-C (500 €, in the 30 days after the move, within 12 months of the
    first job) and 4 (a first job in France).

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    if dossier.get("emploi_trouve") is False:
        return answers.refused("sans_emploi", oji(16), contacts=PHONES["OJI"])
    if dossier.get("emploi_suivant"):
        return answers.refused("pas_premier_emploi", oji(16), contacts=PHONES["OJI"])
    if dossier.get("zone_sejour") not in (None, "france_drom", "monaco_andorre"):
        return answers.refused("emploi_etranger", oji(4), contacts=PHONES["OJI"])
    dossier.get("question_trop_tard")  # whether the sentence begins with yes or no
    days = amount("days", "oji_nettoyage_delai", "days", dossier)
    months = amount("months", "oji_nettoyage_emploi_delai", "months", dossier)
    limits = []
    if (moved := dossier.get("date_demenagement")) is not None:
        limits.append(last_day_within_days(moved, int(days.value or 0)))
    if (hired := dossier.get("date_premier_emploi")) is not None:
        limits.append(add_months_clamped(hired, int(months.value or 0)))
    dates = {"deadline": min(limits)} if limits else {}
    if dates and call_day(dossier) > dates["deadline"]:
        return answers.refused("trop_tard", oji(16), amounts=(days, months), dates=dates, contacts=PHONES["OJI"])
    return answers.decided(
        "granted",
        f"{_cleaning_case(answers)}_date" if dates else _cleaning_case(answers),
        holds("nettoyage", oji(16)),
        amounts=(*_cleaning(answers), days, months),
        dates=dates,
        conditions=("premier_emploi", "accord_prealable", "avant_date" if dates else "delais"),
        contacts=PHONES["OJI"],
        bill=dossier.get("prix"),
    )


def _cleaning_case(answers: Answers) -> str:
    return "oui" if answers.dossier.get("prix") is None else "oui_total"


def _cleaning(answers: Answers) -> tuple[Amount, ...]:
    """Return the ceiling (€); with the bill, what is paid of it and what is left to pay."""
    ceiling = amount("ceiling", "oji_nettoyage_plafond", "EUR", answers.dossier)
    bill = answers.dossier.get("prix")
    if bill is None or ceiling.value is None:
        return (ceiling,)
    paid = to_cents(min(bill, ceiling.value))
    return (Amount("total", paid, "EUR"), Amount("remaining", to_cents(bill - paid), "EUR"), ceiling)


@rule(
    "oji_demenagement",
    title="ÔJI paie-t-elle mon déménagement ?",
    references=(oji(16),),
    facts=CONTRACT_FACTS,
)
@oji_only
def oji_demenagement(answers: Answers) -> Decision | NotApplicable:
    """Return that movers' addresses are given, their price staying with the member.

    Sources: notice Packs de services ÔJI, article 16-B.

    Raises:
        FactNeeded: for the contract.
    """
    return answers.refused("prix_a_charge", oji(16), conditions=("premier_emploi",), contacts=PHONES["OJI"])


@rule(
    "oji_coaching",
    title="Combien d'entretiens avec le coach budget ou administratif ÔJI ?",
    references=(oji(17),),
    facts=(*CONTRACT_FACTS, "type_coach", "entretiens_deja", "attente_coach"),
)
@oji_only
def oji_coaching(answers: Answers) -> Decision | NotApplicable:
    """Return the interviews (count) with the budget coach (over 12 months) or the administrative coach.

    Sources: notice Packs de services ÔJI, article 17.

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    kind = dossier.get("type_coach")
    budget = (
        amount("budget", "oji_coach_budget_entretiens", "count", dossier),
        amount("period", "oji_coach_budget_periode", "months", dossier),
    )
    papers = (amount("papers", "oji_coach_administratif_entretiens", "count", dossier),)
    chosen = {"budget": budget, "administratif": papers}.get(kind, (*budget, *papers))
    used, case = dossier.get("entretiens_deja"), kind or "les_deux"
    if kind == "budget" and used is None and dossier.get("attente_coach"):
        case = "budget_sans_attente"
    if kind is not None and used is not None and chosen[0].value is not None:
        left = max(chosen[0].value - used, ZERO)
        chosen = (Amount("left", left, "count"), *chosen)
        case = f"{kind}_reste" if left else f"{kind}_epuise"
    return answers.decided(
        "denied" if case.endswith("epuise") else "granted",
        case,
        holds("coaching", oji(17)),
        amounts=chosen,
        contacts=PHONES["OJI"],
        used=used,
    )


@rule(
    "oji_exclusions_assistance",
    title="Qu'est-ce que l'assistance ÔJI en France exclut ?",
    references=(oji(20), oji(19)),
    facts=(*CONTRACT_FACTS, "cause_exclue", "zone_sejour", "sport_pratique", "question_exclusion"),
)
@oji_only
def oji_exclusions_assistance(answers: Answers) -> Decision | NotApplicable:
    """Return that a cause is excluded from the packs de services ÔJI; without one, the main exclusions.

    Sources: notice Packs de services ÔJI, articles 20 and 19-B (quarantine).

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    outside = abroad(answers, "etranger_exclusions")
    if outside is not None:
        return outside
    cause = dossier.get("cause_exclue")
    dossier.get("question_exclusion")  # whether the sentence begins with yes or no
    if cause is None and dossier.get("sport_pratique") is not None:
        return answers.decided("depends", "sport", fails("exclusions", oji(20)), contacts=PHONES["OJI"])
    if cause is None:
        return answers.decided("depends", "liste", fails("exclusions", oji(20)), contacts=PHONES["OJI"])
    reference = oji(19) if cause == "quarantaine" else oji(20)
    return answers.decided("denied", cause, fails(cause, reference), contacts=PHONES["OJI"])


@rule(
    "oji_assistance_prescription",
    title="Combien de temps ai-je pour agir contre l'assistance ÔJI ?",
    references=(oji(24),),
    facts=(*CONTRACT_FACTS, "date_evenement", "date_demande", "question_trop_tard"),
)
@oji_only
def oji_assistance_prescription(answers: Answers) -> Decision | NotApplicable:
    """Return the last day of the two years in which an action may be brought.

    Sources: notice Packs de services ÔJI, article 24 (two years from the event; causes of interruption).

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    delay = amount("delay", "oji_assistance_prescription", "years", dossier)
    event = dossier.get("date_evenement")
    dossier.get("question_trop_tard")  # whether the sentence begins with yes or no
    reason = holds("prescription", oji(24))
    conditions = ("interruption",)
    if event is None:
        return answers.decided("granted", "delai", reason, amounts=(delay,), conditions=conditions)
    deadline = add_years_clamped(event, int(number("oji_assistance_prescription", dossier)))
    late = call_day(dossier) > deadline
    return answers.decided(
        "denied" if late else "granted",
        "prescrit" if late else "delai_date",
        reason,
        amounts=(delay,),
        dates={"deadline": deadline},
        conditions=conditions,
    )


@rule(
    "oji_assistance_reclamation",
    title="Comment réclamer contre l'assistance ÔJI ?",
    references=(oji(26),),
    facts=(*CONTRACT_FACTS, "date_demande", "question_accuse", "question_mediateur"),
)
@oji_only
def oji_assistance_reclamation(answers: Answers) -> Decision | NotApplicable:
    """Return how to complain, when the answer is due, and the mediator.

    Sources: notice Packs de services ÔJI, article 26 (receipt in 10 working days, answer in 2 months, mediator).

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    delay = amount("delay", "oji_reclamation_reponse", "months", dossier)
    sent = dossier.get("date_demande")
    dates = {}
    if sent is not None:
        days = int(number("oji_reclamation_accuse", dossier))
        dates = {
            "deadline": add_months_clamped(sent, int(delay.value or 0)),
            "receipt": nth_business_day_after(sent, days),
        }
    if dossier.get("question_mediateur") and sent is None:
        phones = ("assistance_mediateur_adresse", "assistance_reclamation_adresse", *PHONES["OJI"])
        return answers.decided("granted", "mediateur", holds("reclamation", oji(26)), amounts=(delay,), contacts=phones)
    case = "accuse" if dossier.get("question_accuse") else "reclamation"
    return answers.decided(
        "granted",
        f"{case}_date" if dates else case,
        holds("reclamation", oji(26)),
        amounts=(delay,),
        dates=dates,
        conditions=("mediateur",),
        contacts=("assistance_reclamation_adresse", "assistance_mediateur_adresse", *PHONES["OJI"]),
    )
