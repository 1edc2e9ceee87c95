"""What is answered while the assistant cannot: an emergency's numbers, an entry found by the words alone, an adviser.

Nothing here needs a model, a database or Redis.
"""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import Any

from actions.answers import Answer
from actions.information import answer_entry
from bot.knowledge import Knowledge
from bot.rendering.renderer import Renderer
from bot.understanding.reader import read, tokenise
from bot.understanding.safety import alarm
from kb.ranking import Ranked

# Likeness to a question listed under the entry, below which words that happen to stand in it are not enough.
NEAR = 0.5
NOTICE, UNKNOWN = "reduced", "reduced_unknown"


def reduced_answers(text: str, today: date) -> list[Answer]:
    """Return the answers to a redacted message, on its own words alone."""
    danger = alarm(tokenise(text))
    if danger:
        return [Answer("emergency", danger)]
    found = Knowledge().search(text, today, limit=1)
    # What is paid for care is computed from what a member told; no entry stands for it.
    if found.sure and _tells(found.found[0]) and not read(text, today).linked.families:
        # No buttons: what they ask would need the assistant.
        whole = answer_entry(found.found[0].entry, found.contract, today)
        entry = Answer(whole.kind, whole.template, whole.data, topic=whole.topic, sources=whole.sources)
        return [entry, Answer("handover", NOTICE)]
    return [Answer("handover", UNKNOWN)]


def reduced_reply(sender: str, text: str, today: date) -> list[dict[str, Any]]:
    """Return the same as the messages of the chat."""
    render = Renderer(today)
    return [{"recipient_id": sender, **render.message(answer.to_json())} for answer in reduced_answers(text, today)]


def place_of(error: BaseException) -> str:
    """Return where something went wrong (`Error at file.py:12`); never an error's words, which may be a member's."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    at = f"{PurePath(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {at}"


def _tells(found: Ranked) -> bool:
    return found.nearness >= NEAR and bool(found.entry.answer) and not found.entry.rule
