"""Excerpts of the documents in the sources of answers: with a store, without one, with a broken one."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.rendering.quotes import between_quotes, quoted
from bot.rendering.renderer import Renderer
from kb.entries import entries
from kb.ingestion import excerpts
from tests.made_up import documents_url, ingest_passages

pytestmark = pytest.mark.usefixtures("folder")

ON = date(2026, 11, 21)
ENTRY = entries()["changer_rib_mgen"]
SOURCE = dict(ENTRY.references[0])
ANSWER = {"kind": "answer", "template": "entry", "data": {"entry": ENTRY.id}, "topic": ENTRY.id, "sources": [SOURCE]}
WORDS = "Le relevé « RIB » se dépose dans l'espace en 3 clics."
SHOWN = "« Le relevé “RIB” se dépose dans l'espace en 3 clics. »"


@pytest.fixture
def ingested(folder: Path) -> None:
    """The passage that the entry cites, in words of our own."""
    ingest_passages(documents_url(folder), SOURCE["document"], {SOURCE["reference"]: WORDS})


def message(answer: Mapping[str, Any]) -> dict[str, Any]:
    return Renderer(ON).message(answer)


def where(last: Mapping[str, Any]) -> dict[str, Any]:
    return {"kind": "answer", "template": "where", "data": {"last": last}, "sources": last["sources"]}


def why(last: Mapping[str, Any]) -> dict[str, Any]:
    return {**where(last), "template": "why"}


@pytest.mark.usefixtures("ingested")
def test_an_answer_quotes_its_source_and_says_the_same_words() -> None:
    shown = message(ANSWER)
    assert shown["custom"]["sources"] == [{**SOURCE, "excerpt": SHOWN}]
    excerpts._BOOKS.clear()
    assert "3 clics" not in shown["text"]


@pytest.mark.usefixtures("ingested")
def test_where_it_is_written_shows_reference_and_excerpt() -> None:
    shown = message(where(ANSWER))
    assert f"- {SOURCE['reference']} : {SHOWN}" in shown["text"]
    assert shown["custom"]["sources"] == [{**SOURCE, "excerpt": SHOWN}]


@pytest.mark.usefixtures("ingested")
def test_more_details_shows_what_the_text_says() -> None:
    assert SHOWN in message(why(ANSWER))["text"]


@pytest.mark.usefixtures("ingested")
def test_a_figure_of_the_passage_supports_no_other_sentence() -> None:
    invented = {"kind": "answer", "template": "entry", "data": {"entry": ENTRY.id}, "sources": []}
    assert "3" not in message(invented)["text"]


def test_without_documents_answers_are_as_before(folder: Path) -> None:
    assert message(ANSWER)["custom"]["sources"] == [SOURCE]
    assert f"- {SOURCE['reference']}\n" in message(where(ANSWER))["text"] + "\n"
    assert SOURCE["reference"] in message(why(ANSWER))["text"]
    assert not list(folder.iterdir())


def test_with_a_broken_store_answers_are_as_before(folder: Path) -> None:
    (folder / "documents.db").write_bytes(b"no database " * 1000)
    assert message(ANSWER)["custom"]["sources"] == [SOURCE]
    assert SOURCE["reference"] in message(where(ANSWER))["text"]


def test_a_passage_is_quoted_once(folder: Path) -> None:
    other = {**SOURCE, "reference": "Mode d'emploi mgen.fr – Autre rubrique"}
    ingest_passages(
        documents_url(folder), SOURCE["document"], {SOURCE["reference"]: WORDS, other["reference"]: f"{WORDS} "}
    )
    assert [source.get("excerpt") for source in quoted([SOURCE, other], "")] == [SHOWN, None]


def test_without_documents_nothing_is_slower() -> None:
    started = time.perf_counter()
    for _ in range(100):
        quoted([SOURCE] * 6, "un RIB")
    assert (time.perf_counter() - started) / 100 < 0.002


@pytest.mark.parametrize(
    ("text", "shown"),
    [("un mot", "« un mot »"), ("dit « oui » et «non»", "« dit “oui” et “non” »"), ("coupé «au", "« coupé “au »")],
)
def test_quotation_marks(text: str, shown: str) -> None:
    assert between_quotes(text) == shown
