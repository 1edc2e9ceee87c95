"""Which benefit a message names: families of the catalogue through everyday words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from bot.understanding.lexicons import word_set
from bot.understanding.phrases import Match, PhraseBook
from bot.understanding.text import CLAUSE_ENDS, Token
from rules_engine.catalogue import Group, catalogue

Strength = Literal["word", "group", "weak_group", "hint"]
# Who prescribes or refers is named in many questions that are about something else.
PRACTITIONERS = frozenset({"consultation_generaliste", "consultation_specialiste"})
COMPUTED = frozenset({"prix", "base_remboursement", "participation_forfaitaire"})
JOINERS = word_set("grammar", "joins")
JOINED_WITHIN = 4
# What may stand between a head noun and its complement.
LINKS = word_set("grammar", "links")
DENIED_BY = word_set("negation", "sets_aside")


@dataclass(frozen=True)
class Meaning:
    """What a phrase of the catalogue means."""

    strength: Strength
    target: str


@dataclass(frozen=True)
class Linked:
    """What a message is about.

    Attributes:
        families: the benefits to answer, in order; several when the member asks several.
        group: an ambiguous word: the member must choose among its families.
        strong: whether the benefit was named, not merely suggested.
        loose: families named by a word that counts only in their context ("dormir" at the hospital).
    """

    families: tuple[str, ...] = ()
    group: str = ""
    strong: bool = False
    loose: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def benefit_phrases() -> PhraseBook[Meaning]:
    """Return the words of the catalogue's families and groups."""
    return PhraseBook(_entries())


@lru_cache(maxsize=1)
def contextual_phrases() -> PhraseBook[tuple[str, str]]:
    """Return the words that name a family only in a context, and the words of the context."""
    return PhraseBook(
        (phrase, (family.id, part))
        for family in catalogue().families.values()
        for part in family.contextual
        for phrase in family.contextual[part]
    )


def _contextual(tokens: list[Token]) -> list[Match[Meaning]]:
    found = contextual_phrases().find(tokens)
    in_context = {match.meaning[0] for match in found if match.meaning[1] == "context"}
    return [
        Match(Meaning("word", match.meaning[0]), match.start, match.end, match.length)
        for match in found
        if match.meaning[1] == "words" and match.meaning[0] in in_context
    ]


def _entries() -> Iterator[tuple[str, Meaning]]:
    for family in catalogue().families.values():
        for word in family.words:
            yield word, Meaning("word", family.id)
        for word in family.hints:
            yield word, Meaning("hint", family.id)
    for group in catalogue().groups.values():
        for word in group.words:
            yield word, Meaning("weak_group" if group.weak else "group", group.id)


def link(tokens: list[Token], facts: Mapping[str, Any], question: list[bool]) -> Linked:
    """Return what the message is about.

    Args:
        tokens: the message.
        facts: facts stated in it, which help to choose among the families of an ambiguous word.
        question: for each token, whether it stands in a sentence that asks something.
    """
    linked = _linked(tokens, facts, question)
    loose = {match.meaning[0] for match in contextual_phrases().find(tokens) if match.meaning[1] == "words"}
    return replace(linked, loose=tuple(sorted(loose)))


def _linked(tokens: list[Token], facts: Mapping[str, Any], question: list[bool]) -> Linked:
    in_context = _contextual(tokens)
    settled = {(match.start, match.end) for match in in_context}  # "implants" beside "cataracte" are none of the teeth
    plain = [match for match in benefit_phrases().find(tokens) if (match.start, match.end) not in settled]
    matches = sorted(plain + in_context, key=lambda match: match.start)
    strong = [match for match in matches if match.meaning.strength in ("word", "group")]
    if facts.keys() & COMPUTED:  # a fee to deduct from a price, not the subject
        strong = [match for match in strong if not _excluded(match)] or strong
    if strong:
        return _resolve(_best(strong, tokens, question), facts, strong=True)
    weak = [match for match in matches if match.meaning.strength == "weak_group"]
    hints = {match.meaning.target for match in matches if match.meaning.strength == "hint"}
    if weak:
        group = catalogue().groups[weak[-1].meaning.target]
        same_word = {m.meaning.target for m in matches if m.start == weak[-1].start and m.meaning.strength == "hint"}
        hinted = (hints & set(group.families)) - same_word
        return Linked(tuple(hinted)) if len(hinted) == 1 else _resolve([weak[-1]], facts, strong=False)
    return Linked(families=tuple(hints)) if len(hints) == 1 else Linked()


def _best(matches: list[Match[Meaning]], tokens: list[Token], question: list[bool]) -> list[Match[Meaning]]:
    """Return the matches that the question is about: one, or several that are asked together."""
    kept = _without_denied(matches, tokens)
    kept = _without_prescribers(kept, tokens)
    kept = _with_composites(kept)
    kept = _without_envelopes(kept)
    kept = [match for match in kept if match.meaning.strength == "word"] or kept
    asked = [match for match in kept if question[match.start]]
    kept = _last_sentence(asked or kept, tokens)
    if len({match.meaning.target for match in kept}) == 1:
        return kept[:1]
    return _together(kept, tokens)


def _last_sentence(matches: list[Match[Meaning]], tokens: list[Token]) -> list[Match[Meaning]]:
    """Return the matches of the last sentence that has any: a story comes before its question.

    ", et combien pour…" goes on with the same one.
    """
    last = matches[-1].start
    begins = max((i for i in range(last) if _breaks(tokens, i)), default=-1)
    return [match for match in matches if match.start > begins]


def _breaks(tokens: list[Token], i: int) -> bool:
    """Whether a token ends what is said before it: a sentence, or a comma that no "et" follows."""
    return tokens[i].text in CLAUSE_ENDS or (tokens[i].text == "," and tokens[i + 1].text not in JOINERS)


def _without_prescribers(matches: list[Match[Meaning]], tokens: list[Token]) -> list[Match[Meaning]]:
    excluded = [match for match in matches if _excluded(match)]
    if excluded:
        return excluded
    others = [match for match in matches if match.meaning.target not in PRACTITIONERS]
    if not others:
        specialists = [match for match in matches if match.meaning.target == "consultation_specialiste"]
        return matches if len(_joined(matches, tokens)) > 1 else specialists or matches
    return others


def _excluded(match: Match[Meaning]) -> bool:
    """Whether the word names what is never paid for (a franchise): it is then the subject, whatever else is named."""
    return match.meaning.strength == "word" and bool(catalogue().families[match.meaning.target].excluded)


def _without_denied(matches: list[Match[Meaning]], tokens: list[Token]) -> list[Match[Meaning]]:
    """Leave out what is named only to be set aside ("pas une psychologue"), unless nothing else is named."""
    kept = []
    for match in matches:
        before = [token.text for token in tokens[max(0, match.start - 3) : match.start]]
        if before[-1:] == ["suis"]:  # "je suis infirmière": the member's trade, not the care
            continue
        if not DENIED_BY & set(before) or any(word.startswith("rembours") for word in before):
            kept.append(match)
    return kept or matches


def _with_composites(matches: list[Match[Meaning]]) -> list[Match[Meaning]]:
    """Settle composites and their parts: all parts named make the composite, one part named replaces it."""
    named = {match.meaning.target for match in matches}
    for family in catalogue().families.values():
        parts = {part.family for part in family.parts}
        if not parts & named:
            continue
        if parts <= named:
            whole = next(match for match in matches if match.meaning.target in parts)
            merged = Match(Meaning("word", family.id), whole.start, whole.end, whole.length)
            return [merged, *(match for match in matches if match.meaning.target not in {*parts, family.id})]
        return [match for match in matches if match.meaning.target != family.id]
    return matches


def _without_envelopes(matches: list[Match[Meaning]]) -> list[Match[Meaning]]:
    """Leave out a forfait named beside care that draws on it ("deux séances d'ostéo, sur ce forfait")."""
    families = catalogue().families
    named = {match.meaning.target for match in matches if match.meaning.strength == "word"}
    lines = {line.id for name in named for line in families[name].lines}
    shared = {name for name in named if lines.intersection(families[name].representative_of)}
    return [match for match in matches if match.meaning.target not in shared] or matches


def _together(matches: list[Match[Meaning]], tokens: list[Token]) -> list[Match[Meaning]]:
    """Return matches joined by "et", all asked; else the most specific, the first: French puts the head first.

    "Les piles de mon sonotone", "un soutien-gorge adapté à ma prothèse": the first noun is what is bought.
    """
    joined = _joined(matches, tokens)
    return joined if len(joined) > 1 else [_head(matches, tokens)]


def _joined(matches: list[Match[Meaning]], tokens: list[Token]) -> list[Match[Meaning]]:
    """Return the first match and those that a joiner near by adds to it."""
    joined = [matches[0]]
    for match in matches[1:]:
        between = [token.text for token in tokens[joined[-1].end + 1 : match.start] if token.text != ","]
        if match.meaning.target == joined[-1].meaning.target:
            continue
        if len(between) <= JOINED_WITHIN and JOINERS & set(between) and not CLAUSE_ENDS & set(between):
            joined.append(match)
    return joined


def _head(matches: list[Match[Meaning]], tokens: list[Token]) -> Match[Meaning]:
    """Return the head of the last noun phrase that names benefits."""
    head = matches[-1]
    for match in reversed(matches[:-1]):
        between = [token.text for token in tokens[match.end + 1 : head.start]]
        if len(between) > JOINED_WITHIN or not set(between) <= LINKS:
            break
        head = match
    return head


def _resolve(matches: list[Match[Meaning]], facts: Mapping[str, Any], *, strong: bool) -> Linked:
    families: list[str] = []
    for match in matches:
        if match.meaning.strength == "word":
            families.append(match.meaning.target)
            continue
        group = catalogue().groups[match.meaning.target]
        chosen = _by_facts(group, facts)
        if not chosen:
            return Linked(group=group.id, strong=strong) if not families else Linked(tuple(families), strong=strong)
        families.append(chosen)
    return Linked(tuple(dict.fromkeys(families)), strong=strong)


def _weight(fact: str) -> float:
    """Return how much a fact tells of the family: whether the Sécu pays tells least."""
    return 0.5 if fact == "remboursable_secu" else 1.0


def _by_facts(group: Group, facts: Mapping[str, Any]) -> str | None:
    """Return the one family of a group whose facets the stated facts touch most."""
    if len(group.families) == 1:
        return group.families[0]
    scores = {
        name: sum(_weight(fact) for fact in facts if fact in catalogue().families[name].facets)
        for name in group.families
    }
    best = max(scores.values())
    leaders = [name for name, score in scores.items() if score == best]
    return leaders[0] if best and len(leaders) == 1 else None
