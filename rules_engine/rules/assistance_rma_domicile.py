"""Help at home of the notice MGEN Assistance: articles 12, 13-A, 13-B, 13-F and 14."""

from __future__ import annotations

from typing import Any

from rules_engine.dates import january_1_after
from rules_engine.decision import Amount, Decision, NotApplicable, Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.money import ZERO, to_cents
from rules_engine.registry import rule
from rules_engine.rules.assistance_rma_commun import GATE_FACTS, TABLE, Answers, amount, figure, home, notice
from rules_engine.rules.assistance_rma_evenements import (
    EVENT_FACTS,
    Event,
    Opening,
    opening,
    told_days,
)
from rules_engine.rules.assistance_rma_pta import PTA_FACTS, pta_refusal

# The events that the notice SAD Assurance, article 9, lists as well.
SAD_TOO = frozenset(
    "immobilisation immobilisation_imprevue ambulatoire grossesse_pathologique maternite_multiple "
    "maternite_prematuree".split()
)
EVENT_REFERENCES = (notice(13), notice(8), notice(7), notice(5), notice(1), notice(3), notice(4), notice(21))


@rule(
    "mgen_assistance_aide_domicile",
    title="MGEN Assistance m'envoie-t-elle une aide à domicile, et combien d'heures ?",
    references=EVENT_REFERENCES,
    facts=(*GATE_FACTS, *EVENT_FACTS, "heures_deja_utilisees"),
)
def mgen_assistance_aide_domicile(dossier: Dossier) -> Decision | NotApplicable:
    """Return the hours of help at home (at most 10, by assessment) that an event gives.

    Sources: notice MGEN Assistance, articles 13-A, 8 (events), 7 (agreement) and 5 (20 days). Hours had already are
    taken off those of the event told.

    Raises:
        FactNeeded: for the contract, and the duration of the event told.
    """
    answers = Answers("mgen_assistance_aide_domicile", dossier)
    opened = opening(answers, not_registered)
    if not isinstance(opened, Opening):
        return opened
    event, outcome, case, reasons, conditions = opened
    hours = amount("hours", "assistance_aide_domicile", "hours", dossier)
    amounts: tuple[Amount, ...] = (hours,)
    used = dossier.get("heures_deja_utilisees")
    if used:
        left = max(ZERO, (hours.value or ZERO) - used)
        amounts, case = (Amount("left", left, "hours"), hours), "reste_heures"
        if not left:
            return answers.refused("heures_epuisees", notice(13), amounts=amounts)
    steps = (holds("aide_domicile", notice(13)), *reasons)
    conditions = (*conditions, "evaluation", *_also_sad(dossier, event))
    documents = ("certificat_medical",)
    return answers.granted(outcome, case, *steps, amounts=amounts, conditions=conditions, documents=documents)


def not_registered(answers: Answers) -> Decision | None:
    """Return the refusal of somebody who is told not to be on the contract, whoever it is (article 1)."""
    if answers.dossier.get("personne_inscrite") is False:
        return answers.refused("personne_non_inscrite", notice(1))
    return None


def _also_sad(dossier: Dossier, event: Event | None) -> tuple[str, ...]:
    """Return whether the SAD lists the event too; neither notice says whether the two add up."""
    adult = dossier.get("personne_assistee") != "enfant"
    return ("aussi_sad",) if event is not None and event.code in SAD_TOO and adult else ()


@rule(
    "mgen_assistance_bien_etre",
    title="Puis-je avoir une autre aide à la place de l'aide à domicile (repas, linge, coiffure, auxiliaire de vie) ?",
    references=EVENT_REFERENCES,
    facts=(*GATE_FACTS, *EVENT_FACTS, "cumul_aide_domicile"),
)
def mgen_assistance_bien_etre(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a well-being service replaces the help at home, within the money that it would have cost.

    Source: notice MGEN Assistance, article 13-B: when help is there already, or not wanted; on receipts.

    Raises:
        FactNeeded: for the contract, and the duration of the event told.
    """
    answers = Answers("mgen_assistance_bien_etre", dossier)
    opened = opening(answers, not_registered)
    if not isinstance(opened, Opening):
        return opened
    if dossier.get("cumul_aide_domicile"):
        return answers.refused("cumul", notice(13))
    _, outcome, case, reasons, conditions = opened
    steps = (holds("bien_etre", notice(13)), *reasons)
    conditions = ("a_la_place", *conditions, "evaluation")
    return answers.granted(outcome, case, *steps, conditions=conditions, documents=("factures",))


@rule(
    "mgen_assistance_preparation_domicile",
    title="Après une longue hospitalisation, l'assistance prépare-t-elle mon retour à la maison ?",
    references=(notice(14), notice(8), notice(7), notice(6), notice(5)),
    facts=(
        *GATE_FACTS,
        "hospitalisation",
        "nb_jours_hospitalisation",
        "duree_depassee",
        "sejour_convalescence",
        "cles_week_end",
    ),
)
def mgen_assistance_preparation_domicile(dossier: Dossier) -> Decision | NotApplicable:
    """Return the hours (4) that prepare the home after more than 14 days in hospital, and within how many hours.

    Source: notice MGEN Assistance, article 14: written request and keys; within 24 hours of the keys, 48 at a weekend
    or the eve of a public holiday; the taxi for the keys up to 100 €.

    Raises:
        FactNeeded: for the contract and the stay's days.
    """
    answers = Answers("mgen_assistance_preparation_domicile", dossier)
    refusal = answers.gate()
    if refusal is not None:
        return refusal
    least = int(figure("assistance_hospitalisation_longue", dossier))
    if dossier.get("sejour_convalescence") and not dossier.get("hospitalisation"):
        return answers.refused("sejour_convalescence", notice(6))
    if (told_days(dossier, "nb_jours_hospitalisation", (least, least + 1)) or 0) <= least:
        return answers.refused("hospitalisation_trop_courte", notice(14))
    slow = dossier.get("cles_week_end")
    delay = "assistance_preparation_delai_long" if slow else "assistance_preparation_delai"
    amounts = (
        amount("hours", "assistance_preparation_domicile", "hours", dossier),
        amount("delay", delay, "hours", dossier),
        amount("taxi", "assistance_preparation_taxi", "EUR", dossier),
    )
    conditions = ("ssr_non_compte",) if dossier.get("sejour_convalescence") else ()
    conditions = (*conditions, "acces_logement", "delai_week_end" if slow else "delai_cles", "courses_a_charge")
    return answers.granted(
        "granted",
        "accordee",
        holds("preparation", notice(14)),
        amounts=amounts,
        conditions=conditions,
        documents=("demande_ecrite", "cles"),
    )


@rule(
    "mgen_assistance_teleassistance",
    title="L'assistance prend-elle en charge une téléassistance ?",
    references=(*EVENT_REFERENCES, notice(17)),
    facts=(*GATE_FACTS, *EVENT_FACTS, *PTA_FACTS, "prix_teleassistance"),
)
def mgen_assistance_teleassistance(dossier: Dossier) -> Decision | NotApplicable:
    """Return what is paid of a téléassistance subscription (€ a month, months).

    Sources: notice MGEN Assistance, article 13-F (after an event) and 17-B (perte temporaire d'autonomie of an active
    member, in metropolitan France only).

    Raises:
        FactNeeded: for the contract, and the duration of the event told.
    """
    answers = Answers("mgen_assistance_teleassistance", dossier)
    if dossier.get("pta_declaree"):
        return answers.gate() or _pta_alarm(answers)
    opened = opening(answers, not_registered)
    if not isinstance(opened, Opening):
        return opened
    _, outcome, case, reasons, conditions = opened
    return _alarm(answers, outcome, case, "", conditions, holds("teleassistance", notice(13)), *reasons)


def _pta_alarm(answers: Answers) -> Decision:
    dossier = answers.dossier
    refusal = pta_refusal(answers)
    if refusal is not None:
        return refusal
    place = home(dossier)
    if place == "drom":
        return answers.refused("pta_metropole", notice(17))
    conditions = () if place == "metropole" else ("metropole",)
    if dossier.get("qualite") is None:
        conditions = ("membre_actif", *conditions)
    return _alarm(answers, "granted", "pta", "pta_", conditions, holds("teleassistance_pta", notice(17)))


def _alarm(
    answers: Answers, outcome: str, case: str, kind: str, conditions: tuple[str, ...], *reasons: Any
) -> Decision:
    dossier = answers.dossier
    month = amount("month", f"assistance_{kind}teleassistance_mois", "EUR", dossier, "month")
    length = amount("length", f"assistance_{kind}teleassistance_duree", "months", dossier)
    total = Amount("total", (month.value or ZERO) * (length.value or ZERO), "EUR")
    amounts: tuple[Amount, ...] = (month, length, total)
    price = dossier.get("prix_teleassistance")
    if price is not None:
        paid = min(price, month.value or ZERO)
        amounts = (*amounts, Amount("paid", to_cents(paid), "EUR"), Amount("remaining", to_cents(price - paid), "EUR"))
        case = f"{case}_prix"
    return answers.granted(outcome, case, *reasons, amounts=amounts, conditions=conditions)


@rule(
    "mgen_assistance_medicaments_courses",
    title="L'assistance livre-t-elle mes médicaments, ou m'accompagne-t-elle aux courses ?",
    references=(notice(12), TABLE, notice(8), notice(7), notice(5)),
    facts=(
        *GATE_FACTS,
        "aide_sortie",
        "distance_domicile",
        "aide_entourage",
        "immobilisation_prevue",
        "cause_imprevue",
        "nb_jours_immobilisation",
        "livraisons_deja",
        "courses_deja",
    ),
)
def mgen_assistance_medicaments_courses(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether medicines are delivered or shopping accompanied, and how often (3 times a civil year).

    Sources: notice MGEN Assistance, article 12 (30 km; certificate first; the goods stay to pay; medicines or shopping,
    3 times in all) against the table (3 times each): between the two readings the answer depends.

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("mgen_assistance_medicaments_courses", dossier)
    refusal = answers.gate()
    if refusal is not None:
        return refusal
    distance = dossier.get("distance_domicile")
    if distance is not None and distance > figure("assistance_rayon", dossier):
        return answers.refused("trop_loin", notice(12))
    if dossier.get("aide_entourage"):
        return answers.refused("entourage", notice(12))
    if dossier.get("immobilisation_prevue") or dossier.get("cause_imprevue") is False:
        return answers.refused("prevue", notice(12))
    return counted_trips(answers)


def counted_trips(answers: Answers) -> Decision:
    """Return how often medicines or shopping still come this civil year, by the text and by the table."""
    dossier = answers.dossier
    each = figure("assistance_livraisons_tableau", dossier)
    in_all = figure("assistance_livraisons_an", dossier)
    used_by_kind = {"medicaments": dossier.get("livraisons_deja") or 0, "courses": dossier.get("courses_deja") or 0}
    asked = dossier.get("aide_sortie")
    used = sum(used_by_kind.values())
    own = used_by_kind[asked] if asked else max(used_by_kind.values())
    steps: tuple[Reason, ...] = (holds("medicaments_courses", notice(12)),)
    if own >= each and (asked or own == used):
        renewal = january_1_after(answers.call_day())
        return answers.refused("epuise", notice(12), dates={"renewal": renewal})
    if used >= in_all:
        readings = (fails("trois_en_tout", notice(12)), holds("trois_chacun", TABLE))
        return answers.decided("depends", "epuise_selon_texte", *readings, warnings=("deux_lectures",))
    amounts = [Amount("times", in_all, "count", "year")]
    if used and own == used:
        amounts.append(Amount("remaining", in_all - own, "count", "year"))
    case = "reste" if len(amounts) > 1 else "accordee"
    warnings = _trip_warnings(dossier, asked, used, own)
    if "duree_non_precisee" in warnings:
        steps = (*steps, holds("immobilisation_definition", notice(8)))
    return answers.granted(
        "granted",
        case,
        *steps,
        amounts=amounts,
        conditions=("ne_peut_se_deplacer", "produits_a_charge", "rayon"),
        documents=("certificat_avant",),
        warnings=warnings,
    )


def _trip_warnings(dossier: Dossier, asked: str | None, used: int, own: int) -> tuple[str, ...]:
    days = dossier.get("nb_jours_immobilisation")
    short = days is not None and days <= figure("assistance_immobilisation_imprevue", dossier)
    both = asked is None or used > own
    return (*(("deux_lectures",) if both else ()), *(("duree_non_precisee",) if short else ()))


@rule(
    "mgen_assistance_declenchement",
    title="Mon hospitalisation, ma maternité ou mon immobilisation ouvre-t-elle droit à MGEN Assistance ?",
    references=EVENT_REFERENCES,
    facts=(*GATE_FACTS, *EVENT_FACTS),
)
def mgen_assistance_declenchement(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether an event opens the benefits of article 13, and which ones come with it.

    Sources: notice MGEN Assistance, articles 4, 8, 13 and 14.

    Raises:
        FactNeeded: for the contract, and the duration of the event told.
    """
    answers = Answers("mgen_assistance_declenchement", dossier)
    opened = opening(answers)
    if not isinstance(opened, Opening):
        return opened
    event, outcome, case, reasons, conditions = opened
    if event is not None and event.code == "hospitalisation":
        case = "hospitalisation_longue" if _long(dossier) else "hospitalisation"
    return answers.granted(outcome, case, *reasons, conditions=(*conditions, "evaluation"))


def _long(dossier: Dossier) -> bool:
    days = told_days(dossier, "nb_jours_hospitalisation")
    return days is not None and days > figure("assistance_hospitalisation_longue", dossier)
