"""The labelled questions and the measures of search."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.bench.questions import Question, labelled
from bot.bench.search import measure
from bot.bench.searchers import Shown, sqlite_fts5
from kb.entries import entries

STYLES = {"clean", "familiar", "typos", "sms", "voice", "long"}
KINDS = {"other_insurer", "other_contract", "outside", "near_miss"}


def test_the_set_is_large_split_in_two_and_says_what_it_expects() -> None:
    questions = labelled()
    asked = [question for question in questions if question.entries]
    assert len(asked) >= 400
    assert len(questions) - len(asked) >= 80
    assert {question.style for question in questions} == STYLES
    assert {question.contract for question in asked} == {None, "MSP", "OJI", "FPE", "SOLUTIONS"}
    assert {question.refuse for question in questions if not question.entries} == KINDS
    halves = Counter((question.half, bool(question.entries)) for question in questions)
    assert abs(halves["dev", True] - halves["held", True]) <= 5
    assert halves["dev", False] == halves["held", False]


def test_no_question_stands_twice_or_in_an_entry() -> None:
    questions = [question.question for question in labelled()]
    assert len(set(questions)) == len(questions)
    listed = {question for entry in entries().values() for question in entry.questions}
    assert not listed.intersection(questions), "the set measures nothing where an entry lists its question"


@pytest.mark.parametrize("question", [q for q in labelled() if q.entries], ids=lambda question: question.id)
def test_what_is_expected_concerns_the_contract(question: Question) -> None:
    for name in question.entries:
        assert entries()[name].concerns(question.contract)


def ask(name: str, *expected: str, contract: str | None = None) -> Question:
    return Question(name, "dev", "clean", contract, True, name, expected, "" if expected else "outside")


def test_the_figures_of_a_search() -> None:
    right, second, lost, outside = ask("a", "lyv_endo"), ask("b", "kalixia_fpe"), ask("c", "ptia"), ask("d")
    shown = {
        "a": Shown(("lyv_endo",), False),
        "b": Shown(("lyv_endo", "kalixia_fpe"), True),
        "c": Shown((), True),
        "d": Shown(("lyv_endo",), True),
        "bonjour": Shown((), True),
    }
    found = measure({"it": lambda question, contract: shown[question]}, [right, second, lost, outside])["it"]
    assert found["all"]["recall_1"] == pytest.approx(1 / 3)
    assert found["all"]["recall_5"] == pytest.approx(2 / 3)
    assert found["all"]["mrr"] == pytest.approx(0.5)
    assert found["all"]["false_refusals"] == pytest.approx(2 / 3)
    assert found["all"]["refusals"] == 1.0
    assert found["refuse outside"] == {**found["refuse outside"], "questions": 1, "refusals": 1.0}


def test_an_entry_of_another_contract_is_counted() -> None:
    questions = [ask("a", "lyv_endo", contract="FPE"), ask("b", "vivoptim_solutions", contract="SOLUTIONS")]
    found = measure({"it": lambda question, contract: Shown(("lyv_endo",), False)}, questions)["it"]
    assert found["all"]["wrong_contract"] == 0.5


def test_entries_of_one_rule_count_as_one() -> None:
    question = ask("a", "demission_annuelle")
    found = measure({"it": lambda question, contract: Shown(("regle_demission",), False)}, [question])["it"]
    assert found["all"]["recall_1"] == 1.0


def test_sqlite_searches_as_it_comes() -> None:
    search = sqlite_fts5()
    assert "lyv_endo" in search("lyv endo", "MSP").ids  # it knows no contract
    assert search("zzzz \" ' ; DROP", None) == Shown((), True)
