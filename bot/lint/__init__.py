"""Checking all the data files that a business expert edits: what `assistant kb lint` says of them."""

from __future__ import annotations

from bot.lint.facts import lint_facts
from bot.lint.parameters import lint_parameters
from bot.lint.templates import lint_templates
from bot.lint.words import lint_words
from kb.entries import FOLDER as ENTRIES
from kb.lint import Known, lint_entries
from kb.problems import Problem
from rules_engine.catalogue import catalogue
from rules_engine.datafiles import ROOT as ENGINE
from rules_engine.registry import rules


def lint_all() -> list[Problem]:
    """Return everything that is wrong in the project's data files, file by file."""
    problems, parameters = lint_parameters(ENGINE / "parameters")
    families = catalogue().families
    lines = {line.id for family in families.values() for line in family.lines}
    known = Known(parameters, rules().keys(), families.keys() | lines)
    problems += lint_entries(ENTRIES, known)
    problems += lint_facts(ENGINE / "facts")
    problems += lint_words()
    problems += lint_templates(parameters, rules())
    return sorted(problems)
