"""The labelled messages that measure understanding, by author.

Authors in `READ` may be read when the assistant is mended; the others are kept aside: their figures are what a message
of somebody unknown is worth.
"""

from __future__ import annotations

from bot.settings import ROOT
from bot.utterances import Utterance, utterances

FOLDER = ROOT / "tests" / "evaluation" / "data"
READ = frozenset({"E"})
READ_SPLIT = "read"
SPLITS = ("aside", READ_SPLIT, "all")


def measured(split: str) -> list[Utterance]:
    """Return the labelled messages of a split: aside, read or all.

    Raises:
        ValueError: for another split.
    """
    if split not in SPLITS:
        raise ValueError(f"{split}: the splits are {', '.join(SPLITS)}")
    return [each for each in utterances(FOLDER) if split == "all" or (each.author in READ) == (split == READ_SPLIT)]
