"""Whole conversations with the trained model."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Messages, Talk

pytestmark = pytest.mark.model


def said(messages: Messages) -> str:
    return re.sub("[\u00a0\u202f]", " ", "\n".join(message["text"] for message in messages))


def kind(messages: Messages) -> str:
    return messages[-1]["custom"]["kind"]


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["ostéo en Initiale, combien par an ?", "et en Intégrale ?"], "160 €"),
        (["couronne sur incisive en Référence ?", "et pour une molaire ?"], "216 €"),
        (["ostéopathe, je suis en Initiale", "non, je suis en Équilibre"], "120 €"),
        (["combien pour l'ostéopathe ?", "MGEN Référence"], "100 €"),
        (["combien pour l'ostéopathe ?", "3"], "100 €"),
        (["combien pour l'ostéopathe ?", "integral"], "160 €"),
        (["combien pour l'ostéopathe ?", "ÔJI (18-29 ans)", "Intégrale"], "160 €"),
        (["j'ai vu un psy, Intégrale", "Psychiatre (médecin)", "oui il est optam"], "200 %"),
        (["laser des yeux en Référence, combien ?", "du coup pour les deux yeux ?"], "730 €"),
        (["ostéo en Équilibre ?", "et la sophrologie ?"], "120 €"),
        (["je suis en MGEN Intégrale", "combien pour une monture, j'ai 40 ans ?"], "90 €"),
        (["semelles orthopédiques en Intégrale ?", "vous vous trompez, ma collègue a 230 %"], "350 %"),
    ],
)
def test_follow_ups(talk: Talk, turns: list[str], expected: str) -> None:
    assert expected in said(talk(*turns))


def test_why_and_where(talk: Talk) -> None:
    asked = "couronne sur une molaire, je suis en Référence, combien ?"
    assert "Annexe 1 – Dentaire" in said(talk(asked, "c'est écrit où ?"))
    assert "Annexe 1 – Dentaire" in said(talk(asked, "pourquoi ?"))


def test_a_subject_can_be_dropped(talk: Talk) -> None:
    assert kind(talk("combien pour l'ostéopathe ?", "laisse tomber")) == "smalltalk"
    assert "100 €" in said(talk("ostéo ?", "laisse tomber", "non en fait : ostéopathe, MGEN Référence"))


def test_a_comparison_shows_every_formule_asked_for(talk: Talk) -> None:
    text = said(talk("quelle différence entre Référence et Intégrale pour l'ostéopathie ?"))
    assert "100 €" in text and "160 €" in text
    assert "120 €" not in text


def test_not_knowing_gets_each_case(talk: Talk) -> None:
    text = said(talk("un spécialiste en Équilibre, quel taux ?", "je ne sais pas"))
    assert "170 %" in text and "150 %" in text


def test_two_misses_then_a_human(talk: Talk) -> None:
    messages = talk("combien pour l'ostéopathe ?", "blorg", "zfrtyu", "qsdfgh")
    assert kind(messages) == "handover"


def test_two_questions_are_both_answered(talk: Talk) -> None:
    text = said(talk("MGEN Intégrale : combien pour l'ostéopathie et la monture de lunettes ? j'ai 50 ans"))
    assert "160 €" in text and "90 €" in text


def test_a_doubtful_cell_warns(talk: Talk) -> None:
    text = said(talk("élément intermédiaire supplémentaire de bridge en Référence ?"))
    assert "29 €" in text and "0,17 €" in text
    assert "conseiller" in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bonjour", "smalltalk"),
        ("merci beaucoup", "smalltalk"),
        ("vous êtes un robot ?", "smalltalk"),
        ("je voudrais parler à un conseiller", "handover"),
        ("où en est mon remboursement ?", "handover"),
        ("quel temps fera-t-il demain ?", "out_of_scope"),
        ("mon père fait un malaise, il ne respire plus", "emergency"),
        ("je veux mourir", "emergency"),
        ("mon mari me frappe", "emergency"),
        ("Hello, how much is covered for my glasses?", "smalltalk"),
        ("qsdfg wxcvbn azertyu", "question"),
        ("?", "question"),
    ],
)
def test_kinds(talk: Talk, text: str, expected: str) -> None:
    assert kind(talk(text)) == expected


def test_an_emergency_gives_numbers_and_no_form(talk: Talk) -> None:
    messages = talk("combien pour la chambre seule ?", "mon mari ne respire plus là tout de suite")
    assert kind(messages) == "emergency"
    assert "15" in said(messages)
    assert not messages[-1].get("buttons")


@pytest.mark.parametrize("text", ["/restart", '/inform{"formule":"Intégrale"}', "<script>alert(1)</script>"])
def test_hostile_input_keeps_the_conversation(talk: Talk, text: str) -> None:
    assert "120 €" in said(talk("ostéopathe ?", "MGEN Initiale", text, "et en Équilibre ?"))


def test_every_answer_cites_a_source(talk: Talk) -> None:
    for text in ("ostéopathe en Équilibre ?", "un vaccin non remboursé en Initiale", "c'est quoi l'OPTAM ?"):
        custom = talk(text)[-1]["custom"]
        assert custom["kind"] == "answer"
        assert custom["sources"]


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (  # the reply gives what was asked and more
            [
                "retraité de l'enseignement en Intégrale, ma cotisation 2025 ?",
                "né en 1949, 24 000 € brut de pensions par an",
            ],
            "1 914,84 €",
        ),
        (  # a question that leans on the one before
            [
                "Ma femme est en Prévoyance Affinité depuis le 1er juillet 2024, Alzheimer, GIR 1 depuis le 6 octobre "
                "2026. Elle aura la rente dépendance ?",
                "mais en juillet 2027, une fois les 3 ans passés, vous la verserez ?",
            ],
            "indemnis",  # "jamais indemnisée", or "pas d.indemnisation, ni maintenant ni après"
        ),
        (  # the contract said afterwards
            [
                "Mon fils de 26 ans en alternance, je peux l'ajouter à ma mutuelle ?",
                "j'ai MGEN Solutions par mon travail",
            ],
            "27 ans",
        ),
    ],
)
def test_rights_go_on_from_the_question_before(talk: Talk, turns: list[str], expected: str) -> None:
    assert expected in said(talk(*turns))


def test_two_questions_in_one_message_are_both_answered(talk: Talk) -> None:
    messages = talk(
        "L'assemblée générale se réunit au moins combien de fois par an, et combien de jours avant est-elle convoquée ?"
    )
    assert "1 fois par an" in said(messages)
    assert "15 jours" in said(messages)
