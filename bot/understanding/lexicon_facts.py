"""Facts that a message states in words: every value of the vocabulary by its words, with negation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

from bot.understanding.lexicons import lexicon, word_set
from bot.understanding.phrases import Match, PhraseBook
from bot.understanding.text import STOP_WORDS, Token
from rules_engine.facts import vocabulary

NEGATIONS = word_set("negation", "negations")
# Words before a fact among which a negation is looked for.
NEGATION_WINDOW = 8
# Of a name: what may stand between it and its denial ("pas en Référence"), and what denies it.
NAMING = word_set("negation", "naming")
DENIALS = word_set("negation", "denials")
# Words over which a negation carries: "n'est pas adhérent à l'OPTAM", "hors du réseau Kalixia".
TRANSPARENT = STOP_WORDS | word_set("negation", "transparent")
UNSURE = word_set("negation", "unsure")
FROM = word_set("values", "origin")
LISTING = word_set("values", "side_by_side")
HINT = "?"
Meaning = tuple[str, Any, bool]  # fact, value, whether a negation reverses it


@lru_cache(maxsize=1)
def person_words() -> Mapping[str, list[str]]:
    """Return the words that tell a person's age without a figure."""
    return lexicon("persons")


def _entries() -> Iterator[tuple[str, Meaning]]:
    for fact in vocabulary().values():
        for choice in fact.choices:
            for word in choice.words:
                yield word, (fact.id, choice.value, False)
            for word in choice.hints:
                yield word, (HINT + fact.id, choice.value, False)
        for word in fact.words:
            yield word, (fact.id, True, True)
        for word in fact.true_words:
            yield word, (fact.id, True, True)
        for word in fact.false_words:
            yield word, (fact.id, False, False)


def stated_facts(tokens: list[Token]) -> tuple[dict[str, Any], list[str], dict[str, list[Any]]]:
    """Return the facts that the words state, every formule named, and the facts given several values, in order.

    A value said to be unknown ("je ne sais pas s'il est OPTAM") or put as an alternative ("OPTAM ou pas") is left
    out. The last value said wins, negated values aside ("pas Référence, Équilibre").
    """
    facts: dict[str, Any] = {}
    formules: list[str] = []
    contracts: set[str] = set()
    values: dict[str, list[Any]] = {}
    matches = _meant(tokens)
    for match in matches:
        fact_id, value, negatable = match.meaning
        if _left(tokens, match) and any(_arrives(tokens, other, match) for other in matches):
            continue
        if (negatable and _alternative(tokens, match.end)) or _unsure(tokens, match.start):
            continue
        negated = _negated(tokens, match)
        if negatable:
            facts[fact_id] = not negated
        elif fact_id == "formule":
            if not negated:
                formules.append(value)
        elif value is False or not negated:
            facts[fact_id] = value
            if not fact_id.startswith(HINT) and value not in values.setdefault(fact_id, []):
                values[fact_id].append(value)
            if fact_id == "contrat":
                contracts.add(value)
    for name in [name for name in facts if name.startswith(HINT)]:
        facts.setdefault(name[1:], facts.pop(name))
    if formules:
        facts["formule"] = formules[-1]
    if "OJI" in contracts:  # "MGEN ÔJI Intégrale" is an ÔJI contract
        facts["contrat"] = "OJI"
    return facts, formules, {name: found for name, found in values.items() if len(found) > 1}


def listed_values(tokens: list[Token]) -> dict[str, list[Any]]:
    """Return the facts given several values side by side, in order ("par carte Vitale et sur papier").

    A story tells one value after another ("en congé maladie, puis en invalidité") without listing them.
    """
    listed: dict[str, list[Any]] = {}
    last: dict[str, Match[Meaning]] = {}
    for match in _meant(tokens):
        name, value, _ = match.meaning
        before = last.get(name)
        last[name] = match
        if before is None or before.meaning[1] == value or isinstance(value, bool) or name.startswith(HINT):
            continue
        between = {token.text for token in tokens[before.end + 1 : match.start]}
        if between & LISTING and not between - LISTING - STOP_WORDS and not _negated(tokens, match):
            values = listed.setdefault(name, [before.meaning[1]])
            values.append(value)
    return listed


@lru_cache(maxsize=1)
def _fixed() -> PhraseBook[str]:
    return PhraseBook((phrase, "fixed") for phrase in lexicon("fixed")["expressions"])


def _meant(tokens: list[Token]) -> list[Match[Meaning]]:
    """Return what the phrases of each fact say, without those that stand within a longer fixed expression."""
    fixed = [(found.start, found.end) for found in _fixed().find(tokens)]
    return [match for match in _per_fact(tokens) if not any(_within(match, *span) for span in fixed)]


def _within(match: Match[Meaning], start: int, end: int) -> bool:
    return start <= match.start and match.end <= end and match.end - match.start < end - start


@lru_cache(maxsize=1)
def _books() -> tuple[PhraseBook[Meaning], ...]:
    by_fact: dict[str, list[tuple[str, Meaning]]] = {}
    for phrase, meaning in _entries():
        by_fact.setdefault(meaning[0], []).append((phrase, meaning))
    return tuple(PhraseBook(entries) for entries in by_fact.values())


@lru_cache(maxsize=1)
def _phrases() -> PhraseBook[Meaning]:
    return PhraseBook(_entries())


def _per_fact(tokens: list[Token]) -> list[Match[Meaning]]:
    """Return matches, the longest winning within each fact only (facts do not hide each other)."""
    return _phrases().find_by(tokens, lambda meaning: meaning[0])


def _negated(tokens: list[Token], match: Match[Meaning]) -> bool:
    """Whether a negation bears on the match: right after it, or before it over TRANSPARENT words only."""
    following = [token.text for token in tokens[match.end + 1 : match.end + 3]]
    if following[:1] == ["non"] and not "".join(following[1:]).isalpha():
        return match.meaning[2]
    negatable = match.meaning[2]
    transparent = TRANSPARENT if negatable else NAMING
    first = max(0, match.start - NEGATION_WINDOW)
    for i, token in reversed(list(enumerate(tokens[first : match.start], first))):
        if i == 0 and token.text == "non" and not negatable:
            return False  # "non, MGEN Référence": no to what was said before, not to this
        if token.text in NEGATIONS and (negatable or token.text in DENIALS):
            return True
        if token.text == "c":  # "elle ne rembourse pas c'est la même grossesse": a new clause
            return False
        if token.text not in transparent:
            return False
    return False


def _left(tokens: list[Token], match: Match[Meaning]) -> bool:
    """Whether a match is where something comes from ("mutée à Nantes depuis Genève")."""
    return match.start > 0 and tokens[match.start - 1].text in FROM


def _arrives(tokens: list[Token], other: Match[Meaning], left: Match[Meaning]) -> bool:
    """Whether another place said gives the same fact another value: where one goes, not where one comes from."""
    return other.meaning[0] == left.meaning[0] and other.meaning != left.meaning and not _left(tokens, other)


def _alternative(tokens: list[Token], end: int) -> bool:
    following = [token.text for token in tokens[end + 1 : end + 3]]
    return following in (["ou", "pas"], ["ou", "non"], ["ou", "hors"])


def _unsure(tokens: list[Token], start: int) -> bool:
    before = [token.text for token in tokens[max(0, start - 6) : start]]
    if before[-2:-1] == ["si"] and before[-1] in NAMING:
        return False  # "je ne sais pas si en Équilibre c'est remboursé": what is not known follows
    return any(a in UNSURE and b == "pas" for a, b in pairwise(before))
