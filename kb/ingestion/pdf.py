"""Reading a PDF: words with their places, columns one after the other, top to bottom."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from kb.ingestion.errors import IngestionError

Word = Mapping[str, Any]
# Words on one line of text may differ this much in height, in points.
LINE_TOLERANCE = 3.0
# A column gap is a strip that wide, in points, with no word in it over most of the page's lines.
GUTTER = 12.0
CROSSING_SHARE = 0.08
MINIMUM_LINES = 6
# Fewer words a line than that on either side is a table, whose rows must stay whole.
WORDS_OF_A_COLUMN = 3
# What a whole file ends with, some bytes of anything allowed after it.
END, END_WITHIN = b"%%EOF", 2048


def pdf_pages(name: str, data: bytes) -> tuple[tuple[str, ...], ...]:
    """Return the lines of each page.

    Raises:
        IngestionError: for an encrypted or damaged file.
    """
    if END not in data[-END_WITHIN:]:
        # The library would mend the file and give half of the document without a word.
        raise IngestionError(
            f"{name} : PDF incomplet, sa fin manque. Le fichier est coupé : téléchargez-le de nouveau."
        )
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return tuple(tuple(page_lines(page.extract_words())) for page in document.pages)
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise _encrypted(name) from None
    except Exception as error:
        # The library raises whatever its parsers raise; for an operator all of it means a damaged file.
        if isinstance(error.__context__, PDFPasswordIncorrect | PDFEncryptionError) or "Password" in repr(error):
            raise _encrypted(name) from None
        raise IngestionError(
            f"{name} : PDF illisible ou incomplet ({type(error).__name__}). Le fichier est sans doute abîmé ou coupé : "
            "téléchargez-le de nouveau."
        ) from error


def _encrypted(name: str) -> IngestionError:
    return IngestionError(f"{name} : PDF protégé par un mot de passe. Enregistrez-en une copie sans protection.")


def page_lines(words: Sequence[Word]) -> list[str]:
    """Return the lines of a page, or of a part of one, its columns one after the other.

    Args:
        words: words with text, x0, x1 and top.
    """
    gutter = _gutter(words)
    if gutter is None:
        return _lines(words)
    ordered: list[str] = []
    left: list[Word] = []
    right: list[Word] = []
    for row in _rows(words):
        if any(word["x0"] < gutter < word["x1"] for word in row) or _bridges(row, gutter):
            ordered += [*page_lines(left), *page_lines(right), *_lines(row)]
            left, right = [], []
        else:
            left += [word for word in row if word["x1"] <= gutter]
            right += [word for word in row if word["x0"] >= gutter]
    return [*ordered, *page_lines(left), *page_lines(right)]


def _gutter(words: Sequence[Word]) -> float | None:
    """Return where a vertical gap parts words in two columns of prose, if one does."""
    if not words:
        return None
    rows = _rows(words)
    first, last = min(float(w["x0"]) for w in words), max(float(w["x1"]) for w in words)
    best: tuple[int, float] | None = None
    for step in range(20, 80):
        place = first + (last - first) * step / 100
        clear = [row for row in rows if not _crosses(row, place)]
        sides = [row for row in clear if row[0]["x1"] <= place <= row[-1]["x0"]]
        enough = len(sides) >= MINIMUM_LINES and len(rows) - len(clear) <= max(1, CROSSING_SHARE * len(rows))
        if enough and _is_prose(sides, place) and (best is None or len(clear) > best[0]):
            best = (len(clear), place)
    return best[1] if best else None


def _is_prose(rows: Sequence[Sequence[Word]], place: float) -> bool:
    """Whether both sides of a gap hold words rather than the cells of a table."""
    left = sorted(sum(1 for w in row if w["x1"] <= place and str(w["text"]).isalpha()) for row in rows)
    right = sorted(sum(1 for w in row if w["x0"] >= place and str(w["text"]).isalpha()) for row in rows)
    return min(left[len(left) // 2], right[len(right) // 2]) >= WORDS_OF_A_COLUMN


def _crosses(row: Sequence[Word], place: float) -> bool:
    low, high = place - GUTTER / 2, place + GUTTER / 2
    return any(word["x0"] < high and word["x1"] > low for word in row)


def _bridges(row: Sequence[Word], gutter: float) -> bool:
    """Whether a row runs on across the gap: a heading over both columns."""
    left = [w for w in row if w["x1"] <= gutter]
    right = [w for w in row if w["x0"] >= gutter]
    return bool(left and right) and right[0]["x0"] - left[-1]["x1"] < GUTTER / 2


def _rows(words: Iterable[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w["top"], w["x0"])):
        if rows and abs(rows[-1][0]["top"] - word["top"]) <= LINE_TOLERANCE:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: float(w["x0"])) for row in rows]


def _lines(words: Sequence[Word]) -> list[str]:
    """Return rows as lines; a gap of more than a line and a half becomes an empty line."""
    lines: list[str] = []
    rows = _rows(words)
    heights = [b[0]["top"] - a[0]["top"] for a, b in pairwise(rows)]
    # The lower quarter: in tables most gaps are wider than that of two lines of one text.
    usual = sorted(heights)[len(heights) // 4] if heights else 0.0
    for number, row in enumerate(rows):
        if number and heights[number - 1] > 1.5 * usual:
            lines.append("")
        lines.append(" ".join(str(word["text"]) for word in row))
    return lines
