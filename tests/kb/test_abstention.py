"""Near-misses told from questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kb.abstention import SURE, names_insurer, names_subject, sureness
from kb.entries import entries
from kb.ranking import Ranked, Ranking, rank

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("text", ["je suis chez Harmonie Mutuelle", "ma carte MNH", "la mutuelle générale me doit 2 €"])
def test_another_insurer_is_named(text: str) -> None:
    assert names_insurer(text)


@pytest.mark.parametrize(
    "text",
    [
        "je quitte la MAIF pour la MGEN",
        "je quitte la MAIF, quand suis-je couvert ?",
        "mon mari est à la MNH, puis-je l'inscrire ?",
        "ma mutuelle",
        "ma cotisation générale",
        "qui convoque l'assemblée générale de la mutuelle",
        "une radiation pour impayé",
    ],
)
def test_no_other_insurer_is_meant(text: str) -> None:
    assert not names_insurer(text)


def test_a_subject_counts_when_its_words_stand_together() -> None:
    assert names_subject("comment refaire ma carte vitale")
    assert not names_subject("refaire des lunettes, puis montrer au médecin la carte que je dis vitale")


@pytest.mark.parametrize(
    "text",
    [
        "mon lave-vaisselle est en panne",
        "ma machine à laver fuit",
        "assurance de ma voiture",
        "attestation d'assurance auto",
    ],
)
def test_near_misses_are_subjects_of_others(text: str) -> None:
    assert names_subject(text)


@pytest.mark.parametrize("text", ["une place en crèche", "le livret de famille", "un diagnostic récent"])
def test_common_words_are_no_subject(text: str) -> None:
    assert not names_subject(text)


def test_a_subject_that_the_entry_speaks_of_is_its_own() -> None:
    question = "La CAF a refusé par écrit : le fonds social peut-il prendre le relais ?"
    topics = (("regle_fonds_social", 0.8),)
    assert names_subject(question)
    assert sureness(rank(question, topics, "SOLUTIONS", TODAY), question) >= SURE
    other = (("regle_qui_peut_adherer", 0.8),)
    assert sureness(rank("la CAF verse combien", other, "MSP", TODAY), "la CAF verse combien") < SURE


def test_a_story_is_answered_where_one_entry_is_clearly_ahead() -> None:
    def ranking(second: float) -> Ranking:
        found = [entries()[name] for name in ("kalixia_fpe", "deuxieme_avis_fpe")]
        others = [entry for entry in entries().values() if entry not in found][:70]  # a story touches many subjects
        shares = [Ranked(found[0], 0.19, 0.12, 0.15), Ranked(found[1], second)]
        shares += [Ranked(entry, (0.81 - second) / len(others)) for entry in others]
        return Ranking(tuple(shares), {}, learned=True)

    assert sureness(ranking(0.02), "une longue histoire") >= SURE
    assert sureness(ranking(0.15), "une longue histoire") < sureness(ranking(0.02), "une longue histoire")
    assert sureness(replace(ranking(0.15), elsewhere={"out_of_scope": 0.4}), "une longue histoire") < SURE


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
