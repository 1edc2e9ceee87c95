"""Alternatives in the words of the facts."""

from __future__ import annotations

import pytest

from rules_engine.errors import InconsistentDataError
from rules_engine.facts import _fact, vocabulary, with_alternatives


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("passer integrale", ("passer integrale",)),
        ("(passer|aller) integrale", ("passer integrale", "aller integrale")),
        ("passer (|oji) integrale", ("passer integrale", "passer oji integrale")),
        (
            "(en|la) formule (reference|referance)",
            ("en formule reference", "en formule referance", "la formule reference", "la formule referance"),
        ),
        ("reference (|sans option)", ("reference", "reference sans option")),
    ],
)
def test_alternatives_are_written_out(text: str, phrases: tuple[str, ...]) -> None:
    assert with_alternatives(text) == phrases


@pytest.mark.parametrize("text", ["(passer|aller integrale", "passer|aller", "((a|b) c)", "(|)", ""])
def test_open_alternatives_are_refused(text: str) -> None:
    with pytest.raises(InconsistentDataError):
        _fact("essai", "essai", {"type": "boolean", "scope": "care", "label": "essai", "words": [text]})


def test_a_phrase_is_kept_once_whatever_field_it_stands_in() -> None:
    spec = {
        "type": "date",
        "scope": "care",
        "label": "essai",
        "cues": ["(adhere|adhere) depuis"],
        "weak_cues": ["(depuis|des)"],
    }
    fact = _fact("essai", "essai", spec)
    assert fact.cues == ("adhere depuis",)
    assert fact.weak_cues == ("depuis", "des")


def test_no_word_of_the_vocabulary_keeps_a_sign_of_alternatives() -> None:
    words = [
        phrase
        for fact in vocabulary().values()
        for phrases in (fact.words, fact.true_words, fact.false_words, fact.cues, *(c.words for c in fact.choices))
        for phrase in phrases
    ]
    assert not [phrase for phrase in words if set(phrase) & set("(|)")]
