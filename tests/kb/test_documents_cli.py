"""The commands on documents, as an operator runs them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app
from tests.kb.conftest import STATUTES
from tests.kb.pdfs import lines, pdf

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")

    def ran(*words: object) -> Result:
        return CliRunner().invoke(app, ["kb", *map(str, words)])

    return ran


def said(result: Result) -> str:
    return " ".join(result.output.split())


def test_a_document_is_ingested_then_shown(run: Run, statutes: Path) -> None:
    first = run("ingest", statutes)
    assert first.exit_code == 0, first.output
    assert "Numéros d'article sautés : statuts-velo, article 4." in said(first)
    assert "sans plan de référence" in said(first)
    shown = run("show", "statuts-velo, article 3")
    assert shown.exit_code == 0
    assert "1 250 €" in said(shown)
    assert run("show", "statuts-velo, article 44").exit_code == 1


def test_the_same_document_twice_is_nothing_to_do(run: Run, statutes: Path) -> None:
    run("ingest", statutes)
    again = run("ingest", statutes)
    assert again.exit_code == 0
    assert "déjà en place, rien à faire" in said(again)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("vide.txt", b"", "est vide"),
        ("image.txt", b"\x89PNG\x00\x00", "fichier binaire"),
        ("secret.pdf", pdf([lines(["Bonjour"])], password="x"), "mot de passe"),
        ("coupe.pdf", pdf([lines(["Bonjour"])])[:300], "sa fin manque"),
        ("guide-fpe.txt", "Guide pratique adhérent\n\nMon contrat\n".encode(), "document incomplet"),
    ],
    ids=["empty", "binary", "encrypted", "cut", "half"],
)
def test_a_bad_document_is_refused_and_the_others_are_stored(
    run: Run, statutes: Path, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    bad = tmp_path / name
    bad.write_bytes(content)
    result = run("ingest", bad, statutes)
    assert result.exit_code == 1
    assert says in said(result)
    assert "Traceback" not in result.output
    assert run("show", "statuts-velo, article 3").exit_code == 0
    assert run("show", "Guide pratique adhérent – Mon contrat").exit_code == 1


def test_a_pdf_and_the_same_text_give_the_same_pieces(run: Run, statutes: Path, tmp_path: Path) -> None:
    texts = STATUTES.splitlines()
    (tmp_path / "statuts-velo.pdf").write_bytes(pdf([lines(texts)]))
    result = run("diff", statutes, tmp_path / "statuts-velo.pdf")
    assert result.exit_code == 0, result.output
    assert said(result).startswith("0 passage(s) changé(s)")


def test_two_editions_are_compared(run: Run, statutes: Path) -> None:
    run("ingest", statutes)
    statutes.write_text(STATUTES.replace("1 250 €", "1 300 €"), encoding="utf-8")
    result = run("diff", "statuts-velo", statutes)
    assert "modifié statuts-velo, article 3" in said(result)
    assert "1 passage(s) changé(s) ; 0 fiche(s), paramètre(s) et règle(s) à revoir." in said(result)
    unknown = run("diff", "autre", statutes)
    assert unknown.exit_code == 1
    assert "Éditions ingérées : statuts-velo@" in said(unknown)


def test_a_database_that_cannot_be_reached_is_told(run: Run, statutes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg2://nobody@127.0.0.1:1/none")
    result = run("ingest", statutes)
    assert result.exit_code == 1
    assert "Base des documents inaccessible" in said(result)
    assert "Traceback" not in result.output


def test_an_empty_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rien").mkdir()
    result = run("ingest", tmp_path / "rien")
    assert result.exit_code == 1
    assert "Aucun document à lire" in said(result)


def test_nothing_is_verified_without_documents(run: Run) -> None:
    result = run("verify")
    assert result.exit_code == 1
    assert "lancez « assistant kb ingest" in said(result)


def test_what_is_cited_and_not_ingested_is_told_once_a_document(run: Run, statutes: Path) -> None:
    run("ingest", statutes)
    result = run("verify")
    assert result.exit_code == 1
    assert said(result).count("« statuts-reglements-mgen » est cité et n'est pas ingéré") == 1


def test_verification_of_the_official_documents(run: Run, sources: Path) -> None:
    result = run("verify", "--sources", sources)
    assert result.exit_code == 0, result.output
    assert " 0 erreur(s)" in said(result)
    assert "statuts-reglements-mgen" in said(result)


def test_a_figure_of_a_new_edition_names_what_rests_on_it(run: Run, sources: Path, tmp_path: Path) -> None:
    name = "statuts-reglements-mgen.txt"
    text = (sources / name).read_text(encoding="utf-8")
    old = "Le montant de la rente mensuelle est égal à 120"
    assert old in text.replace("\n", " ") or old in text
    (tmp_path / name).write_text(text.replace("égal à 120 €", "égal à 130 €"), encoding="utf-8")
    result = run("diff", sources / name, tmp_path / name)
    assert "modifié Règlement mutualiste MGEN Santé Prévoyance, article 45-4-1" in said(result)
    assert "chiffres : 120 → 130" in said(result)
    assert "paramètre dependance_rente_mensuelle" in said(result)
    assert ": porte 120, à changer" in said(result)
    assert "règle " in said(result)
