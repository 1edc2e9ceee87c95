"""What a payment is told as: outcome, amounts and details of one table cell (annexes 1 and 3, article 28)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rules_engine.catalogue import Family
from rules_engine.decision import Amount
from rules_engine.money import ZERO, to_cents
from rules_engine.payment import Expense, Payment, units_left
from rules_engine.tables import PERCENT_KINDS, Cell


@dataclass(frozen=True)
class Context:
    """What the decision on one cell is built from."""

    family: Family
    cell: Cell
    expense: Expense
    payment: Payment
    rate_limit: Decimal | None
    fee: Decimal | None


def outcome_of(context: Context) -> str:
    """Return whether something is paid: denied once a number of acts or a yearly amount is used up."""
    if context.cell.kind in ("none", "ss_only"):
        return "denied"
    if context.rate_limit is not None:
        return "partial"
    left = units_left(context.cell, context.expense)
    if (left == 0 and context.cell.beyond_value is None) or context.payment.left == ZERO:
        return "denied"
    return "granted"


def amounts_of(context: Context) -> tuple[Amount, ...]:
    """Return the figures, what the member asked for first: the total where computable, then the cell's own."""
    cell, payment = context.cell, context.payment
    amounts = _cell_amounts(cell, context.rate_limit)
    if payment.left is not None:
        amounts.append(Amount("left", payment.left, "EUR"))
    if payment.ceiling is not None and cell.kind in PERCENT_KINDS:
        amounts.append(Amount("ceiling", payment.ceiling, "EUR"))
    if payment.total is not None and cell.kind != "none" and context.rate_limit is None:
        amounts[:0] = _total_amounts(context, payment.total)
    return tuple(amounts)


def _total_amounts(context: Context, covered: Decimal) -> list[Amount]:
    """Return total paid and what stays to pay, the participation forfaitaire taken off (article 28)."""
    count = context.payment.counted or 1
    fee = ZERO if context.fee is None else context.fee * count
    total = max(ZERO, covered - fee)
    name = "mutual_total" if context.payment.on_top else "total"
    amounts = [Amount(name, to_cents(total), "EUR")]
    if fee:
        amounts.append(Amount("covered", to_cents(covered), "EUR"))
        amounts.append(Amount("fee", to_cents(fee), "EUR"))
    if context.expense.price is not None and not context.payment.on_top:
        spent = context.expense.price * (context.expense.count or 1)
        amounts.append(Amount("remaining", to_cents(spent - total), "EUR"))
    return amounts


def _cell_amounts(cell: Cell, rate_limit: Decimal | None) -> list[Amount]:
    if cell.kind in PERCENT_KINDS and cell.value is not None:
        rate = cell.value if rate_limit is None else min(cell.value, rate_limit)
        amounts = [Amount("rate", rate, "percent")]
    elif cell.kind in ("full_cost", "oui"):
        amounts = [Amount("full_cost", None, "")]
    elif cell.kind == "none":
        amounts = []
    elif cell.yearly:
        amounts = [Amount("yearly", cell.value, "EUR", "year")]
    else:
        amounts = [Amount("amount", cell.value, "EUR", cell.per)]
    optional = (
        ("session_cap", cell.session_cap, "session"),
        ("extra_yearly", cell.extra_yearly, "year"),
        ("beyond", cell.beyond_value, cell.per),
        ("second", cell.second_value, cell.per),
    )
    return amounts + [Amount(name, value, "EUR", per) for name, value, per in optional if value is not None]


def details_of(context: Context) -> dict[str, Any]:
    """Return what the sentences need beside the amounts."""
    cell, expense = context.cell, context.expense
    return {
        "family": context.family.id,
        "line": cell.line,
        "offer": cell.offer,
        "formule": cell.formule,
        "kind": cell.kind,
        "per": cell.per,
        "on_top": context.payment.on_top or cell.kind == "ss_plus_amount",
        "max_count": cell.max_count,
        "count_what": cell.count_what,
        "count_period": cell.count_period,
        "envelope": cell.envelope,
        "price": expense.price,
        "base": expense.base,
        "base_known": expense.base is not None and "base_remboursement" in context.family.base_parameter,
        "count": expense.count,
        "counted": context.payment.counted,
        "used": expense.used,
        "substance": _substance(context),
    }


def _substance(context: Context) -> tuple[Any, ...]:
    """Return what tells two answers apart: a shared yearly amount is the same through whichever line it is reached."""
    cell = context.cell
    value = cell.value
    if context.rate_limit is not None and value is not None:
        value = min(value, context.rate_limit)
    shape = ("yearly", cell.envelope, value) if cell.envelope and cell.yearly else (cell.kind, value)
    return (
        *shape,
        cell.per,
        cell.session_cap,
        cell.max_count,
        cell.beyond_value,
        cell.extra_yearly,
        context.rate_limit,
        context.payment.total,
        context.fee,
    )
