"""Related entries: whom they concern, and the questions that lead to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.understanding.reader import read
from kb.entries import Entry, entries
from kb.related import MOST, leading_question, related
from kb.search import find

TODAY = date(2026, 11, 21)
# What a button must not make the assistant believe for the rest of the conversation.
REMEMBERED = ("contrat", "formule", "qualite", "prevoyance", "age", "date_adhesion")


def offered() -> Iterator[tuple[Entry, str | None, list[Entry]]]:
    for entry in entries().values():
        if not entry.rule:
            for contract in sorted(entry.contracts) or [None]:
                yield entry, contract, related(entry, contract, TODAY)


def test_what_is_offered_concerns_the_member_and_is_another_answer() -> None:
    for entry, contract, others in offered():
        answers = [other.answer_id for other in (entry, *others)]
        assert len(answers) == len(set(answers)), entry.id
        assert all(other.concerns(contract) for other in others), entry.id
        assert len(others) <= MOST


def test_most_entries_offer_something() -> None:
    counts = Counter(min(len(others), 1) for _, _, others in offered())
    assert counts[1] >= 0.85 * counts.total()


def test_a_question_offered_leads_there_and_states_nothing_of_the_member() -> None:
    asked = {(other.id, contract) for _, contract, others in offered() for other in others}
    for name, contract in asked:
        other = entries()[name]
        question = leading_question(other.id, contract, TODAY)
        found = find(question, contract, TODAY, limit=1)[0].entry
        assert found.answer_id == other.answer_id
        said = read(question, TODAY).facts
        own = {contract} if contract else other.contracts
        told = {name for name in REMEMBERED if name in said and not (name == "contrat" and said[name] in own)}
        assert not told, (question, told)


def test_what_an_entry_names_comes_first() -> None:
    entry = entries()["telephone_fpe_prix"]
    assert related(entry, "FPE", TODAY)[0].id in entry.see_also


def test_where_the_contract_is_unknown_only_what_concerns_the_same_members_is_offered() -> None:
    for entry in entries().values():
        for other in related(entry, None, TODAY):
            assert not other.contracts or entry.contracts <= other.contracts, entry.id


def test_nothing_is_offered_before_it_is_valid() -> None:
    first = min(entry.valid_from for entry in entries().values())
    assert related(entries()["telephone_fpe_prix"], "FPE", first - timedelta(days=1)) == []


@pytest.mark.parametrize("name", ["telephone_fpe_prix", "detail_dependance_questionnaire"])
def test_at_most_as_many_as_asked_for(name: str) -> None:
    contract = next(iter(entries()[name].contracts))
    assert len(related(entries()[name], contract, TODAY, most=1)) == 1
