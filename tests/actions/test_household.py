"""Whose the birth years and ages of a household are: a parent's is never a child's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from actions.facts import facts_for
from actions.understood import Understood
from bot.nlu.reader import entities
from bot.understanding.reader import read

TODAY = date(2026, 11, 21)
BORN = ("annee_naissance", "annee_naissance_conjoint", "nb_enfants", "nb_enfants_moins_18", "nb_enfants_18_24")
AGES = ("age", "age_conjoint", "nb_enfants", *(f"enfant_charge_age_{order}" for order in range(1, 5)))


def told(rule: str, text: str) -> dict[str, Any]:
    """Return the facts that a message gives a rule, without any model."""
    message = {"text": text, "intent": {"name": "inform"}, "entities": entities(text, read(text, TODAY))}
    return facts_for(rule, Understood.from_rasa(message))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("moi née en 1984, mon mari né en 1982, et deux enfants nés en 2012 et 2016", (1984, 1982, 2, 2, None)),
        ("Je suis né en 1975, ma femme en 1978, nos enfants en 2005, 2010 et 2014", (1975, 1978, 3, 2, 1)),
        ("ma compagne est de 1990, moi de 1988, une fille née en 2019 et un fils né en 2021", (1988, 1990, 2, 2, None)),
        ("2 enfants nés en 2012 et 2016, je suis née en 1984", (1984, None, 2, 2, None)),
        ("adhérente depuis 2010, deux enfants nés en 2012 et 2016", (None, None, 2, 2, None)),
        ("mes enfants sont nés en 2005, 2012 et 2015", (None, None, 3, 2, 1)),
        ("j'ai deux enfants que j'ai eus en 2012 et 2016", (None, None, 2, 2, None)),
        ("j'ai des jumelles nées en 2012 et un garçon né en 2016", (None, None, 2, 2, None)),
        ("je suis de 1984 et ma femme de 1983", (1984, 1983, None, None, None)),
    ],
)
def test_birth_years_of_a_household(text: str, expected: tuple[int | None, ...]) -> None:
    facts = told("cotisation_foyer", text)
    assert tuple(facts.get(name) for name in BORN) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ma femme a 38 ans, j'en ai 41 et on a 3 enfants de 4, 7 et 10 ans", (41, 38, 3, 4, 7, 10, None)),
        ("j'ai 45 ans et 2 enfants de 12 et 19 ans", (45, None, 2, 12, 19, None, None)),
        ("mon mari 50 ans, moi 47 ans, nos enfants 15 ans et 20 ans", (47, 50, 2, 15, 20, None, None)),
        ("trois enfants de 3, 8 et 12 ans", (None, None, 3, 3, 8, 12, None)),
        ("à la mgen depuis 20 ans, j'ai deux enfants de 8 et 16 ans", (None, None, 2, 8, 16, None, None)),
    ],
)
def test_ages_of_a_household(text: str, expected: tuple[int | None, ...]) -> None:
    facts = told("cotisation_foyer", text)
    assert tuple(facts.get(name) for name in AGES) == expected


def test_an_only_child_beside_its_parents() -> None:
    facts = told("cotisation_foyer", "moi 1984, mon mari 1982, un fils né en 2012")
    assert (facts["annee_naissance"], facts["annee_naissance_conjoint"]) == (1984, 1982)
    assert (facts["enfant_annee_naissance"], facts.get("nb_enfants_moins_18")) == (2012, None)
