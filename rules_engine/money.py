"""Amounts in euros: Decimal, rounded to the cent, half up, once, at the end of a computation."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal(0)


def to_cents(amount: Decimal) -> Decimal:
    """Return the amount rounded to the cent (half up)."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def percent_of(rate: Decimal, base: Decimal) -> Decimal:
    """Return `rate` % of `base` (€), rounded to the cent."""
    return to_cents(rate * base / 100)
