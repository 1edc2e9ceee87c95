"""Asking for a fact, and reading the reply to the question asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from rapidfuzz import fuzz, process, utils

from actions.answers import Answer
from actions.facts import lone_number
from actions.state import MAX_TRIES, Conversation, Pending, Span
from actions.understood import Understood
from actions.words import words
from kb.text import fold
from rules_engine.catalogue import Group
from rules_engine.decision import NeedFacts, plain
from rules_engine.facts import Fact, vocabulary
from rules_engine.tables import OFFERS

# Likeness (0 to 100) at which a reply is the title of a choice; more where it also states another value of the fact.
CLOSE_ENOUGH, ALIKE = 78, 99
# Words of the longest reply whose fact answers the question, and of the longest that picks a choice by an ordinal.
SHORT_REPLY, ORDINAL_REPLY = 10, 3
# "Le dernier", wherever it stands.
LAST = -1
WORDS = re.compile(r"[^\W\d_]+")
NUMBERS = re.compile(r"\d+")
DOUBLED = re.compile(r"(\w)\1+")
# Characters of the longest reply that may be the title of a choice.
LONGEST_TITLE = 60


def ask(conversation: Conversation, needed: NeedFacts) -> Answer:
    """Return the question for the most decisive fact, and remember it."""
    fact = vocabulary()[needed.ranked[0]]
    return _asked(conversation, fact, choices_of(fact, needed), {"rate": needed.details.get("rate")})


def ask_benefit(conversation: Conversation, group: Group | None = None) -> Answer:
    """Return the question for the benefit: among a group's families, or open."""
    fact = vocabulary()["prestation"]
    choices = [
        {"title": title, "facts": {"prestation": family}} for family, title in (group.titles if group else {}).items()
    ]
    return _asked(conversation, fact, choices, {"group": group.id if group else ""})


def ask_again(conversation: Conversation, pending: Pending) -> Answer:
    """Return the open question once more, put otherwise; after the last try, offer a human."""
    if pending.tries >= MAX_TRIES:
        conversation.pending = None
        return Answer("handover", "cannot_know_fact", {"fact": pending.fact})
    pending.tries += 1
    return not_recognised(pending)


def not_recognised(pending: Pending) -> Answer:
    """Return the open question put otherwise, to a reply that says none of its choices."""
    return _with_choices(Answer("question", "asked_again", {"fact": pending.fact}), pending)


def question_again(pending: Pending) -> Answer:
    """Return the open question once more."""
    return _with_choices(_question(vocabulary()[pending.fact]), pending)


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
    said = _yes_or_no(understood) if fact.type == "boolean" else None
    return {} if said is None else {fact.id: said}


def _yes_or_no(understood: Understood) -> bool | None:
    """Return whether a reply says yes or no, however it is spelt ("ouii", "nn"); None where it says neither."""
    if understood.intent in ("affirm", "deny"):
        return understood.intent == "affirm"
    said, told = DOUBLED.sub(r"\1", fold(understood.text)), words()["yes_or_no"]
    replies = WORDS.findall(said)
    return next((kind == "affirm" for kind in told if replies and {*replies} <= {*told[kind].split()}), None)


def asked_facts(conversation: Conversation, understood: Understood) -> dict[str, Any]:
    """Return the value given to the fact that was asked: a lone date or number needs no cue."""
    if conversation.pending is None:
        return {}
    fact = vocabulary()[conversation.pending.fact]
    if fact.type == "date" and understood.dates:
        day, _, last = understood.dates[0]
        return {fact.id: Span(day, last) if last else day}
    if fact.id in understood.facts:
        return {fact.id: understood.facts[fact.id]}
    return lone_number(fact, understood) if fact.type in ("integer", "money") else {}


def picks_a_choice(pending: Pending, understood: Understood) -> bool:
    """Whether a reply is the title of a choice, as the button sends it ("Psychiatre (médecin)")."""
    said = understood.text.strip().casefold()
    return any(said == choice["title"].casefold() for choice in pending.choices)


def _chosen(pending: Pending, understood: Understood) -> Mapping[str, Any] | None:
    titles = [choice["title"] for choice in pending.choices]
    # "Option 2" is the formule of that name, not the second choice.
    place = None if pending.fact in understood.facts else _place(understood, len(titles))
    if place is not None:
        return _typed(pending.choices[place]["facts"])
    if not titles or len(understood.text) > LONGEST_TITLE or understood.intent in ("cancel", "start_over", "ask_human"):
        return None
    best = process.extractOne(understood.text, titles, scorer=fuzz.WRatio, processor=utils.default_process)
    if best is None or best[1] < CLOSE_ENOUGH or (pending.fact in understood.facts and best[1] < ALIKE):
        return None
    if {*NUMBERS.findall(understood.text)} - {*NUMBERS.findall(best[0])}:
        return None  # "option 5" is like "sans option", and is not it
    return _typed(pending.choices[best[2]]["facts"])


def _place(understood: Understood, count: int) -> int | None:
    """Return the index of the choice that a reply picks ("le 2", "numéro trois"), None when it picks none so."""
    said = (fold(understood.text), understood.repaired)  # repaired, "le 3e" is a price, and "trois" a figure
    found = next((match for text in said if (match := _number_only().match(text.strip()))), None)
    picked = int(found[1]) if found else _ordinal(said[0])
    if picked == LAST:
        picked = count
    return picked - 1 if picked and 1 <= picked <= count else None


def _ordinal(said: str) -> int | None:
    told, ordinals = WORDS.findall(said), words()["choices"]["ordinals"]
    return next((ordinals[word] for word in told if word in ordinals), None) if len(told) <= ORDINAL_REPLY else None


@lru_cache(maxsize=1)
def _number_only() -> re.Pattern[str]:
    before, after = ("|".join(words()["choices"][side]) for side in ("number_after", "number_before"))
    return re.compile(rf"\W*(?:(?:{before})\W*)*(\d{{1,2}})(?: ?(?:{after}))*\W*$")


def _typed(facts: Mapping[str, Any]) -> dict[str, Any]:
    return vocabulary().parse(facts)


def _parsed(fact: Fact, raw: str) -> dict[str, Any]:
    try:
        return {fact.id: fact.parse(raw)}
    except ValueError:
        return {}


def choices_of(fact: Fact, needed: NeedFacts) -> list[dict[str, Any]]:
    """Return the replies that the first missing fact leaves open, with what each tells; none for a number or a day."""
    if fact.id == "formule":
        return _formule_choices(needed)
    if fact.type not in ("enum", "boolean"):
        return []
    return [{"title": _title(fact.choice_label(values[fact.id])), "facts": plain(values)} for values in needed.choices]


def _title(label: str) -> str:
    return label[0].upper() + label[1:]


def _formule_choices(needed: NeedFacts) -> list[dict[str, Any]]:
    """Return formules as buttons: those of the offer when it is known, else the individual contract's and a way on."""
    names = vocabulary()["formule"]
    offers = {choice["contrat"] for choice in needed.choices if "contrat" in choice}
    if not offers:  # the contract is known or presumed
        return [
            {"title": f"MGEN {names.choice_label(choice['formule'])}", "facts": plain(choice)}
            for choice in needed.choices
        ]
    shown = "MSP" if "MSP" in offers else next(iter(offers))
    choices: list[dict[str, Any]] = [
        {
            "title": f"{words()['formules']['offers'][shown]} {names.choice_label(formule)}",
            "facts": {"contrat": shown, "formule": formule},
        }
        for formule in OFFERS[shown]
    ]
    if len(offers) > 1:
        others = words()["formules"]["other_contracts"]
        choices += [{"title": title, "facts": {"contrat": contract}} for contract, title in others.items()]
    return choices


def _asked(conversation: Conversation, fact: Fact, choices: list[dict[str, Any]], data: Mapping[str, Any]) -> Answer:
    """Return the question for a fact, remembered; asking the same one again counts as another try."""
    before = conversation.pending
    tries = before.tries + 1 if before and before.fact == fact.id else 1
    conversation.pending = Pending(fact.id, choices, tries)
    return _with_choices(_question(fact, data), conversation.pending)


def _question(fact: Fact, data: Mapping[str, Any] = MappingProxyType({})) -> Answer:
    return Answer("question", "question", {"fact": fact.id, "text": fact.question, **data}, topic=fact.id)


def _with_choices(question: Answer, pending: Pending) -> Answer:
    """Return a question with its choices, as data and as buttons."""
    titles = [choice["title"] for choice in pending.choices]
    return replace(
        question,
        question={"fact": pending.fact, "choices": [{"title": title, "value": title} for title in titles]},
        buttons=[{"title": title, "payload": title} for title in titles],
    )
