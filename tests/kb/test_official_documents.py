"""The five official documents, where they are: nothing lost, nothing broken, everything cited found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from kb.ingestion.cleaning import clean
from kb.ingestion.excerpts import _Book
from kb.ingestion.library import Library
from kb.ingestion.pipeline import parse
from kb.ingestion.reading import read
from kb.ingestion.repair import broken_words, repair
from kb.ingestion.spec import specs
from kb.ingestion.store import Store
from kb.verification.check import check
from kb.verification.claims import Claim
from kb.verification.coverage import coverage, exceptions
from tests.kb.test_outline import check_tree

DOCUMENTS = sorted(specs())
MSP = "Règlement mutualiste MGEN Santé Prévoyance"
LEGAL = {
    "Statuts MGEN": 53,
    MSP: 62,
    "Statuts MGEN Action sanitaire et sociale": 39,
    "Règlement mutualiste MGEN Action sanitaire et sociale": 5,
    "Statuts MGEN Centres de santé": 39,
    "Règlement mutualiste MGEN Centres de santé": 5,
}
NOTICES = {"Notice MGEN Assistance": 28, "Notice MGEN SAD Assurance": 20, "Notice Packs de services ÔJI": 27}
# Names and numbers of the sample screens: never to be quoted.
SAMPLES = re.compile(r"Benoit|Sarah|Louise|Hélia|SANDRINE|FR76|202897774|06 \d\d \d\d|UZAN|\bLEVY\b|Jean-Claude")


def test_every_official_document_has_its_outline(sources: Path) -> None:
    assert sorted(path.stem for path in sources.glob("*.txt")) == DOCUMENTS


@pytest.mark.parametrize("document", DOCUMENTS)
def test_nothing_is_lost_and_no_word_is_left_broken(sources: Path, document: str) -> None:
    parsed = parse(sources / f"{document}.txt")
    assert [word for line in parsed.split.text.splitlines() for word in broken_words(line)] == []
    kept, _ = clean(read(sources / f"{document}.txt"), specs()[document].noise)
    read_words = Counter(word for line in repair(kept) for word in line.text.split())
    left_out = Counter(word for line in parsed.report.repeated for word in line.text.split())
    written = Counter(parsed.split.text.split())
    # A hyphen at a line's end may have joined two words of a name.
    assert sum((read_words - left_out - written).values()) <= 4
    assert parsed.report.unplaced == ()
    assert parsed.report.missing == ()
    check_tree(parsed.split)


def test_a_document_is_known_by_its_text_whatever_its_name(sources: Path, tmp_path: Path) -> None:
    for document in DOCUMENTS:
        copy = tmp_path / f"copie-{DOCUMENTS.index(document)}.txt"
        copy.write_bytes((sources / f"{document}.txt").read_bytes())
        assert parse(copy).document == document


def test_every_article_of_statutes_and_regulations(library: Library) -> None:
    articles = Counter(
        passage.reference.partition(", article ")[0]
        for passage in library.passages["statuts-reglements-mgen"]
        if passage.kind == "article"
    )
    assert {name: articles[name] for name in LEGAL} == LEGAL
    assert sum(LEGAL.values()) == 203
    assert {name: articles[name] for name in NOTICES} == NOTICES


def test_every_section_of_the_international_notice(library: Library) -> None:
    name = "Notice Assistance internationale ÔJI (IMA), article "
    numbers = [
        passage.reference.removeprefix(name)
        for passage in library.passages["statuts-reglements-mgen"]
        if passage.kind == "article" and passage.reference.startswith(name)
    ]
    assert len(numbers) == 44
    assert {"1-8", "2-2-3", "3-3-7", "3-4-3", "4-4", "5"} <= set(numbers)


@pytest.mark.parametrize("document", [name for name in DOCUMENTS if specs()[name].guide])
def test_every_section_of_the_guides(library: Library, document: str) -> None:
    guide = specs()[document].guide
    assert guide
    found = [passage.heading for passage in library.passages[document] if passage.kind == "heading"]
    assert found == [guide.cover, *sorted((s.name for s in guide.sections), key=found.index)] or document.startswith(
        "guide-mgen"
    )
    assert {section.name for section in guide.sections} <= set(found)


def test_every_arrow_of_the_guides_is_a_heading(sources: Path, library: Library) -> None:
    for document in ("guide-fpe", "guide-mgen-solutions"):
        arrows = len(re.findall(r"^\s*→", (sources / f"{document}.txt").read_text(encoding="utf-8"), re.MULTILINE))
        headings = [p for p in library.passages[document] if p.kind == "subheading" and p.text.startswith("→")]
        assert len(headings) == arrows > 10


def test_rows_of_the_benefit_tables(library: Library) -> None:
    (row,) = library.resolve("statuts-reglements-mgen", "Annexe 1 – Dentaire – Traitement d'occlusion")
    assert row.text.endswith("Néant Néant 122 € 122 €")
    rows = [p for p in library.passages["statuts-reglements-mgen"] if p.kind == "row"]
    assert len(rows) > 800


def test_a_number_alone_names_nothing_but_with_its_instrument_one_passage(library: Library) -> None:
    for instrument in LEGAL:
        (passage,) = library.resolve("statuts-reglements-mgen", f"{instrument}, article 3")
        assert passage.reference == f"{instrument}, article 3"
    (point,) = library.resolve("statuts-reglements-mgen", f"{MSP}, article 45-4")
    assert point.trail[-1] == "Dépendance totale"


def test_every_citation_and_every_figure_is_found(library: Library, said: Sequence[Claim]) -> None:
    outcome = check(said, library, exceptions().counted)
    assert [f"{problem.where} {problem.what}" for problem in outcome.problems] == []
    assert outcome.citations > 6000
    assert outcome.figures > 2500


def test_everything_is_covered_or_left_out_with_a_reason(library: Library, said: Sequence[Claim]) -> None:
    found = coverage(said, library, exceptions())
    assert [problem.what for problem in found.problems] == []


def test_no_excerpt_quotes_sample_data(official: Store, said: Sequence[Claim]) -> None:
    book = _Book(str(official.url))
    cited = {citation for claim in said for citation in claim.citations if citation[0] != "public"}
    quoted = [book.excerpt(document, reference, "") for document, reference in cited]
    assert all(quoted)
    assert [text for text in quoted if SAMPLES.search(text or "")] == []
