"""Short messages that say nothing of their own: they ask for what was said again, or change one value of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from actions.answers import Answer
from actions.facts import lone_number
from actions.questions import question_again
from actions.rights import decide_again
from actions.state import MAX_TRIES, Conversation, Pending, Span
from actions.understood import Understood
from actions.words import words
from rules_engine.facts import vocabulary
from rules_engine.registry import rule_named

# From so many words on, a message says something of its own.
LONGEST, LONGEST_CHANGE = 6, 9
# What is said instead of the day asked for: it is not known.
NO_DAY = frozenset({"dont_know", "nlu_fallback", "inform", "deny"})
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """Return what tells these messages, by kind (`words.yml`, section follow_ups)."""
    said = words()["follow_ups"]
    fillers = rf"(?:(?:{'|'.join(said['fillers'])})[ ,.!]*)*"
    one_of = {kind: "|".join(said[kind]) for kind in ("again", "asks_again", "corrects", "supposes")}
    return {
        "again": re.compile(rf"{fillers}(?:{one_of['again']}) ?[?.! ]*"),
        "asks_again": re.compile(rf"\?|\b(?:{one_of['asks_again']})\b"),
        "corrects": re.compile(rf"(?:{one_of['corrects']})\b"),
        "supposes": re.compile(rf"{fillers}(?:{one_of['supposes']})\b"),
        "day": re.compile(rf"\b{said['day']}"),
    }


def asks_again(repaired: str) -> bool:
    """Whether a message only asks for the last answer again ("donc non ?", "vous êtes sûr ?")."""
    return bool(_patterns()["again"].fullmatch(repaired) and _patterns()["asks_again"].search(repaired))


def gone_on(conversation: Conversation, understood: Understood, today: date) -> list[Answer] | None:
    """Return the answers to a message that says nothing of its own; None for any other."""
    return (
        said_again(conversation, understood)
        or day_told(conversation, understood, today)
        or value_changed(conversation, understood, today)
    )


def said_again(conversation: Conversation, understood: Understood) -> list[Answer] | None:
    """Return the last answer, or the open question, to who asks for it again; None for any other message."""
    if understood.words > LONGEST or not asks_again(understood.repaired):
        return None
    pending = conversation.pending
    if pending is None:
        last = conversation.last
        return [repeated(last)] if last else None
    if not understood.asks or (
        understood.intent in ("affirm", "deny") and vocabulary()[pending.fact].type == "boolean"
    ):
        return None
    if pending.tries >= MAX_TRIES:
        return None
    pending.tries += 1
    return [question_again(pending)]


def day_told(conversation: Conversation, understood: Understood, today: date) -> list[Answer] | None:
    """Return the decision with the day asked for of a date known roughly, or without it where nobody knows it."""
    pending = conversation.pending
    if pending is None or pending.fact not in conversation.spans or understood.dates or understood.strong:
        return None
    day = _patterns()["day"].search(understood.repaired)
    moved = _moved(conversation.facts[pending.fact], _number(day)) if day and understood.words <= LONGEST else None
    if moved:
        conversation.learn({pending.fact: moved})
    elif understood.intent not in NO_DAY or understood.asks:
        return None
    return [decide_again(conversation, today)]


def repeated(last: Mapping[str, Any]) -> Answer:
    """Return an answer kept."""
    return Answer(**{name: value for name, value in last.items() if name in Answer.__dataclass_fields__})


def value_changed(conversation: Conversation, understood: Understood, today: date) -> list[Answer] | None:
    """Return the decision with the date or number said put for the one known; None where no one value is meant."""
    if not conversation.rule or conversation.family or understood.strong or understood.words > LONGEST_CHANGE:
        return None
    corrects = bool(_patterns()["corrects"].match(understood.repaired))
    if conversation.pending and not corrects:
        return None
    if not corrects and not _patterns()["supposes"].match(understood.repaired):
        return None
    change = _date_changed(conversation, understood) or _number_changed(conversation, understood)
    if not change:
        return None
    conversation.learn({**understood.shared, **change})
    return [decide_again(conversation, today)]


def _date_changed(conversation: Conversation, understood: Understood) -> dict[str, Any]:
    """Return the date told last with the day said in its place, unless the words say which date they mean."""
    known = _told(conversation, "date")
    if not known:
        return {}
    name = known[-1]
    told: date = conversation.facts[name]
    if not understood.dates:
        day = _patterns()["day"].search(understood.repaired)
        changed = _moved(told, _number(day)) if day else None
        return {name: changed} if changed else {}
    if len(understood.dates) > 1:
        return {}
    day_said, near, last = understood.dates[0]
    if near.keys() & set(rule_named(conversation.rule).facts):
        return {}
    if last is None and not YEAR.search(understood.text):
        day_said = _in_year(day_said, told.year)
    return {name: Span(day_said, last) if last else day_said}


def _number_changed(conversation: Conversation, understood: Understood) -> dict[str, Any]:
    """Return the number told last with the one said in its place, where its unit fits."""
    if understood.dates:
        return {}
    wanted = set(rule_named(conversation.rule).facts)
    if any(wanted & mention["facts"].keys() for mention in understood.mentions) or wanted & understood.facts.keys():
        return {}
    for name in reversed(_told(conversation, "integer", "money")):
        with_unit = [mention for mention in understood.mentions if mention["unit"]]
        number = lone_number(vocabulary()[name], understood) if with_unit else {}
        if number and Decimal(str(number[name])) != Decimal(str(conversation.facts[name])):
            return number
    return {}


def _told(conversation: Conversation, *types: str) -> list[str]:
    """Return the facts of some types that the rule under way was told, the last one told last."""
    facts, wanted = vocabulary(), set(rule_named(conversation.rule).facts)
    return [name for name in conversation.facts if name in wanted and facts[name].type in types]


def _number(day: re.Match[str]) -> int:
    return int(day[1]) if day[1].isdigit() else 1


def _moved(told: date, day: int) -> date | None:
    try:
        return told.replace(day=day)
    except ValueError:
        return None


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day


def why_asked(pending: Pending) -> list[Answer]:
    """Return why the open question is asked, and the question."""
    return [Answer("question", "asked_because"), question_again(pending)]


def unanswered(conversation: Conversation, answers: list[Answer]) -> list[Answer]:
    """Return the answers to a message that went on from an answer: who is not told of it is told so, and of a human."""
    if answers[-1].template != "not_understood" or not conversation.last:
        return answers
    conversation.misses = 0
    return [Answer("handover", "unknown_answer")]
