"""What one message asks twice: of another entry ("combien sont-ils, élus pour quelle durée ?"), or of two values."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
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
    asked = [_entry_of(part, conversation, understood, main, today) for part in _parts(understood)]
    # Where no part alone leads to the main answer, it is the first one's.
    first = next((order for order, entry in enumerate(asked) if entry and entry.answer_id == main.topic), 0)
    for order, (part, entry) in enumerate(zip(_parts(understood), asked, strict=True)):
        if entry is None or entry.answer_id == main.topic:
            continue
        if entry.rule:
            found = answer_rule(deepcopy(conversation), part, entry.rule, today, understood)
        else:
            found = answer_entry(entry, conversation.contract, today)
        if found.kind == "answer" and found.topic != main.topic:
            return [found, main] if order < first else [main, found]
    return [main]


def _parts(understood: Understood) -> list[Understood]:
    """Return each question of a message as a message of its own."""
    return [
        replace(understood, text=words, topics=topics, repaired=words, parts=(), families=(), group="")
        for words, topics in understood.parts
    ]


def _entry_of(
    part: Understood, conversation: Conversation, whole: Understood, main: Answer, today: date
) -> Entry | None:
    """Return the entry that a part of a message asks for, rather another one than the main answer's."""
    if part.paid_share >= PAID:
        return None
    likely = {name for name, share in whole.topics if share >= OF_THE_SUBJECT}
    found = [_of_subject(part, conversation, whole, likely, today), _of_its_own(part, conversation, likely, today)]
    entries = [entry for entry in found if entry]
    return next((entry for entry in entries if entry.answer_id != main.topic), entries[0] if entries else None)


def _of_subject(
    part: Understood, conversation: Conversation, whole: Understood, likely: Collection[str], today: date
) -> Entry | None:
    """Return the entry that a part leans on the whole message to ask for ("et élus pour quelle durée ?")."""
    asked = ranking(part, conversation.contract, today, whole)
    best = next((each for each in asked.entries if each.entry.id in likely), None)
    return best.entry if best is not None and best.share >= PLAIN and best.coverage >= COVERED else None


def _of_its_own(part: Understood, conversation: Conversation, likely: Collection[str], today: date) -> Entry | None:
    """Return the entry that a part surely asks for by itself: one that the whole may be about, or beside a benefit."""
    asked = ranking(part, conversation.contract, today)
    entry = best_entry(asked, part) if asked.best is not None and asked.best.share >= OF_ITS_OWN else None
    return entry if entry is not None and (entry.id in likely or conversation.family) else None
