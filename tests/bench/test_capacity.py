"""The simulation of a day: what theory says of a queue, and the same day again."""

from __future__ import annotations

import pytest

from bot.bench.capacity import CHANGE, ORDINARY, Day, needed, simulate

SMALL = Day(members=400_000, share=0.02)


def test_the_same_seed_is_the_same_day() -> None:
    assert simulate(SMALL, 3, [0.05], seed=4) == simulate(SMALL, 3, [0.05], seed=4)
    assert simulate(SMALL, 3, [0.05], seed=4) != simulate(SMALL, 3, [0.05], seed=5)


def test_without_a_queue_a_turn_takes_its_own_time() -> None:
    load = simulate(SMALL, 500, [0.05])
    assert load.p99 == pytest.approx(0.05) and load.busy < 0.1


@pytest.mark.parametrize(("share", "waits"), [(0.072, False), (0.125, True)])
def test_half_of_the_turns_wait_once_a_worker_is_busy_half_of_the_time(share: float, waits: bool) -> None:
    # Poisson arrivals see what an onlooker sees: a turn waits as often as the worker is busy.
    load = simulate(Day(members=1_000_000, share=share, turns=1.0), 1, [0.18], hours=(10, 11))
    busy = load.turns * 0.18 / 3600
    assert (busy > 0.5) is waits and busy < 0.9
    assert (load.p50 > 0.181) is waits


def test_conversations_have_as_many_turns_as_said() -> None:
    day = Day(members=1_000_000, share=0.02, turns=4.0, pause=1.0)
    alone = Day(members=1_000_000, share=0.02, turns=1.0)
    ratio = simulate(day, 100, [0.01]).turns / simulate(alone, 100, [0.01]).turns
    assert ratio == pytest.approx(4.0, rel=0.05)


def test_more_members_need_more_workers_and_the_fewest_is_the_fewest() -> None:
    workers, load = needed(SMALL, [0.1, 0.3])
    assert load.p99 <= 1.0 < simulate(SMALL, workers - 1, [0.1, 0.3]).p99 if workers > 1 else load.p99 <= 1.0
    assert needed(Day(members=4_000_000, share=0.02), [0.1, 0.3])[0] > workers
    assert CHANGE.share > ORDINARY.share and CHANGE.burst > ORDINARY.burst
