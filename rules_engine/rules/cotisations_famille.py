"""What a conjoint and a whole household pay: règlement MGEN Santé Prévoyance article 61, annexe 2."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rules_engine.decision import Amount, Decision, NotApplicable, Reason
from rules_engine.dossier import Dossier, FactNeeded
from rules_engine.references import article_msp
from rules_engine.registry import rule
from rules_engine.rules.cotisations_choix import known_category
from rules_engine.rules.cotisations_commun import (
    AGE_FACTS,
    ANNEXE_2,
    BIRTH_TOLD,
    MEMBER_FACTS,
    SHARED_FACTS,
    Draft,
    Refusal,
    Selection,
    Year,
    age_of,
    ask,
    extendable,
    known_age,
    not_collective,
    read_formule,
    tariff_reason,
    told_unless_refused,
    total_amounts,
    year_of,
)
from rules_engine.rules.cotisations_devis import (
    Quote,
    adult_price,
    quote_decision,
    quote_member,
    quote_of,
    reduction_reasons,
)
from rules_engine.rules.cotisations_enfants import (
    CHILD_AGE,
    CHILD_FACTS,
    COUNTS,
    EACH_AGE,
    Children,
    child_formule,
    child_reasons,
    children_of,
)

CONJOINT_AGE = ("annee_naissance_conjoint", "age_conjoint")
COVERS = ("sante_et_prevoyance", "sante_seule", "prevoyance_seule")
CONJOINT_FACTS = ("couverture_conjoint", *CONJOINT_AGE, *BIRTH_TOLD["annee_naissance_conjoint"])
END_FACTS = ("alsace_moselle", "par_mois", "annee_cotisation")


@rule(
    "cotisation_conjoint",
    title="Combien coûte l'ajout de mon conjoint ?",
    references=(ANNEXE_2, article_msp("61-1"), article_msp("60"), article_msp("22")),
    facts=(*SHARED_FACTS, *CONJOINT_FACTS, *END_FACTS),
)
@told_unless_refused
def cotisation_conjoint(dossier: Dossier) -> Decision | NotApplicable:
    """Return the yearly complement (€) for a conjoint, assistance included.

    Sources: annexe 2; articles 61-1 (age band, assistance included), 60 (Alsace-Moselle), 26-1 (health or Affinité
    alone), 22-II-1 (not for a young member).

    Raises:
        FactNeeded: for formule, cover or birth year of the conjoint.
    """
    name = "cotisation_conjoint"
    not_collective(dossier)
    extendable(dossier)
    found = _conjoint(dossier, year_of(dossier), family=False)
    return quote_decision(name, dossier, replace(found, conditions=(*found.conditions, "prorata_annee")))


@rule(
    "cotisation_foyer",
    title="Combien coûte la cotisation de toute ma famille ?",
    references=(ANNEXE_2, *(article_msp(number) for number in ("58", "59-1", "59-2", "59-3", "60", "61-1", "61-2"))),
    facts=tuple(dict.fromkeys((*MEMBER_FACTS, *CONJOINT_FACTS, *CHILD_FACTS, "conjoint_couvert"))),
)
@told_unless_refused
def cotisation_foyer(dossier: Dossier) -> Decision | NotApplicable:
    """Return the yearly total (€) of a household: member, conjoint and children, each part apart.

    Sources: annexe 2; articles 58 to 61.

    Raises:
        FactNeeded: for who is to be covered, and for what each one's part depends on.
    """
    name = "cotisation_foyer"
    not_collective(dossier)
    year = year_of(dossier)
    conjoint = _household_conjoint(dossier, year)
    children = _household_children(dossier, year)
    if conjoint is not None or children.rows:
        extendable(dossier)
    member = quote_member(dossier, None)
    return _household_decision(name, dossier, member, conjoint, children)


def _conjoint(dossier: Dossier, year: Year, *, family: bool) -> Quote:
    """Return what the conjoint costs.

    Args:
        dossier: the facts.
        year: the year of insurance.
        family: whether what is said of the member's own cover may concern the member alone.

    Raises:
        FactNeeded, Refusal.
    """
    selection = _conjoint_line(dossier, family=family)
    speaks = dossier.get("qualite") == "conjoint" and known_age(dossier, year, CONJOINT_AGE) is None
    facts = AGE_FACTS if speaks else CONJOINT_AGE
    age = age_of(dossier, year, facts)
    return quote_of(dossier, year, adult_price(dossier, year, selection, age.number), age)


def _conjoint_line(dossier: Dossier, *, family: bool) -> Selection:
    cover = _conjoint_cover(dossier, family=family)
    if cover == "prevoyance_seule":
        return Selection("conjoint", "", "affinite")
    if dossier.get("contrat") == "OJI" and dossier.get("qualite") is None:
        dossier.presume("qualite", "jeune")
        raise Refusal("jeune_sans_beneficiaire", article_msp("22"), denied=True)
    formule = read_formule(dossier, ("OJI",) if dossier.get("contrat") == "OJI" else ("MSP",))[1]
    if formule == "Essentielle":
        raise Refusal("formule_non_tarifee", article_msp("24"), ANNEXE_2)
    if formule == "Initiale":
        return Selection("conjoint", formule, "")
    if cover is None:
        cover = ask(dossier, "couverture_conjoint", COVERS)
    if cover == "prevoyance_seule":
        return Selection("conjoint", "", "affinite")
    return Selection("conjoint", formule, "" if cover == "sante_seule" else "affinite")


def _conjoint_cover(dossier: Dossier, *, family: bool) -> str | None:
    """Return the conjoint's cover as far as it is said; Affinité can be no actif's or retraité's own."""
    said: str | None = dossier.get("couverture_conjoint")
    if said is not None:
        return said
    of_member = family and known_category(dossier) not in ("actif", "retraite", "orphelin")
    if of_member or (family and dossier.get("couverture_choisie") == "prevoyance_seule"):
        return None
    chosen: str | None = dossier.get("couverture_choisie")
    if chosen is not None:
        return chosen
    prevoyance = dossier.get("prevoyance")
    if prevoyance == "affinite":
        return "sante_et_prevoyance"
    return "sante_seule" if prevoyance == "aucune" and not family else None


def _household_conjoint(dossier: Dossier, year: Year) -> Quote | None:
    known = any(dossier.get(fact_id) is not None for fact_id in CONJOINT_FACTS)
    if not (known or ask(dossier, "conjoint_couvert", (True, False))):
        return None
    return _conjoint(dossier, year, family=True)


def _household_children(dossier: Dossier, year: Year) -> Children:
    said = any(dossier.get(fact_id) is not None for fact_id in (*COUNTS, *CHILD_AGE, *EACH_AGE))
    number = dossier.get("nb_enfants")
    if not said and number is None:
        raise FactNeeded("nb_enfants", None)
    if not said and number == 0:
        return Children((), 0)
    try:
        return children_of(dossier, year, child_formule(dossier))
    except FactNeeded as needed:
        if needed.fact_id in COUNTS:
            raise FactNeeded(needed.fact_id, None) from None  # the parts add up: a number decides, untried
        raise
    except Refusal as refusal:
        if refusal.code == "aucun_enfant":
            return Children((), 0)
        raise


def _household_decision(
    name: str, dossier: Dossier, member: Quote, conjoint: Quote | None, children: Children
) -> Decision:
    quotes = [member] if conjoint is None else [member, conjoint]
    low = sum((found.charge.low for found in quotes), children.total)
    high = sum((found.charge.high for found in quotes), children.total)
    amounts = total_amounts(low, high, dossier)
    amounts.append(Amount("adherent", member.charge.high, "EUR", "year"))
    if conjoint is not None:
        amounts.append(Amount("conjoint", conjoint.charge.high, "EUR", "year"))
    if children.rows:
        amounts.append(Amount("enfants", children.total, "EUR", "year"))
    draft = Draft(
        "granted" if low == high else "depends",
        "exact" if low == high else "alsace",
        _household_reasons(dossier, quotes, children),
        tuple(amounts),
        {},
        tuple(dict.fromkeys((*(code for found in quotes for code in found.conditions), *children.conditions))),
        tuple(dict.fromkeys(code for found in quotes for code in found.warnings)),
        _household_details(member, conjoint, children),
    )
    return draft.decision(name, dossier)


def _household_reasons(dossier: Dossier, quotes: list[Quote], children: Children) -> tuple[Reason, ...]:
    reasons = [tariff_reason(found.price) for found in quotes]
    if len(quotes) > 1:
        reasons.append(Reason("calcul_conjoint", True, article_msp("61-1")))
    if children.rows:
        reasons += child_reasons(children, dossier)
    return (*reasons, *reduction_reasons(quotes[0], dossier))


def _household_details(member: Quote, conjoint: Quote | None, children: Children) -> dict[str, Any]:
    return {
        **member.year.details(),
        "formule": member.price.formule,
        "tranche": member.price.band,
        "assistance": member.charge.added,
        "conjoint_formule": "" if conjoint is None else conjoint.price.formule,
        "conjoint_tranche": "" if conjoint is None else conjoint.price.band,
        "lignes": tuple(row.to_row() for row in children.rows),
        "nombre": children.count,
        "gratuits": children.free,
    }
