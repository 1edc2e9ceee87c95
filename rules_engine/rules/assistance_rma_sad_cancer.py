"""Help at home during a treatment against cancer: notice SAD Assurance, articles 8 and 10."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rules_engine.dates import HOURS_OF_A_DAY, first_day_within_days_before, last_day_within_days
from rules_engine.decision import Amount, Decision, NotApplicable, Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.money import ZERO
from rules_engine.registry import rule
from rules_engine.rules.assistance_rma_commun import GATE_FACTS, SAD, Answers, amount, figure, sad_notice

CANCER_REFERENCES = (sad_notice(10), sad_notice(8), sad_notice(7))
SESSION_FACTS = ("nombre_seances_cancer", "semaines_traitement_cancer", "date_seance")
CANCER_FACTS = (
    "type_traitement_cancer",
    "chimio_quotidienne",
    "soins_de_support",
    "seances_rapprochees",
    "jours_entre_seances",
    "nombre_seances_cancer",
    "semaines_traitement_cancer",
    "date_seance",
    "question_appel",
    "heures_semaine_voulues",
)


@rule(
    "sad_traitement_cancer",
    title="Combien d'heures d'aide à domicile pendant une chimiothérapie, une radiothérapie, une immunothérapie ?",
    references=CANCER_REFERENCES,
    facts=(*GATE_FACTS, *CANCER_FACTS),
)
def sad_traitement_cancer(dossier: Dossier) -> Decision | NotApplicable:
    """Return the hours of help at home of a treatment against cancer, and when to call (48 hours around each session).

    Sources: notice SAD Assurance, articles 10 and 8 (support care does not count; immunotherapy has no figure).

    Raises:
        FactNeeded: for the contract and the treatment.
    """
    answers = Answers("sad_traitement_cancer", dossier, SAD)
    refusal = answers.other_contract() or answers.place() or answers.person()
    return refusal if refusal is not None else cancer_help(answers)


def cancer_help(answers: Answers) -> Decision:
    """Return the help of article 10 for the treatment told.

    Support care gives nothing; beside a treatment whose sessions are told, the treatment is answered.

    Raises:
        FactNeeded: for the treatment.
    """
    dossier = answers.dossier
    told = any(dossier.get(name) is not None for name in SESSION_FACTS)
    if dossier.get("soins_de_support") and not (told and dossier.get("type_traitement_cancer")):
        return answers.refused("soins_de_support", sad_notice(8))
    treatment = dossier.read("type_traitement_cancer")
    if treatment == "autre":
        return answers.refused("autre_traitement", sad_notice(8))
    window = call_window(dossier)
    if dossier.get("question_appel"):
        seance = holds("seance_delai", sad_notice(10))
        return (
            around_session(answers, window) if window else answers.decided("granted", "seance", seance, contact=False)
        )
    if window and answers.call_day() > window["end"]:
        return answers.refused("seance_trop_tard", sad_notice(10), dates=window)
    if treatment == "immunotherapie":
        steps = (holds("cancer", sad_notice(10)), fails("immunotherapie_sans_heures", sad_notice(10)))
        return _called(answers, window, "depends", "immunotherapie", *steps)
    if treatment == "radiotherapie":
        return _weekly(answers, window, "radiotherapie")
    daily = dossier.get("chimio_quotidienne")
    if daily:
        return _weekly(answers, window, "chimio_quotidienne")
    return _sessions(answers, window, sure=daily is False or _spaced(dossier))


def _spaced(dossier: Dossier) -> bool:
    """Whether sessions were told: how many, or how far apart."""
    spaced = ("jours_entre_seances", "nombre_seances_cancer", "seances_rapprochees", "date_seance")
    return any(dossier.get(name) is not None for name in spaced)


def call_window(dossier: Dossier) -> dict[str, date]:
    """Return the first and last day (both included) to call around the session; empty when its date is unknown."""
    session = dossier.get("date_seance")
    if session is None:
        return {}
    days = int(figure("sad_cancer_delai", dossier)) // HOURS_OF_A_DAY
    return {"start": first_day_within_days_before(session, days), "end": last_day_within_days(session, days)}


def around_session(answers: Answers, session: dict[str, date]) -> Decision:
    """Return when to call around a session against cancer: 48 hours before or after it."""
    if answers.call_day() > session["end"]:
        return answers.refused("seance_trop_tard", sad_notice(10), dates=session)
    step = holds("seance_delai", sad_notice(10))
    return answers.decided("granted", "seance_date", step, dates=session, contact=False)


def _sessions(answers: Answers, window: dict[str, date], sure: bool) -> Decision:
    """Return 2 times 2 hours in the 15 days after each session, when sessions are at least 15 days apart.

    Not `sure` that the chemotherapy comes in sessions, the headline gives the daily one too.
    """
    dossier = answers.dossier
    apart = dossier.get("jours_entre_seances")
    close = apart is None and dossier.get("seances_rapprochees")
    if close or (apart is not None and apart < figure("sad_cancer_espacement", dossier)):
        return answers.refused("seances_trop_proches", sad_notice(10))
    visits = amount("visits", "sad_cancer_passages", "count", dossier, "session")
    hours = amount("hours", "sad_cancer_heures", "hours", dossier, "visit")
    each = Amount("session_hours", (visits.value or ZERO) * (hours.value or ZERO), "hours", "session")
    period = amount("period", "sad_cancer_periode", "days", dossier)
    amounts = [visits, hours, each, period]
    case = "chimio_seances" if sure else "chimio"
    sessions = dossier.get("nombre_seances_cancer")
    if sessions is not None:
        amounts.insert(0, Amount("total", (each.value or ZERO) * Decimal(sessions), "hours"))
        case = "chimio_seances_total"
    spaced = () if apart is not None else ("seances_espacees",)
    step = holds("cancer", sad_notice(10))
    return _called(answers, window, "granted", case, step, amounts=tuple(amounts), conditions=spaced)


def _weekly(answers: Answers, window: dict[str, date], case: str) -> Decision:
    hours = amount("hours", "sad_cancer_heures", "hours", answers.dossier, "week")
    amounts: tuple[Amount, ...] = (hours,)
    wanted = answers.dossier.get("heures_semaine_voulues")
    if wanted is not None and hours.value is not None and wanted > hours.value:
        return answers.refused("trop_par_semaine", sad_notice(10), amounts=amounts)
    weeks = answers.dossier.get("semaines_traitement_cancer")
    if weeks is not None:
        amounts = (Amount("total", (hours.value or ZERO) * Decimal(weeks), "hours"), hours)
        case = f"{case}_total"
    return _called(answers, window, "granted", case, holds("cancer", sad_notice(10)), amounts=amounts)


def _called(
    answers: Answers,
    window: dict[str, date],
    outcome: str,
    case: str,
    *steps: Reason,
    amounts: tuple[Amount, ...] = (),
    conditions: tuple[str, ...] = (),
) -> Decision:
    """Return the decision with when to call: around the session's date, or around each session."""
    call = "appeler_autour_date" if window else "appeler_autour_seance"
    last_day = bool(window) and answers.call_day() == window["end"]
    agreement = holds("accord_prealable", SAD.agreement)
    return answers.decided(
        outcome,
        case,
        *steps,
        agreement,
        amounts=amounts,
        dates=window,
        conditions=(*conditions, call),
        contact=False,
        documents=("certificat_medical",),
        warnings=("heure_compte",) if last_day else (),
    )
