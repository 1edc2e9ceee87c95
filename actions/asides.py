"""A question put instead of a reply: it is answered, and the form that waits for the reply resumes.

One that explains the form is followed by the open question again; one on another subject changes it, and the form
resumes when a reply to it comes.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date

from actions.answers import Answer
from actions.information import answer_information
from actions.questions import picks_a_choice, question_again, reply_facts
from actions.state import Conversation
from actions.understood import Understood
from kb.entries import entries
from rules_engine.registry import rule_named, rules

ASKING = "ask_information"
# The entries that say what a word means.
WORDS = "vocabulaire"
# What the modules of the rules of no one part begin with.
GENERAL = "droits_generaux_"


def answer_aside(conversation: Conversation, understood: Understood, today: date) -> list[Answer] | None:
    """Return the answer to a question that explains the open one, and the open one again; None for other messages."""
    pending = conversation.pending
    if pending is None or understood.intent != ASKING or not understood.asks or picks_a_choice(pending, understood):
        return None
    told = pending.fact in understood.facts or reply_facts(conversation, understood)
    if told and not understood.asks_meaning:
        return None  # "ÔJI. Combien d'entretiens ?" replies, and asks on
    beside = deepcopy(conversation)
    beside.pending = None
    answer = answer_information(beside, understood, today)
    if answer is None or answer.kind != "answer" or answer.topic == conversation.rule:
        return None  # what the subject under way answers goes on with it
    return [answer, question_again(pending)] if _explains(answer.topic, conversation) else None


def resumes(conversation: Conversation, understood: Understood) -> bool:
    """Whether a message replies to the question that another rule suspended."""
    if conversation.pending or not conversation.suspended or understood.asks or understood.strong:
        return False
    before = deepcopy(conversation)
    before.resume()
    return not understood.goes_on and understood.intent != "correct_fact" and bool(reply_facts(before, understood))


def _explains(topic: str, conversation: Conversation) -> bool:
    """Whether what answers a question is of the form's own subject: a word, its rules, or care for a benefit."""
    if topic in rules():
        return conversation.about_rule and _subject(topic) == _subject(conversation.rule)
    entry = entries().get(topic)
    return entry is not None and (entry.theme == WORDS or (bool(conversation.family) and entry.on_care))


def _subject(rule: str) -> str:
    """Return the part of the règlement that a rule is of (`rules_engine.rules.cotisations_famille`: cotisations)."""
    return rule_named(rule).function.__module__.rpartition(".")[2].removeprefix(GENERAL).partition("_")[0]
