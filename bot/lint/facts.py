"""Checking the facts: what members can tell, and the words that tell it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from bot.lint.words import check_phrases
from kb.located import Node
from kb.problems import Place, Problem, check_names, nearest, read, twice
from rules_engine.errors import InconsistentDataError
from rules_engine.facts import PHRASES, TYPES, Fact, with_alternatives

FIELDS = tuple(field.name for field in fields(Fact) if field.name not in ("id", "theme"))
REQUIRED = ("type", "scope", "label")
SCOPES = ("contract", "person", "care")
CHOICE_FIELDS = ("label", "words", "hints")
# Words that are matched as phrases; cues are looked for word by word.
MATCHED = ("words", "true_words", "false_words")


def lint_facts(folder: Path) -> list[Problem]:
    """Return what is wrong in the facts of a folder."""
    problems: list[Problem] = []
    places: dict[str, list[tuple[Place, Node]]] = defaultdict(list)
    for path in sorted(folder.glob("*.yml")):
        place = Place(path)
        root = read(place, problems)
        for name, line in root.twice if root else ():
            problems.append(place.problem(line, f"le fait « {name} » est écrit deux fois", "gardez-en un seul"))
        for name, node in root.mapping().items() if root else ():
            places[name].append((place, node))
            problems += _fact(place, name, node)
    problems += twice(places, "le fait")
    return problems


def _fact(place: Place, name: str, node: Node) -> Iterator[Problem]:
    what, found = f"fait « {name} »", node.mapping()
    yield from check_names(place, node, FIELDS, REQUIRED, what)
    for field, accepted in (("type", TYPES), ("scope", SCOPES)):
        if field in found and found[field].value not in accepted:
            value = str(found[field].value)
            todo = f"choisissez parmi {', '.join(sorted(accepted))}{nearest(value, sorted(accepted))}"
            yield place.problem(found[field], f"{what} : « {field} » inconnu « {value} »", todo)
    choices = found["choices"].mapping() if "choices" in found else {}
    if "type" in found and found["type"].value == "enum" and not choices:
        yield place.problem(node, f"{what} : aucun choix", "ajoutez « choices » avec au moins deux valeurs")
    for value, choice in choices.items():
        yield from check_names(place, choice, CHOICE_FIELDS, ("label",), f"{what}, choix « {value} »")
        for field in ("words", "hints"):
            if field in choice.mapping():
                yield from _phrases(place, choice.mapping()[field], f"{what}, choix « {value} »", matched=True)
    for field in PHRASES:
        if field in found:
            yield from _phrases(place, found[field], what, matched=field in MATCHED)


def _phrases(place: Place, node: Node, what: str, matched: bool) -> Iterator[Problem]:
    for phrase in node.items():
        written = str(phrase.value)
        try:
            told = with_alternatives(written)
        except InconsistentDataError:
            told = ("",)
        if not all(told) or any(set(each) & set("(|)") for each in told):
            todo = "fermez chaque parenthèse, et mettez la barre « | » entre parenthèses : (a|b)"
            yield place.problem(phrase, f"{what} : expression mal écrite « {written} »", todo)
        elif matched:
            yield from check_phrases(place, phrase, told, what)
