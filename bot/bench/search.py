"""Measuring searches on the project's labelled questions, each question by each search in turn."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.bench.questions import Question, answer_of
from bot.bench.searchers import Search, Shown
from kb.entries import entries

FIRST = 5
Figures = dict[str, float]


@dataclass(frozen=True)
class Outcome:
    """What a search made of a question; place 0: the right entry is not among those shown."""

    question: Question
    shown: Shown
    place: int
    milliseconds: float


def measure(searches: Mapping[str, Search], questions: Iterable[Question]) -> dict[str, dict[str, Figures]]:
    """Return the figures of each search: all questions together, each contract, each style.

    Args:
        searches: name → search.
        questions: what is asked.
    """
    outcomes: dict[str, list[Outcome]] = {name: [] for name in searches}
    for search in searches.values():
        search("bonjour", None)
    for question in questions:
        for name, search in searches.items():
            outcomes[name].append(_ask(search, question))
    return {name: _groups(found) for name, found in outcomes.items()}


def _ask(search: Search, question: Question) -> Outcome:
    begun = time.perf_counter()
    shown = search(question.question, question.contract if question.told else None)
    milliseconds = (time.perf_counter() - begun) * 1000
    answers = question.answers
    place = next((place for place, name in enumerate(shown.ids, 1) if answer_of(name) in answers), 0)
    return Outcome(question, shown, place, milliseconds)


def _groups(outcomes: Sequence[Outcome]) -> dict[str, Figures]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups["all"].append(outcome)
        if outcome.question.entries:
            groups[f"contract {outcome.question.contract or 'any'}"].append(outcome)
            groups[f"style {outcome.question.style}"].append(outcome)
        else:
            groups[f"refuse {outcome.question.refuse}"].append(outcome)
    return {name: figures(found) for name, found in sorted(groups.items())}


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Return the figures of some outcomes; those that nothing can be said of are left out."""
    asked = [outcome for outcome in outcomes if outcome.question.entries]
    refused = [outcome for outcome in outcomes if not outcome.question.entries]
    contracts = [outcome for outcome in outcomes if outcome.question.contract]
    milliseconds = sorted(outcome.milliseconds for outcome in outcomes)
    found: Figures = {"questions": len(outcomes)}
    if asked:
        found["recall_1"] = _share(outcome.place == 1 for outcome in asked)
        found[f"recall_{FIRST}"] = _share(0 < outcome.place <= FIRST for outcome in asked)
        found["mrr"] = statistics.fmean(1 / outcome.place if outcome.place else 0.0 for outcome in asked)
        found["false_refusals"] = _share(outcome.shown.refuses for outcome in asked)
    if refused:
        found["refusals"] = _share(outcome.shown.refuses for outcome in refused)
    if contracts:
        found["wrong_contract"] = _share(_wrong_contract(outcome) for outcome in contracts)
    found["median_ms"] = statistics.median(milliseconds)
    found["p95_ms"] = milliseconds[int(0.95 * (len(milliseconds) - 1))]
    return found


def _wrong_contract(outcome: Outcome) -> bool:
    """Whether one of the first entries shown is of another contract than the member's."""
    known = entries()
    return any(not known[name].concerns(outcome.question.contract) for name in outcome.shown.ids[:FIRST])


def _share(marks: Iterable[bool]) -> float:
    return statistics.fmean(map(float, marks))
