"""What a colleague reads out of an answer on the phone: its first two sentences, as plain words."""

from __future__ import annotations

import re

from bot.rendering.letters import words

MOST_SENTENCES = 2
# A sentence ends where the next word begins with a capital: neither "art. 3" nor "1.5" does.
END = re.compile(r"(?<=[.!?…])\s+(?=[«\"]?\s?[A-ZÀ-ÖØ-Þ])")
MARKS = re.compile(r"\*\*|^#+ ", re.MULTILINE)
LINK = re.compile(r"\[([^\]]+)\]\([^)\s]+\)")
LISTED = re.compile(r"\s*(?:[-*•|]|\d+[.)]\s)")


def brief(text: str) -> str:
    """Return the first sentences of an answer, without its layout, lists, tables and sources."""
    opening = LINK.sub(r"\1", MARKS.sub("", text)).strip().split("\n\n")[0]
    told = [line.strip() for line in opening.splitlines() if not _left_out(line)]
    sentences = [sentence for line in told for sentence in END.split(line) if sentence]
    return " ".join(sentences[:MOST_SENTENCES])


def _left_out(line: str) -> bool:
    return bool(LISTED.match(line)) or line.startswith(tuple(words()["left_out_lines"]))
