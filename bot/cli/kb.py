"""`assistant kb`: look into the knowledge base."""

from __future__ import annotations

from datetime import date
from enum import Enum

import typer
from rich.console import Console
from rich.table import Table

from bot.cli import kb_documents
from bot.cli.kb_lint import lint
from bot.knowledge import Knowledge, load_ranker, short_answer
from bot.settings import Settings
from bot.training import model_path
from kb.entries import CONTRACTS, Entry

app = typer.Typer(
    help="Search the knowledge base; check its files; ingest, verify and compare documents.", no_args_is_help=True
)
kb_documents.register(app)


Contract = Enum("Contract", {name: name for name in sorted(CONTRACTS)}, type=str)  # type: ignore[misc]
UNSURE = "Aucune fiche ne répond sûrement à cette question ; les plus proches :"
NOTHING = "Aucune fiche ne répond à cette question."


app.command("lint")(lint)


@app.command("search")
def search(
    words: str,
    limit: int = typer.Option(5, min=1, max=50, help="Most entries shown."),
    contract: Contract | None = typer.Option(None, help="The member's contract (by default the one the words name)."),
    plain: bool = typer.Option(False, "--words", help="Search by the words alone, without the trained model."),
) -> None:
    """Show the entries that answer a question best."""
    console = Console()
    today = date.today()
    findings = _knowledge(plain).search(words, today, contract.value if contract else None, limit)
    if not findings.sure:
        console.print(UNSURE if findings.found else NOTHING)
    if not findings.found:
        return
    table = Table("score", "entry", "reference", "short answer")
    for found in findings.found:
        table.add_row(
            f"{found.share:.2f}", found.entry.title, _reference(found.entry), short_answer(found.entry, today)
        )
    console.print(table)


def _knowledge(plain: bool) -> Knowledge:
    """Return the knowledge base, with the trained model for the current data where there is one."""
    model = model_path(Settings())
    return Knowledge() if plain or not model.exists() else Knowledge(load_ranker(model))


def _reference(entry: Entry) -> str:
    return entry.references[0]["reference"]
