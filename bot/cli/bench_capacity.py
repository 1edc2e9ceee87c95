"""`assistant bench load`, `soak` and `capacity`: what a server does, for how long, and what a busy day needs."""

from __future__ import annotations

import asyncio

import typer
from rich.console import Console
from rich.table import Table

from bot.bench.capacity import CHANGE, ORDINARY, needed
from bot.bench.load import measure
from bot.bench.soak import Round, soak

console = Console()
STEPS = 20
# Memory is held against what it was after the first minutes, in which caches fill; it may grow by this share.
WARM_MIN, GROWTH = 3.0, 0.1


def bench_load(
    url: str = typer.Argument("http://127.0.0.1:8080", help="A running server, or the proxy before several."),
    conversations: int = typer.Option(4, min=1, help="Conversations at once."),
    turns: int = typer.Option(40, min=1, help="Turns of each."),
) -> None:
    """Measure turns per second; with one conversation, the seconds that `bench capacity` wants."""
    found = asyncio.run(measure(url, conversations, turns))
    p50, p95 = (found.seconds[int(share * (len(found.seconds) - 1))] for share in (0.5, 0.95))
    console.print(
        f"{found.rate:.1f} turns/s, median {p50 * 1000:.0f} ms, 95 % {p95 * 1000:.0f} ms, {found.failed} failed"
    )
    spread = (found.seconds[int((step + 0.5) / STEPS * len(found.seconds))] for step in range(STEPS))
    console.print("--ms " + ",".join(f"{second * 1000:.0f}" for second in spread), soft_wrap=True)


def bench_soak(
    minutes: float = typer.Option(30.0, min=0.1, help="How long."),
    conversations: int = typer.Option(2, min=1, help="Conversations at once."),
) -> None:
    """Converse with a server of its own for long; fails when a turn fails or memory grows by more than 10 %."""
    rounds: list[Round] = []
    shown = -1.0
    for each in soak(minutes, conversations):
        if each.minute - shown >= 1 or each.failed:
            shown = each.minute
            console.print(
                f"{each.minute:5.1f} min  {each.memory_mb:6.0f} MB  95 % {each.p95_ms:4.0f} ms  {each.failed} failed"
            )
        rounds.append(each)
    warm = next((each for each in rounds if each.minute >= min(WARM_MIN, minutes / 2)), rounds[-1])
    grown = rounds[-1].memory_mb / warm.memory_mb - 1
    failed = sum(each.failed for each in rounds)
    console.print(f"{sum(each.turns for each in rounds):,} turns, {failed} failed, memory {grown:+.1%} since warm")
    if failed or grown > GROWTH:
        raise typer.Exit(1)


def bench_capacity(
    ms: str = typer.Option(..., "--ms", help="Milliseconds of turns on an idle worker (`bench load`, 1 conversation)."),
    seed: int = typer.Option(1, help="Of the chance."),
) -> None:
    """Simulate an ordinary day and the day when the reimbursements change, with 4 million members."""
    service = [float(each) / 1000 for each in ms.split(",")]
    table = Table("day", "turns 9 to 12", "peak turns/s", "workers", "busy at the peak", "median", "99 %")
    for name, day in (("ordinary", ORDINARY), ("reimbursements change", CHANGE)):
        workers, load = needed(day, service, seed=seed)
        table.add_row(
            name, f"{load.turns:,}", f"{load.peak:.1f}", str(workers), f"{load.busy:.0%}",
            f"{load.p50 * 1000:.0f} ms", f"{load.p99 * 1000:.0f} ms",
        )  # fmt: skip
    console.print(table)
