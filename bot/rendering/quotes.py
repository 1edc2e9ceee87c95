"""Quoting the official documents in the sources of an answer, where they are ingested."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kb.ingestion.excerpts import excerpt

INNER = re.compile(r"«\s*([^«»]*?)\s*»")


def quoted(sources: Sequence[Mapping[str, str]], about: str) -> list[dict[str, str]]:
    """Return sources with a short excerpt of the passage of each; a passage is quoted once.

    Args:
        sources: {"document", "reference"} objects.
        about: the words of the answer; of a long passage, the part nearest to them is quoted.
    """
    found: list[dict[str, str]] = []
    said: set[str] = set()
    for source in sources:
        words = excerpt(source["document"], source["reference"], about)
        if words is None or words in said:
            found.append(dict(source))
            continue
        said.add(words)
        found.append({**source, "excerpt": between_quotes(words)})
    return found


def between_quotes(text: str) -> str:
    """Return a text as French quotes it; what it quotes itself gets the marks of a quotation within another."""
    inner = INNER.sub(r"“\1”", text).replace("«", "“").replace("»", "”")
    return f"« {inner} »"
