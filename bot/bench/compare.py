"""Trains both pipelines on the same data and measures each in processes of their own, in turn."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from bot.settings import ROOT

REFERENCE_CONFIG = Path(__file__).with_name("rasa_default_config.yml")
OURS_CONFIG = ROOT / "config.yml"
Figures = dict[str, float]


def compare(folder: Path, runs: int, turns: int, epochs: int, say: Callable[[str], None]) -> dict[str, Figures]:
    """Return the median figures of both pipelines.

    Args:
        folder: where models and databases of the run go.
        runs: measured processes of each, in turn (A B A B).
        turns: turns measured in each process.
        epochs: epochs of the reference's neural classifiers.
        say: told what is being done.
    """
    models, trained = {}, {}
    for name, config in (("ours", OURS_CONFIG), ("rasa default", _reference(folder, epochs))):
        say(f"Training: {name}")
        begun = time.perf_counter()
        models[name] = _train(config, folder, name.replace(" ", "-"))
        trained[name] = time.perf_counter() - begun
    measured: dict[str, list[Figures]] = {name: [] for name in models}
    for run in range(runs):
        for name, model in models.items():
            say(f"Measuring: {name}, run {run + 1} of {runs}")
            measured[name].append(_measure(model, turns, folder))
    return {
        name: {"training_s": trained[name], **{key: statistics.median(f[key] for f in found) for key in found[0]}}
        for name, found in measured.items()
    }


def _reference(folder: Path, epochs: int) -> Path:
    config = yaml.safe_load(REFERENCE_CONFIG.read_text(encoding="utf-8"))
    for component in config["pipeline"]:
        if "epochs" in component:
            component["epochs"] = epochs
    path = folder / "rasa_default_config.yml"
    path.write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    return path


def _train(config: Path, folder: Path, name: str) -> Path:
    """Train in a process of its own, so that neither pipeline profits from what the other imported."""
    script = (
        "from bot.settings import prepare_process; prepare_process(); import sys\n"
        "from rasa.model_training import train\n"
        "result = train(sys.argv[1], sys.argv[2], [sys.argv[3]], sys.argv[4], fixed_model_name=sys.argv[5], "
        "force_training=True)\nsys.exit(result.code)"
    )
    arguments = [str(ROOT / "domain.yml"), str(config), str(ROOT / "data"), str(folder), f"{name}.tar.gz"]
    subprocess.run([sys.executable, "-c", script, *arguments], cwd=ROOT, check=True, capture_output=True)
    return folder / f"{name}.tar.gz"


def _measure(model: Path, turns: int, folder: Path) -> Figures:
    with tempfile.TemporaryDirectory(dir=folder) as data:
        environment = {**os.environ, "ASSISTANT_DATA_DIR": data}
        command = [sys.executable, "-m", "bot.bench.worker", str(model), str(turns)]
        output = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, env=environment).stdout
    figures: Figures = json.loads(output.strip().splitlines()[-1])
    return figures
