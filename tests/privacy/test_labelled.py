"""The redactor on labelled messages: what it finds, what it hides wrongly, how fast it is."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from stdnum import iban
from stdnum.fr import nir
from typer.testing import CliRunner

from bot.bench.privacy import (
    MEASURED,
    MENDED,
    Found,
    Labelled,
    found,
    hidden_spans,
    kinds,
    labelled,
    microseconds,
    scores,
)
from bot.cli.bench import app
from bot.privacy.redactor import redact
from tests.privacy import make_labelled

RECALL, PRECISION = 0.99, 0.97
LEAST_OF_A_KIND = 0.97
MOST_US = 1_000
STYLES = {"chat", "sms", "voice", "letter"}
PERSONAL = {"nom", "nir", "iban", "email", "telephone", "adresse", "naissance", "numero"}


@pytest.fixture(scope="module")
def results() -> list[Found]:
    """What the redactor finds in every labelled message."""
    return [found(message) for message in labelled()]


def test_there_are_enough_messages_of_each_sort() -> None:
    messages = labelled()
    assert len(messages) >= 650 and len({each.id for each in messages}) == len(messages)
    assert sum(not each.spans for each in messages) >= 250
    assert {each.style for each in messages} == STYLES
    halves = Counter(each.half for each in messages)
    assert min(halves.values()) >= 0.4 * len(messages)
    for half in (MENDED, MEASURED):
        assert {kind for each in messages if each.half == half for _, kind in each.spans} == PERSONAL


def test_they_are_what_the_script_makes() -> None:
    written = [json.loads(line) for line in make_labelled.LABELLED.read_text(encoding="utf-8").splitlines()]
    assert written == list(make_labelled.labelled())


def test_no_sentence_is_in_both_halves() -> None:
    halves: dict[str, set[str]] = {}
    for message in labelled():
        halves.setdefault(message.id.rsplit("-", 1)[0], set()).add(message.half)
    assert all(len(found_in) == 1 for found_in in halves.values())


def test_numbers_made_have_their_key() -> None:
    made = [
        (kind, message.text[slice(*span)].replace(" ", ""))
        for message in labelled()
        if "-slots-" in message.id and message.style != "voice"
        for span, kind in message.spans
    ]
    numbers = [number for kind, number in made if kind == "nir"]
    assert any("2A" in number or "2B" in number for number in numbers)
    assert all(nir.is_valid(number) for number in numbers)
    assert all(iban.is_valid(number) for kind, number in made if kind == "iban")


@pytest.mark.parametrize("half", [MENDED, MEASURED])
def test_nearly_all_is_hidden_and_hardly_anything_else(half: str, results: list[Found]) -> None:
    held = scores([each for each in results if each.message.half == half])
    assert held.recall is not None and held.recall >= RECALL
    assert held.precision is not None and held.precision >= PRECISION


def test_no_kind_is_found_badly(results: list[Found]) -> None:
    for kind in kinds(results):
        held = scores(results, kind)
        assert held.recall is not None and held.recall >= LEAST_OF_A_KIND, kind
        assert held.precision is not None and held.precision >= LEAST_OF_A_KIND, kind


def test_what_is_kept_and_what_is_hidden_wrongly_is_counted() -> None:
    text = "appelez le 06 39 98 12 34 ou voyez M. Le prix est de 3 euros"
    message = Labelled("x", "chat", MENDED, text, (((11, 25), "telephone"), ((41, 49), "nom")))
    seen = found(message)
    assert seen.kept == (("nom", text[41:49]),) and seen.hidden == ("TELEPHONE",) and seen.wrong == ()
    assert scores([seen]).recall == 0.5 and scores([seen], "telephone").recall == 1
    harmless = found(Labelled("y", "chat", MENDED, "appelez le 06 39 98 12 34", ()))
    assert harmless.wrong == (("TELEPHONE", "06 39 98 12 34"),)
    assert scores([seen, harmless]).precision == 0.5 and scores([harmless]).recall is None


def test_a_changed_text_is_not_measured() -> None:
    assert hidden_spans("voir Hugo demain", "voir [NOM] demain") == [((5, 9), "NOM")]
    with pytest.raises(ValueError, match="more than personal data"):
        hidden_spans("voir Hugo demain", "voir [NOM] ce soir")


def test_a_chat_message_takes_less_than_a_millisecond() -> None:
    messages = [each for each in labelled() if each.style == "chat"]
    middle, most = microseconds(messages, 3, redact)
    assert middle < MOST_US and most < 3 * MOST_US


def test_the_command_prints_the_figures() -> None:
    told = CliRunner().invoke(app, ["privacy", "--runs", "1", "--json"])
    assert told.exit_code == 0
    figures = json.loads(told.stdout)
    assert figures["scores"][MEASURED].keys() == {"messages", "personal", "recall", "precision"}
    assert figures["chat_us"]["p50"] > 0
    table = CliRunner().invoke(app, ["privacy", "--runs", "1", "--errors", "50"])
    assert MEASURED in table.stdout and "µs" in table.stdout
    aside = {message.id for message in labelled((MEASURED,))}
    assert not [line for line in table.stdout.splitlines() if line.split(" ")[0] in aside]
