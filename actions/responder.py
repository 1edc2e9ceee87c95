"""From an understood message and the conversation to answers: which handler hears it, and what is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from actions.answers import Answer
from actions.asides import answer_aside, resumes
from actions.benefits import compare
from actions.continuing import UNCERTAIN, continues, leaves_subject_out, speaks_on
from actions.follow_ups import gone_on, unanswered
from actions.in_context import in_context
from actions.questions import picks_a_choice
from actions.replying import answer_reply
from actions.state import Conversation
from actions.subject import (
    ask_about_benefit,
    ask_information,
    do_not_know,
    fallback,
    not_understood,
    tell_facts,
)
from actions.talk import Handler, ask_source, ask_why, cancel, complaint, emergency, fixed, restart
from actions.understood import Understood

HANDLERS: Mapping[str, Handler] = {
    "ask_reimbursement": ask_about_benefit,
    "ask_information": ask_information,
    "inform": tell_facts,
    "correct_fact": tell_facts,
    "follow_up": tell_facts,
    "affirm": tell_facts,
    "deny": tell_facts,
    "dont_know": do_not_know,
    "compare": compare,
    "ask_why": ask_why,
    "ask_source": ask_source,
    "more_details": ask_why,
    "cancel": cancel,
    "start_over": restart,
    "greet": fixed("smalltalk", "greet"),
    "thank": fixed("smalltalk", "thank"),
    "goodbye": fixed("smalltalk", "goodbye"),
    "compliment": fixed("smalltalk", "thank"),
    "bot_identity": fixed("smalltalk", "bot_identity"),
    "capabilities": fixed("smalltalk", "capabilities"),
    "insult": complaint,
    "other_language": fixed("smalltalk", "other_language"),
    "ask_human": fixed("handover", "human"),
    "account_data": fixed("handover", "account_data"),
    "emergency_medical": emergency("emergency_medical"),
    "emergency_suicide": emergency("emergency_suicide"),
    "emergency_violence": emergency("emergency_violence"),
    "out_of_scope": fixed("out_of_scope", "out_of_scope"),
    "other_insurer": fixed("out_of_scope", "other_insurer"),
    "medical_advice": fixed("out_of_scope", "medical_advice"),
    "legal_advice": fixed("out_of_scope", "legal_advice"),
    "nonsense": not_understood,
    "nlu_fallback": fallback,
}
# Templates of what explains the last answer: it does not take its place ("où est-ce écrit ?", then "pourquoi ?").
EXPLAINING = frozenset({"why", "where"})
# Templates of what is said to a message that was not understood: it does not end the count of those.
MISSED = frozenset({"not_understood", "asked_again"})
# What a few words in reply to a question seem to be when they reply nothing.
BESIDE = frozenset({"out_of_scope", "medical_advice", "legal_advice"})
# Words of a reply, at most.
REPLY = 6
# What is heard as itself even while a question is open; the other intents may be those of a reply.
ABOVE_THE_QUESTION = HANDLERS.keys() - {
    "inform", "correct_fact", "follow_up", "affirm", "deny", "nlu_fallback", "nonsense", "ask_reimbursement",
    "ask_information", "compare", "greet", "thank", "compliment", "out_of_scope", "more_details",
}  # fmt: skip


def respond(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Return the answers to one message, one at least, and update the conversation."""
    understood = in_context(conversation, understood)
    if understood.contests and conversation.last and not understood.strong and not continues(conversation, understood):
        return complaint(conversation, understood, today)
    answers = [_worded(answer, understood) for answer in _answers(conversation, understood, today)]
    if answers[-1].template not in MISSED:
        conversation.misses = 0
    told = [answer for answer in answers if _tells(answer)]
    if told:
        conversation.last = told[-1].to_json()
    return [Answer("emergency", "caution"), *answers] if understood.caution else answers


def _tells(answer: Answer) -> bool:
    """Whether an answer tells something that can be asked why, and where it is written."""
    explained = answer.template not in EXPLAINING and answer.kind in ("answer", "handover")
    return explained and bool(answer.sources or answer.decision)


def _answers(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Return the answers to what only goes on, or replies; else of what hears the message: its subject, its intent."""
    if resumes(conversation, understood):
        conversation.resume()
    handler = _handler(conversation, understood)
    answers = gone_on(conversation, understood, today) or answer_aside(conversation, understood, today)
    if not answers and (understood.intent not in ABOVE_THE_QUESTION or _picks(conversation, understood)):
        answers = answer_reply(conversation, understood, today)
    answers = answers or handler(conversation, understood, today)
    return unanswered(conversation, answers) if understood.goes_on else answers


def _picks(conversation: Conversation, understood: Understood) -> bool:
    """Whether a message is the title of a choice of the open question, whatever it would mean alone."""
    return conversation.pending is not None and picks_a_choice(conversation.pending, understood)


def _handler(conversation: Conversation, understood: Understood) -> Handler:
    if understood.returns and conversation.left and not understood.families:
        return ask_information  # "revenons à ma cotisation : et en Intégrale ?" is of the subject left
    if continues(conversation, understood) or leaves_subject_out(conversation, understood):
        return tell_facts
    if understood.intent in UNCERTAIN and speaks_on(conversation, understood):
        return fallback
    if understood.intent == "compare" and conversation.about_rule and not (understood.families or understood.group):
        return tell_facts  # "et la différence avec Équilibre ?" of a contribution: the rule is asked again
    if understood.intent in BESIDE and conversation.pending and understood.words <= REPLY and not understood.asks:
        return tell_facts  # "zorglub", "beaucoup trop à mon goût" are replies that no choice has
    return HANDLERS.get(understood.intent, not_understood)


def _worded(answer: Answer, understood: Understood) -> Answer:
    """Return an answer that opens with its substance where a yes or no would answer another question."""
    if answer.template not in ("rule", "entry") or understood.yes_or_no:
        return answer
    return replace(answer, data={**answer.data, "neutral": True})
