"""`assistant evaluate`: how well messages of authors who never saw the training data are understood and answered."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.evaluation.figures import Figures, figures, grouped
from bot.evaluation.measures import confusions
from bot.evaluation.outcomes import Outcome, outcome
from bot.evaluation.reference import reference_outcomes, train_reference
from bot.evaluation.splits import READ_SPLIT, SPLITS, measured
from bot.settings import Settings
from bot.utterances import Utterance

COLUMNS = (
    ("messages", "messages"),
    ("intent", "intent"),
    ("facts", "facts read"),
    ("facts_contradicted", "facts misread"),
    ("benefit", "benefit"),
    ("end_to_end", "whole reply"),
    ("beside", "beside the subject"),
    ("beyond_recall", "beyond us: refused"),
    ("false_abstention", "ours: refused"),
    ("calibration_error", "calibration error"),
)
COMPARED = (
    ("intent", "intent right"),
    ("beyond_recall", "beyond us: refused"),
    ("confidence_recall", "the same by a threshold on its confidence"),
    ("threshold_recall", "the same by a threshold on what it learned of limits"),
    ("false_abstention", "ours: refused"),
    ("calibration_error", "calibration error"),
)
COUNT = "messages"


def evaluate(
    split: str = typer.Option("aside", help="Authors: aside (never read), read or all."),
    errors: int = typer.Option(0, min=0, help="Wrong replies to print, of the authors that may be read only."),
    reference: bool = typer.Option(False, "--reference", help="Train Rasa's default pipeline beside it (long)."),
    epochs: int = typer.Option(100, min=1, help="Epochs of the reference's classifiers (100 as `rasa init` writes)."),
    reference_model: Path | None = typer.Option(None, help="A reference trained before."),
    as_json: bool = typer.Option(False, "--json", help="Print the figures as JSON."),
) -> None:
    """Measure intent, facts, benefits, whole replies, refusals and calibration on the labelled messages."""
    if split not in SPLITS:
        raise typer.BadParameter(", ".join(SPLITS), param_hint="--split")
    console = Console(stderr=True)
    labelled = measured(split)
    ours = asyncio.run(_ours(labelled, console))
    theirs = asyncio.run(_theirs(labelled, reference_model, epochs, console)) if reference or reference_model else []
    if as_json:
        found = {"ours": grouped(ours), "reference": grouped(theirs)}
        typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    output = Console()
    output.print(_groups(grouped(ours), f"{len(labelled)} labelled messages, authors: {split}"))
    if theirs:
        output.print(_beside(figures(ours), figures(theirs)))
    output.print(_confusions(ours))
    for each in [each for each in ours if each.right is False and split == READ_SPLIT][:errors]:
        output.print(_error(each), markup=False, highlight=False)


async def _ours(labelled: Sequence[Utterance], console: Console) -> list[Outcome]:
    from bot.cli.serving import ensure_model
    from bot.runtime import load_agent

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), database_url="")
        with console.status("Loading…"):
            agent = load_agent(ensure_model(Settings()), settings)
        return [await outcome(agent, each) for each in track(labelled, "Asking", console=console)]


async def _theirs(labelled: Sequence[Utterance], model: Path | None, epochs: int, console: Console) -> list[Outcome]:
    def shown(messages: Sequence[Utterance]) -> Any:
        return track(messages, "Asking the reference", console=console)

    if model:
        return await reference_outcomes(model, labelled, shown)
    with tempfile.TemporaryDirectory() as folder:
        with console.status("Training the reference…"):
            trained = await asyncio.to_thread(train_reference, Path(folder), epochs)
        return await reference_outcomes(trained, labelled, shown)


def _groups(found: Mapping[str, Figures], title: str) -> Table:
    table = Table("", *(label for _, label in COLUMNS), title=title)
    for name, held in found.items():
        table.add_row(name, *(_cell(key, held[key]) for key, _ in COLUMNS))
    return table


def _beside(ours: Figures, theirs: Figures) -> Table:
    table = Table("", "ours", "Rasa default", title="Beside Rasa's default pipeline, same examples, same messages")
    for key, label in COMPARED:
        table.add_row(label, _cell(key, ours[key]), _cell(key, theirs[key]))
    return table


def _confusions(outcomes: Sequence[Outcome], most: int = 12) -> Table:
    table = Table("wanted", "heard", "times", title="Intents most often taken for another")
    pairs = [(each.utterance.intent, each.intent) for each in outcomes if not each.intent_right]
    for wanted, heard, times in confusions(pairs)[:most]:
        table.add_row(wanted, heard, str(times))
    return table


def _error(each: Outcome) -> str:
    wanted = ", ".join(sorted(each.utterance.answers)) or "/".join(sorted(each.utterance.kinds))
    got = ", ".join(sorted(each.topics)) or each.asked
    return f"{each.utterance.id} {each.utterance.text}\n    wanted {wanted} · got {each.kind} {got} {each.family}"


def _cell(key: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if key == COUNT else f"{value:.1%}"
