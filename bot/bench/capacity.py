"""How many workers a day of questions needs: members arrive at random, turns wait for a worker that is free.

A simulation by events, seeded: the same figures give the same day. Arrivals are a Poisson process whose rate follows
the hours of a day; on the day when the reimbursements change, more members come, and a part of them
within the quarter of an hour after the news.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HOUR = 3600.0
# Share of a day's conversations that begin in each hour, as of a contact centre: two waves, hardly any at night.
HOURS = (
    0.3, 0.2, 0.1, 0.1, 0.2, 0.5, 1.5, 3.5, 7.0, 10.0, 10.5, 9.0,
    6.5, 7.5, 9.0, 8.5, 7.5, 6.0, 4.5, 3.0, 2.0, 1.3, 0.8, 0.5,
)  # fmt: skip
BURST_AT, BURST_LASTS = 10 * HOUR, 900.0


@dataclass(frozen=True)
class Day:
    """A day of the service.

    Attributes:
        members: how many there are.
        share: of them that begin a conversation this day.
        burst: share of those conversations that begin in the quarter of an hour after the news.
        turns: of a conversation, on average; pause: seconds between a reply and the next turn, on average.
    """

    members: int = 4_000_000
    share: float = 0.002
    burst: float = 0.0
    turns: float = 4.0
    pause: float = 25.0


ORDINARY = Day()
CHANGE = Day(share=0.02, burst=0.10)


@dataclass(frozen=True)
class Load:
    """What a day was like.

    Attributes:
        turns: answered; peak: most turns begun in one minute, per second.
        busy: share of the time that the workers were busy in the busiest minute.
        p50, p95, p99: seconds from a turn's arrival to its reply, waiting included.
    """

    turns: int
    peak: float
    busy: float
    p50: float
    p95: float
    p99: float


def conversations(day: Day, chance: random.Random) -> Iterator[float]:
    """Yield the seconds of the day at which conversations begin, not in order."""
    count = round(day.members * day.share)
    for _ in range(count):
        if chance.random() < day.burst:
            yield BURST_AT + chance.random() * BURST_LASTS
        else:
            yield (chance.choices(range(24), HOURS)[0] + chance.random()) * HOUR


def simulate(day: Day, workers: int, service: Sequence[float], seed: int = 1, hours: tuple[int, int] = (9, 12)) -> Load:
    """Return the load of a day's hours on some workers.

    Args:
        day: the day.
        workers: how many turns can be answered at the same time.
        service: measured seconds of turns on an idle worker; each turn takes one of them.
        seed: of the chance.
        hours: the first and the last, exclusive: those about the peak.
    """
    chance = random.Random(seed)
    start, end = hours[0] * HOUR, hours[1] * HOUR
    events = [at for at in conversations(day, chance) if start <= at < end]
    heapq.heapify(events)
    free = [0.0] * workers  # when each worker is free again
    minutes: dict[int, int] = {}
    work: dict[int, float] = {}
    waits: list[float] = []
    while events:
        at = heapq.heappop(events)
        if at >= end:
            continue
        takes = service[chance.randrange(len(service))]
        done = max(at, free[0]) + takes
        heapq.heapreplace(free, done)
        waits.append(done - at)
        minute = int(at // 60)
        minutes[minute] = minutes.get(minute, 0) + 1
        work[minute] = work.get(minute, 0.0) + takes
        # A conversation goes on with this likelihood: its turns are then as many as said, on average.
        if chance.random() < 1 - 1 / day.turns:
            heapq.heappush(events, done + chance.expovariate(1 / day.pause))
    waits.sort()
    return Load(
        len(waits),
        max(minutes.values()) / 60,
        max(work.values()) / 60 / workers,
        *(waits[min(len(waits) - 1, int(share * len(waits)))] for share in (0.5, 0.95, 0.99)),
    )


def needed(day: Day, service: Sequence[float], within: float = 1.0, seed: int = 1) -> tuple[int, Load]:
    """Return the fewest workers with which 99 turns of 100 have their reply in time, and the day with them."""
    workers = 1
    while (load := simulate(day, workers, service, seed)).p99 > within:
        workers = max(workers + 1, round(workers * 1.15))
    while workers > 1 and (fewer := simulate(day, workers - 1, service, seed)).p99 <= within:
        workers, load = workers - 1, fewer
    return workers, load
