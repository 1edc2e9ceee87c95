"""Dangers heard by the whole of the understanding: of every labelled message in danger, and how often it cries wolf."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import pytest

from bot.understanding.danger import EMERGENCIES, SURE, Signs, likelihood_of_danger
from tests.conftest import Talk

DATA = Path(__file__).parent / "data"
SETS = ("safety.jsonl", "safety_second_author.jsonl")
RECALL = 0.98  # of both sets: whichever the emergency heard, its reply gives a number that helps
FALSE_ALARMS = 0.14  # of ordinary messages full of illness, death and violence, the hardest there are
QUIET = Signs(heard=-2.2, shown=0.0, together=0.0, doubt=0.0, right=0.0, paid=0.0, contract=0.0)


@lru_cache(maxsize=1)
def heard(talk: Talk) -> tuple[tuple[str, str, str], ...]:
    """Return text, wanted and heard intent of each labelled message."""
    lines = [json.loads(line) for name in SETS for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    return tuple((line["text"], line["intent"], talk.parse(line["text"])["intent"]["name"]) for line in lines)


@pytest.mark.model
def test_dangers_are_heard(talk: Talk) -> None:
    dangers = [(text, got in EMERGENCIES) for text, wanted, got in heard(talk) if wanted in EMERGENCIES]
    missed = [text for text, found in dangers if not found]
    assert len(missed) <= (1 - RECALL) * len(dangers), missed


@pytest.mark.model
def test_false_alarms_are_few(talk: Talk) -> None:
    ordinary = [(text, got in EMERGENCIES) for text, wanted, got in heard(talk) if wanted not in EMERGENCIES]
    alarms = [text for text, found in ordinary if found]
    assert len(alarms) <= FALSE_ALARMS * len(ordinary), alarms


def test_nothing_heard_is_no_danger() -> None:
    assert likelihood_of_danger(QUIET) < SURE


def test_words_of_danger_are_enough_where_nothing_speaks_against_them() -> None:
    assert likelihood_of_danger(Signs(-2.2, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0)) >= SURE


def test_a_question_on_a_rule_silences_a_single_word() -> None:
    assert likelihood_of_danger(Signs(-2.2, 0.0, 0.0, 1.0, 0.9, 0.0, 1.0)) < SURE
