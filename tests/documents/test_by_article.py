"""Every article with its rules: nothing lost, nothing both covered and left out, in the order of the documents."""

from __future__ import annotations

import csv
import io
from functools import lru_cache

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app
from bot.documents.by_article import Article, by_article
from kb.verification.claims import PUBLIC
from kb.verification.coverage import exceptions
from rules_engine.registry import rules

MSP = "Règlement mutualiste MGEN Santé Prévoyance"


@lru_cache(maxsize=1)
def listed() -> tuple[Article, ...]:
    return tuple(by_article())


def article(instrument: str, part: str) -> Article:
    [found] = [each for each in listed() if (each.instrument, each.part) == (instrument, part)]
    return found


def test_every_rule_stands_under_an_article() -> None:
    under = {name for each in listed() for name in each.rules}
    assert under == {
        rule.name for rule in rules().values() if any(cited.document != PUBLIC for cited in rule.references)
    }


def test_every_article_has_a_rule_an_entry_or_a_reason() -> None:
    assert not [each for each in listed() if not (each.rules or each.entries or each.left_out)]


def test_what_is_left_out_stands_with_its_reason() -> None:
    assert sum(1 for each in listed() if each.left_out) == len(exceptions().left_out)
    assert not [each for each in listed() if each.left_out and (each.rules or each.entries)]
    assert article("Statuts MGEN", "article 42").left_out.startswith("Vie interne des instances")


def test_the_rule_that_names_an_article_first_comes_first() -> None:
    for each in listed():
        ranks = [[ref.reference for ref in rules()[name].references] for name in each.rules]
        written = f"{each.instrument}, {each.part}"
        places = [cited.index(written) for cited in ranks if written in cited]
        assert places == sorted(places)


def test_articles_stand_in_the_order_of_their_numbers() -> None:
    parts = [each.part for each in listed() if each.instrument == MSP]
    assert parts.index("article 3-1") < parts.index("article 9") < parts.index("article 10")
    assert parts.index("article 47-5-2-1") < parts.index("article 47-5-2-2") < parts.index("article 47-5-3")


def test_two_guides_of_one_name_are_two_documents() -> None:
    guides = {each.document for each in listed() if each.instrument == "Guide pratique adhérent"}
    assert guides == {"guide-fpe", "guide-mgen-solutions"}


def shown(monkeypatch: pytest.MonkeyPatch, *options: str) -> Result:
    monkeypatch.setenv("COLUMNS", "200")
    result = CliRunner().invoke(app, ["rules", "list", *options])
    assert result.exit_code == 0, result.output
    return result


def test_the_command_lists_the_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = list(csv.DictReader(io.StringIO(shown(monkeypatch, "--by-article", "--format", "csv").output)))
    assert len(rows) == len(listed())
    [row] = [each for each in rows if each["instrument"] == MSP and each["article"] == "article 50-3"]
    assert row["rules"] == "allocation_orphelinat"
    table = shown(monkeypatch, "--by-article").output
    assert "50-3" in table and "allocation_orphelinat" in table  # the word and the number may stand on two lines


def test_the_list_of_rules_gives_whole_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert "…" not in {line[1:20].strip()[-1:] for line in shown(monkeypatch).output.splitlines() if "│" in line}
