"""`assistant triage`: a whole mailbox, sorted and drafted into a CSV. Nothing is ever sent."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.settings import Settings
from bot.triage.journal import Journal, JournalError
from bot.triage.mailbox import Item, MailboxError, count_messages, read_mailbox

if TYPE_CHECKING:
    from bot.triage.sorter import Sorter

COLUMNS = (
    "id", "date", "categorie", "objet", "priorite", "online_service", "service", "pieces", "confidence", "draft",
    "sources", "why", "subject", "body", "error",
)  # fmt: skip
console = Console(stderr=True)


def triage(
    path: Path = typer.Argument(help="A mailbox: mbox, folder of .eml, .csv or .jsonl."),
    out: Path | None = typer.Option(None, "--out", help="CSV to write, or to go on with (PATH.triage.csv)."),
) -> None:
    """Sort a mailbox and draft a reply to each message; a run cut short goes on where it stopped."""
    target = out or Path(f"{path.name or 'mailbox'}.triage.csv")
    try:
        total = count_messages(path)
        with Journal(target, COLUMNS) as journal:
            run(path, total, journal)
    except (MailboxError, JournalError) as error:
        console.print(f"[red]{error}[/red]")
        raise typer.Exit(2) from None
    console.print(f"{target}: {total} messages")


def run(path: Path, total: int, journal: Journal) -> None:
    """Sort the messages of a mailbox that are not yet in the journal."""
    if total and not _all_done(path, journal):
        sorter = loaded_sorter()
        counts: Counter[tuple[str, str]] = Counter()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console) as progress, _Loop() as loop:
            task = progress.add_task("Sorting", total=total, completed=0)
            for item in read_mailbox(path):
                if item.key not in journal.done:
                    row = loop.run(_row(sorter, item))
                    journal.append(row)
                    counts[row["categorie"], row["priorite"]] += 1
                progress.advance(task)
        _show(counts)


class _Loop:
    """An event loop for as long as a mailbox is read (Python 3.10 has no `asyncio.Runner`)."""

    def __enter__(self) -> _Loop:
        self._loop = asyncio.new_event_loop()
        return self

    def run(self, work: Any) -> Any:
        return self._loop.run_until_complete(work)

    def __exit__(self, *_: object) -> None:
        self._loop.close()


def _all_done(path: Path, journal: Journal) -> bool:
    return all(item.key in journal.done for item in read_mailbox(path))


def loaded_sorter() -> Sorter:
    """Return what sorts messages, with the model for the current data."""
    from bot.cli.serving import ensure_model
    from bot.runtime import load_agent
    from bot.triage.loading import load_sorter

    settings = Settings()
    model = ensure_model(settings)
    with console.status("Loading the model…"):
        return load_sorter(load_agent(model, settings), settings)


async def _row(sorter: Sorter, item: Item) -> dict[str, Any]:
    """Return the row of a message; one that cannot be sorted says so and stops nothing."""
    mail = item.mail
    row: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    row.update(id=item.key, date=mail.day.isoformat() if isinstance(mail.day, date) else "")
    try:
        found = await sorter.triage(mail.subject, mail.body, mail.day, mail.names)
    except Exception as error:
        return {**row, "error": type(error).__name__}
    row.update({name: found.get(name, "") for name in COLUMNS if name in found})
    row.update(
        online_service="oui" if found["online_service"] else "non",
        pieces="\n".join(found["pieces"]),
        sources="\n".join(f"{source['document']} – {source['reference']}" for source in found["sources"]),
        why=json.dumps([why["text"] for why in found["why"]], ensure_ascii=False),
        subject=found["redacted"]["subject"],
        body=found["redacted"]["body"],
    )
    return row


def _show(counts: Counter[tuple[str, str]]) -> None:
    """Print how many messages of each category and priority were sorted."""
    priorities = ("haute", "normale", "basse")
    table = Table("category", *priorities)
    for category in sorted({category for category, _ in counts}):
        table.add_row(category or "(not sorted)", *(str(counts[category, priority]) for priority in priorities))
    console.print(table)
