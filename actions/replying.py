"""A message as the reply to the question that the assistant asked."""

from __future__ import annotations

from datetime import date

from actions.answers import Answer
from actions.facts import facts_for
from actions.information import answer_again
from actions.questions import asked_facts, picks_a_choice, reply_facts
from actions.rights import decide_again
from actions.state import Conversation
from actions.subject import tell_facts
from actions.understood import Understood


def answer_reply(conversation: Conversation, understood: Understood, today: date) -> list[Answer] | None:
    """Return the answers to a reply to the open question; None when the message is something else."""
    pending = conversation.pending
    if pending is None or (understood.strong and not picks_a_choice(pending, understood)):
        return None
    facts = reply_facts(conversation, understood)
    if (conversation.about_rule or pending.about) and not facts:
        facts = asked_facts(conversation, understood)
    if not facts:
        return None
    if conversation.about_rule and "prestation" not in facts:
        told = facts_for(conversation.rule, understood, pending.fact)
        conversation.learn({**understood.shared, **told, **facts})
        return [decide_again(conversation, today)]
    if pending.about:
        conversation.pending = None
        conversation.learn({**understood.shared, **facts})
        found = answer_again(conversation, pending.about, today)
        return [found] if found else None
    family = facts.pop("prestation", None)
    # Of the reply only what it tells counts; how it is put would be taken for a question of its own.
    told_only = Understood(
        text=understood.text,
        intent="inform",
        facts={**understood.facts, **facts},
        families=(family,) if family else (),
        counts=understood.counts,
        dates=understood.dates,
        cues=understood.cues,
    )
    if family:
        kept = dict(conversation.facts)
        conversation.turn_to(family)
        conversation.learn({**kept, **told_only.facts})
    return tell_facts(conversation, told_only, today)
