"""What the assistant makes of a labelled message: what it understood, what it replied, and whether that is right."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from actions.state import SLOT, Conversation
from actions.understood import Understood
from bot.utterances import Utterance
from kb.entries import entries
from rules_engine.catalogue import catalogue
from rules_engine.decision import plain
from rules_engine.facts import vocabulary

REIMBURSEMENT = "remboursement"
ABSTAINS = frozenset({"handover", "out_of_scope"})
# What a question asks for where the message was not understood, names several benefits, or depends on the contract.
NOT_UNDERSTOOD, WHICH_BENEFIT, WHICH_CONTRACT = "question", "prestation", "contrat"
# Intents that lead to one and the same behaviour: which of them is heard changes nothing for the member.
SAME_BEHAVIOUR = {
    "correct_fact": "inform", "follow_up": "inform", "affirm": "inform", "deny": "inform",
    "compliment": "thank", "more_details": "ask_why", "compare": "ask_reimbursement",
}  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What became of one message.

    Attributes:
        intent, confidence: what was heard, and how surely (0 to 1).
        facts: fact id → value, as JSON, taken from the message.
        families: benefits linked.
        kind: kind of the last message of the reply; topics: rules and entries that the reply rests on; family: the
            benefit that it is about; asked: the fact that it asks for.
        guessed, guess_confidence: what the classifier alone would have heard, and how surely.
    """

    utterance: Utterance
    intent: str
    confidence: float
    facts: Mapping[str, Any] = field(default_factory=dict)
    families: tuple[str, ...] = ()
    kind: str = ""
    topics: frozenset[str] = frozenset()
    family: str = ""
    asked: str = ""
    guessed: str = ""
    guess_confidence: float = 0.0

    @property
    def intent_right(self) -> bool:
        """Whether the intent is the labelled one, or one with the same behaviour."""
        heard, wanted = (SAME_BEHAVIOUR.get(name, name) for name in (self.intent, self.utterance.intent))
        return heard == wanted

    @property
    def linked(self) -> bool:
        """Whether the benefit labelled is among those linked."""
        return self.utterance.benefit in self.families

    @property
    def facts_found(self) -> list[bool]:
        """For each fact labelled, whether it was read with its value."""
        return [_alike(self.facts.get(name), value) for name, value in self._comparable]

    @property
    def facts_contradicted(self) -> list[bool]:
        """For each fact labelled, whether it was read with another value."""
        return [name in self.facts and not _alike(self.facts[name], value) for name, value in self._comparable]

    @property
    def abstains(self) -> bool:
        """Whether the reply answers nothing and asks for no fact of a subject."""
        return self.kind in ABSTAINS or (self.kind == "question" and self.asked == NOT_UNDERSTOOD)

    @property
    def on_subject(self) -> bool:
        """Whether the reply is about what was asked."""
        wanted = {_answer_of(name) for name in self.utterance.answers}
        if REIMBURSEMENT in wanted and self.family:
            return self.utterance.benefit in (None, self.family)
        if REIMBURSEMENT in wanted and self.asked == WHICH_BENEFIT:
            return self.linked
        return self.asked == WHICH_CONTRACT or bool(wanted & {_answer_of(name) for name in self.topics})

    @property
    def right(self) -> bool | None:
        """Whether the first reply is right as a whole; None where the message alone says too little."""
        if not self.utterance.kinds:
            return None
        if not self.utterance.answerable:
            return self.kind in self.utterance.kinds or (self.utterance.kinds <= ABSTAINS and self.kind in ABSTAINS)
        return self.kind in self.utterance.kinds | {"answer"} and self.on_subject

    @property
    def _comparable(self) -> list[tuple[str, Any]]:
        # A date without its year depends on the day it is read.
        return [
            (name, value)
            for name, value in self.utterance.facts.items()
            if vocabulary()[name].type != "date" or str(value)[:4] in self.utterance.text
        ]


async def outcome(agent: Any, utterance: Utterance) -> Outcome:
    """Return what a loaded agent makes of a message, in a conversation of its own."""
    from bot.cli.ask import reply

    sender = f"evaluate-{uuid.uuid4().hex}"
    messages = await reply(agent, utterance.text, sender)
    tracker = await agent.tracker_store.retrieve(sender)
    parsed = tracker.latest_message.parse_data
    understood = Understood.from_rasa(parsed)
    conversation = Conversation.from_slot(tracker.get_slot(SLOT))
    custom: Sequence[Mapping[str, Any]] = [message["custom"] for message in messages]
    guess = (parsed.get("intent_ranking") or [{}])[0]
    topics = {each["topic"] for each in custom if each.get("topic")} | {conversation.rule} - {""}
    return Outcome(
        utterance,
        understood.intent,
        float((parsed.get("intent") or {}).get("confidence") or 0.0),
        plain({**understood.facts, **conversation.facts}),
        (*understood.families, *_of_group(understood.group)),
        custom[-1]["kind"] if custom else "",
        frozenset(topics),
        conversation.family,
        str((custom[-1].get("question") or {}).get("fact") or "") if custom else "",
        guess.get("name", ""),
        float(guess.get("confidence", 0.0)),
    )


def _answer_of(name: str) -> str:
    known = entries()
    return known[name].answer_id if name in known else name


def _of_group(group: str) -> tuple[str, ...]:
    groups = catalogue().groups
    return tuple(groups[group].families) if group in groups else ()


def _alike(found: Any, wanted: Any) -> bool:
    try:
        return float(found) == float(wanted) if not isinstance(wanted, bool) else found is wanted
    except (TypeError, ValueError):
        return bool(found == wanted)
