"""What one message asks twice: of another entry ("combien sont-ils, élus pour quelle durée ?"), or of two values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

from actions.answers import Answer
from actions.information import answer_entry, ranking
from actions.rights import answer_rule, decide_again
from actions.state import Conversation
from actions.understood import Understood
from rules_engine.facts import vocabulary
from rules_engine.registry import rule_named

# Likelihood, for the whole message, below which an entry is not of its subject ("ils sont élus": who are they?).
OF_THE_SUBJECT = 0.02
# Likelihood, and share of the words, at which an entry of the subject surely answers the second question.
PLAIN, COVERED = 0.3, 0.3

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


def second_answer(conversation: Conversation, understood: Understood, main: Answer, today: date) -> list[Answer]:
    """Return the answer to what the main answer leaves open, one at most; none where a fact would be missing.

    Args:
        conversation: after the main answer; it is left as it is.
        understood: the message.
        main: the answer to the whole message.
        today: the day of the message.
    """
    if main.kind != "answer" or len(understood.parts) < 2:
        return []
    of_subject = {name for name, share in understood.topics if share >= OF_THE_SUBJECT}
    for words, topics in understood.parts:
        part = replace(understood, topics=topics, repaired=words, parts=())
        asked = ranking(part, conversation.contract, today, understood)
        best = next((each for each in asked.entries if each.entry.id in of_subject), None)
        if best is None or best.share < PLAIN or best.coverage < COVERED:
            continue
        entry = best.entry
        if entry.rule:
            found = answer_rule(deepcopy(conversation), part, entry.rule, today, understood)
        else:
            found = answer_entry(entry, conversation.contract, today)
        if found.kind == "answer" and found.topic != main.topic:
            return [found]
    return []
