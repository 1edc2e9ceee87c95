"""Whether a message asks what is paid for a benefit that it names."""

from __future__ import annotations

from bot.understanding.follow_up import follow_up
from bot.understanding.reader import Reading
from rules_engine.catalogue import catalogue
from rules_engine.tables import OFFERS, benefit_tables


def asks_money_of(reading: Reading) -> bool:
    """Return whether a message names its benefit, asks for money and opens as no follow-up: a whole question."""
    money = reading.cues & {"open_question", "rate"}
    return reading.linked.strong and bool(money) and not follow_up(reading.text)


def in_table(reading: Reading) -> bool:
    """Return whether the table of the contract told has a line on the benefit; what the Sécu pays stands elsewhere."""
    offer, families = reading.facts.get("contrat", ""), catalogue().families
    if offer not in OFFERS or "remboursable_secu" in reading.facts:
        return False
    lines = (line.id for name in reading.linked.families for line in families[name].lines)
    return any(benefit_tables().has_line(offer, line) for line in lines)
