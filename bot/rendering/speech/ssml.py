"""Spoken sentences as SSML 1.1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

NAMESPACE = "http://www.w3.org/2001/10/synthesis"
# Rate and pause (milliseconds) by speed.
RATES = {-1: ("slow", 700), 0: ("medium", 300), 1: ("fast", 150)}
SPELT = re.compile(r"\b[A-Z](?: [A-Z]\b)+")


def ssml(sentences: Sequence[str], speed: int = 0) -> str:
    """Return sentences as a document for a synthesiser.

    Args:
        sentences: as said.
        speed: -1 slowly, 0, 1 fast.
    """
    root = f'<speak version="1.1" xmlns="{NAMESPACE}" xml:lang="fr-FR">'
    return f"{root}{prosody(sentences, speed)}</speak>"


def prosody(sentences: Sequence[str], speed: int = 0) -> str:
    """Return the inside of such a document: sentences with their pauses, at a rate."""
    rate, pause = RATES[speed]
    said = f'<break time="{pause}ms"/>'.join(f"<s>{_spelt(escape(sentence))}</s>" for sentence in sentences)
    return f'<prosody rate="{rate}">{said}</prosody>'


def _spelt(sentence: str) -> str:
    """Return a sentence whose letters said one by one are marked so."""
    return SPELT.sub(lambda found: f'<say-as interpret-as="characters">{found[0].replace(" ", "")}</say-as>', sentence)
