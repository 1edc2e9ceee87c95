"""Information, maternity, single room, exclusions, time limit abroad: notice IMA, parts 1-5, 1-7, 2-2-3, 4 and 5."""

from __future__ import annotations

from rules_engine.dates import add_years_clamped
from rules_engine.decision import Decision, NotApplicable, fails, holds
from rules_engine.registry import rule
from rules_engine.rules.assistance_autres_commun import ANNEXE, CONTRACT_FACTS, Answers, amount, ima, number, oji_only
from rules_engine.rules.assistance_international_secours import (
    CAUSES,
    PLACE,
    WHERE,
    cause_refusal,
    contacts,
    ima_only,
)

STAY = ("sejour_etranger_type", "duree_sejour")


@rule(
    "etranger_services_information",
    title="L'assistance fournit-elle un interprète, transmet-elle un message, rembourse-t-elle les appels ?",
    references=(ima("4-1"), ima("4-2"), ima("4-3"), ima("4-4"), ima("3-3-7"), *WHERE),
    facts=(*PLACE, *STAY, "service_etranger"),
)
@ima_only()
def etranger_services_information(answers: Answers) -> Decision | NotApplicable:
    """Return whether a linguist, urgent messages, phone costs, medical advice or practical information are given.

    Sources: notice IMA, articles 4-1 to 4-4 and 3-3-7.

    Raises:
        FactNeeded: for the contract, the service.
    """
    dossier = answers.dossier
    articles = {
        "interprete": "4-3",
        "message": "4-4",
        "telephone": "3-3-7",
        "conseil_medical": "4-1",
        "renseignements": "4-2",
    }
    service = dossier.read("service_etranger")
    reason = holds(f"service_{service}", ima(articles[service]))
    return answers.decided("granted", service, reason, contacts=contacts(answers))


@rule(
    "etranger_maternite",
    title="Le suivi de grossesse et l'accouchement à l'étranger sont-ils pris en charge ?",
    references=(ANNEXE, ima("2-2-3"), *WHERE),
    facts=(*PLACE, *STAY, "hors_forfait_accouchement"),
)
@ima_only()
def etranger_maternite(answers: Answers) -> Decision | NotApplicable:
    """Return how maternity abroad is paid: as a stay in hospital, prenatal visits within a delivery package.

    Sources: annexe 3, Couverture internationale, "Hospitalisation et maternité"; notice IMA, article 2-2-3.

    Raises:
        FactNeeded: for the contract.
    """
    if answers.dossier.get("hors_forfait_accouchement"):
        return answers.refused("hors_forfait", ima("2-2-3"), contacts=contacts(answers))
    reasons = (holds("maternite_tableau", ANNEXE), holds("suivi_obstetrical", ima("2-2-3")))
    conditions = ("forfait_accouchement", "appel_prealable")
    return answers.decided("granted", "oui", *reasons, conditions=conditions, contacts=contacts(answers))


@rule(
    "etranger_chambre_particuliere",
    title="La chambre particulière à l'étranger est-elle prise en charge ?",
    references=(ima("2-2-3"), *WHERE),
    facts=(*PLACE, *STAY, "nb_jours_hospitalisation"),
)
@ima_only()
def etranger_chambre_particuliere(answers: Answers) -> Decision | NotApplicable:
    """Return for how many days a standard single room is paid.

    Sources: notice IMA, article 2-2-3 b (30 days, no higher price of the care).

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    longest = amount("longest", "ima_chambre_jours", "days", dossier)
    stay = dossier.get("nb_jours_hospitalisation")
    long_stay = stay is not None and longest.value is not None and stay > longest.value
    return answers.decided(
        "partial" if long_stay else "granted",
        "trop_longue" if long_stay else "oui",
        holds("chambre", ima("2-2-3")),
        amounts=(longest,),
        conditions=("categorie_standard",),
        contacts=contacts(answers),
    )


HINDERED = frozenset({"guerre_emeute", "nucleaire"})


@rule(
    "etranger_exclusions",
    title="Qu'est-ce que l'assistance à l'étranger ne prend pas en charge ?",
    references=(ima("5"), ima("1-5"), ima("3-3-6"), *WHERE),
    facts=(*PLACE, *STAY, *CAUSES, "exclusion_etranger", "question_exclusion"),
)
@ima_only()
def etranger_exclusions(answers: Answers) -> Decision | NotApplicable:
    """Return whether a sport, a cause or an expense is excluded from the assistance abroad; without one, the list.

    Sources: notice IMA, articles 5 (sports, cosmetic surgery, brawls…) and 1-5 (deliberate offences, quarantine; war
    and nuclear effects free IMA from its liability); a climatic event has a benefit of its own (3-3-6).

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    dossier.get("question_exclusion")
    expense = dossier.get("exclusion_etranger")
    if expense == "chirurgie_reparatrice":
        return answers.decided("granted", expense, holds("liste_exclusions", ima("5")), contacts=contacts(answers))
    refusal = cause_refusal(answers)
    if refusal is not None:
        return refusal
    if expense is not None:
        return answers.refused(expense, ima("5"), contacts=contacts(answers))
    if dossier.get("cause_exclue") is None and dossier.get("sport_pratique") is not None:
        reason = holds("liste_exclusions", ima("5"))
        return answers.decided("granted", "sport_loisir", reason, contacts=contacts(answers))
    return _not_excluded(answers)


def _not_excluded(answers: Answers) -> Decision:
    phones = contacts(answers)
    cause = answers.dossier.get("cause_exclue")
    if cause is None:
        return answers.decided("depends", "liste", fails("exclusions", ima("5")), contacts=phones)
    if cause == "rixe":
        return answers.decided("granted", "legitime_defense", holds("legitime_defense", ima("5")), contacts=phones)
    if cause in HINDERED:
        return answers.decided("depends", "empeche", fails("empeche", ima("1-5")), contacts=phones)
    if cause == "catastrophe_naturelle":
        return answers.decided("granted", cause, holds("climat", ima("3-3-6")), contacts=phones)
    return answers.decided("depends", "non_cite", holds("liste_exclusions", ima("5")), contacts=phones)


@rule(
    "etranger_prescription",
    title="Combien de temps ai-je pour réclamer à l'assistance à l'étranger ?",
    references=(ima("1-7"),),
    facts=(*CONTRACT_FACTS, "date_evenement", "date_demande", "question_trop_tard"),
)
@oji_only
def etranger_prescription(answers: Answers) -> Decision | NotApplicable:
    """Return the last day of the two years in which an action against the assistance may be brought.

    Sources: notice IMA, article 1-7 (two years from the event; interrupted by a registered letter or an expert).

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    delay = amount("delay", "ima_prescription", "years", dossier)
    dossier.get("question_trop_tard")  # whether the sentence begins with yes or no
    event = dossier.get("date_evenement")
    reason = holds("prescription", ima("1-7"))
    if event is None:
        return answers.decided("granted", "delai", reason, amounts=(delay,), conditions=("interruption",))
    deadline = add_years_clamped(event, int(number("ima_prescription", dossier)))
    late = (dossier.get("date_demande") or dossier.on) > deadline
    return answers.decided(
        "denied" if late else "granted",
        "prescrit" if late else "delai_date",
        reason,
        amounts=(delay,),
        dates={"deadline": deadline},
        conditions=("interruption",),
    )
