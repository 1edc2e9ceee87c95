"""The data files of the triage: what they send to exists, and every letter that they can make is grounded."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from bot.rendering.grounding import check
from bot.triage.brain import Reply
from bot.triage.datafiles import data
from bot.triage.decision import QUESTION, REQUEST, SUGGESTION, THANKS, Decision, Why
from bot.triage.draft import Part, draft, phrases
from bot.triage.kinds import HIGH, LOW, NORMAL, Kind, categories, kinds, kinds_of_entries, services
from bot.triage.training import labelled
from kb.entries import CONTRACTS, PLACEHOLDER, entries

DAY = date(2026, 3, 12)
SCREEN = (
    "Accident", "Attestation", "Cotisations", "Données et site internet",
    "Information contrat à l'étranger", "Information soins", "Modification de contrat", "Prise en charge",
)  # fmt: skip


def decision(kind: Kind, act: str = REQUEST, priority: str = NORMAL, **more: object) -> Decision:
    online = act in (REQUEST, QUESTION) and kind.online(None)
    return Decision(kind, priority, online, act, 0.9, (Why("x", "y"),), **more)  # type: ignore[arg-type]


def test_the_categories_are_those_of_the_compose_screen() -> None:
    assert sorted(categories()) == sorted(SCREEN)


def test_every_kind_is_taught() -> None:
    assert not [kind.id for kind in kinds().values() if len(kind.examples) < 3]
    assert not {mail.kind for mail in labelled()} - kinds().keys()


def test_labels_agree_with_the_kinds() -> None:
    wrong = [mail.id for mail in labelled() if kinds()[mail.kind].category not in (mail.category, *mail.acceptable)]
    assert wrong == []


def test_no_name_stands_in_the_training_mails() -> None:
    assert not [mail.id for mail in labelled() if "@" in mail.body or "FR76" in mail.body]


def test_every_service_is_asked_for_and_proved() -> None:
    assert not services().keys() - {kind.service for kind in kinds().values()}
    for service in services().values():
        assert all(service.entries[space] for space in service.steps)
        assert not {name for names in service.entries.values() for name in names} - entries().keys()


@pytest.mark.parametrize("kind", kinds().values(), ids=kinds().keys())
def test_no_figure_stands_in_the_texts_of_a_kind(kind: Kind) -> None:
    texts = [kind.title, kind.answer, *(fact.text for fact in kind.facts), *(piece.piece for piece in kind.pieces)]
    if kind.service:
        texts += [step for steps in services()[kind.service].steps.values() for step in steps]
    check(PLACEHOLDER.sub("", "\n".join(texts)))


def test_no_figure_stands_in_the_phrases_of_letters() -> None:
    contacts = [
        text for name in ("adviser", "assistance", "abroad", "complaint") for text in data("contacts")[name].values()
    ]
    check(PLACEHOLDER.sub("", "\n".join([*contacts, str(phrases())])))


@pytest.mark.parametrize("contract", [*sorted(CONTRACTS), None])
@pytest.mark.parametrize("kind", kinds().values(), ids=kinds().keys())
def test_every_letter_can_be_written(kind: Kind, contract: str | None) -> None:
    for act, priority, legal in itertools.product((REQUEST, QUESTION, THANKS, SUGGESTION), (HIGH, LOW), (True, False)):
        letter = draft([Part(decision(kind, act, priority, legal=legal), Reply())], contract, (), DAY)
        assert letter.text.startswith("Bonjour,") and "conseiller MGEN" in letter.text
        assert letter.text != phrases()["withheld"]
        assert "{" not in letter.text and "[" not in letter.text and "None" not in letter.text
        assert letter.title and letter.sources
        if act in (THANKS, SUGGESTION):
            assert not letter.pieces and not letter.service


def test_danger_comes_first() -> None:
    letter = draft([Part(decision(kinds()["niveau"], emergency="emergency_suicide"), Reply())], "MSP", (), DAY)
    assert letter.text.index("3114") < letter.text.index("Nous avons")


def test_an_ungrounded_figure_withholds_the_letter(caplog: pytest.LogCaptureFixture) -> None:
    pieces = ("la facture de 1 234 €",)
    letter = draft([Part(decision(kinds()["facture"]), Reply(text="Oui.", topic="remboursement"))], "MSP", (), DAY)
    assert "1 234" not in letter.text
    fine = draft([Part(decision(kinds()["facture"]), Reply(text="Oui.", pieces=pieces))], "MSP", (), DAY)
    assert "1 234" in fine.text


def test_two_requests_of_one_kind_are_handled_once() -> None:
    part = decision(kinds()["facture"])
    letter = draft([Part(part, Reply(text="Pour l'un.")), Part(part, Reply(text="Pour l'autre."))], "MSP", (), DAY)
    assert letter.text.count("Sélectionnez le bénéficiaire") == 1
    assert "Pour l'un." in letter.text and "Pour l'autre." in letter.text


def test_what_is_given_is_not_asked_for() -> None:
    part = Part(decision(kinds()["impaye"]), Reply())
    assert "numéro d'adhérent" in draft([part], "MSP", (), DAY).text
    assert "numéro d'adhérent" not in draft([part], "MSP", ("NUMERO",), DAY).text


def test_a_named_entry_is_of_one_kind_before_its_theme() -> None:
    assert kinds_of_entries()["carte_tiers_payant_mgen"] == ("carte",)
