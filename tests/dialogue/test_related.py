"""In the chat: the questions that an entry offers as buttons really lead to what they promise."""

from __future__ import annotations

import random
from datetime import date

import pytest

from actions.information import answer_entry
from kb.entries import entries
from tests.conftest import Talk

pytestmark = pytest.mark.model

SAMPLE = 60
CONTRACTS = {
    "MSP": "MGEN Santé Prévoyance",
    "OJI": "ÔJI",
    "FPE": "contrat collectif obligatoire FPE",
    "SOLUTIONS": "MGEN Solutions",
}


def test_buttons_lead_where_they_say(talk: Talk) -> None:
    rng = random.Random(7)
    offered = []
    for entry in rng.sample([entry for entry in entries().values() if not entry.rule], SAMPLE):
        contract = rng.choice(sorted(entry.contracts)) if entry.contracts else None
        offered += [(contract, button) for button in answer_entry(entry, contract, date.today()).buttons]
    astray = []
    for contract, button in rng.sample(offered, SAMPLE):
        aims = {entry.answer_id for entry in entries().values() if entry.title == button["title"]}
        known = [f"je suis au contrat {CONTRACTS[contract]}"] if contract else []
        custom = talk(*known, button["payload"])[-1]["custom"]
        rule = (custom.get("decision") or {}).get("rule")
        if not {custom["topic"], rule} & aims and not _asks_for(custom, aims):
            astray.append((button, custom["kind"], custom["topic"]))
    assert len(astray) <= 0.05 * SAMPLE, astray


def _asks_for(custom: dict[str, object], aims: set[str]) -> bool:
    """Whether the assistant asks a fact before one of the answers aimed at, which a rule computes."""
    return custom["kind"] == "question" and bool(aims & {entry.rule for entry in entries().values() if entry.rule})


def test_an_answer_offers_questions_in_the_contracts_form(talk: Talk) -> None:
    message = talk("je suis au contrat FPE : le numéro 09 72 72 16 17 est-il payant ?")[-1]
    assert message["custom"]["topic"] == "telephone_fpe_prix"
    assert 1 <= len(message["buttons"]) <= 3
    assert all({"title", "payload"} == button.keys() for button in message["buttons"])
