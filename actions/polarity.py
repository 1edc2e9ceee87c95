"""Whether "oui" or "non" may open an answer: only when a yes or no was asked for, and put that way round."""

from __future__ import annotations

import re

from actions.understood import Understood

YES_NO = re.compile(
    r"\best ce qu|\besque|\b(?:ai|suis|puis|peut|peux|pouvez|pourra\w*|a|ont|sont|est|sera|prend|prenez|couvre|"
    r"rembourse|paie|paye|doit|dois|faut)[- ](?:t[- ])?(?:je|tu|il|elle|on|nous|vous|ils|elles)\b|"
    r"\bdroit\b|\bpossible\b|\bpeu[tx]?\b|\bpouvez\b|\bcouvert|\bpris\b|\bprise\b"
)
OPEN = re.compile(r"\bcombien|\bquand\b|\bquel|\bcomment\b|\bjusqu|\ba qui\b|\bpourquoi\b|\blequel|\blaquelle|\bquoi\b")
# "Il y a un âge limite ?", "je peux refuser ?", "je perds tout ?": a yes to these is a no to the right.
ADVERSE = "adverse"


def asks_yes_or_no(understood: Understood) -> bool:
    """Return whether the message can be answered by the rule's own yes or no."""
    if ADVERSE in understood.cues:
        return False
    text = understood.repaired or understood.text
    return not OPEN.search(text) or bool(YES_NO.search(text))
