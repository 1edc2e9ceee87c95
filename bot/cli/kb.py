"""`assistant kb`: look into the knowledge base."""

from __future__ import annotations

from datetime import date

import typer
from rich.console import Console
from rich.table import Table

from bot.cli import kb_documents
from bot.rendering.renderer import fill
from kb.search import find

app = typer.Typer(help="Search the knowledge base; ingest, verify and compare documents.", no_args_is_help=True)
kb_documents.register(app)


@app.callback()
def group() -> None:
    """Keep `search` a sub-command while it is the only one."""


@app.command("search")
def search(words: str, limit: int = typer.Option(5, min=1, max=50, help="Most entries shown.")) -> None:
    """Show the entries that answer a question best."""
    table = Table("score", "entry", "reference", "short answer")
    for hit in find(words, None, date.today(), limit=limit):
        table.add_row(
            f"{hit.score:.1f}",
            hit.entry.title,
            hit.entry.references[0]["reference"],
            fill(hit.entry.short, date.today()),
        )
    Console().print(table)
