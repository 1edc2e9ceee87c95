"""Holding generated conversations: each message gets a reply in words, and nothing fails on the way."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.channels.requests import clean, message_of
from bot.fuzz.generator import conversations
from bot.voice.call import Calls
from bot.voice.line import Heard

# Each so many conversations one is a call: what is answered is spoken as well.
CALLS = 5
FAILED = "failed"


@dataclass(frozen=True)
class Failure:
    """A message that failed.

    Attributes:
        conversation: number of the conversation under its seed; turn: of the message in it, from 1.
        message: what was written, redacted.
        what: what went wrong, without any of the words.
    """

    conversation: int
    turn: int
    message: str
    what: str


@dataclass
class Report:
    """What came of it: how many messages, how many replies of each kind, and which failed."""

    messages: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)


async def fuzz(agent: Any, messages: int, seed: int, done: Callable[[int], None] = lambda _: None) -> Report:
    """Hold conversations until so many messages were answered.

    Args:
        agent: the assistant; what is said to it is kept wherever its tracker store keeps it.
        messages: how many.
        seed: of the generator.
        done: told how many messages are done, as they are.
    """
    report = Report()
    for number, turns in zip(count(), conversations(seed)):
        for turn, text in enumerate(turns, 1):
            if report.messages >= messages:
                return report
            with _errors_logged() as logged:
                kinds, what = await _reply(agent, f"fuzz-{seed}-{number}", text, spoken=number % CALLS == CALLS - 1)
            report.messages += 1
            report.kinds.update(kinds)
            if what or logged:
                report.failures.append(Failure(number, turn, clean(text), "; ".join(filter(None, (what, *logged)))))
            done(report.messages)
    return report


async def _reply(agent: Any, sender: str, text: str, *, spoken: bool) -> tuple[list[str], str]:
    """Return the kinds of the replies to a message, and what went wrong, empty where nothing did."""
    from bot.cli.ask import reply

    try:
        chat = message_of({"sender": sender, "message": text})
        if spoken:
            replies = (await Calls(agent, agent.handle_message).turn(sender, Heard(chat.text, "", None, None))).messages
        else:
            replies = await reply(agent, text, sender)
    except Exception as error:  # whatever it is, it is what is looked for
        return [], _where(error)
    return [str(each.get("custom", {}).get("kind")) for each in replies], wrong_with(replies)


def wrong_with(replies: Sequence[Mapping[str, Any]]) -> str:
    """Return what is wrong with replies, empty where nothing is."""
    if not replies:
        return "no reply"
    if not all(str(each.get("text") or "").strip() for each in replies):
        return "a reply without words"
    if any(each.get("custom", {}).get("code") == FAILED for each in replies):
        return "the reply of a turn that failed"
    return ""


def _where(error: Exception) -> str:
    """Return the kind of an error and where it was raised: never its words, which may hold the message's."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}"


@contextmanager
def _errors_logged() -> Iterator[list[str]]:
    """Yield a list of the errors logged meanwhile: a turn that fails says so there, and answers all the same."""
    logged: list[str] = []

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            logged.append(f"{record.name}: {record.getMessage() if record.name.startswith('actions') else record.msg}")

    handler = Listening(logging.ERROR)
    logging.getLogger().addHandler(handler)
    try:
        yield logged
    finally:
        logging.getLogger().removeHandler(handler)
