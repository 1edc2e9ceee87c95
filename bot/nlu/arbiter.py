"""The component that settles the intent after the classifier."""

from __future__ import annotations

from datetime import date

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.component import Component
from bot.nlu.topics import topics_of
from bot.understanding.arbitration import arbitrate
from bot.understanding.guess import Guess
from bot.understanding.reader import read

CAUTION = "caution"
EXTRACTOR = "IntentArbiter"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class IntentArbiter(Component):
    """Replaces the classifier's intent by the arbitrated one; the ranking stays as the classifier gave it.

    Adds the entity `caution` where the message may tell of a danger although it is not taken for one.
    """

    def process(self, messages: list[Message]) -> list[Message]:
        """Settle the intent of each message."""
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            ranking = [
                Guess(entry[INTENT_NAME_KEY], entry[PREDICTED_CONFIDENCE_KEY])
                for entry in message.get(INTENT_RANKING_KEY, [])
            ]
            settled = arbitrate(text, read(text, date.today()), ranking, date.today(), topics_of(message))
            if settled.caution:
                span = {"start": 0, "end": len(text), "extractor": EXTRACTOR}
                message.set(ENTITIES, [*message.get(ENTITIES, []), {"entity": CAUTION, "value": True, **span}], True)
            intent = {INTENT_NAME_KEY: settled.name, PREDICTED_CONFIDENCE_KEY: settled.confidence}
            message.set(INTENT, intent, add_to_output=True)
        return messages
