"""The benefit tables: one cell per (offer, formule, line), dated and referenced.

The data stand in `tables/benefits/*.csv`, one file per section, transcribed twice (see
`tests/rules_engine/test_double_keying.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from rules_engine.datafiles import csv_rows
from rules_engine.errors import InconsistentDataError, OutsideValidityError
from rules_engine.references import Reference

KINDS = frozenset(
    "percent_brss amount ss_plus_amount amount_per_session amount_per_day amount_per_night amount_per_year "
    "full_cost none ss_only oui shared_envelope other".split()
)
PERCENT_KINDS = frozenset({"percent_brss", "ss_only"})
WITHOUT_VALUE = frozenset({"full_cost", "none", "oui"})
OFFERS: Mapping[str, tuple[str, ...]] = {
    "MSP": ("Initiale", "Equilibre", "Référence", "Intégrale"),
    "OJI": ("Essentielle", "Initiale", "Equilibre", "Référence", "Intégrale"),
    "FPE": ("panier", "option 1", "option 2"),
}


@dataclass(frozen=True)
class Cell:
    """One cell of the tables.

    Attributes:
        kind: how `value` reads (see KINDS); `value` is in € or in % of the BRSS.
        per: what one amount pays for (session, day, night, glass, implant…); empty for a rate.
        session_cap: most that one session draws from a shared yearly envelope (€).
        max_count, count_what, count_period: how many are paid in which period.
        beyond_value: amount (€) after `max_count`; extra_yearly: further yearly amount or maximum (€).
        second_value: a second figure printed in the cell whose label is lost (€).
        envelope: id of the yearly amount that several lines share.
        doubt: code of what stays doubtful in the printed cell; the assistant then warns.
    """

    offer: str
    formule: str
    line: str
    kind: str
    value: Decimal | None
    per: str
    session_cap: Decimal | None
    max_count: int | None
    count_what: str
    count_period: str
    beyond_value: Decimal | None
    extra_yearly: Decimal | None
    second_value: Decimal | None
    envelope: str
    reference: Reference
    valid_from: date
    doubt: str

    @property
    def yearly(self) -> bool:
        """Whether the amount is one for the whole calendar year."""
        return self.kind in ("shared_envelope", "amount_per_year") or self.per == "year"


class BenefitTables:
    """All cells, by (offer, formule, line) and date."""

    def __init__(self, cells: list[Cell]) -> None:
        self._cells: dict[tuple[str, str, str], list[Cell]] = {}
        for cell in cells:
            self._cells.setdefault((cell.offer, cell.formule, cell.line), []).append(cell)
        for history in self._cells.values():
            history.sort(key=lambda cell: cell.valid_from)
        self._lines = {(cell.offer, cell.line) for cell in cells}

    def has_line(self, offer: str, line: str) -> bool:
        """Whether the offer's table prints this line."""
        return (offer, line) in self._lines

    def cell(self, offer: str, formule: str, line: str, on: date) -> Cell:
        """Return the cell in force on a day.

        Raises:
            KeyError: when the offer's table has no such line or formule.
            OutsideValidityError: when the day is before the table's validity.
        """
        found: Cell | None = None
        for cell in self._cells[(offer, formule, line)]:
            if cell.valid_from <= on:
                found = cell
        if found is None:
            raise OutsideValidityError(f"table {offer} {formule} {line}", on)
        return found

    def cells(self, on: date) -> list[Cell]:
        """Return every cell in force on a day, in file order."""
        current = []
        for history in self._cells.values():
            valid = [cell for cell in history if cell.valid_from <= on]
            if valid:
                current.append(valid[-1])
        return current


@lru_cache(maxsize=1)
def benefit_tables() -> BenefitTables:
    """Return the tables of the data files, checked.

    Raises:
        InconsistentDataError: naming file and line, for an unknown kind, offer or formule, a value where there
            must be none or the reverse, or two cells for the same place and day.
    """
    cells: list[Cell] = []
    seen: set[tuple[str, str, str, date]] = set()
    for path, number, row in csv_rows("tables/benefits"):
        where = f"{path.name}:{number}"
        cell = _cell(where, row)
        key = (cell.offer, cell.formule, cell.line, cell.valid_from)
        if key in seen:
            raise InconsistentDataError(f"{where}: a second cell for {key}")
        seen.add(key)
        cells.append(cell)
    return BenefitTables(cells)


def _cell(where: str, row: Mapping[str, str]) -> Cell:
    if row["kind"] not in KINDS:
        raise InconsistentDataError(f"{where}: unknown kind {row['kind']!r}")
    if row["formule"] not in OFFERS.get(row["offer"], ()):
        raise InconsistentDataError(f"{where}: {row['offer']} has no formule {row['formule']!r}")
    if (row["value"] == "") != (row["kind"] in WITHOUT_VALUE):
        raise InconsistentDataError(
            f"{where}: kind {row['kind']} {'needs a' if not row['value'] else 'takes no'} value"
        )
    return Cell(
        offer=row["offer"],
        formule=row["formule"],
        line=row["id"],
        kind=row["kind"],
        value=_number(where, row["value"]),
        per=row["per"],
        session_cap=_number(where, row["session_cap"]),
        max_count=int(row["max_count"]) if row["max_count"] else None,
        count_what=row["count_what"],
        count_period=row["count_period"],
        beyond_value=_number(where, row["beyond_value"]),
        extra_yearly=_number(where, row["extra_yearly"]),
        second_value=_number(where, row["second_value"]),
        envelope=row["envelope"],
        reference=Reference(row["document"], row["reference"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        doubt=row["doubt"],
    )


def _number(where: str, text: str) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        raise InconsistentDataError(f"{where}: {text!r} is not a number") from None
