"""What the classifier reads beside the words: marks of what the reader found, as words that no member writes."""

from __future__ import annotations

from datetime import date

from bot.understanding.reader import Reading, read, tokenise
from bot.understanding.worlds import worlds
from kb.search import find

LENGTHS = ((4, "xlen0"), (9, "xlen1"), (25, "xlen2"))
KB_STEPS = ((0.75, "xkb3"), (0.55, "xkb2"), (0.35, "xkb1"))


def marks(text: str, reading: Reading, today: date) -> list[str]:
    """Return the marks of a message."""
    found = [f"xcue{cue}" for cue in sorted(reading.cues)]
    found += [f"xfact{name}" for name in ("formule", "contrat", "age", "prix") if name in reading.facts]
    if reading.linked.families or reading.linked.group:
        found.append("xbenefit" if reading.linked.strong else "xhint")
    for world, count in worlds(tokenise(text)).items():
        found += [f"x{world}{min(count, 2)}"]
    found.append(next((mark for limit, mark in LENGTHS if reading.words < limit), "xlen3"))
    hits = find(reading.text, None, today, limit=1)
    coverage = hits[0].coverage if hits else 0.0
    found.append(next((mark for limit, mark in KB_STEPS if coverage >= limit), "xkb0"))
    return found


def featured(text: str, today: date) -> str:
    """Return the repaired text followed by its marks, each twice so that it counts."""
    reading = read(text, today)
    return " ".join([reading.text, *marks(text, reading, today)])
