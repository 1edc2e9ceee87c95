"""The repair of a conversation, without any model: asides, facts kept back, comparisons, two requests, coming back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from actions.answers import Answer
from actions.responder import respond
from actions.state import Conversation
from tests.actions.told import TODAY, understood


def say(conversation: Conversation, text: str, intent: str, topic: str = "") -> list[Answer]:
    """Return the answers to a message; a topic stands for what the ranking of the subjects is sure of."""
    told = replace(understood(text, intent), topics=((topic, 0.95),)) if topic else understood(text, intent)
    return respond(conversation, told, TODAY)


def asked_of_optam() -> Conversation:
    conversation = Conversation()
    [question] = say(conversation, "un dermatologue en MGEN Équilibre, quel taux ?", "ask_reimbursement")
    assert question.question is not None and question.question["fact"] == "optam"
    return conversation


def decided(answer: Answer, name: str) -> object:
    assert answer.decision is not None
    return answer.decision["facts"].get(name)


def test_a_question_inside_a_form_is_answered_and_the_form_resumes() -> None:
    conversation = asked_of_optam()
    answers = say(conversation, "c'est quoi l'OPTAM ?", "ask_information", "optam_definition")
    assert [answer.topic for answer in answers] == ["optam_definition", "optam"]
    [answer] = say(conversation, "oui il y est", "affirm")
    assert decided(answer, "optam") is True


def test_what_explains_the_aside_is_told_where_it_is_written() -> None:
    conversation = asked_of_optam()
    say(conversation, "c'est quoi l'OPTAM ?", "ask_information", "optam_definition")
    assert conversation.last["topic"] == "optam_definition"


def test_a_reply_is_no_question_aside() -> None:
    [answer] = say(asked_of_optam(), "oui il est OPTAM", "ask_information", "optam_definition")
    assert decided(answer, "optam") is True


@pytest.mark.parametrize("text", ["je préfère ne pas répondre, ça ne vous regarde pas", "je ne sais plus", "jsp"])
def test_who_keeps_a_fact_back_is_told_each_case(text: str) -> None:
    conversation = asked_of_optam()
    [answer] = say(conversation, text, "nlu_fallback")
    assert answer.template == "alternatives"
    assert conversation.pending is None


def test_both_sides_of_an_age_kept_back_are_told() -> None:
    conversation = Conversation()
    say(conversation, "une monture en Intégrale, combien ?", "ask_reimbursement")
    [answer] = say(conversation, "je donne pas mon âge", "correct_fact")
    assert [row["title"] for row in answer.data["rows"]] == ["moins de 16 ans", "16 ans et plus"]


def test_a_comparison_goes_on_until_a_formule_is_told() -> None:
    conversation = Conversation()
    say(conversation, "différence entre Équilibre et Intégrale pour l'ostéopathie ?", "compare")
    [compared] = say(conversation, "et pour la sophrologie ?", "follow_up")
    assert [row["formule"] for row in compared.data["rows"]] == ["Equilibre", "Intégrale"]
    [answer] = say(conversation, "je suis en Référence", "inform")
    assert answer.template == "remboursement"


def test_benefits_after_one_that_misses_a_fact_wait_for_the_reply() -> None:
    conversation = Conversation()
    say(conversation, "l'ostéo et les lentilles non remboursées, combien par an ?", "ask_reimbursement")
    answers = say(conversation, "Référence", "inform")
    assert [answer.data["family"] for answer in answers] == ["osteopathie", "lentilles"]


def test_who_comes_back_to_a_subject_finds_what_was_told_of_it() -> None:
    conversation = Conversation()
    say(conversation, "couronne sur une molaire en Référence, combien ?", "ask_reimbursement")
    say(conversation, "et l'ostéopathe ?", "ask_reimbursement")
    [answer] = say(conversation, "revenons à la couronne : et en Intégrale ?", "follow_up")
    assert decided(answer, "couronne_position") == "molaire"


def test_a_date_put_right_is_no_complaint() -> None:
    conversation = Conversation()
    told = "Bébé né le 3 avril 2026, adhérente MGEN Santé Prévoyance depuis le 1er mai 2026, demande le 10 mai 2026"
    say(conversation, told + " : l'allocation naissance ?", "ask_information", "regle_allocation_naissance")
    [answer] = say(conversation, "Erreur de ma part : j'ai adhéré le 1er mars 2026.", "correct_fact")
    assert decided(answer, "date_adhesion") == date(2026, 3, 1).isoformat()


def test_a_contract_put_right_has_the_question_answered_under_it() -> None:
    conversation = Conversation()
    say(conversation, "je suis au contrat FPE, où changer mon RIB ?", "ask_information", "changer_rib_mgen")
    [answer] = say(conversation, "ah pardon, c'est MGEN Solutions", "correct_fact")
    assert answer.topic != "changer_rib_mgen"


def test_after_two_unread_replies_a_human_is_offered() -> None:
    conversation = asked_of_optam()
    kinds = [say(conversation, text, "nonsense")[0].kind for text in ("blurp", "gnak", "frrt")]
    assert kinds == ["question", "question", "handover"]
    assert conversation.pending is None


def test_a_question_on_another_subject_leaves_the_form_to_resume_at_its_reply() -> None:
    conversation = asked_of_optam()
    asked = "quelle est l'allocation de naissance ?"
    [aside] = say(conversation, asked, "ask_information", "regle_allocation_naissance")
    assert aside.topic == "allocation_naissance"
    [answer] = say(conversation, "oui il y est", "affirm")
    assert decided(answer, "optam") is True
    assert answer.topic == "remboursement"


def test_what_is_no_reply_to_a_suspended_question_does_not_take_it_up() -> None:
    conversation = asked_of_optam()
    say(conversation, "quelle est l'allocation de naissance ?", "ask_information", "regle_allocation_naissance")
    say(conversation, "merci", "thank")
    assert conversation.rule == "allocation_naissance"
