"""What a rule decides, in words, outside of any conversation: for the simulator and for programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from actions.answers import Answer, decided, not_applicable, ruled
from actions.questions import choices_of
from actions.talk import explained
from bot.rendering.brief import brief
from bot.rendering.renderer import Renderer, sentences
from rules_engine.decision import Decision, NeedFacts, NotApplicable, Outcome
from rules_engine.facts import vocabulary

# The rules on benefits have templates of their own; the others are told by the sentences of templates/rules.
BENEFITS = frozenset({"remboursement", "renouvellement_equipement"})
UNKNOWN = "unknown_answer"


def in_words(outcome: Outcome, today: date) -> dict[str, Any]:
    """Return an outcome in words: kind, text, spoken (two sentences), why and sources.

    Of missing facts, it is the question for the first, with the replies that are left open.
    """
    if isinstance(outcome, NeedFacts):
        return _asked(outcome)
    answer, renderer = _answer(outcome), Renderer(today)
    message = renderer.message(answer.to_json())
    told = message["custom"]
    return {
        "kind": told["kind"],
        "text": message["text"],
        "spoken": brief(message["text"]),
        "why": renderer.message(explained(answer.to_json()).to_json())["text"] if answer.decision else "",
        "sources": told["sources"],
    }


def _asked(needed: NeedFacts) -> dict[str, Any]:
    fact = vocabulary()[needed.ranked[0]]
    text = fact.question or fact.label
    question = {"fact": fact.id, "text": text, "choices": choices_of(fact, needed)}
    return {"kind": "question", "text": text, "spoken": text, "why": "", "sources": [], "question": question}


def _answer(outcome: Decision | NotApplicable) -> Answer:
    if outcome.rule not in BENEFITS:
        return ruled(outcome)
    if isinstance(outcome, Decision):
        return decided(outcome, {"family": outcome.details["family"]})
    answer = not_applicable(outcome)
    # Care abroad is told by a rule of its own, which `details` names.
    return answer if answer.template in sentences() else Answer("handover", UNKNOWN, topic=outcome.rule)
