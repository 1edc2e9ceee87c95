"""Everything that the project says with a citation: entries, parameters, tables, rules."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

import kb.entries
import rules_engine
from kb.entries import PLACEHOLDER
from kb.verification.claims import PUBLIC, Claim, Figure, Place
from kb.verification.numbers import counted
from rules_engine.parameters import parameters
from rules_engine.references import GUIDE_FPE, STATUTS
from rules_engine.registry import rules

ROOT = Path(__file__).resolve().parents[2]
ENGINE = Path(rules_engine.__file__).parent
# Figures of the text of an entry that say no fact of the documents: names and everyday words.
NAMES = re.compile(
    r"100\s?% Santé|\b(?:articles?|annexes?) \d[\d-]*(?:(?:, | et | à | ou )\d[\d-]*)*|"
    r"24\s?h(?:eures)?\s?(?:/|sur)\s?24|7\s?j(?:ours)?\s?(?:/|sur)\s?7|deuxième avis",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?<![\w.])\d[\d   ]*(?:,\d+)?(?![\d-])")
COUNTED = re.compile(r"jour|mois|an(?:s|nees?)?$|semaine|heure|fois|nuit|entretien|seance|trajet|%|€|euro|kilom")
TABLE_FIGURES = ("value", "session_cap", "max_count", "beyond_value", "extra_yearly", "second_value")
SHARES = ("mgen", "action_sociale", "centres_sante")
INSTRUMENT = re.compile(
    r"^(?:Règlement mutualiste|Statuts|Notice|Annexe \d|Guide pratique|Mode d'emploi|Mon espace personnel)\b"
)
_Node = Any


def claims() -> list[Claim]:
    """Return everything that is said with a citation."""
    return [*entry_claims(), *parameter_claims(), *table_claims(), *rule_claims(), *code_claims()]


def entry_claims() -> Iterator[Claim]:
    """Yield what the entries say, the figures that they write themselves included."""
    for path in sorted(kb.entries.FOLDER.glob("*.yml")):
        for node, spec in _items(path):
            said = f"{spec.get('answer', '')}\n{spec.get('short', '')}"
            yield Claim(
                owner=f"fiche {spec['id']}",
                place=Place(_relative(path), node.start_mark.line + 1),
                citations=tuple((ref["document"], ref["reference"]) for ref in spec["references"]),
                figures=(*_written(said), *_drawn(said)),
                words=" ".join([spec["title"], said, *spec["questions"]]),
            )


def _written(said: str) -> Iterator[Figure]:
    """Yield the figures that an entry writes itself, in digits or in words."""
    own = NAMES.sub(" ", PLACEHOLDER.sub(" § ", said))
    yield from (Figure(figure.strip()) for figure in dict.fromkeys(NUMBER.findall(own)))
    for value, word in dict.fromkeys(counted(re.sub(r"\d", " ", own))):
        if value > 1 and COUNTED.match(word):
            yield Figure(str(value))


def _drawn(said: str) -> Iterator[Figure]:
    """Yield the figures that an entry draws from parameters; how to reach whom may come from anywhere."""
    for name in dict.fromkeys(PLACEHOLDER.findall(said)):
        parameter = parameters().get(name)
        value = parameter.values[-1] if parameter else None
        if parameter and value and parameter.unit not in ("phone", "text") and value.reference.document != PUBLIC:
            yield Figure(str(value.value), parameter.unit, name)


def parameter_claims() -> Iterator[Claim]:
    """Yield each value of each parameter."""
    for path in sorted((ENGINE / "parameters").glob("*.yml")):
        for node, (name, spec) in _entries(path):
            for value in spec["values"].values():
                if value is None or value["value"] is None:
                    continue
                yield Claim(
                    owner=f"paramètre {name}",
                    place=Place(_relative(path), node.start_mark.line + 1),
                    citations=((value["document"], value["reference"]),),
                    figures=(Figure(str(value["value"]), spec["unit"]),),
                    words=spec["label"],
                )


def table_claims() -> Iterator[Claim]:
    """Yield each row of the tables."""
    for path in sorted((ENGINE / "tables").rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for line, row in enumerate(csv.DictReader(file), 2):
                names = (*TABLE_FIGURES, *SHARES)
                figures = [Figure(row[name]) for name in names if row.get(name)]
                yield Claim(
                    owner=f"tableau {path.stem}",
                    place=Place(_relative(path), line),
                    citations=((row["document"], row["reference"]),),
                    figures=tuple(figures),
                )


def rule_claims() -> Iterator[Claim]:
    """Yield the articles that each rule applies."""
    for rule in rules().values():
        code = rule.function.__code__
        yield Claim(
            owner=f"règle {rule.name}",
            place=Place(_relative(Path(code.co_filename)), code.co_firstlineno),
            citations=tuple((ref.document, ref.reference) for ref in rule.references),
            words=rule.title,
        )


def code_claims() -> Iterator[Claim]:
    """Yield the citations that the code of rules writes, in its reasons and elsewhere."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(ENGINE.rglob("*.py"))}
    templates = {name: prefix for tree in trees.values() for name, prefix in _templates(tree)}
    for path, tree in trees.items():
        documents = _constants(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (citation := _citation(node, documents, templates)):
                yield Claim(f"code de {path.stem}", Place(_relative(path), node.lineno), (citation,))


def _templates(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield (function, beginning of the reference) for each function that only makes a reference of a number."""
    for node in tree.body:
        returned = node.body[-1] if isinstance(node, ast.FunctionDef) else None
        call = returned.value if isinstance(returned, ast.Return) else None
        if isinstance(node, ast.FunctionDef) and isinstance(call, ast.Call) and _is_named(call, "Reference"):
            text = call.args[-1]
            if isinstance(text, ast.JoinedStr) and isinstance(text.values[0], ast.Constant):
                yield node.name, str(text.values[0].value)


def _citation(call: ast.Call, documents: Mapping[str, str], templates: Mapping[str, str]) -> tuple[str, str] | None:
    values = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
    if isinstance(call.func, ast.Name) and call.func.id in templates and values:
        return STATUTS, f"{templates[call.func.id]}{values[0]!s}"
    if _is_named(call, "Reference") and values and INSTRUMENT.match(str(values[-1])):
        first = call.args[0]
        if isinstance(first, ast.Constant):
            return str(first.value), str(values[-1])
        return documents.get(getattr(first, "id", ""), STATUTS), str(values[-1])
    return None


def _is_named(call: ast.Call, name: str) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == name


def _constants(tree: ast.Module) -> dict[str, str]:
    known = {"STATUTS": STATUTS, "GUIDE_FPE": GUIDE_FPE, "GUIDE_SOLUTIONS": "guide-mgen-solutions"}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            known |= {target.id: node.value.value for target in node.targets if isinstance(target, ast.Name)}
    return known


def _items(path: Path) -> Iterator[tuple[_Node, Mapping[str, Any]]]:
    """Yield (YAML node, value) for each item of a list."""
    root, values = _yaml(path)
    yield from zip(root.value if root else [], values or [], strict=True)


def _entries(path: Path) -> Iterator[tuple[_Node, tuple[str, Mapping[str, Any]]]]:
    """Yield (YAML node, (key, value)) for each entry of a mapping."""
    root, values = _yaml(path)
    for (key_node, _), item in zip(root.value if root else [], (values or {}).items(), strict=True):
        yield key_node, item


@lru_cache(maxsize=64)
def _yaml(path: Path) -> tuple[_Node, Any]:
    text = path.read_text(encoding="utf-8")
    return yaml.compose(text, Loader=yaml.CSafeLoader), yaml.load(text, Loader=yaml.CSafeLoader)


def _relative(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
