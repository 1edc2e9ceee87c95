"""`assistant bench privacy`: what the redactor finds in labelled messages, what it hides wrongly, how fast it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

import typer
from rich.console import Console
from rich.table import Table

from bot.bench.privacy import MEASURED, MENDED, Found, Scores, found, kinds, labelled, microseconds, scores

CHAT = "chat"


def bench_privacy(
    errors: int = typer.Option(0, min=0, help="Errors to print, of the half that may be read only."),
    runs: int = typer.Option(5, min=1, help="Times that each message is redacted; the fastest counts."),
    as_json: bool = typer.Option(False, "--json", help="Print the figures as JSON."),
) -> None:
    """Measure the redactor on the labelled messages, by half, style and kind of personal data."""
    results = [found(message) for message in labelled()]
    groups = grouped(results)
    middle, most = microseconds([each.message for each in results if each.message.style == CHAT], runs)
    if as_json:
        figures = {name: asdict(each) for name, each in groups.items()}
        typer.echo(json.dumps({"scores": figures, "chat_us": {"p50": middle, "p95": most}}, indent=2))
        return
    Console().print(_table(groups))
    typer.echo(f"a chat message: {middle:.0f} µs, 95 % of them at most {most:.0f} µs")
    for each in [each for each in results if each.message.half == MENDED and (each.kept or each.wrong)][:errors]:
        typer.echo(f"{each.message.id} {each.message.text!r}\n    kept {each.kept} · hid {each.wrong}")


def grouped(results: Sequence[Found]) -> dict[str, Scores]:
    """Return the scores of everything, of each half, style and kind."""
    halves = {half: [each for each in results if each.message.half == half] for half in (MENDED, MEASURED)}
    styles = sorted({each.message.style for each in results})
    return {
        "all": scores(results),
        **{half: scores(of_half) for half, of_half in halves.items()},
        **{style: scores([each for each in results if each.message.style == style]) for style in styles},
        **{kind: scores(results, kind) for kind in kinds(results)},
        **{f"{MEASURED}: {kind}": scores(halves[MEASURED], kind) for kind in kinds(results)},
    }


def _table(groups: dict[str, Scores]) -> Table:
    table = Table("", "messages", "personal data", "hidden (recall)", "rightly hidden (precision)")
    for name, held in groups.items():
        shares = ("–" if share is None else f"{share:.1%}" for share in (held.recall, held.precision))
        table.add_row(name, str(held.messages), str(held.personal), *shares)
    return table
