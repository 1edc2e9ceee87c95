"""What a new edition changes and what rests on it."""

from __future__ import annotations

from pathlib import Path

from kb.ingestion.changes import changes
from kb.ingestion.pipeline import parse
from kb.verification.claims import Claim, Place
from kb.verification.impact import resting
from tests.kb.conftest import STATUTES


def edition(folder: Path, *replacements: tuple[str, str]) -> Path:
    folder.mkdir()
    text = STATUTES
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    path = folder / "statuts-velo.txt"
    path.write_text(text, encoding="utf-8")
    return path


def claim(owner: str, reference: str) -> Claim:
    return Claim(owner, Place("f.yml", 1), (("statuts-velo", reference),))


def test_the_same_text_changes_nothing(tmp_path: Path) -> None:
    old = parse(edition(tmp_path / "old")).split.pieces
    spaced = parse(edition(tmp_path / "new", ("Elle répare\naussi", "Elle\nrépare aussi"))).split.pieces
    assert changes(old, spaced) == []


def test_changed_added_removed_moved(tmp_path: Path) -> None:
    old = parse(edition(tmp_path / "old")).split.pieces
    new = parse(
        edition(
            tmp_path / "new",
            ("12,50 €", "13 €"),
            ("Article 5 - Dissolution", "Article 4 - Dissolution"),
            ("2 - Amis\nLes amis sont :\n- les voisins,\n- les passants.\n", ""),
            ("Article 3\n", "Article 3\n1 - Retour\n"),
        )
    ).split.pieces
    found = {(change.what, change.reference) for change in changes(old, new)}
    assert ("modifié", "statuts-velo, article 2-1") in found
    assert ("supprimé", "statuts-velo, article 2-2") in found
    assert ("ajouté", "statuts-velo, article 3-1") in found
    assert ("modifié", "statuts-velo, article 2") not in found


def test_an_article_that_only_changes_its_number_has_moved(tmp_path: Path) -> None:
    old = parse(edition(tmp_path / "old", ("Article 5 - Dissolution\n", "Article 5\n"))).split.pieces
    new = parse(edition(tmp_path / "new", ("Article 5 - Dissolution\n", "Article 4\n"))).split.pieces
    moved = [change for change in changes(old, new) if change.what == "déplacé"]
    assert [(c.reference, c.moved_to) for c in moved] in ([], [("statuts-velo, article 5", "statuts-velo, article 4")])


def test_what_rests_on_a_change(tmp_path: Path) -> None:
    old = parse(edition(tmp_path / "old")).split.pieces
    new = parse(edition(tmp_path / "new", ("12,50 €", "13 €"))).split.pieces
    found = changes(old, new)
    said = [
        claim("fiche article", "statuts-velo, article 2"),
        claim("paramètre point", "statuts-velo, article 2-1"),
        claim("règle à côté", "statuts-velo, article 2-2"),
        claim("règle ailleurs", "statuts-velo, article 3"),
    ]
    affected = resting(found, "statuts-velo", old, said)
    assert [c.owner for c in affected["statuts-velo, article 2-1"]] == ["paramètre point", "fiche article"]
