"""Checking the words of the catalogue, of the lexicons and of the thesaurus: each must be able to match."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from bot.understanding.safety import STOP_WORDS as SAFETY_STOP_WORDS
from bot.understanding.text import SHORTEST_CLOSE, STOP_WORDS, close_key, phrase_key
from kb import abstention, thesaurus
from kb.located import Node
from kb.problems import WARNING, Place, Problem, read
from kb.text import terms
from rules_engine.datafiles import ROOT as ENGINE

LEXICON = Path(__file__).parent.parent / "understanding" / "lexicon"


def lint_words() -> list[Problem]:
    """Return the words of the data files that can never match."""
    problems: list[Problem] = []
    for path in sorted((ENGINE / "catalogue").glob("*.yml")):
        problems += lint_catalogue(path)
    for name in ("worlds", "cues"):
        problems += lint_lexicon(LEXICON / f"{name}.yml")
    problems += lint_safety(LEXICON / "safety.yml")
    problems += lint_thesaurus(thesaurus.FILE)
    problems += lint_elsewhere(abstention.FILE)
    return problems


def lint_catalogue(path: Path) -> list[Problem]:
    """Return the phrases of benefit families that can never match."""

    def phrases(family: Node) -> Iterator[Node]:
        found = family.mapping()
        groups = [found[field] for field in ("words", "hints") if field in found]
        groups += found["contextual"].mapping().values() if "contextual" in found else ()
        yield from (phrase for group in groups for phrase in group.items())

    return _lint(path, "prestation", phrases)


def lint_lexicon(path: Path) -> list[Problem]:
    """Return the phrases of a lexicon that can never match."""
    return _lint(path, "liste", Node.items)


def lint_safety(path: Path) -> list[Problem]:
    """Return the signs of danger that can never match."""

    def phrases(danger: Node) -> Iterator[Node]:
        yield from (phrase for kind in ("signs", "unless") for phrase in danger.mapping()[kind].items())

    return _lint(path, "danger", phrases, SAFETY_STOP_WORDS)


def _lint(
    path: Path, kind: str, phrases: Callable[[Node], Iterable[Node]], stop_words: Collection[str] = STOP_WORDS
) -> list[Problem]:
    """Return the phrases of a file that can never match.

    Args:
        path: a file of named blocks.
        kind: what a block is, in French.
        phrases: where the phrases of a block stand.
        stop_words: words passed over.
    """
    problems: list[Problem] = []
    place = Place(path)
    root = read(place, problems)
    for name, block in root.mapping().items() if root else ():
        for node in phrases(block):
            problems += check_phrases(place, node, [str(node.value)], f"{kind} « {name} »", stop_words)
    return problems


def check_phrases(
    place: Place, node: Node, phrases: Iterable[str], what: str, stop_words: Collection[str] = STOP_WORDS
) -> Iterator[Problem]:
    """Yield the phrases that can never match: an article alone, or one small word."""
    for phrase in phrases:
        if not phrase_key(phrase, frozenset(stop_words)) and len(close_key(phrase)) < SHORTEST_CLOSE:
            todo = "ajoutez un mot qui porte le sens, ou supprimez l'expression"
            yield place.problem(node, f"{what} : « {phrase} » ne sera jamais reconnu", todo, WARNING)


def lint_thesaurus(path: Path) -> list[Problem]:
    """Return the words of the thesaurus that can never match, and lines of one word."""
    problems: list[Problem] = []
    place = Place(path)
    root = read(place, problems)
    for line in root.items() if root else ():
        for word in line.items():
            if not thesaurus.single(str(word.value)):
                todo = "le thésaurus ne prend que des mots seuls et porteurs de sens"
                problems.append(place.problem(word, f"« {word.value} » ne sera jamais reconnu", todo, WARNING))
        if len({stem for word in line.items() for stem in thesaurus.single(str(word.value))}) < 2:
            todo = "ajoutez un mot de même sens, ou supprimez la ligne"
            problems.append(place.problem(line, "cette ligne ne rapproche aucun mot d'un autre", todo, WARNING))
    return problems


def lint_elsewhere(path: Path) -> list[Problem]:
    """Return the insurers and foreign subjects that can never match."""
    problems: list[Problem] = []
    place = Place(path)
    root = read(place, problems)
    if root is None:
        return problems
    lists = root.mapping()
    groups = [lists["insurers"], lists["beside"], *lists["subjects"].mapping().values()]
    for node in (phrase for group in groups for phrase in group.items()):
        words = str(node.value).split()
        kept = terms(str(node.value))
        if not kept:
            todo = "ajoutez un mot qui porte le sens"
            problems.append(place.problem(node, f"« {node.value} » ne sera jamais reconnu", todo, WARNING))
        elif len(kept) == 1 < len(words) and node not in lists["insurers"].items():
            todo = "les mots courants ne comptent pas : ajoutez-en un qui porte le sens"
            problems.append(place.problem(node, f"« {node.value} » : seul « {kept[0]} » compte", todo, WARNING))
    return problems
