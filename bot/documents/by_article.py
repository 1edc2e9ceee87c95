"""The documents article by article: which rules decide on each, which entries tell of it, or why it is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.entries import entries
from kb.ingestion.names import key
from kb.verification.claims import PUBLIC
from kb.verification.coverage import Exceptions, exceptions
from rules_engine.registry import rules

# Where the name of the instrument ends and the part of it begins: ", article 45-4", " – Soins courants".
PART = re.compile(r"^(?P<instrument>.+?)(?:, | – )(?P<part>.+)$")
DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Article:
    """One article, table or heading that the project cites, or leaves out.

    Attributes:
        instrument: what it belongs to: "Règlement mutualiste MGEN Santé Prévoyance", "Annexe 2", "Statuts MGEN".
        part: the rest of its reference: "article 45-4", "Actif".
        rules: the rules that apply it, those first that name it first.
        entries: the entries that tell of it without a rule.
        left_out: why neither does; empty where one does.
    """

    document: str
    instrument: str
    part: str
    rules: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    left_out: str = ""


@dataclass(frozen=True)
class _Citation:
    """A rule, an entry or the list of exceptions naming a place; `rank` is its place among what the citer names."""

    document: str
    reference: str
    kind: str
    name: str
    rank: int = 0


def by_article(left_out: Exceptions | None = None) -> list[Article]:
    """Return every article cited or left out: by document, by instrument, then in the order of their numbers."""
    places: dict[tuple[str, str], list[_Citation]] = {}
    for citation in _citations(left_out or exceptions()):
        if citation.document != PUBLIC:
            places.setdefault((citation.document, key(citation.reference)), []).append(citation)
    return sorted((_article(citations) for citations in places.values()), key=_order)


def _citations(left_out: Exceptions) -> Iterator[_Citation]:
    for rule in rules().values():
        for rank, reference in enumerate(rule.references):
            yield _Citation(reference.document, reference.reference, "rule", rule.name, rank)
    for entry in entries().values():
        if not entry.rule:  # the words that lead to a rule say nothing that the rule does not
            for rank, cited in enumerate(entry.references):
                yield _Citation(cited["document"], cited["reference"], "entry", entry.id, rank)
    for (document, place), reason in left_out.left_out.items():
        yield _Citation(document, left_out.written[document, place], "left out", reason)


def _article(citations: list[_Citation]) -> Article:
    first = citations[0]
    divided = PART.match(first.reference)
    return Article(
        document=first.document,
        instrument=divided["instrument"] if divided else first.reference,
        part=divided["part"] if divided else "",
        rules=_names(citations, "rule"),
        entries=_names(citations, "entry"),
        left_out="".join(_names(citations, "left out")),
    )


def _names(citations: Iterable[_Citation], kind: str) -> tuple[str, ...]:
    ranked = sorted((each for each in citations if each.kind == kind), key=lambda each: each.rank)
    return tuple(dict.fromkeys(each.name for each in ranked))


def _order(article: Article) -> tuple[str, list[str | int], list[str | int]]:
    return article.document, _natural(article.instrument), _natural(article.part)


def _natural(text: str) -> list[str | int]:
    """Return what sorts "article 9" before "article 10".

    >>> sorted(["article 10", "article 9", "article 9-2"], key=_natural)
    ['article 9', 'article 9-2', 'article 10']
    """
    return [int(piece) if piece.isdigit() else key(piece) for piece in DIGITS.split(text)]
