"""`assistant bench load`, `assistant bench capacity`: what a server does, and what a day of questions needs."""

from __future__ import annotations

import asyncio

import typer
from rich.console import Console
from rich.table import Table

from bot.bench.capacity import CHANGE, ORDINARY, needed
from bot.bench.load import measure

console = Console()
STEPS = 20


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
