"""What is wrong in a data file, told to the person who edits it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path

from kb.located import Node, UnreadableError, located

ERROR, WARNING = "erreur", "avertissement"


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong: where, what, and what to do about it, in French.

    Attributes:
        level: erreur (must be mended) or avertissement (should be looked at).
    """

    file: str
    line: int
    what: str
    todo: str
    level: str = ERROR


@dataclass(frozen=True)
class Place:
    """A file being checked."""

    path: Path

    def problem(self, node: Node | int, what: str, todo: str, level: str = ERROR) -> Problem:
        """Return a problem at a node or a line of the file."""
        return Problem(
            f"{self.path.parent.name}/{self.path.name}", node if isinstance(node, int) else node.line, what, todo, level
        )


def read(place: Place, problems: list[Problem]) -> Node | None:
    """Return the content of a file; None, and a problem, when it cannot be read."""
    try:
        return located(place.path)
    except UnreadableError as error:
        problems.append(place.problem(error.line, f"le fichier ne se lit pas : {error}", "corrigez cette ligne"))
        return None


def check_names(
    place: Place, node: Node, known: Collection[str], required: Collection[str], what: str
) -> Iterator[Problem]:
    """Yield the names of a mapping that are unknown, missing or there twice."""
    found = node.mapping()
    for name, line in node.twice:
        yield place.problem(line, f"{what} : le champ « {name} » est écrit deux fois", "gardez-en un seul")
    for name in found.keys() - set(known):
        todo = f"corrigez-le ou supprimez-le{nearest(name, known)}"
        yield place.problem(found[name], f"{what} : champ inconnu « {name} »", todo)
    for name in sorted(set(required) - found.keys()):
        yield place.problem(node, f"{what} : le champ « {name} » manque", f"ajoutez « {name}: … »")


def check_history(place: Place, values: Node, what: str) -> Iterator[Problem]:
    """Yield the dates of a history of values that are no dates or out of order."""
    days = []
    for written, node in values.mapping().items():
        try:
            days.append((date.fromisoformat(written), node))
        except ValueError:
            yield place.problem(node, f"{what} : « {written} » n'est pas une date", "écrivez AAAA-MM-JJ")
    for (earlier, _), (later, node) in pairwise(days):
        if later < earlier:
            todo = "rangez les dates de la plus ancienne à la plus récente"
            yield place.problem(node, f"{what} : {later} vient après {earlier}", todo)


def nearest(word: str, known: Collection[str]) -> str:
    """Return a suggestion of what may have been meant."""
    found = get_close_matches(word, known, n=1)
    return f" ; vouliez-vous dire « {found[0]} » ?" if found else ""


def twice(places: Mapping[str, list[tuple[Place, Node]]], what: str) -> Iterator[Problem]:
    """Yield each name that stands at more than one place, at every place but the first."""
    for name, found in places.items():
        (first, node), *others = found
        for place, other in others:
            where = f"{first.path.name}, ligne {node.line}"
            yield place.problem(other, f"{what} « {name} » existe déjà ({where})", "choisissez un autre nom")
