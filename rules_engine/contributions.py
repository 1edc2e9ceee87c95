"""The contribution tariffs (annexe 2): dated prices by category, formule and age band, and what they cost.

The data stand in `tables/contributions/*.csv`, one file per category, transcribed twice (see
`tests/rules_engine/test_contributions_keying.py`), and in `tables/contribution_shares/*.csv` for the part of
each mutual. Pure data and arithmetic on euros: no facts, no text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import pairwise

from rules_engine.datafiles import csv_rows
from rules_engine.errors import InconsistentDataError
from rules_engine.money import ZERO, percent_of, to_cents
from rules_engine.references import Reference

CATEGORIES = (
    *("actif", "retraite", "associe", "jeune", "orphelin", "conjoint"),
    *("enfant_moins_18", "enfant_18_29", "enfant_handicap_plus_29"),
)
KINDS = ("rate_percent", "floor_eur", "cap_eur", "flat_eur")
AT_A_RATE, FLAT = frozenset(KINDS[:3]), frozenset(KINDS[3:])
SANTE = ("Essentielle", "Initiale", "Equilibre", "Référence", "Intégrale")
PREVOYANCE = ("", "actif", "actif_renforcee", "retraite", "affinite")
ASSISTANCE = ("", "added", "included", "included_oji")
MUTUALS = ("mgen", "action_sociale", "centres_sante")
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Value:
    """One printed value of annexe 2, as the export shows it."""

    category: str
    formule: str
    age_band: str
    kind: str
    value: Decimal
    reference: Reference


@dataclass(frozen=True)
class Price:
    """What one age band of one formule costs a year.

    Attributes:
        formule: name as printed; sante, prevoyance: the formules it is made of, empty for none.
        band: age band as printed; age_min, age_max: both inclusive, None for no upper bound.
        handicap: whether the band is only for a recognised handicap.
        rate: % of the income; floor, cap: bounds (€) of rate × income; flat: price (€). One or the other.
        assistance: whether the assistance contracts (RMA, IMA) are added to the price or included in it.
        doubt: code of what stays doubtful in the printed cell.
    """

    category: str
    formule: str
    sante: str
    prevoyance: str
    band: str
    age_min: int
    age_max: int | None
    handicap: bool
    rate: Decimal
    floor: Decimal
    cap: Decimal
    flat: Decimal
    assistance: str
    reference: Reference
    doubt: str

    @property
    def at_a_rate(self) -> bool:
        """Whether the price is a percentage of the income, within a floor and a cap."""
        return self.rate > ZERO

    @property
    def health_only(self) -> bool:
        """Whether the price holds health alone; article 24 couples prévoyance to Initiale for actifs only."""
        return bool(self.sante) and not self.prevoyance and self.category != "actif"

    def covers(self, age: int) -> bool:
        """Whether an age (difference of years) falls in the band, both bounds included."""
        return self.age_min <= age and (self.age_max is None or age <= self.age_max)


@dataclass(frozen=True)
class Shares:
    """Which part (%) of a contribution goes to each mutual, for one age band."""

    mgen: Decimal
    action_sociale: Decimal
    centres_sante: Decimal
    reference: Reference


Key = tuple[str, str, str]


class Tariff:
    """The prices of one year."""

    def __init__(
        self,
        year: int,
        prices: Iterable[Price],
        values: Sequence[Value],
        shares: Mapping[tuple[str, str, str, int], Shares],
    ) -> None:
        self.year = year
        self.values = values
        self._prices: dict[Key, list[Price]] = {}
        for price in prices:
            self._prices.setdefault((price.category, price.sante, price.prevoyance), []).append(price)
        self._shares = shares
        self._ages = {category: self._band_ages(category) for category in CATEGORIES}

    def price(self, category: str, sante: str, prevoyance: str, age: int, handicap: bool = False) -> Price | None:
        """Return the price for an age, or None when the table prints none for this formule and age."""
        found = [price for price in self._prices.get((category, sante, prevoyance), ()) if price.covers(age)]
        return next((price for price in found if handicap or not price.handicap), None)

    def formules(self, category: str) -> tuple[str, ...]:
        """Return the health formules of a category, the cheapest kind first."""
        return tuple(name for name in SANTE if any(key[:2] == (category, name) for key in self._prices))

    def ages(self, category: str) -> tuple[int, ...]:
        """Return one age in each band of a category."""
        return self._ages[category]

    def shares(self, price: Price) -> Shares | None:
        """Return the share of each mutual in a price, or None when the table prints none."""
        return self._shares.get((price.category, price.sante, price.prevoyance, price.age_min))

    def histories(self) -> Iterable[list[Price]]:
        """Return the bands of each (category, formule), in order of age."""
        return self._prices.values()

    def _band_ages(self, category: str) -> tuple[int, ...]:
        bands = {
            price.age_min if price.age_max is None else price.age_max
            for key, prices in self._prices.items()
            if key[0] == category
            for price in prices
        }
        return tuple(sorted(bands))


@dataclass(frozen=True)
class Charge:
    """What a price makes one pay in a year (€).

    Attributes:
        computed: rate × income, or the flat price; due: the same within floor and cap.
        step: what decides: rate, floor, cap or flat.
        added: assistance on top of `due`.
        low, high: total with both readings of a reduction; equal when nothing is in doubt.
    """

    price: Price
    computed: Decimal
    due: Decimal
    step: str
    added: Decimal
    low: Decimal
    high: Decimal

    @property
    def exact(self) -> bool:
        """Whether the total is a single figure."""
        return self.low == self.high


def charge(price: Price, income: Decimal, assistance: Decimal, reduction: Decimal | None = None) -> Charge:
    """Return what a price makes one pay in a year.

    A reduction (article 60) bears on the health part alone, and neither on floor nor on cap. Where annexe 2
    does not print the health part, only bounds are known: all of it reduced (`low`), or nothing (`high`).

    Args:
        price: the price.
        income: yearly income (€) for a price at a rate; ignored for a flat one.
        assistance: yearly amount (€) of the assistance contracts that the price adds or includes.
        reduction: % taken off the health part.
    """
    if price.at_a_rate:
        return _charge_at_rate(price, income, assistance, reduction)
    low = high = price.flat
    if reduction is not None:
        low = _less(price.flat, reduction)
        high = _less(price.flat - assistance, reduction) + assistance if price.health_only else price.flat
    return Charge(price, price.flat, price.flat, "flat", ZERO, low, high)


def _charge_at_rate(price: Price, income: Decimal, assistance: Decimal, reduction: Decimal | None) -> Charge:
    computed = percent_of(price.rate, income)
    due = _within(price, computed)
    step = "floor" if computed < price.floor else "cap" if computed > price.cap else "rate"
    added = assistance if price.assistance == "added" else ZERO
    low = high = due
    if reduction is not None:
        low = _within(price, _less(price.rate * income / HUNDRED, reduction))
        high = low if price.health_only and step != "cap" else due
    return Charge(price, computed, due, step, added, low + added, high + added)


def _within(price: Price, amount: Decimal) -> Decimal:
    return max(price.floor, min(price.cap, amount))


def _less(amount: Decimal, reduction: Decimal) -> Decimal:
    return to_cents(amount * (HUNDRED - reduction) / HUNDRED)


def tariff_known(year: int) -> Tariff | None:
    """Return the tariff of a year, or the last one known before it; None when the year precedes them all."""
    known = [tariff for tariff in tariffs() if tariff.year <= year]
    return known[-1] if known else None


@lru_cache(maxsize=1)
def tariffs() -> tuple[Tariff, ...]:
    """Return the tariffs of the data files in order of year, checked.

    Raises:
        InconsistentDataError: naming file and line, for an unknown category, formule or kind, a number that
            is none, a value given twice, a rate without floor and cap or a floor above its cap; naming the
            category and formule, for age bands that overlap or leave a gap.
    """
    values: dict[int, list[Value]] = {}
    cells: dict[int, dict[tuple[str, ...], dict[str, _Row]]] = {}
    for path, number, fields in csv_rows("tables/contributions"):
        row = _row(f"{path.name}:{number}", fields)
        place = (row.category, row.formule, fields["sante"], fields["prevoyance"], row.age_band)
        kinds = cells.setdefault(row.year, {}).setdefault(place, {})
        if row.kind in kinds:
            raise InconsistentDataError(f"{row.where}: a second {row.kind} for {place}")
        kinds[row.kind] = row
        values.setdefault(row.year, []).append(
            Value(row.category, row.formule, row.age_band, row.kind, row.value, row.reference)
        )
    shares = _shares()
    found = []
    for year in sorted(cells):
        tariff = Tariff(year, map(_price, cells[year].values()), values[year], shares.get(year, {}))
        for bands in tariff.histories():
            _check_bands(bands)
        found.append(tariff)
    return tuple(found)


@dataclass(frozen=True)
class _Row:
    where: str
    year: int
    category: str
    formule: str
    age_band: str
    kind: str
    value: Decimal
    reference: Reference
    fields: Mapping[str, str]


def _row(where: str, fields: Mapping[str, str]) -> _Row:
    for name, known in (
        ("category", CATEGORIES),
        ("kind", KINDS),
        ("sante", ("", *SANTE)),
        ("prevoyance", PREVOYANCE),
        ("rma", ASSISTANCE),
    ):
        if fields[name] not in known:
            raise InconsistentDataError(f"{where}: unknown {name} {fields[name]!r}")
    start, end = date.fromisoformat(fields["valid_from"]), date.fromisoformat(fields["valid_to"])
    if (start, end) != (date(start.year, 1, 1), date(start.year, 12, 31)):
        raise InconsistentDataError(f"{where}: a tariff covers one calendar year, not {start} to {end}")
    return _Row(
        where,
        start.year,
        fields["category"],
        fields["formule"],
        fields["age_band"],
        fields["kind"],
        _number(where, fields["value"]),
        Reference(fields["document"], fields["reference"]),
        fields,
    )


def _price(kinds: Mapping[str, _Row]) -> Price:
    row = next(iter(kinds.values()))
    if frozenset(kinds) not in (AT_A_RATE, FLAT):
        raise InconsistentDataError(
            f"{row.where}: {row.formule}, {row.age_band} needs a rate, a floor and a cap, or a price"
        )
    amounts = {kind: kinds[kind].value if kind in kinds else ZERO for kind in KINDS}
    if amounts["floor_eur"] > amounts["cap_eur"]:
        raise InconsistentDataError(f"{row.where}: the floor of {row.formule}, {row.age_band} is above its cap")
    return Price(
        row.category,
        row.formule,
        row.fields["sante"],
        row.fields["prevoyance"],
        row.age_band,
        int(row.fields["age_min"]),
        int(row.fields["age_max"]) if row.fields["age_max"] else None,
        row.fields["handicap"] == "oui",
        amounts["rate_percent"],
        amounts["floor_eur"],
        amounts["cap_eur"],
        amounts["flat_eur"],
        row.fields["rma"],
        row.reference,
        row.fields["doubt"],
    )


def _check_bands(bands: list[Price]) -> None:
    """Hold that each band begins where the one before ends; one for a handicap may reach into the last."""
    for before, after in pairwise(bands):
        expected = None if before.age_max is None else before.age_max + 1
        if after.age_min != expected and not (after.handicap and after.age_min == before.age_max):
            raise InconsistentDataError(
                f"{after.category}, {after.formule}: {after.band} does not follow {before.band}"
            )


def _shares() -> dict[int, dict[tuple[str, str, str, int], Shares]]:
    found: dict[int, dict[tuple[str, str, str, int], Shares]] = {}
    for path, number, fields in csv_rows("tables/contribution_shares"):
        where = f"{path.name}:{number}"
        mgen, action_sociale, centres_sante = (_number(where, fields[name]) for name in MUTUALS)
        if mgen + action_sociale + centres_sante != HUNDRED:
            raise InconsistentDataError(f"{where}: the shares do not add up to 100 %")
        year = date.fromisoformat(fields["valid_from"]).year
        key = (fields["category"], fields["sante"], fields["prevoyance"], int(fields["age_min"]))
        if key in found.setdefault(year, {}):
            raise InconsistentDataError(f"{where}: a second row for {key}")
        reference = Reference(fields["document"], fields["reference"])
        found[year][key] = Shares(mgen, action_sociale, centres_sante, reference)
    return found


def _number(where: str, text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise InconsistentDataError(f"{where}: {text!r} is not a number") from None
