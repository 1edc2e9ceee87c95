"""Training data beside the files of Rasa: questions that the rule entries name, and the labelled messages."""

from __future__ import annotations

from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.utterances import learned
from kb.entries import entries
from rules_engine.registry import rules

INTENT_NAME = "ask_information"
# The rules on the benefits' tables are asked of as reimbursements.
OTHER_TOPICS = ("remboursement", "renouvellement")
QUESTIONS_EACH = 3


class KnowledgeBaseImporter(RasaFileImporter):
    """The files of `data/`, the first questions of each rule entry of the knowledge base, the labelled messages."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Return the examples of the files, of the knowledge base and of the labelled messages."""
        labelled = [Message.build(text=each.text, intent=each.intent) for each in learned()]
        return super().get_nlu_data(language).merge(TrainingData([*_messages(), *labelled]))


def _messages() -> list[Any]:
    return [
        Message.build(text=question, intent=INTENT_NAME)
        for entry in entries().values()
        if entry.rule in rules() and not entry.rule.startswith(OTHER_TOPICS)
        for question in entry.questions[:QUESTIONS_EACH]
    ]
