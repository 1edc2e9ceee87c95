"""From what a message says to the facts of one rule: words, dates, amounts and numbers, by their cues."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from actions.household import MEMBER, SPOUSE, household
from actions.state import Span
from actions.understood import Understood
from actions.words import words
from kb.text import fold
from rules_engine.facts import Fact, vocabulary
from rules_engine.registry import rule_named

# Facts of the reimbursement of care that the reader finds by its own means; no other rule takes them from numbers.
READ_ELSEWHERE = frozenset({"prix", "base_remboursement", "part_secu", "quantite", "deja_actes", "deja_utilise"})
BENEFIT = "prestation"
# Farther, in words, than any cue.
FAR = 99
EVENT = "date_evenement"
# What the facts that are for a month have in their name.
MONTHLY = "mensuel"
GENERIC_BIRTH = "annee_naissance"
# How much farther a fact is put, in words, where another one fits the number better.
GENERIC = 6
# A figure said in the fact's own unit is nearer than one that must be converted ("4 mois d'arrêt, repris 18 jours").
CONVERTED = 3
# A date is of the fact whose cue is nearest, or hardly farther, whether the rule takes that fact or not.
SLACK = 5
# An amount is not of a fact when another one, which the rule does not take, is nearer by as much.
CLEARLY = 2
# Farther than this, a cue only suggests a fact and takes no amount away ("33 ans" is no yearly rente).
NAMED = 7
# The fact just asked for needs no cue, and is nearer than another at the same distance.
UNCUED, ASKED = 14, 6
STRICT_UNITS = frozenset({"jours", "mois", "ans", "heures", "semaines", "nuits", "km", "%"})
YEAR_FACTS = ("annee", "enfant_annee")
# The contributions printed are those of 2025: an earlier year in a message is a birth.
FIRST_TARIFF_YEAR = 2025
WANTED_FORMULE = "formule_visee"
CHILD_AGE = "enfant_charge_age_{}"
ADULT_BORN = {MEMBER: "annee_naissance", SPOUSE: "annee_naissance_conjoint"}
ADULT_AGE = {MEMBER: "age", SPOUSE: "age_conjoint"}
CHILD_BANDS = ((18, "nb_enfants_moins_18"), (25, "nb_enfants_18_24"), (30, "nb_enfants_25_29"))
# From the unit said to the unit of the fact; a day begun counts whole.
CONVERSIONS = {
    ("semaines", "jours"): Decimal(7),
    ("mois", "jours"): Decimal(30),
    ("heures", "jours"): Decimal(1) / 24,
    ("nuits", "jours"): Decimal(1),
    ("ans", "mois"): Decimal(12),
    ("semaines", "mois"): Decimal(7) / 30,
}


def facts_for(rule_name: str, understood: Understood, asked: str = "") -> dict[str, Any]:
    """Return the facts of a rule that a message states, typed; the fact just asked for (asked) is the likelier."""
    facts = vocabulary()
    wanted = [facts[name] for name in rule_named(rule_name).facts]
    found = {fact.id: understood.facts[fact.id] for fact in wanted if fact.id in understood.facts}
    if WANTED_FORMULE in found and _paid_so_far(understood):
        found.pop(WANTED_FORMULE)
    found.update(_benefit(wanted, understood))
    found.update(_dates(wanted, understood))
    found.update(_numbers(wanted, understood, "money", asked))
    integers = _numbers(wanted, understood, "integer", asked)
    if any(name.startswith("age_") and value == found.get("age") for name, value in integers.items()):
        found.pop("age", None)  # the age said was somebody else's
    found.update(integers)
    found.update(_years(wanted, understood, found))
    found = {name: value for name, value in found.items() if value is not None}
    ages = _children(wanted, understood, found)
    if ages:
        found.pop("age", None)
        found.update(ages)
    return found


def _paid_so_far(understood: Understood) -> bool:
    """Whether the one formule named is the member's, not the one wanted ("en Équilibre depuis 2021, changer")."""
    if len(set(understood.formules)) != 1:
        return False
    since, owned, named_by = (
        "|".join(words()[section][kind].split())
        for section, kind in (("household", "since"), ("formule", "owned"), ("formule", "named_by"))
    )
    name = fold(understood.formules[0])
    return bool(re.search(rf"\b{name} (?:{since})\b|\b(?:{owned})(?: (?:{named_by}))+ {name}\b", understood.repaired))


def retold(known: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts told in a follow-up: after "passer en Référence", "et Intégrale ?" is the formule wanted."""
    facts = dict(told)
    if WANTED_FORMULE in known and "formule" in facts and WANTED_FORMULE not in facts:
        facts[WANTED_FORMULE] = facts.pop("formule")
    return facts


def _benefit(wanted: Iterable[Fact], understood: Understood) -> dict[str, Any]:
    """Return the benefit that the message names, for a rule that depends on it."""
    named = understood.strong and len(understood.families) == 1 and any(fact.id == BENEFIT for fact in wanted)
    return {BENEFIT: understood.families[0]} if named else {}


def _dates(wanted: Iterable[Fact], understood: Understood) -> dict[str, Any]:
    """Return dates given to the date facts whose cues are nearest; what is left, to the event or a lone one."""
    names = [fact.id for fact in wanted if fact.type == "date"]
    nearest = {name: min(near.get(name, FAR) for _, near, _ in understood.dates) for name in names if understood.dates}
    options = [
        (near[name] + (name == EVENT), order, name, (order, Span(day, last) if last else day))
        for order, (day, near, last) in enumerate(understood.dates)
        for name in names
        if name in near and near[name] <= min(near.values()) + SLACK
        # "Adhérent depuis 34 ans, est mort le 4 septembre": of what it is nearer to, where the fact has a nearer date.
        if near[name] == min(near.values()) or near[name] == nearest[name]
    ]
    given = _assign(options)
    used = {order for order, _ in given.values()}
    left = [day for order, (day, _, last) in enumerate(understood.dates) if order not in used and last is None]
    dates = {name: day for name, (_, day) in given.items()}
    latest = max((day for day in dates.values() if isinstance(day, date)), default=None)
    open_names = [name for name in names if name not in dates]
    if left and EVENT in open_names and (latest is None or left[0] <= latest):
        dates[EVENT] = left[0]
    elif len(left) == 1 and len(open_names) == 1:
        dates[open_names[0]] = left[0]
    return dates


def _numbers(wanted: Iterable[Fact], understood: Understood, fact_type: str, asked: str) -> dict[str, Any]:
    candidates = [
        fact
        for fact in wanted
        if fact.type == fact_type and fact.id not in READ_ELSEWHERE and fact.id not in understood.facts
    ]
    names = {fact.id for fact in wanted}
    options = []
    for order, mention in enumerate(understood.mentions):
        for fact in candidates:
            distance = mention["facts"].get(fact.id, FAR)
            if fact.id == asked and mention["unit"]:
                distance = max(1, min(distance, UNCUED) - ASKED)
            value = _converted(fact, mention)
            others = [
                near
                for name, near in mention["facts"].items()
                if name not in names
                and not (mention.get("yearly") and MONTHLY in name)
                and not (fact.income and vocabulary()[name].income)
            ]
            elsewhere = fact_type == "money" and min(others, default=FAR) <= min(distance - CLEARLY, NAMED)
            if distance < FAR and value is not None and not elsewhere:
                options.append((distance + _handicap(fact, mention, candidates), order, fact.id, value))
    given = _assign(options) or _only_one(candidates, understood, fact_type)
    return _parsed({**given, **_sums(candidates, given, options)})


def _sums(
    candidates: Iterable[Fact], given: Mapping[str, Any], options: Iterable[tuple[int, int, str, Decimal]]
) -> dict[str, Decimal]:
    """Return the sum of the numbers said of each fact whose numbers add up: those about as near as the nearest."""
    sums: dict[str, Decimal] = {}
    for name in (fact.id for fact in candidates if fact.adds_up and fact.id in given):
        said = [(distance, value) for distance, _, fact, value in options if fact == name]
        nearest = min((distance for distance, _ in said), default=FAR)
        sums[name] = sum((value for distance, value in said if distance <= nearest + CLEARLY), Decimal(0))
    return {name: total for name, total in sums.items() if total}


def _handicap(fact: Fact, mention: Mapping[str, Any], candidates: list[Fact]) -> int:
    """Return how much farther a fact is put because another one fits better.

    "Née" says less than "femme" whose year it is; a monthly amount belongs to the monthly fact where there are two.
    """
    if fact.id == GENERIC_BIRTH:
        return GENERIC
    if fact.type == "integer" and fact.unit and mention["unit"] not in ("", fact.unit):
        return CONVERTED
    monthly = MONTHLY in fact.id
    has_twin = any(other.id != fact.id and (MONTHLY in other.id) != monthly for other in candidates)
    if fact.type == "money" and mention.get("yearly") and monthly:
        return GENERIC
    return GENERIC if fact.type == "money" and has_twin and monthly != bool(mention.get("monthly")) else 0


def _only_one(candidates: list[Fact], understood: Understood, fact_type: str) -> dict[str, Any]:
    """Return the one number with a unit that only one fact can take."""
    for mention in understood.mentions:
        fitting = [
            fact
            for fact in candidates
            if mention["unit"] and (fact_type == "money" or fact.unit) and _converted(fact, mention) is not None
        ]
        alike = [other for other in understood.mentions if other["unit"] == mention["unit"]]
        if len(fitting) == 1 and len(alike) == 1:
            return {fitting[0].id: _converted(fitting[0], mention)}
    return {}


def lone_number(fact: Fact, understood: Understood) -> dict[str, Any]:
    """Return the value of the fact asked for, when one number alone can be it: one in its unit, else one without."""
    fitting = [value for mention in understood.mentions if (value := _in_unit(fact, mention)) is not None]
    bare = [Decimal(str(mention["value"])) for mention in understood.mentions if not mention["unit"]]
    # "Catégorie 2, salaire de 3 000 €, pension de 1 150 €": where some have its unit, one without is another's.
    alone = fitting or bare
    return _parsed({fact.id: alone[0]}) if len(alone) == 1 else {}


def _in_unit(fact: Fact, mention: Mapping[str, Any]) -> Decimal | None:
    return _converted(fact, mention) if mention["unit"] else None


def _converted(fact: Fact, mention: Mapping[str, Any]) -> Decimal | None:
    """Return a number in the unit of a fact, None when it cannot be that fact's."""
    unit, value = mention["unit"], Decimal(str(mention["value"]))
    if fact.type == "money":
        return value if unit == "EUR" else None
    if fact.id.startswith(YEAR_FACTS):
        return value if unit == "year" else None
    if unit in ("EUR", "year"):
        return None
    expected = {"percent": "%"}.get(fact.unit, fact.unit)
    if unit == "%" and expected != "%":
        return None
    if unit == expected or not expected or (not unit and expected not in STRICT_UNITS):
        return value
    factor = CONVERSIONS.get((unit, expected))
    return None if factor is None else (value * factor).to_integral_value(ROUND_CEILING)


def _years(wanted: list[Fact], understood: Understood, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the year of the contribution, the birth years of the adults, and children counted by age.

    None for an adult to whom a child's year was given.
    """
    names = {fact.id for fact in wanted}
    years = [int(mention["value"]) for mention in understood.mentions if mention["unit"] == "year"]
    births = [year for year in years if year < FIRST_TARIFF_YEAR]
    last = int(vocabulary()["annee_cotisation"].maximum or max(years, default=0))
    current = [year for year in years if FIRST_TARIFF_YEAR <= year <= last]
    more: dict[str, Any] = {}
    if "annee_cotisation" in names and len(current) == 1:
        more["annee_cotisation"] = current[0]
    if "nb_enfants_moins_18" in names and len(births) > 1:
        reference = more.get("annee_cotisation", found.get("annee_cotisation", FIRST_TARIFF_YEAR))
        home = household(understood.repaired, {year: reference - year for year in births})
        more.update({name: None for name in ADULT_BORN.values() if found.get(name) in home.children})
        more.update({ADULT_BORN[person]: year for person, year in home.adults.items()})
        more.update(_by_band(home.children if home.named else births, reference))
    return {name: value for name, value in more.items() if name in names}


def _by_band(births: list[int], reference: int) -> dict[str, int]:
    """Return the birth year of an only child, or how many children are in each band of age in a year."""
    if len(births) == 1:
        return {"enfant_annee_naissance": births[0], "nb_enfants": 1}
    counted: dict[str, int] = {}
    for year in births:
        band = next((name for limit, name in CHILD_BANDS if reference - year < limit), None)
        if band:
            counted[band] = counted.get(band, 0) + 1
    return {**counted, "nb_enfants": len(births)} if births else {}


def _children(wanted: list[Fact], understood: Understood, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the age of each child, and how many they are: as many ages as children said, or ages listed of them.

    Ages of the adults told beside those of the children are theirs.
    """
    names = {fact.id for fact in wanted}
    first = CHILD_AGE.format(1)
    said = found.get("nb_enfants_a_charge") or found.get("nb_enfants")
    mentions = [mention for mention in understood.mentions if mention["unit"] == "ans"]
    if first not in names or len(mentions) < 2:
        return {}
    ages = [int(Decimal(str(mention["value"]))) for mention in mentions]
    home = household(understood.repaired, {age: age for age in ages})
    if home.named:
        ages = home.children
    elif not said and not any(first in mention["facts"] for mention in mentions):
        return {}
    if len(ages) < 2 or (said and int(said) != len(ages)):
        return {}
    each = {CHILD_AGE.format(order): age for order, age in enumerate(ages, 1)}
    counts = {"nb_enfants_a_charge": len(ages), "nb_enfants": len(ages)}
    adults = {ADULT_AGE[person]: age for person, age in home.adults.items()}
    return {name: value for name, value in {**counts, **each, **adults}.items() if name in names}


def _assign(options: Iterable[tuple[int, int, str, Any]]) -> dict[str, Any]:
    """Return each fact's value, no value given twice: as many facts as possible, each as near as possible."""
    nearest: dict[tuple[str, int], tuple[int, Any]] = {}
    for distance, order, name, value in options:
        if distance < nearest.get((name, order), (FAR, None))[0]:
            nearest[name, order] = (distance, value)
    if not nearest:
        return {}
    names, orders = (sorted({pair[i] for pair in nearest}) for i in (0, 1))
    costs = np.full((len(names), len(orders)), float(FAR))
    for (name, order), (distance, _) in nearest.items():
        costs[names.index(name), orders.index(order)] = distance
    pairs = zip(*linear_sum_assignment(costs), strict=True)
    return {names[i]: nearest[names[i], orders[j]][1] for i, j in pairs if costs[i, j] < FAR}


def _parsed(raw: Mapping[str, Any]) -> dict[str, Any]:
    parsed: dict[str, Any] = {}
    for name, value in raw.items():
        try:
            parsed[name] = vocabulary()[name].parse(Decimal(str(value)))
        except ValueError:
            continue
    return parsed
