"""Knowledge-base entries: answers in the project's own words, each with contract, validity and references.

The data stand in `entries/*.yml`. A figure in an answer is a placeholder `{{ parameter }}`, filled by whoever shows it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "entries"
PLACEHOLDER = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")
CARE_THEMES = frozenset({"frais_sante", "hospitalisation", "prevention", "se_soigner_autrement", "vocabulaire"})
CARE = re.compile(r"Santé Prévoyance, article (?:2[89]|3[0-8])\b|Annexe 1\b")
KINDS = ("answer", "handover")
CONTRACTS = frozenset({"MSP", "OJI", "FPE", "SOLUTIONS"})


class EntryError(ValueError):
    """An entry file that cannot be used; the message names file and entry and says what to do."""


@dataclass(frozen=True)
class Entry:
    """One entry.

    Attributes:
        questions: what members ask, in their words.
        answer: chat answer with placeholders; short: at most two spoken sentences.
        contracts: contracts concerned, empty for all.
        references: {"document", "reference"} objects.
        kind: answer, or handover when an adviser must go on.
        families: benefit families that the entry explains.
        rule: the rule that computes the answer; the answer may then be empty.
    """

    id: str
    title: str
    questions: tuple[str, ...]
    answer: str
    short: str
    contracts: frozenset[str]
    valid_from: date
    references: tuple[Mapping[str, str], ...]
    kind: str = "answer"
    families: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    theme: str = ""
    rule: str = ""

    @property
    def on_care(self) -> bool:
        """Whether the entry explains what is paid of care (règlement MSP 28 to 39, annexe 1) rather than a right."""
        return self.theme in CARE_THEMES or all(CARE.search(reference["reference"]) for reference in self.references)

    @property
    def answer_id(self) -> str:
        """What answers: the rule, or the entry itself; entries that one rule answers are one."""
        return self.rule or self.id

    def placeholders(self) -> set[str]:
        """Return the names of the parameters that the entry needs."""
        return set(PLACEHOLDER.findall(self.answer)) | set(PLACEHOLDER.findall(self.short))

    def concerns(self, contract: str | None) -> bool:
        """Whether the entry may answer a member of a contract (None: contract unknown)."""
        return contract is None or not self.contracts or contract in self.contracts


@lru_cache(maxsize=1)
def entries() -> Mapping[str, Entry]:
    """Return all entries by id.

    Raises:
        EntryError: for a duplicate id, a missing field, an unknown contract or a link to no entry.
    """
    found: dict[str, Entry] = {}
    for path in sorted(FOLDER.glob("*.yml")):
        for spec in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or []:
            entry = _entry(path, spec)
            if entry.id in found:
                raise EntryError(f"{path.name}: two entries are called {entry.id}")
            found[entry.id] = entry
    for entry in found.values():
        unknown = set(entry.see_also) - found.keys()
        if unknown:
            raise EntryError(f"{entry.theme}: {entry.id} sends to {sorted(unknown)}, which do not exist")
    return found


def _entry(path: Path, spec: Mapping[str, Any]) -> Entry:
    try:
        entry = Entry(
            id=spec["id"],
            title=spec["title"],
            questions=tuple(spec["questions"]),
            answer=spec.get("answer", "").strip(),
            short=spec.get("short", "").strip(),
            contracts=frozenset(spec["contracts"]),
            valid_from=spec["valid_from"],
            references=tuple(spec["references"]),
            kind=spec.get("kind", "answer"),
            families=tuple(spec.get("families") or ()),
            see_also=tuple(spec.get("see_also") or ()),
            theme=path.stem,
            rule=spec.get("rule", ""),
        )
    except KeyError as error:
        raise EntryError(f"{path.name}: entry {spec.get('id', '?')} lacks the field {error}") from None
    if not all(isinstance(question, str) for question in entry.questions):
        raise EntryError(f"{path.name}: entry {entry.id}: put quotes around each question that holds a colon")
    if (
        entry.kind not in KINDS
        or entry.contracts - CONTRACTS
        or not entry.references
        or not (entry.answer or entry.rule)
    ):
        raise EntryError(
            f"{path.name}: entry {entry.id} has a wrong kind or contract, no reference, or neither answer nor rule"
        )
    return entry
