"""`assistant serve` and `assistant train`."""

from __future__ import annotations

import time
from pathlib import Path

import typer
from rich.console import Console

from bot.settings import Settings
from bot.training import model_path
from bot.training import train as train_model

console = Console(stderr=True)


def ensure_model(settings: Settings) -> Path:
    """Return the model for the current data, training it when there is none."""
    path = model_path(settings)
    if path.exists():
        return path
    console.print("No trained model for the current data: training one (about a minute; kept until the data change).")
    return _train(settings)


def serve(
    host: str = typer.Option("127.0.0.1", help="Address to listen on."),
    port: int = typer.Option(8080, help="Port to listen on."),
    workers: int = typer.Option(1, min=1, max=64, help="Processes; the model is loaded once and shared."),
    training: bool = typer.Option(True, "--train/--no-train", help="Train a model when there is none for the data."),
) -> None:
    """Serve the chat page, the channels and the API; trains the model first when there is none for the data."""
    settings = Settings()
    model = ensure_model(settings) if training else model_path(settings)
    from bot.serving.workers import serve_in_workers, share_metrics

    if workers > 1:
        share_metrics()
    with console.status("Loading the model…"):
        from bot.server import create_app

        app = create_app(model, settings)
    console.print(f"Ready: http://{host}:{port}")
    if workers > 1:
        serve_in_workers(app, host, port, workers)
        return
    app.run(host=host, port=port, workers=1, access_log=False, motd=False)


def train() -> None:
    """Train the model for the current data, whether or not there is one, and the triage, which reads with it."""
    settings = Settings()
    model = _train(settings)
    with console.status("Training the triage: labelled mails…"):
        from bot.runtime import load_agent
        from bot.triage.loading import load_sorter

        load_sorter(load_agent(model, settings), settings)


def _train(settings: Settings) -> Path:
    started = time.monotonic()
    with console.status("Training: reading data, features, classifier…"):
        path = train_model(settings)
    console.print(f"Trained in {time.monotonic() - started:.0f} s: {path.name}")
    return path
