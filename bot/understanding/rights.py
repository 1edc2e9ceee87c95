"""Whether a message that names a benefit asks of a right or a procedure rather than what is paid for it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.understanding.guess import Guess
from bot.understanding.numbers import ORDINAL_MARKS
from bot.understanding.paid import in_table
from bot.understanding.reader import Reading
from bot.understanding.thresholds import (
    AGAINST_BENEFIT,
    BEYOND_DOUBT,
    CERTAIN,
    COVERED,
    FAR_AHEAD,
    HARDLY_PAID,
    KNOWN,
    NEAR,
    NOT_PAID,
    OUTSIDE_SURE,
    PLAIN,
    SHORT_QUESTION,
    TOUCHED,
)
from kb.ranking import Ranked, Ranking
from rules_engine.registry import rule_named, rules

BENEFIT_INTENTS = frozenset({"ask_reimbursement", "compare", "follow_up"})
RIGHTS = frozenset({"ask_information"})
# The documents hold no table of benefits of this contract: whatever is known of it stands in an entry.
WITHOUT_TABLE = "SOLUTIONS"
# The day of the request sets no condition.
REQUEST = "date_demande"
START_OF_COVER = "date_adhesion"
REIMBURSEMENT = "remboursement"
# How many acts were paid before: what a rule on their number takes.
ACTS_HAD = "deja_actes"
PRICED = frozenset({"formule", "prix", "base_remboursement"})


def asks_right(reading: Reading, top: Guess, seen: Mapping[str, int], asked: Ranking) -> bool:
    """Whether a message that names a benefit asks of a right instead ("50 unités, cinq transports...")."""
    if asked.best is None or asked.best.entry.kind == "handover":
        return False
    if asked.best.share >= KNOWN and _dates_a_condition(asked.best, reading):
        return True
    if "documents" in reading.cues and _beyond_money(asked):
        return True  # "quel justificatif pour le diététicien ?": what to send is in the article, whatever is paid
    if "rate" in reading.cues and "formule" in reading.facts and not reading.dates:
        return False  # "OPTAM, option 1, quel taux ?": the table tells
    paid = asked.share_of("ask_reimbursement")
    unpaid = paid < HARDLY_PAID
    if unpaid and (_tells_conditions(asked.best, reading) or _of_conditions(asked.best, reading)):
        return True
    if asked.best.share >= FAR_AHEAD * paid and _counts_acts(asked.best, reading):
        return True
    if _of_benefit(asked.best, reading) or (top.name == "account_data" and top.confidence >= OUTSIDE_SURE):
        return False
    if beside_benefit(asked) and (asked.best.share >= PLAIN or "frequency" not in reading.cues):
        return True  # "quand puis-je changer de lunettes ?" is of the table unless a right is far the likelier
    if "rate" in reading.cues and in_table(reading):
        return False  # "contrat FPE, un spécialiste, quel taux ?": the table tells, once the option is known
    if reading.facts.get("contrat") == WITHOUT_TABLE:
        return asked.best.share >= KNOWN
    if reading.words < SHORT_QUESTION and reading.cues & {"open_question", "rate"}:
        return False
    if asked.best.coverage < TOUCHED and asked.best.share < BEYOND_DOUBT:
        return False
    share = asked.best.share
    asks_money = bool(reading.cues & {"open_question", "rate"}) and "delay" not in reading.cues
    if asked.best.entry.on_care:
        sure = asked.best.entry.rule and share >= BEYOND_DOUBT and asked.best.coverage >= COVERED
        if unpaid and sure and not asks_money:
            return True
        plain = share >= (KNOWN if top.name in RIGHTS else BEYOND_DOUBT) and not asks_money
        priced = reading.facts.keys() & PRICED and "delay" not in reading.cues
        return _compares_dates(reading) or (plain and not priced)
    if top.name in RIGHTS:
        return share >= (AGAINST_BENEFIT if asks_money else KNOWN)
    if top.name not in BENEFIT_INTENTS or "rate" in reading.cues or "frequency" in reading.cues:
        return False
    priced = reading.facts.keys() & PRICED and not seen["rights"]
    return share > paid and share >= (BEYOND_DOUBT if priced else KNOWN if seen["rights"] else AGAINST_BENEFIT)


def beside_benefit(asked: Ranking) -> bool:
    """Whether care is named in passing, of a subject that pays for none ("infirmière scolaire, ma cotisation")."""
    best = asked.best
    return (
        best is not None
        and not best.entry.on_care
        and (best.share >= PLAIN or (best.share >= AGAINST_BENEFIT and best.coverage >= COVERED))
        and asked.share_of("ask_reimbursement") < NOT_PAID
    )


def _beyond_money(asked: Ranking) -> bool:
    """Whether an entry on care answers rather than what is paid for it."""
    best = asked.best
    if best is None or not best.entry.on_care or best.share < KNOWN:
        return False
    return best.share > asked.share_of("ask_reimbursement")


def _dates_a_condition(ranked: Ranked, reading: Reading) -> bool:
    """Whether a message dates what the rule of an entry sets a condition on (notification of an ALD, start of care)."""
    if ranked.entry.rule not in rules():
        return False
    wanted = set(rule_named(ranked.entry.rule).facts) - {REQUEST}
    return any(wanted & near.keys() and min(near.values()) <= NEAR for _, near, _ in reading.dates)


def _tells_conditions(ranked: Ranked, reading: Reading) -> bool:
    """Whether a message tells conditions of a rule on care that the tables do not know ("déjà eu deux injections")."""
    if ranked.share < BEYOND_DOUBT or ranked.entry.rule not in rules() or reading.cues & {"open_question", "rate"}:
        return False
    own = set(rule_named(ranked.entry.rule).facts) - set(rule_named(REIMBURSEMENT).facts)
    numbers = {name for mention in reading.mentions for name in mention.facts}
    return len(own & (reading.facts.keys() | numbers)) > 1


def _counts_acts(ranked: Ranked, reading: Reading) -> bool:
    """Whether a message ranks the act it asks of ("la 3e injection"), and a rule limits how many there are."""
    return (
        ranked.share >= KNOWN
        and ranked.entry.rule in rules()
        and ACTS_HAD in rule_named(ranked.entry.rule).facts
        and bool(reading.counts.keys() & ORDINAL_MARKS)
    )


def _of_conditions(ranked: Ranked, reading: Reading) -> bool:
    """Whether a message surely asks of the rule on a benefit's conditions, not what is paid ("ça marche ?")."""
    priced = reading.facts.keys() & {"prix", "base_remboursement"}
    money = priced or reading.cues & {"open_question", "rate", "frequency"}
    return ranked.share >= CERTAIN and ranked.entry.rule in rules() and not money


def _compares_dates(reading: Reading) -> bool:
    """Whether a message sets the start of the cover against the day of the care."""
    return len(reading.dates) > 1 and any(START_OF_COVER in near for _, near, _ in reading.dates)


def _of_benefit(ranked: Ranked, reading: Reading) -> bool:
    """Whether an entry speaks of the benefit that the message names."""
    families = set(reading.linked.families)
    return bool(set(ranked.entry.families) & families) or any(family in ranked.entry.rule for family in families)
