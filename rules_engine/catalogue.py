"""The catalogue of benefits: families that members name, the table lines of each, and the facts that select a line.

The data stand in `catalogue/*.yml`; a new benefit is a new entry there and its cells in the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from rules_engine.datafiles import yaml_files
from rules_engine.errors import InconsistentDataError
from rules_engine.facts import vocabulary

GROUPS_FILE = "groupes"
FAMILY_FILES = ("soins_courants", "hospitalisation", "dentaire", "optique_audition")


@dataclass(frozen=True)
class Line:
    """One table line and the conditions, any of which selects it: fact id → accepted values."""

    id: str
    when: tuple[Mapping[str, tuple[Any, ...]], ...]


@dataclass(frozen=True)
class Part:
    """One component of a composite benefit (two lenses of a pair of glasses)."""

    family: str
    count: int
    label: str


@dataclass(frozen=True)
class Family:
    """What a member names: a benefit and the lines that it can mean.

    Attributes:
        contextual: `words` that name it only beside one of `context`.
        facets: the facts that tell its lines apart, in the order in which to ask.
        presume: facts taken as such until the member says otherwise; every answer states them.
        quantity: what `quantite` counts (session, day, night…), empty when counting makes no sense.
        articles: articles of the règlement MSP that set conditions.
        flat_fee: whether the participation forfaitaire applies to it.
        above_base: whether rates above 100 % pay dépassements, hence only within the parcours de soins.
        excluded: reason code, for what is never paid for; unreimbursed_line: the line that pays when the Sécurité
            sociale does not; eligibility: boolean facts that must not be false, fact → article;
            eligibility_if_reimbursed: the same, for what the Sécurité sociale pays only.
        includes_secu: whether its amounts include the share of the Sécurité sociale (heading "Prestations").
        base_parameter: dated parameter that holds the BRSS where it is well known.
        requires: name of an eligibility condition that the reimbursement rule checks.
        renewal: name of the renewal period that applies (lunettes, aide_auditive).
        parts: components, for a composite.
        count_facts: facts that a count of the message gives (number of teeth), fact → unit.
        representative_of: for a shared envelope named as such, the lines that draw on it.
    """

    id: str
    label: str
    section: str
    lines: tuple[Line, ...]
    words: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    contextual: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    presume: Mapping[str, Any] = field(default_factory=dict)
    quantity: str = ""
    articles: tuple[str, ...] = ()
    flat_fee: bool = False
    above_base: bool = False
    includes_secu: bool = False
    excluded: str = ""
    unreimbursed_line: str = ""
    eligibility: Mapping[str, str] = field(default_factory=dict)
    eligibility_if_reimbursed: Mapping[str, str] = field(default_factory=dict)
    base_parameter: str = ""
    requires: str = ""
    renewal: str = ""
    parts: tuple[Part, ...] = ()
    count_facts: Mapping[str, str] = field(default_factory=dict)
    representative_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """A word that names several families; `titles` are the French button titles."""

    id: str
    words: tuple[str, ...]
    families: tuple[str, ...]
    titles: Mapping[str, str]
    weak: bool = False


@dataclass(frozen=True)
class Catalogue:
    """All families and groups."""

    families: Mapping[str, Family]
    groups: Mapping[str, Group]

    def line_ids(self) -> set[str]:
        """Return the id of every table line that some family leads to."""
        return {line.id for family in self.families.values() for line in family.lines}

    def names(self, families: Iterable[str]) -> set[str]:
        """Return families and the table lines of each: what speaks of a benefit may name either.

        Raises:
            KeyError: for a family that does not exist.
        """
        named = set(families)
        return named | {line.id for name in named for line in self.families[name].lines}


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Return the catalogue of the data files, checked.

    Raises:
        InconsistentDataError: for a duplicate family, a facet that is no fact, a value that the fact excludes, or a
            group or part that names no family.
    """
    families: dict[str, Family] = {}
    groups: dict[str, Group] = {}
    for path, entries in yaml_files("catalogue"):
        for entry_id, spec in entries.items():
            if path.stem == GROUPS_FILE:
                groups[entry_id] = _group(entry_id, spec)
            elif entry_id in families:
                raise InconsistentDataError(f"{path.name}: family {entry_id} is defined twice")
            else:
                families[entry_id] = _family(entry_id, path.stem, spec)
    named = {name for group in groups.values() for name in group.families}
    named |= {part.family for family in families.values() for part in family.parts}
    if named - families.keys():
        raise InconsistentDataError(f"catalogue: no family is called {sorted(named - families.keys())}")
    return Catalogue(families, groups)


def _group(group_id: str, spec: Mapping[str, Any]) -> Group:
    return Group(
        id=group_id,
        words=tuple(map(str, spec["words"])),
        families=tuple(spec["families"]),
        titles=spec.get("titles", {}),
        weak=spec.get("weak", False),
    )


def _family(family_id: str, section: str, spec: Mapping[str, Any]) -> Family:
    options = dict(spec)
    lines = tuple(_line(line_id, when) for line_id, when in options.pop("lines").items())
    parts = tuple(Part(name, part["count"], part["label"]) for name, part in options.pop("parts", {}).items())
    for name in ("words", "hints", "facets", "articles", "representative_of"):
        options[name] = tuple(map(str, options.get(name, ())))
    family = Family(id=family_id, section=section, lines=lines, parts=parts, **options)
    facts = vocabulary()
    for fact_id, value in family.presume.items():
        facts[fact_id].parse(value)
    for line in lines:
        for condition in line.when:
            for fact_id, values in condition.items():
                if fact_id not in family.facets:
                    raise InconsistentDataError(f"{family_id}: {line.id} depends on {fact_id}, not among its facets")
                for value in values:
                    facts[fact_id].parse(value)
    return family


def _line(line_id: str, when: Any) -> Line:
    alternatives = when if isinstance(when, list) else [when]
    return Line(
        line_id,
        tuple(
            {fact: tuple(value) if isinstance(value, list) else (value,) for fact, value in condition.items()}
            for condition in alternatives
        ),
    )
