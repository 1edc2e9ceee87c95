"""`assistant data`: what is kept goes away, by age or by conversation; it is handed out, backed up and restored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.console import Console

from bot.settings import Settings

app = typer.Typer(help="What the product keeps: erase, hand out, back up, restore.", no_args_is_help=True)
console = Console(stderr=True)


@app.command("purge")
def purge() -> None:
    """Erase messages, feedback and conversations older than ASSISTANT_RETENTION_DAYS; the server does it daily."""
    from bot.storage.retention import purge as erase_old
    from bot.storage.store import open_store

    settings = Settings()
    store = open_store(settings)
    done = erase_old(store.database, settings)
    store.close()
    console.print(
        f"Older than {settings.retention_days} days: {done.messages} messages, {done.notes} notes, "
        f"{done.ratings} ratings, {done.events} events of conversations erased"
    )


@app.command("erase")
def erase(sender: str = typer.Argument(help="The conversation's reference, as the channel names it.")) -> None:
    """Erase one conversation, and what feedback keeps of it."""
    from bot.storage.conversations import erase_conversation
    from bot.storage.store import open_store

    settings = Settings()
    store = open_store(settings)
    store.erase_conversation(sender)
    store.close()
    console.print(f"{erase_conversation(settings, sender)} events erased, and what feedback kept of them.")


@contextmanager
def _explained() -> Iterator[None]:
    """Say why a backup cannot be made or read, and end with 2."""
    from bot.storage.backup import BackupError

    try:
        yield
    except BackupError as error:
        console.print(str(error), markup=False)
        raise typer.Exit(2) from None


@app.command("backup")
def backup(target: Path = typer.Argument(help="File to write.")) -> None:
    """Back everything up into one file, while the server runs."""
    from bot.storage.backup import backup as back_up

    with _explained():
        back_up(Settings(), target)
    console.print(f"{target}: {target.stat().st_size / 1024:.0f} KB")


@app.command("restore")
def restore(source: Path = typer.Argument(help="A file that `assistant data backup` wrote.")) -> None:
    """Put a backup in the place of what is kept; stop the server first."""
    from bot.storage.backup import restore as put_back

    with _explained():
        put_back(Settings(), source)
    console.print(f"{source}: restored")


@app.command("export")
def export(
    sender: str = typer.Option(help="The conversation's reference, as the channel names it."),
    out: Path | None = typer.Option(None, help="Where to write; standard output without it."),
) -> None:
    """Write everything kept of one conversation as JSON: messages, what is remembered, notes and ratings."""
    from bot.export import exported
    from bot.storage.store import open_store

    settings = Settings()
    store = open_store(settings)
    kept = exported(settings, store, sender)
    store.close()
    written = json.dumps(kept, indent=2, ensure_ascii=False)
    if out is None:
        typer.echo(written)
        return
    out.write_text(f"{written}\n", encoding="utf-8")
    console.print(f"{len(kept['messages'])} messages, {len(kept['notes'])} notes, {len(kept['ratings'])} ratings")
