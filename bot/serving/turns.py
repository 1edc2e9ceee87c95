"""What each turn was, for who watches the service: counted, timed, and one line in the log. Never what was said."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram

logger = logging.getLogger("assistant.turns")
# Seconds: the aim of a stage is some milliseconds, of a turn less than three hundred.
BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0)


class TurnMetrics:
    """Counters of turns by channel and kind, of what was not answered, of decisions by rule; seconds by stage."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Take where the counters are collected."""
        self._turns = Counter("assistant_turns_total", "Turns", ["channel", "kind"], registry=registry)
        self._unanswered = Counter("assistant_unanswered_total", "Turns not answered", ["why"], registry=registry)
        self._decisions = Counter("assistant_decisions_total", "Decisions", ["rule", "outcome"], registry=registry)
        self._stages = Histogram(
            "assistant_stage_seconds", "Time of a stage", ["stage"], buckets=BUCKETS, registry=registry
        )

    def observe(
        self,
        channel: str,
        messages: Sequence[Mapping[str, Any]],
        seconds: Mapping[str, float],
        why: str,
        reference: str,
    ) -> None:
        """Count a turn and write its line.

        Args:
            channel: rest, voice or twilio_voice.
            messages: the contract's messages; the last tells the kind of the turn.
            seconds: of each stage.
            why: it was not answered (`noted_kind`), empty where it was.
            reference: of the turn, which its error messages have too.
        """
        told = [message.get("custom") or {} for message in messages]
        kind = str(told[-1].get("kind", "none")) if told else "none"
        self._turns.labels(channel, kind).inc()
        if why:
            self._unanswered.labels(why).inc()
        for each in told:
            if decision := each.get("decision"):
                self._decisions.labels(str(decision.get("rule", "")), str(decision.get("outcome", ""))).inc()
        for stage, spent in seconds.items():
            self._stages.labels(stage).observe(spent)
        logger.info(
            "turn %s",
            reference,
            extra={
                "turn": reference, "channel": channel, "kind": kind, "topic": told[-1].get("topic", "") if told else "",
                "why": why, "ms": {stage: round(spent * 1000, 1) for stage, spent in seconds.items()},
            },
        )  # fmt: skip
