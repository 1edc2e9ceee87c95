"""What the project knows of each official document: `outlines/*.yml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "outlines"


@dataclass(frozen=True)
class InstrumentSpec:
    """One instrument of a document (statuts, règlement, annexe, notice).

    Attributes:
        style: legal, notice or tables.
        opens: the line that opens it; confirmed_by: what one of the lines below must say.
        sections: for tables, the lines that open a section and its name; groups: for a notice, headings over sections.
        opening: for a notice, what it begins with.
        names: other ways in which it may be cited.
    """

    reference: str
    style: str
    opens: re.Pattern[str]
    confirmed_by: re.Pattern[str]
    sections: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    opening: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A section of a guide: its name, the line that opens it, and which of the lines that say so."""

    name: str
    opens: str
    nth: int = 1


@dataclass(frozen=True)
class GuideSpec:
    """A guide.

    Attributes:
        prefix: what its references begin with; cover: the name of what stands before the first section.
        by_page: whether a heading names the whole page on which it stands, wherever it is printed.
        titles: patterns of headings within a section; empty: whatever the layout shows as one.
        illustrations: patterns of descriptions of pictures and of the sample data that screens show.
        prose: patterns of what is text in a document made of screens; empty: everything else is.
    """

    prefix: str
    cover: str
    sections: tuple[Section, ...]
    by_page: bool = False
    titles: tuple[re.Pattern[str], ...] = ()
    illustrations: tuple[re.Pattern[str], ...] = ()
    prose: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True)
class Spec:
    """One official document.

    Attributes:
        recognised_by: patterns that its text matches whatever its file is called; all must match.
        edition: pattern whose first group is the year of the edition.
        noise: patterns of lines that the extraction adds.
    """

    document: str
    title: str
    recognised_by: tuple[re.Pattern[str], ...]
    edition: re.Pattern[str] | None
    noise: tuple[re.Pattern[str], ...]
    instruments: tuple[InstrumentSpec, ...] = ()
    guide: GuideSpec | None = None


@lru_cache(maxsize=1)
def specs() -> Mapping[str, Spec]:
    """Return the outlines by document."""
    found = {}
    for path in sorted(FOLDER.glob("*.yml")):
        found[path.stem] = _spec(path.stem, yaml.safe_load(path.read_text(encoding="utf-8")))
    return found


def spec_for(name: str, text: str) -> Spec | None:
    """Return the outline of a document, known by the name of its file or by its text."""
    if name in specs():
        return specs()[name]
    return next((s for s in specs().values() if all(pattern.search(text) for pattern in s.recognised_by)), None)


def _spec(document: str, raw: Mapping[str, Any]) -> Spec:
    return Spec(
        document=document,
        title=raw["title"],
        recognised_by=_patterns(raw["recognised_by"]),
        edition=re.compile(raw["edition"]) if raw.get("edition") else None,
        noise=_patterns(raw.get("noise", [])),
        instruments=tuple(_instrument(item) for item in raw.get("instruments", [])),
        guide=_guide(raw["guide"]) if "guide" in raw else None,
    )


def _instrument(raw: Mapping[str, Any]) -> InstrumentSpec:
    return InstrumentSpec(
        reference=raw["reference"],
        style=raw["style"],
        opens=re.compile(raw["opens"]),
        confirmed_by=re.compile(raw.get("confirmed_by", "")),
        sections=raw.get("sections", {}),
        groups=tuple(raw.get("groups", [])),
        opening=raw.get("opening", ""),
        names=tuple(raw.get("names", [])),
    )


def _guide(raw: Mapping[str, Any]) -> GuideSpec:
    sections: list[dict[str, Any]] = [s if isinstance(s, dict) else {"name": s} for s in raw["sections"]]
    return GuideSpec(
        prefix=raw["prefix"],
        cover=raw["cover"],
        sections=tuple(Section(s["name"], s.get("opens", s["name"]), s.get("nth", 1)) for s in sections),
        by_page=raw.get("by_page", False),
        titles=_patterns(raw.get("titles", [])),
        illustrations=_patterns(raw.get("illustrations", [])),
        prose=_patterns(raw.get("prose", [])),
    )


def _patterns(raw: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in raw)
