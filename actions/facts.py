"""From what a message says to the facts of one rule: words, dates, amounts and numbers, by their cues."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from actions.understood import Understood
from rules_engine.facts import Fact, vocabulary
from rules_engine.registry import rule_named

# Facts of the reimbursement of care that the reader finds by its own means; no other rule takes them from numbers.
READ_ELSEWHERE = frozenset({"prix", "base_remboursement", "part_secu", "quantite", "deja_actes", "deja_utilise"})
FAR = 99


def facts_for(rule_name: str, understood: Understood) -> dict[str, Any]:
    """Return the facts of a rule that a message states, typed."""
    facts = vocabulary()
    wanted = [facts[name] for name in rule_named(rule_name).facts]
    found = {fact.id: understood.facts[fact.id] for fact in wanted if fact.id in understood.facts}
    found.update(_dates(wanted, understood))
    found.update(_numbers(wanted, understood, "money"))
    found.update(_numbers(wanted, understood, "integer"))
    return found


def _dates(wanted: Iterable[Fact], understood: Understood) -> dict[str, Any]:
    """Return dates given to the date facts whose cues are nearest; a lone date goes to a lone date fact."""
    names = [fact.id for fact in wanted if fact.type == "date"]
    options = [
        (near.get(name, FAR), order, name, day) for order, (day, near) in enumerate(understood.dates) for name in names
    ]
    given = _assign(option for option in options if option[0] < FAR)
    if not given and len(names) == 1 and len(understood.dates) == 1:
        return {names[0]: understood.dates[0][0]}
    return given


def _numbers(wanted: Iterable[Fact], understood: Understood, fact_type: str) -> dict[str, Any]:
    candidates = [
        fact
        for fact in wanted
        if fact.type == fact_type and fact.id not in READ_ELSEWHERE and fact.id not in understood.facts
    ]
    options = []
    for order, mention in enumerate(understood.mentions):
        for fact in candidates:
            distance = mention["facts"].get(fact.id, FAR)
            if distance < FAR and _fits(fact, mention):
                options.append((distance, order, fact.id, mention["value"]))
    given = _assign(options)
    if not given:
        given = _only_one(candidates, understood, fact_type)
    return _parsed(given)


def _only_one(candidates: list[Fact], understood: Understood, fact_type: str) -> dict[str, Any]:
    """Return the one number with a unit that only one fact can take."""
    unit = "EUR" if fact_type == "money" else None
    for mention in understood.mentions:
        fitting = [fact for fact in candidates if mention["unit"] and (unit or fact.unit) and _fits(fact, mention)]
        alike = [other for other in understood.mentions if other["unit"] == mention["unit"]]
        if len(fitting) == 1 and len(alike) == 1:
            return {fitting[0].id: mention["value"]}
    return {}


def _fits(fact: Fact, mention: Mapping[str, Any]) -> bool:
    """Whether a number's unit is the fact's: euros for money, years for birth years, the same unit for the rest."""
    unit = mention["unit"]
    if fact.type == "money":
        return bool(unit == "EUR")
    if fact.id.startswith(("annee", "enfant_annee")):
        return bool(unit == "year")
    if unit in ("EUR", "year"):
        return False
    expected = {"percent": "%"}.get(fact.unit, fact.unit)
    return bool(not unit or not expected or unit == expected)


def _assign(options: Iterable[tuple[int, int, str, Any]]) -> dict[str, Any]:
    """Return each fact's nearest value, no value given twice."""
    given: dict[str, Any] = {}
    used: set[int] = set()
    for _, order, name, value in sorted(options, key=lambda option: option[:3]):
        if name not in given and order not in used:
            given[name] = value
            used.add(order)
    return given


def _parsed(raw: Mapping[str, Any]) -> dict[str, Any]:
    parsed: dict[str, Any] = {}
    for name, value in raw.items():
        try:
            parsed[name] = vocabulary()[name].parse(Decimal(str(value)))
        except ValueError:
            continue
    return parsed
