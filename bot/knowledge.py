"""Search of the knowledge base as users meet it: `assistant kb search`, `GET /api/kb` and the measures.

A message is read as in conversation (spelling, contract, benefits named) and ranked by the words and, when a trained
model is there, by what it learned. A reference named in the message is looked up instead.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.rendering.renderer import fill
from bot.understanding.reader import Reading, read
from kb.abstention import SURE, sureness
from kb.entries import Entry
from kb.ranking import ELSEWHERE, rank
from kb.references import asked_references, citing
from rules_engine.catalogue import catalogue

if TYPE_CHECKING:
    from bot.nlu.topics import TopicRanker

COMPUTED = "Réponse calculée selon la situation : posez la question à l'assistant."
REIMBURSEMENT = ELSEWHERE + "ask_reimbursement"


@dataclass(frozen=True)
class Found:
    """An entry found and its score (0 to 1)."""

    entry: Entry
    score: float


@dataclass(frozen=True)
class Findings:
    """What a search found.

    Attributes:
        found: entries, the likeliest first; entries that one rule answers are one.
        sureness: how sure (0 to 1) the first one is to answer.
        contract: the contract told or said in the message.
        cited: whether the message names a reference and the entries are those that cite it.
    """

    found: tuple[Found, ...]
    sureness: float
    contract: str | None
    cited: bool = False

    @property
    def sure(self) -> bool:
        """Whether the first entry answers; otherwise none surely does."""
        return self.sureness >= SURE


class Knowledge:
    """The knowledge base, with what was learned of it or without."""

    def __init__(self, ranker: TopicRanker | None = None) -> None:
        """Take the learned ranking, or None to search by the words alone."""
        self._ranker = ranker

    @property
    def learned(self) -> bool:
        """Whether more than the words ranks the entries."""
        return self._ranker is not None

    def search(self, question: str, today: date, contract: str | None = None, limit: int = 5) -> Findings:
        """Return the entries that answer a question best.

        Args:
            question: the member's words.
            today: day on which an entry must be valid.
            contract: MSP, OJI, FPE, SOLUTIONS, or None when unknown: the one that the message names, if any, is taken.
            limit: most entries returned.
        """
        reading = read(question, today)
        contract = contract or _named_contract(reading)
        if asked_references(question):
            cited = citing(question, contract, today, limit)
            if cited:
                return Findings(tuple(Found(entry, 1.0) for entry in cited), 1.0, contract, cited=True)
        ranking = rank(reading.text or question, self._topics(question, reading), contract, today, _named(reading))
        found = tuple(Found(each.entry, each.share) for each in ranking.entries[:limit])
        return Findings(found, sureness(ranking, question), contract)

    def _topics(self, question: str, reading: Reading) -> list[tuple[str, float]]:
        """Return what the ranker learned of a message; without a benefit named, none can be reimbursed instead."""
        if self._ranker is None:
            return []
        from rasa.shared.nlu.constants import TEXT
        from rasa.shared.nlu.training_data.message import Message

        from bot.nlu.topics import topics_of

        message = Message(data={TEXT: question})
        topics = topics_of(self._ranker.process([message])[0])
        benefit = reading.linked.families or reading.linked.group
        return topics if benefit else [pair for pair in topics if pair[0] != REIMBURSEMENT]


def short_answer(entry: Entry, today: date) -> str:
    """Return the short answer of an entry; of one that a rule computes, that it depends on the case."""
    return fill(entry.short, today) if entry.short else COMPUTED


def load_ranker(model: Path) -> TopicRanker:
    """Return the topic ranker of a trained model, without the rest of the model."""
    # skops walks every loaded module when imported: importing it first spares seconds.
    import skops.io  # noqa: F401
    from rasa.engine.storage.local_model_storage import LocalModelStorage

    from bot.nlu.topics import TopicRanker

    with tempfile.TemporaryDirectory() as folder:
        storage, metadata = LocalModelStorage.from_model_archive(Path(folder), model)
        node = next(node for node in metadata.predict_schema.nodes.values() if node.uses is TopicRanker)
        assert node.resource is not None
        config = {**TopicRanker.get_default_config(), **node.config}
        return TopicRanker.load(config, storage, node.resource, None)


def _named_contract(reading: Reading) -> str | None:
    """Return the contract that a message names; none where it names several, as in a change of contract."""
    return None if "contrat" in reading.several else reading.facts.get("contrat")


def _named(reading: Reading) -> set[str]:
    """Return the benefit families named and the table lines of each: entries name either."""
    families = catalogue().families
    named = reading.linked.families
    return {*named, *(line.id for name in named for line in families[name].lines)}
