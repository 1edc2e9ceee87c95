"""Asking for a fact, and reading the reply to the question asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rapidfuzz import fuzz, process, utils

from actions.answers import Answer
from actions.state import Conversation, Pending
from actions.understood import Understood
from rules_engine.catalogue import Group
from rules_engine.decision import NeedFacts, plain
from rules_engine.facts import Fact, vocabulary
from rules_engine.tables import OFFERS

OFFER_NAMES = {"MSP": "MGEN", "OJI": "ÔJI", "FPE": "Contrat collectif,"}
OTHER_OFFERS = (
    {"title": "ÔJI (18-29 ans)", "facts": {"contrat": "OJI"}},
    {"title": "Contrat collectif obligatoire", "facts": {"contrat": "FPE"}},
)
CLOSE_ENOUGH = 78
SHORT_REPLY = 10
NUMBER_ONLY = re.compile(r"^\W*(?:le |la |l'|choix |option |numero |n° ?|reponse )?(\d{1,2})\W*$", re.IGNORECASE)
ORDINALS = {
    "premier": 1,
    "premiere": 1,
    "deuxieme": 2,
    "second": 2,
    "seconde": 2,
    "troisieme": 3,
    "quatrieme": 4,
}


def ask(conversation: Conversation, needed: NeedFacts) -> Answer:
    """Return the question for the most decisive fact, and remember it."""
    fact = vocabulary()[needed.ranked[0]]
    choices = _choices(fact, needed)
    tries = conversation.pending.tries + 1 if conversation.pending and conversation.pending.fact == fact.id else 1
    conversation.pending = Pending(fact.id, choices, tries)
    return _question(fact.id, fact.question, choices, {"rate": needed.details.get("rate")})


def ask_benefit(conversation: Conversation, group: Group | None = None) -> Answer:
    """Return the question for the benefit: among a group's families, or open."""
    fact = vocabulary()["prestation"]
    choices = [
        {"title": title, "facts": {"prestation": family}} for family, title in (group.titles if group else {}).items()
    ]
    tries = conversation.pending.tries + 1 if conversation.pending and conversation.pending.fact == fact.id else 1
    conversation.pending = Pending(fact.id, choices, tries)
    return _question(fact.id, fact.question, choices, {"group": group.id if group else ""})


def question_again(pending: Pending) -> Answer:
    """Return the open question once more."""
    return _question(pending.fact, vocabulary()[pending.fact].question, pending.choices, {})


def reply_facts(conversation: Conversation, understood: Understood) -> dict[str, Any]:
    """Return the facts that a reply to the open question gives: a choice by title, number, yes or no, or a value."""
    pending = conversation.pending
    if pending is None:
        return {}
    chosen = _chosen(pending, understood)
    if chosen is not None:
        return dict(chosen)
    fact = vocabulary()[pending.fact]
    if fact.type in ("integer", "money") and pending.fact not in understood.facts and len(understood.numbers) == 1:
        return _parsed(fact, understood.numbers[0])
    if pending.fact in understood.facts and len(understood.text.split()) <= SHORT_REPLY:
        return {fact.id: understood.facts[fact.id]}
    if fact.type == "boolean" and understood.intent in ("affirm", "deny"):
        return {fact.id: understood.intent == "affirm"}
    return {}


def _chosen(pending: Pending, understood: Understood) -> Mapping[str, Any] | None:
    titles = [choice["title"] for choice in pending.choices]
    number = _number(understood.text)
    if number is not None and 1 <= number <= len(titles):
        return _typed(pending.choices[number - 1]["facts"])
    if not titles or len(understood.text) > 60 or understood.intent in ("cancel", "start_over", "ask_human"):
        return None
    best = process.extractOne(understood.text, titles, scorer=fuzz.WRatio, processor=utils.default_process)
    if best is None or best[1] < CLOSE_ENOUGH or (pending.fact in understood.facts and best[1] < 99):
        return None
    return _typed(pending.choices[best[2]]["facts"])


def _number(text: str) -> int | None:
    found = NUMBER_ONLY.match(text.strip())
    if found:
        return int(found[1])
    words = text.lower().replace("è", "e").split()
    return next((ORDINALS[word] for word in words if word in ORDINALS), None) if len(words) <= 3 else None


def _typed(facts: Mapping[str, Any]) -> dict[str, Any]:
    return vocabulary().parse(facts)


def _parsed(fact: Fact, raw: str) -> dict[str, Any]:
    try:
        return {fact.id: fact.parse(raw)}
    except ValueError:
        return {}


def _choices(fact: Fact, needed: NeedFacts) -> list[dict[str, Any]]:
    if fact.id == "formule":
        return _formule_choices(needed)
    if fact.type not in ("enum", "boolean"):
        return []
    return [{"title": _title(fact.choice_label(values[fact.id])), "facts": plain(values)} for values in needed.choices]


def _title(label: str) -> str:
    return label[0].upper() + label[1:]


def _formule_choices(needed: NeedFacts) -> list[dict[str, Any]]:
    """Return formules as buttons: those of the offer when it is known, else the individual contract's and a way on."""
    offers = {choice["contrat"] for choice in needed.choices}
    shown = "MSP" if "MSP" in offers else next(iter(offers))
    names = vocabulary()["formule"]
    choices: list[dict[str, Any]] = [
        {
            "title": f"{OFFER_NAMES[shown]} {names.choice_label(formule)}",
            "facts": {"contrat": shown, "formule": formule},
        }
        for formule in OFFERS[shown]
    ]
    return choices + [dict(other) for other in OTHER_OFFERS] if len(offers) > 1 else choices


def _question(fact_id: str, text: str, choices: list[dict[str, Any]], data: Mapping[str, Any]) -> Answer:
    return Answer(
        kind="question",
        template="question",
        data={"fact": fact_id, "text": text, **data},
        topic=fact_id,
        question={
            "fact": fact_id,
            "choices": [{"title": choice["title"], "value": choice["title"]} for choice in choices],
        },
        buttons=[{"title": choice["title"], "payload": choice["title"]} for choice in choices],
    )
