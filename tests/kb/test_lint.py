"""`kb lint` on entries: each mistake of an editor is named, with its line and what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb.entries import FOLDER
from kb.lint import Known, lint_entries
from kb.located import UnreadableError, located
from kb.problems import Problem
from tests.problems import the_problem

KNOWN = Known({"numero": date(2025, 1, 1), "futur": date(2030, 1, 1)}, {"assistance_numero"}, {"couronne"})
GOOD = """\
- id: une_fiche
  title: Une fiche
  questions:
    - comment faire
  answer: Appelez le {{ numero }}. Le GIR 1, l'article 4 et 24h/24 sont des noms.
  short: Appelez le {{ numero }}. C'est gratuit.
  contracts: [MSP]
  valid_from: 2026-01-01
  references:
    - {document: guide-fpe, reference: Guide pratique adhérent – Mon contrat}
"""


def lint(folder: Path, text: str) -> list[Problem]:
    (folder / "fiches.yml").write_text(text, encoding="utf-8")
    return lint_entries(folder, KNOWN)


def test_a_good_entry_has_no_problem(tmp_path: Path) -> None:
    assert lint(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("before", "after", "line", "says"),
    [
        ("  title:", "  titel:", 2, "champ inconnu « titel »"),
        ("  title: Une fiche\n", "", 1, "le champ « title » manque"),
        ("  title: Une fiche\n", "  title: Une fiche\n  title: Deux\n", 3, "écrit deux fois"),
        ("id: une_fiche", "id: Une Fiche", 1, "mauvais identifiant"),
        ("answer: Appelez le {{ numero }}", "answer: Appelez le {{ numreo }}", 5, "paramètre inconnu « numreo »"),
        ("short: Appelez le {{ numero }}", "short: Appelez le {{ futur }}", 6, "ne vaut qu'à partir du 2030-01-01"),
        ("C'est gratuit", "C'est 30 €", 6, "chiffre écrit dans la phrase : 30 €"),
        ("C'est gratuit", "C'est gratuit. Voilà. Merci", 6, "a 4 phrases"),
        ("C'est gratuit", "Voyez https://exemple.fr", 6, "mise en forme"),
        ("C'est gratuit", "C'est " + "très " * 70 + "long", 6, "trop longue"),
        ("[MSP]", "[MSP, MPS]", 7, "contrat inconnu « MPS »"),
        ("2026-01-01", "janvier 2026", 8, "n'est pas une date"),
        ("document: guide-fpe", "document: guide-fep", 10, "document inconnu « guide-fep »"),
        ("Guide pratique adhérent – Mon contrat", "page 3", 10, "référence mal écrite « page 3 »"),
        ("    - comment faire\n", "    - tiers payant: comment\n", 4, "n'est pas un texte"),
        ("    - comment faire\n", "    - comment faire\n    - Comment faire ?\n", 5, "deux fois dans la fiche"),
        ("  contracts:", "  see_also: [autre]\n  contracts:", 7, "fiche inconnue « autre »"),
        ("  contracts:", "  rule: assistance_numreo\n  contracts:", 7, "règle inconnue"),
        ("  contracts:", "  families: [courone]\n  contracts:", 7, "prestation inconnue « courone »"),
        ("  contracts:", "  kind: phone\n  contracts:", 7, "« kind » inconnu"),
        ("  title: Une fiche", "  title: Une fiche : suite", 2, "ne se lit pas"),
        ("  title", "\ttitle", 2, "ne se lit pas"),
    ],
)
def test_each_mistake_is_named(tmp_path: Path, before: str, after: str, line: int, says: str) -> None:
    assert before in GOOD
    problem = the_problem(lint(tmp_path, GOOD.replace(before, after, 1)), line, says)
    assert problem.file.endswith("fiches.yml")


@pytest.mark.parametrize(
    ("wrong", "meant"), [("  titel:", "title"), ("  anwser:", "answer"), ("  referneces:", "references")]
)
def test_a_misspelt_name_gets_a_suggestion(tmp_path: Path, wrong: str, meant: str) -> None:
    text = GOOD.replace(f"  {meant}:", wrong, 1)
    assert any(f"vouliez-vous dire « {meant} »" in problem.todo for problem in lint(tmp_path, text))


def test_an_id_and_a_question_belong_to_one_entry(tmp_path: Path) -> None:
    problems = lint(tmp_path, GOOD + GOOD)
    assert [problem.line for problem in problems if "existe déjà" in problem.what] == [11]
    other = GOOD.replace("une_fiche", "autre_fiche")
    problems = lint(tmp_path, GOOD + other)
    assert [problem.what for problem in problems] == ["la même question est dans la fiche « une_fiche »"]


def test_entries_of_one_rule_may_share_a_question(tmp_path: Path) -> None:
    first = GOOD.replace("  contracts:", "  rule: assistance_numero\n  contracts:")
    assert lint(tmp_path, first + first.replace("une_fiche", "autre_fiche")) == []


@pytest.mark.parametrize("text", ["", "# rien\n"])
def test_an_empty_file_is_no_problem(tmp_path: Path, text: str) -> None:
    assert lint(tmp_path, text) == []


@pytest.mark.parametrize("text", ["id: seule\n", "- texte\n", "- []\n", "12\n"])
def test_a_file_of_another_form_is_named_not_raised(tmp_path: Path, text: str) -> None:
    assert lint(tmp_path, text)


def test_a_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text('- id: "ouvert\n', encoding="utf-8")
    assert len(lint(tmp_path, GOOD.replace("[MSP]", "[MPS]"))) == 2


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableError):
        located(tmp_path / "a.yml")


def test_anchors_and_merged_fields_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\n", encoding="utf-8")
    assert located(path).plain() == {"a": {"p": 1, "q": 2}, "b": {"p": 1, "q": 3}}


def test_the_projects_entries_read_as_they_are_loaded() -> None:
    import yaml

    path = next(iter(sorted(FOLDER.glob("*.yml"))))
    assert located(path).plain() == yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
