"""Checking the parameters: every figure once, dated, with its reference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from kb.lint_text import check_citation
from kb.located import Node
from kb.problems import Place, Problem, check_history, check_names, nearest, read, twice

FIELDS = ("label", "unit", "values", "checked_on")
VALUE_FIELDS = ("value", "document", "reference")
NUMBERS = ("EUR", "USD", "percent", "days", "working_days", "months", "years", "count", "hours", "age")
TEXTS = ("phone", "text")
# A figure that public authorities set and publish themselves: its reference is free.
PUBLIC = "public"


def lint_parameters(folder: Path) -> tuple[list[Problem], dict[str, date]]:
    """Return what is wrong in the parameters of a folder, and the first day of validity of each."""
    problems: list[Problem] = []
    places: dict[str, list[tuple[Place, Node]]] = defaultdict(list)
    starts: dict[str, date] = {}
    for path in sorted(folder.glob("*.yml")):
        place = Place(path)
        root = read(place, problems)
        if root is None:
            continue
        todo = "commencez par « nom_du_parametre: », puis ses champs en retrait"
        if root.value is not None and not isinstance(root.value, dict):
            problems.append(place.problem(root, "le fichier n'est pas une suite de paramètres", todo))
        for name, line in root.twice:
            problems.append(place.problem(line, f"le paramètre « {name} » est écrit deux fois", "gardez-en un seul"))
        for name, node in root.mapping().items():
            places[name].append((place, node))
            problems += _parameter(place, name, node)
            starts[name] = _start(node)
    problems += twice(places, "le paramètre")
    return problems, starts


def _parameter(place: Place, name: str, node: Node) -> Iterator[Problem]:
    what = f"paramètre « {name} »"
    yield from check_names(place, node, FIELDS, FIELDS, what)
    found = node.mapping()
    unit = found["unit"].value if "unit" in found else None
    if unit is not None and unit not in (*NUMBERS, *TEXTS):
        todo = f"choisissez parmi {', '.join((*NUMBERS, *TEXTS))}{nearest(str(unit), (*NUMBERS, *TEXTS))}"
        yield place.problem(found["unit"], f"{what} : unité inconnue « {unit} »", todo)
    if "checked_on" in found and not isinstance(found["checked_on"].value, date):
        yield place.problem(found["checked_on"], f"{what} : « checked_on » n'est pas une date", "écrivez AAAA-MM-JJ")
    if "values" in found:
        yield from _values(place, found["values"], unit, what)


def _values(place: Place, values: Node, unit: object, what: str) -> Iterator[Problem]:
    if not values.mapping():
        todo = "écrivez « 2026-01-01: {value: …, document: …, reference: … } »"
        yield place.problem(values, f"{what} : aucune valeur datée", todo)
    yield from check_history(place, values, what)
    for node in values.mapping().values():
        if node.value is None:
            continue
        yield from check_names(place, node, VALUE_FIELDS, VALUE_FIELDS, what)
        found = node.mapping()
        if "value" in found and unit in NUMBERS and not _number(found["value"].value):
            todo = "écrivez un nombre, un point pour la virgule (12.50), sans symbole"
            yield place.problem(found["value"], f"{what} : « {found['value'].value} » n'est pas un nombre", todo)
        if {"document", "reference"} <= found.keys() and found["document"].value != PUBLIC:
            document, reference = found["document"].value, found["reference"].value
            yield from check_citation(place, found["reference"], document, reference, what)


def _number(value: object) -> bool:
    if value is None or isinstance(value, bool):
        return value is None
    try:
        return Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False


def _start(node: Node) -> date:
    """Return the first day of validity of a parameter, the last day of all when it has none."""
    values = node.mapping().get("values", Node(None, 0)).mapping()
    days = []
    for written in values:
        try:
            days.append(date.fromisoformat(written))
        except ValueError:
            continue
    return min(days, default=date.max)
