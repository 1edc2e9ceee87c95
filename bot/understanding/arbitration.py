"""The last word on the intent: danger first, then evidence of the message, then the classifier."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.understanding.language import foreign, nonsense
from bot.understanding.reader import Reading, tokenise
from bot.understanding.safety import alarm, doubtful
from bot.understanding.text import fold
from bot.understanding.worlds import worlds
from kb.search import Hit, find

EMERGENCIES = frozenset({"emergency_medical", "emergency_suicide", "emergency_violence"})
OUTSIDE = frozenset({"out_of_scope", "medical_advice", "legal_advice"})
ABOUT_BENEFITS = frozenset({"ask_reimbursement", "ask_information", "compare"})
ELLIPTIC = frozenset({"inform", "correct_fact", "follow_up", "affirm", "deny", "dont_know"})
SMALLTALK = frozenset({"greet", "thank", "goodbye", "compliment"})
OWN_NAME = re.compile(r"\bmgen\b|\boji\b|chez vous|vous rejoindre|votre mutuelle")
UNSURE = 0.3
EMERGENCY_SURE = 0.7
EMERGENCY_LIKELY = 0.5
ACCOUNT_SURE = 0.45
CLEAR = 0.8
MONEY_CUES = frozenset({"open_question", "rate", "polar", "frequency", "compare"})
SHORT = 8
# Intents that the classifier mixes up with questions on rights, which lead nowhere when they are wrong.
EASILY_CONFUSED = frozenset(
    "account_data legal_advice out_of_scope medical_advice correct_fact inform follow_up compare nlu_fallback "
    "ask_human ask_why ask_source more_details bot_identity capabilities ask_reimbursement dont_know cancel".split()
)
RIGHTS = frozenset({"ask_information"})
RULE_SCORE, RULE_COVERAGE, MINIMUM_WORDS = 20.0, 0.3, 6
# Against a benefit that the message names, the entry must cover more and stand alone.
SURE_COVERAGE, SURE_MARGIN = 0.45, 0.25
OUTSIDE_SURE = 0.55
PRICED = frozenset({"formule", "prix", "base_remboursement"})


@dataclass(frozen=True)
class Guess:
    """One intent of the classifier, with its confidence (0 to 1)."""

    name: str
    confidence: float


def arbitrate(text: str, reading: Reading, ranking: Sequence[Guess], today: date) -> Guess:
    """Return the intent of a message.

    Args:
        text: the message.
        reading: what the words say.
        ranking: the classifier's intents, the most likely first.
        today: the day, for what is in force.
    """
    top = ranking[0] if ranking else Guess("nlu_fallback", 0.0)
    danger = _danger(text, reading, ranking)
    if danger:
        return Guess(danger, 1.0)
    if top.name in EMERGENCIES:
        ranking = [guess for guess in ranking if guess.name not in EMERGENCIES] or [Guess("nlu_fallback", 0.0)]
        top = ranking[0]
    if foreign(text):
        return Guess("other_language", 1.0)
    seen = worlds(tokenise(text))
    if seen["insurers"] and not OWN_NAME.search(fold(text)) and "formule" not in reading.facts:
        return Guess("other_insurer", 1.0)
    if reading.linked.strong or (_asks_of_contract(reading) and top.name not in RIGHTS):
        if _asks_right(reading, top, seen, today):
            return Guess("ask_information", max(top.confidence, 0.5))
        return _about_benefit(reading, top, ranking)
    if seen["manipulation"] and not reading.linked.strong:
        return Guess("out_of_scope", 1.0)
    if not reading.facts and nonsense(text):
        return Guess("nonsense", 1.0)
    if reading.facts and reading.words <= SHORT and top.name in ABOUT_BENEFITS and not reading.linked.families:
        return Guess("follow_up", top.confidence)
    if _may_be_right(top, seen) and _known_right(reading, today):
        return Guess("ask_information", top.confidence)
    if seen["anger"] and top.confidence < CLEAR and top.name != "account_data":
        return Guess("insult", 0.5)
    if _elsewhere(seen, top, ranking):
        best = next((guess.name for guess in ranking if guess.name in OUTSIDE), "out_of_scope")
        return Guess("medical_advice" if seen["medical"] else best, max(top.confidence, 0.5))
    if seen["medical"] and not seen["ours"]:
        return Guess("medical_advice", 0.5)
    if top.confidence < UNSURE:
        return Guess("nlu_fallback", 1 - top.confidence)
    return top


def _asks_right(reading: Reading, top: Guess, seen: Mapping[str, int], today: date) -> bool:
    """Whether a message that names a benefit asks of a right instead ("50 unités, cinq transports...")."""
    if top.name in RIGHTS:
        return not reading.cues & {"open_question", "rate"} and _known_right(reading, today)
    if top.name != "ask_reimbursement" or "rate" in reading.cues:
        return False
    hit = _best_hit(reading, today)
    if seen["rights"] and hit and hit.score >= RULE_SCORE and hit.coverage >= RULE_COVERAGE and hit.entry.rule:
        return not _of_benefit(hit, reading)
    if reading.facts.keys() & PRICED:
        return False
    if hit is None or hit.score < RULE_SCORE or hit.coverage < SURE_COVERAGE or hit.margin < SURE_MARGIN:
        return False
    own = hit.entry.rule or hit.entry.contracts == frozenset({reading.facts.get("contrat")})
    return bool(own) and not _of_benefit(hit, reading)


def _of_benefit(hit: Hit, reading: Reading) -> bool:
    """Whether an entry speaks of the benefit that the message names."""
    families = set(reading.linked.families)
    return bool(set(hit.entry.families) & families) or any(family in hit.entry.rule for family in families)


def _may_be_right(top: Guess, seen: Mapping[str, int]) -> bool:
    """Whether the classifier leaves room for a question on rights."""
    if top.name not in EASILY_CONFUSED or top.confidence >= CLEAR:
        return False
    if top.name in OUTSIDE and not seen["ours"]:
        return top.confidence < OUTSIDE_SURE
    return top.name != "account_data" or top.confidence < ACCOUNT_SURE


def _known_right(reading: Reading, today: date) -> bool:
    """Whether a rule on rights plainly answers the message."""
    hit = _best_hit(reading, today)
    if hit is None or not hit.entry.rule or reading.words < MINIMUM_WORDS:
        return False
    return hit.score >= RULE_SCORE and hit.coverage >= RULE_COVERAGE


def _best_hit(reading: Reading, today: date) -> Hit | None:
    return next(iter(find(reading.text, reading.facts.get("contrat"), today, limit=1)), None)


def _best_but_emergency(ranking: Sequence[Guess]) -> Guess:
    """Return the best guess once the emergencies, already ruled out, are left aside."""
    return next((guess for guess in ranking if guess.name not in EMERGENCIES), Guess("nlu_fallback", 0.0))


def _danger(text: str, reading: Reading, ranking: Sequence[Guess]) -> str | None:
    tokens = tokenise(text)
    shown = alarm(tokens)
    if shown:
        return shown
    top = ranking[0] if ranking else None
    if top is None or top.name not in EMERGENCIES or doubtful(tokens, top.name):
        return None
    asks = reading.cues & MONEY_CUES or "formule" in reading.facts
    return top.name if top.confidence >= (EMERGENCY_SURE if asks else EMERGENCY_LIKELY) else None


def _elsewhere(seen: dict[str, int], top: Guess, ranking: Sequence[Guess]) -> bool:
    """Whether the words place the message in another world and the classifier does not speak against it."""
    if top.name in OUTSIDE:
        return False
    outside = sum(guess.confidence for guess in ranking if guess.name in OUTSIDE)
    if not seen["ours"] and seen["elsewhere"] and top.name != "insult":
        return top.name not in SMALLTALK and top.confidence < CLEAR
    return not seen["ours"] and outside > top.confidence


def _asks_of_contract(reading: Reading) -> bool:
    """Whether an ambiguous benefit is asked of a named formule or with a clear question of money."""
    return bool(reading.linked.group) and ("formule" in reading.facts or "rate" in reading.cues)


def _about_benefit(reading: Reading, top: Guess, ranking: Sequence[Guess]) -> Guess:
    """Return the intent of a message that names a benefit."""
    if top.name == "account_data" and top.confidence >= ACCOUNT_SURE and "formule" not in reading.facts:
        return top
    if top.name in ("ask_information", "compare", "ask_why", "ask_source") and "formule" not in reading.facts:
        return top
    if top.name == "compare" or ("compare" in reading.cues and len(reading.formules) > 1):
        return Guess("compare", top.confidence)
    if top.name in OUTSIDE and top.confidence >= 0.5 and not (reading.facts.keys() & {"formule", "contrat"}):
        return top
    if top.name in ELLIPTIC:
        return top
    if not reading.cues & MONEY_CUES and "formule" not in reading.facts:
        return _best_but_emergency(ranking)
    if top.name == "ask_human" and top.confidence >= 0.6 and reading.words <= 12:
        return top
    return Guess("ask_reimbursement", max(top.confidence, 0.5))
