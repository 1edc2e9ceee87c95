"""Answering about rights, contributions, prévoyance and assistance: the rule that an entry leads to."""

from __future__ import annotations

from datetime import date

from actions.answers import Answer, sources
from actions.facts import facts_for
from actions.questions import ask
from actions.state import MAX_TRIES, Conversation
from actions.understood import Understood
from rules_engine.decision import Decision, NeedFacts, NotApplicable, Outcome, plain
from rules_engine.errors import OutsideValidityError
from rules_engine.evaluation import decide
from rules_engine.facts import vocabulary
from rules_engine.registry import rules
from rules_engine.tables import OFFERS


def answer_rule(conversation: Conversation, understood: Understood, rule: str, today: date) -> Answer:
    """Return what a rule decides on what the conversation knows, or the question for what it misses."""
    if conversation.rule != rule or conversation.family:
        conversation.turn_to_rule(rule)
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
    try:
        return decide(conversation.rule, facts, today)
    except OutsideValidityError:
        return decide(conversation.rule, facts, date.today())
