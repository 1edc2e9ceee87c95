"""`kb lint` on parameters, facts, words and sentences, and on the project's own files."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.kb_lint import summary
from bot.cli.main import app
from bot.lint import lint_all
from bot.lint.facts import lint_facts
from bot.lint.parameters import lint_parameters
from bot.lint.templates import lint_templates
from bot.lint.words import lint_catalogue, lint_elsewhere, lint_lexicon, lint_safety, lint_thesaurus
from kb.problems import ERROR, WARNING, Problem
from rules_engine.errors import InconsistentDataError
from tests.problems import the_problem

PARAMETER = """\
prix:
  label: Prix
  unit: EUR
  values:
    2025-01-01: {value: 12.50, document: guide-fpe, reference: Guide pratique adhérent – Mon contrat}
    2026-01-01: null
  checked_on: 2026-11-21
"""
FACT = """\
aide:
  type: boolean
  scope: care
  label: aide
  words: [aide a domicile]
  false_words: ["(pas|sans) aide"]
"""


def written(folder: Path, text: str, name: str = "essai.yml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_projects_files_have_no_error() -> None:
    assert [problem for problem in lint_all() if problem.level == ERROR] == []


def test_files_that_the_engine_cannot_load_are_still_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise InconsistentDataError("essai.yml: fact x is defined twice")

    monkeypatch.setattr("bot.lint.catalogue", broken)
    monkeypatch.setattr("bot.lint.rules", broken)
    assert [problem for problem in lint_all() if problem.level == ERROR] == []


def test_a_good_parameter_has_no_problem(tmp_path: Path) -> None:
    problems, starts = lint_parameters(written(tmp_path, PARAMETER))
    assert problems == []
    assert str(starts["prix"]) == "2025-01-01"


@pytest.mark.parametrize(
    ("before", "after", "line", "says"),
    [
        ("unit: EUR", "unit: EURO", 3, "unité inconnue « EURO »"),
        ("  label: Prix\n", "", 1, "le champ « label » manque"),
        ("  label", "  lable", 2, "champ inconnu « lable »"),
        ("12.50", "douze", 5, "n'est pas un nombre"),
        ("12.50", '"12,50"', 5, "n'est pas un nombre"),
        ("2026-01-01: null", "2024-01-01: null", 6, "2024-01-01 vient après 2025-01-01"),
        ("2026-01-01: null", "en 2026: null", 6, "n'est pas une date"),
        ("2026-11-21", "hier", 7, "« checked_on » n'est pas une date"),
        ("guide-fpe", "guide-fep", 5, "document inconnu"),
        (", reference: Guide pratique adhérent – Mon contrat", "", 5, "le champ « reference » manque"),
    ],
)
def test_each_mistake_in_a_parameter_is_named(tmp_path: Path, before: str, after: str, line: int, says: str) -> None:
    assert before in PARAMETER
    problems, _ = lint_parameters(written(tmp_path, PARAMETER.replace(before, after, 1)))
    the_problem(problems, line, says)


def test_a_parameter_stands_once(tmp_path: Path) -> None:
    written(tmp_path, PARAMETER, "a.yml")
    problems, _ = lint_parameters(written(tmp_path, PARAMETER + PARAMETER, "b.yml"))
    assert sum("deux fois" in problem.what for problem in problems) == 1
    assert sum("existe déjà" in problem.what for problem in problems) == 1


def test_a_good_fact_has_no_problem(tmp_path: Path) -> None:
    assert lint_facts(written(tmp_path, FACT)) == []


@pytest.mark.parametrize(
    ("before", "after", "says", "level"),
    [
        ("type: boolean", "type: bool", "« type » inconnu « bool »", ERROR),
        ("type: boolean", "type: enum", "aucun choix", ERROR),
        ("scope: care", "scope: soin", "« scope » inconnu", ERROR),
        ("  label: aide\n", "", "le champ « label » manque", ERROR),
        ("  words", "  wrods", "champ inconnu « wrods »", ERROR),
        ("(pas|sans)", "(pas|sans", "expression mal écrite", ERROR),
        ("[aide a domicile]", "[est]", "ne sera jamais reconnu", WARNING),
    ],
)
def test_each_mistake_in_a_fact_is_named(tmp_path: Path, before: str, after: str, says: str, level: str) -> None:
    assert before in FACT
    problems = lint_facts(written(tmp_path, FACT.replace(before, after, 1)))
    assert any(says in problem.what and problem.level == level for problem in problems), problems


def test_the_alternatives_of_a_phrase_are_checked_one_by_one(tmp_path: Path) -> None:
    problems = lint_facts(written(tmp_path, FACT.replace("(pas|sans) aide", "(le|sans) (la|aide)")))
    dead = {problem.what.split("« ")[-1].split(" »")[0] for problem in problems}
    assert dead == {"le la"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("règle:\n  headlines: {oui: 'Oui.'}\n", "règle inconnue « règle »"),
        ("ptia_droit:\n  headline: {oui: 'Oui.'}\n", "champ inconnu « headline »"),
        ("ptia_droit:\n  headlines: {oui: '{{ param(\"prxi\") }}'}\n", "paramètre inconnu « prxi »"),
        ("ptia_droit:\n  headlines: {oui: '{{ a'}\n", "accolades mal placées"),
        ("ptia_droit:\n  headlines: {oui: ''}\n", "aucune phrase"),
        ("ptia_droit:\n  headlines: {oui: 'a', oui: 'b'}\n", "écrit deux fois"),
        ("ptia_droit: {}\nptia_droit: {}\n", "est écrite deux fois"),
    ],
)
def test_each_mistake_in_a_sentence_is_named(tmp_path: Path, text: str, says: str) -> None:
    written(tmp_path, "bonjour: Bonjour.\n", "sentences.yml")
    written(tmp_path / "rules", text)
    assert any(says in problem.what for problem in lint_templates({"prix"}, {"ptia_droit"}, tmp_path))


def test_words_that_cannot_match_are_named(tmp_path: Path) -> None:
    path = written(tmp_path, "x:\n  words: [le la]\n  contextual: {y: [chez]}\n") / "essai.yml"
    assert len(lint_catalogue(path)) == 2
    assert len(lint_lexicon(written(tmp_path, "x: [pour, dent]\n") / "essai.yml")) == 1
    assert len(lint_safety(written(tmp_path, "x: {signs: [a], unless: []}\n") / "essai.yml")) == 1
    assert len(lint_thesaurus(written(tmp_path, "- [tiers payant, mer]\n- [mer, océan]\n") / "essai.yml")) == 2
    path = written(tmp_path, "insurers: [pour vous]\nbeside: [mari]\nsubjects: {x: [dent]}\n") / "essai.yml"
    assert len(lint_elsewhere(path)) == 1


def test_a_phrase_of_which_one_word_counts_is_named(tmp_path: Path) -> None:
    path = (
        written(tmp_path, "insurers: [mma]\nbeside: [mari]\nsubjects: {x: [livret a, livret épargne]}\n") / "essai.yml"
    )
    (problem,) = lint_elsewhere(path)
    assert "livret a" in problem.what


def test_the_command_tells_file_line_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Problem("entries/x.yml", 3, "champ inconnu « titel »", "corrigez-le")
    monkeypatch.setattr("bot.cli.kb_lint.lint_all", lambda: [problem])
    run = CliRunner().invoke(app, ["kb", "lint"])
    assert run.exit_code == 1
    assert "entries/x.yml, ligne 3 (erreur) : champ inconnu « titel ». → corrigez-le." in run.output


def test_warnings_fail_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    warning = Problem("facts/x.yml", 3, "« pour vous » ne sera jamais reconnu", "supprimez-le", WARNING)
    monkeypatch.setattr("bot.cli.kb_lint.lint_all", lambda: [warning])
    assert CliRunner().invoke(app, ["kb", "lint"]).exit_code == 0
    assert CliRunner().invoke(app, ["kb", "lint", "--strict"]).exit_code == 1


def test_the_summary_counts() -> None:
    assert summary(0, 0) == "Aucun problème."
    assert summary(1, 2) == "1 erreur, 2 avertissements."
