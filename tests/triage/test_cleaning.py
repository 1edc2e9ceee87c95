"""The member's own words of a mail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.triage.cleaning import cleaned
from bot.triage.markup import plain_text

OWN = "Bonjour,\n\nJe voudrais une attestation. Le médecin a écrit une ordonnance pour mon fils.\nC'est pour l'école.\n"
QUOTES = {
    "webmail": (
        "\nLe mar. 3 mars 2026 à 10:12, MGEN <contact@mgen.example> a écrit :\n> Bonjour,\n> il manque une pièce.\n"
    ),
    "no blank before the colon": "\nLe 03/03/2026 à 10:12, MGEN a écrit:\n> il manque une pièce\n",
    "header broken in two": (
        "\nLe mar. 3 mars 2026 à 10:12, MGEN Centre de gestion\n<x@mgen.example> a écrit :\n\n> il manque une pièce\n"
    ),
    "no mark": "\nLe 3 mars 2026 à 10:12, MGEN <x@mgen.example> a écrit :\n\nBonjour, il manque une pièce.\n",
    "original message": (
        "\n-----Message d'origine-----\nDe : MGEN\nEnvoyé : mardi 3 mars 2026 10:12\nÀ : Moi\nObjet : RE: x\n\n"
        "Bonjour, il manque une pièce.\n"
    ),
    "fields alone": (
        "\nDe : MGEN <x@mgen.example>\nEnvoyé : mardi 3 mars\nÀ : Moi\nObjet : RE: x\n\nil manque une pièce\n"
    ),
    "fields without blanks": "\nDe: MGEN\nDate: 3 mars 2026\nA: Moi\nSujet: RE: x\n\nil manque une pièce\n",
    "marked fields": '\n> Message du 03/03/26 10:12\n> De : "MGEN"\n> A : moi\n> Objet : x\n>\n> il manque une pièce\n',
    "phone": (
        "\n-------- Message original --------\nDe : MGEN\nDate : 03/03/2026\n"
        "À : moi\nObjet : RE\n\nil manque une pièce\n"
    ),
    "below a footer": "\nEnvoyé de mon iPhone\n\n> Le 3 mars 2026 à 10:12, MGEN a écrit :\n> \n> il manque une pièce\n",
    "a rule": (
        "\n________________________________\nDe : MGEN\nEnvoyé : mardi\nÀ : moi\nObjet : RE\n\nil manque une pièce\n"
    ),
    "in the line": " Le 3 mars 2026 à 10:12, MGEN <x@mgen.example> a écrit : Bonjour il manque une pièce.",
}


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES.keys())
def test_quoted_replies_are_no_words_of_the_member(quote: str) -> None:
    text = cleaned(OWN + quote).text
    assert "manque" not in text and "Envoyé" not in text and "MGEN" not in text
    assert "Le médecin a écrit une ordonnance" in text and "l'école" in text


def test_an_answer_below_what_it_quotes_is_kept() -> None:
    body = (
        "Le 3 mars 2026 à 10:12, MGEN <x@m.fr> a écrit :\n> Quelle est votre adresse ?\n"
        "\nToujours la même, au 4e étage."
    )
    assert cleaned(body).text == "Toujours la même, au 4e étage."


def test_a_mail_sent_on_without_a_word_is_the_message() -> None:
    body = (
        "Pour info\n---------- Forwarded message ---------\nDe : Clinique\n"
        "Date: 3 mars\nSubject: devis\n\nVoici le devis."
    )
    assert "Voici le devis." in cleaned(body).text


@pytest.mark.parametrize(
    ("body", "text", "signature"),
    [
        ("Ma carte est perdue.\nCordialement,\nAnne MARTIN", "Ma carte est perdue.", ("Anne MARTIN",)),
        (
            "Ma carte est perdue. Merci d'avance. Bien cordialement, Anne Martin",
            "Ma carte est perdue.",
            ("Anne Martin",),
        ),
        ("jai perdu ma carte koment fair merci\nkevin", "jai perdu ma carte koment fair", ("kevin",)),
        ("Carte perdue\nAnne Martin\nn° 204 555 818", "Carte perdue", ("Anne Martin", "n° 204 555 818")),
        (
            "Ma question.\n\nJe vous prie d'agréer, Madame, Monsieur, l'expression de mes salutations distinguées.\n\n"
            "Anne Martin\n14 rue des Lilas\n44000 Nantes",
            "Ma question.",
            ("Anne Martin", "14 rue des Lilas", "44000 Nantes"),
        ),
        ("Ma question.\n\nEnvoyé de mon iPhone", "Ma question.", ()),
        ("Bonjour, cordialement je vous demande une carte", "Bonjour, cordialement je vous demande une carte", ()),
    ],
)
def test_the_signature_stands_apart(body: str, text: str, signature: tuple[str, ...]) -> None:
    assert cleaned(body) == type(cleaned(""))(text, signature)


def test_what_is_told_after_the_signature_is_told() -> None:
    text = cleaned("Ma carte.\nCordialement,\nAnne MARTIN\n\nPS : je pars demain à l'hôpital, urgent.").text
    assert "je pars demain" in text and "MARTIN" not in text


def test_html_is_read_as_it_is_shown() -> None:
    body = "<html><style>p{}</style><p>Bonjour,<br>ma&nbsp;carte</p><blockquote>ancien message</blockquote></html>"
    assert cleaned(body).text == "Bonjour,\nma carte"


@given(st.text(max_size=400))
def test_any_text_can_be_read(body: str) -> None:
    assert isinstance(cleaned(body).text, str)
    assert "\x00" not in plain_text(body)


@given(st.lists(st.sampled_from(["je demande une carte", "quel est le délai ?", "mon fils est opéré"]), min_size=1))
def test_a_plain_message_is_kept_whole(sentences: list[str]) -> None:
    body = "\n".join(sentences)
    assert cleaned(body).text == body
