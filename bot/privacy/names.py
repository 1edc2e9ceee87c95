"""Names of people: after a title, an introduction or a relative, beside a first name, or known from another place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from bot.privacy.lexicon import names_or_words, pattern, words
from bot.privacy.tokens import (
    ACRONYM,
    SHORTEST,
    WORD,
    Word,
    in_capitals,
    nobodys_word,
    places,
    public_people,
    small,
    tokens,
    trade,
    usual,
    word_too,
)
from bot.understanding.spelling import french_words
from bot.understanding.text import STOP_WORDS
from kb.text import fold

PLACEHOLDER = "[NOM]"
# What may stand between the words of one name; after an initial, its dot too ("J.-P. Roussel").
INSIDE, INSIDE_INITIALS = re.compile(r"^(?: |['’])$"), re.compile(r"^(?: |['’]|\. |\.-)$")
AFTER_TITLE = re.compile(r"^\.? ?$")
AFTER_RELATIVE = re.compile(r"^(?:,? |, ?\(| ?\(| : ?|,)$")
INTRODUCED = re.compile(rf"(?<!\w)(?:{pattern('introductions')})[ :=«\"'’-]{{0,3}}$")
STRONG = re.compile(rf"(?<!\w)(?:{pattern('strong_introductions')}) $")
SAID_TO_BE = re.compile(rf"(?<!\w)(?:{pattern('said_to_be')}) $")
DOUBTED = re.compile(rf"(?<!\w)(?:{pattern('doubtful_introductions')})[ ,:]{{1,2}}$")
# What follows a name that signs: the end of a line, or a number.
ENDS = re.compile(r"[ ,;:–—/-]*(?:$|\n|\[|n°|n\b|num|t[ée]l|\()")
LONGEST = 5


def names(text: str, strict: bool = False) -> list[tuple[int, int]]:
    """Return where the names of people stand (half-open), in order.

    Args:
        text: the message.
        strict: whether a lone capitalised word that nobody knows counts too, as in a letter, which is signed.
    """
    found = tokens(text)
    shouted = in_capitals(found)
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
        last = place if _joined(found, place, taken) else _name_from(found, place, text, shouted)
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
    found = [word for line in lines for word in tokens(line)]
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


def _name_from(found: list[Word], place: int, text: str, shouted: bool) -> int | None:
    """Return the last word of the name that begins at a word; None when none does."""
    word = found[place]
    if _with_particle(found, place, text):
        return _run(found, place, sure=True, aloud=not word.capital)
    if word.folded in words("particles") and not word.capital:
        return None
    if word.folded in places() and place and found[place - 1].folded == "a":
        return None  # "à Florence" is a place
    if _introduced_aloud(word, text):
        return _run(found, place, sure=True, aloud=True)
    surely = _announced(found, place, text) or _initial(found, place) or _family_first(found, place)
    if surely and _may_be(word):
        return _run(found, place, sure=True)
    if not word.capital and word.first_name and not word_too(word) and SAID_TO_BE.search(_lead(word, text)):
        last = _run(found, place, sure=False)
        return last + 1 if last == place and _family_follows(found, place) else last
    if _after_name(found, place, text):
        return _run(found, place, sure=False)
    if word.never or word.gap.endswith("[") or (shouted and not word.first_name):
        return None
    return _alone(found, place, shouted)


def _joined(found: list[Word], place: int, taken: int) -> bool:
    """Whether a word that nobody knows goes on a list of names ("Inaya, Naël et Soan")."""
    word = found[place]
    if taken < 0 or not word.capital or word.known or word.never:
        return False
    aside = place - 2 == taken and found[place - 1].folded in ("et", "ou") and word.gap == found[place - 1].gap == " "
    return aside or (place - 1 == taken and word.gap == ", " and not word.capitals)


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
            return word.capital or word.first_name or small(word)
        if before.folded in words("titles") and word.gap == " ":
            return word.capital or (word.first_name and not word.known) or _called(found, place)
        if before.folded in words("dotted_titles") and word.capital:
            return word.gap.startswith(".") or before.text == before.text.title()
    lead = _lead(word, text)
    if INTRODUCED.search(lead):
        return word.capital or word.first_name or small(word)
    if before.folded in words("relatives") and AFTER_RELATIVE.match(word.gap):
        if word.first_name:
            following = found[place + 1].folded if place + 1 < len(found) else ""
            named = word.folded not in names_or_words() or following in words("after_person")
            return word.capital or named
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
    if following is None or len(found[place].text) > 1 or not found[place].capital:
        return False
    if following.gap == ".-":
        return _initial(found, place + 1)
    if following.gap != ". ":
        return False
    # "De classe B. En Intégrale" ends a sentence.
    return following.capital and not following.never and following.folded not in STOP_WORDS


def _goes_on(found: list[Word], place: int) -> bool:
    """Whether a word may belong to the name that the word before belongs to: no sentence ends between them."""
    inside = INSIDE_INITIALS if len(found[place - 1].text) == 1 else INSIDE
    return bool(inside.match(found[place].gap))


def _family_first(found: list[Word], place: int) -> bool:
    """Whether a word in capitals is a family's name before a first name ("MARCHAND Hugo"), a French word or not."""
    following = found[place + 1] if place + 1 < len(found) else None
    if following is None or following.gap != " " or following.capitals or not following.capital:
        return False
    return found[place].capitals and len(found[place].text) >= SHORTEST and following.first_name


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
        acts = place + 1 < len(found) and found[place + 1].folded in words("after_person")
        lone = word.folded in words("services") or (word.opens and word.folded in names_or_words() and not acts)
        if word.capital and not lone:
            return _run(found, place, sure=True)
        if word.capital and following and following.capital and not following.never:
            return _run(found, place, sure=True)
        if not word.capital and not word_too(word):
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
    return place if lone and word.capitals and len(word.text) >= ACRONYM and small(word) else None


def _introduced_aloud(word: Word, text: str) -> bool:
    """Whether a word in small letters is a name because "je m'appelle" stands before it."""
    if word.capital or len(word.text) < SHORTEST or usual(word):
        return False
    return bool(STRONG.search(_lead(word, text)))


def _with_particle(found: list[Word], place: int, text: str) -> bool:
    """Whether a particle begins the name that a title or an introduction announces ("M. Le Guen", "Mme de La Tour")."""
    word, before = found[place], found[place - 1] if place else None
    named = next((each for each in found[place : place + 3] if each.folded not in words("particles")), None)
    if before is None or named is None or named is word or named.never or word.folded not in words("particles"):
        return False
    if STRONG.search(_lead(word, text)):
        return not usual(named)
    titled = any(before.folded in words(kind) for kind in ("called", "short_titles", "dotted_titles"))
    bare = word.folded in ("le", "la", "les", "l")  # "Monsieur le Directeur"
    return titled and bool(AFTER_TITLE.match(word.gap)) and named.capital and (word.capital or not bare)


def _family_follows(found: list[Word], place: int) -> bool:
    """Whether a word that nobody knows follows a first name in small letters."""
    return place + 1 < len(found) and found[place + 1].gap == " " and nobodys_word(found[place + 1])


def _lead(word: Word, text: str) -> str:
    """Return what stands before a word, folded: as much of it as an introduction needs."""
    return fold(text[max(0, word.start - 60) : word.start])


def _called(found: list[Word], place: int) -> bool:
    """Whether a title in a text without capitals calls somebody by a word: nobody's, or a rare one that then acts."""
    word, following = found[place], found[place + 1].folded if place + 1 < len(found) else ""
    if found[place - 1].folded not in words("called"):
        return False
    return nobodys_word(word) or (not usual(word) and word.folded not in trade() and following in words("after_title"))


def _run(found: list[Word], place: int, sure: bool, aloud: bool = False) -> int:
    """Return the last word of the name that begins at a word; said aloud, small letters tell nothing."""
    last = place
    for position in range(place + 1, min(place + LONGEST, len(found))):
        word = found[position]
        if not _goes_on(found, position):
            break
        if word.folded in words("particles"):
            continue
        if not _goes_with(word, found[position - 1], sure, aloud and position == place + 1):
            break
        last = position
    return last


def _goes_with(word: Word, before: Word, sure: bool, aloud: bool) -> bool:
    """Whether a word goes on the name that the word before it is of."""
    if word.capital:
        if word.never:
            return before.first_name and word.folded in words("surnames_too")
        return sure or not word.known or word.first_name
    if aloud and not usual(word) and word.folded not in words("after_person"):
        return True
    return not word.never and small(word)
