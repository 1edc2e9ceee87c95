"""`assistant bench widget`: the weight of the chat widget, and how soon it can be used."""

from __future__ import annotations

import json
import os
import platform

import typer
from rich.console import Console
from rich.table import Table

from bot.bench.widget import LOADER, SLOW_DOWN, times, weights


def bench_widget(
    runs: int = typer.Option(5, min=1, help="First visits measured."),
    as_json: bool = typer.Option(False, "--json", help="Print the figures as JSON."),
) -> None:
    """Weigh every file that the widget loads and time it in Chromium on a slowed processor."""
    console = Console(stderr=True)
    found = weights()
    try:
        with console.status("Visiting…"):
            ready = times(runs)
    except ModuleNotFoundError:
        console.print("playwright is not installed (it comes with the dev extra): the weight alone is measured.")
        ready = {}
    if as_json:
        sizes = {name: {"raw": raw, "gzip": zipped} for name, (raw, zipped) in found.items()}
        typer.echo(json.dumps({"files": sizes, "ready_ms": ready}, indent=2))
        return
    Console().print(_table(found, f"{platform.machine()}, {os.cpu_count()} cores"))
    if ready:
        slow = f"median of {runs} first visits, processor slowed {SLOW_DOWN} ×"
        typer.echo(f"button shown: {ready['button']:.0f} ms; after the click, ready to write: {ready['field']:.0f} ms")
        typer.echo(f"({slow})")


def _table(found: dict[str, tuple[int, int]], machine: str) -> Table:
    table = Table("file", "bytes", "gzip", title=f"What a page loads ({machine})")
    for name, (raw, zipped) in found.items():
        table.add_row(name + (" (with the page)" if name == LOADER else ""), str(raw), str(zipped))
    raw, zipped = (sum(sizes) for sizes in zip(*found.values(), strict=True))
    table.add_row("all", str(raw), str(zipped), style="bold")
    return table
