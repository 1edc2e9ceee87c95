"""What counts as right, as beside the subject, as refused."""

from __future__ import annotations

from typing import Any

from bot.evaluation.figures import figures, grouped
from bot.evaluation.outcomes import Outcome
from bot.utterances import Utterance


def asked(**changes: Any) -> Utterance:
    labels: dict[str, Any] = {
        "id": "Z-1",
        "author": "Z",
        "style": "clean",
        "text": "couronne, je suis en Référence depuis 2020",
        "intent": "ask_reimbursement",
        "benefit": "couronne",
        "facts": {"formule": "Référence"},
        "answers": ("remboursement",),
        "kinds": frozenset({"answer"}),
    }
    return Utterance(**{**labels, **changes})


def beyond(kind: str) -> Utterance:
    return asked(intent="out_of_scope", benefit=None, facts={}, answers=(), kinds=frozenset({kind}))


def test_a_reimbursement_is_right_on_its_benefit_only() -> None:
    assert Outcome(asked(), "ask_reimbursement", 0.9, kind="answer", family="couronne").right
    other = Outcome(asked(), "ask_reimbursement", 0.9, kind="answer", family="bridge")
    assert other.right is False
    assert not other.on_subject


def test_the_question_which_benefit_is_on_subject_when_the_benefit_is_among_them() -> None:
    outcome = Outcome(
        asked(), "ask_reimbursement", 0.9, families=("couronne", "bridge"), kind="question", asked="prestation"
    )
    assert outcome.on_subject
    assert outcome.right is False  # all was said: it should have been answered


def test_a_rule_answers_for_its_entries() -> None:
    wanted = asked(intent="ask_information", benefit=None, answers=("regle_qui_couvrir",))
    assert Outcome(wanted, "ask_information", 0.9, kind="answer", topics=frozenset({"qui_couvrir"})).right


def test_what_is_beyond_us_is_right_refused_either_way() -> None:
    assert Outcome(beyond("out_of_scope"), "out_of_scope", 0.9, kind="handover").right
    answered = Outcome(beyond("out_of_scope"), "ask_information", 0.9, kind="answer", topics=frozenset({"demission"}))
    assert answered.right is False


def test_a_message_that_needs_another_is_not_judged_as_a_reply() -> None:
    assert Outcome(asked(kinds=frozenset()), "inform", 0.9, kind="question").right is None


def test_facts_are_found_or_contradicted() -> None:
    outcome = Outcome(
        asked(facts={"formule": "Référence", "prix": 600, "age": 40}), "x", 0.5, {"prix": "600", "age": 4}
    )
    assert outcome.facts_found == [False, True, False]
    assert outcome.facts_contradicted == [False, False, True]


def test_a_date_that_depends_on_the_day_is_not_compared() -> None:
    told = asked(facts={"date_deces_adherent": "2026-03-07"}, text="il est mort samedi")
    assert Outcome(told, "x", 0.5).facts_found == []


def test_intents_of_one_behaviour_are_one() -> None:
    assert Outcome(asked(intent="follow_up"), "inform", 0.5).intent_right
    assert not Outcome(asked(intent="follow_up"), "cancel", 0.5).intent_right


def test_a_threshold_refuses_no_more_of_ours_than_the_assistant() -> None:
    ours = [
        Outcome(asked(), "ask_reimbursement", 0.9, kind="answer", family="couronne", guessed="x", guess_confidence=c)
        for c in (0.9, 0.8, 0.7, 0.2)
    ]
    refused = Outcome(asked(), "out_of_scope", 0.9, kind="out_of_scope", guessed="x", guess_confidence=0.6)
    alien = [
        Outcome(beyond("out_of_scope"), "out_of_scope", 0.9, kind="out_of_scope", guessed="x", guess_confidence=c)
        for c in (0.1, 0.5)
    ]
    found = figures([*ours, refused, *alien])
    assert found["beyond_recall"] == 1.0
    assert found["false_abstention"] == 0.2
    assert found["threshold_recall"] == 1.0  # at 0.6, one of ours is below, and both of the others


def test_groups_are_all_styles_and_authors() -> None:
    outcome = Outcome(asked(), "ask_reimbursement", 0.9, kind="answer", family="couronne")
    assert grouped([outcome]).keys() == {"all", "clean", "author Z"}
