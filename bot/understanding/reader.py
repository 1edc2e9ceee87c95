"""Reading a message: spelling, facts, numbers, dates, benefit and what is asked of it. No model, no state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from text_to_num import alpha2digit

from bot.understanding.benefits import Linked, link
from bot.understanding.dates import find_dates
from bot.understanding.lexicon_facts import lexicon, person_words, stated_facts
from bot.understanding.numbers import Numbers, read_numbers
from bot.understanding.phrases import PhraseBook
from bot.understanding.spelling import Speller, words_of
from bot.understanding.text import CLAUSE_ENDS, Token, fold, key, split, strip_markup
from rules_engine.catalogue import catalogue
from rules_engine.facts import vocabulary


@dataclass(frozen=True)
class Reading:
    """What a message says, before any model.

    Attributes:
        text: repaired, folded text, fit for a classifier.
        facts: facts by id, typed as the vocabulary wants them.
        formules: every formule named, in order.
        counts: unit word → number.
        dates: full dates.
        linked: the benefit named.
        cues: what is asked (frequency, rate, open_question, polar, compare).
        words: how many words; numbers: bare numbers.
    """

    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    formules: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    dates: tuple[date, ...] = ()
    linked: Linked = field(default_factory=Linked)
    cues: frozenset[str] = frozenset()
    words: int = 0
    numbers: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def cue_phrases() -> PhraseBook[str]:
    """Return the words that tell what is asked of a benefit."""
    return PhraseBook((phrase, cue) for cue, phrases in lexicon("cues").items() for phrase in phrases)


@lru_cache(maxsize=1)
def speller() -> Speller:
    """Return the speller of the project's own vocabulary."""
    phrases: list[str] = []
    for family in catalogue().families.values():
        phrases += [*family.words, family.label]
    for group in catalogue().groups.values():
        phrases += group.words
    for fact in vocabulary().values():
        phrases += [*fact.words, *fact.true_words, *fact.false_words, fact.label]
        phrases += [word for choice in fact.choices for word in choice.words]
    for words in lexicon("cues").values():
        phrases += words
    phrases += ["mutuelle remboursement rembourser remboursée prise en charge mgen sécurité sociale"]
    return Speller(words_of(phrases))


def tokenise(text: str) -> list[Token]:
    """Return the repaired tokens of a message."""
    tokens: list[Token] = []
    for word in split(fold(_figures(strip_markup(text)))):
        tokens += [Token(part, key(part), word) for part in speller().repair(word)]
    return tokens


def _figures(text: str) -> str:
    """Return the text with numbers in words written as figures."""
    try:
        return alpha2digit(text, "fr")
    except (ValueError, IndexError, KeyError):
        return text


@lru_cache(maxsize=4096)
def read(text: str, today: date) -> Reading:
    """Return what a message says."""
    tokens = tokenise(text)
    folded = " ".join(token.text for token in tokens)
    facts, formules = stated_facts(tokens)
    numbers = read_numbers(tokens)
    facts.update(_person_facts(tokens))
    facts.update(numbers.facts)
    _add_price(facts, numbers)
    cues = frozenset(match.meaning for match in cue_phrases().find(tokens))
    return Reading(
        text=folded,
        facts=_valid(facts),
        formules=tuple(dict.fromkeys(formules)),
        counts=numbers.counts,
        dates=tuple(find_dates(fold(_figures(strip_markup(text))), today)),
        linked=link(tokens, facts, _asking(tokens)),
        cues=cues,
        words=sum(token.text.isalpha() for token in tokens),
        numbers=tuple(token.text for token in tokens if token.number),
    )


def _add_price(facts: dict[str, Any], numbers: Numbers) -> None:
    base = facts.get("base_remboursement")
    if numbers.extra_fee is not None and base is not None and "prix" not in facts:
        facts["prix"] = base + numbers.extra_fee


def _person_facts(tokens: list[Token]) -> dict[str, bool]:
    words = " ".join(token.text for token in tokens)
    facts: dict[str, bool] = {}

    def named(kind: str) -> bool:
        return any(f" {word} " in f" {words} " for word in person_words()[kind])

    if named("infant"):
        return {"moins_de_6_ans": True, "moins_de_16_ans": True, "moins_de_20_ans": True}
    if named("child_under_16"):
        return {"moins_de_16_ans": True, "moins_de_20_ans": True}
    if named("adult"):
        facts = {"moins_de_6_ans": False, "moins_de_16_ans": False, "moins_de_20_ans": False}
    return facts


def _valid(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that are within bounds; a formule that one offer alone has settles the contract elsewhere."""
    valid: dict[str, Any] = {}
    for fact_id, value in facts.items():
        fact = vocabulary()[fact_id]
        if isinstance(value, bool) or fact.type == "enum":
            valid[fact_id] = value
        elif (fact.minimum is None or value >= fact.minimum) and (fact.maximum is None or value <= fact.maximum):
            valid[fact_id] = value
    return valid


def _asking(tokens: list[Token]) -> list[bool]:
    """Return, for each token, whether its sentence asks something."""
    asking = [False] * len(tokens)
    start = 0
    for i, token in enumerate([*tokens, Token(".", ".", ".")]):
        if token.text in CLAUSE_ENDS:
            sentence = tokens[start:i]
            found = token.text == "?" or any(
                match.meaning in ("open_question", "rate", "frequency") for match in cue_phrases().find(sentence)
            )
            asking[start:i] = [found] * (i - start)
            start = i + 1
    return asking
