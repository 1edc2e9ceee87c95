"""The one form of an answer: what to say, as template and data; every channel renders it in its own way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rules_engine.decision import Decision, NotApplicable, plain
from rules_engine.references import Reference


@dataclass(frozen=True)
class Answer:
    """One message of the assistant, not yet in words.

    Attributes:
        kind: answer, question, handover, out_of_scope, emergency or smalltalk.
        template: name of the sentence template; data: what it needs.
        topic: the rule or entry that answers.
        sources: {"document", "reference"} objects.
        decision: the engine's decision as JSON.
        question: {"fact", "choices"} where the assistant asks.
        buttons: {"title", "payload"} objects.
    """

    kind: str
    template: str
    data: Mapping[str, Any] = field(default_factory=dict)
    topic: str = ""
    sources: Sequence[Mapping[str, str]] = ()
    decision: Mapping[str, Any] | None = None
    question: Mapping[str, Any] | None = None
    buttons: Sequence[Mapping[str, str]] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the answer as plain JSON, empty fields left out."""
        everything: dict[str, Any] = {
            "kind": self.kind,
            "template": self.template,
            "data": dict(self.data),
            "topic": self.topic,
            "sources": [dict(source) for source in self.sources],
            "decision": self.decision,
            "question": self.question,
            "buttons": [dict(button) for button in self.buttons],
        }
        return {name: value for name, value in everything.items() if value or name in ("kind", "template")}


def decided(decision: Decision, data: Mapping[str, Any]) -> Answer:
    """Return the answer that tells a decision."""
    return Answer(
        kind="answer",
        template=decision.rule,
        data=data,
        topic=decision.rule,
        sources=sources(decision.references),
        decision=decision.to_json(),
    )


def not_applicable(outcome: NotApplicable) -> Answer:
    """Return the answer that tells why no rule on benefits decides, and offers an adviser."""
    return Answer(
        kind="handover",
        template=outcome.code,
        data={"label": outcome.details.get("label", "")},
        topic=outcome.rule,
        sources=sources(outcome.references),
    )


def ruled(outcome: Decision | NotApplicable) -> Answer:
    """Return the answer that tells what a rule on rights decides, or why it does not apply."""
    told: dict[str, Any] = {"topic": outcome.rule, "sources": sources(outcome.references)}
    if isinstance(outcome, Decision):
        return Answer("answer", "rule", {"rule": outcome.rule}, **told, decision=outcome.to_json())
    data = {
        "rule": outcome.rule,
        "code": outcome.code,
        "details": plain(outcome.details),
        "facts": plain(outcome.facts),
    }
    return Answer("handover", "rule_not_applicable", data, **told)


def sources(references: Sequence[Reference]) -> list[dict[str, str]]:
    """Return references as the contract's `sources`."""
    return [reference.to_json() for reference in references]
