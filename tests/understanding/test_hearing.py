"""What speech recognition cuts or spells apart is put together, and nothing else is."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.hearing import heard
from bot.understanding.reader import read
from bot.understanding.spelling import abbreviations, trade_words
from rules_engine.catalogue import catalogue

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ergot therapie", "ergotherapie"),
        ("un in lait cor", "un inlay core"),
        ("osteo densi tometrie", "osteodensitometrie"),
        ("or tho don tie adulte", "orthodontie adulte"),
        ("contrat m s p", "contrat msp"),
        ("la b r s s du f p e", "la brss du fpe"),
    ],
)
def test_names_cut_apart_and_acronyms_spelt_out_are_put_together(said: str, meant: str) -> None:
    assert heard(said.split()) == meant.split()


@pytest.mark.parametrize(
    "said",
    [
        "un audioprothesiste et un opticien",
        "c est a l hopital",
        "y a t il un delai",
        "plan a ou b ou c",
        "des implants",
    ],
)
def test_ordinary_words_stay(said: str) -> None:
    assert heard(said.split()) == said.split()


PIECES = "ergot therapie in lait cor osteo densi tometrie m s p f o j i et la un implant seance 3 ,".split()


@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_only_names_and_acronyms_are_put_together_and_only_once(words: list[str]) -> None:
    found = heard(words)
    assert heard(found) == found
    added = Counter(found) - Counter(words)
    assert set(added) <= trade_words() | abbreviations().keys()


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("euh la séance d'ergot thérapie en formule référence c'est combien", "ergotherapie"),
        ("un in lait cor en intégrale c'est remboursé combien", "inlay_core"),
        ("la cataracte, on me propose des implants qui corrigent la presbytie, vous participez", "implants_cataracte"),
        (
            "mes semelles ortho faites par le podologue, vous allez jusqu'à combien en Intégrale ?",
            "semelles_orthopediques",
        ),
        ("un implant sur une dent du fond, combien en Référence ?", "implant"),
    ],
)
def test_the_care_is_understood(text: str, family: str) -> None:
    assert family in catalogue().families
    assert read(text, TODAY).linked.families == (family,)


def test_the_contract_is_understood_letter_by_letter() -> None:
    assert read("peut être mis sur mon contrat m s p", TODAY).facts["contrat"] == "MSP"
