"""`assistant fuzz`: generated messages through the conversation."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


def fuzz(
    messages: int = typer.Option(100_000, min=1, help="How many messages."),
    seed: int = typer.Option(1, help="The same seed makes the same conversations."),
) -> None:
    """Hold generated conversations; fails when a message breaks anything or is answered by an apology.

    Wordings of the project, changed and mixed, odd values, markup, commands, any Unicode; one conversation in five is a
    call. What failed is printed redacted, with the seed that makes it again.
    """
    from bot.cli.serving import ensure_model
    from bot.fuzz.run import fuzz as hold
    from bot.runtime import load_agent
    from bot.settings import Settings

    console = Console(stderr=True)
    with tempfile.TemporaryDirectory() as folder, _bar(console) as progress:
        settings = Settings(data=Path(folder), database_url="")
        agent: Any = load_agent(ensure_model(settings), settings)
        task = progress.add_task("messages", total=messages)
        report = asyncio.run(hold(agent, messages, seed, lambda done: progress.update(task, completed=done)))
    output = Console()
    for failure in report.failures:
        place = f"seed {seed}, conversation {failure.conversation}, turn {failure.turn}"
        output.print(f"{place}: {failure.what}\n  {failure.message[:300]!r}", markup=False)
    kinds = ", ".join(f"{kind} {number}" for kind, number in report.kinds.most_common())
    output.print(f"{report.messages} messages, {len(report.failures)} failed; replies: {kinds}", markup=False)
    if report.failures:
        raise typer.Exit(1)


def _bar(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console)
