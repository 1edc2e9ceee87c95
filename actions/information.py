"""Answering from the knowledge base, within what it knows."""

from __future__ import annotations

from datetime import date

from actions.answers import Answer
from actions.facts import facts_for
from actions.rights import answer_rule
from actions.state import Conversation
from actions.understood import Understood
from kb.search import Hit, find
from rules_engine.catalogue import catalogue
from rules_engine.facts import vocabulary

# Measured on the project's labelled questions (docs/decisions/0004-abstention.md): below, the entry is not the answer.
ENOUGH_COVERAGE = 0.45
ENOUGH_SCORE = 7.0
# A long story shares little of its words with any entry: a high score that stands out is then enough.
STORY_COVERAGE = 0.2
STORY_SCORE = 17.0
STORY_MARGIN = 0.12
# Rules of one subject come close to each other: a very high score leaves no doubt on the subject.
PLAIN_COVERAGE = 0.33
PLAIN_SCORE = 27.0
# A rule this near to the best, as a share of its score, is the better answer when it uses more of what was said.
CLOSE = 0.8
TIED = 0.95


def best_entry(understood: Understood, contract: str | None, today: date) -> Hit | None:
    """Return the entry that answers a message, or None when none surely does."""
    hits = find(understood.repaired or understood.text, contract, today, _named(understood), limit=3)
    if not hits:
        return None
    best = _best_fed(hits, understood)
    if best.coverage >= ENOUGH_COVERAGE and best.score >= ENOUGH_SCORE:
        return best
    if best.entry.rule and best.coverage >= PLAIN_COVERAGE and best.score >= PLAIN_SCORE:
        return best
    stands_out = best.score >= STORY_SCORE and best.margin >= STORY_MARGIN
    return best if best.coverage >= STORY_COVERAGE and stands_out else None


def _best_fed(hits: list[Hit], understood: Understood) -> Hit:
    """Return, among the rules close to the best hit, the one that uses most of the figures and dates said."""
    best = hits[0]
    if not best.entry.rule:
        return best
    close = [hit for hit in hits if hit.entry.rule and hit.score >= CLOSE * best.score]
    best = max(close, key=lambda hit: (_figures_used(hit.entry.rule, understood), hit.score))
    if facts_for(best.entry.rule, understood):
        return best
    # What the message tells is of no use to it: another rule as near may be the one meant.
    tied = [hit for hit in close if hit.score >= TIED * best.score]
    return max(tied, key=lambda hit: (len(facts_for(hit.entry.rule, understood)), hit.score))


def _figures_used(rule: str, understood: Understood) -> int:
    known = vocabulary()
    return sum(known[name].type == "money" for name in facts_for(rule, understood))


def _named(understood: Understood) -> set[str]:
    """Return the benefit families named and the table lines of each: entries name either."""
    families = catalogue().families
    return {*understood.families, *(line.id for name in understood.families for line in families[name].lines)}


def answer_information(conversation: Conversation, understood: Understood, today: date) -> Answer | None:
    """Return the entry that answers, or None."""
    contract = understood.facts.get("contrat") or conversation.contract
    hit = best_entry(understood, contract, today)
    if hit is None:
        return None
    entry = hit.entry
    if entry.rule:
        return answer_rule(conversation, understood, entry.rule, today)
    return Answer(
        kind=entry.kind,
        template="entry",
        data={"entry": entry.id},
        topic=entry.id,
        sources=[dict(reference) for reference in entry.references],
    )
