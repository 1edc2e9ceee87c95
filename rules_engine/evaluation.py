"""Evaluating a rule on facts some of which are unknown.

Under an unknown fact every value is tried: when all lead to the same answer nothing is asked; when they differ the
fact is decisive. So the engine itself knows the next question, and never asks a useless one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from rules_engine.decision import Decision, NeedFacts, NotApplicable, Outcome
from rules_engine.dossier import Dossier, FactNeeded
from rules_engine.facts import vocabulary
from rules_engine.registry import RuleFunction, rule_named


@dataclass
class _Exploration:
    """What the unknown facts can lead to: distinct answers, and the facts whose value changes the answer."""

    answers: dict[tuple[Any, ...], Decision | NotApplicable] = field(default_factory=dict)
    decisive: dict[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)


def decide(rule_name: str, facts: Mapping[str, Any], on: date) -> Outcome:
    """Return what a rule decides on typed facts (`Vocabulary.parse` makes them), for an event on a day.

    Raises:
        UnknownRuleError: when no rule has this name.
        OutsideValidityError: when a parameter or table has no value on that day.
    """
    exploration = _explore(rule_named(rule_name).function, facts, on)
    if exploration.decisive:
        ranked = tuple(exploration.decisive)
        return NeedFacts(rule_name, ranked, exploration.decisive[ranked[0]], dict(facts))
    (answer,) = exploration.answers.values()
    return _without_tried_values(answer, facts)


def _explore(function: RuleFunction, facts: Mapping[str, Any], on: date) -> _Exploration:
    dossier = Dossier(facts, on)
    try:
        answer = function(dossier)
    except FactNeeded as needed:
        return _explore_values(function, facts, on, needed)
    return _Exploration({_substance(answer): answer})


def _explore_values(function: RuleFunction, facts: Mapping[str, Any], on: date, needed: FactNeeded) -> _Exploration:
    if needed.alternatives is None or needed.certain:
        return _Exploration(decisive={needed.fact_id: needed.alternatives or ()})
    branches = [_explore(function, {**facts, **values}, on) for values in needed.alternatives]
    merged = _Exploration()
    if len({(frozenset(branch.answers), frozenset(branch.decisive)) for branch in branches}) > 1:
        merged.decisive[needed.fact_id] = needed.alternatives
    for branch in branches:
        for substance, answer in branch.answers.items():
            merged.answers.setdefault(substance, answer)
        for fact_id, alternatives in branch.decisive.items():
            merged.decisive.setdefault(fact_id, alternatives)
    return merged


def _substance(answer: Decision | NotApplicable) -> tuple[Any, ...]:
    return answer.substance() if isinstance(answer, Decision) else ("not_applicable", answer.code)


def _without_tried_values(answer: Decision | NotApplicable, facts: Mapping[str, Any]) -> Decision | NotApplicable:
    """Return the answer without the values that were only tried: the member never said them."""
    said = {name: value for name, value in answer.facts.items() if name in facts or _derivable(name, facts)}
    return replace(answer, facts=said)


def _derivable(name: str, facts: Mapping[str, Any]) -> bool:
    return vocabulary()[name].derived_from in facts
