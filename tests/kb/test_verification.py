"""Numbers of a text, figures in passages, citations, coverage."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.ingestion.library import Library
from kb.ingestion.pipeline import ingest
from kb.ingestion.store import Store
from kb.verification.check import check
from kb.verification.claims import Claim, Figure, Place
from kb.verification.coverage import coverage, exceptions, table
from kb.verification.figures import Text
from kb.verification.numbers import counted, digits, numbers, phones

HERE = Place("fiches.yml", 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 062,50 € ou 7 000 000 euros", {"1062.5", "7000000"}),
        ("quatre-vingt-dix jours et vingt et un mois", {"90", "21"}),
        (
            "soixante-quinze ans, cent vingt, dix-huit, deux trois cents, mille neuf cent",
            {"75", "120", "18", "300", "1900"},
        ),
        ("à concurrence de 2,3 % au 1er janvier", {"2.3", "1"}),
        ("dans la quinzaine, chaque trimestre", {"15", "3"}),
    ],
)
def test_numbers_however_they_are_written(text: str, expected: set[str]) -> None:
    assert {Decimal(value) for value in expected} <= numbers(text)


@given(st.integers(1, 999_999))
def test_a_number_with_spaces_is_read_back(value: int) -> None:
    assert Decimal(value) in numbers(f"un montant de {value:,} €".replace(",", "\u202f"))


def test_a_number_and_its_unit() -> None:
    pairs = set(counted("trente (30) jours, 12 derniers mois, de 18 à 29 ans, 65e anniversaire, 5 %"))
    wanted = {(30, "jours"), (12, "mois"), (18, "ans"), (29, "ans"), (65, "anniversaire"), (5, "%")}
    assert {(Decimal(value), unit) for value, unit in wanted} <= pairs


@pytest.mark.parametrize("written", ["01 23 45 67 89", "0123456789", "+33 (0)1 23 45 67 89", "00 33 1 23 45 67 89"])
def test_a_phone_number_however_it_is_written(written: str) -> None:
    assert digits(written) == "0123456789"
    assert "0123456789" in phones(f"Appelez le {written}.")


PASSAGE = Text(
    "Le délai est de deux ans, puis de 90 jours. Il coûte 1 250,00 € (5 %). Appelez le 01 23 45 67 89, du lundi au "
    "vendredi, ou écrivez à Vélo Service, 12 rue du Pont, 75000 Paris, velo@exem ple.fr."
)


@pytest.mark.parametrize(
    ("value", "unit", "there"),
    [
        ("2", "years", True), ("24", "months", True), ("23", "months", False), ("90", "days", True),
        ("91", "days", False), ("1250", "EUR", True), ("1250.5", "EUR", False), ("5", "percent", True),
        ("01 23 45 67 89", "phone", True), ("01 23 45 67 80", "phone", False),
        ("Vélo Service, 12 rue du Pont, 75000 Paris", "text", True),
        ("Vélo Service, 13 rue du Pont, 75000 Paris", "text", False),
        ("velo@exemple.fr", "text", True), ("moto@exemple.fr", "text", False),
    ],
)  # fmt: skip
def test_a_figure_in_a_passage(value: str, unit: str, there: bool) -> None:
    assert PASSAGE.says(Figure(value, unit)) is there


def test_a_number_beside_another_unit_deserves_a_look() -> None:
    assert PASSAGE.says_with_unit(Figure("90", "days"))
    assert not PASSAGE.says_with_unit(Figure("90", "EUR"))


@pytest.fixture
def library(store: Store, statutes: Path) -> Library:
    ingest(statutes, store)
    return Library(store)


def claim(reference: str, *figures: Figure, document: str = "statuts-velo", owner: str = "fiche prêt") -> Claim:
    return Claim(owner, HERE, ((document, reference),), figures, words="prêt vélo retard")


def test_what_is_right_is_left_alone(library: Library) -> None:
    outcome = check([claim("statuts-velo, article 3", Figure("30", "days"), Figure("1250", "EUR"))], library)
    assert (outcome.problems, outcome.doubts, outcome.citations, outcome.figures) == ((), (), 1, 2)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (claim("statuts-velo, article 4"), "« statuts-velo, article 4 » n'existe pas"),
        (claim("statuts-velo, article 3", Figure("31", "days")), "« 31 jours » n'est pas dans le passage cité"),
        (claim("n'importe", document="absent"), "« absent » est cité et n'est pas ingéré"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(library: Library, said: Claim, says: str) -> None:
    (problem,) = check([said], library).problems
    assert says in problem.what
    assert str(problem.where) == "fiches.yml:3"


def test_a_public_source_is_not_looked_up(library: Library) -> None:
    assert check([claim("Code civil", Figure("5"), document="public")], library).problems == ()


def test_a_figure_drawn_from_elsewhere_is_a_doubt(library: Library) -> None:
    outcome = check([claim("statuts-velo, article 3", Figure("12.50", "EUR", "loyer"))], library)
    assert outcome.problems == ()
    assert "(loyer) sans citer le passage" in outcome.doubts[0].what


@pytest.mark.parametrize(("value", "right"), [("2", True), ("3", False)])
def test_a_figure_may_count_what_a_passage_lists(library: Library, value: str, right: bool) -> None:
    said = claim("statuts-velo, article 2-2", Figure(value, "count"), owner="paramètre amis")
    problems = check([said], library, {"amis": "^- les"}).problems
    assert (problems == ()) is right


def test_coverage(library: Library, tmp_path: Path) -> None:
    listed = tmp_path / "coverage.yml"
    listed.write_text(
        "left_out:\n  - document: statuts-velo\n    reason: rien à en dire\n"
        "    references: ['statuts-velo, article 5', 'statuts-velo, article 8']\n",
        encoding="utf-8",
    )
    found = coverage(
        [claim("statuts-velo, article 2-1"), claim("statuts-velo, article 1", owner="paramètre x")],
        library,
        exceptions(listed),
    )
    assert [row[2:6] for row in table(found.tallies)] == [(4, 1, 1, 2)]
    missing = [problem.what.split(" (")[0] for problem in found.problems]
    assert missing == ["« statuts-velo, article 1 »", "« statuts-velo, article 3 »"]
    assert [doubt.what for doubt in found.doubts] == [
        "« statuts-velo, article 8 » est inutile ici : couvert, ou absent."
    ]
