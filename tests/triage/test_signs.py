"""What makes a message urgent, and what only looks so."""

from __future__ import annotations

from datetime import date

import pytest

from bot.triage.near import near
from bot.triage.signs import signs
from bot.understanding.text import fold

DAY = date(2026, 3, 12)  # a Thursday


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("Il n'y a plus rien à manger à la maison.", "distress"),
        ("EDF coupe le courant lundi.", "distress"),
        ("je dors dans ma voiture avec mon fils", "distress"),
        ("je n'ai pas racheté mon insuline, je n'ai pas l'argent", "vital_care"),
        ("mon mari est violent et me cherche", "violence"),
        ("mon avocat vous écrira", "legal"),
        ("je saisis l'ACPR dans huit jours", "legal"),
        ("l'UFC-Que Choisir prend mon dossier", "legal"),
        ("j'ai prévenu la CNIL ce matin", "legal"),
        ("quelqu'un se sert de ma carte, c'est une fraude", "fraud"),
        ("je n'ai plus envie de vivre", "suicide"),
    ],
)
def test_what_is_urgent_is_seen(words: str, sign: str) -> None:
    assert sign in signs(words, DAY).high


@pytest.mark.parametrize(
    "words",
    [
        "J'ai reçu votre mise en demeure et je paie.",
        "Je préfère savoir avant de partir.",
        "Vous êtes des incapables, c'est une honte !",
        "Le dentiste a coupé la couronne.",
        "Ma mère est décédée le mois dernier.",
        "j'ai mangé à la cantine, quel remboursement ?",
    ],
)
def test_anger_illness_or_death_alone_are_not_urgent(words: str) -> None:
    assert not signs(words, DAY).high


@pytest.mark.parametrize(
    "words",
    [
        "mon opération est demain matin",
        "la caution est à payer avant ce soir",
        "il faut le papier dans 48 heures",
        "Nous sommes le 30, le dossier est à rendre le 31 janvier",
        "on est mardi, je suis opérée jeudi",
        "licencié le 17 septembre 2025, nous sommes le 16 mars 2026 et le délai est de 6 mois",
        "mise en demeure du 12 mars, suspension 30 jours après, on est le 10 avril",
    ],
)
def test_what_falls_within_two_days_is_near(words: str) -> None:
    assert near(fold(words), DAY)


@pytest.mark.parametrize(
    "words",
    [
        "mon opération est le 20 mai",
        "nous sommes le 1er mars et le délai finit le 30 mars",
        "on est mardi, je vous réponds lundi",
        "il y a deux ans",
    ],
)
def test_what_is_farther_is_not(words: str) -> None:
    assert not near(fold(words), DAY)


def test_a_day_of_the_mail_tells_what_is_near() -> None:
    assert near(fold("rendez-vous le 14 mars 2026"), DAY)
    assert not near(fold("rendez-vous le 14 mars 2026"), date(2026, 3, 1))


def test_stakes_count_only_when_time_is_short() -> None:
    assert "care" in signs("je suis opérée demain", DAY).stakes
    assert not signs("je suis opérée en mai", DAY).stakes


def test_an_accident_gone_by_is_no_danger_now() -> None:
    assert not signs(
        "Mon fils s'est ouvert l'arcade dans un accident de luge, je demande le remboursement.", DAY
    ).emergency
    assert signs("j'ai une douleur dans la poitrine depuis une heure", DAY).emergency == "emergency_medical"


def test_a_wish_to_die_is_heard_whatever_else_the_sentence_tells() -> None:
    told = "Je veux mourir, mes remboursements sont bloqués depuis trois mois et depuis le 3 janvier je n'ai rien."
    assert signs(told, DAY).emergency == "emergency_suicide"
