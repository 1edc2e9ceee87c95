"""Answering about rights, contributions, prévoyance and assistance: the rule that an entry leads to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.answers import Answer, ruled
from actions.bounds import decide_within, deciding_date
from actions.facts import facts_for
from actions.questions import ask
from actions.state import MAX_TRIES, Conversation
from actions.understood import Understood
from rules_engine.dates import months_between
from rules_engine.decision import NeedFacts, NotApplicable, Outcome
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
        if understood.returns:
            conversation.come_back()
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
    return ruled(outcome)


def _decide(conversation: Conversation, today: date) -> Outcome:
    facts = {name: value for name, value in conversation.facts.items() if name in vocabulary()}
    if "contrat" not in facts and facts.get("formule") in OFFERS["MSP"]:
        facts["contrat"] = "MSP"  # members of the ÔJI offer say so; the answer names the contract
    spans = {name: last for name, last in conversation.spans.items() if name in facts}

    def deciding(known: Mapping[str, Any]) -> Outcome:
        return _outcome(conversation.rule, known, today)

    decided = decide_within(deciding, facts, spans)
    if decided is not None:
        return decided
    # The day matters: the months passed may be enough; else it is asked for, and who was asked does without it.
    rest = {name: value for name, value in facts.items() if name not in spans}
    months = _months_passed(conversation, spans, today)
    wanted = deciding_date(deciding, facts, spans)
    if months or (conversation.pending and conversation.pending.fact == wanted):
        return deciding({**months, **rest})
    return NeedFacts(conversation.rule, (wanted,), facts=facts)


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


def _outcome(rule: str, facts: Mapping[str, Any], today: date) -> Outcome:
    try:
        return decide(rule, facts, today)
    except OutsideValidityError:
        return decide(rule, facts, date.today())
