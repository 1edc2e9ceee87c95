"""Whose a birth year or an age is in a message that tells of a household: the person named last before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from rules_engine.facts import vocabulary

WORD = re.compile(r"\d+|[a-z]+")
MEMBER, SPOUSE, CHILD = "member", "spouse", "child"
MEMBER_WORDS = frozenset({"je", "j", "moi"})
CUES = {
    SPOUSE: ("annee_naissance_conjoint", "age_conjoint"),
    CHILD: ("age_enfant", "nb_enfants", "enfant_charge_age_1"),
}
# "Adhérent depuis 2010" is no birth; "les enfants que j'ai eus en 2012" is no birth of the member.
SINCE = frozenset({"depuis", "des"})
HAD = frozenset({"eu", "eus", "eue", "eues"})
# "J'ai des jumelles de 2012": no member who speaks of children is younger.
YOUNGEST_PARENT = 15
# "J'en ai 41", after "elle a 38 ans".
OWN_AGE = ("en", "ai")


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
    words = WORD.findall(text)
    for i, word in enumerate(words):
        before = tuple(words[max(0, i - 2) : i])
        if not word.isdigit():
            person = _named(word, words[i + 1 : i + 4]) or person
            found.named = found.named or bool(person)
        elif not _counts_children(words, i) and (int(word) in ages or before == OWN_AGE) and not SINCE & {*before}:
            child = person and ages.get(int(word), YOUNGEST_PARENT) < YOUNGEST_PARENT
            found.give(CHILD if child else person, int(word))
    return found


def _counts_children(words: list[str], i: int) -> bool:
    """Whether a number says how many children there are ("3 enfants")."""
    return i + 1 < len(words) and words[i + 1] in _words()[CHILD]


def _named(word: str, following: Iterable[str]) -> str:
    """Return the person that a word names, empty when it names none."""
    if word in MEMBER_WORDS:
        return "" if HAD & set(following) else MEMBER
    return next((person for person, words in _words().items() if word in words), "")


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    facts = vocabulary()
    return {
        person: frozenset(cue for name in names for cue in facts[name].cues if cue.isalpha())
        for person, names in CUES.items()
    }
