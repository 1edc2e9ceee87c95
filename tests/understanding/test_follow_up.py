"""Whether a message opens as one that goes on with the question before."""

from __future__ import annotations

from datetime import date

import pytest

from actions.understood import Understood
from bot.nlu.reader import entities
from bot.understanding.follow_up import follow_up, refers_back
from bot.understanding.reader import read

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("et pour ma fille ?", "varies"),
        ("D'accord, et si je pars en mai ?", "varies"),
        ("ok merci et en Intégrale", "varies"),
        ("du coup et avec l'option 2 ?", "varies"),
        ("et qui décide ?", "goes_on"),
        ("Ah bon, mais combien de temps ?", "goes_on"),
        ("du coup je paie combien ?", "goes_on"),
        ("par contre le médiateur ?", "goes_on"),
        ("êtes-vous ouverts ?", ""),
        ("merci beaucoup", ""),
        ("ma fille et mon fils", ""),
        ("", ""),
    ],
)
def test_openings(text: str, expected: str) -> None:
    assert follow_up(read(text, TODAY).text) == expected


def test_the_actions_hear_it_from_the_reader() -> None:
    text = "et pour ma fille ?"
    understood = Understood.from_rasa({"text": text, "entities": entities(text, read(text, TODAY))})
    assert understood.goes_on
    assert understood.varies
    assert not Understood.from_rasa({"text": "bonjour", "entities": []}).goes_on


@pytest.mark.parametrize(
    ("text", "refers"),
    [("il doit etre diplome ?", True), ("et ca marche en clinique", False), ("bon, elle y a droit ?", True),
     ("comment trouver un opticien du reseau kalixia ?", False), ("illimite ?", False)],
)  # fmt: skip
def test_what_stands_for_a_thing_named_before_refers_back(text: str, refers: bool) -> None:
    assert refers_back(text) is refers
