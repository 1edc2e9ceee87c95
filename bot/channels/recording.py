"""After each turn: counted, and what was not answered is noted, redacted. Never waits, never fails a turn."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from structlog.contextvars import bound_contextvars, get_contextvars

from bot.channels.past_turns import turns
from bot.serving.reduced import place_of
from bot.stages import Stages, timed_turn
from bot.storage.feedback import ABSTENTION, HANDOVER, WITHHELD
from bot.storage.store import Store

logger = logging.getLogger(__name__)
# Turns that may wait for the database; more are dropped.
MOST_WAITING = 500
STOP_WAITS = 5.0
# The header of a reply that names its turn, as the log does.
TURN = "X-Turn-Reference"
EMERGENCY, OUT_OF_SCOPE = "emergency", "out_of_scope"
# Templates (`custom.code`) of a reply that was not given, and of those that say that the documents do not tell.
WITHHELD_CODES = frozenset({"withheld", "failed"})
SILENT_CODES = frozenset(
    "unknown_answer give_up fpe_table_not_in_documents solutions_table_not_in_documents etranger_autres_montants "
    "no_renewal_period outside_validity".split()
)


def noted_kind(messages: Sequence[Mapping[str, Any]]) -> str:
    """Return how a turn went wrong, empty when it did not; of a person in danger nothing is noted."""
    replies = [message.get("custom", {}) for message in messages]
    kinds = {reply.get("kind") for reply in replies}
    codes = {reply.get("code") for reply in replies}
    if EMERGENCY in kinds:
        return ""
    if codes & WITHHELD_CODES:
        return WITHHELD
    if OUT_OF_SCOPE in kinds or codes & SILENT_CODES:
        return ABSTENTION
    return HANDOVER if HANDOVER in kinds else ""


class Recorder:
    """Writes down turns behind the replies, one at a time."""

    def __init__(self, store: Store, agent: Any) -> None:
        """Take where to write, and the agent that knows what was asked."""
        self._store = store
        self._agent = agent
        self._waiting: set[asyncio.Task[None]] = set()
        self._writer = ThreadPoolExecutor(1, "recorder")

    def turn(self, sender: str, messages: Sequence[Mapping[str, Any]]) -> None:
        """Take note of a turn that was just answered."""
        if len(self._waiting) >= MOST_WAITING:
            logger.error("turn not recorded: the database is too slow")
            return
        task = asyncio.create_task(self._record(sender, noted_kind(messages)))
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

    async def erase(self, sender: str) -> None:
        """Erase what feedback keeps of a conversation, and what of it was still to be written."""
        await self._written()
        await asyncio.to_thread(self._store.erase_conversation, sender)

    async def close(self) -> None:
        """Write what waits, for a few seconds at most."""
        await self._written()
        self._writer.shutdown(wait=False)

    async def _written(self) -> None:
        if self._waiting:
            await asyncio.wait(self._waiting, timeout=STOP_WAITS)

    async def _record(self, sender: str, kind: str) -> None:
        try:
            question = topic = ""
            if kind and (asked := await turns(self._agent, sender)):
                question, topic = asked[-1].question, asked[-1].topic
            conversation = self._store.conversation(sender)
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(
                self._writer, self._store.feedback.turn, conversation, kind if question else "", question, topic
            )
        except Exception as error:
            # Whatever fails here, the member has the reply; the log gets what failed, never what was said.
            logger.error("turn not recorded: %s", type(error).__name__)


def record_turn(
    app: Any, sender: str, messages: Sequence[Mapping[str, Any]], channel: str = "", stages: Stages | None = None
) -> None:
    """Record a turn of a channel, where the application records any (`rasa run` does not)."""
    recorder = getattr(app.ctx, "recorder", None)
    if recorder is not None:
        recorder.turn(sender, messages)
    metrics = getattr(app.ctx, "turns", None)
    if metrics is not None and stages is not None:
        metrics.observe(channel, messages, stages.end(), noted_kind(messages), reference())


def record_reduced(app: Any, error: Exception) -> None:
    """Count a turn that was answered without the assistant, and log where it failed."""
    logger.error("turn answered without the assistant: %s", place_of(error))
    app.ctx.reduced.inc()


@contextmanager
def watched_turn() -> Iterator[Stages]:
    """Time a turn; what is logged within has its reference."""
    with timed_turn() as stages, bound_contextvars(turn=uuid.uuid4().hex[:12]):
        yield stages


def reference() -> str:
    """Return the reference of the turn under way, which a member can be asked for: it names nobody."""
    return str(get_contextvars().get("turn", ""))
