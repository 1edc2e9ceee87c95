"""What an audit of the pinned libraries found, beside what is known and cannot be mended under Rasa's pins.

`python -m bot.lint.advisories REPORT` reads pip-audit's JSON. It ends with 1 where something is to be done, and with 2
where the advisory service answered for no library: no answer is no clean bill.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.settings import ROOT

ACCEPTED = ROOT / "requirements" / "audit.yml"
TO_DO, NO_ANSWER = 1, 2


@dataclass(frozen=True)
class Accepted:
    """An advisory that stays: why it cannot be mended, what is done instead, when to look again."""

    id: str
    package: str
    why: str
    mitigation: str
    review: date


def accepted(path: Path = ACCEPTED) -> list[Accepted]:
    """Return the advisories that are known and stay."""
    return [Accepted(**each) for each in yaml.safe_load(path.read_text(encoding="utf-8"))]


def audited(report: Mapping[str, Any]) -> int:
    """Return for how many libraries the service answered."""
    return sum("vulns" in each for each in report["dependencies"])


def problems(report: Mapping[str, Any], known: Sequence[Accepted], today: date) -> list[str]:
    """Return what is to be done: advisories that nobody accepted, and acceptances that are due."""
    reviews = {(each.package, each.id): each.review for each in known}
    found = []
    for library in report["dependencies"]:
        for advisory in library.get("vulns", ()):
            names = [advisory["id"], *advisory.get("aliases", ())]
            review = next(
                (reviews[library["name"], name] for name in names if (library["name"], name) in reviews), None
            )
            what = f"{library['name']} {library.get('version', '')}: {', '.join(names)}"
            if review is None:
                mended = ", ".join(advisory.get("fix_versions", ())) or "no version yet"
                found.append(f"{what} (mended in {mended}): upgrade, or say in {ACCEPTED.name} why not")
            elif review < today:
                found.append(f"{what}: its review was due on {review}")
    return found


def main() -> None:
    """Judge a report."""
    report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    if not audited(report):
        print("The advisory service answered for no library: nothing was audited.")
        raise SystemExit(NO_ANSWER)
    found = problems(report, accepted(), date.today())
    print("\n".join(found) or f"{audited(report)} of {len(report['dependencies'])} libraries audited: nothing new.")
    raise SystemExit(TO_DO if found else 0)


if __name__ == "__main__":
    main()
