"""A source in a few words: "C'est l'article quarante-cinq tiret quatre du règlement"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.rendering.speech.datafiles import data
from bot.rendering.speech.sentences import sentences

ARTICLE = re.compile(r", article (\d+(?:-\d+)*|préliminaire)")


def spoken_source(sources: Sequence[Mapping[str, str]]) -> list[str]:
    """Return the sentence that tells the first source; none where there is none."""
    if not sources:
        return []
    told, reference = data("phrases")["source"], sources[0]["reference"]
    of, within = next((of, within) for start, of, within in told["instruments"] if reference.startswith(start))
    article = ARTICLE.search(reference)
    if article:
        return sentences(told["article"].format(number=article[1], instrument=of))
    annexe = re.match(r"Annexe (\d+)", reference)
    return sentences(told["other"].format(place=f"{within} {annexe[1]}" if annexe else within))
