"""Category, priority and online service of a message: what was learned, held to the taxonomy's explicit rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.triage.datafiles import data
from bot.triage.kinds import HIGH, LOW, NORMAL, Kind, kinds
from bot.triage.model import Sorted
from bot.triage.signs import Signs, high_signs, hospital_sign, stakes
from bot.understanding.reader import Reading, read

ABROAD, SITE, ACCIDENT = "Information contrat à l'étranger", "Données et site internet", "Accident"
# Unknown, the contract is taken for one of mgen.fr: three of the four are.
USUAL_CONTRACT = "MSP"
HALF, FIFTH = 0.5, 0.2
FRAUD = "fraud"
THANKS, SUGGESTION, QUESTION, REQUEST = "thanks", "suggestion", "question", "request"


@dataclass(frozen=True)
class Why:
    """One reason of a decision: a code, and the French sentence that a colleague reads."""

    code: str
    text: str


@dataclass(frozen=True)
class Decision:
    """How a message is sorted.

    Attributes:
        kind: the request; priority; online: whether an online service does it.
        act: request, question, thanks or suggestion.
        confidence: likelihood (0 to 1) that the category is right.
        why: the reasons, in order; emergency: the intent of a danger, empty without one.
    """

    kind: Kind
    priority: str
    online: bool
    act: str
    confidence: float
    why: tuple[Why, ...]
    emergency: str = ""
    legal: bool = False


def decide(
    words: str, found: Sorted, shown: Signs, contract: str | None, today: date, *, uneasy: bool = False
) -> Decision:
    """Return how a message is sorted.

    Args:
        words: the message without personal data.
        found: what the model makes of it.
        shown: its signs.
        contract: where it is known.
        today: its day.
        uneasy: whether the assistant, which would rather hear one danger too many, hears one. It was made for the
            short messages of a chat: in a mail it is a hint to the colleague, and decides nothing.
    """
    kind, confidence, reasons = _kind(found, read(words, today), shown)
    low = found.low > (FIFTH if _idle(shown) and (shown.thanks or shown.suggestion) else HALF)
    act = _act(shown, low)
    urgent = _urgent(kind, shown) if act not in (THANKS, SUGGESTION) else []
    priority = HIGH if urgent else LOW if low else NORMAL
    if not urgent:
        reasons.append(_said(f"priority:{priority}"))
    # Neither a life in danger nor a fraud is dealt with online.
    helped = act in (REQUEST, QUESTION) and not shown.emergency_medical and FRAUD not in shown.high
    online = helped and kind.online(contract or USUAL_CONTRACT)
    reasons.append(_said("online:yes" if online else "online:no"))
    if uneasy and not shown.emergency:
        reasons.append(_said("danger:perhaps"))
    return Decision(
        kind, priority, online, act, confidence, (*reasons, *urgent), shown.emergency, "legal" in shown.high
    )


def prioritised(decision: Decision, priority: str) -> Decision:
    """Return a decision with the priority that was learned; a danger stays urgent, thanks and ideas stay low."""
    if priority == decision.priority or decision.emergency or decision.act in (THANKS, SUGGESTION):
        return decision
    others = tuple(why for why in decision.why if not why.code.startswith(("priority:", "urgent:")))
    reason = _said("urgent:alike" if priority == HIGH else f"priority:{priority}")
    act = REQUEST if decision.act == QUESTION and priority != LOW else decision.act
    return replace(decision, priority=priority, act=act, why=(*others, reason))


def _kind(found: Sorted, reading: Reading, shown: Signs) -> tuple[Kind, float, list[Why]]:
    """Return the request, how sure its category is, and why."""
    kind = kinds()[found.kind]
    rules = data("rules")
    place = reading.facts.get(rules["abroad"]["fact"])
    foreign = place is not None and place not in rules["abroad"]["at_home"]
    if foreign and kind.category not in (ABROAD, SITE):
        other = kinds()[rules["abroad"]["becomes"].get(kind.id, rules["abroad"]["otherwise"])]
        return other, max(found.confidence, HALF), [_subject(other), _said("rule:abroad")]
    overseas = not foreign and reading.facts.get(rules["overseas"]["fact"]) in rules["overseas"]["values"]
    if overseas and kind.category == ABROAD:
        other = next(kinds()[name] for name in found.kinds if kinds()[name].category != ABROAD)
        return other, max(found.confidence, HALF), [_subject(other), _said("rule:overseas")]
    if shown.accident and kind.id in rules["accident"]["wins_over"]:
        return kinds()[rules["accident"]["becomes"]], found.confidence, [_subject(kind), _said("rule:accident")]
    return kind, found.confidence, [_subject(kind)]


def _act(shown: Signs, low: bool) -> str:
    """Return what the message does."""
    if low and _idle(shown) and shown.thanks:
        return THANKS
    if low and shown.suggestion and not shown.high:
        return SUGGESTION
    return QUESTION if low else REQUEST


def _idle(shown: Signs) -> bool:
    """Whether a message asks for nothing at all."""
    counts = shown.counts or {}
    return not (counts.get("asks") or counts.get("questions") or shown.high or shown.stakes)


def _urgent(kind: Kind, shown: Signs) -> list[Why]:
    """Return what makes a message urgent, by the taxonomy's list."""
    found = [name for name in shown.high if _heard(high_signs()[name].requests, kind)]
    found += [
        name
        for name, sign in high_signs().items()
        if sign.shows is None and kind.id in sign.requests and name not in shown.spoken_against
    ]
    reasons = [Why(f"urgent:{name}", high_signs()[name].why) for name in found]
    reasons += [Why(f"urgent:{name}", stakes()[name].why) for name in shown.stakes]
    if shown.in_hospital and _heard(hospital_sign().requests, kind):
        reasons.append(Why("urgent:in_hospital", hospital_sign().why))
    return reasons


def _heard(requests: frozenset[str], kind: Kind) -> bool:
    return not requests or kind.id in requests


def _subject(kind: Kind) -> Why:
    return Why(f"kind:{kind.id}", f"Demande reconnue : {kind.title} → {kind.category}.")


def _said(code: str) -> Why:
    sentences: Mapping[str, str] = data("rules")["why"]
    return Why(code, sentences[code])
