"""Write `data/labelled.jsonl` from the messages of `data/written`: `python -m tests.privacy.make_labelled`.

A line there is a message; `<kind>text</kind>` is personal, `<slot/>` takes an invented value (`values`). A line with
slots becomes several messages. Which half a line goes to, mended on or only measured, its own words decide: all that
becomes of one line is in one half, so that the measured half holds no sentence that was mended on.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from tests.privacy.values import kind_of, value

DATA = Path(__file__).parent / "data"
WRITTEN, LABELLED = DATA / "written", DATA / "labelled.jsonl"
SEED = 20260312
TIMES = 6
MENDED, MEASURED = "mended", "measured"
MARK = re.compile(r"<(?P<slot>[a-z_]+)/>|<(?P<kind>[a-z]+)>(?P<text>.*?)</(?P=kind)>", re.DOTALL)


def labelled() -> Iterator[dict[str, Any]]:
    """Yield every message with where its personal data stand."""
    random = Random(SEED)
    for path in sorted(WRITTEN.glob("*.txt")):
        group, style = path.stem.split("_")
        for place, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            slots = style == "slots"
            told, text = line.split("|", 1) if slots else (style, line)
            for time in range(TIMES if slots else 1):
                name = f"{group}-{style}-{place}-{time}"
                yield {"id": name, "style": told, "half": half_of(line), **filled(text.replace("\\n", "\n"), random)}


def half_of(line: str) -> str:
    """Return which half a line goes to."""
    return (MENDED, MEASURED)[hashlib.sha256(line.encode()).digest()[0] % 2]


def filled(line: str, random: Random) -> dict[str, Any]:
    """Return a line's text, its slots filled, and the places of what is personal in it."""
    text, spans, last = "", [], 0
    for mark in MARK.finditer(line):
        text += line[last : mark.start()]
        last = mark.end()
        said = mark["text"] or value(mark["slot"], random)
        kind = mark["kind"] or kind_of(mark["slot"])
        if kind:
            spans.append({"start": len(text), "end": len(text) + len(said), "kind": kind})
        text += said
    return {"text": text + line[last:], "spans": spans}


if __name__ == "__main__":
    lines = [json.dumps(message, ensure_ascii=False) for message in labelled()]
    LABELLED.write_text("\n".join(lines) + "\n", encoding="utf-8")
