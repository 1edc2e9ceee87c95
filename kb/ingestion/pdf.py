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
            return tuple(tuple(page_lines(page.extract_words(), float(page.width))) for page in document.pages)
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


def page_lines(words: Sequence[Word], width: float) -> list[str]:
    """Return the lines of a page, its columns one after the other.

    Args:
        words: words with text, x0, x1 and top.
        width: width of the page, in the words' unit.
    """
    gutter = _gutter(words, width)
    if gutter is None:
        return _lines(words)
    ordered: list[str] = []
    left: list[Word] = []
    right: list[Word] = []
    for row in _rows(words):
        if any(word["x0"] < gutter < word["x1"] for word in row) or _bridges(row, gutter):
            ordered += [*_lines(left), *_lines(right), *_lines(row)]
            left, right = [], []
        else:
            left += [word for word in row if word["x1"] <= gutter]
            right += [word for word in row if word["x0"] >= gutter]
    return [*ordered, *_lines(left), *_lines(right)]


def _gutter(words: Sequence[Word], width: float) -> float | None:
    """Return where a vertical gap parts the page in two columns, if one does."""
    rows = _rows(words)
    best: tuple[int, float] | None = None
    for place in range(int(width * 0.3), int(width * 0.7), 2):
        clear = [row for row in rows if not _crosses(row, float(place))]
        sides = sum(1 for row in clear if any(w["x1"] <= place for w in row) and any(w["x0"] >= place for w in row))
        enough = sides >= MINIMUM_LINES and len(rows) - len(clear) <= max(1, CROSSING_SHARE * len(rows))
        if enough and (best is None or len(clear) > best[0]):
            best = (len(clear), float(place))
    return best[1] if best else None


def _crosses(row: Sequence[Word], place: float) -> bool:
    return any(w["x0"] < place + GUTTER / 2 and w["x1"] > place - GUTTER / 2 for w in row)


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
    usual = sorted(heights)[len(heights) // 2] if heights else 0.0
    for number, row in enumerate(rows):
        if number and heights[number - 1] > 1.5 * usual:
            lines.append("")
        lines.append(" ".join(str(word["text"]) for word in row))
    return lines
