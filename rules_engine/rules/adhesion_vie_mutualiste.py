"""Standing for election, contesting one, delays of the general assembly: statuts MGEN articles 15, 20, 38, 39."""

from __future__ import annotations

from datetime import date, timedelta

from rules_engine.dates import add_years_clamped, last_day_within_days, year_of_last_two_digits
from rules_engine.decision import Decision, Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.registry import rule
from rules_engine.rules.adhesion_commun import PHONE, Draft, article_statuts, figure, period


def _age(dossier: Dossier) -> int | None:
    """Return the age said, or the one reached in the year of the election."""
    year = dossier.get("annee_election") or dossier.on.year
    birth = dossier.get("annee_naissance")
    digits = dossier.get("millesime_naissance")
    if birth is None and digits is not None:
        birth = year_of_last_two_digits(digits, year - 1)
    said: int | None = dossier.get("age")
    return int(year - birth) if birth is not None and birth < year else said


def _stands(name: str, dossier: Dossier, ages: tuple[str, str], reference: str) -> Decision:
    """Decide by the age, from the lower bound on and below the upper one in the year of the election."""
    least, limit = (figure(parameter_id, dossier) for parameter_id in ages)
    age = _age(dossier)
    amounts = (period("least_age", ages[0], "age", dossier), period("limit_age", ages[1], "age", dossier))
    article = article_statuts(reference)
    details = {"age": age}
    if dossier.get("cotisations_a_jour") is False:
        unpaid = (fails("pas_a_jour", article),)
        return Draft("denied", "pas_a_jour", unpaid, amounts, details=details).decision(name, dossier)
    if age is None:
        return Draft("granted", "general", (holds("conditions", article),), amounts).decision(name, dossier)
    if age >= limit or age < least:
        case = "trop_age" if age >= limit else "trop_jeune"
        return Draft("denied", case, (fails(case, article),), amounts, details=details).decision(name, dossier)
    reasons: tuple[Reason, ...] = (holds("conditions", article),)
    return Draft("granted", "age_admis", reasons, amounts, details=details).decision(name, dossier)


STANDING = ("age", "annee_naissance", "millesime_naissance", "annee_election", "cotisations_a_jour")


@rule(
    "eligibilite_conseil",
    title="Puis-je être candidat au conseil d'administration ?",
    references=(article_statuts("20"),),
    facts=STANDING,
)
def eligibilite_conseil(dossier: Dossier) -> Decision:
    """Return whether a member may stand for the board: 18 and over, below 65 in the year, up to date (article 20)."""
    return _stands("eligibilite_conseil", dossier, ("ca_age_min", "ca_age_max"), "20")


@rule(
    "eligibilite_comite",
    title="Puis-je être candidat au comité de ma section ?",
    references=(article_statuts("38"), article_statuts("39")),
    facts=(*STANDING, "date_fin_salariat_mgen"),
)
def eligibilite_comite(dossier: Dossier) -> Decision:
    """Return whether a member may stand for a section's committee (statuts, articles 38 and 39).

    18 the year before, below 70 in the year, up to date on 31 October before; three years after a job with MGEN.
    """
    name = "eligibilite_comite"
    left = dossier.get("date_fin_salariat_mgen")
    if left is None:
        return _stands(name, dossier, ("comite_age_min", "comite_age_max"), "38")
    free = add_years_clamped(left, figure("comite_ex_salarie", dossier))
    first = free.year + 1 if free <= _reference_day(free.year, dossier) else free.year + 2
    year = dossier.get("annee_election")
    details = {"annee": first, "election": year}
    amounts = (period("delay", "comite_ex_salarie", "years", dossier),)
    article = article_statuts("38")
    if year is not None and year >= first:
        reasons: tuple[Reason, ...] = (holds("ancien_salarie", article),)
        return Draft("granted", "ancien_salarie_possible", reasons, amounts, details=details).decision(name, dossier)
    outcome, case = ("denied", "ancien_salarie_trop_tot") if year is not None else ("depends", "ancien_salarie")
    return Draft(outcome, case, (fails("ancien_salarie", article),), amounts, details=details).decision(name, dossier)


def _reference_day(year: int, dossier: Dossier) -> date:
    """Return the day on which the conditions are judged, in the year before the election."""
    return date(year, figure("comite_reference_mois", dossier), figure("comite_reference_jour", dossier))


@rule(
    "contestation_election",
    title="Jusqu'à quand contester une élection de section ?",
    references=(article_statuts("38"), article_statuts("39")),
    facts=("date_publication_pv",),
)
def contestation_election(dossier: Dossier) -> Decision:
    """Return the last day of the eight that follow the publication of the minutes (statuts, articles 38 and 39)."""
    name = "contestation_election"
    amounts = (period("delay", "comite_contestation", "days", dossier),)
    reasons = (
        holds("delai_contestation", article_statuts("38")),
        holds("cachet_ou_presentation", article_statuts("39")),
    )
    published = dossier.get("date_publication_pv")
    if published is None:
        return Draft("granted", "general", reasons, amounts).decision(name, dossier)
    dates = {"deadline": last_day_within_days(published, figure("comite_contestation", dossier))}
    if dossier.on > dates["deadline"]:
        return Draft("denied", "trop_tard", reasons, amounts, dates, contacts=PHONE).decision(name, dossier)
    return Draft("granted", "date", reasons, amounts, dates).decision(name, dossier)


@rule(
    "convocation_assemblee",
    title="Combien de temps avant l'assemblée générale est-elle convoquée ?",
    references=(article_statuts("15"),),
    facts=("date_assemblee", "seconde_convocation"),
)
def convocation_assemblee(dossier: Dossier) -> Decision:
    """Return the last day on which the assembly may be called: 15 days before, 6 the second time (article 15)."""
    second = bool(dossier.get("seconde_convocation"))
    parameter_id = "ag_convocation_seconde" if second else "ag_convocation"
    return _before(dossier, "convocation_assemblee", parameter_id, "seconde" if second else "premiere")


@rule(
    "question_ordre_du_jour",
    title="Jusqu'à quand faire inscrire une question à l'ordre du jour de l'assemblée générale ?",
    references=(article_statuts("15"),),
    facts=("date_assemblee",),
)
def question_ordre_du_jour(dossier: Dossier) -> Decision:
    """Return the last day on which a quarter of the delegates may ask for a question: 8 days before (article 15)."""
    return _before(dossier, "question_ordre_du_jour", "ag_question_delai", "question")


def _before(dossier: Dossier, name: str, parameter_id: str, case: str) -> Decision:
    amounts = (period("delay", parameter_id, "days", dossier),)
    reasons = (holds(case, article_statuts("15")),)
    meeting = dossier.get("date_assemblee")
    if meeting is None:
        return Draft("granted", case, reasons, amounts).decision(name, dossier)
    dates = {"deadline": meeting - timedelta(days=figure(parameter_id, dossier)), "meeting": meeting}
    return Draft("granted", f"{case}_date", reasons, amounts, dates).decision(name, dossier)
