"""Training the triage on the labelled mails of `data/triage`, only when what it is trained from changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from bot.settings import ROOT, Settings
from bot.training import fingerprint as fingerprint_of_assistant
from bot.triage.kinds import kinds
from bot.triage.message import plain_words
from bot.triage.model import Features, TriageModel, features
from bot.triage.signs import marks
from kb.ranking import Topic

MAILS = ROOT / "data" / "triage"
SOURCES = (
    "data/triage/*.jsonl",
    "bot/triage/data/*.yml",
    "bot/triage/*.py",
    "bot/privacy/*.py",
    "bot/privacy/lexicon/*.yml",
)
HIGH, NORMAL, LOW = "haute", "normale", "basse"
KEPT_MODELS = 3
FOLDS = 5
Rank = Callable[[str], Sequence[Topic]]  # words → the assistant's topics, the likeliest first


@dataclass(frozen=True)
class Labelled:
    """A mail and what two people would make of it.

    Attributes:
        id: of the mail; author: who wrote it.
        subject, body: without personal data.
        kind: the request; category, acceptable: right categories, the best apart; priority; online.
    """

    id: str
    author: str
    subject: str
    body: str
    kind: str
    category: str
    acceptable: tuple[str, ...]
    priority: str
    online: bool


@lru_cache(maxsize=1)
def labelled() -> tuple[Labelled, ...]:
    """Return the labelled mails that the model is trained on."""
    lines = [line for path in sorted(MAILS.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(Labelled(**{**spec, "acceptable": tuple(spec["acceptable"])}) for spec in map(json.loads, lines))


def fingerprint() -> str:
    """Return the fingerprint of everything that the triage model depends on, the assistant's model among it."""
    digest = hashlib.sha256(fingerprint_of_assistant().encode())
    for path in sorted(found for pattern in SOURCES for found in ROOT.glob(pattern)):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def model_path(settings: Settings) -> Path:
    """Return where the triage model for the current data is, or would be."""
    return settings.models / f"triage-{fingerprint()}.joblib"


def ensure(settings: Settings, rank: Rank) -> TriageModel:
    """Return the triage model for the current data, training it (seconds) when there is none.

    Args:
        settings: where models are kept.
        rank: the loaded assistant's ranking of its answers.
    """
    path = model_path(settings)
    if path.exists():
        return TriageModel.load(path)
    model = train(rank, date.today())
    model.save(path)
    for old in sorted(settings.models.glob("triage-*.joblib"), key=lambda file: -file.stat().st_mtime)[KEPT_MODELS:]:
        old.unlink(missing_ok=True)
    return model


def train(rank: Rank, today: date) -> TriageModel:
    """Return a model trained on the labelled mails and on the examples of each kind."""
    mails = labelled()
    messages = [features_of(mail, rank, today) for mail in mails]
    model = fitted(messages, mails, today)
    leads, right = [], []
    for fold in range(FOLDS):
        unread = [place for place in range(len(mails)) if place % FOLDS == fold]
        others = [place for place in range(len(mails)) if place % FOLDS != fold]
        trial = fitted([messages[place] for place in others], [mails[place] for place in others], today)
        for place in unread:
            scores = trial.scores(messages[place])
            leads.append(trial.lead(scores))
            right.append(accepts(mails[place], kinds()[trial.best(scores)].category))
    return model.calibrate(leads, right)


def fitted(messages: Sequence[Features], mails: Sequence[Labelled], today: date) -> TriageModel:
    """Return a model trained on some labelled mails and on the examples of each kind, not calibrated."""
    examples = examples_of_kinds(today)
    plain = [place for place, mail in enumerate(mails) if mail.priority != HIGH]
    return (
        TriageModel()
        .fit(
            [*messages, *(each for each, _ in examples)],
            [*(mail.kind for mail in mails), *(kind for _, kind in examples)],
        )
        .fit_low([messages[place] for place in plain], [mails[place].priority == LOW for place in plain])
    )


def features_of(mail: Labelled, rank: Rank, today: date) -> Features:
    """Return a labelled mail as the model wants it."""
    words = plain_words(mail.subject, mail.body)
    return features(words, plain_words(mail.subject, ""), rank(words), marks(words), today)


@lru_cache(maxsize=2)
def examples_of_kinds(today: date) -> tuple[tuple[Features, str], ...]:
    """Return the examples of each kind of request."""
    return tuple(
        (features(example, "", (), {}, today), kind.id) for kind in kinds().values() for example in kind.examples
    )


def accepts(mail: Labelled, category: str) -> bool:
    """Whether a category is right for a mail."""
    return category == mail.category or category in mail.acceptable
