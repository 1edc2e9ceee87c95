"""Reading a message: spelling, facts, numbers, dates, benefit and what is asked of it. No model, no state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from text_to_num import alpha2digit

from bot.understanding.benefits import Linked, link
from bot.understanding.clock import without_clock_times
from bot.understanding.cues import near_facts
from bot.understanding.dates import MONTHS, PRESENT, Dated, find_dates
from bot.understanding.hearing import heard
from bot.understanding.lexicon_facts import listed_values, person_words, stated_facts
from bot.understanding.lexicons import lexicon, word_set
from bot.understanding.numbers import Mention, Numbers, mentions, read_numbers
from bot.understanding.phrases import PhraseBook
from bot.understanding.secu import paid_by_secu
from bot.understanding.spelling import Speller, words_of
from bot.understanding.text import CLAUSE_ENDS, STOP_WORDS, Token, fold, key, split, strip_markup
from rules_engine.catalogue import catalogue
from rules_engine.facts import vocabulary

SECU_BEFORE = word_set("spelling", "ss_is_secu_after")
HAVING = word_set("grammar", "having")
INFINITIVE = re.compile(rf"(\b(?:{'|'.join(sorted(HAVING))}) [a-z]{{3,}})er\b")
SANS_AFTER = word_set("spelling", "ss_is_sans_before")
# Letters of the shortest word that a space may have cut in two.
MINIMUM_JOINED = 7
# "Une quinzaine de jours": about fifteen, taken as fifteen.
ABOUT_NUMBERS: Mapping[str, int] = lexicon("numbers")["about"]
# "30 sept", "en sept 2025" is the month, "en sept jours" the number.
SEPTEMBER = re.compile(
    r"(?:(?<=\d )|(?<=\der )|(?<=\ben )|(?<=\bde )|(?<=\bfin )|(?<=\bmi )|(?<=debut )|(?<=début )|(?<=depuis ))"
    r"sept\b\.?"
    r"(?! ?(?:jour|mois|an|semaine|heure|nuit|s[ée]ance|euro|enfant|fois|€|cent|mille))",
    re.IGNORECASE,
)
# What is repaired of a text kept as written; a letter or two depend on their neighbours.
WORD = re.compile(r"[a-z]{3,}")
ONE_NIGHT = re.compile(lexicon("numbers")["one_night"], re.IGNORECASE)
ABOUT = re.compile(rf"\b(?:une|1|un) ({'|'.join(ABOUT_NUMBERS)}) (?:de |d['’])", re.IGNORECASE)
CLASSES = re.compile(lexicon("numbers")["classes"])
# Cues that count only in the sentence that asks: a story is full of "changer" and "à partir de quand".
REQUEST = "date_demande"
# What the facts that are a year of birth have in their name.
BIRTH = "naissance"
IN_THE_QUESTION = frozenset({"frequency"})


@dataclass(frozen=True)
class Reading:
    """What a message says, before any model.

    Attributes:
        text: repaired, folded text, fit for a classifier.
        facts: facts by id, typed as the vocabulary wants them.
        formules: every formule named, in order.
        counts: unit word → number.
        dates: dates, each with the date facts whose cues stand near and how far, and the last day that it may be where
            only its month or year is said.
        linked: the benefit named.
        cues: what is asked (frequency, rate, open_question, polar, compare, documents).
        several: facts given more than one value ("un bridge de 3 éléments plus un pilier").
        listed: facts given more than one value side by side ("par carte Vitale et sur papier").
        words: how many words; numbers: bare numbers; mentions: the same with unit and near facts.
    """

    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    formules: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    dates: tuple[tuple[date, Mapping[str, int], date | None], ...] = ()
    linked: Linked = field(default_factory=Linked)
    cues: frozenset[str] = frozenset()
    words: int = 0
    several: Mapping[str, list[Any]] = field(default_factory=dict)
    listed: Mapping[str, list[Any]] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


@lru_cache(maxsize=1)
def cue_phrases() -> PhraseBook[str]:
    """Return the words that tell what is asked of a benefit."""
    return PhraseBook((phrase, cue) for cue, phrases in lexicon("cues").items() for phrase in phrases)


@lru_cache(maxsize=1)
def speller() -> Speller:
    """Return the speller of the project's own vocabulary."""
    groups: list[list[str]] = [[lexicon("spelling")["domain"]]]
    groups.append(list(MONTHS))
    groups += [[*family.words, *family.hints, family.label] for family in catalogue().families.values()]
    groups += [
        [*family.contextual.get("words", ()), *family.contextual.get("context", ())]
        for family in catalogue().families.values()
    ]
    groups += [list(group.words) for group in catalogue().groups.values()]
    for fact in vocabulary().values():
        words = [word for choice in fact.choices for word in (*choice.words, *choice.hints)]
        groups.append([*fact.words, *fact.true_words, *fact.false_words, fact.label, *words])
    groups += [list(phrases) for phrases in lexicon("cues").values()]
    groups.append(list(lexicon("worlds")["insurers"]))
    return Speller(words_of(group) for group in groups)


def tokenise(text: str) -> list[Token]:
    """Return the repaired tokens of a message."""
    return _tokens(_folded(text))


def _folded(text: str) -> str:
    """Return the message folded, without markup, its numbers in figures."""
    return fold(_figures(strip_markup(text)))


def _tokens(folded: str) -> list[Token]:
    tokens: list[Token] = []
    words = heard(_joined(split(folded)))
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        tokens += [Token(part, key(part), word) for part in _meant(before, word, after)]
    return tokens


def _meant(before: str, word: str, after: str) -> tuple[str, ...]:
    """Return what a word stands for; "c" and "ss" depend on their neighbours."""
    if word == "c" and after.startswith("est"):
        return (word,)
    if word == "ss" and (after in SANS_AFTER or (before not in SECU_BEFORE and after.isalpha())):
        return ("sans",)
    if word == "e":  # "45e" is a price, "3e mois" is not
        return ("euros",) if before[:1].isdigit() and (not after.isalpha() or after in STOP_WORDS) else (word,)
    meant = speller().repair(word)
    return (_participle(f"{before} {meant[0]}").split()[-1],) if before in HAVING and len(meant) == 1 else meant


def _participle(words: str) -> str:
    """Return words with the infinitives after "have" as the participles that they stand for ("j'ai travailler")."""
    return INFINITIVE.sub(r"\1e", words)


def _joined(words: list[str]) -> list[str]:
    """Return the words with those that a space cut in two put together ("oph talmo", "rembourse ment")."""
    joined: list[str] = []
    for word in words:
        if joined and _halves(joined[-1], word):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _halves(first: str, second: str) -> bool:
    if not (first.isalpha() and second.isalpha()) or len(first) + len(second) < MINIMUM_JOINED:
        return False
    whole = speller().words
    return first + second in whole and not (speller().knows(first) and speller().knows(second))


def _figures(text: str) -> str:
    """Return the text with numbers in words written as figures."""
    text = ONE_NIGHT.sub("1 nuit", SEPTEMBER.sub("septembre", text))
    try:
        figures = alpha2digit(text, "fr")
    except (ValueError, IndexError, KeyError):
        figures = text
    return ABOUT.sub(lambda found: f"{ABOUT_NUMBERS[found[1].lower()]} ", figures)


@lru_cache(maxsize=4096)
def read(text: str, today: date) -> Reading:
    """Return what a message says."""
    written = _folded(text)
    tokens = _tokens(written)
    folded = " ".join(token.text for token in tokens)
    mended = _participle(WORD.sub(lambda word: " ".join(speller().repair(word[0])), written))
    found = find_dates(mended, today)
    dates = tuple((dated.day, _facts_of_date(mended, dated), dated.last) for dated in found)
    without_dates = _without_dates(mended, found, today)
    facts, formules, several = stated_facts(tokens)
    timeless = without_clock_times(written)
    numbers = read_numbers(tokens if timeless == written else _tokens(timeless))
    facts.update(_person_facts(tokens))
    paid = paid_by_secu(tokens)
    if paid is not None:
        facts["remboursable_secu"] = paid
        if not paid:
            facts["taux_medicament"] = "non"
    facts.update(numbers.facts)
    _add_price(facts, numbers)
    asking = _asking(tokens)
    cues = frozenset(
        match.meaning
        for match in cue_phrases().find(tokens)
        if match.meaning not in IN_THE_QUESTION or asking[match.start] or not any(asking)
    )
    return Reading(
        text=folded,
        facts=_valid(facts),
        several=several,
        listed=listed_values(tokens) if several or len(set(formules)) > 1 else {},
        formules=tuple(dict.fromkeys(formules)),
        counts=numbers.counts,
        dates=dates,
        linked=link(tokens, facts, asking),
        cues=cues,
        words=sum(token.text.isalpha() for token in tokens),
        numbers=tuple(token.text for token in tokens if token.number),
        mentions=_born_by(mentions(tokens if without_dates == mended else _tokens(without_dates)), today.year),
    )


def _born_by(found: Iterable[Mention], year: int) -> tuple[Mention, ...]:
    """Return mentions, no year to come being one of birth ("ma fille finit sa thèse en 2027")."""
    return tuple(
        replace(mention, facts={name: near for name, near in mention.facts.items() if BIRTH not in name})
        if mention.unit == "year" and mention.value > year
        else mention
        for mention in found
    )


def _without_dates(mended: str, found: list[Dated], today: date) -> str:
    """Return the repaired text with dates, times of day and classes blanked: their numbers are no quantities.

    Args:
        mended: the repaired text.
        found: its dates.
        today: the day, for dates told by it.
    """
    folded = CLASSES.sub(" ", mended)
    if folded != mended:
        found = find_dates(folded, today)
    for dated in reversed([dated for dated in found if not dated.duration]):
        folded = f"{folded[: dated.start]} {folded[dated.end :]}"
    return without_clock_times(folded)


def _facts_of_date(folded: str, dated: Dated) -> Mapping[str, int]:
    """Return the facts that a date may be; the member's own present is the day of the request."""
    before = folded[: dated.start]
    words = ["nee", "naissance"] if dated.birth else split(before)[-20:]
    near = near_facts(words, [] if dated.birth else split(folded[dated.end :])[:8], "date")
    return {**near, REQUEST: 1} if PRESENT.search(before) else near


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
        if (
            isinstance(value, bool)
            or fact.type == "enum"
            or ((fact.minimum is None or value >= fact.minimum) and (fact.maximum is None or value <= fact.maximum))
        ):
            valid[fact_id] = value
    return valid


def _asking(tokens: list[Token]) -> list[bool]:
    """Return, for each token, whether its sentence asks something."""
    asking = [False] * len(tokens)
    start = 0
    for i, token in enumerate([*tokens, Token(".", ".", ".")]):
        if token.text in CLAUSE_ENDS:
            found = token.text == "?" or any(
                match.meaning in ("open_question", "rate") for match in cue_phrases().find(tokens[start:i])
            )
            asking[start : i + 1] = [found] * len(asking[start : i + 1])
            start = i + 1
    return asking
