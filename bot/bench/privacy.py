"""How much personal data the redactor finds, how much of what it hides is personal, and how long it takes.

The labelled messages are in two halves: what is wrong with `mended` may be read, of `measured` only figures are.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles

from bot.privacy.redactor import redact, redact_mail
from bot.settings import ROOT

LABELLED = ROOT / "tests" / "privacy" / "data" / "labelled.jsonl"
MENDED, MEASURED = "mended", "measured"
LETTER = "letter"
DAY = date(2026, 3, 12)
PLACEHOLDER = re.compile(r"\[([A-Z][A-Z_]+)\]")
Span = tuple[int, int]


@dataclass(frozen=True)
class Labelled:
    """A message and where its personal data stand.

    Attributes:
        spans: place (half-open) and kind of each.
    """

    id: str
    style: str
    half: str
    text: str
    spans: tuple[tuple[Span, str], ...]


@dataclass(frozen=True)
class Found:
    """What the redactor made of a message.

    Attributes:
        kept: kind and text of personal data of which a letter or a figure still stands.
        wrong: kind and text of what it hid, most of it nobody's.
        hidden: kind of each thing that it hid.
    """

    message: Labelled
    kept: tuple[tuple[str, str], ...]
    wrong: tuple[tuple[str, str], ...]
    hidden: tuple[str, ...]


@dataclass(frozen=True)
class Scores:
    """Shares (0 to 1, None of nothing): of the personal data hidden whole, and of what is hidden being personal."""

    messages: int
    personal: int
    recall: float | None
    precision: float | None


def labelled(halves: Sequence[str] = (MENDED, MEASURED)) -> list[Labelled]:
    """Return the labelled messages of some halves."""
    told = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    return [
        Labelled(
            each["id"],
            each["style"],
            each["half"],
            each["text"],
            tuple(((span["start"], span["end"]), span["kind"]) for span in each["spans"]),
        )
        for each in told
        if each["half"] in halves
    ]


def shown(message: Labelled) -> str:
    """Return a message redacted as the product does: a letter knows its names everywhere."""
    return redact_mail("", message.text, DAY).body if message.style == LETTER else redact(message.text)


def found(message: Labelled) -> Found:
    """Return what the redactor finds in a message, and what not."""
    masks = hidden_spans(message.text, shown(message))
    hidden = {place for span, _ in masks for place in range(*span)}
    personal = {place for span, _ in message.spans for place in range(*span)}
    letters = {place for place, letter in enumerate(message.text) if letter.isalnum()}

    def mostly_nobodys(span: Span) -> bool:
        own = letters.intersection(range(*span))
        return len(own & personal) * 2 < len(own)

    return Found(
        message,
        tuple(
            (kind, message.text[slice(*span)])
            for span, kind in message.spans
            if letters.intersection(range(*span)) - hidden
        ),
        tuple((kind, message.text[slice(*span)]) for span, kind in masks if mostly_nobodys(span)),
        tuple(kind for _, kind in masks),
    )


def hidden_spans(text: str, redacted: str) -> list[tuple[Span, str]]:
    """Return what each placeholder stands for in a text.

    Raises:
        ValueError: when the rest of the text was changed too.
    """
    rest = PLACEHOLDER.split(redacted)
    parts = [rf"{re.escape(part)}(.+?)" for part in rest[:-1:2]]
    aligned = re.fullmatch(f"{''.join(parts)}{re.escape(rest[-1])}", text, re.DOTALL)
    if aligned is None:
        raise ValueError(f"more than personal data changed: {redacted}")
    return [(aligned.span(place), kind) for place, kind in enumerate(rest[1::2], 1)]


def scores(results: Sequence[Found], kind: str = "") -> Scores:
    """Return the scores of some messages, of one kind of personal data or of all."""
    personal = [each for result in results for _, each in result.message.spans if kind in ("", each)]
    kept = [each for result in results for each, _ in result.kept if kind in ("", each)]
    hidden = [each for result in results for each in result.hidden if same(kind, each)]
    wrong = [each for result in results for each, _ in result.wrong if same(kind, each)]
    return Scores(len(results), len(personal), _share(kept, personal), _share(wrong, hidden))


def same(kind: str, placeholder: str) -> bool:
    """Whether a placeholder is of a kind of the labels."""
    return kind in ("", {"date_naissance": "naissance"}.get(placeholder.lower(), placeholder.lower()))


def kinds(results: Iterable[Found]) -> list[str]:
    """Return the kinds of personal data in some messages."""
    return sorted({kind for result in results for _, kind in result.message.spans})


def microseconds(messages: Sequence[Labelled], runs: int, act: Callable[[str], str] = redact) -> tuple[float, float]:
    """Return how long a message takes, median and 95th percentile of the best of some runs, in microseconds."""
    for message in messages:
        act(message.text)  # word lists are read once
    best = [min(_timed(act, message.text) for _ in range(runs)) for message in messages]
    return median(best), quantiles(best, n=20)[-1]


def _timed(act: Callable[[str], str], text: str) -> float:
    start = time.perf_counter()
    act(text)
    return (time.perf_counter() - start) * 1e6


def _share(bad: Sequence[str], every: Sequence[str]) -> float | None:
    return 1 - len(bad) / len(every) if every else None
