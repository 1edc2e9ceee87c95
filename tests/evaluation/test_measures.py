"""Shares, calibration and confusions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.measures import calibration_error, confusions, share


def test_a_share_of_nothing_is_unknown() -> None:
    assert share([]) is None
    assert share([True, False, True, True]) == 0.75


def test_confidence_that_is_right_as_often_has_no_error() -> None:
    assert calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]) == pytest.approx(0.0)
    assert calibration_error([(0.9, False)] * 4) == pytest.approx(0.9)
    assert calibration_error([]) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_calibration_error_is_a_share(predictions: list[tuple[float, bool]]) -> None:
    error = calibration_error(predictions)
    assert error is not None
    assert 0 <= error <= 1 + 1e-9


def test_confusions_are_counted_most_frequent_first() -> None:
    pairs = [("a", "b"), ("a", "b"), ("b", "a"), ("a", "a")]
    assert confusions(pairs) == [("a", "b", 2), ("b", "a", 1)]
