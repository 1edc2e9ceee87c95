"""Annexe 2, transcribed twice by two people: both keyings agree, and the tables hold together."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from bot.rendering.exports_contributions import CONTRIBUTION_COLUMNS, contributions
from rules_engine import contributions as tables
from rules_engine.contributions import Price, charge, tariff_known, tariffs
from rules_engine.errors import InconsistentDataError, OutsideValidityError

SECOND = Path(__file__).parent / "data" / "contributions_second_keying.csv"
ON = date(2025, 6, 15)
Key = tuple[str, str, str, str]


def keyed(rows: list[dict[str, str]]) -> dict[Key, Decimal]:
    found: dict[Key, Decimal] = {}
    for row in rows:
        key = (row["category"], row["formule"], row["age_band"], row["kind"])
        assert key not in found, key
        found[key] = Decimal(row["value"])
    return found


def histories() -> list[list[Price]]:
    return [list(bands) for bands in tariffs()[0].histories()]


def test_both_keyings_agree() -> None:
    with SECOND.open(encoding="utf-8", newline="") as file:
        second = keyed(list(csv.DictReader(file)))
    first = keyed(contributions(ON)[1])
    assert first == second


def test_every_printed_value_is_there() -> None:
    counts: dict[str, int] = {}
    for category, *_ in keyed(contributions(ON)[1]):
        counts[category] = counts.get(category, 0) + 1
    assert counts == {
        "actif": 9 * 8 * 3,
        "retraite": 5 * 4 * 3,
        "associe": 8 * 12,
        "conjoint": 8 * 12,
        "jeune": 5 * 13,
        "orphelin": 4 * 4,
        "enfant_moins_18": 4,
        "enfant_18_29": 4 * 2,
        "enfant_handicap_plus_29": 4,
    }


def test_the_export_has_the_columns_of_the_contract() -> None:
    columns, rows = contributions(date(2026, 11, 21))
    assert columns == CONTRIBUTION_COLUMNS == ("category", "formule", "age_band", "kind", "value", "reference")
    assert all(tuple(row) == columns and all(row.values()) for row in rows)
    first = {"category": "actif", "formule": "MGEN Initiale", "age_band": "Moins de 30 ans"}
    assert rows[0] == {**first, "kind": "rate_percent", "value": "1.77", "reference": "Annexe 2 – Actif"}


def test_the_export_of_a_day_before_every_tariff_says_so() -> None:
    with pytest.raises(OutsideValidityError):
        contributions(date(2024, 12, 31))


def test_a_later_year_has_the_last_tariff_known() -> None:
    later, before = tariff_known(2031), tariff_known(2024)
    assert later is not None and later.year == 2025
    assert before is None


@pytest.mark.parametrize("bands", histories(), ids=lambda bands: f"{bands[0].category} {bands[0].formule}")
def test_prices_never_fall_with_age_and_the_last_band_costs_more_than_the_first(bands: list[Price]) -> None:
    """The rules ask for the birth year without trying values: it must always change the price."""
    for before, after in pairwise(bands):
        assert before.flat <= after.flat
        assert before.rate <= after.rate
        assert before.floor <= after.floor
        assert before.cap <= after.cap
    first, last = bands[0], bands[-1]
    if len(bands) > 1 and first.at_a_rate:
        assert (first.rate < last.rate, first.floor < last.floor, first.cap < last.cap) == (True, True, True)
    elif len(bands) > 1:
        assert first.flat < last.flat


@pytest.mark.parametrize("bands", histories(), ids=lambda bands: f"{bands[0].category} {bands[0].formule}")
def test_every_age_has_one_price(bands: list[Price]) -> None:
    for age in range(bands[0].age_min, 130):
        covering = [price for price in bands if price.covers(age) and not price.handicap]
        open_ended = next(price for price in reversed(bands) if not price.handicap or len(bands) == 1)
        expected = open_ended.age_max is None or age <= open_ended.age_max
        assert len(covering) == (1 if expected and not open_ended.handicap else 0), age


def test_conjoints_pay_what_associes_pay() -> None:
    found = keyed(contributions(ON)[1])
    associes = {key[1:]: value for key, value in found.items() if key[0] == "associe"}
    assert associes == {key[1:]: value for key, value in found.items() if key[0] == "conjoint"}


def test_shares_are_printed_for_actifs_and_retraites_with_health() -> None:
    tariff = tariffs()[0]
    printed = [price for bands in histories() for price in bands if tariff.shares(price) is not None]
    assert len(printed) == 7 * 8 + 4 * 4
    assert {price.category for price in printed} == {"actif", "retraite"}
    assert all(price.sante for price in printed)


def price(category: str = "actif", sante: str = "Référence", prevoyance: str = "actif", age: int = 46) -> Price:
    found = tariffs()[0].price(category, sante, prevoyance, age)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("income", "step", "due"),
    [
        ("0", "floor", "708"),
        ("19666", "floor", "708"),
        ("19666.67", "rate", "708.00"),
        ("33000", "rate", "1188.00"),
        ("54500", "rate", "1962.00"),
        ("54501", "cap", "1962"),
        ("1000000", "cap", "1962"),
    ],
)
def test_a_rate_stays_between_floor_and_cap(income: str, step: str, due: str) -> None:
    found = charge(price(), Decimal(income), Decimal("6.84"))
    assert found.due == Decimal(due)
    assert found.step == step
    assert found.low == found.high == Decimal(due) + Decimal("6.84")


def test_assistance_is_added_to_a_rate_and_included_in_a_price() -> None:
    assert charge(price(), Decimal(33000), Decimal("6.84")).added == Decimal("6.84")
    assert charge(price("conjoint", "Equilibre", ""), Decimal(0), Decimal("6.84")).low == Decimal(897)


def test_a_reduction_bears_neither_on_floor_nor_on_cap() -> None:
    initiale = price("retraite", "Initiale", "", 69)
    at_floor = charge(initiale, Decimal(17000), Decimal("6.84"), Decimal(23))
    at_cap = charge(initiale, Decimal(50000), Decimal("6.84"), Decimal(23))
    assert (at_floor.low, at_floor.high) == (Decimal("600.84"), Decimal("600.84"))
    assert (at_cap.low, at_cap.high) == (Decimal("1503.84"), Decimal("1503.84"))


def rows_with(changes: dict[str, str]) -> list[dict[str, str]]:
    base = {
        "category": "jeune", "formule": "ÔJI Initiale", "sante": "Initiale", "prevoyance": "", "age_band": "a",
        "age_min": "0", "age_max": "24", "handicap": "", "kind": "flat_eur", "value": "300", "rma": "included_oji",
        "document": "d", "reference": "r", "valid_from": "2025-01-01", "valid_to": "2025-12-31", "doubt": "",
    }  # fmt: skip
    return [base, {**base, "age_band": "b", "age_min": "25", "age_max": "", "value": "312", **changes}]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"category": "actifs"}, "unknown category"),
        ({"kind": "flat"}, "unknown kind"),
        ({"sante": "Essentiel"}, "unknown sante"),
        ({"value": "31 2"}, "is not a number"),
        ({"age_band": "a"}, "a second flat_eur"),
        ({"age_min": "26"}, "does not follow"),
        ({"age_min": "24"}, "does not follow"),
        ({"kind": "rate_percent"}, "needs a rate, a floor and a cap"),
        ({"valid_to": "2026-06-30"}, "one calendar year"),
    ],
)
def test_tables_that_contradict_themselves_are_found_at_load(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], message: str
) -> None:
    def csv_rows(folder: str) -> list[tuple[Path, int, dict[str, str]]]:
        rows = rows_with(changes) if folder == "tables/contributions" else []
        return [(Path("jeune.csv"), number, row) for number, row in enumerate(rows, 2)]

    monkeypatch.setattr(tables, "csv_rows", csv_rows)
    with pytest.raises(InconsistentDataError, match=message):
        tables.tariffs.__wrapped__()
