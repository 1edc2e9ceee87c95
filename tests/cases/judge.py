"""Scoring a reply against a case: patterns wanted and forbidden, kind, citation."""

from __future__ import annotations

import re
from typing import Any

SPACES = re.compile("[\u00a0\u202f]")
ACCEPTED = {
    "answer": {"answer", "handover", "smalltalk"},
    "handover": {"answer", "handover", "out_of_scope", "smalltalk"},
    "out_of_scope": {"out_of_scope", "handover"},
    "emergency": {"emergency"},
    "question": {"question"},
}


def faults(case: dict[str, Any], messages: list[dict[str, Any]]) -> list[str]:
    """Return what is wrong with a reply; empty when nothing is."""
    parts = [message["text"] for message in messages]
    parts += [f"[{button['title']}]" for message in messages for button in message.get("buttons", [])]
    text = SPACES.sub(" ", "\n".join(parts)).replace("’", "'").replace("**", "")
    cited = [source["reference"] for message in messages for source in message["custom"]["sources"]]
    kind = messages[-1]["custom"]["kind"] if messages else ""

    def found(pattern: str, where: str) -> bool:
        return re.search(pattern, where, re.IGNORECASE | re.DOTALL) is not None

    problems = [f"missing {pattern}" for pattern in case.get("expect", []) if not found(pattern, text)]
    problems += [f"forbidden {pattern}" for pattern in case.get("forbid", []) if found(pattern, text)]
    if kind not in ACCEPTED[case["kind"]]:
        problems.append(f"kind {kind}")
    wanted = case.get("source") if case["kind"] == "answer" else ""
    if wanted and not any(found(wanted, reference) for reference in [*cited, text]):
        problems.append(f"citation {cited}")
    return problems
