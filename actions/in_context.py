"""What the words of a message, or the conversation, make plain of it: its intent, the benefit that it means."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from actions.continuing import NEVER_CONTINUES
from actions.questions import reply_facts
from actions.state import Conversation
from actions.understood import Understood
from actions.words import words
from rules_engine.catalogue import catalogue

# Words of the longest message that its words alone settle.
PLAIN_MESSAGE = 7
# What is heard as itself, however it is put.
ITSELF = frozenset("emergency_medical emergency_suicide emergency_violence ask_human other_language cancel".split())


def in_context(conversation: Conversation, understood: Understood) -> Understood:
    """Return the message with what its words, or the conversation, make plain of it."""
    plain = _plainly(understood)
    if plain:
        return replace(understood, intent=plain)
    if _untold(conversation, understood):
        return replace(understood, intent="dont_know")
    return _of_section(conversation, understood)


def _plainly(understood: Understood) -> str:
    """Return the intent of a short message whose words leave no doubt ("annule, …"); empty for any other."""
    busy = understood.strong or understood.asks or understood.words > PLAIN_MESSAGE
    if busy or understood.intent in ITSELF:
        return ""
    said = understood.repaired
    return next((intent for intent, pattern in words()["plainly"].items() if re.match(pattern, said)), "")


def _untold(conversation: Conversation, understood: Understood) -> bool:
    """Whether the fact asked for is not told: it is not known, or is kept ("je ne donne pas mon âge")."""
    if conversation.pending is None or understood.intent in ITSELF or understood.strong:
        return False
    if reply_facts(conversation, understood) or (understood.asks_what and understood.intent == "ask_information"):
        return False  # "je ne sais pas, c'est quoi l'OPTAM ?" wants it told
    return bool(_untold_signs().search(understood.repaired))


@lru_cache(maxsize=1)
def _untold_signs() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words()['untold'])})\b")


def _of_section(conversation: Conversation, understood: Understood) -> Understood:
    """Return the message with the benefit that the subject under way makes plain ("et pour dormir à côté ?")."""
    families = catalogue().families
    if understood.strong or conversation.family not in families:
        return understood
    section = families[conversation.family].section
    named = [name for name in understood.loose if families[name].section == section and name != conversation.family]
    if len(named) != 1 or understood.intent in NEVER_CONTINUES:
        return understood
    return replace(understood, families=(named[0],), group="", strong=True, intent="ask_reimbursement")
