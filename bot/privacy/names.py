"""Names of people: after a title, an introduction or a relative, beside a first name, or known from another place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.privacy.lexicon import first_names, names_or_words, pattern, words
from bot.understanding.reader import speller
from bot.understanding.spelling import french_words
from bot.understanding.text import STOP_WORDS
from kb.text import fold
from rules_engine.facts import vocabulary

PLACEHOLDER = "[NOM]"
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# What may stand between the words of one name; after an initial, its dot too.
INSIDE, INSIDE_INITIALS = re.compile(r"^(?: |['’])$"), re.compile(r"^(?: |['’]|\. )$")
JOINT = re.compile(r"^(?: et |, | ?& ?|, et | ?/ ?|, puis | ou )$", re.IGNORECASE)
AFTER_TITLE = re.compile(r"^\.? ?$")
AFTER_RELATIVE = re.compile(r"^(?:,? |, ?\(| ?\(| : ?|,)$")
SENTENCE = re.compile(r"(?:^|[.!?…:;\n>•«\"(]\s*|\s-\s*)$")
INTRODUCED = re.compile(rf"(?<!\w)(?:{pattern('introductions')})[ :=«\"'’-]{{0,3}}$")
DOUBTED = re.compile(rf"(?<!\w)(?:{pattern('doubtful_introductions')})[ ,:]{{1,2}}$")
# What follows a name that signs: the end of a line, or a number.
ENDS = re.compile(r"[ ,;:–—/-]*(?:$|\n|\[|n°|n\b|num|t[ée]l|\()")
LONGEST = 5
SHORTEST = 3
ACRONYM = 5


@dataclass(frozen=True)
class Word:
    """A word of a text, with what stands before it.

    Attributes:
        text: as written; folded: without accent, in small letters.
        start, end: its place (half-open); gap: the text between the word before and it.
        opens: whether it opens a sentence or a line.
    """

    text: str
    folded: str
    start: int
    end: int
    gap: str
    opens: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def capitals(self) -> bool:
        """Whether it is in capitals."""
        return len(self.text) > 1 and self.text.isupper()

    @cached_property
    def first_name(self) -> bool:
        """Whether it is a first name."""
        if self.folded in first_names():
            return self.text[-1:] not in "éÉ" or self.folded in words("accented")
        return bool(self.parts) and all(part in first_names() for part in self.parts)

    @cached_property
    def parts(self) -> list[str]:
        """The folded words that hyphens join."""
        return self.folded.split("-")

    @cached_property
    def never(self) -> bool:
        """Whether it is no name whatever stands before it."""
        if self.folded in words("never_names") or all(part in words("never_names") for part in self.parts):
            return True
        return bool(words("institutions").intersection(self.parts))

    @cached_property
    def known(self) -> bool:
        """Whether French, the mutual's world or the map knows it."""
        return all(part in french_words() or part in trade() for part in self.parts)


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """Return the folded words of places, and all others that the facts know."""
    named = (
        word for fact in vocabulary().values() for choice in fact.choices for word in (*choice.words, *choice.hints)
    )
    return frozenset(part for phrase in named for part in re.findall(r"[a-z]+", fold(phrase)))


@lru_cache(maxsize=1)
def trade() -> frozenset[str]:
    """Return the folded words of the mutual's world, and those of places."""
    return frozenset(speller().words | places()) - (first_names() - names_or_words())


@lru_cache(maxsize=1)
def public_people() -> frozenset[str]:
    """Return the folded names that the mutual's establishments bear."""
    facts = (vocabulary()[name] for name in words("public_people_of"))
    named = (fold(word) for fact in facts for choice in fact.choices for word in (*choice.words, *choice.hints))
    return frozenset(name for name in named if name.split()[0] in first_names() and len(name.split()) > 1)


def names(text: str, strict: bool = False) -> list[tuple[int, int]]:
    """Return where the names of people stand (half-open), in order.

    Args:
        text: the message.
        strict: whether a lone capitalised word that nobody knows counts too, as in a letter, which is signed.
    """
    found = _words(text)
    shouted = _shouted(found)
    spans: list[tuple[int, int]] = []
    taken = -1
    for place in range(len(found)):
        if place <= taken:
            continue
        if _of_institution(found, place):
            taken = _run(found, place, sure=True)
            continue
        if " ".join(word.folded for word in found[place : place + 2]) in public_people():
            taken = place + 1
            continue
        last = _name_from(found, place, text, shouted)
        if last is None and strict:
            last = _signed(found, place, text) if not shouted else None
        if last is not None:
            spans.append((found[place].start, found[last].end))
            taken = last
    return spans


def name_words(text: str, spans: Iterable[tuple[int, int]]) -> set[str]:
    """Return the folded words of names, by which they are known elsewhere."""
    said = {fold(word) for start, end in spans for word in WORD.findall(text[start:end])}
    parts = {part for word in said for part in word.split("-")}
    return {word for word in said | parts if len(word) >= SHORTEST and word not in words("particles")}


def signature_words(lines: Iterable[str]) -> set[str]:
    """Return the folded words of a signature that may be of a name: capitals, first names and what nobody knows."""
    found = [word for line in lines for word in _words(line)]
    telling = [word for word in found if len(word.text) >= SHORTEST and not word.never]
    return {word.folded for word in telling if word.capital or word.first_name or not word.known}


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with a placeholder in the place of spans; neighbours become one."""
    for start, end in reversed(list(spans)):
        text = f"{text[:start]}{PLACEHOLDER}{text[end:]}"
    return re.sub(rf"{re.escape(PLACEHOLDER)}(?:[ -]{re.escape(PLACEHOLDER)})+", PLACEHOLDER, text)


def without_known(text: str, known: Collection[str]) -> str:
    """Return the text without names known from another place: a common word only where it has a capital."""
    if not known:
        return text

    def replaced(found: re.Match[str]) -> str:
        folded = fold(found[0])
        told = folded in known or any(part in known for part in folded.split("-") if len(part) >= SHORTEST)
        common = folded in french_words() and not found[0][0].isupper()
        return PLACEHOLDER if told and not common and folded not in words("never_names") else found[0]

    masked_text = re.sub(rf"(?<![\[\w]){WORD.pattern}(?!\])", replaced, text)
    return re.sub(rf"{re.escape(PLACEHOLDER)}(?:[ -]{re.escape(PLACEHOLDER)})+", PLACEHOLDER, masked_text)


def _words(text: str) -> list[Word]:
    found, last = [], 0
    for match in WORD.finditer(text):
        gap = text[last : match.start()]
        opens = bool(SENTENCE.search(text[: match.start()][-6:])) or not match.start()
        found.append(Word(match[0], fold(match[0]), match.start(), match.end(), gap, opens))
        last = match.end()
    return found


def _shouted(found: list[Word]) -> bool:
    """Whether the text is in capitals, where they tell nothing."""
    long = [word for word in found if len(word.text) > ACRONYM - 2]
    return bool(long) and sum(word.capitals for word in long) > len(long) / 2


def _name_from(found: list[Word], place: int, text: str, shouted: bool) -> int | None:
    """Return the last word of the name that begins at a word; None when none does."""
    word = found[place]
    if word.folded in words("particles") and not word.capital:
        return None
    if word.folded in places() and place and found[place - 1].folded == "a":
        return None  # "à Florence" is a place
    surely = _announced(found, place, text) or _initial(found, place)
    if surely and _may_be(word):
        return _run(found, place, sure=True)
    if _after_name(found, place, text):
        return _run(found, place, sure=False)
    if word.never or word.gap.endswith("[") or (shouted and not word.first_name):
        return None
    return _alone(found, place, shouted)


def _of_institution(found: list[Word], place: int) -> bool:
    """Whether a word is the name of a hospital, a school or a street."""
    word, before = found[place], found[place - 1] if place else None
    if before is None or not (word.capital or word.first_name) or word.gap != " ":
        return False
    return before.parts[-1] in words("institutions")


def _announced(found: list[Word], place: int, text: str) -> bool:
    """Whether a title, an introduction or a relative stands right before a word."""
    word, before = found[place], found[place - 1] if place else None
    if before is None:
        return False
    if AFTER_TITLE.match(word.gap):
        if before.folded in words("short_titles"):
            return word.capital or word.first_name or _small(word)
        if before.folded in words("titles") and word.gap == " ":
            return word.capital or (word.first_name and not word.known)
        if before.folded in words("dotted_titles") and word.capital:
            return word.gap.startswith(".") or before.text == before.text.title()
    lead = fold(text[max(0, word.start - 60) : word.start])
    if INTRODUCED.search(lead):
        return word.capital or word.first_name or _small(word)
    if before.folded in words("relatives") and AFTER_RELATIVE.match(word.gap):
        if word.first_name:
            return word.capital or word.folded not in names_or_words()
        return word.capital and (not word.known or (word.capitals and len(word.text) >= SHORTEST))
    return bool(DOUBTED.search(lead)) and word.first_name and (word.capital or word.folded not in names_or_words())


def _signed(found: list[Word], place: int, text: str) -> int | None:
    """Return the last word of the name that a letter ends a sentence or a line with, or of a lone unknown name."""
    word = found[place]
    if word.never or len(word.text) < SHORTEST or (word.folded in words("particles")):
        return None
    if not word.known and word.capital and not word.opens and not word.capitals:
        at_place = place and found[place - 1].folded in words("place_words")
        return None if at_place else _run(found, place, sure=False)
    if word.known or not word.opens:
        return None
    last = place
    while last + 1 < len(found) and _goes_on(found, last + 1) and not found[last + 1].known:
        last += 1
    return last if last > place and ENDS.match(text[found[last].end :]) else None


def _initial(found: list[Word], place: int) -> bool:
    """Whether a word is the initial of a name ("C. Maréchaux")."""
    following = found[place + 1] if place + 1 < len(found) else None
    if following is None or len(found[place].text) > 1 or not found[place].capital or following.gap != ". ":
        return False
    # "De classe B. En Intégrale" ends a sentence.
    return following.capital and not following.never and following.folded not in STOP_WORDS


def _goes_on(found: list[Word], place: int) -> bool:
    """Whether a word may belong to the name that the word before belongs to: no sentence ends between them."""
    inside = INSIDE_INITIALS if len(found[place - 1].text) == 1 else INSIDE
    return bool(inside.match(found[place].gap))


def _after_name(found: list[Word], place: int, text: str) -> bool:
    """Whether a word is the other name of "[NOM] et Hugo", or of a name before a number."""
    word = found[place]
    return word.capital and not word.never and text[: word.start].endswith((f"{PLACEHOLDER} et ", f"{PLACEHOLDER}, "))


def _may_be(word: Word) -> bool:
    return not word.never


def _alone(found: list[Word], place: int, shouted: bool) -> int | None:
    """Return the last word of a name that nothing announces: a first name, or two words that nobody knows."""
    word = found[place]
    following = found[place + 1] if place + 1 < len(found) and _goes_on(found, place + 1) else None
    if word.first_name:
        lone = word.folded in words("services") or (word.opens and word.folded in names_or_words())
        if word.capital and not lone:
            return _run(found, place, sure=True)
        if word.capital and following and following.capital and not following.never:
            return _run(found, place, sure=True)
        if not word.capital and not _word_too(word):
            return _run(found, place, sure=False)
        return None
    if not word.capital or word.known or shouted:
        return None
    if (
        following
        and following.capital
        and not following.never
        and (not following.known or following.first_name or len(following.text) == 1)
    ):
        return _run(found, place, sure=True)
    # "DURAND demande…": an unknown word in capitals, longer than an acronym.
    beside = [each for each in found[max(0, place - 1) : place + 2] if each is not word]
    lone = not any(each.capitals and each.known for each in beside)
    return place if lone and word.capitals and len(word.text) >= ACRONYM and _small(word) else None


def _word_too(word: Word) -> bool:
    """Whether a first name in small letters is more likely a word."""
    others = names_or_words() | words("capital_wanted") | french_words()
    return word.folded in others or word.text.lower() in french_words()


def _run(found: list[Word], place: int, sure: bool) -> int:
    """Return the last word of the name that begins at a word."""
    last = place
    for position in range(place + 1, min(place + LONGEST, len(found))):
        word = found[position]
        if not _goes_on(found, position):
            break
        if word.folded in words("particles"):
            continue
        if word.never:
            break
        if (word.capital and (sure or not word.known or word.first_name)) or (not word.capital and _small(word)):
            last = position
        else:
            break
    return last


def _small(word: Word) -> bool:
    """Whether a word in small letters goes on a name: nobody knows it as a word."""
    return len(word.text) >= SHORTEST and not word.known and speller().repair(word.folded) == (word.folded,)
