"""Rasa's default pipeline on the same examples and the same messages: the yardstick of understanding."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.bench.compare import REFERENCE_CONFIG
from bot.evaluation.figures import LIMITS
from bot.evaluation.outcomes import Outcome
from bot.settings import ROOT
from bot.utterances import Utterance

# The reference learns from what our own classifier learns from.
IMPORTER = "bot.nlu.knowledge.KnowledgeBaseImporter"


def train_reference(folder: Path, epochs: int) -> Path:
    """Train Rasa's default pipeline on the project's examples, and return the model (many minutes).

    Args:
        folder: where the model goes.
        epochs: epochs of its neural classifiers; `rasa init` writes 100.

    Raises:
        RuntimeError: when Rasa could not train it.
    """
    from rasa.model_training import train

    config = {**yaml.safe_load(REFERENCE_CONFIG.read_text(encoding="utf-8")), "importers": [{"name": IMPORTER}]}
    for component in config["pipeline"]:
        if "epochs" in component:
            component["epochs"] = epochs
    path = folder / "reference_config.yml"
    path.write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    result = train(
        str(ROOT / "domain.yml"),
        str(path),
        [str(ROOT / "data")],
        str(folder),
        fixed_model_name="reference.tar.gz",
        force_training=True,
    )
    if result.code != 0 or result.model is None:
        raise RuntimeError("the reference could not be trained: see the messages above")
    return Path(result.model)


async def reference_outcomes(
    model: Path, utterances: Sequence[Utterance], say: Callable[[Sequence[Utterance]], Any]
) -> list[Outcome]:
    """Return what the reference hears; it links no benefit, reads no fact of ours and answers nothing.

    Args:
        model: what `train_reference` returned.
        utterances: the labelled messages.
        say: shows the progress over them.
    """
    from rasa.core.agent import Agent
    from rasa.core.tracker_store import AwaitableTrackerStore, SQLTrackerStore
    from rasa.shared.core.domain import Domain

    with tempfile.TemporaryDirectory() as folder:
        domain = Domain.load(str(ROOT / "domain.yml"))
        store = SQLTrackerStore(domain, dialect="sqlite", db=str(Path(folder) / "reference.db"))
        agent = Agent.load(model_path=str(model), tracker_store=AwaitableTrackerStore(store))
        return [_heard(each, await agent.parse_message(each.text)) for each in say(utterances)]


def _heard(utterance: Utterance, parsed: dict[str, Any]) -> Outcome:
    intent = parsed.get("intent") or {}
    name, confidence = intent.get("name") or "", float(intent.get("confidence") or 0.0)
    kind = "out_of_scope" if name in LIMITS else "answer"
    return Outcome(utterance, name, confidence, kind=kind, guessed=name, guess_confidence=confidence)
