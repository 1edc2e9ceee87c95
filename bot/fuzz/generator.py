"""Seeded conversations: the project's own wordings, changed, mixed and followed by whatever comes to mind."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from bot.channels.requests import MAX_CHARACTERS
from bot.fuzz.material import characters, hostile, values, wordings

MOST_TURNS = 10
# How many messages in a thousand are as long as the door lets in: each takes as long as dozens of others.
LONG_PER_MILLE = 2
BRIEF = (
    "oui;non;je ne sais pas;pourquoi ?;c'est écrit où ?;et en Intégrale ?;non, en Référence;laisse tomber;merci;suite"
).split(";")
Random = random.Random
Change = Callable[[Random, str], str]


def conversations(seed: int) -> Iterator[list[str]]:
    """Yield conversations without end, the same ones for the same seed."""
    rng = Random(seed)
    while True:
        yield [message(rng) for _ in range(rng.randint(1, MOST_TURNS))]


def message(rng: Random) -> str:
    """Return one message, never longer than the door lets in; it may be empty of sense, but not of characters."""
    text = rng.choices(MAKERS, weights=WEIGHTS)[0](rng)
    while rng.random() < 0.5:
        text = rng.choice(CHANGES)(rng, text)
    if rng.randrange(1000) < LONG_PER_MILLE:
        text = (text + " ") * (MAX_CHARACTERS // (len(text) + 1))
    return text[:MAX_CHARACTERS] if text.strip() else "?"


def _wording(rng: Random) -> str:
    return rng.choice(wordings())


def _value(rng: Random) -> str:
    return rng.choice(values())


def _brief(rng: Random) -> str:
    return rng.choice(BRIEF)


def _hostile(rng: Random) -> str:
    return rng.choice(hostile())


def _mixture(rng: Random) -> str:
    parts = rng.choices((_wording, _value, _hostile, _brief), weights=(5, 4, 1, 1), k=rng.randint(2, 5))
    return rng.choice((" ", ", ", ". ", " et ", "\n")).join(part(rng) for part in parts)


def _noise(rng: Random) -> str:
    return "".join(_character(rng) for _ in range(rng.randint(1, 60)))


def _words(rng: Random) -> str:
    """Return words of several wordings, in no order."""
    words = [word for _ in range(3) for word in _wording(rng).split()]
    rng.shuffle(words)
    return " ".join(words[: rng.randint(1, 25)])


def _typing_error(rng: Random, text: str) -> str:
    at = rng.randint(0, len(text))
    kind = rng.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + rng.choice("abcdefghijklmnopqrstuvwxyzéèà' ") + text[at:]
    return text[:at] + text[at : at + 1] * (2 if kind == 2 else rng.randint(3, 40)) + text[at + 1 :]


def _cut(rng: Random, text: str) -> str:
    start, end = sorted(rng.choices(range(len(text) + 1), k=2))
    return text[start:end]


def _odd_character(rng: Random, text: str) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + _character(rng) + text[at:]


def _told_with_it(rng: Random, text: str) -> str:
    words = text.split(" ")
    words.insert(rng.randint(0, len(words)), rng.choice((_value, _value, _hostile))(rng))
    return " ".join(words)


def _character(rng: Random) -> str:
    return rng.choice(characters()) if rng.random() < 0.7 else chr(rng.randrange(0x110000))


def _without_accents(_: Random, text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


MAKERS: Sequence[Callable[[Random], str]] = (_wording, _value, _brief, _hostile, _mixture, _words, _noise)
WEIGHTS = (40, 15, 15, 5, 15, 7, 3)
CHANGES: Sequence[Change] = (
    _typing_error, _typing_error, _cut, _odd_character, _told_with_it, _without_accents,
    lambda _, text: text.upper(),
    lambda _, text: unicodedata.normalize("NFKD", text),
    lambda _, text: text.replace(" ", ""),
    lambda _, text: f"{text} {text}",
)  # fmt: skip
