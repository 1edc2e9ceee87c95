"""What the project says with a citation, gathered with the place where it is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.documents.claims import ROOT, _drawn, _written
from kb.verification.claims import Claim

KINDS = ("fiche", "paramètre", "tableau", "règle", "code")


def line_of(claim: Claim) -> str:
    return (ROOT / claim.place.file).read_text(encoding="utf-8").splitlines()[claim.place.line - 1]


def test_everything_that_cites_is_gathered(said: Sequence[Claim]) -> None:
    assert {claim.owner.split()[0] for claim in said} == set(KINDS)
    assert [claim for claim in said if not claim.citations] == []
    assert all(not Path(claim.place.file).is_absolute() for claim in said)


@pytest.mark.parametrize("kind", ["fiche", "paramètre"])
def test_a_place_is_the_line_where_it_is_written(said: Sequence[Claim], kind: str) -> None:
    for claim in [claim for claim in said if claim.owner.startswith(kind)][::25]:
        assert claim.owner.split()[-1] in line_of(claim), claim.place


def test_code_is_read_through_the_functions_that_make_references(said: Sequence[Claim]) -> None:
    cited = {reference for claim in said if claim.owner.startswith("code") for _, reference in claim.citations}
    for beginning in ("Règlement mutualiste MGEN Santé Prévoyance, article", "Notice Packs de services ÔJI, article",
                      "Notice MGEN Assistance, article", "Statuts MGEN, article"):  # fmt: skip
        assert any(reference.startswith(beginning) for reference in cited), beginning


def test_a_rule_says_its_sentences(said: Sequence[Claim]) -> None:
    words = [claim.words for claim in said if claim.owner.startswith("règle")]
    assert sum(len(text.split()) > 30 for text in words) > len(words) / 2


def test_figures_that_an_entry_writes_itself() -> None:
    text = "Dans les trente jours (article 45-4), 12,50 € puis {{ prix }}, 24h/24, un panier 100 % Santé."
    assert [figure.value for figure in _written(text)] == ["12,50", "30"]


def test_figures_that_an_entry_draws_from_parameters() -> None:
    figures = list(_drawn("{{ dependance_rente_mensuelle }} et {{ telephone_msp }}"))
    assert [(figure.unit, figure.parameter) for figure in figures] == [("EUR", "dependance_rente_mensuelle")]
