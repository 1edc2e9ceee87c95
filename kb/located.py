"""YAML files with the line of everything in them, for messages that say where to look."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MERGE = "tag:yaml.org,2002:merge"
# What the parser says, in the words of somebody who edits the files.
BROKEN = (
    ("mapping values are not allowed", 'un « : » de trop ; mettez tout le texte entre guillemets droits ("…")'),
    ("found character '\\t'", "une tabulation ; remplacez-la par des espaces"),
    ("could not find expected ':'", "il manque un « : » après le nom du champ, ou le retrait de la ligne est faux"),
    ("unexpected end of stream", "un guillemet ou un crochet n'est pas refermé"),
    ("block end", "le retrait de la ligne ne suit pas celui des lignes voisines, ou un guillemet est mal placé"),
    ("found undefined alias", "un renvoi « *nom » ne mène à aucun « &nom »"),
    ("unknown escape character", "une barre oblique inverse dans un texte entre guillemets ; supprimez-la"),
    ("flow", "une accolade ou un crochet n'est pas refermé, ou il manque une virgule"),
)


class UnreadableError(ValueError):
    """A file that is no YAML; the message says in French what to correct."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Node:
    """A value of a file.

    Attributes:
        value: a mapping of names to nodes, a list of nodes, or a plain value.
        line: where it stands (of a named value, where its name stands).
        twice: names that a mapping holds more than once, with the line of the second.
    """

    value: Any
    line: int
    twice: tuple[tuple[str, int], ...] = field(default=())

    def mapping(self) -> dict[str, Node]:
        """Return the named nodes; none when this is no mapping."""
        return self.value if isinstance(self.value, dict) else {}

    def items(self) -> list[Node]:
        """Return the nodes of a list; none when this is no list."""
        return self.value if isinstance(self.value, list) else []

    def text(self) -> str:
        """Return the value of a text; empty when this is none."""
        return self.value if isinstance(self.value, str) else ""

    def plain(self) -> Any:
        """Return the value without its lines."""
        if isinstance(self.value, dict):
            return {name: node.plain() for name, node in self.value.items()}
        return [node.plain() for node in self.value] if isinstance(self.value, list) else self.value


def located(path: Path) -> Node:
    """Return the content of a file.

    Raises:
        UnreadableError: when it is no YAML.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER)
        return Node(None, 1) if root is None else _node(root, root.start_mark.line + 1)
    except UnicodeDecodeError:
        raise UnreadableError(1, "le fichier n'est pas en UTF-8 ; enregistrez-le dans ce codage") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise UnreadableError(mark.line + 1 if mark else 1, _explained(str(error))) from None
    except (yaml.YAMLError, ValueError) as error:
        raise UnreadableError(1, _explained(str(error))) from None


def _explained(problem: str) -> str:
    return next((french for english, french in BROKEN if english in problem), "la mise en forme est incorrecte")


def _node(node: Any, line: int) -> Node:
    if isinstance(node, yaml.SequenceNode):
        return Node([_node(child, child.start_mark.line + 1) for child in node.value], line)
    if not isinstance(node, yaml.MappingNode):
        return Node(_scalar(node), line)
    found: dict[str, Node] = {}
    merged: dict[str, Node] = {}
    twice = []
    for key, child in node.value:
        if key.tag == MERGE:
            for each in child.value if isinstance(child, yaml.SequenceNode) else (child,):
                merged = {**_node(each, line).mapping(), **merged}
            continue
        name, key_line = str(_scalar(key)), key.start_mark.line + 1
        if name in found:
            twice.append((name, key_line))
        found[name] = _node(child, key_line)
    return Node({**merged, **found}, line, tuple(twice))


def _scalar(node: Any) -> Any:
    return yaml.constructor.SafeConstructor().construct_object(node)
