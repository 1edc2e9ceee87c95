"""Bad requests, commands and personal data at the door."""

from __future__ import annotations

import json

import pytest

from bot.channels.errors import BadRequest
from bot.channels.requests import chat_request, clean
from bot.privacy.redactor import redact


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty_body"),
        (b"{", "invalid_json"),
        (b"[]", "invalid_json"),
        (b'"x"', "invalid_json"),
        (b"\xff\xfe", "invalid_json"),
        (b"[" * 100_000, "invalid_json"),
        (b'{"message": "x"}', "invalid_sender"),
        (b'{"sender": 1, "message": "x"}', "invalid_sender"),
        (b'{"sender": "a b", "message": "x"}', "invalid_sender"),
        (b'{"sender": "a"}', "invalid_message"),
        (b'{"sender": "a", "message": 3}', "invalid_message"),
        (b'{"sender": "a", "message": "  "}', "empty_message"),
        (b'{"sender": "a", "message": "x", "metadata": []}', "invalid_metadata"),
        (json.dumps({"sender": "a", "message": "x" * 13_000}).encode(), "too_large"),
    ],
)
def test_a_bad_request_says_what_to_correct(body: bytes, code: str) -> None:
    with pytest.raises(BadRequest) as error:
        chat_request(body)
    assert error.value.code == code
    assert error.value.message.endswith(".")
    assert 400 <= error.value.status < 500


@pytest.mark.parametrize("text", ["/restart", "/session_start", '/inform{"formule": "x"}', "  /intent  "])
def test_commands_never_reach_rasa(text: str) -> None:
    assert clean(text) == "?"


def test_a_question_that_begins_with_a_slash_is_a_question() -> None:
    assert clean("/ combien pour une couronne ?") == "combien pour une couronne ?"


@pytest.mark.parametrize(
    ("text", "secret", "placeholder"),
    [
        ("mon adresse jean.dupont@example.org", "jean.dupont@example.org", "[EMAIL]"),
        ("IBAN FR76 3000 6000 0112 3456 7890 189", "3000 6000", "[IBAN]"),
        ("mon numéro 2 84 05 75 115 001 42", "2 84 05 75", "[NIR]"),
        ("appelez-moi au 06 12 34 56 78", "06 12 34 56 78", "[TELEPHONE]"),
        ("numéro d'adhérent 202897774", "202897774", "[NUMERO]"),
        ("je m'appelle Marie Durand", "Marie Durand", "[NOM]"),
        ("j'habite 12 rue des Lilas, 75011 Paris", "rue des Lilas", "[ADRESSE]"),
    ],
)
def test_personal_data_is_replaced(text: str, secret: str, placeholder: str) -> None:
    redacted = redact(text)
    assert secret not in redacted
    assert placeholder in redacted


@pytest.mark.parametrize(
    "text",
    ["appelez le 09 72 72 16 17 ou le 3676", "une couronne à 216,50 €", "article 45-4", "le 12/03/2026", "le 3114"],
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert redact(text) == text
