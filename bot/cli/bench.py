"""`assistant bench`: our figures beside Rasa's default pipeline, on the same data, in the same run."""

from __future__ import annotations

import json
import os
import platform
import tempfile
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from bot.bench.compare import compare
from bot.cli.bench_capacity import bench_capacity, bench_load, bench_soak
from bot.cli.bench_kb import bench_kb
from bot.cli.bench_privacy import bench_privacy
from bot.cli.bench_rules import bench_rules
from bot.cli.bench_widget import bench_widget

ROWS = (
    ("training_s", "training of the whole data", "s"),
    ("load_s", "start-up: from command to model loaded", "s"),
    ("first_answer_s", "start-up: from command to first answer", "s"),
    ("memory_mb", "memory, largest", "MB"),
    ("turn_p50_ms", "one turn in process, median", "ms"),
    ("turn_p95_ms", "one turn in process, 95 %", "ms"),
)


app = typer.Typer(help="Measure the assistant beside the usual alternatives, in the same run.")
app.command("kb")(bench_kb)
app.command("privacy")(bench_privacy)
app.command("rules")(bench_rules)
app.command("widget")(bench_widget)
app.command("load")(bench_load)
app.command("soak")(bench_soak)
app.command("capacity")(bench_capacity)


@app.callback(invoke_without_command=True)
def bench(
    context: typer.Context,
    runs: int = typer.Option(3, min=1, help="Measured processes of each pipeline, in turn."),
    turns: int = typer.Option(200, min=20, help="Turns measured in each process."),
    epochs: int = typer.Option(100, min=1, help="Epochs of the reference's classifiers (100 as `rasa init` writes)."),
    as_json: bool = typer.Option(False, "--json", help="Print the figures as JSON."),
) -> None:
    """Train and measure both pipelines, side by side; `bench kb`, `privacy`, `rules` and `widget` measure one part."""
    if context.invoked_subcommand:
        return
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory() as folder, console.status("…") as status:
        figures = compare(Path(folder), runs, turns, epochs, lambda text: status.update(text))
    if as_json:
        typer.echo(json.dumps(figures, indent=2))
        return
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    table = Table(
        "figure", "ours", f"Rasa default ({epochs} epochs)", "ratio", title=f"Median of {runs} runs ({machine})"
    )
    for key, label, unit in ROWS:
        ours, theirs = figures["ours"][key], figures["rasa default"][key]
        table.add_row(label, f"{ours:.1f} {unit}", f"{theirs:.1f} {unit}", f"{theirs / ours:.1f} ×")
    Console().print(table)
