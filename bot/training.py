"""Training the model, only when its data changed: the model's name is the fingerprint of what it was trained from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from bot.settings import ROOT, Settings

SOURCES = ("config.yml", "domain.yml", "data/nlu/*.yml", "data/rules/*.yml", "data/utterances/*.jsonl")
# The classifier is trained on repaired text, so what repairs it counts too; the topic ranker also on what rules say.
READER = (
    "bot/understanding/*.py",
    "bot/understanding/lexicon/*.yml",
    "rules_engine/catalogue/*.yml",
    "rules_engine/facts/*.yml",
    "rules_engine/rules/*.py",
    "bot/rendering/templates/rules/*.yml",
    "bot/nlu/*.py",
    "bot/utterances.py",
    "kb/*.py",
    "kb/entries/*.yml",
)
KEPT_MODELS = 3


def fingerprint() -> str:
    """Return the fingerprint of everything that the model depends on."""
    digest = hashlib.sha256()
    for path in _files((*SOURCES, *READER)):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def model_path(settings: Settings) -> Path:
    """Return where the model for the current data is, or would be."""
    return settings.models / f"{fingerprint()}.tar.gz"


def train(settings: Settings) -> Path:
    """Train the model for the current data and return its path; older models are removed, save the newest few."""
    from rasa.model_training import train as rasa_train

    path = model_path(settings)
    settings.models.mkdir(parents=True, exist_ok=True)
    result = rasa_train(
        domain=str(ROOT / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=[str(ROOT / "data")],
        output=str(settings.models),
        fixed_model_name=path.name,
        force_training=True,
    )
    if result.code != 0 or not path.exists():
        raise RuntimeError("training failed: see the messages above")
    for old in sorted(settings.models.glob("*.tar.gz"), key=lambda file: -file.stat().st_mtime)[KEPT_MODELS:]:
        old.unlink()
    return path


def _files(patterns: Iterable[str]) -> list[Path]:
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern))
