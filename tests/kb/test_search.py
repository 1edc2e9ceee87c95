"""Search by the words: contract first, nearest listed questions, repairs, the thesaurus."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kb.entries import Entry, entries
from kb.repair import Repairs
from kb.search import RARE, Index, find, look
from kb.text import terms
from kb.thesaurus import MEANING, meanings, single

TODAY = date(2026, 11, 21)


def entry(name: str, *questions: str, contracts: tuple[str, ...] = (), title: str = "", rule: str = "") -> Entry:
    return Entry(
        id=name,
        title=title or name,
        questions=questions,
        answer="réponse",
        short="réponse",
        contracts=frozenset(contracts),
        valid_from=TODAY,
        references=({"document": "guide-fpe", "reference": "Guide"},),
        rule=rule,
    )


def ids(index: Index, question: str, contract: str | None = None, on: date = TODAY) -> list[str]:
    return [hit.entry.id for hit in index.search(question, contract, on).hits]


def test_the_entry_that_lists_almost_the_question_comes_first() -> None:
    long = "perdue en voyage, la carte bancaire, le passeport, les bagages et les clés de la maison de vacances"
    index = Index(
        [entry("vague", long, long, long), entry("exact", "carte perdue", "perdre sa carte", "égarer sa carte")]
    )
    found = index.search("ma carte est perdue", None, TODAY).hits
    assert [hit.entry.id for hit in found] == ["exact", "vague"]
    assert found[0].nearness > found[1].nearness


def test_entries_of_another_contract_are_left_out_and_counted_as_rivals() -> None:
    index = Index([entry("fpe", "appli endométriose lyv endo", contracts=("FPE",)), entry("tous", "appli mobile")])
    found = index.search("appli lyv endo", "MSP", TODAY)
    assert [hit.entry.id for hit in found.hits] == ["tous"]
    assert found.rival > 1
    assert index.search("appli lyv endo", "FPE", TODAY).rival == 0


def test_no_entry_before_its_validity() -> None:
    index = Index([entry("carte", "carte perdue")])
    assert ids(index, "carte perdue", on=TODAY - timedelta(days=1)) == []


@pytest.mark.parametrize("question", ["", "???", "et de la", "xyzxyzxyz"])
def test_a_question_without_a_known_word_finds_nothing(question: str) -> None:
    assert find(question, None, TODAY) == []


def test_misspelt_words_are_repaired_towards_the_entries() -> None:
    assert Repairs(["hospitalis", "carte"]).repaired("ospitalis") == "ospitalis"  # the first letter must stand
    assert Repairs(["hospitalis", "carte"]).repaired("hospitlais") == "hospitalis"
    assert Repairs(["carte", "hospitalis"]).repaired("carte") == "carte"
    assert Repairs(["rente"]).repaired("rent") == "rent"  # too short to be sure


def test_a_rare_word_is_found_by_its_meaning() -> None:
    index = Index([entry("medecin", "consulter un médecin"), entry("carte", "carte perdue")])
    assert "toubib" not in " ".join(terms("consulter un médecin"))
    assert ids(index, "voir un toubib") == ["medecin"]


def test_a_common_word_keeps_to_itself() -> None:
    common = [entry(f"m{number}", "consulter un médecin") for number in range(RARE + 1)]
    index = Index([*common, entry("docteur", "appeler le docteur")])
    assert "docteur" not in ids(index, "médecin")


def test_no_word_is_mistaken_for_a_meaning() -> None:
    assert all(name.startswith(MEANING) for names in meanings().values() for name in names)
    assert not [term for term in terms("=1 = 2 un=deux") if term.startswith(MEANING)]
    assert single("tiers payant") == []


def test_coverage_and_nearness_are_shares() -> None:
    question = next(iter(entries().values())).questions[0]
    for hit in look(question, None, TODAY, limit=50).hits:
        assert 0 <= hit.coverage <= 1.0001
        assert 0 <= hit.nearness <= 1.0001
    assert find(question, None, TODAY)[0].nearness > 0.3
