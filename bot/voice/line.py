"""What a line remembers of a call, and what it does with what it hears. Pure: no Rasa, no web."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.rendering.speech.datafiles import data
from bot.rendering.speech.script import MOST_SENTENCES, Script
from bot.rendering.speech.sentences import sentences
from bot.rendering.speech.words import spelt
from bot.voice.commands import command
from bot.voice.keypad import ADVISER, REPEAT, keyed

MOST_UNHEARD = 2
SURE_ENOUGH = 0.4
SLOWEST, FASTEST = -1, 1
Sentences = tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """The state of a call between two turns.

    Attributes:
        speed: -1 slow, 0, 1 fast, kept for the call.
        said: the sentences said last; later: those kept back; offered: whether the caller was asked for them.
        question, choices: the fact asked for last, and what keys pick.
        addresses: those of the last answer.
        unheard: how many times in a row nothing was heard.
    """

    speed: int = 0
    said: Sentences = ()
    later: Sentences = ()
    offered: bool = False
    question: str = ""
    choices: Sentences = ()
    addresses: Sentences = ()
    unheard: int = 0

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> Line:
        """Return the state kept; that of a new call when there is none."""
        state: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in (kept or {}).items()}
        return cls(**state)


@dataclass(frozen=True)
class Heard:
    """What the platform heard of one turn: words, keys, how sure it is of the words, the speed that it wants."""

    text: str = ""
    keys: str = ""
    confidence: float | None = None
    speed: int | None = None


@dataclass(frozen=True)
class Ask:
    """What the line hands on to the assistant; unsure: only where it tells of a danger."""

    text: str
    unsure: bool = False


@dataclass(frozen=True)
class Say:
    """What the line says by itself.

    Attributes:
        repeats: whether it is (a part of) the last answer; adviser: whether the call goes to an adviser.
    """

    sentences: Sentences
    line: Line
    repeats: bool = False
    adviser: bool = False


def hear(line: Line, heard: Heard) -> Ask | Say:
    """Return what the line does with what it hears."""
    if heard.speed is not None:
        line = replace(line, speed=heard.speed)
    if heard.keys:
        return _key(line, heard.keys)
    if not heard.text.strip():
        return unheard(line, "unheard")
    if heard.confidence is not None and heard.confidence < SURE_ENOUGH:
        return Ask(heard.text, unsure=True)
    return _commanded(replace(line, unheard=0), command(heard.text)) or Ask(heard.text)


def told(line: Line, scripts: Sequence[Script]) -> tuple[list[Sentences], Line]:
    """Return what is said of each message of a turn, and the line after it.

    Only the last message may end by offering the rest; an open question comes before that offer.
    """
    last = scripts[-1]
    later = tuple(sentence for script in scripts for sentence in script.later)
    offered = bool(later) and not last.question
    spoken = [script.now for script in scripts]
    if offered:
        spoken[-1] = (*spoken[-1], *phrase("more"))
    return spoken, Line(
        speed=line.speed,
        said=tuple(sentence for now in spoken for sentence in now),
        later=later,
        offered=offered,
        question=last.question,
        choices=last.choices,
        addresses=tuple(address for script in scripts for address in script.addresses),
    )


def phrase(name: str) -> Sentences:
    """Return a sentence of the line, as said."""
    return tuple(sentences(data("phrases")[name]))


def _key(line: Line, keys: str) -> Ask | Say:
    line = replace(line, unheard=0)
    if keys == ADVISER:
        return Say(phrase("adviser"), line, adviser=True)
    if keys == REPEAT:
        return _repeated(line)
    if line.offered:
        answer = {"1": "yes", "2": "no"}.get(keys.rstrip("#"), "")
        return _commanded(line, answer) or _unknown_key(line)
    text = keyed(keys, line.question, line.choices)
    return Ask(text) if text else _unknown_key(line)


def _unknown_key(line: Line) -> Say:
    return Say((*phrase("unknown_key"), *line.said), line, repeats=True)


def _commanded(line: Line, name: str) -> Say | None:
    """Return what the line does by itself at a command; None where the assistant is to hear it."""
    if name == "repeat":
        return _repeated(line)
    if name in ("slower", "faster"):
        step = -1 if name == "slower" else 1
        line = replace(line, speed=max(SLOWEST, min(FASTEST, line.speed + step)))
        return Say((*phrase(name), *line.said), line, repeats=True)
    if name == "spell":
        letters = tuple(f"{spelt(address)}." for address in line.addresses)
        return Say(letters or phrase("nothing_to_spell"), line, repeats=True)
    if name == "more" or (name == "yes" and line.offered):
        return _continued(line) if line.later else None
    if name == "no" and line.offered:
        return Say(phrase("no_more"), replace(line, offered=False, later=()))
    return None


def _repeated(line: Line) -> Say:
    return Say(line.said or phrase("nothing_said"), line, repeats=True)


def _continued(line: Line) -> Say:
    now, later = line.later[:MOST_SENTENCES], line.later[MOST_SENTENCES:]
    now = (*now, *(phrase("more") if later else ()))
    return Say(now, replace(line, said=now, later=later, offered=bool(later)), repeats=True)


def unheard(line: Line, why: str) -> Say:
    """Return the line asking again; the second time in a row, the call goes to an adviser."""
    line = replace(line, unheard=line.unheard + 1)
    if line.unheard >= MOST_UNHEARD:
        return Say(phrase("adviser_unheard"), line, adviser=True)
    return Say((*phrase(why), *(line.said if line.question else ())), line, repeats=bool(line.question))
