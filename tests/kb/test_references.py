"""A reference named in a message is looked up."""

from __future__ import annotations

from datetime import date

import pytest

from kb.references import asked_references, citing

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("question", "kind", "number"),
    [
        ("que dit l'article 45-4 du règlement ?", "article", "45-4"),
        ("Art. 31", "article", "31"),
        ("l'article n° 22 - II", "article", "22-ii"),
        ("ANNEXE 2 svp", "annexe", "2"),
        ("le titre I des statuts", "titre", "i"),
    ],
)
def test_references_are_read(question: str, kind: str, number: str) -> None:
    reference = asked_references(question)[0]
    assert (reference.kind, reference.number) == (kind, number)


@pytest.mark.parametrize("question", ["45 ans", "un article de presse", "partir le 4", "titre de séjour", "partir 2"])
def test_other_words_are_no_reference(question: str) -> None:
    assert asked_references(question) == []


def test_every_entry_found_cites_the_article_of_the_instrument() -> None:
    found = citing("que dit l'article 45-4 du règlement", "MSP", TODAY)
    assert found
    for entry in found:
        assert any("Règlement" in each["reference"] and "45-4" in each["reference"] for each in entry.references)


def test_the_words_beside_the_reference_choose_among_those_that_cite_it() -> None:
    bonus = citing("article 22 du règlement, le bonus prévention", None, TODAY)[0]
    assert "bonus" in bonus.title.lower()


def test_an_article_also_means_its_parts_after_itself() -> None:
    found = citing("article 45 du règlement", "MSP", TODAY, limit=50)
    assert any("45-4" in each["reference"] for entry in found for each in entry.references)


def test_entries_of_other_contracts_are_left_out() -> None:
    assert all(entry.concerns("FPE") for entry in citing("annexe 3", "FPE", TODAY, limit=50))


def test_a_reference_that_no_entry_cites_finds_none() -> None:
    assert citing("article 999 du règlement", None, TODAY) == []
