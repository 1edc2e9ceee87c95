"""Entries that somebody who read one may want next, and the question that leads to each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from kb.entries import Entry, entries
from kb.search import find
from kb.text import fold

MOST = 3
# Entries looked through for those of the same passage.
LOOKED = 40
# What a button can show, and a member would type.
LONGEST_QUESTION = 110
# What would tell the assistant something that the member did not say: figures, a formule, a status, a relative.
STATED = re.compile(
    r"\d|\b(?:initiale|equilibre|reference\w*|integrale|essentielle|panier|renforcee|je|suis|j'|mon|ma|mes|nous|notre|nos"
    r"|actifs?|activ\w+|postes?|retraite[es]*|etudiante?s?|doctorante?|stagiaires?|salariee?s?|titulaires?|jeunes?"
    r"|contractuel\w*|orphelins?|associee?s?|affinite|conjointe?s?|(?:deux|trois|quatre|cinq|six|dix|douze) ans)\b"
)
CONTRACT_NAMES = {
    "FPE": re.compile(r"\bfpe\b|\bcontrat collectif\b|\bfonction publique\b|\becoute et solutions\b"),
    "OJI": re.compile(r"\boji\b|\bhealthcase\b|\bhcs\b|\bima\b"),
    "SOLUTIONS": re.compile(r"(?<!ecoute et )\bsolutions\b|\bd'entreprise\b"),
    "MSP": re.compile(r"\bmsp\b|\bsante prevoyance\b|\bmgen assistance\b|\bmgen sad\b|\brma\b"),
}


def related(entry: Entry, contract: str | None, on: date, most: int = MOST) -> list[Entry]:
    """Return the entries to offer after one: those that it names, then the nearest of those of the same passage.

    Args:
        entry: the one that was read.
        contract: MSP, OJI, FPE, SOLUTIONS, or None when unknown.
        on: day on which they must be valid.
        most: most entries returned.
    """
    found = {name: entries()[name] for name in (*entry.see_also, *_neighbours(entry.id, contract, on))}
    answers = {entry.answer_id}
    kept: list[Entry] = []
    for other in found.values():
        usable = _suits(other, entry, contract) and other.valid_from <= on and other.answer_id not in answers
        if usable and len(kept) < most and leading_question(other.id, contract, on):
            kept.append(other)
            answers.add(other.answer_id)
    return kept


@lru_cache(maxsize=4096)
def leading_question(name: str, contract: str | None, on: date) -> str:
    """Return a question listed under an entry that leads to it by its words alone; empty when none does."""
    entry = entries()[name]
    for question in entry.questions:
        if _is_plain(question) and _named(question) <= ({contract} if contract else entry.contracts):
            hits = find(question, contract, on, limit=1)
            if hits and hits[0].entry.answer_id == entry.answer_id:
                return question
    return ""


def _is_plain(question: str) -> bool:
    """Whether a question can be put in a member's mouth: written out, short, and stating nothing of their situation."""
    written = question.endswith("?") and question[0].isupper() and len(question) <= LONGEST_QUESTION
    return written and not STATED.search(fold(question))


def _named(question: str) -> set[str]:
    """Return the contracts that a question names."""
    return {contract for contract, names in CONTRACT_NAMES.items() if names.search(fold(question))}


@lru_cache(maxsize=4096)
def _neighbours(name: str, contract: str | None, on: date) -> tuple[str, ...]:
    """Return the entries that cite a passage that an entry cites, the nearest to its words first."""
    entry = entries()[name]
    citing = _citing()
    same = {other for reference in entry.references for other in citing[reference["document"], reference["reference"]]}
    hits = find(f"{entry.title} {entry.questions[0]}", contract, on, limit=LOOKED)
    return tuple(hit.entry.id for hit in hits if hit.entry.id in same and hit.entry.id != name)


@lru_cache(maxsize=1)
def _citing() -> Mapping[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in entries().values():
        for reference in entry.references:
            found[reference["document"], reference["reference"]].add(entry.id)
    return found


def _suits(other: Entry, entry: Entry, contract: str | None) -> bool:
    """Whether another entry concerns the member; of an unknown contract, whether it concerns whom this one does."""
    if contract is not None:
        return other.concerns(contract)
    return not other.contracts or (bool(entry.contracts) and entry.contracts <= other.contracts)
