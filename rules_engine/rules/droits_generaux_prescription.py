"""Prescription of claims: règlement MSP, article 14."""

from __future__ import annotations

from datetime import date

from rules_engine.dates import add_years_clamped
from rules_engine.decision import Amount, Decision, NotApplicable, Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.references import Reference, article_msp
from rules_engine.registry import rule
from rules_engine.rules.droits_generaux_commun import (
    COLLECTIVE,
    CONTRACT_FACTS,
    decided,
    figure,
    individual_only,
    presumed_contract,
    silent,
    whole,
)
from rules_engine.rules.droits_generaux_maternite import ALLOWANCE_FACTS, allocation_naissance_delai
from rules_engine.rules.prevoyance_demandes import ARTICLE as CLAIM_ARTICLE
from rules_engine.rules.prevoyance_demandes import START, delai_demande_prevoyance, within_life_limit

ARTICLE = article_msp("14")
WITH_OWN_PERIOD = frozenset({"incapacite", "invalidite", "dependance", "perte_autonomie", "ptia"})
CLAIM_STARTS = tuple(name for guarantee in sorted(WITH_OWN_PERIOD) for name in START[guarantee])
OWN_PERIODS = (article_msp("39"), *(CLAIM_ARTICLE[guarantee] for guarantee in sorted(WITH_OWN_PERIOD)))
NEW_TERM = Reference("public", "Code civil, article 2231")
PERIODS = {"adherent": "prescription", "ayant_droit": "prescription_ayants_droit"}
START_FACTS = ("date_connaissance", "date_evenement", "date_soins", "date_delivrance")


@rule(
    "prescription",
    title="Jusqu'à quand puis-je réclamer une prestation ?",
    references=(ARTICLE, *OWN_PERIODS),
    facts=tuple(
        dict.fromkeys(
            (
                *CONTRACT_FACTS,
                "auteur_demande_prescription",
                *START_FACTS,
                "date_deces_adherent",
                "date_demande",
                "cause_interruption",
                "date_interruption",
                "question_trop_tard",
                "prestation_a_payer",
                "garantie_prevoyance",
                *ALLOWANCE_FACTS,
                *CLAIM_STARTS,
            )
        )
    ),
)
def prescription(dossier: Dossier) -> Decision | NotApplicable:
    """Return the period (years) after which a claim is barred, and its last day.

    Source: article 14: 2 years from the event or from its being known; 10 for the beneficiaries of a dead
    member; at most 30 from the death for operations on life. The birth allowance (article 39) and the benefits of the
    prévoyance (articles 43 to 47) have periods of their own, which are given where one of them is named.
    """
    name = "prescription"
    if dossier.get("prestation_a_payer") == "allocation_naissance":
        return allocation_naissance_delai(dossier)
    if dossier.get("garantie_prevoyance") in WITH_OWN_PERIOD:
        return delai_demande_prevoyance(dossier)
    contract = presumed_contract(dossier)
    if contract in COLLECTIVE:
        return silent(name, dossier, contract)
    if dossier.get("cause_interruption") not in (None, "simple") and dossier.get("date_interruption"):
        sister = {"sister": "interruption_prescription"}
        return NotApplicable(name, "interrompue", (ARTICLE,), dict(dossier.used), sister)
    author = dossier.presume("auteur_demande_prescription", "adherent")
    deadline = _deadline(dossier, author)
    late = deadline is not None and deadline < (dossier.get("date_demande") or dossier.on)
    dossier.get("question_trop_tard")  # whether the sentence begins with yes or no
    years = figure(PERIODS[author], dossier.on)
    reasons = [
        Reason(f"prescription_{author}", not late, ARTICLE, {"years": years}),
        holds("point_de_depart", ARTICLE),
    ]
    if author == "ayant_droit":
        reasons.append(holds("limite_apres_deces", ARTICLE, years=figure("prescription_vie", dossier.on)))
    reasons.append(holds("interruption_possible", ARTICLE))
    return decided(
        dossier,
        name,
        "denied" if late else "granted",
        f"{author}_prescrit" if late else author,
        reasons,
        amounts=[Amount("period", years, "years")],
        dates={} if deadline is None else {"deadline": deadline},
    )


def _start(dossier: Dossier) -> date | None:
    return next((day for day in map(dossier.get, START_FACTS) if day is not None), None)


def _deadline(dossier: Dossier, author: str) -> date | None:
    """Return the last day of the claim; after a death, never later than the limit counted from it."""
    start = _start(dossier)
    if start is None and author == "ayant_droit":
        start = dossier.get("date_deces_adherent")
    if start is None:
        return None
    return _ended(add_years_clamped(start, whole(PERIODS[author], dossier.on)), dossier, author)


def _ended(deadline: date, dossier: Dossier, author: str) -> date:
    """Return the last day of a period, held for a beneficiary to the limit counted from the death.

    An event told without more is the death itself.
    """
    event = dossier.get("date_evenement")
    if author == "adherent":
        return deadline
    if dossier.get("date_deces_adherent") is None and event is not None:
        return min(deadline, add_years_clamped(event, whole("prescription_vie", dossier.on)))
    return within_life_limit(deadline, dossier)


@rule(
    "interruption_prescription",
    title="Qu'est-ce qui interrompt la prescription ?",
    references=(ARTICLE, NEW_TERM),
    facts=(
        *CONTRACT_FACTS,
        "cause_interruption",
        "date_interruption",
        "auteur_demande_prescription",
        *START_FACTS,
        "date_deces_adherent",
    ),
)
@individual_only
def interruption_prescription(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a step interrupts the prescription, and the new last day where its date is known.

    Sources: article 14 (registered letter, also electronic; ordinary causes; mediator; expert); Code civil,
    article 2231 (an interruption starts a new period of the same length). No date for an action in court: it
    lasts.

    Raises:
        FactNeeded: for the step taken.
    """
    name = "interruption_prescription"
    cause = dossier.read("cause_interruption")
    if cause == "simple":
        return decided(dossier, name, "denied", "sans_effet", [fails("cause_absente_de_la_liste", ARTICLE)])
    day = dossier.get("date_interruption")
    author = dossier.presume("auteur_demande_prescription", "adherent")
    barred_on = _deadline(dossier, author)
    if day is not None and barred_on is not None and barred_on < day:
        reasons = [fails("deja_prescrit", ARTICLE)]
        return decided(dossier, name, "denied", "trop_tard", reasons, dates={"deadline": barred_on})
    reasons = [holds(f"cause_{cause}", ARTICLE), holds("nouveau_delai", NEW_TERM)]
    if day is None or cause == "justice":
        return decided(dossier, name, "granted", "interrompt", reasons, details={"cause": cause})
    years = figure(PERIODS[author], dossier.on)
    return decided(
        dossier,
        name,
        "granted",
        "interrompt",
        reasons,
        amounts=[Amount("period", years, "years")],
        dates={"deadline": _ended(add_years_clamped(day, int(years)), dossier, author)},
        details={"cause": cause},
    )
