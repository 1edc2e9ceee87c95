"""Whether the member says that the Sécurité sociale pays for the care: subject, verb, negation."""

from __future__ import annotations

from bot.understanding.lexicons import lexicon, word_set
from bot.understanding.text import CLAUSE_ENDS, Token

SUBJECTS = word_set("secu", "subjects")
PAIRS = {tuple(subject.split()) for subject in lexicon("secu")["subjects_of_two_words"]}
VERBS = tuple(lexicon("secu")["verbs"].split())
REFUSALS = tuple(lexicon("secu")["refusals"].split())
NEGATIONS = word_set("secu", "negations")
# How many words from the subject its verb may stand.
REACH = 6
BASE_WORDS = word_set("secu", "of_the_base")


def paid_by_secu(tokens: list[Token]) -> bool | None:
    """Return whether the Sécurité sociale pays, as the message says; None when it does not say.

    "La Sécu n'en rembourse pas un centime" is a no, "remboursé par la Sécu" a yes; the last statement counts.
    """
    said: bool | None = None
    for i in range(len(tokens)):
        if not _subject(tokens, i):
            continue
        after = _clause(tokens[i + 1 : i + 1 + REACH])
        before = _clause(list(reversed(tokens[max(0, i - REACH) : i])))
        statement = _statement(after) if _has_verb(after) else _passive(before)
        if statement is not None:
            said = statement
    return said


def _subject(tokens: list[Token], i: int) -> bool:
    if tokens[i].text in SUBJECTS:
        return True
    return i > 0 and (tokens[i - 1].text, tokens[i].text) in PAIRS


def _clause(tokens: list[Token]) -> list[str]:
    words = []
    for token in tokens:
        if token.text in CLAUSE_ENDS or token.text in (",", "mais"):
            break
        words.append(token.text)
    return words


def _has_verb(words: list[str]) -> bool:
    return any(word.startswith(VERBS) for word in words[:4]) and not BASE_WORDS & set(words[:2])


def _statement(words: list[str]) -> bool | None:
    if any(word.startswith(REFUSALS) for word in words):
        return False
    return not NEGATIONS & set(words)


def _passive(words: list[str]) -> bool | None:
    """Read "remboursé par la Sécu", "non pris en charge par la Sécu", "hors Sécu", from the subject backwards."""
    near = words[:2]
    if {"hors", "sans"} & set(near):
        return False
    for position, word in enumerate(words):
        if word.startswith(REFUSALS):
            return False
        if word.startswith(VERBS) and not BASE_WORDS & set(words[:position]):
            return not NEGATIONS & set(words[position : position + 3])
    return None
