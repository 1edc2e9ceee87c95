"""Figures of labelled predictions: shares, calibration, confusion. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

BINS = 10


def share(marks: Iterable[bool]) -> float | None:
    """Return the share (0 to 1) of true marks; None of no mark."""
    held = list(marks)
    return sum(held) / len(held) if held else None


def calibration_error(predictions: Sequence[tuple[float, bool]]) -> float | None:
    """Return the expected calibration error: how far confidences (0 to 1) are from being right that often.

    Args:
        predictions: confidence and whether the prediction was right; gathered in ten bins of equal width.
    """
    if not predictions:
        return None
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in predictions:
        bins.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, right))
    return sum(abs(sum(c for c, _ in held) - sum(r for _, r in held)) for held in bins.values()) / len(predictions)


def confusions(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """Return (wanted, got, times) of what was taken for something else, the most frequent first."""
    counts = Counter((wanted, got) for wanted, got in pairs if wanted != got)
    most = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return [(wanted, got, times) for (wanted, got), times in most]
