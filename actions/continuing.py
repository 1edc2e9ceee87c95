"""Whether a message goes on with the subject under way rather than opening one of its own."""

from __future__ import annotations

from actions.facts import facts_for
from actions.state import Conversation
from actions.understood import Understood
from kb.entries import entries
from rules_engine.catalogue import catalogue

# Words of the longest message that goes on with the subject; more are allowed when it tells the rule a fact.
SHORT_MESSAGE = 14
LONGEST_FOLLOW_UP = 32
# Facts of the reimbursement of any benefit, beside the facets of its own.
OF_ANY_BENEFIT = frozenset({"formule", "contrat", "age", "quantite", "prix", "base_remboursement"})
# Intents that leave things out: what they are about stands in the conversation.
ELLIPTIC = frozenset({"inform", "correct_fact", "follow_up", "affirm", "deny"})
# What is said of the conversation itself, or to nobody.
ASIDE = frozenset("greet thank goodbye compliment bot_identity capabilities more_details nonsense".split())
# Likelihood of a subject at which a short question has one of its own.
OWN_SUBJECT = 0.5
# Likelihood of an entry at which a message that varies the question before is about that entry instead.
SURELY = 0.7
# What a message that only continues is easily taken for.
UNCERTAIN = frozenset({"nlu_fallback", "out_of_scope", "medical_advice", "legal_advice", "account_data"})
NEVER_CONTINUES = frozenset(
    "emergency_medical emergency_suicide emergency_violence ask_human account_data other_language compare ask_why "
    "ask_source cancel start_over insult dont_know".split()
)


def speaks_on(conversation: Conversation, understood: Understood) -> bool:
    """Whether a message opens as a follow-up to the question before and says something that may be of its subject."""
    told = understood.ours or understood.dates or understood.mentions or understood.facts
    return bool(conversation.asked and understood.goes_on and told)


def continues(conversation: Conversation, understood: Understood) -> bool:
    """Whether a message only changes a fact of the subject under way ("du coup pour les deux yeux ?")."""
    return (
        continues_rule(conversation, understood)
        if conversation.about_rule
        else _continues_benefit(conversation, understood)
    )


def leaves_subject_out(conversation: Conversation, understood: Understood) -> bool:
    """Whether a question on the rule under way names nothing, and nothing else is likely ("combien de temps ?")."""
    if not conversation.about_rule or conversation.pending or understood.intent in NEVER_CONTINUES | ASIDE:
        return False
    return understood.elliptical and understood.subject_share < OWN_SUBJECT


def continues_rule(conversation: Conversation, understood: Understood) -> bool:
    """Whether a message goes on about the rule under way: it opens so, or says nothing else and tells it a fact."""
    if understood.intent in NEVER_CONTINUES - {"account_data"} or "compare" in understood.cues:
        return False
    told = facts_for(conversation.rule, understood)
    if understood.strong:
        return understood.varies and bool(told.keys() - understood.facts.keys())
    if understood.varies and _other_subject(conversation, understood):
        return False
    if len(understood.text.split()) > (LONGEST_FOLLOW_UP if told else SHORT_MESSAGE):
        return False
    stated = bool(told or understood.shared)
    return stated and (understood.varies or not understood.asks or understood.intent in ELLIPTIC | UNCERTAIN)


def _other_subject(conversation: Conversation, understood: Understood) -> bool:
    """Whether a message is surely about another rule than the one under way ("et pour la garde de mes enfants ?")."""
    name, share = max(understood.topics, key=lambda topic: topic[1], default=("", 0.0))
    entry = entries().get(name)
    return entry is not None and share >= SURELY and entry.rule != conversation.rule


def _continues_benefit(conversation: Conversation, understood: Understood) -> bool:
    if not conversation.family or understood.strong or understood.intent in NEVER_CONTINUES:
        return False
    if len(understood.text.split()) > SHORT_MESSAGE or "compare" in understood.cues:
        return False
    if understood.varies and not understood.group:
        return True
    family = catalogue().families[conversation.family]
    pending = {conversation.pending.fact} if conversation.pending else set()
    if {*OF_ANY_BENEFIT, *family.facets, *pending} & understood.facts.keys():
        return True
    return bool(understood.count(family.quantity) or any(map(understood.count, family.count_facts.values())))
