"""What is said, as a synthesiser says it: the phonemes of our words are those of the words expected by ear."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from bot.rendering.speech.words import said

PROGRAM = "espeak-ng"
# Written → the words that a listener expects, typed by hand.
EXPECTED = {
    "1\u202f062,50\u00a0€": "mille soixante-deux euros et cinquante centimes",
    "216 €": "deux cent seize euros",
    "80 €": "quatre-vingts euros",
    "71,20 €": "soixante et onze euros et vingt centimes",
    "170 %": "cent soixante-dix pour cent",
    "0,28 %": "zéro virgule vingt-huit pour cent",
    "10 mars 2026": "dix mars deux mille vingt-six",
    "1er janvier 1985": "premier janvier mille neuf cent quatre-vingt-cinq",
    "de 8h30 à 18h": "de huit heures trente à dix-huit heures",
    "21 séances": "vingt et une séances",
    "20 jours": "vingt jours",
    "article 45-4": "article quarante-cinq tiret quatre",
    "09 72 72 16 17": "zéro neuf, soixante-douze, soixante-douze, seize, dix-sept",
    "3114": "trente et un quatorze",
    "2e catégorie": "deuxième catégorie",
    "MGEN": "aime gé e haine",
    "un RIB et un PACS": "un ribe et un paxe",
}


@pytest.fixture(scope="module")
def phonemes() -> object:
    if not shutil.which(PROGRAM):
        missing = f"{PROGRAM} is not installed here (Debian: apt-get install {PROGRAM})"
        # Where everything is to be checked, what is missing is a failure.
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    return phonemes_of


def phonemes_of(words: str) -> str:
    """Return the phonemes of French words, without stress and pauses."""
    command = [PROGRAM, "-v", "fr", "--ipa", "-q", words]
    heard = subprocess.run(command, check=True, capture_output=True, text=True, timeout=20).stdout
    return "".join(sign for sign in heard if sign not in "ˈˌ \n-.")


@pytest.mark.usefixtures("phonemes")
@pytest.mark.parametrize(("written", "expected"), EXPECTED.items())
def test_a_synthesiser_says_what_is_expected(written: str, expected: str) -> None:
    heard = phonemes_of(said(written).replace("\u00a0", " "))
    assert heard
    assert heard == phonemes_of(expected)


@pytest.mark.usefixtures("phonemes")
def test_two_figures_never_sound_alike() -> None:
    figures = [f"{value} €" for value in (6, 16, 60, 61, 70, 71, 76, 80, 90, 96, 100, 106, 116, 1000, 1006)]
    assert len({phonemes_of(said(figure).replace("\u00a0", " ")) for figure in figures}) == len(figures)
