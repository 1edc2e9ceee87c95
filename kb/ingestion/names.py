"""Names of passages: one reference written in several ways is one key."""

from __future__ import annotations

import re

from kb.text import fold

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
DASHES = re.compile(r"\s*[–—]\s*|\s+-\s+")
REMARK = re.compile(r"\s*\([^()]*\)$")
LEVEL = re.compile(r"\b(titre|livre|partie) ([ivx]+)\b")


def key(reference: str) -> str:
    """Return what two ways of writing a reference have in common: no accents, no case, one dash, arabic numbers."""
    folded = DASHES.sub(" - ", fold(" ".join(reference.split())).strip(" ."))
    return LEVEL.sub(lambda match: f"{match[1]} {ROMAN.get(match[2], match[2])}", folded)


def keys(reference: str) -> tuple[str, ...]:
    """Return the keys under which a citation may be found: as written, then without a remark in brackets at its end."""
    plain = REMARK.sub("", reference)
    return (key(reference),) if plain == reference else (key(reference), key(plain))
