"""`assistant bench rules`: decisions of the rules engine beside zen-engine and OpenFisca-Core, in one run."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping
from datetime import date

import typer
from rich.console import Console
from rich.table import Table

from bot.bench.rules import OURS, Figures, WrongAnswerError, compare
from bot.settings import Settings


def bench_rules(
    runs: int = typer.Option(5, min=1, help="Times every question is asked of each engine."),
    as_json: bool = typer.Option(False, "--json", help="Print the figures as JSON."),
) -> None:
    """Compare the rules engine with zen-engine and OpenFisca-Core on the tables of benefits."""
    console = Console(stderr=True)
    try:
        with console.status("Preparing…") as status:
            found = compare(Settings().data, runs, date.today(), status.update)
    except subprocess.CalledProcessError as error:
        why = (error.stderr or "").strip()[-400:]
        console.print(
            f"The engines to compare with did not run (pip must reach its package index): {why}", soft_wrap=True
        )
        raise typer.Exit(1) from error
    except WrongAnswerError as error:
        console.print(str(error))
        raise typer.Exit(1) from error
    if as_json:
        typer.echo(json.dumps(found, indent=2))
        return
    Console().print(_table(found))


def _table(found: Mapping[str, Figures]) -> Table:
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    shown = Table(title=f"{found[OURS]['decisions']:.0f} decisions by each engine ({machine})")
    for column in ("engine", "median", "95 %", "loading", "times ours"):
        shown.add_column(column)
    for name, figures in found.items():
        shown.add_row(
            name,
            f"{figures['median_us']:.0f} µs",
            f"{figures['p95_us']:.0f} µs",
            f"{figures['load_s']:.2f} s",
            "" if name == OURS else f"{figures['median_us'] / found[OURS]['median_us']:.0f}",
        )
    return shown
