"""Repairing the text of an extraction: broken ligatures, words split by spacing, hyphenated line ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.ingestion.lines import Line
from kb.ingestion.vocabulary import LIGATURE_END, Vocabulary, french

LETTERS = r"[^\W\d_]"
PAIR = re.compile(rf"(?<!\w)({LETTERS}+) {{1,2}}({LETTERS}+)(?!\w)")
# "bénéf iciaire", "dif férentes": the ligature's letters stand on both sides of the gap.
PARTED_LIGATURE = re.compile(r"f (?:[filt])", re.IGNORECASE)
LINE_END = re.compile(rf"(?:^|(?<=[\s(«“\"'’/-]))({LETTERS}+) ?-$")
LINE_HEAD = re.compile(rf"^({LETTERS}+)")
TAIL = re.compile(rf"({LETTERS}+)$")
# "civileTraitement": two cells of a table without a space between them.
GLUED = re.compile(r"(?<!\w)([a-zà-ÿ]{3,}|Néant)([A-ZÉÀ][a-zà-ÿ]{3,})")
SHORTEST_PART = 2


def repair(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with every word whole; a word that two lines shared stands on the first."""
    vocabulary = Vocabulary(line.text for line in lines)
    # Ligatures first: half a word before a hyphen must not be taken for a word split by spacing.
    mended = [line.saying(join_words(line.text, vocabulary, ligatures_only=True)) for line in lines]
    _join_line_ends(mended, vocabulary)
    return [line.saying(part_words(join_words(line.text, vocabulary), vocabulary)) for line in mended]


def join_words(text: str, vocabulary: Vocabulary, ligatures_only: bool = False) -> str:
    """Return a line whose words broken by a space are joined."""
    is_one_word = _is_ligature_word if ligatures_only else _is_one_word
    start = 0
    while match := PAIR.search(text, start):
        if is_one_word(match[1], match[2], vocabulary):
            text = text[: match.start()] + match[1] + match[2] + text[match.end() :]
            # The joined word may itself be the first half of another break.
            start = match.start()
        else:
            start = match.start(2)
    return text


def part_words(text: str, vocabulary: Vocabulary) -> str:
    """Return a line whose words glued together by the extraction are parted."""
    return GLUED.sub(
        lambda m: f"{m[1]} {m[2]}" if vocabulary.is_french(m[1]) and vocabulary.knows(m[2]) else m[0], text
    )


def _is_ligature_word(first: str, second: str, vocabulary: Vocabulary) -> bool:
    both = vocabulary.is_french(first) and vocabulary.is_french(second)
    whole = vocabulary.knows(first + second)
    if not second[0].islower():
        return False
    if LIGATURE_END.search(first):
        return whole or not both
    return bool(PARTED_LIGATURE.match(f"{first[-1]} {second[0]}")) and whole and (not both or len(first) == 1)


def _is_one_word(first: str, second: str, vocabulary: Vocabulary) -> bool:
    if _is_ligature_word(first, second, vocabulary):
        return True
    joined = first + second
    if not second[0].islower() or min(len(first), len(second)) < SHORTEST_PART or not vocabulary.knows(joined):
        return False
    strange = [part for part in (first, second) if not vocabulary.is_french(part)]
    return bool(strange) and all(vocabulary.count(joined) >= vocabulary.count(part) for part in strange)


def _join_line_ends(lines: list[Line], vocabulary: Vocabulary) -> None:
    for index in range(len(lines) - 1):
        following = _continuation(lines, index)
        if following is None:
            continue
        text, rest = lines[index].text, lines[following].text
        head = LINE_HEAD.match(rest)
        broken = LINE_END.search(text)
        if broken and head and (head[1][0].islower() or broken[1].isupper()):
            kept = text[: broken.end(1)] + _hyphen(broken[1], head[1], rest, vocabulary)
        elif head and _splits_ligature(text, head[1], vocabulary):
            kept = text
        else:
            continue
        word, left = _first_token(rest)
        lines[index] = lines[index].saying(kept + word)
        lines[following] = lines[following].saying(left)


def _continuation(lines: Sequence[Line], index: int) -> int | None:
    """Return the index of the next line that says something, one empty line at most away."""
    for following in (index + 1, index + 2):
        if following < len(lines) and lines[following].text:
            return following
    return None


def _splits_ligature(text: str, head: str, vocabulary: Vocabulary) -> bool:
    tail = TAIL.search(text)
    return bool(
        tail
        and LIGATURE_END.search(tail[1])
        and head[0].islower()
        and not vocabulary.knows(tail[1])
        and vocabulary.knows(tail[1] + head)
    )


def _hyphen(first: str, second: str, rest: str, vocabulary: Vocabulary) -> str:
    """Return what stood between two halves: nothing, or the hyphen of a compound word."""
    if vocabulary.is_compound(f"{first}-{second}") and not vocabulary.knows(first + second):
        return "-"
    if vocabulary.knows(first + second):
        return ""
    if first.isupper() and min(vocabulary.count(first), vocabulary.count(second)) > 1:
        return "-"
    both = vocabulary.is_french(first) and vocabulary.is_french(second)
    return "-" if both and not rest.startswith(f"{second}-") else ""


def _first_token(rest: str) -> tuple[str, str]:
    word, _, left = rest.partition(" ")
    return word, left.strip()


def broken_words(text: str) -> list[str]:
    """Return what still looks like a word with a broken ligature, for the report and the tests."""
    found, start = [], 0
    while match := PAIR.search(text, start):
        first, second = match[1], match[2]
        if LIGATURE_END.search(first) and second[0].islower() and first.lower() not in french():
            found.append(f"{first} {second}")
        start = match.start(2)
    return found
