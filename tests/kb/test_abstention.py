"""Near-misses told from questions."""

from __future__ import annotations

from datetime import date

import pytest

from kb.abstention import SURE, names_insurer, names_subject, sureness
from kb.entries import entries
from kb.ranking import Ranking, rank

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("text", ["je suis chez Harmonie Mutuelle", "ma carte MNH", "la mutuelle générale me doit 2 €"])
def test_another_insurer_is_named(text: str) -> None:
    assert names_insurer(text)


@pytest.mark.parametrize("text", ["je quitte la MAIF pour la MGEN", "ma mutuelle", "ma cotisation générale"])
def test_no_other_insurer_is_meant(text: str) -> None:
    assert not names_insurer(text)


def test_a_subject_counts_when_its_words_stand_together() -> None:
    assert names_subject("comment refaire ma carte vitale")
    assert not names_subject("refaire des lunettes, puis montrer au médecin la carte que je dis vitale")


def test_a_listed_question_is_surely_answered() -> None:
    question = entries()["kalixia_fpe"].questions[1]
    ranking = rank(question, (("kalixia_fpe", 0.9),), "FPE", TODAY)
    assert sureness(ranking, question) >= SURE


def test_nothing_is_sure_where_nothing_is_found() -> None:
    assert sureness(Ranking(), "bonjour") == 0.0


def test_another_subject_makes_unsure() -> None:
    question = "quel temps fera-t-il demain à Marseille"
    assert sureness(rank(question, (("@out_of_scope", 0.99),), None, TODAY), question) < SURE


def test_what_only_another_contract_has_is_not_answered() -> None:
    question = "application Lyv Endo"
    topics = (("lyv_endo", 0.95), ("detail_espace_appli", 0.01))
    assert sureness(rank(question, topics, "FPE", TODAY), question) >= SURE
    assert sureness(rank(question, topics, "MSP", TODAY), question) < SURE


def test_an_insurer_is_refused_however_near_the_words() -> None:
    question = "numéro de l'assistance de la MNH"
    assert sureness(rank(question, (("assistance_numero", 0.99),), None, TODAY), question) == 0.0
