"""What one table cell pays for an expense: pure arithmetic on euros, no facts, no text.

Percentages apply to the base of the Sécurité sociale (BRSS) and include its share, as do the amounts of the tables
(annexe 1 and annexe 3, heading "Prestations"); nothing is paid above the expense (article 16).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rules_engine.money import ZERO, percent_of, to_cents
from rules_engine.tables import PERCENT_KINDS, Cell

HEARING_AID = "hearing_aid_per_ear"


@dataclass(frozen=True)
class Expense:
    """What is known of the expense; every field may be unknown (None).

    Attributes:
        price: price of one unit (€). base: BRSS of one unit (€). secu: share paid by the Sécurité sociale (€).
        count: how many units. used: part of a yearly amount already used (€). done: units already paid this period.
    """

    price: Decimal | None = None
    base: Decimal | None = None
    secu: Decimal | None = None
    count: int | None = None
    used: Decimal | None = None
    done: int | None = None


@dataclass(frozen=True)
class Payment:
    """What is paid for an expense (€), and how.

    Attributes:
        total: Sécurité sociale and mutual together, or the mutual's part where `on_top`; None when not computable.
        ceiling: most that one unit gets. counted: units paid for. left: what stays of a yearly amount before this.
    """

    total: Decimal | None = None
    ceiling: Decimal | None = None
    counted: int | None = None
    left: Decimal | None = None
    on_top: bool = False


def pay(cell: Cell, expense: Expense, rate_limit: Decimal | None = None) -> Payment:
    """Return what a cell pays.

    Args:
        cell: the table cell.
        expense: what is known of the expense.
        rate_limit: highest rate (%) allowed, outside the parcours de soins.
    """
    if cell.kind in PERCENT_KINDS:
        return _pay_rate(cell, expense, rate_limit)
    if cell.kind == "full_cost":
        return Payment(total=_times(expense.price, expense.count))
    if cell.kind in ("none", "oui", "other"):
        return Payment(total=ZERO if cell.kind == "none" else None)
    if cell.yearly:
        return _pay_yearly(cell, expense)
    return _pay_units(cell, expense)


def units_left(cell: Cell, expense: Expense) -> int | None:
    """Return how many units the cell's limit still allows; None without a limit."""
    if cell.max_count is None or cell.count_what == HEARING_AID:
        return None  # one hearing aid an ear: the count of ears is not limited by it
    return max(0, cell.max_count - (expense.done or 0))


def _pay_rate(cell: Cell, expense: Expense, rate_limit: Decimal | None) -> Payment:
    assert cell.value is not None
    rate = cell.value if rate_limit is None else min(cell.value, rate_limit)
    if expense.base is None:
        return Payment()
    ceiling = percent_of(rate, expense.base)
    counted = _counted(cell, expense)
    total = None if expense.price is None else _times(min(expense.price, ceiling), counted)
    return Payment(total=total, ceiling=ceiling, counted=counted)


def _pay_yearly(cell: Cell, expense: Expense) -> Payment:
    assert cell.value is not None
    left = max(ZERO, cell.value - (expense.used or ZERO))
    on_top = cell.kind == "ss_plus_amount"
    unit = _lowest(expense.price if not on_top else None, cell.session_cap)
    if unit is None or (expense.price is None and expense.count is None):
        return Payment(ceiling=cell.session_cap, left=left if expense.used is not None else None, on_top=on_top)
    total = min(left, unit * (expense.count or 1))
    return Payment(total=total, ceiling=cell.session_cap, counted=expense.count, left=left, on_top=on_top)


def _pay_units(cell: Cell, expense: Expense) -> Payment:
    assert cell.value is not None
    on_top = cell.kind == "ss_plus_amount"
    if on_top and expense.secu is not None:
        ceiling = cell.value + expense.secu
        counted = _counted(cell, expense)
        total = None if expense.price is None else _times(min(expense.price, ceiling), counted)
        return Payment(total=total, ceiling=ceiling, counted=counted)
    if expense.count is None and (expense.price is None or on_top):
        return Payment(on_top=on_top)
    unit = _lowest(None if on_top else expense.price, cell.value)
    counted = _counted(cell, expense)
    total = _times(unit, counted)
    if cell.beyond_value is not None and total is not None and expense.count and counted is not None:
        beyond = _lowest(expense.price, cell.beyond_value) or ZERO
        total += beyond * (expense.count - counted)
    return Payment(total=total, ceiling=cell.value, counted=counted, on_top=on_top)


def _counted(cell: Cell, expense: Expense) -> int | None:
    limit = units_left(cell, expense)
    if expense.count is None:
        return None if limit != 0 else 0
    return expense.count if limit is None else min(expense.count, limit)


def _times(unit: Decimal | None, count: int | None) -> Decimal | None:
    return None if unit is None else to_cents(unit * (1 if count is None else count))


def _lowest(*amounts: Decimal | None) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return min(known) if known else None
