"""What the conversation makes plain of a message: the fact asked is not told, the benefit that is meant."""

from __future__ import annotations

from dataclasses import replace

from actions.continuing import NEVER_CONTINUES
from actions.questions import reply_facts
from actions.state import Conversation
from actions.understood import Understood
from rules_engine.catalogue import catalogue

# What is heard as itself, however it is put.
ITSELF = frozenset("emergency_medical emergency_suicide emergency_violence ask_human other_language cancel".split())


def in_context(conversation: Conversation, understood: Understood) -> Understood:
    """Return the message with what the conversation makes plain of it: the fact asked is untold, the benefit meant."""
    if _untold(conversation, understood):
        return replace(understood, intent="dont_know")
    return _of_section(conversation, understood)


def _untold(conversation: Conversation, understood: Understood) -> bool:
    """Whether the fact asked for is not told: it is not known, or is kept ("je ne donne pas mon âge")."""
    if conversation.pending is None or not understood.untold or understood.intent in ITSELF or understood.strong:
        return False
    # "Je ne sais pas, c'est quoi l'OPTAM ?" wants it told.
    asks = understood.asks_what and understood.intent == "ask_information"
    return not asks and not reply_facts(conversation, understood)


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
