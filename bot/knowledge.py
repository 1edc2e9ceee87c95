"""Search of the knowledge base as users meet it: `assistant kb search`, `GET /api/kb` and the measures.

A message is read as in conversation (spelling, contract, benefits named) and ranked by the words and, when a trained
model is there, by what it learned: of the agent that is loaded, or of a model file where no agent runs. A reference
named in the message is looked up instead.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.rendering.renderer import fill
from bot.understanding.reader import Reading, read
from kb.abstention import SURE, sureness
from kb.entries import Entry
from kb.ranking import Ranked, Topic, rank, without_reimbursement
from kb.references import asked_references, citing
from rules_engine.catalogue import catalogue

if TYPE_CHECKING:
    from bot.nlu.topics import TopicRanker

COMPUTED = "Réponse calculée selon la situation : posez la question à l'assistant."
Learned = Callable[[str], Sequence[Topic]]  # a message → its topics, the likeliest first


@dataclass(frozen=True)
class Findings:
    """What a search found.

    Attributes:
        found: entries, the likeliest first; entries that one rule answers are one.
        sureness: how sure (0 to 1) the first one is to answer.
        contract: the contract told or said in the message.
        cited: whether the message names a reference and the entries are those that cite it.
    """

    found: tuple[Ranked, ...]
    sureness: float
    contract: str | None
    cited: bool = False

    @property
    def sure(self) -> bool:
        """Whether the first entry answers; otherwise none surely does."""
        return self.sureness >= SURE


class Knowledge:
    """The knowledge base, with what was learned of it or without."""

    def __init__(self, learned: Learned | None = None) -> None:
        """Take the learned ranking (`load_ranker`, `ranker_of`), or None to search by the words alone."""
        self._learned = learned

    @property
    def learned(self) -> bool:
        """Whether more than the words ranks the entries."""
        return self._learned is not None

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
                return Findings(tuple(Ranked(entry, 1.0) for entry in cited), 1.0, contract, cited=True)
        topics = self._learned(question) if self._learned else ()
        named = catalogue().names(reading.linked.families)
        if not named and not reading.linked.group:
            topics = without_reimbursement(topics)
        ranking = rank(reading.text or question, topics, contract, today, named)
        return Findings(ranking.entries[:limit], sureness(ranking, question), contract)


def short_answer(entry: Entry, today: date) -> str:
    """Return the short answer of an entry; of one that a rule computes, that it depends on the case."""
    return fill(entry.short, today) if entry.short else COMPUTED


def load_component(model: Path) -> TopicRanker:
    """Return the topic ranker of a trained model as its component, without the rest of the model."""
    # skops walks every loaded module when imported: importing it first spares seconds.
    import skops.io  # noqa: F401
    from rasa.engine.storage.local_model_storage import LocalModelStorage

    from bot.nlu.topics import TopicRanker

    with tempfile.TemporaryDirectory() as folder:
        storage, metadata = LocalModelStorage.from_model_archive(Path(folder), model)
        node = metadata.predict_schema.nodes[_node_of(TopicRanker, metadata)]
        assert node.resource is not None
        config = {**TopicRanker.get_default_config(), **node.config}
        return TopicRanker.load(config, storage, node.resource, None)


def load_ranker(model: Path) -> Learned:
    """Return what ranks the topics of a question, from a trained model."""
    from rasa.shared.nlu.constants import TEXT
    from rasa.shared.nlu.training_data.message import Message

    from bot.nlu.topics import topics_of

    ranker = load_component(model)
    return lambda question: topics_of(ranker.process([Message(data={TEXT: question})])[0])


def ranker_of(agent: Any) -> Learned:
    """Return the topic ranker of a loaded agent: what it learned is held in memory once."""
    from rasa.core.channels.channel import UserMessage
    from rasa.engine.constants import PLACEHOLDER_MESSAGE

    from bot.nlu.topics import TopicRanker, topics_of

    def topics(question: str) -> Sequence[Topic]:
        processor = agent.processor  # looked up each time: another model may have taken its place
        node = _node_of(TopicRanker, processor.model_metadata)
        ran = processor.graph_runner.run(inputs={PLACEHOLDER_MESSAGE: [UserMessage(question)]}, targets=[node])
        return topics_of(ran[node][0])

    return topics


def _node_of(component: type, metadata: Any) -> str:
    """Return the name that a trained model gives a component."""
    return next(name for name, node in metadata.predict_schema.nodes.items() if node.uses is component)


def _named_contract(reading: Reading) -> str | None:
    """Return the contract that a message names; none where it names several, as in a change of contract."""
    return None if "contrat" in reading.several else reading.facts.get("contrat")
