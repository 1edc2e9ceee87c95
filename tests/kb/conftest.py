"""Made-up documents, the real ones where they are, and a store on each database."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from bot.documents.claims import claims
from kb.ingestion.library import Library
from kb.ingestion.pipeline import ingest
from kb.ingestion.store import Store
from kb.verification.claims import Claim

# Beside the project, or wherever ASSISTANT_SOURCES says.
SOURCES = Path(os.environ.get("ASSISTANT_SOURCES", Path(__file__).parents[3] / "shared" / "sources"))

STATUTES = """\
TITRE I

VIE DE L'ASSOCIATION

Chapitre 1
Objet et membres
Article 1 - Objet
L'association prête des vélos à ses membres. Elle répare
aussi les leurs.

Article 2 - Membres bénéfi ciaires et
amis
1 - Bénéfi ciaires
Chaque béné-
fi ciaire verse 12,50 € par mois, pendant deux ans au plus.
2 - Amis
Les amis sont :
- les voisins,
- les passants.

Chapitre 2
Le prêt
Le prêt est gratuit. L'article 1 - Objet le permet.
Article 3
Le vélo est rendu dans les trente (30) jours. Le retard coûte 5 % du prix, soit au plus 1 250 €.
On appelle le 01 23 45 67 89.

TITRE II

FIN
Article 5 - Dissolution
Elle est décidée le 31 décembre.
"""


@pytest.fixture
def statutes(tmp_path: Path) -> Path:
    """A short legal text: two titres, broken words, a skipped article."""
    path = tmp_path / "statuts-velo.txt"
    path.write_text(STATUTES, encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store on SQLite."""
    store = Store(f"sqlite:///{tmp_path}/store/documents.db")
    yield store
    store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store on each database."""
    if request.param == "sqlite":
        store = Store(f"sqlite:///{tmp_path}/any.db")
    else:
        store = Store(request.getfixturevalue("postgresql"))
        empty(store)
    yield store
    store.close()


def empty(store: Store) -> None:
    from kb.ingestion.schema import documents, editions, names, pieces

    with store.engine.begin() as connection:
        for table in (names, pieces, editions, documents):
            connection.execute(table.delete())


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of the official documents."""
    if not SOURCES.is_dir():
        pytest.skip("the official documents are not beside the project (../shared/sources)")
    return SOURCES


@pytest.fixture(scope="session")
def official(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The official documents, ingested."""
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('official')}/documents.db")
    for path in sorted(sources.glob("*.txt")):
        ingest(path, store)
    yield store
    store.close()


@pytest.fixture(scope="session")
def library(official: Store) -> Library:
    """The official documents, in memory."""
    return Library(official)


@pytest.fixture(scope="session")
def said() -> Sequence[Claim]:
    """Everything that the project says with a citation."""
    return claims()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    """Write a file and return its path."""

    def written(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written
