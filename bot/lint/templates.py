"""Checking the sentences: rules that exist, parameters that exist, templates that can be read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from jinja2 import TemplateSyntaxError

from bot.rendering.renderer import environment
from kb.located import Node
from kb.problems import Place, Problem, check_names, nearest, read

FOLDER = Path(__file__).parent.parent / "rendering" / "templates"
KINDS = ("headlines", "reasons", "conditions", "documents", "warnings", "not_applicable")
DRAWN = re.compile(r"""\bparam\(\s*['"]([^'"]+)['"]\s*\)""")


def lint_templates(parameters: Collection[str], rules: Collection[str], folder: Path = FOLDER) -> list[Problem]:
    """Return what is wrong in the sentences of a folder.

    Args:
        parameters: names that sentences may draw.
        rules: names of the rules.
        folder: where `sentences.yml` and `rules/*.yml` stand.
    """
    problems: list[Problem] = []
    for path in sorted((folder / "rules").glob("*.yml")):
        place = Place(path)
        root = read(place, problems)
        for name, line in root.twice if root else ():
            problems.append(place.problem(line, f"la règle « {name} » est écrite deux fois", "gardez-en une seule"))
        for name, block in root.mapping().items() if root else ():
            problems += _rule(place, name, block, parameters, rules)
    place = Place(folder / "sentences.yml")
    root = read(place, problems)
    for name, sentence in root.mapping().items() if root else ():
        problems += _sentence(place, sentence, f"phrase « {name} »", parameters)
    return problems


def _rule(
    place: Place, name: str, block: Node, parameters: Collection[str], rules: Collection[str]
) -> Iterator[Problem]:
    if name not in rules:
        todo = f"corrigez le nom{nearest(name, rules)}"
        yield place.problem(block, f"phrases d'une règle inconnue « {name} »", todo)
    yield from check_names(place, block, KINDS, (), f"règle « {name} »")
    for kind, sentences in block.mapping().items():
        for line_name, line in sentences.twice:
            what = f"règle « {name} », {kind} : « {line_name} » est écrit deux fois"
            yield place.problem(line, what, "gardez-en un seul")
        for code, sentence in sentences.mapping().items():
            yield from _sentence(place, sentence, f"règle « {name} », {kind} « {code} »", parameters)


def _sentence(place: Place, node: Node, what: str, parameters: Collection[str]) -> Iterator[Problem]:
    text = node.text()
    if not text.strip():
        yield place.problem(node, f"{what} : aucune phrase", "écrivez la phrase entre guillemets")
    try:
        environment().parse(text)
    except TemplateSyntaxError:
        todo = "vérifiez que chaque « {{ » a son « }} » et chaque « {% » son « %} »"
        yield place.problem(node, f"{what} : accolades mal placées", todo)
    for name in DRAWN.findall(text):
        if name not in parameters:
            todo = f"corrigez le nom, ou créez ce paramètre{nearest(name, parameters)}"
            yield place.problem(node, f"{what} : paramètre inconnu « {name} »", todo)
