"""Reading files, good and bad."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.ingestion.errors import IngestionError
from kb.ingestion.pdf import page_lines
from kb.ingestion.reading import LARGEST, read
from tests.kb.pdfs import lines, pdf

Write = Callable[[str, bytes | str], Path]


def test_text_of_several_encodings_and_line_ends(write: Write) -> None:
    assert read(write("a.txt", "\ufeffété\r\nici")).pages == (("été", "ici"),)
    assert read(write("b.txt", "été\nici".encode("cp1252"))).pages == (("été", "ici"),)
    assert read(write("c.txt", "un\fdeux")).pages == (("un",), ("deux",))


def test_a_file_is_known_by_its_content(write: Write) -> None:
    first, second = read(write("a.txt", "mot")), read(write("b.txt", "mot"))
    assert first.digest == second.digest
    assert (first.name, second.name) == ("a", "b")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"", "est vide"),
        ("a.txt", b" \n\n\t ", "aucun texte"),
        ("a.txt", b"\x7fELF\x02\x01\x00\x00", "fichier binaire"),
        ("a.txt", bytes(range(1, 256)) * 4, "fichier binaire"),
        ("a.docx", b"PK", "Donnez un fichier .txt ou .pdf"),
        ("a.pdf", b"bonjour", "n'est pas un PDF"),
        ("a.pdf", b"%PDF-1.4\nplus rien\n%%EOF", "illisible ou incomplet"),
        ("a.pdf", pdf([lines(["Bonjour"] * 5)])[:400], "sa fin manque"),
        ("a.pdf", pdf([[]]), "aucun texte"),
        ("a.pdf", pdf([lines(["Bonjour"])], password="secret"), "mot de passe"),
    ],
)
def test_what_cannot_be_read_is_told_in_french(write: Write, name: str, content: bytes, says: str) -> None:
    path = write(name, content)
    with pytest.raises(IngestionError, match=says) as caught:
        read(path)
    assert str(caught.value).startswith(path.name)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(300 * 1024 * 1024)  # no block of it is written
    with pytest.raises(IngestionError, match="300 Mo"):
        read(path)
    assert LARGEST < 300 * 1024 * 1024


def test_no_file_and_no_folder(tmp_path: Path) -> None:
    with pytest.raises(IngestionError, match="introuvable"):
        read(tmp_path / "absent.txt")
    with pytest.raises(IngestionError, match="pas un fichier"):
        read(tmp_path)


def test_a_pdf_of_two_columns_is_read_one_column_after_the_other(write: Write) -> None:
    left = [f"gauche {number} avec des mots" for number in range(10)]
    right = [f"droite {number} avec des mots" for number in range(10)]
    page = [(50.0, 800.0, "Un titre qui court au-dessus des deux colonnes de cette page de document et encore")]
    source = read(write("a.pdf", pdf([[*page, *lines(left, 50, 770), *lines(right, 320, 770)]])))
    assert [line for line in source.pages[0] if line] == [page[0][2], *left, *right]


def test_a_pdf_of_one_column_keeps_its_gaps(write: Write) -> None:
    texts = ["Article 1 - Objet", "Un mot (et un autre).", "", "Article 2 - Fin", "Rien."]
    assert list(read(write("a.pdf", pdf([lines(texts)]))).pages[0]) == texts


@given(st.lists(st.tuples(st.integers(20, 500), st.integers(20, 800)), max_size=30))
def test_no_word_of_a_page_is_lost(places: list[tuple[int, int]]) -> None:
    words = [
        {"text": f"m{number}", "x0": float(x), "x1": x + 30.0, "top": float(y)} for number, (x, y) in enumerate(places)
    ]
    found = " ".join(page_lines(words, 595.0)).split()
    assert sorted(found) == sorted(str(word["text"]) for word in words)
