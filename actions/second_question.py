"""What one message asks twice: of another entry ("combien sont-ils, élus pour quelle durée ?"), or of two values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

from actions.answers import Answer
from actions.information import answer_entry, best_entry, ranking
from actions.rights import answer_rule, decide_again
from actions.state import Conversation
from actions.understood import Understood
from kb.entries import Entry
from rules_engine.facts import vocabulary
from rules_engine.registry import rule_named

# Likelihood, for the whole message, below which an entry is not of its subject ("ils sont élus": who are they?).
OF_THE_SUBJECT = 0.02
# Likelihood, and share of the words, at which an entry of the subject surely answers the second question.
PLAIN, COVERED = 0.3, 0.3
# Likelihood at which an entry answers a part that is on another subject than the whole.
OF_ITS_OWN = 0.5
# Likelihood that a part asks what is paid for care, from which it is the benefit's.
PAID = 0.5

# More values than these are a table, not an answer.
MOST_VALUES = 3
# "À 60 et à 70 ans", "3 ou 6 jours".
NUMBERS = re.compile(r"\b(\d+)(?: [a-z]+)?(?: ,)? (?:et|ou) (?:(?:a|de|pour|avec) )?(\d+) [a-z]+")
WANTED_FORMULE = "formule_visee"


def each_value(conversation: Conversation, understood: Understood, main: Answer, today: date) -> list[Answer]:
    """Return an answer for each of the values that a message gives one fact, in order; none where they answer alike.

    Args:
        conversation: after the main answer; it is left as it is.
        understood: the message.
        main: the answer to the whole message.
        today: the day of the message.
    """
    if main.kind != "answer" or not main.decision or conversation.family:
        return []
    for name, values in _given_values(conversation, understood):
        answers = [_with_value(conversation, name, value, today) for value in values]
        told = {_told(answer.decision) for answer in answers if answer.decision}
        if all(answer.kind == "answer" and answer.decision for answer in answers) and len(told) > 1:
            return answers
    return []


def _given_values(conversation: Conversation, understood: Understood) -> Iterator[tuple[str, list[Any]]]:
    """Yield the facts of the rule under way that the message gives several values, side by side."""
    facts, wanted = vocabulary(), rule_named(conversation.rule).facts
    listed = dict(understood.listed)
    if WANTED_FORMULE in wanted:  # "passer de Référence en Intégrale"
        listed.pop("formule", None)
    for name in wanted:
        if 1 < len(listed.get(name, ())) <= MOST_VALUES:
            yield name, [facts[name].parse(value) for value in listed[name]]
    numbers = NUMBERS.search(understood.repaired)
    if numbers:
        values = [int(number) for number in numbers.groups()]
        for name in wanted:
            if facts[name].type == "integer" and conversation.facts.get(name) in values:
                yield name, values


def _with_value(conversation: Conversation, name: str, value: Any, today: date) -> Answer:
    """Return what the rule under way decides with another value of a fact."""
    other = deepcopy(conversation)
    other.learn({name: value})
    answer, fact = decide_again(other, today), vocabulary()[name]
    label = f"{value} {fact.unit}".strip() if fact.type == "integer" else fact.choice_label(value)
    return replace(answer, data={**answer.data, "value": label})


def _told(decision: Mapping[str, Any]) -> str:
    return repr([decision[name] for name in ("outcome", "amounts", "dates", "conditions", "details")])


def with_second(conversation: Conversation, understood: Understood, main: Answer, today: date) -> list[Answer]:
    """Return the main answer and the one to what it leaves open, one at most, in the order of the questions.

    No second one is given where a fact would be missing for it.

    Args:
        conversation: after the main answer; it is left as it is.
        understood: the message.
        main: the answer to the whole message.
        today: the day of the message.
    """
    if main.kind != "answer" or len(understood.parts) < 2:
        return [main]
    for order, (words, topics) in enumerate(understood.parts):
        part = replace(understood, text=words, topics=topics, repaired=words, parts=(), families=(), group="")
        entry = _entry_of(part, conversation, understood, today)
        if entry is None:
            continue
        if entry.rule:
            found = answer_rule(deepcopy(conversation), part, entry.rule, today, understood)
        else:
            found = answer_entry(entry, conversation.contract, today)
        if found.kind == "answer" and found.topic != main.topic:
            return [main, found] if order else [found, main]
    return [main]


def _entry_of(part: Understood, conversation: Conversation, whole: Understood, today: date) -> Entry | None:
    """Return the entry that a part of a message asks for: of the subject of the whole, or surely of its own."""
    if part.paid_share >= PAID:
        return None
    asked = ranking(part, conversation.contract, today, whole)
    of_subject = {name for name, share in whole.topics if share >= OF_THE_SUBJECT}
    best = next((each for each in asked.entries if each.entry.id in of_subject), None)
    if best is not None and best.share >= PLAIN and best.coverage >= COVERED:
        return best.entry
    alone = ranking(part, conversation.contract, today)
    own = alone.best is not None and alone.best.share >= OF_ITS_OWN
    return best_entry(alone, part) if own else None
