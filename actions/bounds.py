"""Deciding with a date known to the month or the year only: the rule is asked with both its bounds."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

from rules_engine.decision import Decision, NeedFacts, Outcome

Facts = Mapping[str, Any]
Deciding = Callable[[Facts], Outcome]


def decide_within(deciding: Deciding, facts: Facts, spans: Mapping[str, date]) -> Outcome | None:
    """Return what a rule decides whatever the days of the dates known only roughly; None where they matter.

    Where the days change nothing but the dates of the answer, it holds the first and the last of each.

    Args:
        deciding: asks the rule.
        facts: what is known; of a date known roughly, the first day that it may be.
        spans: the last day of each such date.
    """
    outcomes = [deciding({**facts, **ends}) for ends in _ends(facts, spans)]
    if len({_said(outcome) for outcome in outcomes}) != 1:
        return None
    decisions = [outcome for outcome in outcomes if isinstance(outcome, Decision)]
    return _merged(decisions, spans) if decisions else outcomes[0]


def deciding_date(deciding: Deciding, facts: Facts, spans: Mapping[str, date]) -> str:
    """Return the first of the dates known roughly whose day changes the decision."""
    for name, last in spans.items():
        if len({_said(deciding({**facts, name: day})) for day in (facts[name], last)}) > 1:
            return name
    return next(iter(spans))  # only together do they change it


def _ends(facts: Facts, spans: Mapping[str, date]) -> Iterator[dict[str, Any]]:
    """Return every combination of the first and last days of dates known to the month or the year only."""
    for days in product(*((facts[name], last) for name, last in spans.items())):
        yield dict(zip(spans, days, strict=True))


def _said(outcome: Outcome) -> Hashable:
    """Return what an outcome tells the member, whatever its dates and the facts that it repeats."""
    if isinstance(outcome, Decision):
        return outcome.outcome, outcome.undated()
    return outcome.ranked if isinstance(outcome, NeedFacts) else outcome.code


def _merged(decisions: Sequence[Decision], spans: Mapping[str, date]) -> Decision:
    """Return decisions that differ by their dates only as one, with the first and the last of each date."""
    first = {name: min(each.dates[name] for each in decisions) for name in decisions[0].dates}
    last = {name: max(each.dates[name] for each in decisions) for name in first}
    moved = {name: day for name, day in last.items() if day != first[name]}
    told = {name: day for name, day in spans.items() if name in decisions[0].facts}
    return replace(decisions[0], dates=first, latest={**moved, **told})
