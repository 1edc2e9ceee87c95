"""`assistant rules`: look into the rules engine."""

from __future__ import annotations

import csv
import sys
from datetime import date
from enum import Enum

import typer
from rich.console import Console
from rich.table import Table

from bot.rendering.exports import EXPORTS
from rules_engine.registry import rules

app = typer.Typer(help="List the rules; export every value that they hold.", no_args_is_help=True)


class What(str, Enum):
    """What can be exported."""

    BENEFITS = "benefits"
    CONTRIBUTIONS = "contributions"


class Format(str, Enum):
    """How."""

    CSV = "csv"


@app.command("list")
def list_rules() -> None:
    """List every rule with its articles and facts."""
    table = Table("rule", "question", "articles", "facts")
    for rule in rules().values():
        references = "\n".join(reference.reference for reference in rule.references)
        table.add_row(rule.name, rule.title, references, ", ".join(rule.facts))
    Console().print(table)


@app.command("export")
def export(
    what: What = typer.Argument(help="What to export."),
    format_: Format = typer.Option(Format.CSV, "--format", help="Output format."),
) -> None:
    """Print every value in force, one row a value."""
    columns, rows = EXPORTS[what.value](date.today())
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
