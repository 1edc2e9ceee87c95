"""The facts, numbers, dates and benefit of a message as Rasa entities."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.component import Component
from bot.understanding.follow_up import follow_up
from bot.understanding.numbers import ORDINAL_MARKS
from bot.understanding.plain import comes_back, only_contract, untold
from bot.understanding.polarity import asks, asks_meaning, asks_what, asks_yes_or_no
from bot.understanding.reader import Reading, read, tokenise
from bot.understanding.sites import ruled_out
from bot.understanding.worlds import worlds
from rules_engine.decision import plain

EXTRACTOR = "MessageReader"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class MessageReader(Component):
    """Adds what the reader finds: one `fact` entity a fact (role = fact id), `benefit`, and the rest as `reading`."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities of each message."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                found = entities(text, read(text, date.today()))
                message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
        return messages


def entities(text: str, reading: Reading) -> list[dict[str, Any]]:
    """Return Rasa entities for a reading. They stand for the whole message: words are matched, not spans."""
    span = {"start": 0, "end": len(text), "extractor": EXTRACTOR}
    found = [{"entity": "fact", "role": name, "value": plain(value), **span} for name, value in reading.facts.items()]
    linked = reading.linked
    if linked.families or linked.group or linked.loose:
        benefit = {
            "families": list(linked.families),
            "group": linked.group,
            "strong": linked.strong,
            "loose": list(linked.loose),
        }
        found.append({"entity": "benefit", "value": benefit, **span})
    more = {
        "several": plain(reading.several),
        "listed": plain(reading.listed),
        "formules": list(reading.formules),
        "counts": dict(reading.counts),
        "numbers": list(reading.numbers),
        "mentions": [
            {
                "value": str(mention.value),
                "unit": mention.unit,
                "facts": dict(mention.facts),
                "monthly": mention.monthly,
                "yearly": mention.yearly,
            }
            for mention in reading.mentions
        ],
        "dates": [
            {"date": day.isoformat(), "facts": dict(near), "last": last and last.isoformat()}
            for day, near, last in reading.dates
        ],
        "cues": sorted(reading.cues),
        "yes_or_no": asks_yes_or_no(reading),
        "asks": asks(text, reading),
        "asks_what": asks_what(reading),
        "asks_meaning": asks_meaning(reading),
        "untold": untold(reading),
        "only_contract": only_contract(reading),
        "returns": comes_back(reading),
        "ranks": bool(reading.counts.keys() & ORDINAL_MARKS),
        "follow_up": follow_up(reading.text),
        "ruled_out": ruled_out(text),
        "text": reading.text,
        "ours": worlds(tokenise(text))["ours"] + bool(reading.facts.keys() & {"contrat", "formule"}),
        "words": reading.words,
    }
    found.append({"entity": "reading", "value": more, **span})
    return found
