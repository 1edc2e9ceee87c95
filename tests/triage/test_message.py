"""A mail made ready: what a colleague sees, and what is read."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.triage.message import LONGEST_WORDS, prepared

DAY = date(2026, 3, 12)


def test_subject_and_words_become_one_text() -> None:
    message = prepared(
        "RE: Carte", "Bonjour Madame,\nma carte est perdue.\nMerci\nAnne Quintavalle\nFPE 204555818", DAY
    )
    assert message.words == "Carte.\nma carte est perdue."
    assert message.body.endswith("[SIGNATURE]")
    assert "Quintavalle" not in message.body and {"NUMERO", "NOM"} <= message.given
    assert "FPE" in message.signature


def test_what_a_placeholder_stands_for_is_read() -> None:
    assert "nouveau compte : IBAN" in prepared("", "Voici le nouveau compte : FR7630006000011234567890189", DAY).words


def test_a_name_of_the_header_is_masked_in_the_text() -> None:
    assert "Vasquier" not in prepared("", "C'est encore Vasquier, bonjour.", DAY, ("Odile Vasquier",)).body


@given(st.text(max_size=200), st.text(max_size=400))
def test_any_mail_can_be_made_ready(subject: str, body: str) -> None:
    message = prepared(subject, body, DAY)
    assert len(message.words) <= LONGEST_WORDS


def test_a_huge_mail_is_read_in_time() -> None:
    for text in ("De : x\n", "12 rue ", "a@", "-", "je vous prie ", "Le 3 mars 2026 à 10:12 "):
        assert prepared(text * 20, text * (60_000 // len(text)), DAY).words is not None
