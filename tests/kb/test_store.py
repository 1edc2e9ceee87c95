"""Storing editions: whole or not at all, once, on SQLite and PostgreSQL."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kb.ingestion.errors import IngestionError
from kb.ingestion.library import Library
from kb.ingestion.pipeline import Parsed, ingest
from kb.ingestion.store import Store, default_url
from tests.kb.conftest import STATUTES

ARTICLE = "statuts-velo, article 3"


def later(statutes: Path, old: str, new: str) -> Path:
    """Return a new edition, under the same name in another folder."""
    folder = statutes.parent / "later"
    folder.mkdir(exist_ok=True)
    path = folder / statutes.name
    path.write_text(STATUTES.replace(old, new), encoding="utf-8")
    return path


def test_what_is_stored_is_found_again(any_store: Store, statutes: Path) -> None:
    parsed, written = ingest(statutes, any_store)
    assert written
    (passage,) = any_store.resolve("statuts-velo", "STATUTS-VELO,  article 3 (le retour)")
    assert passage.reference == ARTICLE
    assert "1 250 €" in passage.whole
    edition = any_store.current("statuts-velo")
    assert edition and len(any_store.passages(edition)) == len(parsed.split.pieces)
    assert any_store.resolve("statuts-velo", "statuts-velo, article 9") == []
    assert any_store.resolve("inconnu", ARTICLE) == []


def test_full_text_search_stems_and_folds(any_store: Store, statutes: Path) -> None:
    ingest(statutes, any_store)
    for words in ("retards", "RETARD coûté", "dans trente jours ?"):
        hits = any_store.search(words, "statuts-velo")
        assert hits[0][0].reference.startswith(ARTICLE), words
        assert hits == sorted(hits, key=lambda hit: -hit[1])
    assert any_store.search("dissolution")[0][0].reference == "statuts-velo, article 5"
    assert any_store.search("le de la") == []
    assert any_store.search("zèbre & ! ( ' \"") == []
    assert any_store.search("retard", "autre") == []


def test_the_same_document_twice_changes_nothing(any_store: Store, statutes: Path) -> None:
    ingest(statutes, any_store)
    before = any_store.editions()
    _, written = ingest(statutes, any_store)
    assert not written
    assert any_store.editions() == before


def test_a_new_edition_takes_over_and_the_old_one_stays(any_store: Store, statutes: Path) -> None:
    ingest(statutes, any_store)
    ingest(later(statutes, "1 250 €", "1 300 €"), any_store)
    (passage,) = any_store.resolve("statuts-velo", ARTICLE)
    assert "1 300 €" in passage.whole
    assert [edition.is_current for edition in any_store.editions("statuts-velo")] == [True, False]
    assert [hit.whole for hit, _ in any_store.search("retard prix", "statuts-velo")] != []
    assert all("1 250" not in hit.whole for hit, _ in any_store.search("retard prix", "statuts-velo"))
    _, written = ingest(statutes, any_store)
    assert written
    assert "1 250 €" in any_store.resolve("statuts-velo", ARTICLE)[0].whole
    assert len(any_store.editions("statuts-velo")) == 2


def test_a_failure_in_the_middle_leaves_the_old_edition(any_store: Store, statutes: Path) -> None:
    ingest(statutes, any_store)
    before = any_store.editions()

    def started(parsed: Parsed) -> object:
        def advance(count: int) -> None:
            raise RuntimeError("the power goes")

        return advance

    with pytest.raises(RuntimeError):
        ingest(later(statutes, "1 250 €", "1 300 €"), any_store, started=started)  # type: ignore[arg-type]
    assert any_store.editions() == before
    assert "1 250 €" in any_store.resolve("statuts-velo", ARTICLE)[0].whole
    assert len(any_store.search("retard")) == len({hit.id for hit, _ in any_store.search("retard")})
    _, written = ingest(later(statutes, "1 250 €", "1 300 €"), any_store)
    assert written


KILLED = """
import os, signal, sys
from pathlib import Path
from kb.ingestion import store
from kb.ingestion.pipeline import ingest
store.BATCH = 5
written = []
def started(parsed):
    def advance(count):
        written.append(count)
        if len(written) == 2:
            print("half", flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
    return advance
ingest(Path(sys.argv[1]), store.Store(sys.argv[2]), started=started)
"""


def test_a_process_killed_in_the_middle_leaves_the_old_edition(any_store: Store, statutes: Path) -> None:
    ingest(statutes, any_store)
    new = later(statutes, "1 250 €", "1 300 €")
    url = any_store.url.render_as_string(hide_password=False)
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(new), url],
        capture_output=True,
        text=True,
        env={**os.environ, "SQLALCHEMY_SILENCE_UBER_WARNING": "1"},
        cwd=Path(__file__).parents[2],
        timeout=120,
    )
    assert (ended.returncode, ended.stdout.strip()) == (-signal.SIGKILL, "half"), ended.stderr
    assert "1 250 €" in any_store.resolve("statuts-velo", ARTICLE)[0].whole
    assert len(any_store.editions()) == 1
    _, written = ingest(new, any_store)
    assert written
    assert "1 300 €" in any_store.resolve("statuts-velo", ARTICLE)[0].whole


def test_half_of_a_document_is_refused(store: Store, statutes: Path) -> None:
    ingest(statutes, store)
    half = later(statutes, STATUTES[len(STATUTES) // 3 :], "")
    with pytest.raises(IngestionError, match="coupé"):
        ingest(half, store)
    assert len(store.editions()) == 1
    _, written = ingest(half, store, force=True)
    assert written


def test_a_known_document_that_lacks_a_part_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "guide-fpe.txt"
    path.write_text("Guide pratique adhérent\n\nMes remboursements\n\nLe tiers payant.\n", encoding="utf-8")
    with pytest.raises(IngestionError, match=r"il y manque : .*Mon contrat"):
        ingest(path, store)
    assert store.editions() == []


def test_a_library_knows_what_is_around_and_below(store: Store, statutes: Path) -> None:
    ingest(statutes, store)
    library = Library(store)
    (article,) = library.resolve("statuts-velo", "statuts-velo, article 2")
    below = [passage.reference for passage in library.below("statuts-velo", article)]
    assert below == ["statuts-velo, article 2", "statuts-velo, article 2-1", "statuts-velo, article 2-2"]
    kinds = [passage.kind for passage in library.around("statuts-velo", article)]
    assert kinds == ["article", "chapitre", "titre", "instrument", "document"]


def test_where_documents_are_stored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path))
    assert default_url() == f"sqlite:///{tmp_path}/documents.db"
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/db")
    assert default_url() == "postgresql://somewhere/db"
