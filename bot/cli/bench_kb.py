"""`assistant bench kb`: our search beside SQLite FTS5 and bm25s, on the project's labelled questions, in one run."""

from __future__ import annotations

import json
import os
import platform
from datetime import date
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.bench.questions import HALVES, labelled
from bot.bench.search import Figures, measure
from bot.bench.searchers import Search, bm25s, product, sqlite_fts5
from bot.knowledge import Knowledge, load_ranker
from bot.settings import Settings
from bot.training import model_path

COLUMNS = (
    ("recall_1", "R@1", 100, "%"),
    ("recall_5", "R@5", 100, "%"),
    ("mrr", "MRR", 1, ""),
    ("wrong_contract", "wrong contract", 100, "%"),
    ("refusals", "refusals right", 100, "%"),
    ("false_refusals", "false refusals", 100, "%"),
    ("median_ms", "median", 1, "ms"),
    ("p95_ms", "95 %", 1, "ms"),
)


def bench_kb(
    half: str = typer.Option("held", help="Questions asked: held (kept aside), dev (tuned on) or all."),
    model: Path | None = typer.Option(None, help="Trained model (by default the one for the current data, if any)."),
    as_json: bool = typer.Option(False, "--json", help="Print the figures as JSON."),
) -> None:
    """Compare the search of the knowledge base with SQLite FTS5 and bm25s."""
    if half not in (*HALVES, "all"):
        raise typer.BadParameter("held, dev or all", param_hint="--half")
    console = Console(stderr=True)
    with console.status("Loading…"):
        searches = _searches(model, console)
    questions = labelled(half)
    found = measure(searches, track(questions, "Asking", console=console))
    if as_json:
        typer.echo(json.dumps(found, indent=2))
        return
    answered = sum(bool(question.entries) for question in questions)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    title = f"{answered} questions to answer and {len(questions) - answered} to refuse, {half} ({machine})"
    Console().print(_overview(found, title))
    Console().print(_details(found))


def _searches(model: Path | None, console: Console) -> dict[str, Search]:
    today = date.today()
    searches = {"words": product(Knowledge(), today)}
    trained = model or model_path(Settings())
    if trained.exists():
        searches = {"words + topics": product(Knowledge(load_ranker(trained)), today), **searches}
    else:
        console.print("No trained model for the current data (`assistant train`): the words alone are measured.")
    searches["SQLite FTS5"] = sqlite_fts5()
    try:
        searches["bm25s"] = bm25s()
    except ModuleNotFoundError:
        console.print("bm25s is not installed (it comes with the dev extra): left out.")
    return searches


def _overview(found: dict[str, dict[str, Figures]], title: str) -> Table:
    table = Table("search", *(label for _, label, _, _ in COLUMNS), title=title)
    for name, groups in found.items():
        table.add_row(name, *(_cell(groups["all"], *column) for column in COLUMNS))
    return table


def _details(found: dict[str, dict[str, Figures]]) -> Table:
    """Return R@1, R@5 and MRR of each contract and style, and right refusals of each kind, search by search."""
    table = Table("questions", "number", *found, title="R@1 / R@5 / MRR by contract and style; right refusals by kind")
    groups = next(iter(found.values()))
    for group in (name for name in groups if name != "all"):
        cells = [_short(figures[group]) for figures in found.values()]
        table.add_row(group, f"{groups[group]['questions']:.0f}", *cells)
    return table


def _short(figures: Figures) -> str:
    if "recall_1" not in figures:
        return _cell(figures, "refusals", "", 100, "%")
    return " / ".join(_cell(figures, *column) for column in COLUMNS[:3])


def _cell(figures: Figures, key: str, label: str, scale: int, unit: str) -> str:
    if key not in figures:
        return "–"
    digits = {"%": 1, "ms": 2}.get(unit, 3)
    return f"{figures[key] * scale:.{digits}f} {unit}".rstrip()
