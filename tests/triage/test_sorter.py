"""One message through the whole triage."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.triage.brain import Day
from bot.triage.kinds import kinds
from tests.triage.conftest import Triage

pytestmark = pytest.mark.model
CATEGORIES = {kind.category for kind in kinds().values()}


def test_a_request_is_answered_from_the_documents(triage: Triage) -> None:
    found = triage(
        "Lunettes de ma fille", "Bonjour, combien remboursez-vous une couronne céramique ? MGEN Référence. Merci"
    )
    assert found["categorie"] in CATEGORIES
    assert found["draft"].startswith("Bonjour") and "€" in found["draft"]
    assert found["sources"] and 0 <= found["confidence"] <= 1


def test_two_requests_get_two_answers_and_the_first_action_names_the_category(triage: Triage) -> None:
    found = triage(
        "Deux demandes",
        "Bonjour, 1) je souhaite recevoir une attestation de droits pour ma pharmacie. "
        "2) j'ai changé de compte bancaire, comment vous transmettre mon nouveau RIB ?",
    )
    draft = found["draft"].casefold()
    assert "attestation" in draft and "rib" in draft
    assert any(code in why["code"] for why in found["why"] for code in ("kind:",))


def test_what_is_missing_is_asked_for(triage: Triage) -> None:
    found = triage(
        "Chambre", "Bonjour, je suis hospitalisé la semaine prochaine, quelle prise en charge de la chambre ?"
    )
    assert "formule" in found["draft"].casefold() or "contrat" in found["draft"].casefold()


def test_danger_comes_first_and_is_urgent(triage: Triage) -> None:
    found = triage("à l'aide", "Je n'en peux plus, je veux mourir, mes remboursements sont bloqués depuis trois mois.")
    assert found["priorite"] == "haute"
    assert "3114" in found["draft"].split("remboursement")[0]
    assert any(why["code"].startswith("urgent:") and why["text"] for why in found["why"])


def test_thanks_ask_for_nothing(triage: Triage) -> None:
    found = triage("Merci", "Bonjour, un grand merci à votre conseillère pour son accueil. Bonne journée.")
    assert found["priorite"] == "basse" and not found["online_service"] and found["pieces"] == []


def test_nothing_known_goes_to_an_adviser(triage: Triage) -> None:
    found = triage("???", "zxcv qwerty asdf")
    assert "conseiller" in found["draft"] and found["sources"]


def test_a_threat_of_lawyers_tells_the_way_to_complain(triage: Triage) -> None:
    found = triage(
        "Dernier rappel avant mise en demeure",
        "Sans remboursement de mes soins sous huit jours, mon avocat saisira le tribunal et le médiateur.",
    )
    assert found["priorite"] == "haute"
    assert "réclamation" in found["draft"].casefold()


def test_relative_dates_are_read_on_the_day_of_the_mail(triage: Triage) -> None:
    body = (
        "Bonjour, en disponibilité pour convenances personnelles depuis le 2 février (contrat FPE), "
        "je veux garder ma mutuelle. Quel délai ?"
    )
    then, known = triage("Dispo", body, date(2026, 2, 20)), triage("Dispo", body, date(2025, 2, 20))
    assert "4 mars 2026" in then["draft"] and "4 mars 2025" in known["draft"]
    assert not re.search(r"4 mars 20\d\d", triage("Dispo", body)["draft"])


def test_dates_are_sure_on_a_known_day_and_for_one_event() -> None:
    day, march, april = Day(date(2026, 3, 20)), (date(2026, 3, 3), {}, None), (date(2026, 4, 1), {}, None)
    assert day.sure([march]) == [march]
    assert day.sure([march, april]) == [march]
    assert day.sure([april]) == [april]
    assert day.sure([march, (date(2026, 1, 3), {}, None)]) is None
    assert Day(date(2026, 3, 20), certain=False).sure([march]) is None
    assert day.sure([(day.present, {}, None)]) == [(day.present, {}, None)]


TEXTS = st.text(
    st.characters(codec="utf-8") | st.sampled_from("\n<>@€0123456789 éà?"),
    max_size=300,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(subject=TEXTS, body=TEXTS)
def test_any_text_gets_a_whole_reply(triage: Triage, subject: str, body: str) -> None:
    found = triage(subject, body)
    assert found["categorie"] in CATEGORIES
    assert found["priorite"] in {"haute", "normale", "basse"}
    assert found["draft"] and found["objet"] and found["sources"]
    assert {"subject", "body"} == found["redacted"].keys()


@pytest.mark.parametrize("day", [date(2024, 3, 4), date(1024, 3, 4)])
@pytest.mark.parametrize("body", ["Combien remboursez-vous une couronne ? MGEN Référence.", "null", "je veux mourir"])
def test_a_message_older_than_the_documents_is_sorted_and_gets_no_amount(triage: Triage, day: date, body: str) -> None:
    found = triage("", body, day)
    assert found["categorie"] in CATEGORIES and "€" not in found["draft"]
    assert ("3114" in found["draft"]) == ("mourir" in body)
