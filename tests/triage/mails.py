"""The mails of the tests: invented people, real ways of writing."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=2)
def mails(name: str) -> tuple[dict[str, Any], ...]:
    """Return the mails of a file: `held` was never trained on, `personal` tells what identifies people."""
    return tuple(json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
