"""Training the triage on the labelled mails of `data/triage`, only when what it is trained from changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from bot.settings import ROOT, Settings
from bot.training import fingerprint as fingerprint_of_assistant
from bot.triage.decision import decide
from bot.triage.kinds import HIGH, LOW, kinds
from bot.triage.message import plain_words
from bot.triage.model import Features, Sorted, TriageModel, features
from bot.triage.priority import Clues, clues_of
from bot.triage.signs import marks, signs
from bot.understanding.reader import read
from kb.ranking import Topic

MAILS = ROOT / "data" / "triage"
SOURCES = (
    "data/triage/*.jsonl",
    "bot/triage/data/*.yml",
    "bot/triage/*.py",
    "bot/privacy/*.py",
    "bot/privacy/lexicon/*.yml",
)
KEPT_MODELS = 3
# Messages → the assistant's topics, the likeliest first, and the likelihood of its intents.
Hear = Callable[[Sequence[str]], Sequence[tuple[Sequence[Topic], Mapping[str, float]]]]


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

    @property
    def words(self) -> str:
        """Subject and text as what reads them wants it."""
        return plain_words(self.subject, self.body)


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


def ensure(settings: Settings, hear: Hear) -> TriageModel:
    """Return the triage model for the current data, training it (half a minute) when there is none.

    Args:
        settings: where models are kept.
        hear: what the loaded assistant makes of messages.
    """
    path = model_path(settings)
    if path.exists():
        return TriageModel.load(path)
    model = train(hear, date.today())
    model.save(path)
    for old in sorted(settings.models.glob("triage-*.joblib"), key=lambda file: -file.stat().st_mtime)[KEPT_MODELS:]:
        old.unlink(missing_ok=True)
    return model


def train(hear: Hear, today: date) -> TriageModel:
    """Return a model trained on the labelled mails and on the examples of each kind."""
    mails = labelled()
    return trained(features_of(mails, hear, today), mails, today)


def trained(messages: Sequence[Features], mails: Sequence[Labelled], today: date) -> TriageModel:
    """Return a model of some mails; of its sureness and of priorities it learns from mails of authors not yet read."""
    model = fitted(messages, mails, today)
    leads, right = [], []
    clues: dict[int, Clues] = {}
    for author in sorted({mail.author for mail in mails}):
        others = [place for place, mail in enumerate(mails) if mail.author != author]
        trial = fitted([messages[place] for place in others], [mails[place] for place in others], today)
        for place in (place for place, mail in enumerate(mails) if mail.author == author):
            found = trial.sort(messages[place])
            leads.append(trial.lead(trial.scores(messages[place])))
            right.append(accepts(mails[place], kinds()[found.kind].category))
            clues[place] = _clues(mails[place], messages[place], found, today)
    model.priority.fit(
        [message.both for message in messages],
        [clues[place] for place in range(len(mails))],
        [mail.priority for mail in mails],
    )
    return model.calibrate(leads, right)


def _clues(mail: Labelled, message: Features, found: Sorted, today: date) -> Clues:
    shown = signs(mail.words, today)
    contract = read(mail.words, today).facts.get("contrat")
    return clues_of(decide(mail.words, found, shown, contract, today), shown, found.low, message.heard)


def fitted(messages: Sequence[Features], mails: Sequence[Labelled], today: date) -> TriageModel:
    """Return what some labelled mails and the examples of each kind teach of the kinds, not calibrated."""
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


def features_of(mails: Sequence[Labelled], hear: Hear, today: date) -> list[Features]:
    """Return labelled mails as the model wants them."""
    return [
        features(mail.words, plain_words(mail.subject, ""), topics, marks(mail.words), today, intents)
        for mail, (topics, intents) in zip(mails, hear([mail.words for mail in mails]), strict=True)
    ]


@lru_cache(maxsize=2)
def examples_of_kinds(today: date) -> tuple[tuple[Features, str], ...]:
    """Return the examples of each kind of request."""
    return tuple(
        (features(example, "", (), {}, today), kind.id) for kind in kinds().values() for example in kind.examples
    )


def accepts(mail: Labelled, category: str) -> bool:
    """Whether a category is right for a mail."""
    return category == mail.category or category in mail.acceptable
