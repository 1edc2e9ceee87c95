"""Broken ligatures, split words, hyphens at line ends, running heads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.ingestion.cleaning import clean, clean_text
from kb.ingestion.lines import Line, Source
from kb.ingestion.repair import broken_words, join_words, repair
from kb.ingestion.vocabulary import Vocabulary

KNOWN = "bénéficiaire différentes participants défini financement spécifique rendez-vous Kalixia Zifflor"


def repaired(*texts: str) -> list[str]:
    return [line.text for line in repair([Line(text, number) for number, text in enumerate((*texts, KNOWN), 1)])][:-1]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("le bénéfi ciaire", "le bénéficiaire"),
        ("les Bénéfi ciaires de l'offi ce", "les Bénéficiaires de l'office"),
        ("il est défi ni ici", "il est défini ici"),
        ("réfl exe, effi cace, diffi cile", "réflexe, efficace, difficile"),
        ("le bénéf iciaire f ixé", "le bénéficiaire fixé"),
        ("les par ticipants de dif férentes villes", "les participants de différentes villes"),
        ("le défi de la fin", "le défi de la fin"),
        ("le motif lors du bilan", "le motif lors du bilan"),
        ("chez Ziffl or", "chez Zifflor"),
        ("un mot de la fin par an", "un mot de la fin par an"),
        ("par année civileTraitement", "par année civile Traitement"),
        ("HealthCase et McDo", "HealthCase et McDo"),
    ],
)
def test_words_of_one_line(broken: str, whole: str) -> None:
    assert repaired(broken) == [whole]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("il parle de fonc-", "tions et du reste", ["il parle de fonctions", "et du reste"]),
        ("chaque béné-", "fi ciaire paie", ["chaque bénéficiaire", "paie"]),
        ("un forfait spécifi -", "que est versé", ["un forfait spécifique", "est versé"]),
        ("le fi nan-", "cement vient", ["le financement", "vient"]),
        ("prendre ren-", "dez-vous demain", ["prendre rendez-vous", "demain"]),
        ("prendre rendez-", "vous demain", ["prendre rendez-vous", "demain"]),
        ("un garde-", "meubles coûte", ["un garde-meubles", "coûte"]),
        ("la Verrière -", "Protection des données", ["la Verrière -", "Protection des données"]),
        ("les Trois-", "Chênes", ["les Trois-", "Chênes"]),
    ],
)
def test_words_over_two_lines(first: str, second: str, whole: list[str]) -> None:
    assert repaired(first, second) == whole


def test_a_hyphen_goes_over_one_empty_line() -> None:
    assert repaired("la signature du bulletin d'ad-", "", "hésion suffit") == [
        "la signature du bulletin d'adhésion",
        "",
        "suffit",
    ]


@given(st.lists(st.sampled_from(["le", "chat", "mange", "une", "fiche", "officielle", "et", "boit"]), max_size=12))
def test_a_text_without_breaks_stays_as_it_is(words: list[str]) -> None:
    text = " ".join(words)
    assert join_words(text, Vocabulary([text])) == text


@given(st.sampled_from(["officielle", "bénéficiaire", "différence", "réflexe", "coefficient", "affilier", "greffe"]))
def test_every_break_after_a_ligature_is_mended(word: str) -> None:
    place = next(i for i in range(len(word)) if word[i : i + 2] in ("fi", "fl", "ff")) + 2
    place += word[place : place + 1] in ("i", "l") and word[place - 2 : place] == "ff"
    assert join_words(f"un {word[:place]} {word[place:]} ici", Vocabulary([])) == f"un {word} ici"


def test_what_is_left_broken_is_reported() -> None:
    assert broken_words("un bénéfi ciaire et un défi lancé") == ["bénéfi ciaire"]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("l’ofﬁce  **gras** 1^{er} [ici](http://exemple.fr)", "l’office gras 1er ici"),
        ("•   un point", "- un point"),
        ("un\tdeux", "un | deux"),
        ("1 000\u202f€\u00ad", "1 000 €"),
    ],
)
def test_marks_of_the_extraction_go(raw: str, text: str) -> None:
    assert clean_text(raw) == text


def test_running_heads_and_page_numbers_go() -> None:
    pages = tuple(
        (
            f"Règles du club – {number}",
            f"Texte de la page {chr(96 + number)}",
            "au milieu",
            "12",
            f"fin {chr(96 + number)}",
            f"{number}",
        )
        for number in range(1, 6)
    )
    kept, dropped = clean(Source("club", "", pages))
    assert len(dropped) == 10
    assert [line.text for line in kept if line.text.startswith(("Règles", "1", "2"))] == ["12"] * 5


def test_two_pages_have_no_running_heads() -> None:
    kept, _ = clean(Source("club", "", (("Règles", "un"), ("Règles", "deux"))))
    assert [line.text for line in kept] == ["Règles", "un", "Règles", "deux"]
