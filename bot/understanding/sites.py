"""Which contracts the site named in a message rules out: members of MGEN Solutions have a space of their own."""

from __future__ import annotations

import re

from bot.understanding.lexicons import lexicon
from bot.understanding.text import fold

SITES = [(re.compile(site["named"]), tuple(site["ruled_out"])) for site in lexicon("mutual")["sites"]]


def ruled_out(text: str) -> list[str]:
    """Return the contracts that the sites named leave out, sorted; none where no site is named."""
    folded = fold(text)
    return sorted({contract for named, contracts in SITES if named.search(folded) for contract in contracts})
