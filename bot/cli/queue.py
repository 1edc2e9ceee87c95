"""`assistant queue import`, `assistant triage-corrections`: a mailbox into the queue, what was corrected out of it."""

from __future__ import annotations

import asyncio
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.settings import SettingError, Settings
from bot.triage.mailbox import MailboxError, count_messages, read_mailbox

if TYPE_CHECKING:
    from bot.intake import Intake
    from bot.storage.store import Store
    from bot.triage.sorter import Sorter

app = typer.Typer(help="The triage queue of the advisers' desk.", no_args_is_help=True)
console = Console(stderr=True)
ORIGIN = "import"


@app.command("import")
def import_mailbox(
    path: Path = typer.Argument(help="A mailbox: mbox, folder of .eml, .csv or .jsonl."),
    later: bool = typer.Option(False, "--later", help="Leave the messages to `assistant worker` (REDIS_URL)."),
) -> None:
    """Sort a mailbox into the queue; a run cut short goes on where it stopped, and nothing comes in twice."""
    try:
        total = count_messages(path)
        counts = asyncio.run(_import(path, total, later=later)) if total else {"new": 0, "known": 0, "failed": 0}
    except MailboxError as error:
        console.print(f"[red]{error}[/red]")
        raise typer.Exit(2) from None
    console.print(
        f"{path}: {total} messages, {counts['new']} new, {counts['known']} known, {counts['failed']} not sorted"
    )
    if counts["failed"]:
        raise typer.Exit(1)


def corrections(
    out: Path | None = typer.Option(None, "--out", help="File to write (JSON lines); printed without it."),
) -> None:
    """Write what colleagues corrected as labelled mails; put into data/triage, the next training learns from them."""
    from bot.storage.corrections import as_lines
    from bot.storage.store import open_store

    store = open_store(Settings())
    lines = as_lines(store.database)
    store.close()
    if out is None:
        typer.echo(lines, nl=False)
        return
    out.write_text(lines, encoding="utf-8")
    console.print(f"{out}: {len(lines.splitlines())} labelled mails")


def _intake(store: Store, settings: Settings, *, later: bool) -> Intake:
    from bot.cli.triage import loaded_sorter
    from bot.intake import Intake
    from bot.serving.jobs import Jobs
    from bot.serving.live import Late

    if not later:
        return Intake(loaded_sorter(), store)
    if not settings.redis_url:
        raise SettingError("REDIS_URL is empty: `--later` leaves the messages in Redis")
    return Intake(cast("Sorter", Late(loaded_sorter)), store, Jobs(settings.redis_url))


async def _import(path: Path, total: int, *, later: bool) -> dict[str, int]:
    from bot.storage.store import open_store

    settings = Settings()
    store = open_store(settings)
    intake = _intake(store, settings, later=later)
    counts = {"new": 0, "known": 0, "failed": 0}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Sorting", total=total)
        for item in read_mailbox(path):
            at = datetime.combine(item.mail.day, time.min) if item.mail.day else None
            try:
                if later:
                    is_new = await intake.later(item.mail, ORIGIN, (item.key,), at=at) is None
                else:
                    _, is_new = await intake.take(item.mail, ORIGIN, (item.key,), at=at)
                counts["new" if is_new else "known"] += 1
            except Exception as error:  # one message that cannot be sorted stops no other
                counts["failed"] += 1
                console.print(f"{item.key}: {type(error).__name__}")
            progress.advance(task)
    store.close()
    return counts
