"""What is written → what is said."""

from __future__ import annotations

import pytest

from bot.rendering.speech.menu import spoken_choices
from bot.rendering.speech.sentences import MOST_WORDS, sentences, shortened, word_count
from bot.rendering.speech.sources import spoken_source
from bot.rendering.speech.words import addresses, said, spelt
from bot.rendering.speech.written import body, spoken_lines

FIGURES = {
    # amounts
    "1\u202f062,50\u00a0€": "mille soixante-deux euros et cinquante centimes",
    "0,50 €": "cinquante centimes",
    "1 €": "un euro",
    "0 €": "zéro euro",
    "21 €": "vingt et un euros",
    "80 €": "quatre-vingts euros",
    "200 €": "deux cents euros",
    "280 €": "deux cent quatre-vingts euros",
    "100 000 €": "cent mille euros",
    "1 000 000 €": "un million d'euros",
    "3 114 €": "trois mille cent quatorze euros",
    "12,05 euros": "douze euros et cinq centimes",
    # percentages and decimals
    "170\u00a0%": "cent soixante-dix pour cent",
    "0,28 %": "zéro virgule vingt-huit pour cent",
    "2,05 %": "deux virgule zéro cinq pour cent",
    "100 % Santé": "cent pour cent Santé",
    "12,5 points": "douze virgule cinq points",
    # dates
    "10 mars 2026": "dix mars deux mille vingt-six",
    "1er mai 2026": "premier mai deux mille vingt-six",
    "1 mai": "premier mai",
    "31 décembre 1985": "trente et un décembre mille neuf cent quatre-vingt-cinq",
    "15/03/2026": "quinze mars deux mille vingt-six",
    "2026-03-10": "dix mars deux mille vingt-six",
    # hours and lengths
    "9h30": "neuf heures trente",
    "18h": "dix-huit heures",
    "8h00": "huit heures",
    "21h01": "vingt et une heures une",
    "18 h 30": "dix-huit heures trente",
    "48h sans réponse": "quarante-huit heures sans réponse",
    "24h/24 et 7j/7": "vingt-quatre heures sur vingt-quatre et sept jours sur sept",
    "1 an": "un an",
    "1 fois": "une fois",
    "21 séances": "vingt et une séances",
    "81 nuits": "quatre-vingt-une nuits",
    "71 heures": "soixante et onze heures",
    "18-29 ans": "dix-huit à vingt-neuf ans",
    "50 km": "cinquante kilomètres",
    "10 Mo": "dix mégaoctets",
    # telephones
    "09 72 72 16 17": "zéro neuf, soixante-douze, soixante-douze, seize, dix-sept",
    "0972721617": "zéro neuf, soixante-douze, soixante-douze, seize, dix-sept",
    "09 74 750 700": "zéro neuf, soixante-quatorze, sept cent cinquante, sept cents",
    "+33 (0)5 49 76 66 76": "plus trente-trois, cinq, quarante-neuf, soixante-seize, soixante-six, soixante-seize",
    "00 33 9 72 72 27 28": "zéro zéro, trente-trois, neuf, soixante-douze, soixante-douze, vingt-sept, vingt-huit",
    "le 3114": "le trente et un quatorze",
    "au 3676": "au trente-six soixante-seize",
    "le 15 ou le 112": "le quinze ou le cent douze",
    "le 114 par SMS": "le cent quatorze par S M S",
    "01 00 05 00 10": "zéro un, zéro zéro, zéro cinq, zéro zéro, dix",
    # articles, places, addresses
    "article 45-4": "article quarante-cinq tiret quatre",
    "articles 47-4-1 et 32": "articles quarante-sept tiret quatre tiret un et trente-deux",
    "n° 2023-519": "numéro deux mille vingt-trois tiret cinq cent dix-neuf",
    "2e catégorie": "deuxième catégorie",
    "1re année": "première année",
    "Paris 15e": "Paris quinzième",
    "80e jour": "quatre-vingtième jour",
    "200e jour": "deux centième jour",
    "titre III": "titre trois",
    "42400 Saint-Chamond": "quarante-deux, quatre cents Saint-Chamond",
    "Paris Cedex 09": "Paris Cedex zéro neuf",
    "2/3": "deux tiers",
    "1/20": "un sur vingt",
    "336 € × 2": "trois cent trente-six euros fois deux",
}
WORDS = {
    "MGEN": "M G E N",
    "le TM de l'ALD": "le ticket modérateur de l'affection de longue durée",
    "de la BRSS": "de la base de remboursement de la Sécurité sociale",
    "ÔJI": "Ôji",
    "votre RIB": "votre rib",
    "un médecin OPTAM-CO": "un médecin Optam-C O",
    "le SAMU": "le Samu",
    "la perte totale d'autonomie (PTIA) ouvre droit": "la perte totale d'autonomie ouvre droit",
    "l'aide (12 heures au plus) est": "l'aide, douze heures au plus, est",
    "l'aide (12 heures au plus).": "l'aide, douze heures au plus.",
    "né(e) en France": "né en France",
    "« Ma mutuelle & Moi »": "Ma mutuelle et Moi",
    "**Oui**, _tout_": "Oui, tout",
    "MGEN/ÔJI": "M G E N ou Ôji",
    "et/ou": "ou",
    "l'aide – rare – existe": "l'aide, rare, existe",
    "Écrivez à aide@exemple.fr.": "Écrivez à une adresse électronique.",
    "sur mgen.fr/mes-donnees": "sur le site de M G E N",
    "ou mediateur-mutualite.fr.": "ou un site internet.",
    "[le guide](https://exemple.fr/a?b=1)": "le guide",
    "voyez https://exemple.fr/a?b=1.": "voyez un site internet.",
}


@pytest.mark.parametrize(("written", "expected"), {**FIGURES, **WORDS}.items())
def test_what_is_written_is_said(written: str, expected: str) -> None:
    assert said(written).replace("\u00a0", " ") == expected


def test_a_long_sentence_is_cut_where_a_speaker_pauses() -> None:
    text = (
        "Oui, si la demande est faite dans les 20 jours qui suivent l'évènement ; au-delà, l'assistance peut refuser, "
        "sauf cas de force majeure, et le dossier doit alors être envoyé complet à votre section."
    )
    lines = sentences(text)
    assert lines[0] == "Oui, si la demande est faite dans les vingt jours qui suivent l'évènement."
    assert lines[1].startswith("Au-delà, l'assistance peut refuser")
    assert all(word_count(line) <= MOST_WORDS for line in lines)


def test_a_figure_is_never_cut() -> None:
    number = "mille\u00a0soixante-deux\u00a0euros\u00a0et\u00a0cinquante\u00a0centimes"
    lines = shortened(" ".join(["mot"] * 22 + [number] + ["mot"] * 10))
    assert any(number.replace("\u00a0", " ") in line.lower() for line in lines)


def test_a_question_stays_one() -> None:
    assert sentences("Quelle est votre formule ?") == ["Quelle est votre formule ?"]


def test_lists_tables_and_sources_become_sentences() -> None:
    text = (
        "Voici la comparaison :\n\n| Formule | Prise en charge |\n| --- | --- |\n| MGEN Initiale | 80 € |\n\n"
        "Conditions :\n- Être inscrit.\n- Avoir moins de 18 ans (Statuts MGEN, article 4)\n"
        "Contact : Téléphone : 3676.\nSource : Statuts MGEN, article 4."
    )
    assert spoken_lines(text, ["Statuts MGEN, article 4"]) == [
        "Voici la comparaison.",
        "M G E N Initiale : quatre-vingts euros.",
        "Voici les conditions.",
        "Être inscrit.",
        "Avoir moins de dix-huit ans.",
        "Téléphone : trente-six soixante-seize.",
    ]
    assert "Source" not in body(text)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (
            "Règlement mutualiste MGEN Santé Prévoyance, article 45-4",
            "C'est l'article quarante-cinq tiret quatre du règlement M G E N Santé Prévoyance.",
        ),
        ("Statuts MGEN, article 1", "C'est l'article un des statuts de M G E N."),
        ("Statuts MGEN Centres de santé, article 4", "C'est l'article quatre des statuts de M G E N Centres de santé."),
        ("Annexe 1 – Dentaire", "C'est écrit dans l'annexe un."),
        ("Guide pratique adhérent – Mon contrat", "C'est écrit dans le guide de l'adhérent."),
        ("Un autre texte", "C'est écrit dans le document de votre mutuelle."),
    ],
)
def test_a_source_is_told_in_a_few_words(reference: str, expected: str) -> None:
    assert spoken_source([{"document": "d", "reference": reference}]) == [expected]
    assert spoken_source([]) == []


def test_addresses_are_spelt_only_when_asked_for() -> None:
    assert addresses("à a.b@exemple.fr ou sur mgen.fr, sur mgen.fr") == ("a.b@exemple.fr", "mgen.fr")
    assert spelt("a-1@b.fr") == "A, tiret, un, arobase, B, point, F, R"


def question(titles: list[str]) -> dict[str, object]:
    return {"fact": "formule", "choices": [{"title": title, "value": title} for title in titles]}


def test_choices_are_said_with_their_keys() -> None:
    assert spoken_choices(question(["Oui", "Non"])) == ["Dites ou tapez un pour Oui, deux pour Non."]


def test_more_choices_than_a_listener_holds_are_left_to_their_words() -> None:
    long = ["un choix dont le titre compte bien plus de mots que ce que l'on peut retenir d'un coup"] * 6
    assert spoken_choices(question(long)) == ["Dites votre réponse avec vos mots."]
    assert spoken_choices(question([f"choix {n}" for n in range(12)]))[-1].startswith("Pour un autre choix")


@pytest.mark.parametrize(
    ("fact", "words"),
    [("age", "nombre"), ("prix", "montant"), ("date_adhesion", "année"), ("handicap", "deux pour non")],
)
def test_a_question_without_choices_says_how_to_key_the_reply(fact: str, words: str) -> None:
    assert words in spoken_choices({"fact": fact, "choices": []})[0]
