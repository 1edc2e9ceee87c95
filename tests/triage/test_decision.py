"""The taxonomy's explicit rules over what was learned."""

from __future__ import annotations

from datetime import date

import pytest

from bot.triage.decision import QUESTION, REQUEST, THANKS, Decision, decide, prioritised
from bot.triage.model import Sorted
from bot.triage.signs import signs

DAY = date(2026, 3, 12)


def sort(words: str, *kinds: str, low: float = 0.1, contract: str | None = None) -> Decision:
    ranked = {name: 1 / (place + 1) for place, name in enumerate(kinds)}
    return decide(words, Sorted(ranked, 0.8, low), signs(words, DAY), contract, DAY)


def codes(found: Decision) -> set[str]:
    return {why.code for why in found.why}


def test_abroad_wins_but_over_the_site() -> None:
    words = "facture d'un médecin à Lisbonne, Portugal, à rembourser"
    assert sort(words, "facture").kind.id == "etranger_remboursement"
    assert "rule:abroad" in codes(sort(words, "facture"))
    assert sort(words, "connexion").kind.id == "connexion"


def test_overseas_departments_are_not_abroad() -> None:
    words = "consultation pendant mes vacances dans les drom, à La Réunion, à rembourser"
    assert sort(words, "etranger_remboursement", "facture").kind.id == "facture"


def test_an_accident_reported_wins_over_the_care() -> None:
    words = "Je vous déclare un accident de vélo, voici la facture du dentiste"
    assert sort(words, "facture").kind.id == "accident"
    assert sort("une aide à domicile après un accident déclaré", "aide_domicile").kind.id == "aide_domicile"


@pytest.mark.parametrize(
    ("words", "priority"),
    [
        ("mon avocat vous écrira au sujet de ma cotisation", "haute"),
        ("le bloc est demain matin et la clinique refuse mon admission", "haute"),
        ("merci de corriger ma cotisation", "normale"),
    ],
)
def test_the_priority_follows_the_list(words: str, priority: str) -> None:
    assert sort(words, "cotisation_a_corriger").priority == priority


def test_a_mere_question_is_low_and_may_be_done_online() -> None:
    found = sort("où trouve-t-on son échéancier ? simple question", "echeancier", low=0.9)
    assert (found.priority, found.online, found.act) == ("basse", True, QUESTION)


def test_thanks_ask_for_nothing() -> None:
    found = sort("mille mercis pour votre aide, tout est réglé", "echeancier", low=0.6)
    assert (found.act, found.online, found.priority) == (THANKS, False, "basse")


def test_what_is_urgent_is_never_mere_thanks() -> None:
    found = sort("merci pour votre aide mais mon opération est demain et tout est refusé", "carte", low=0.9)
    assert found.priority == "haute" and found.act != THANKS


def test_the_contract_decides_on_the_service() -> None:
    assert sort("changer de formule", "formule", contract="SOLUTIONS").online
    assert not sort("changer de formule", "formule", contract="MSP").online
    assert not sort("voici un devis", "devis", contract="SOLUTIONS").online
    assert sort("voici un devis", "devis").online


def test_a_life_in_danger_has_no_online_service() -> None:
    assert not sort("j'ai une douleur dans la poitrine depuis une heure, maiia ?", "services_sante").online


def test_a_fraud_has_no_online_service() -> None:
    words = "on a usurpé mon compte et changé le mot de passe, arnaque"
    assert not sort(words, "connexion").online
    assert sort("j'ai oublié mon mot de passe", "connexion").online


def test_what_was_learned_of_urgency_settles_but_for_a_danger_and_thanks() -> None:
    told = sort("je me pique une fois sur deux pour faire durer la boîte", "remboursement_non_recu")
    urgent = prioritised(told, "haute")
    assert (urgent.priority, {"urgent:alike"} <= codes(urgent)) == ("haute", True)
    assert not {code for code in codes(urgent) if code.startswith("priority:")}
    lower = prioritised(sort("mon avocat est en vacances, la facture suit", "facture"), "normale")
    assert lower.priority == "normale" and "urgent:legal" not in codes(lower)
    danger = sort("j'ai une douleur dans la poitrine", "services_sante")
    assert prioritised(danger, "basse") == danger
    thanks = sort("mille mercis pour votre aide, tout est réglé", "echeancier", low=0.6)
    assert prioritised(thanks, "normale") == thanks


def test_each_decision_gives_its_reasons_in_french() -> None:
    found = sort("voici ma facture", "facture")
    assert found.act == REQUEST
    assert {"kind:facture", "priority:normale", "online:yes"} <= codes(found)
    assert all(why.text.endswith((".", ")")) or why.text for why in found.why)


def test_a_danger_said_in_covered_words_is_shown_to_the_colleague() -> None:
    words = "je ne sais plus à qui parler"
    found = decide(words, Sorted({"echeancier": 1.0}, 0.8, 0.1), signs(words, DAY), None, DAY, uneasy=True)
    assert "danger:perhaps" in codes(found) and found.priority == "normale"
    assert "danger:perhaps" not in codes(sort(words, "echeancier"))
