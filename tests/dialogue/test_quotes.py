"""In the chat: answers quote the documents where they are ingested, and say where they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.entries import entries
from tests.conftest import Talk
from tests.made_up import documents_url, ingest_passages

pytestmark = pytest.mark.model

ASKED = "je suis au contrat MGEN Santé Prévoyance, comment changer mon RIB ?"
RULE = "couronne sur une molaire, je suis en Référence, combien ?"
SOURCE = entries()["changer_rib_mgen"].references[0]


@pytest.fixture
def ingested(folder: Path) -> None:
    """Passages in words of our own under the references that the answers cite."""
    url = documents_url(folder)
    ingest_passages(url, SOURCE["document"], {SOURCE["reference"]: "Un RIB neuf se dépose en ligne."})
    table = {"Annexe 1 – Dentaire": "Couronne en céramique pour une molaire 120 € 216 € 300 €"}
    ingest_passages(url, "statuts-reglements-mgen", table, rows=table)


@pytest.mark.usefixtures("ingested")
def test_an_entry_is_quoted(talk: Talk) -> None:
    custom = talk(ASKED)[-1]["custom"]
    assert custom["topic"] == "changer_rib_mgen"
    assert custom["sources"] == [{**SOURCE, "excerpt": "« Un RIB neuf se dépose en ligne. »"}]


@pytest.mark.usefixtures("ingested")
def test_a_rule_is_quoted_without_the_figures_of_other_formules(talk: Talk) -> None:
    excerpt = talk(RULE)[-1]["custom"]["sources"][0]["excerpt"]
    assert excerpt == "« Couronne en céramique pour une molaire […] 216 € […] »"


@pytest.mark.usefixtures("ingested")
@pytest.mark.parametrize("asked", [ASKED, RULE])
def test_where_it_is_written(talk: Talk, asked: str) -> None:
    shown = talk(asked, "où est-ce écrit ?")[-1]
    (source,) = shown["custom"]["sources"]
    assert source["reference"] in shown["text"]
    assert source["excerpt"] in shown["text"]


@pytest.mark.usefixtures("ingested")
def test_why_still_explains_the_answer_after_where(talk: Talk) -> None:
    assert talk(RULE, "pourquoi ?")[-1]["text"] == talk(RULE, "c'est écrit où ?", "pourquoi ?")[-1]["text"]


def test_without_documents(talk: Talk, folder: Path) -> None:
    assert talk(ASKED)[-1]["custom"]["sources"] == [SOURCE]
    assert SOURCE["reference"] in talk(ASKED, "où est-ce écrit ?")[-1]["text"]


def test_with_a_broken_store(talk: Talk, folder: Path) -> None:
    (folder / "documents.db").write_bytes(b"no database " * 1000)
    assert talk(ASKED)[-1]["custom"]["sources"] == [SOURCE]
    assert SOURCE["reference"] in talk(ASKED, "où est-ce écrit ?")[-1]["text"]
