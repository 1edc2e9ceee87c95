"""Training data from the knowledge base: the questions that its rule entries name are examples of asking for one."""

from __future__ import annotations

from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from kb.entries import entries
from rules_engine.registry import rules

INTENT_NAME = "ask_information"
# The rules on the benefits' tables are asked of as reimbursements.
OTHER_TOPICS = ("remboursement", "renouvellement")
QUESTIONS_EACH = 3


class KnowledgeBaseImporter(RasaFileImporter):
    """The files of `data/`, and the first questions of each rule entry of the knowledge base."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Return the examples of the files and those of the knowledge base."""
        return super().get_nlu_data(language).merge(TrainingData(_messages()))


def _messages() -> list[Any]:
    return [
        Message.build(text=question, intent=INTENT_NAME)
        for entry in entries().values()
        if entry.rule in rules() and not entry.rule.startswith(OTHER_TOPICS)
        for question in entry.questions[:QUESTIONS_EACH]
    ]
