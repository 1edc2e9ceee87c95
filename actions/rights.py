"""Answering about rights, contributions, prévoyance and assistance: the rule that an entry leads to."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any

from actions.answers import Answer, sources
from actions.facts import facts_for
from actions.questions import ask
from actions.state import MAX_TRIES, Conversation
from actions.understood import Understood
from rules_engine.dates import months_between
from rules_engine.decision import Decision, NeedFacts, NotApplicable, Outcome, plain
from rules_engine.errors import OutsideValidityError
from rules_engine.evaluation import decide
from rules_engine.facts import vocabulary
from rules_engine.registry import rule_named, rules
from rules_engine.tables import OFFERS

MONTHS_SINCE = {"date_adhesion": "mois_adhesion", "date_formule": "mois_dans_formule"}


def answer_rule(
    conversation: Conversation, understood: Understood, rule: str, today: date, before: Understood | None = None
) -> Answer:
    """Return what a rule decides on what the conversation knows, or the question for what it misses.

    A message that goes on with the question before (`before`) also says what that question said.
    """
    if conversation.rule != rule or conversation.family:
        conversation.turn_to_rule(rule)
        if before:
            conversation.learn({**before.shared, **facts_for(rule, before)})
    conversation.learn({**understood.shared, **facts_for(rule, understood)})
    return decide_again(conversation, today)


def decide_again(conversation: Conversation, today: date) -> Answer:
    """Return the decision of the rule under way on the facts known now."""
    outcome = _decide(conversation, today)
    sister = outcome.details.get("sister") if isinstance(outcome, NotApplicable) else None
    if (
        isinstance(sister, str) and sister in rules()
    ):  # the same question is answered by another rule under the member's contract
        conversation.rule = sister
        outcome = _decide(conversation, today)
    if isinstance(outcome, NeedFacts):
        pending = conversation.pending
        if pending and pending.tries > MAX_TRIES and outcome.ranked[0] == pending.fact:
            conversation.pending = None
            return Answer("handover", "cannot_know_fact", {"fact": outcome.ranked[0]})
        return ask(conversation, outcome)
    conversation.pending = None
    if isinstance(outcome, Decision):
        return Answer(
            kind="answer",
            template="rule",
            data={"rule": outcome.rule},
            topic=outcome.rule,
            sources=sources(outcome.references),
            decision=outcome.to_json(),
        )
    data = {
        "rule": outcome.rule,
        "code": outcome.code,
        "details": plain(outcome.details),
        "facts": plain(outcome.facts),
    }
    return Answer("handover", "rule_not_applicable", data, topic=outcome.rule, sources=sources(outcome.references))


def _decide(conversation: Conversation, today: date) -> Outcome:
    facts = {name: value for name, value in conversation.facts.items() if name in vocabulary()}
    if "contrat" not in facts and facts.get("formule") in OFFERS["MSP"]:
        facts["contrat"] = "MSP"  # members of the ÔJI offer say so; the answer names the contract
    spans = {name: last for name, last in conversation.spans.items() if name in facts}
    outcomes = [_outcome(conversation.rule, {**facts, **ends}, today) for ends in _ends(facts, spans)]
    if len({_said(outcome) for outcome in outcomes}) == 1:
        return outcomes[0]
    # The month or the year does not give a day: what is left is how many months have passed, where that is enough.
    rest = {name: value for name, value in facts.items() if name not in spans}
    return _outcome(conversation.rule, {**_months_passed(conversation, spans, today), **rest}, today)


def _months_passed(conversation: Conversation, spans: Mapping[str, date], today: date) -> dict[str, int]:
    """Return the months passed since a date known to the month or the year, where both its ends say as much."""
    asked = conversation.facts.get("date_demande", today)
    wanted = rule_named(conversation.rule).facts
    passed: dict[str, int] = {}
    for name, months in MONTHS_SINCE.items():
        if name in spans and months in wanted:
            most, least = (months_between(day, asked) for day in (conversation.facts[name], spans[name]))
            marks = vocabulary()[months].landmarks
            if least >= 0 and all((mark <= least) == (mark <= most) for mark in marks):
                passed[months] = least
    return passed


def _ends(facts: Mapping[str, Any], spans: Mapping[str, date]) -> Iterator[dict[str, Any]]:
    """Return every combination of the first and last days of dates known to the month or the year only."""
    for days in product(*((facts[name], last) for name, last in spans.items())):
        yield dict(zip(spans, days, strict=True))


def _said(outcome: Outcome) -> Hashable:
    """Return what an outcome tells the member, whatever the facts that it repeats."""
    if isinstance(outcome, Decision):
        return outcome.substance()
    return outcome.ranked if isinstance(outcome, NeedFacts) else outcome.code


def _outcome(rule: str, facts: Mapping[str, Any], today: date) -> Outcome:
    try:
        return decide(rule, facts, today)
    except OutsideValidityError:
        return decide(rule, facts, date.today())
