"""From an understood message and the conversation to answers: one function per thing a member wants to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from actions.answers import Answer
from actions.benefits import answer_benefits, answer_unsure, compare
from actions.facts import facts_for, lone_number, retold
from actions.information import answer_again, answer_information, goes_on
from actions.questions import ask_benefit, reply_facts
from actions.rights import decide_again
from actions.second_question import second_answer
from actions.state import MAX_TRIES, Conversation, Span
from actions.understood import Understood
from rules_engine.catalogue import catalogue
from rules_engine.facts import vocabulary

SHORT_MESSAGE = 14
LONGEST_FOLLOW_UP = 32
OPENS_FOLLOW_UP = re.compile(
    r"(?:ok |d accord |du coup |bon |merci |ah )*et (?:pour|si|en|avec|chez|dans|sur|sans|hors|au|pas)\b"
)
# Templates of what explains the last answer.
EXPLAINING = ("why", "where")
# A sentence of so many words in which nothing is of the mutual's world is about something else.
ENOUGH_WORDS = 4
Handler = Callable[[Conversation, Understood, date], list[Answer]]


def respond(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Return the answers to one message and update the conversation."""
    understood = _in_context(conversation, understood)
    if "contest" in understood.cues and conversation.last and not understood.strong:
        return complaint(conversation, understood, today)
    handler = HANDLERS.get(understood.intent, not_understood)
    if understood.intent in UNCERTAIN and _speaks_on(conversation, understood):
        handler = fallback
    if _continues(conversation, understood):
        handler = tell_facts
    answers = _replying(conversation, understood, today) or handler(conversation, understood, today)
    answers = [_worded(answer, understood) for answer in answers]
    if answers[-1].template != "not_understood":
        conversation.misses = 0
    # What explains the last answer does not take its place: "où est-ce écrit ?", then "pourquoi ?".
    told = answers[-1].template not in EXPLAINING and answers[-1].kind in ("answer", "handover")
    if told and (answers[-1].sources or answers[-1].decision):
        conversation.last = answers[-1].to_json()
    return answers


def _worded(answer: Answer, understood: Understood) -> Answer:
    """Return an answer that opens with its substance where a yes or no would answer another question."""
    if answer.template not in ("rule", "entry") or understood.yes_or_no:
        return answer
    return replace(answer, data={**answer.data, "neutral": True})


def _in_context(conversation: Conversation, understood: Understood) -> Understood:
    """Return the message with the benefit that the subject under way makes plain ("et pour dormir à côté ?")."""
    families = catalogue().families
    if understood.strong or conversation.family not in families:
        return understood
    section = families[conversation.family].section
    named = [name for name in understood.loose if families[name].section == section and name != conversation.family]
    if len(named) != 1 or understood.intent in NEVER_CONTINUES:
        return understood
    return replace(understood, families=(named[0],), group="", strong=True, intent="ask_reimbursement")


def _speaks_on(conversation: Conversation, understood: Understood) -> bool:
    """Whether a message opens as a follow-up to the question before and says something that may be of its subject."""
    told = understood.ours or understood.dates or understood.mentions or understood.facts
    return bool(conversation.asked and goes_on(understood) and told)


def _continues(conversation: Conversation, understood: Understood) -> bool:
    """Whether a short message only changes a fact of the subject under way ("du coup pour les deux yeux ?")."""
    if _about_rule(conversation):
        return _continues_rule(conversation, understood)
    if understood.strong or understood.intent in NEVER_CONTINUES:
        return False
    if len(understood.text.split()) > SHORT_MESSAGE or "compare" in understood.cues:
        return False
    if not conversation.family:
        return False
    family = catalogue().families[conversation.family]
    relevant = {"formule", "contrat", "age", "quantite", "prix", "base_remboursement", *family.facets}
    pending = {conversation.pending.fact} if conversation.pending else set()
    if OPENS_FOLLOW_UP.match(understood.repaired) and not understood.group:
        return True
    counted = understood.count(family.quantity) or any(understood.count(unit) for unit in family.count_facts.values())
    return bool((relevant | pending) & understood.facts.keys() or counted)


def _continues_rule(conversation: Conversation, understood: Understood) -> bool:
    """Whether a message goes on about the rule under way: it opens so, or says nothing else and tells it a fact."""
    if understood.intent in NEVER_CONTINUES - {"account_data"} or "compare" in understood.cues:
        return False
    told = facts_for(conversation.rule, understood)
    opens = bool(OPENS_FOLLOW_UP.match(understood.repaired))
    if understood.strong:
        return opens and bool(told.keys() - understood.facts.keys())
    if len(understood.text.split()) > (SHORT_MESSAGE if not told else LONGEST_FOLLOW_UP):
        return False
    stated = bool(told or understood.shared)
    return stated and (opens or not understood.asks or understood.intent in ELLIPTIC | UNCERTAIN)


def _replying(conversation: Conversation, understood: Understood, today: date) -> list[Answer] | None:
    """Return the answers to a reply to the open question; None when the message is something else."""
    if conversation.pending is None or understood.intent in ABOVE_THE_QUESTION or understood.strong:
        return None
    facts = reply_facts(conversation, understood)
    if (_about_rule(conversation) or conversation.pending.about) and not facts:
        facts = asked_facts(conversation, understood)
    if not facts:
        return None
    if _about_rule(conversation) and "prestation" not in facts:
        asked = conversation.pending.fact
        conversation.learn({**understood.shared, **facts_for(conversation.rule, understood, asked), **facts})
        return [decide_again(conversation, today)]
    if conversation.pending.about:
        about = conversation.pending.about
        conversation.pending = None
        conversation.learn({**understood.shared, **facts})
        found = answer_again(conversation, about, today)
        return [found] if found else None
    family = facts.pop("prestation", None)
    merged = Understood(
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
        conversation.learn({**kept, **merged.facts})
    return tell_facts(conversation, merged, today)


def ask_about_benefit(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Answer "combien serai-je remboursé ?"."""
    if understood.families or understood.group or (conversation.family and (understood.facts or understood.counts)):
        return answer_benefits(conversation, understood, today)
    conversation.learn(understood.shared)
    found = answer_information(conversation, understood, today)
    return [found or ask_benefit(conversation)]


def tell_facts(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Take facts said on their own: a reply, a correction or "et en Intégrale ?"."""
    about_rule = _about_rule(conversation)
    going_on = about_rule and _continues_rule(conversation, understood)
    if (understood.families or (understood.group and not conversation.family)) and not going_on:
        return answer_benefits(conversation, understood, today)
    if about_rule:
        facts = retold(
            conversation.facts,
            {
                **understood.shared,
                **facts_for(conversation.rule, understood, conversation.pending.fact if conversation.pending else ""),
                **asked_facts(conversation, understood),
            },
        )
        if facts:
            conversation.learn(facts)
            return [decide_again(conversation, today)]
    if conversation.family and (understood.facts or understood.counts or understood.dates):
        if len(understood.formules) > 1 and "compare" in understood.cues:
            return compare(conversation, understood, today)
        return answer_benefits(conversation, understood, today)
    conversation.learn(understood.shared)
    if conversation.pending is not None:
        return _asked_again(conversation)
    if understood.about_contract and conversation.asked and understood.words <= SHORT_MESSAGE:
        again = answer_again(conversation, conversation.asked, today)
        if again:
            return [again]
    found = answer_information(conversation, understood, today)
    if found:
        return [found]
    if understood.about_contract:
        return [
            Answer(
                "question",
                "noted",
                {"facts": [*understood.facts]},
                question={"fact": "prestation", "choices": []},
            )
        ]
    if about_rule and not understood.facts and _speaks_on(conversation, understood):
        return [decide_again(conversation, today)]
    return not_understood(conversation, understood, today)


def asked_facts(conversation: Conversation, understood: Understood) -> dict[str, Any]:
    """Return the value given to the fact that was asked: a lone date or number needs no cue."""
    if conversation.pending is None:
        return {}
    fact = vocabulary()[conversation.pending.fact]
    if fact.type == "date" and understood.dates:
        day, _, last = understood.dates[0]
        return {fact.id: Span(day, last) if last else day}
    if fact.type in ("integer", "money"):
        return {fact.id: understood.facts[fact.id]} if fact.id in understood.facts else lone_number(fact, understood)
    return {fact.id: understood.facts[fact.id]} if fact.id in understood.facts else {}


def _about_rule(conversation: Conversation) -> bool:
    """Whether the subject under way is a rule on rights rather than a benefit."""
    return bool(conversation.rule) and not conversation.family


def _asked_again(conversation: Conversation) -> list[Answer]:
    pending = conversation.pending
    assert pending is not None
    if pending.tries >= MAX_TRIES:
        conversation.pending = None
        return [Answer("handover", "cannot_know_fact", {"fact": pending.fact})]
    pending.tries += 1
    buttons = [{"title": choice["title"], "payload": choice["title"]} for choice in pending.choices]
    choices = [{"title": choice["title"], "value": choice["title"]} for choice in pending.choices]
    question = {"fact": pending.fact, "choices": choices}
    return [Answer("question", "asked_again", {"fact": pending.fact}, question=question, buttons=buttons)]


def do_not_know(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """The member does not know, or will not tell, what was asked."""
    if conversation.pending is None:
        return not_understood(conversation, understood, today)
    return answer_unsure(conversation, today)


def ask_information(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Answer a question about a right, a procedure, a contact or a definition."""
    found = answer_information(conversation, understood, today)
    if found:
        conversation.learn(understood.shared)
        return [found, *second_answer(conversation, understood, found, today)]
    if understood.strong or (understood.families and understood.asks_money and "formule" in understood.facts):
        return answer_benefits(conversation, understood, today)
    return [Answer("handover", "unknown_answer")]


def ask_why(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Explain the last answer from its reasons."""
    if not conversation.last:
        return [Answer("question", "nothing_to_explain")]
    last = conversation.last
    return [
        Answer(
            "answer",
            "why",
            {"last": last},
            topic=last.get("topic", ""),
            sources=last.get("sources", []),
            decision=last.get("decision"),
        )
    ]


def ask_source(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Say where the last answer is written."""
    if not conversation.last:
        return [Answer("question", "nothing_to_explain")]
    last = conversation.last
    return [Answer("answer", "where", {"last": last}, topic=last.get("topic", ""), sources=last.get("sources", []))]


def cancel(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Drop the subject; what is known of the contract stays."""
    conversation.clear_subject()
    return [Answer("smalltalk", "cancelled")]


def restart(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Forget everything said."""
    conversation.clear_subject()
    conversation.facts, conversation.last = {}, {}
    return [Answer("smalltalk", "restarted")]


def not_understood(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Ask to say it in other words; after two misses, offer a human."""
    conversation.misses += 1
    if conversation.misses > MAX_TRIES:
        conversation.misses = 0
        return [Answer("handover", "give_up")]
    return [Answer("question", "not_understood", question={"fact": "question", "choices": []})]


def fallback(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """The classifier is not sure: try benefit, reply and knowledge base before saying so."""
    if understood.strong or (understood.families and understood.asks_money and understood.ours):
        return answer_benefits(conversation, understood, today)
    if understood.group and understood.strong:
        return [ask_benefit(conversation, catalogue().groups[understood.group])]
    going_on = _speaks_on(conversation, understood)
    found = answer_information(conversation, understood, today) if understood.ours or going_on else None
    if found:
        return [found]
    if understood.about_contract or conversation.pending:
        return tell_facts(conversation, understood, today)
    if going_on and _about_rule(conversation) and not understood.facts:
        return [decide_again(conversation, today)]  # "mais dans un an, vous paierez ?": the decision stands
    if understood.ours or going_on:
        return [Answer("handover", "unknown_answer")]
    if understood.words >= ENOUGH_WORDS:
        return [Answer("out_of_scope", "out_of_scope")]
    return not_understood(conversation, understood, today)


def complaint(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Stay calm and offer a human; an answer that is contested is given again, with its source."""
    calm = Answer("handover", "insult")
    if conversation.last and "contest" in understood.cues:
        return [calm, Answer(**_again(conversation.last))]
    return [calm]


def _again(last: Mapping[str, object]) -> dict[str, Any]:
    return {name: value for name, value in last.items() if name in Answer.__dataclass_fields__}


def _fixed(kind: str, template: str) -> Handler:
    def say(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
        return [Answer(kind, template)]

    return say


def emergency(template: str) -> Handler:
    """Return the handler of an emergency: the right numbers, nothing else, and the subject dropped."""

    def alert(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
        conversation.pending = None
        return [Answer("emergency", template)]

    return alert


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
    "greet": _fixed("smalltalk", "greet"),
    "thank": _fixed("smalltalk", "thank"),
    "goodbye": _fixed("smalltalk", "goodbye"),
    "compliment": _fixed("smalltalk", "thank"),
    "bot_identity": _fixed("smalltalk", "bot_identity"),
    "capabilities": _fixed("smalltalk", "capabilities"),
    "insult": complaint,
    "other_language": _fixed("smalltalk", "other_language"),
    "ask_human": _fixed("handover", "human"),
    "account_data": _fixed("handover", "account_data"),
    "emergency_medical": emergency("emergency_medical"),
    "emergency_suicide": emergency("emergency_suicide"),
    "emergency_violence": emergency("emergency_violence"),
    "out_of_scope": _fixed("out_of_scope", "out_of_scope"),
    "other_insurer": _fixed("out_of_scope", "other_insurer"),
    "medical_advice": _fixed("out_of_scope", "medical_advice"),
    "legal_advice": _fixed("out_of_scope", "legal_advice"),
    "nonsense": not_understood,
    "nlu_fallback": fallback,
}
ELLIPTIC = frozenset({"inform", "correct_fact", "follow_up", "affirm", "deny"})
NEVER_CONTINUES = frozenset(
    "emergency_medical emergency_suicide emergency_violence ask_human account_data other_language compare ask_why "
    "ask_source cancel start_over insult dont_know".split()
)
# What a message that only continues is easily taken for.
UNCERTAIN = frozenset({"nlu_fallback", "out_of_scope", "medical_advice", "legal_advice", "account_data"})
# What is heard even while a question is open.
ABOVE_THE_QUESTION = frozenset(HANDLERS) - {
    "inform", "correct_fact", "follow_up", "affirm", "deny", "nlu_fallback", "nonsense", "ask_reimbursement",
    "ask_information", "compare", "greet", "thank", "compliment", "out_of_scope", "more_details",
}  # fmt: skip
