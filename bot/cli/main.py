"""The `assistant` command."""

from __future__ import annotations

from bot.settings import SettingError, prepare_process

prepare_process()

import typer  # noqa: E402 - the process must be prepared before anything imports Rasa

from bot.cli import ask, bench, data, evaluate, fuzz, kb, queue, rules, serving, triage, worker  # noqa: E402

app = typer.Typer(
    name="assistant",
    help="Assistant for the members of a health mutual: serve it, train it, ask it, sort its inbox, look into rules.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("serve")(serving.serve)
app.command("worker")(worker.worker)
app.command("train")(serving.train)
app.command("ask")(ask.ask)
app.command("triage")(triage.triage)
app.command("triage-corrections")(queue.corrections)
app.command("evaluate")(evaluate.evaluate)
app.command("fuzz")(fuzz.fuzz)
app.add_typer(bench.app, name="bench")
app.add_typer(rules.app, name="rules")
app.add_typer(kb.app, name="kb")
app.add_typer(queue.app, name="queue")
app.add_typer(data.app, name="data")


def main() -> None:
    """Run the command line."""
    try:
        app()
    except SettingError as error:
        raise SystemExit(f"assistant: {error}") from None


if __name__ == "__main__":
    main()
