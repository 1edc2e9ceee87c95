"""Answering on the subject of a message: a benefit, a right, a fact told, or what nothing surely answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from actions.answers import Answer
from actions.benefits import answer_benefits, answer_unsure, compare
from actions.continuing import SHORT_MESSAGE, continues_rule, leaves_subject_out, speaks_on
from actions.facts import facts_for, retold
from actions.information import answer_again, answer_information
from actions.questions import ask_again, ask_benefit, asked_facts, not_recognised
from actions.rights import decide_again
from actions.second_question import each_value, with_second
from actions.state import MAX_TRIES, Conversation, Span
from actions.understood import Understood
from rules_engine.facts import vocabulary
from rules_engine.registry import rule_named

# A sentence of so many words in which nothing is of the mutual's world is about something else.
ENOUGH_WORDS = 4
# Dates that are today's when they are not said.
NOT_TOLD = ("date_demande",)
# Likelihood, for a whole story, from which an entry may be what its question is about.
OF_THE_STORY = 0.02
# Likelihood of a reimbursement from which a benefit named is more than told in passing.
PERHAPS_PAID = 0.01


def ask_about_benefit(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Answer "combien serai-je remboursé ?"."""
    if understood.families or understood.group or (conversation.family and (understood.facts or understood.counts)):
        *before, last = answer_benefits(conversation, understood, today)
        return [*before, *with_second(conversation, understood, last, today)]
    conversation.learn(understood.shared)
    found = answer_information(conversation, understood, today)
    return [found or ask_benefit(conversation)]


def ask_information(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Answer a question about a right, a procedure, a contact or a definition."""
    found = answer_information(conversation, understood, today) or _asked_in_story(conversation, understood, today)
    if found:
        conversation.learn(understood.shared)
        values = each_value(conversation, understood, found, today)
        return values or with_second(conversation, understood, found, today)
    of_benefit = understood.strong and understood.paid_share >= PERHAPS_PAID
    if of_benefit or (understood.families and understood.asks_money and "formule" in understood.facts):
        return answer_benefits(conversation, understood, today)
    if conversation.pending and not understood.asks:
        return [ask_again(conversation, conversation.pending)]  # "MGEN Platine": a reply, to nothing that there is
    return [Answer("handover", "unknown_answer")]


def _asked_in_story(conversation: Conversation, understood: Understood, today: date) -> Answer | None:
    """Return the answer to the one question of a story, where the whole of it is of no subject surely enough."""
    if len(understood.parts) != 1:
        return None
    words, topics = understood.parts[0]
    of_story = {name for name, share in understood.topics if share >= OF_THE_STORY}
    topics = tuple(topic for topic in topics if topic[0] in of_story)  # "comment m'y prendre ?" is of any subject
    if not topics:
        return None
    question = replace(understood, text=words, repaired=words, topics=topics, parts=())
    return answer_information(conversation, question, today)


def tell_facts(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Take facts said on their own: a reply, a correction or "et en Intégrale ?"."""
    going_on = conversation.about_rule and continues_rule(conversation, understood)
    if (understood.families or (understood.group and not conversation.family)) and not going_on:
        return answer_benefits(conversation, understood, today)
    if conversation.about_rule and _learn_of_rule(conversation, understood):
        return [decide_again(conversation, today)]
    if conversation.family and (understood.facts or understood.counts or understood.dates):
        if len(understood.formules) > 1 and "compare" in understood.cues:
            return compare(conversation, understood, today)
        return answer_benefits(conversation, understood, today)
    if leaves_subject_out(conversation, understood):
        return [decide_again(conversation, today)]
    conversation.learn(understood.shared)
    if conversation.pending is not None:
        return [ask_again(conversation, conversation.pending)]
    found = _asked_before(conversation, understood, today)
    if found is None and not understood.only_contract:
        found = answer_information(conversation, understood, today)
    if found:
        return [found]
    if understood.about_contract:
        question = {"fact": "prestation", "choices": []}
        return [Answer("question", "noted", {"facts": [*understood.facts]}, question=question)]
    if conversation.about_rule and not understood.facts and speaks_on(conversation, understood):
        return [decide_again(conversation, today)]
    return not_understood(conversation, understood, today)


def _learn_of_rule(conversation: Conversation, understood: Understood) -> bool:
    """Take in what a message tells the rule under way; whether it tells it anything."""
    asked = conversation.pending.fact if conversation.pending else ""
    told = {
        **understood.shared,
        **facts_for(conversation.rule, understood, asked),
        **asked_facts(conversation, understood),
    }
    told = {**_lone_date(conversation, understood), **told}
    if told:
        conversation.learn(retold(conversation.facts, told))
    return bool(told)


def _lone_date(conversation: Conversation, understood: Understood) -> dict[str, Any]:
    """Return the one date said, for the one date of the rule under way that is not known."""
    facts, known = vocabulary(), {*conversation.facts, *NOT_TOLD}
    missing = [name for name in rule_named(conversation.rule).facts if facts[name].type == "date" and name not in known]
    if len(understood.dates) != 1 or len(missing) != 1:
        return {}
    day, _, last = understood.dates[0]
    return {missing[0]: Span(day, last) if last else day}


def _asked_before(conversation: Conversation, understood: Understood, today: date) -> Answer | None:
    """Return the answer to the question before under the contract now told ("j'ai MGEN Solutions")."""
    if not (understood.about_contract and conversation.asked and understood.words <= SHORT_MESSAGE):
        return None
    return answer_again(conversation, conversation.asked, today)


def do_not_know(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """The member does not know, or will not tell, what was asked."""
    if conversation.pending is None:
        return not_understood(conversation, understood, today)
    if conversation.about_rule and understood.about_contract:
        return tell_facts(
            conversation, understood, today
        )  # "je ne sais pas, MGEN Santé Prévoyance": that much is known
    return answer_unsure(conversation, today)


def fallback(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """The classifier is not sure: try benefit, reply and knowledge base before saying so."""
    if understood.strong or (understood.families and understood.asks_money and understood.ours):
        return answer_benefits(conversation, understood, today)
    going_on = speaks_on(conversation, understood)
    found = answer_information(conversation, understood, today) if understood.ours or going_on else None
    if found is None and understood.ours:
        found = _asked_in_story(conversation, understood, today)
    if found:
        return [found]
    if understood.about_contract or conversation.pending:
        return tell_facts(conversation, understood, today)
    if going_on and conversation.about_rule and not understood.facts:
        return [decide_again(conversation, today)]  # "mais dans un an, vous paierez ?": the decision stands
    if understood.ours or going_on:
        return [Answer("handover", "unknown_answer")]
    if understood.words >= ENOUGH_WORDS:
        return [Answer("out_of_scope", "out_of_scope")]
    return not_understood(conversation, understood, today)


def not_understood(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Ask to say it in other words, or for the open fact again; after two misses, offer a human."""
    conversation.misses += 1
    if conversation.misses > MAX_TRIES:
        conversation.misses, conversation.pending = 0, None
        return [Answer("handover", "give_up")]
    if conversation.pending:
        return [not_recognised(conversation.pending)]
    return [Answer("question", "not_understood", question={"fact": "question", "choices": []})]
