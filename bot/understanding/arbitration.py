"""The last word on the intent: danger first, then evidence of the message, then the classifier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.understanding.danger import (
    EMERGENCIES,
    PERHAPS,
    Signs,
    kind_of_danger,
    likelihood_of_danger,
    signs_of_danger,
    tells_danger,
)
from bot.understanding.follow_up import refers_back
from bot.understanding.guess import Guess
from bot.understanding.language import foreign, nonsense
from bot.understanding.lexicons import signs
from bot.understanding.paid import asks_money_of, in_table
from bot.understanding.plain import SAID, plain_intent
from bot.understanding.reader import Reading, tokenise
from bot.understanding.rights import BENEFIT_INTENTS, PRICED, RIGHTS, asks_right, beside_benefit
from bot.understanding.text import fold
from bot.understanding.thresholds import (
    ACCOUNT_SURE,
    BEYOND_DOUBT,
    CERTAIN,
    CLEAR,
    COVERED,
    ELSEWHERE_SURE,
    HUMAN_SURE,
    HUMAN_WORDS,
    KNOWN,
    LEADS,
    MINIMUM_WORDS,
    OURS,
    OUTSIDE_LIKELY,
    OUTSIDE_SURE,
    PLAIN,
    SETTLED,
    SHARED,
    SHORT,
    TOUCHED,
    UNSURE,
)
from bot.understanding.worlds import worlds
from kb.abstention import names_subject
from kb.ranking import Ranking, rank
from rules_engine.catalogue import catalogue

OUTSIDE = frozenset({"out_of_scope", "medical_advice", "legal_advice"})
# What no entry answers.
NOT_OURS = OUTSIDE | {"account_data"}
ABOUT_BENEFITS = frozenset({"ask_reimbursement", "ask_information", "compare"})
ELLIPTIC = frozenset({"inform", "correct_fact", "follow_up", "affirm", "deny", "dont_know"})
SMALLTALK = frozenset({"greet", "thank", "goodbye", "compliment"})
OWN_NAME = signs("mutual", "own_name")
MONEY_CUES = frozenset({"open_question", "rate", "polar", "frequency", "compare"})
# Intents that the classifier mixes up with questions on rights, which lead nowhere when they are wrong.
EASILY_CONFUSED = frozenset(
    "account_data legal_advice out_of_scope medical_advice correct_fact inform follow_up compare nlu_fallback "
    "ask_human ask_why ask_source more_details bot_identity capabilities ask_reimbursement dont_know cancel".split()
)
# What continues a conversation is not a question of its own.
CONTINUING = frozenset(
    "dont_know inform correct_fact follow_up affirm deny cancel ask_human ask_why ask_source more_details".split()
)
# What a fact told or put right ("oui, il est OPTAM") is taken for, or is.
STATED_AS = RIGHTS | NOT_OURS | {"inform", "correct_fact", "follow_up"}


def arbitrate(
    text: str, reading: Reading, ranking: Sequence[Guess], today: date, topics: Sequence[tuple[str, float]] = ()
) -> Guess:
    """Return the intent of a message.

    Args:
        text: the message.
        reading: what the words say.
        ranking: the classifier's intents, the most likely first.
        today: the day, for what is in force.
        topics: entries of the knowledge base, or "@intent", with their likelihood.
    """
    asked = rank(reading.text, topics, reading.facts.get("contrat"), today, catalogue().names(reading.linked.families))
    told = signs_of(text, reading, ranking, asked)
    if tells_danger(told):
        heard = {guess.name: guess.confidence for guess in ranking}
        return Guess(kind_of_danger(tokenise(text), heard, asked.elsewhere or {}), 1.0)
    return replace(_settled(text, reading, ranking, asked), caution=likelihood_of_danger(told) >= PERHAPS)


def _settled(text: str, reading: Reading, ranking: Sequence[Guess], asked: Ranking) -> Guess:
    """Return the intent of a message that is not in danger."""
    top = ranking[0] if ranking else Guess("nlu_fallback", 0.0)
    if top.name in EMERGENCIES:
        ranking = [guess for guess in ranking if guess.name not in EMERGENCIES] or [Guess("nlu_fallback", 0.0)]
        top = ranking[0]
    if foreign(text):
        return Guess("other_language", 1.0)
    seen = worlds(tokenise(text))
    if reading.facts.keys() & {"contrat", "formule"}:
        seen = {**seen, "ours": seen["ours"] + 1}  # who names a contract of ours asks of it
    plain = plain_intent(text, reading)
    if plain in SAID or (plain and (top.name in STATED_AS or top.confidence < UNSURE)):
        return Guess(plain, max(top.confidence, SETTLED))
    if seen["insurers"] and not OWN_NAME.search(fold(text)) and "formule" not in reading.facts:
        return Guess("other_insurer", 1.0)
    if reading.linked.strong or (_asks_of_contract(reading) and top.name not in RIGHTS and not beside_benefit(asked)):
        if asks_right(reading, top, seen, asked):
            return Guess("ask_information", max(top.confidence, SETTLED, asked.mass))
        return _about_benefit(reading, top, ranking, asked)
    if seen["manipulation"] and not reading.linked.strong:
        return Guess("out_of_scope", 1.0)
    if reading.numbers and not reading.words:
        return Guess("inform", SETTLED)  # "3": the place of a choice, or a value
    if nonsense(text) and (not reading.facts or reading.words >= SHORT):
        return Guess("nonsense", 1.0)
    brief = reading.facts and reading.words <= SHORT and top.name in ABOUT_BENEFITS and not reading.linked.families
    if brief and not _says_all(reading, asked):
        return Guess("compare" if "compare" in reading.cues else "follow_up", top.confidence)
    outside = sum(guess.confidence for guess in ranking if guess.name in OUTSIDE)
    of_us = seen["ours"] or outside < top.confidence
    if of_us and (_may_be_right(top, asked) or _plain_right(top, asked)) and _known_right(reading, asked, seen):
        return Guess("ask_information", max(top.confidence, UNSURE, asked.mass))
    if _some_entry(reading, top, asked, seen):
        return Guess("ask_information", max(top.confidence, UNSURE, asked.mass))
    plainly = _other_subject(asked, BEYOND_DOUBT)
    if plainly and top.confidence < CLEAR and not reading.linked.strong:
        return plainly
    if seen["anger"] and top.confidence < CLEAR and top.name != "account_data":
        return Guess("insult", SETTLED)
    if _elsewhere(seen, top, ranking):
        best = next((guess.name for guess in ranking if guess.name in OUTSIDE), "out_of_scope")
        return Guess("medical_advice" if seen["medical"] else best, max(top.confidence, SETTLED))
    if seen["medical"] and not seen["ours"]:
        return Guess("medical_advice", SETTLED)
    if top.confidence < UNSURE:
        if top.name == "account_data" and (asked.best is None or asked.best.share < KNOWN):
            return top  # the member's own file, rather than the vaguely likely rule
        if _doubtless(asked) and not nonsense(text):
            return Guess("ask_information", max(UNSURE, asked.mass))  # "PTIA à 66 ans ?": three words, and one subject
        other = None if nonsense(text) else _other_subject(asked)
        if other:
            return other
        if reading.words <= SHORT and reading.facts.keys() & {"contrat", "formule"}:
            return Guess("inform", UNSURE)  # "bon, Initiale"
        return Guess("nlu_fallback", 1 - top.confidence)
    return top


def _other_subject(asked: Ranking, sure: float = ELSEWHERE_SURE) -> Guess | None:
    """Return the intent that the ranking of the subjects is sure of, where the classifier is not."""
    name, share = max((asked.elsewhere or {}).items(), key=lambda pair: pair[1], default=("", 0.0))
    return Guess(name, share) if share >= sure and name in NOT_OURS else None


def _says_all(reading: Reading, asked: Ranking) -> bool:
    """Whether a short message is a whole question ("FPE, garde du chien pendant l'hospitalisation ?")."""
    best = asked.best
    if best is None or reading.words < MINIMUM_WORDS or best.coverage < COVERED:
        return False
    some = best.share >= KNOWN and asked.mass >= CERTAIN
    return best.share >= PLAIN or (some and not refers_back(reading.text))


def _may_be_right(top: Guess, asked: Ranking) -> bool:
    """Whether the classifier leaves room for a question on rights."""
    if top.name in RIGHTS:
        return True
    if top.name not in EASILY_CONFUSED or top.confidence >= CLEAR:
        return False
    if top.name in NOT_OURS:  # what no entry answers is believed when both classifiers see it, or one is sure
        return top.confidence < OUTSIDE_SURE and asked.share_of(top.name) < SHARED
    return True


def _plain_right(top: Guess, asked: Ranking) -> bool:
    """Whether the entries leave no doubt, whatever the classifier makes of the message."""
    if top.name == "account_data" and top.confidence >= CLEAR:
        return False  # how to see one's payments online is no answer to "where is mine?"
    return asked.best is not None and asked.best.share >= PLAIN and top.name in EASILY_CONFUSED - CONTINUING


def _known_right(reading: Reading, asked: Ranking, seen: Mapping[str, int]) -> bool:
    """Whether an entry plainly answers the message."""
    best = asked.best
    if best is None or reading.words < MINIMUM_WORDS or best.share < KNOWN:
        return False
    if seen["elsewhere"] and not seen["ours"]:
        return best.share >= (PLAIN if best.coverage >= COVERED else BEYOND_DOUBT)
    if best.share < max((asked.share_of(intent) for intent in NOT_OURS), default=0.0):
        return False
    return best.share >= PLAIN or best.coverage >= (TOUCHED if seen["ours"] else COVERED)


def _doubtless(asked: Ranking) -> bool:
    """Whether one entry alone answers, whatever the classifier makes of so few or so rare words."""
    best = asked.best
    return best is not None and best.share >= BEYOND_DOUBT and best.coverage >= COVERED


def _some_entry(reading: Reading, top: Guess, asked: Ranking, seen: Mapping[str, int]) -> bool:
    """Whether the entries together leave little room for an intent that the classifier is not clear of.

    What continues a conversation and a plain question on the member's own file keep their intent.
    """
    best = asked.best
    if best is None or top.confidence >= CLEAR or reading.words < MINIMUM_WORDS or best.entry.kind == "handover":
        return False
    if top.name in CONTINUING or (top.name == "account_data" and top.confidence >= ACCOUNT_SURE):
        return False
    if top.name in BENEFIT_INTENTS and reading.facts.keys() & PRICED:
        return False  # "spécialiste OPTAM, option 1, quel taux ?" asks what is paid
    if names_subject(reading.text):  # "je vote pour qui à la présidentielle ?" is near to our elections
        return False
    if best.coverage < (COVERED if seen["elsewhere"] and not seen["ours"] else TOUCHED):
        return False
    return asked.mass >= OURS and best.share >= LEADS


def _best_but_emergency(ranking: Sequence[Guess]) -> Guess:
    """Return the best guess once the emergencies, already ruled out, are left aside."""
    return next((guess for guess in ranking if guess.name not in EMERGENCIES), Guess("nlu_fallback", 0.0))


def signs_of(text: str, reading: Reading, ranking: Sequence[Guess], asked: Ranking) -> Signs:
    """Return what speaks for a danger and against one in a message."""
    return signs_of_danger(
        tokenise(text),
        {guess.name: guess.confidence for guess in ranking},
        asked.best.share if asked.best else 0.0,
        asked.share_of("ask_reimbursement"),
        bool(reading.facts.keys() & {"formule", "contrat"}),
    )


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


def _about_benefit(reading: Reading, top: Guess, ranking: Sequence[Guess], asked: Ranking) -> Guess:
    """Return the intent of a message that names a benefit."""
    unknown = asked.best is None or asked.best.share < KNOWN
    told = "rate" in reading.cues and in_table(reading)
    if top.name in RIGHTS and reading.linked.strong and reading.cues & MONEY_CUES and (unknown or told):
        return Guess("ask_reimbursement", max(top.confidence, SETTLED, asked.share_of("ask_reimbursement")))
    if top.name == "account_data" and top.confidence >= ACCOUNT_SURE and "formule" not in reading.facts:
        return top
    if top.name in ("ask_information", "compare", "ask_why", "ask_source") and "formule" not in reading.facts:
        return top
    if top.name == "compare" or ("compare" in reading.cues and len(reading.formules) > 1):
        return Guess("compare", top.confidence)
    if top.name in OUTSIDE and top.confidence >= OUTSIDE_LIKELY and not (reading.facts.keys() & {"formule", "contrat"}):
        return top
    if top.name in ELLIPTIC and not (top.name == "follow_up" and asks_money_of(reading)):
        return top
    if not reading.cues & MONEY_CUES and "formule" not in reading.facts:
        return _best_but_emergency(ranking)
    if top.name == "ask_human" and top.confidence >= HUMAN_SURE and reading.words <= HUMAN_WORDS:
        return top
    return Guess("ask_reimbursement", max(top.confidence, SETTLED, asked.share_of("ask_reimbursement")))
