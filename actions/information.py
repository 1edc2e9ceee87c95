"""Answering from the knowledge base, within what it knows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from actions.answers import Answer
from actions.facts import facts_for
from actions.questions import ask
from actions.rights import answer_rule
from actions.state import Conversation
from actions.understood import Understood
from kb.abstention import SURE, UNANSWERED, names_insurer, sureness
from kb.entries import Entry
from kb.ranking import Ranked, Ranking, rank, without_contracts, without_reimbursement
from kb.related import leading_question, related
from rules_engine.catalogue import catalogue
from rules_engine.decision import NeedFacts
from rules_engine.facts import vocabulary

# Likelihood that is enough for a message that leaves to the question before what it is about.
HALF_SAID = 0.15
# Likelihood below which an entry that the question before was not about answers no message that goes on with it.
OWN_SUBJECT = 0.3
# A rule this near to the best, as a share of its likelihood, is the better answer when it uses more of what was said.
CLOSE = 0.45
# How many times likelier the rule under way is than another.
SUBJECT = 3.0
# From this likelihood on only amounts speak for another rule than the one found; below, dates and durations do too.
LIKELY = 0.5
MONEY, FIGURES = frozenset({"money"}), frozenset({"money", "date", "integer"})
# "De combien ?" is asked of the rule on the amount rather than of those on who receives it, and from when.
AMOUNT_ASKED, AMOUNT_RULES = "question_montant", "_montant"
# An entry of another contract this near, as a share of the best's likelihood, may be the one meant.
RIVAL = 0.12
# What says which contract a question is asked under.
OF_CONTRACT = ("contrat", "formule")
# How many times likelier the subject of the question before is than the words alone make it.
GOES_ON = 4.0


def ranking(understood: Understood, contract: str | None, today: date, before: Understood | None = None) -> Ranking:
    """Return the entries that may answer a message; without a benefit named, none can be reimbursed instead.

    What the question answered before (`before`) was likely about is likelier now too.
    """
    named = catalogue().names(understood.families)
    topics = understood.topics if named or understood.group else without_reimbursement(understood.topics)
    found = rank(understood.repaired or understood.text, topics, contract, today, named, _favoured(before))
    return without_contracts(found, understood.ruled_out) if contract is None and understood.ruled_out else found


def _favoured(before: Understood | None) -> dict[str, float]:
    """Return how many times likelier the question before makes each entry."""
    subjects = dict(before.topics) if before else {}
    most = max(subjects.values(), default=1.0)
    return {name: 1 + GOES_ON * share / most for name, share in subjects.items()}


def best_entry(
    asked: Ranking, understood: Understood, subjects: Collection[str] = (), before: Collection[str] = ()
) -> Entry | None:
    """Return the entry that answers a message, or None when none surely does.

    Among the rules close to the likeliest entry, the one that takes most of the figures and dates said is meant, and
    where an amount is asked, the one on the amount; rules of one subject share the likelihood, so together they may be
    sure where none is alone. The rule under way, or those come back to (subjects), are likelier than another. A message
    that goes on with the question before says but half of it: the entries likely then (before) need less now.
    """
    ranked = _favouring(subjects, asked.entries)
    # No entry answers where a subject that none answers is likelier.
    if not ranked or any(asked.share_of(intent) > ranked[0].share for intent in UNANSWERED):
        return None
    best = ranked[0]
    close = [candidate for candidate in ranked if candidate.share >= CLOSE * best.share]
    taken = {each.entry.id: _types_taken(each.entry.rule, understood) for each in close}

    asks_amount = understood.facts.get(AMOUNT_ASKED) is True

    def figures(candidate: Ranked) -> int:
        kinds = MONEY if ranked[0].share >= LIKELY and ranked[0].entry.rule else FIGURES
        of_amount = asks_amount and candidate.entry.rule.endswith(AMOUNT_RULES)
        return sum(kind in kinds for kind in taken[candidate.entry.id]) + of_amount

    best = max(close, key=lambda candidate: (figures(candidate), candidate.share))
    together = {best.entry.id}
    if FIGURES.intersection(taken[best.entry.id]):
        together |= {candidate.entry.id for candidate in close if candidate.entry.rule}
    certainty = sum(candidate.share for candidate in close if candidate.entry.id in together)
    if best.entry.id in before and certainty >= HALF_SAID:
        return best.entry
    if before and best.entry.id not in before and best.share < OWN_SUBJECT:
        return None
    rest = (candidate for candidate in ranked if candidate.entry.id not in together)
    chosen = replace(asked, entries=(replace(best, share=certainty), *rest))
    return best.entry if sureness(chosen, understood.text) >= SURE else None


def _favouring(subjects: Collection[str], ranked: tuple[Ranked, ...]) -> tuple[Ranked, ...]:
    if not subjects:
        return ranked
    weights = [each.share * (SUBJECT if each.entry.rule in subjects else 1) for each in ranked]
    total = sum(weights) / (sum(each.share for each in ranked) or 1.0)
    weighed = [replace(each, share=weight / total) for each, weight in zip(ranked, weights, strict=True)]
    return tuple(sorted(weighed, key=lambda each: -each.share))


def _types_taken(rule: str, understood: Understood) -> list[str]:
    """Return the types of the facts that a rule takes from a message, the age aside; none without a rule."""
    known = vocabulary()
    return [known[name].type for name in (facts_for(rule, understood) if rule else ()) if name != "age"]


def answer_information(conversation: Conversation, understood: Understood, today: date) -> Answer | None:
    """Return the entry that answers, the question for the contract where entries of several differ, or None."""
    contract = understood.facts.get("contrat") or conversation.contract
    under_way = {conversation.rule} if conversation.about_rule else set()
    subjects = {*conversation.left} if understood.returns else under_way
    before = Understood.from_rasa(conversation.asked) if conversation.asked and not conversation.family else None
    asked = ranking(understood, contract, today, before)
    going_on = before is not None and understood.goes_on
    entry = best_entry(asked, understood, subjects, dict(before.topics) if before and going_on else ())
    if entry is None:
        return Answer("out_of_scope", "other_insurer") if names_insurer(understood.text) else None
    conversation.asked = dict(understood.message)
    if entry.rule:
        return answer_rule(conversation, understood, entry.rule, today, before if going_on else None)
    if contract is None and "formule" not in understood.facts:
        rivals = _other_contracts(entry, asked.entries)
        if rivals:
            return _ask_contract(conversation, understood, entry.contracts | rivals)
    return answer_entry(entry, contract, today)


def answer_entry(entry: Entry, contract: str | None, today: date) -> Answer:
    """Return what an entry that no rule computes answers, and the questions that often follow."""
    return Answer(
        kind=entry.kind,
        template="entry",
        data={"entry": entry.id, "contract_known": contract is not None},
        topic=entry.id,
        sources=[dict(reference) for reference in entry.references],
        buttons=[
            {"title": other.title, "payload": leading_question(other.id, contract, today)}
            for other in related(entry, contract, today)
        ],
    )


def answer_again(conversation: Conversation, about: Mapping[str, Any], today: date) -> Answer | None:
    """Return the answer to a message kept until the contract was known, or asked under another one."""
    kept = Understood.from_rasa(about)
    told = {name: value for name, value in kept.facts.items() if name not in OF_CONTRACT}
    known = {name: conversation.facts[name] for name in OF_CONTRACT if name in conversation.facts}
    return answer_information(conversation, replace(kept, facts={**told, **known}), today)


def _other_contracts(entry: Entry, ranked: tuple[Ranked, ...]) -> frozenset[str]:
    """Return the contracts that other likely entries on the subject are of, when the entry is not of them."""
    likely = next((each.share for each in ranked if each.entry.id == entry.id), 1.0)
    return frozenset(
        contract
        for each in ranked
        if entry.contracts
        and each.share >= RIVAL * likely
        and each.entry.contracts
        and not each.entry.contracts & entry.contracts
        for contract in each.entry.contracts
    )


def _ask_contract(conversation: Conversation, understood: Understood, contracts: frozenset[str]) -> Answer:
    fact = vocabulary()["contrat"]
    needed = NeedFacts(
        "", ("contrat",), tuple({"contrat": each.value} for each in fact.choices if each.value in contracts), {}
    )
    conversation.turn_to_rule("")
    question = ask(conversation, needed)
    if conversation.pending:
        conversation.pending.about = dict(understood.message)
    return question
