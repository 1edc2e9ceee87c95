"""Excerpts: short, cached, of the current edition, never of a picture."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.ingestion import excerpts
from kb.ingestion.excerpts import LONGEST, Part, excerpt, of_prose, shorten, tell, warm
from kb.ingestion.pipeline import ingest
from kb.ingestion.store import Store
from tests.kb.conftest import STATUTES

ARTICLE = "statuts-velo, article 3"


@pytest.fixture
def stored(store: Store, statutes: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("DATABASE_URL", str(store.url))
    ingest(statutes, store)
    yield store
    excerpts._BOOKS.clear()


def test_an_excerpt_tells_the_passage_without_its_heading(stored: Store) -> None:
    assert excerpt("statuts-velo", "statuts-velo, article 1") == (
        "L'association prête des vélos à ses membres. Elle répare aussi les leurs."
    )


def test_of_a_long_passage_the_part_about_the_answer_is_quoted(stored: Store) -> None:
    about = "Il se rend en trente jours ; le retard se paie."
    assert (excerpt("statuts-velo", "statuts-velo, titre I", about) or "").startswith("Le vélo est rendu")
    assert (excerpt("statuts-velo", "statuts-velo, titre I", "qui sont les amis") or "").startswith("Les amis sont :")


def test_no_document_no_excerpt(stored: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert excerpt("inconnu", "statuts-velo, article 1") is None
    assert excerpt("statuts-velo", "statuts-velo, article 99") is None
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/absent.db")
    assert excerpt("statuts-velo", "statuts-velo, article 1") is None
    assert not (tmp_path / "absent.db").exists()


def test_a_new_edition_is_quoted_without_a_restart(
    stored: Store, statutes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "30" in (excerpt("statuts-velo", "statuts-velo, article 3") or "")
    statutes.write_text(STATUTES.replace("trente (30)", "dix (10)"), encoding="utf-8")
    ingest(statutes, stored)
    assert "30" in (excerpt("statuts-velo", "statuts-velo, article 3") or "")
    monkeypatch.setattr(excerpts, "TRUSTED", 0.0)
    assert "10" in (excerpt("statuts-velo", "statuts-velo, article 3") or "")


def test_it_is_fast_once_read(stored: Store) -> None:
    warm()
    started = time.perf_counter()
    for _ in range(200):
        excerpt("statuts-velo", "statuts-velo, article 3", "le retard")
    assert (time.perf_counter() - started) / 200 < 0.002


@given(st.text(alphabet="abcdé .;,:-1€L", max_size=700))
def test_never_longer_than_it_may(text: str) -> None:
    short = shorten(text)
    assert len(short) <= LONGEST
    assert short.rstrip("…") in " ".join(text.split())


TABLE = (
    "Couronne sur dent visible 300 € 300 € 420 €",
    "Couronne sur molaire, en céramique 120 € 120 € 216 €",
    "Soins conservateurs 100 % 100 % 100 %",
    "Les montants comprennent la part du régime obligatoire pour chaque couronne et chaque bridge.",
)


def told(about: str) -> str | None:
    return tell([Part.of(text, "row") for text in TABLE], about)


def test_of_a_table_only_the_row_and_the_figure_of_the_answer_are_quoted() -> None:
    assert told("216 € au maximum pour une couronne sur molaire") == "Couronne sur molaire, en céramique […] 216 €"
    assert told("120 € pour une couronne sur molaire") == "Couronne sur molaire, en céramique 120 € […]"


@pytest.mark.parametrize(
    "about", ["216 € pour une monture", "999 € pour une molaire", "panier 100 % Santé : soins", "non, rien n'est payé"]
)
def test_a_row_that_is_not_surely_the_answers_is_not_quoted(about: str) -> None:
    assert told(about) is None


def test_a_note_under_a_table_is_quoted_where_it_is_about_the_answer() -> None:
    about = "Oui, la part du régime obligatoire est comprise dans les montants."
    assert (told(about) or "").startswith("Les montants comprennent")


def test_a_long_passage_is_quoted_from_the_sentence_about_the_answer() -> None:
    long = "Le siège est fixé par le conseil. " * 8 + "Le retard se paie à la semaine. Il est compté au retour."
    words = of_prose(long, "le retard se paie")
    assert words == "[…] Le retard se paie à la semaine. Il est compté au retour."
    assert of_prose(long, "zzz").startswith("Le siège")


def test_a_busy_store_is_read_and_a_locked_one_is_not_waited_for(stored: Store, tmp_path: Path) -> None:
    path = stored.url.database
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert excerpt("statuts-velo", ARTICLE)
        writer.rollback()
    excerpts._BOOKS.clear()
    stored.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as owner:
        owner.execute("PRAGMA journal_mode = DELETE")
        owner.execute("BEGIN EXCLUSIVE")
        started = time.perf_counter()
        assert excerpt("statuts-velo", ARTICLE) is None
        assert excerpt("statuts-velo", ARTICLE) is None
        assert time.perf_counter() - started < 1


def test_what_was_read_stands_while_the_store_is_broken(stored: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert excerpt("statuts-velo", ARTICLE)
    stored.close()
    Path(stored.url.database).write_bytes(b"no database " * 1000)
    monkeypatch.setattr(excerpts, "TRUSTED", 0.0)
    assert excerpt("statuts-velo", ARTICLE)


@pytest.mark.parametrize("content", [b"", b"no database " * 1000, b"SQLite format 3\x00" + b"\x00" * 4096])
def test_a_broken_store_gives_no_excerpt(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(content)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    assert [excerpt("statuts-velo", ARTICLE) for _ in range(3)] == [None] * 3
    assert len(caplog.records) == 1  # said once, not at every answer
    assert str(tmp_path) not in caplog.text
    assert path.read_bytes() == content


@pytest.mark.parametrize("url", ["nothing://here", "postgresql://user:secret@127.0.0.1:1/none"])
def test_an_unreachable_database_gives_no_excerpt(
    url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert excerpt("statuts-velo", ARTICLE) is None
    assert "secret" not in caplog.text
