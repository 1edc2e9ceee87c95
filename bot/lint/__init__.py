"""Checking all the data files that a business expert edits: what `assistant kb lint` says of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from yaml import YAMLError

from bot.lint.facts import lint_facts
from bot.lint.parameters import lint_parameters
from bot.lint.templates import lint_templates
from bot.lint.words import lint_words
from kb.entries import FOLDER as ENTRIES
from kb.lint import Known, lint_entries
from kb.problems import Problem
from rules_engine.catalogue import catalogue
from rules_engine.datafiles import ROOT as ENGINE
from rules_engine.errors import InconsistentDataError
from rules_engine.registry import rules


class Anything(Collection[str]):
    """What stands for names that cannot be known, because the files that hold them are wrong: any name will do."""

    def __contains__(self, name: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def lint_all() -> list[Problem]:
    """Return everything that is wrong in the project's data files, file by file."""
    problems, parameters = lint_parameters(ENGINE / "parameters")
    names = _names_of(rules)
    problems += lint_entries(ENTRIES, Known(parameters, names, _names_of(_families)))
    problems += lint_facts(ENGINE / "facts")
    problems += lint_words()
    problems += lint_templates(parameters, names)
    return sorted(problems)


def _families() -> set[str]:
    known = catalogue()
    return known.names(known.families)


def _names_of(load: Callable[[], Iterable[str]]) -> Collection[str]:
    """Return the names that the engine loads; any name where its files are wrong, which their own checks tell."""
    try:
        return set(load())
    except (InconsistentDataError, YAMLError, KeyError, TypeError, ValueError):
        return Anything()
