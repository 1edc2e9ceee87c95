"""The data files that a business expert edits: a phrase that says nothing is named, not silently passed over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.lint.words import LEXICON, lint_catalogue, lint_elsewhere, lint_lexicon, lint_safety, lint_thesaurus
from kb import abstention, thesaurus
from kb.entries import entries
from kb.problems import Problem
from rules_engine.datafiles import ROOT as ENGINE
from rules_engine.facts import vocabulary

WORDS: tuple[tuple[Callable[[Path], list[Problem]], Path], ...] = (
    *((lint_catalogue, path) for path in sorted((ENGINE / "catalogue").glob("*.yml"))),
    *((lint_lexicon, LEXICON / f"{name}.yml") for name in ("worlds", "cues")),
    (lint_safety, LEXICON / "safety.yml"),
    (lint_thesaurus, thesaurus.FILE),
    (lint_elsewhere, abstention.FILE),
)


@pytest.mark.parametrize(("lint", "path"), WORDS, ids=lambda value: getattr(value, "name", ""))
def test_every_phrase_says_something(lint: Callable[[Path], list[Problem]], path: Path) -> None:
    assert not lint(path), "these are made of words that are passed over: they can never be found"


def test_every_fact_has_a_french_name() -> None:
    assert not [fact.id for fact in vocabulary().values() if not fact.label]


def test_every_entry_can_be_found() -> None:
    assert not [entry.id for entry in entries().values() if not entry.questions]
