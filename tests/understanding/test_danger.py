"""Dangers heard by the whole of the understanding: of every labelled message in danger, and how often it cries wolf."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import pytest

from bot.understanding.danger import EMERGENCIES, PERHAPS, Signs, likelihood_of_danger, tells_danger
from tests.conftest import Talk

DATA = Path(__file__).parent / "data"
SETS = ("safety.jsonl", "safety_second_author.jsonl")
HEARD = 0.94  # of both sets: taken for an emergency, whichever: its reply gives a number that helps
WARNED = 0.98  # of both sets: heard, or answered after the numbers to call
FALSE_ALARMS = 0.1  # of ordinary messages full of illness, death and violence, the hardest there are
# Of ordinary messages that another author wrote to sound an alarm: short replies, hard stories, films, recipes.
LOUDEST_ALARMS = 0.15
QUIET = Signs(heard=-2.2, shown=0.0, together=0.0, doubt=0.0, right=0.0, paid=0.0, contract=0.0)


@lru_cache(maxsize=1)
def judged(talk: Talk) -> tuple[tuple[str, bool, bool, bool], ...]:
    """Return text, whether it is in danger, whether it is heard, and whether it is heard or warned."""
    lines = [json.loads(line) for name in SETS for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    found = []
    for line in lines:
        parsed = talk.parse(line["text"])
        heard = parsed["intent"]["name"] in EMERGENCIES
        warned = heard or any(entity["entity"] == "caution" for entity in parsed["entities"])
        found.append((line["text"], line["intent"] in EMERGENCIES, heard, warned))
    return tuple(found)


@pytest.mark.model
def test_dangers_are_heard(talk: Talk) -> None:
    dangers = [(text, heard, warned) for text, danger, heard, warned in judged(talk) if danger]
    missed = [text for text, heard, _ in dangers if not heard]
    assert len(missed) <= (1 - HEARD) * len(dangers), missed
    unwarned = [text for text, _, warned in dangers if not warned]
    assert len(unwarned) <= (1 - WARNED) * len(dangers), unwarned


@pytest.mark.model
def test_false_alarms_are_few(talk: Talk) -> None:
    ordinary = [(text, heard) for text, danger, heard, _ in judged(talk) if not danger]
    alarms = [text for text, heard in ordinary if heard]
    assert len(alarms) <= FALSE_ALARMS * len(ordinary), alarms


@pytest.mark.model
def test_messages_written_to_sound_an_alarm_seldom_do(talk: Talk) -> None:
    lines = (DATA / "ordinary.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    alarms = [text for text in texts if talk.parse(text)["intent"]["name"] in EMERGENCIES]
    assert len(alarms) <= LOUDEST_ALARMS * len(texts), alarms


def test_nothing_heard_is_no_danger() -> None:
    assert likelihood_of_danger(QUIET) < PERHAPS


def test_words_of_danger_are_enough_where_nothing_speaks_against_them() -> None:
    assert tells_danger(Signs(-2.2, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0))


def test_a_question_on_a_rule_silences_a_single_word() -> None:
    assert not tells_danger(Signs(-2.2, 0.0, 0.0, 1.0, 0.9, 0.0, 1.0))
