"""Messages to be sorted later, by a worker elsewhere: Dramatiq on Redis.

What waits in Redis is redacted already. A message is taken off only when its item is in the database; a worker killed
before that leaves it to another, and its key keeps it from becoming two items.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import dramatiq
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import AgeLimit, Retries, ShutdownNotifications, TimeLimit
from redis import Redis

from bot.serving.reduced import place_of

logger = logging.getLogger(__name__)
# Its own lines quote the messages.
logging.getLogger("dramatiq").setLevel(logging.CRITICAL)
QUEUE, ACTOR, NAMESPACE = "triage", "sort", "assistant-jobs"
# A worker silent for so long is dead; one command in fifty looks for such.
DEAD_AFTER_MS, LOOKS_IN_A_MILLION = 15_000, 20_000
# A database that is away for days loses no message; what still fails then is set aside for a week.
TRIES, LONGEST_PAUSE_MS, JOB_MS = 1_000, 300_000, 120_000
STOPS_WITHIN_MS = 30_000
ANSWER_S = 5.0


@dataclass(frozen=True)
class Job:
    """A message to be sorted.

    Attributes:
        key: what makes it the same message when it comes again, as a keyed hash.
        subject, body: redacted.
        at, day: when it came (ISO 8601), the day it was written; empty where not known.
    """

    key: str
    subject: str
    body: str
    origin: str
    at: str
    day: str = ""
    reference: str = ""

    @property
    def received_at(self) -> datetime:
        """When it came."""
        return datetime.fromisoformat(self.at)

    @property
    def written_on(self) -> date | None:
        """The day it was written."""
        return date.fromisoformat(self.day) if self.day else None


class Jobs:
    """The jobs that wait in Redis."""

    def __init__(self, url: str) -> None:
        """Take the address of Redis; nothing connects yet."""
        self.broker: Any = RedisBroker(
            client=Redis.from_url(url, socket_connect_timeout=ANSWER_S, socket_timeout=ANSWER_S),
            namespace=NAMESPACE,
            heartbeat_timeout=DEAD_AFTER_MS,
            maintenance_chance=LOOKS_IN_A_MILLION,
            middleware=[AgeLimit(), TimeLimit(), ShutdownNotifications(), Retries()],
        )
        self.broker.declare_queue(QUEUE)

    def put(self, job: Job) -> None:
        """Leave a job to the workers.

        Raises:
            redis.exceptions.RedisError: when Redis is away: the job was not taken.
        """
        self.broker.enqueue(dramatiq.Message(QUEUE, ACTOR, (), asdict(job), {}))

    def waiting(self) -> int:
        """Return how many jobs are not done."""
        return int(self.broker.do_qsize(QUEUE))


def work(jobs: Jobs, do: Callable[[Job], Awaitable[Any]]) -> None:
    """Do jobs until SIGTERM or SIGINT; the one under way is ended first."""

    def perform(**told: Any) -> None:
        try:
            asyncio.run(do(Job(**told)))  # type: ignore[arg-type]
        except Exception as error:
            logger.error("job not done, tried again later: %s", place_of(error))
            raise

    options = {"max_retries": TRIES, "max_backoff": LONGEST_PAUSE_MS, "time_limit": JOB_MS}
    dramatiq.Actor(perform, broker=jobs.broker, actor_name=ACTOR, queue_name=QUEUE, priority=0, options=options)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    worker = dramatiq.Worker(jobs.broker, worker_threads=1)  # sorting keeps a processor busy: more workers, not threads
    worker.start()
    stopped.wait()
    worker.stop(timeout=STOPS_WITHIN_MS)
