"""Whose a birth year or an age is in a message that tells of a household: the person named last before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from actions.words import words
from rules_engine.facts import vocabulary

WORD = re.compile(r"\d+|[a-z]+")
MEMBER, SPOUSE, CHILD = "member", "spouse", "child"
CUES = {
    SPOUSE: ("annee_naissance_conjoint", "age_conjoint"),
    CHILD: ("age_enfant", "nb_enfants", "enfant_charge_age_1"),
}
# "J'ai des jumelles de 2012": no member who speaks of children is younger.
YOUNGEST_PARENT = 15


@dataclass
class Household:
    """Numbers (birth years or ages) by person.

    Attributes:
        adults: the first number said of the member, and of the spouse.
        children: the numbers said of children, in order.
        named: whether any person was named.
    """

    adults: dict[str, int] = field(default_factory=dict)
    children: list[int] = field(default_factory=list)
    named: bool = False

    def give(self, person: str, number: int) -> None:
        """Give a number to a person; an adult keeps the first."""
        if person == CHILD:
            self.children.append(number)
        elif person:
            self.adults.setdefault(person, number)


def household(text: str, ages: Mapping[int, int]) -> Household:
    """Return whose each number is.

    Args:
        text: the folded message, numbers in figures.
        ages: the age that each birth year (or age) said amounts to.
    """
    found, person = Household(), ""
    told = WORD.findall(text)
    for i, word in enumerate(told):
        if not word.isdigit():
            person = _named(word, told[i + 1 : i + 4]) or person
            found.named = found.named or bool(person)
        elif _tells_age(told, i, ages):
            child = person and ages.get(int(word), YOUNGEST_PARENT) < YOUNGEST_PARENT
            found.give(CHILD if child else person, int(word))
    return found


def _tells_age(told: list[str], i: int, ages: Mapping[int, int]) -> bool:
    """Whether a number is the birth year or the age of somebody."""
    before = told[max(0, i - 2) : i]
    known = int(told[i]) in ages or before == _said("own_age")
    return known and not _counts_children(told, i) and not {*_said("since")} & {*before}


def _counts_children(told: list[str], i: int) -> bool:
    """Whether a number says how many children there are ("3 enfants")."""
    return i + 1 < len(told) and told[i + 1] in _cues()[CHILD]


def _named(word: str, following: Iterable[str]) -> str:
    """Return the person that a word names, empty when it names none."""
    if word in _said("member"):
        return "" if {*_said("had")} & {*following} else MEMBER
    return next((person for person, cues in _cues().items() if word in cues), "")


def _said(kind: str) -> list[str]:
    """Return the words of a kind, in their order (`words.yml`)."""
    return words()["household"][kind].split()


@lru_cache(maxsize=1)
def _cues() -> dict[str, frozenset[str]]:
    facts = vocabulary()
    return {
        person: frozenset(cue for name in names for cue in facts[name].cues if cue.isalpha())
        for person, names in CUES.items()
    }
