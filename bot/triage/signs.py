"""What the words of a message show beside its subject: danger, distress, a legal threat, thanks, mere curiosity."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from text_to_num import alpha2digit

from bot.triage.datafiles import data
from bot.triage.near import near
from bot.understanding.dates import find_dates
from bot.understanding.reader import tokenise
from bot.understanding.safety import alarm
from bot.understanding.text import fold

SENTENCE = re.compile(r"(?<=[.!?;\n])\s+|\n+")
IN_HOSPITAL, DANGER = "in_hospital", "danger"
MEDICAL, SUICIDE = "emergency_medical", "emergency_suicide"


@dataclass(frozen=True)
class Sign:
    """What shows something, what speaks against it, and the kinds of request that it is heard in (all when empty).

    Attributes:
        id: of the data file; why: what is told to the colleague; emergency: the emergency that it is.
    """

    id: str
    why: str
    shows: re.Pattern[str] | None
    unless: re.Pattern[str] | None = None
    requests: frozenset[str] = frozenset()
    emergency: str = ""

    def seen(self, folded: str) -> bool:
        """Whether the words of a message show it."""
        shown = self.shows is not None and bool(self.shows.search(folded))
        return shown and not (self.unless and self.unless.search(folded))


@dataclass(frozen=True)
class Signs:
    """The signs of one message.

    Attributes:
        high: ids of what makes it urgent whatever it asks; stakes: what is at stake within 48 hours.
        spoken_against: ids of urgent signs, heard by the kind of request alone, that the words speak against.
        emergency: the intent of a danger that the words show; accident: whether an accident is reported.
        thanks, suggestion: whether it thanks, or suggests; counts: how often each kind of mark occurs.
        mentions: how often each kind of word occurs that alone decides nothing.
    """

    high: tuple[str, ...] = ()
    stakes: tuple[str, ...] = ()
    spoken_against: tuple[str, ...] = ()
    emergency: str = ""
    accident: bool = False
    in_hospital: bool = False
    thanks: bool = False
    suggestion: bool = False
    counts: Mapping[str, float] | None = None
    mentions: Mapping[str, int] | None = None

    @property
    def emergency_medical(self) -> bool:
        """Whether a life is in danger: nothing online helps."""
        return self.emergency == MEDICAL


def signs(words: str, today: date) -> Signs:
    """Return the signs of a message.

    Args:
        words: the message without personal data.
        today: its day.
    """
    folded, written = fold(_figures(words)), fold(words)
    # "60 millions de consommateurs" is no number.
    seen = [sign for sign in high_signs().values() if sign.seen(folded) or sign.seen(written)]
    emergency = next((sign.emergency for sign in seen if sign.emergency), "") or _emergency(words, today)
    high = [sign.id for sign in seen]
    soon = near(folded, today)
    return Signs(
        high=tuple([*high, *([DANGER] if emergency and not any(sign.emergency for sign in seen) else [])]),
        stakes=tuple(sign.id for sign in stakes().values() if sign.seen(folded)) if soon else (),
        spoken_against=tuple(
            sign.id for sign in high_signs().values() if sign.unless is not None and sign.unless.search(folded)
        ),
        emergency=emergency,
        accident=bool(_pattern("accident_reported").search(folded)),
        in_hospital=hospital_sign().seen(folded),
        thanks=bool(_pattern("thanks").search(folded)),
        suggestion=bool(_pattern("suggestions").search(folded)),
        counts=_counts(folded),
        mentions={name: len(words_of.findall(written)) for name, words_of in _mentions().items()},
    )


def marks(words: str) -> dict[str, float]:
    """Return the counts alone, as the model reads them."""
    return _counts(fold(_figures(words)))


def _figures(words: str) -> str:
    """Return the message with numbers in words written as figures ("trente jours")."""
    try:
        figures: str = alpha2digit(words, "fr")
    except (ValueError, IndexError, KeyError):
        return words
    return figures


def _emergency(words: str, today: date) -> str:
    """Return the emergency that a sentence shows."""
    if alarm(tokenise(words)) is None:
        return ""
    return next(
        (
            found
            for sentence in SENTENCE.split(words)
            if (found := alarm(tokenise(sentence))) and (found == SUICIDE or not _gone_by(fold(sentence), today))
        ),
        "",
    )


def _gone_by(folded: str, today: date) -> bool:
    """Whether a sentence tells an accident or a violence of a day gone by, or what it costs: no danger now."""
    days = [found for found in find_dates(folded, today) if not found.duration]
    return bool(_pattern("told_not_in_danger").search(folded)) or (bool(days) and not near(folded, today))


def _counts(folded: str) -> dict[str, float]:
    """Return the marks by which a plain question is told from a request, as numbers of like size."""
    marks = {f"low{place}": float(min(2, len(each.findall(folded)))) for place, each in enumerate(_low())}
    asks, events = len(_pattern("asks_action").findall(folded)), len(_pattern("event").findall(folded))
    sentences = [each for each in SENTENCE.split(folded) if len(each.split()) > 1]
    questions = sum(each.rstrip().endswith("?") for each in sentences)
    told = bool(asks or events or AMOUNT.search(folded))
    return {
        **marks,
        "thanks": float(bool(_pattern("thanks").search(folded))),
        "suggestion": float(bool(_pattern("suggestions").search(folded))),
        "asks": float(min(3, asks)),
        "events": float(min(3, events)),
        "questions": float(min(2, folded.count("?"))),
        "asking": questions / len(sentences) if sentences else 0.0,
        "mere_question": float(bool(questions or marks["low2"]) and not told),
        "mere_talk": float(not told),
        "length": min(1.5, len(folded.split()) / 100),
        "amount": float(bool(AMOUNT.search(folded))),
        "dated": float(bool(DATED.search(folded))),
    }


AMOUNT = re.compile(r"\d ?(?:€|euros?)")
DATED = re.compile(r"\b\d{1,2} (?:janv|fev|mars|avr|mai|juin|juil|aou|sept|oct|nov|dec)")


@lru_cache(maxsize=1)
def high_signs() -> Mapping[str, Sign]:
    """Return the signs that make a message urgent."""
    return {name: _sign(name, spec) for name, spec in data("priority")["high"].items()}


@lru_cache(maxsize=1)
def stakes() -> Mapping[str, Sign]:
    """Return what may be at stake within 48 hours."""
    return {name: _sign(name, spec) for name, spec in data("priority")["stakes"].items()}


@lru_cache(maxsize=1)
def hospital_sign() -> Sign:
    """Return the sign that somebody is in hospital now."""
    return _sign(IN_HOSPITAL, data("priority")["in_hospital"])


@lru_cache(maxsize=1)
def _mentions() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(each) for name, each in data("priority")["mentions"].items()}


@lru_cache(maxsize=1)
def _low() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(each) for each in data("priority")["low"])


@lru_cache(maxsize=8)
def _pattern(name: str) -> re.Pattern[str]:
    return _any(data("priority")[name])


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in patterns))


def _sign(name: str, spec: Mapping[str, Sequence[str] | str]) -> Sign:
    shows, unless = spec.get("signs"), spec.get("unless")
    return Sign(
        id=name,
        why=str(spec["why"]),
        shows=_any(shows) if shows else None,
        unless=_any(unless) if unless else None,
        requests=frozenset(spec.get("requests", ())),
        emergency=str(spec.get("emergency", "")),
    )
