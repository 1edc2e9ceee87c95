"""Checking the entries as files: what `assistant kb lint` says of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kb.entries import CONTRACTS, KINDS, PLACEHOLDER
from kb.lint_text import check_reference, check_sentences
from kb.located import Node
from kb.problems import Place, Problem, check_names, nearest, read, twice
from kb.text import fold

REQUIRED = ("id", "title", "questions", "contracts", "valid_from", "references")
OPTIONAL = ("answer", "short", "kind", "families", "see_also", "rule")
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*$")


@dataclass(frozen=True)
class Known:
    """What entries may name.

    Attributes:
        parameters: first day of validity of each parameter, by name.
        families: benefit families and the lines of their tables.
    """

    parameters: Mapping[str, date]
    rules: Collection[str]
    families: Collection[str]


Placed = list[tuple[Place, Node]]


def lint_entries(folder: Path, known: Known) -> list[Problem]:
    """Return what is wrong in the entries of a folder."""
    problems: list[Problem] = []
    placed: Placed = []
    for path in sorted(folder.glob("*.yml")):
        place = Place(path)
        root = read(place, problems)
        if root is None or root.value is None:
            continue
        if not isinstance(root.value, list):
            problems.append(
                place.problem(root, "le fichier n'est pas une liste de fiches", "commencez par « - id: … »")
            )
        placed += [(place, node) for node in root.items()]
    names = {node.mapping()["id"].text() for _, node in placed if "id" in node.mapping()}
    for place, node in placed:
        problems += _entry(place, node, names, known)
    problems += _twice(placed)
    return problems


def _entry(place: Place, node: Node, names: Collection[str], known: Known) -> Iterator[Problem]:
    found = node.mapping()
    name = found["id"].text() if "id" in found else ""
    what = f"fiche « {name or '?'} »"
    if not found:
        yield place.problem(node, "cette fiche n'a pas de champs", "écrivez « - id: … » puis les champs, en retrait")
        return
    yield from check_names(place, node, (*REQUIRED, *OPTIONAL), REQUIRED, what)
    if "id" in found and not IDENTIFIER.match(name):
        yield place.problem(found["id"], f"{what} : mauvais identifiant", "minuscules sans accent, chiffres et « _ »")
    for field, check in (("questions", _questions), ("contracts", _contracts), ("references", _references)):
        if field in found:
            yield from check(place, found[field], what)
    yield from _links(place, found, names, known, what)
    yield from _answer(place, found, known, what)


def _questions(place: Place, node: Node, what: str) -> Iterator[Problem]:
    if not node.items():
        yield place.problem(node, f"{what} : aucune question", "ajoutez au moins une question d'adhérent")
    for question in node.items():
        if not question.text().strip():
            todo = "écrivez un texte ; s'il contient « : », mettez-le entre guillemets"
            yield place.problem(question, f"{what} : une question n'est pas un texte", todo)


def _contracts(place: Place, node: Node, what: str) -> Iterator[Problem]:
    if not isinstance(node.value, list):
        yield place.problem(node, f"{what} : « contracts » n'est pas une liste", "écrivez [MSP, OJI] ou []")
    for contract in node.items():
        if contract.value not in CONTRACTS:
            todo = f"choisissez parmi {', '.join(sorted(CONTRACTS))}"
            yield place.problem(contract, f"{what} : contrat inconnu « {contract.value} »", todo)


def _references(place: Place, node: Node, what: str) -> Iterator[Problem]:
    if not node.items():
        yield place.problem(node, f"{what} : aucune référence", "citez au moins un document et son article")
    for reference in node.items():
        yield from check_reference(place, reference, what)


def _links(
    place: Place, found: Mapping[str, Node], names: Collection[str], known: Known, what: str
) -> Iterator[Problem]:
    for field, targets, label in (("see_also", names, "fiche"), ("families", known.families, "prestation")):
        for node in found[field].items() if field in found else ():
            if node.value not in targets:
                todo = f"corrigez le nom{nearest(str(node.value), targets)}"
                yield place.problem(node, f"{what} : {label} inconnue « {node.value} »", todo)
    if "rule" in found and found["rule"].value not in known.rules:
        rule = str(found["rule"].value)
        todo = f"corrigez le nom{nearest(rule, known.rules)}"
        yield place.problem(found["rule"], f"{what} : règle inconnue « {rule} »", todo)
    if "kind" in found and found["kind"].value not in KINDS:
        kind = found["kind"]
        yield place.problem(kind, f"{what} : « kind » inconnu « {kind.value} »", f"écrivez {' ou '.join(KINDS)}")


def _answer(place: Place, found: Mapping[str, Node], known: Known, what: str) -> Iterator[Problem]:
    """Check the day of validity, the parameters drawn and the sentences of an entry."""
    start = found.get("valid_from")
    if start and not isinstance(start.value, date):
        yield place.problem(start, f"{what} : « valid_from » n'est pas une date", "écrivez AAAA-MM-JJ, sans guillemets")
    if "rule" not in found:
        for field in ("answer", "short"):
            if field not in found or not found[field].text().strip():
                todo = f"écrivez « {field} », ou nommez la règle qui calcule la réponse (« rule: … »)"
                yield place.problem(found.get(field, found[next(iter(found))]), f"{what} : « {field} » manque", todo)
    for field in ("answer", "short"):
        if field not in found:
            continue
        node = found[field]
        yield from check_sentences(place, node, what, spoken=field == "short")
        for name in sorted(set(PLACEHOLDER.findall(node.text()))):
            if name not in known.parameters:
                todo = f"corrigez le nom, ou créez ce paramètre{nearest(name, known.parameters)}"
                yield place.problem(node, f"{what} : paramètre inconnu « {name} »", todo)
            elif start and isinstance(start.value, date) and known.parameters[name] > start.value:
                first = known.parameters[name]
                todo = (
                    f"la fiche ne peut pas commencer avant le {first}, ou donnez au paramètre une valeur plus ancienne"
                )
                yield place.problem(node, f"{what} : « {name} » ne vaut qu'à partir du {first}", todo)


def _twice(placed: Placed) -> Iterator[Problem]:
    """Yield ids that two entries bear, and questions that entries with different answers list."""
    ids: dict[str, Placed] = defaultdict(list)
    questions: dict[str, list[tuple[Place, Node, str, str]]] = defaultdict(list)
    for place, node in placed:
        found = node.mapping()
        name = found["id"].text() if "id" in found else ""
        if name:
            ids[name].append((place, found["id"]))
        answer = found["rule"].text() if "rule" in found else name
        for question in found["questions"].items() if "questions" in found else ():
            said = re.sub(r"\W+", " ", fold(question.text())).strip()
            questions[said].append((place, question, name, answer))
    yield from twice(ids, "la fiche")
    for said, ((_, _, first, answer), *others) in questions.items():
        for place, node, name, other in others if said else ():
            if name == first:
                yield place.problem(node, "la même question est deux fois dans la fiche", "supprimez cette ligne")
            elif other != answer:
                todo = "gardez-la dans la fiche qui y répond le mieux"
                yield place.problem(node, f"la même question est dans la fiche « {first} »", todo)
