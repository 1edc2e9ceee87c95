"""One answer as a caller hears it: the decision first, its source, the rest when asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.rendering.french import in_unit
from bot.rendering.grounding import Ungrounded, check
from bot.rendering.renderer import fill, without_yes_or_no
from bot.rendering.speech.datafiles import data
from bot.rendering.speech.menu import spoken_choices, titles
from bot.rendering.speech.sentences import sentences
from bot.rendering.speech.sources import spoken_source
from bot.rendering.speech.words import addresses
from bot.rendering.speech.written import body, presumed, spoken_lines
from kb.entries import entries
from rules_engine.parameters import parameter, parameters

MOST_SENTENCES = 4
Said = tuple[str, ...]


@dataclass(frozen=True)
class Script:
    """What is said.

    Attributes:
        now: the sentences said at once; later: those told when the caller wants them.
        question, choices: the fact asked for, and what the keys pick.
        addresses: what is spelt only when asked for.
    """

    now: Said
    later: Said = ()
    question: str = ""
    choices: Said = ()
    addresses: Said = ()


def script(answer: Mapping[str, Any], message: Mapping[str, Any], on: date) -> Script:
    """Return how an answer is told.

    Args:
        answer: of the actions.
        message: the same rendered for the chat; its figures went through the gate.
        on: the day.
    """
    custom = message["custom"]
    references = [source["reference"] for source in custom["sources"]]
    told = spoken_lines(message["text"], references)
    if custom["kind"] == "question":
        asked = custom.get("question") or {}
        menu = spoken_choices(asked)
        return Script((*told[-max(1, MOST_SENTENCES - len(menu)) :], *menu), (), asked.get("fact", ""), titles(asked))
    if custom["kind"] == "emergency":
        return Script(tuple(told))
    found = addresses(body(message["text"]))
    spelling = sentences(data("phrases")["spell"]) if found else []
    if answer["template"] in ("where", "why"):
        return Script(*parts([*told, *spelling]), addresses=found)
    source = spoken_source(custom["sources"]) if custom["kind"] == "answer" else []
    # An answer that a listener can hold is told whole; of a longer one, what its entry says in short comes first.
    opening = _short(answer, on) if len(told) + len(source) > MOST_SENTENCES else []
    opening += sentences(presumed(message["text"])) if opening else []
    rest = [line for line in told if line not in opening] if opening else []
    now, later = parts(opening or told, source, rest)
    return Script(now, (*later, *spelling), addresses=found)


def parts(told: Sequence[str], source: Sequence[str] = (), rest: Sequence[str] = ()) -> tuple[Said, Said]:
    """Return the sentences said at once, their source last, and those kept for later."""
    room = MOST_SENTENCES - len(source)
    if len(told) > room and told[room - 1] in data("phrases")["headings"].values():
        room -= 1  # a heading is said with its list
    return (*told[:room], *source), (*told[room:], *rest)


def _short(answer: Mapping[str, Any], on: date) -> list[str]:
    """Return the short answer of an entry, its figures held against the parameters; empty where it has none."""
    if answer["template"] != "entry":
        return []
    entry = entries()[answer["data"]["entry"]]
    text = fill(entry.short, on)
    try:
        check(text, [in_unit(parameter(name, on).value, parameters()[name].unit) for name in entry.placeholders()])
    except Ungrounded:
        return []
    return sentences(without_yes_or_no(text) if answer["data"].get("neutral") else text)
