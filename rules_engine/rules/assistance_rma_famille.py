"""People and pets of the notice MGEN Assistance: children, dependants, pets, relatives (articles 13-C to 13-H, 15)."""

from __future__ import annotations

from rules_engine.dates import nth_day_from
from rules_engine.decision import Amount, Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.money import to_cents
from rules_engine.registry import rule
from rules_engine.rules.assistance_rma_commun import (
    GATE_FACTS,
    TABLE,
    Answers,
    amount,
    child_age,
    figure,
    msp_only,
    notice,
)
from rules_engine.rules.assistance_rma_evenements import EVENT_FACTS, Opening, opening

CARE_REFERENCES = (notice(13), TABLE, notice(8), notice(7), notice(5))
CHILD_FACTS = ("moins_de_16_ans",)


def too_old(answers: Answers) -> Decision | None:
    """Return the refusal for a child of 16 or more without a handicap (article 13-C); else None."""
    dossier = answers.dossier
    age = child_age(dossier)
    if age is None or age < figure("assistance_garde_age", dossier) or dossier.presume("handicap", False):
        return None
    return answers.refused("trop_age", notice(13))


def _age_condition(dossier: Dossier) -> tuple[str, ...]:
    said = child_age(dossier) is not None or dossier.get("moins_de_16_ans") or dossier.get("handicap")
    return () if said else ("enfant_moins_16",)


@rule(
    "mgen_assistance_garde_enfants",
    title="L'assistance fait-elle garder mes enfants ou petits-enfants, et combien de temps ?",
    references=CARE_REFERENCES,
    facts=(*GATE_FACTS, *EVENT_FACTS, *CHILD_FACTS, "heures_garde_voulues"),
)
def mgen_assistance_garde_enfants(dossier: Dossier) -> Decision | NotApplicable:
    """Return the care of children at home: at most 5 days of 8 hours, 40 hours.

    Sources: notice MGEN Assistance, article 13-C (children, grandchildren under 16, handicapped of any age) and table.

    Raises:
        FactNeeded: for the contract, and the duration of the event told.
    """
    answers = Answers("mgen_assistance_garde_enfants", dossier)
    opened = opening(answers, too_old)
    if not isinstance(opened, Opening):
        return opened
    _, outcome, case, reasons, conditions = opened
    amounts: tuple[Amount, ...] = (
        amount("hours", "assistance_garde_total", "hours", dossier),
        amount("days", "assistance_garde_jours", "days", dossier),
        amount("hours_a_day", "assistance_garde_heures", "hours", dossier, "day"),
    )
    wanted = dossier.get("heures_garde_voulues")
    if case == "accordee" and wanted is not None and amounts[0].value is not None and wanted > amounts[0].value:
        outcome, case = "partial", "trop_d_heures"
        amounts = (*amounts, Amount("over", wanted - amounts[0].value, "hours"))
    steps = (holds("garde_enfants", notice(13)), holds("garde_tableau", TABLE), *reasons)
    child = ("fratrie",) if dossier.get("personne_assistee") == "enfant" else ()
    conditions = (*_age_condition(dossier), *child, *conditions, "evaluation")
    documents = ("certificat_medical",)
    return answers.granted(outcome, case, *steps, amounts=amounts, conditions=conditions, documents=documents)


@rule(
    "mgen_assistance_conduite_ecole",
    title="L'assistance conduit-elle mes enfants à l'école ou à la crèche ?",
    references=CARE_REFERENCES,
    facts=(*GATE_FACTS, *EVENT_FACTS, *CHILD_FACTS),
)
def mgen_assistance_conduite_ecole(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether the way to school or crèche is driven, within the 5 days of the care of children.

    Source: notice MGEN Assistance, article 13-C.

    Raises:
        FactNeeded: for the contract, and the duration of the event told.
    """
    answers = Answers("mgen_assistance_conduite_ecole", dossier)
    opened = opening(answers, too_old)
    if not isinstance(opened, Opening):
        return opened
    _, outcome, case, reasons, conditions = opened
    days = amount("days", "assistance_garde_jours", "days", dossier)
    conditions = (*_age_condition(dossier), *conditions, "si_besoin")
    steps = (holds("conduite_ecole", notice(13)), *reasons)
    return answers.granted(outcome, case, *steps, amounts=(days,), conditions=conditions)


@rule(
    "mgen_assistance_activites_enfants",
    title="L'assistance conduit-elle mes enfants à leurs activités extrascolaires ?",
    references=CARE_REFERENCES,
    facts=(*GATE_FACTS, *EVENT_FACTS, *CHILD_FACTS),
)
def mgen_assistance_activites_enfants(dossier: Dossier) -> Decision | NotApplicable:
    """Return the trips to activities: one return trip a week over 30 days (text) against 4 transports (table).

    Sources: notice MGEN Assistance, article 13-C and table, which do not say the same: both are shown.

    Raises:
        FactNeeded: for the contract, and the duration of the event told.
    """
    answers = Answers("mgen_assistance_activites_enfants", dossier)
    opened = opening(answers, too_old)
    if not isinstance(opened, Opening):
        return opened
    _, outcome, case, reasons, conditions = opened
    amounts = (
        amount("weekly", "assistance_activites_semaine", "count", dossier, "week"),
        amount("period", "assistance_activites_periode", "days", dossier),
        amount("table", "assistance_activites_tableau", "count", dossier),
    )
    steps = (holds("activites_texte", notice(13)), holds("activites_tableau", TABLE), *reasons)
    conditions = (*_age_condition(dossier), *conditions, "au_lieu_de_garde")
    warnings = ("tableau_et_texte",)
    return answers.granted(outcome, case, *steps, amounts=amounts, conditions=conditions, warnings=warnings)


@rule(
    "mgen_assistance_garde_dependants",
    title="L'assistance fait-elle garder mon parent dépendant qui vit chez moi ?",
    references=CARE_REFERENCES,
    facts=(*GATE_FACTS, *EVENT_FACTS, "dependant_a_charge", "vit_avec_adherent"),
)
@msp_only()
def mgen_assistance_garde_dependants(answers: Answers) -> Decision | NotApplicable:
    """Return the care at home of a dependent person: at most 5 days of 8 hours, 40 hours; and the papers.

    Sources: notice MGEN Assistance, articles 13-D and 8 (Dépendance: the 4 gestures, fiscal charge, same roof).

    Raises:
        FactNeeded: for the contract, and the duration of the event told.
    """
    dossier = answers.dossier
    if dossier.get("dependant_a_charge") is False:
        return answers.refused("pas_a_charge", notice(8))
    if dossier.get("vit_avec_adherent") is False:
        return answers.refused("pas_meme_toit", notice(8))
    opened = opening(answers)
    if not isinstance(opened, Opening):
        return opened
    _, outcome, case, reasons, conditions = opened
    amounts = (
        amount("hours", "assistance_garde_total", "hours", dossier),
        amount("days", "assistance_garde_jours", "days", dossier),
        amount("hours_a_day", "assistance_garde_heures", "hours", dossier, "day"),
    )
    steps = (holds("garde_dependants", notice(13)), holds("dependance", notice(8)), *reasons)
    return answers.granted(
        outcome,
        case,
        *steps,
        amounts=amounts,
        conditions=("dependant", *conditions, "evaluation"),
        documents=("certificat_dependance", "avis_imposition"),
    )


@rule(
    "mgen_assistance_animaux",
    title="L'assistance fait-elle garder mon chien ou mon chat, et jusqu'à quel montant ?",
    references=CARE_REFERENCES,
    facts=(
        *GATE_FACTS,
        *EVENT_FACTS,
        "espece_animal",
        "animal_vaccine",
        "nombre_animaux",
        "prix_garde_animal",
        "prix_par_jour",
        "jours_garde_animal",
    ),
)
@msp_only()
def mgen_assistance_animaux(answers: Answers) -> Decision | NotApplicable:
    """Return the care of pets: 2 vaccinated cats or dogs, 300 € and 30 days at most.

    Sources: notice MGEN Assistance, articles 8 (pets) and 13-E (300 €, 30 days; not in rééducation, SSR, convalescence,
    rest home or thermal centre); the table prints 30 days only.

    Raises:
        FactNeeded: for the contract, and the duration of the event told.
    """
    dossier = answers.dossier
    refusal = _pet_refused(answers)
    if refusal is not None:
        return refusal
    opened = opening(answers)
    if not isinstance(opened, Opening):
        return opened
    event, outcome, case, reasons, conditions = opened
    most = figure("assistance_animaux_nombre", dossier)
    if (dossier.get("nombre_animaux") or 0) > most:
        outcome, case = ("partial", "trop_d_animaux") if event else (outcome, "trop_d_animaux_general")
    amounts: tuple[Amount, ...] = (
        amount("budget", "assistance_animaux_budget", "EUR", dossier),
        amount("days", "assistance_animaux_jours", "days", dossier),
        amount("animals", "assistance_animaux_nombre", "count", dossier),
    )
    computed = _pet_bill(dossier)
    if computed and case in ("accordee", "general"):
        amounts, case = (*computed, *amounts), f"{case}_calcul"
    steps = (holds("animaux", notice(13)), holds("animaux_definition", notice(8)), *reasons)
    vaccine = () if dossier.get("animal_vaccine") else ("vaccination",)
    return answers.granted(
        outcome,
        case,
        *steps,
        amounts=amounts,
        conditions=(*vaccine, *conditions, "pas_en_convalescence"),
        warnings=("tableau_sans_montant",),
    )


def _pet_refused(answers: Answers) -> Decision | None:
    """Return the refusal of a stay, a species or an unvaccinated animal that articles 8 and 13-E leave out."""
    dossier = answers.dossier
    if dossier.get("sejour_convalescence"):
        return answers.refused("sejour_convalescence_animaux", notice(13))
    if dossier.get("espece_animal") == "autre":
        return answers.refused("autre_animal", notice(8))
    return answers.refused("non_vaccine", notice(8)) if dossier.get("animal_vaccine") is False else None


def _pet_bill(dossier: Dossier) -> tuple[Amount, ...]:
    """Return what is paid of the price told and what is left; nothing for a daily price without its days.

    A daily price runs over the stay in hospital when no other length of the care was told.
    """
    price, days = dossier.get("prix_garde_animal"), dossier.get("jours_garde_animal")
    days = dossier.get("nb_jours_hospitalisation") if days is None else days
    daily = dossier.get("prix_par_jour")
    if price is None or (daily and days is None):
        return ()
    cost, covered = price, price
    if daily:
        cost = price * days
        covered = price * min(days, int(figure("assistance_animaux_jours", dossier)))
    paid = to_cents(min(covered, figure("assistance_animaux_budget", dossier)))
    return Amount("total", paid, "EUR"), Amount("remaining", to_cents(cost - paid), "EUR")


@rule(
    "mgen_assistance_ecole_domicile",
    title="Mon enfant malade a-t-il droit à l'école à domicile ?",
    references=(notice(15), TABLE, notice(7), notice(5)),
    facts=(
        *GATE_FACTS,
        "classe_scolaire",
        "matiere_scolaire",
        "periode_vacances",
        "jours_absence_scolaire",
        "date_debut_absence",
        "quatorzieme_jour",
    ),
)
def mgen_assistance_ecole_domicile(dossier: Dossier) -> Decision | NotApplicable:
    """Return the lessons at home (10 hours a week): from the 14th calendar day of absence, from CP to terminale.

    Sources: notice MGEN Assistance, article 15 (from the 14th day) against the table (more than 14 days): on that day
    itself the answer depends.

    Raises:
        FactNeeded: for the contract and the days of absence.
    """
    answers = Answers("mgen_assistance_ecole_domicile", dossier)
    refusal = answers.other_contract() or _school_refusal(answers) or answers.gate()
    if refusal is not None:
        return refusal
    nth = int(figure("assistance_ecole_jour", dossier))
    days = _absence(dossier, nth)
    began = None if dossier.get("quatorzieme_jour") else dossier.get("date_debut_absence")
    dates = {} if began is None else {"start": nth_day_from(began, nth)}
    if days < nth:
        return answers.refused("absence_trop_courte_date" if dates else "absence_trop_courte", notice(15), dates=dates)
    amounts = (
        amount("hours", "assistance_ecole_heures", "hours", dossier, "week"),
        amount("least", "assistance_ecole_minimum", "hours", dossier, "visit"),
        amount("delay", "assistance_ecole_delai", "hours", dossier),
    )
    if days <= figure("assistance_ecole_tableau", dossier):
        steps = (holds("ecole_quatorzieme_jour", notice(15)), fails("ecole_plus_de_quatorze", TABLE))
        return answers.decided("depends", "jour_limite", *steps, amounts=amounts, warnings=("tableau_et_texte",))
    classe = () if dossier.get("classe_scolaire") else ("classe_cp_terminale",)
    return answers.granted(
        "granted",
        "accordee_date" if dates and dates["start"] <= answers.call_day() else "accordee",
        holds("ecole_domicile", notice(15)),
        amounts=amounts,
        dates=dates,
        conditions=(*classe, "periode_scolaire", "minimum_deplacement"),
        documents=("certificat_scolarite", "certificat_medical_ecole"),
    )


def _school_refusal(answers: Answers) -> Decision | None:
    dossier = answers.dossier
    classe = dossier.get("classe_scolaire")
    if classe not in (None, "cp_terminale"):
        return answers.refused(f"classe_{classe}", notice(15))
    if dossier.get("matiere_scolaire") == "autre":
        return answers.refused("matiere", notice(15))
    if dossier.get("periode_vacances"):
        return answers.refused("vacances", notice(15))
    age = child_age(dossier)
    if age is not None and age >= figure("assistance_enfant_age", dossier) and not dossier.get("handicap"):
        return answers.refused("enfant_majeur", notice(1))
    return None


def _absence(dossier: Dossier, nth: int) -> int:
    """Return the calendar days of absence in a row: said, or counted from the first to that of the call, included."""
    if dossier.get("quatorzieme_jour"):
        return nth
    said: int | None = dossier.get("jours_absence_scolaire")
    began = dossier.get("date_debut_absence")
    if said is None and began is not None:
        called = dossier.get("date_demande") or dossier.on
        return int((called - began).days) + 1
    return said if said is not None else int(dossier.read("jours_absence_scolaire", among=(nth - 1, nth, nth + 1)))
