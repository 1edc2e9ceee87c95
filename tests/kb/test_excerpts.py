"""Excerpts: short, cached, of the current edition, never of a picture."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.ingestion import excerpts
from kb.ingestion.excerpts import LONGEST, excerpt, shorten
from kb.ingestion.pipeline import ingest
from kb.ingestion.store import Store
from tests.kb.conftest import STATUTES


@pytest.fixture
def stored(store: Store, statutes: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("DATABASE_URL", str(store.url))
    ingest(statutes, store)
    yield store
    for book in excerpts._BOOKS.values():
        book.store.close()
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
    excerpt("statuts-velo", "statuts-velo, article 3")
    started = time.perf_counter()
    for _ in range(200):
        excerpt("statuts-velo", "statuts-velo, article 3", "le retard")
    assert (time.perf_counter() - started) / 200 < 0.002


@given(st.text(alphabet="abcdé .;,:-1€L", max_size=700))
def test_never_longer_than_it_may(text: str) -> None:
    short = shorten(text)
    assert len(short) <= LONGEST
    assert short.rstrip("…") in " ".join(text.split())
