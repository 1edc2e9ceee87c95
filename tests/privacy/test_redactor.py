"""Personal data in every spelling; and what must stay."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.births import coarsened
from bot.privacy.lexicon import first_names, names_or_words, words
from bot.privacy.redactor import redact, redact_chat, redact_mail
from kb.entries import entries
from rules_engine.parameters import parameters
from tests.triage.mails import mails

DAY = date(2026, 3, 12)
PLAIN_NAMES = sorted(name for name in first_names() - names_or_words() - words("never_names") if len(name) > 4)


@pytest.mark.parametrize(
    ("text", "secret", "placeholder"),
    [
        ("mon tél 06.39.98.12.34", "06.39.98.12.34", "[TELEPHONE]"),
        ("tel 0639981234 merci", "0639981234", "[TELEPHONE]"),
        ("joignable au +33 6 39 98 12 34", "39 98 12 34", "[TELEPHONE]"),
        ("+33(0)639981234", "639981234", "[TELEPHONE]"),
        ("depuis la Belgique : +32 475 12 34 56", "475 12 34 56", "[TELEPHONE]"),
        ("zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre", "trente-neuf", "[NUMERO]"),
        ("n° adhérent 204 555 818", "204 555 818", "[NUMERO]"),
        ("Mme Petit 204555818 carte", "204555818", "[NUMERO]"),
        ("M1046650 est mon numéro", "M1046650", "[NUMERO]"),
        ("dossier d'assistance RMA-774120", "774120", "[NUMERO]"),
        ("facture n° 2026-45872", "45872", "[NUMERO]"),
        ("mon nir 1 85 05 78 006 084 36", "78 006 084", "[NIR]"),
        ("NIR 2 68 10 2A 598 211 47", "598 211", "[NIR]"),
        ("IBAN FR76 3000 6000 0112 3456 7890 189", "3000 6000", "[IBAN]"),
        ("fr7630006000011234567890189", "30006000", "[IBAN]"),
        ("BIC AGRIFRPP", "AGRIFRPP", "[BIC]"),
        ("jean.dupont arobase gmail point com", "gmail", "[EMAIL]"),
        ("mon mot de passe est Azerty123!", "Azerty123", "[SECRET]"),
        ("plaque AB-123-CD", "AB-123-CD", "[IMMATRICULATION]"),
        ("14 bis rue des Lilas, 44000 Nantes", "Lilas", "[ADRESSE]"),
        ("Résidence Les Pins, bât C, 3 avenue Foch 13008 MARSEILLE à partir du 1er mai", "Foch", "[ADRESSE]"),
        ("9 sente du Vieux-Pressoir, 14997 Hautmesnil", "Pressoir", "[ADRESSE]"),
        ("j'habite maintenant 12 rue victor hugo 35000 rennes", "victor hugo", "[ADRESSE]"),
        ("Mme LEFÈVRE Anne-Sophie", "LEFÈVRE", "[NOM]"),
        ("mon fils Hugo", "Hugo", "[NOM]"),
        ("ma fille, Zoé Petit, étudie", "Petit", "[NOM]"),
        ("je suis marc dupont", "dupont", "[NOM]"),
        ("dr martin m'a opéré", "martin", "[NOM]"),
        ("Awa Ndiaye demande", "Ndiaye", "[NOM]"),
        ("merci. C. Maréchaux", "Maréchaux", "[NOM]"),
        ("bien à vous, J.-P. Roussel", "Roussel", "[NOM]"),
        ("vu avec M. Le Guen", "Le Guen", "[NOM]"),
        ("POULAIN Hugo a huit ans", "POULAIN", "[NOM]"),
        ("mes enfants : Inaya, Naël et Soan", "Soan", "[NOM]"),
        ("Violette et moi sommes pacsés", "Violette", "[NOM]"),
        ("appelez Marc Toussaint", "Toussaint", "[NOM]"),
        ("c'est madame kowalczyk je rappelle", "kowalczyk", "[NOM]"),
        ("je m'appelle rosa mercier et j'ai 54 ans", "mercier", "[NOM]"),
        ("le nom de famille c'est le goff", "goff", "[NOM]"),
        ("j'habite au douze rue des lilas à nantes", "douze rue des lilas", "[ADRESSE]"),
        ("née le douze mars mille neuf cent soixante-quinze", "douze mars", "[DATE_NAISSANCE]"),
        ("Zoé Petit, 04/09/1971, demande une attestation", "04/09/1971", "[DATE_NAISSANCE]"),
        ("jp tiret martin arobase courriel point com", "martin", "[EMAIL]"),
        ("f r soixante-seize trente zéro zéro six zéro zéro douze", "f r soixante", "[NUMERO]"),
        ("mon dossier c'est le quarante-cinq douze trente-trois vingt", "trente-trois", "[NUMERO]"),
    ],
)
def test_what_identifies_gives_way(text: str, secret: str, placeholder: str) -> None:
    redacted = redact_mail("", text, DAY).body
    assert secret not in redacted
    assert placeholder in redacted


@pytest.mark.parametrize(
    "text",
    [
        "soins du 12/03/2026, 1 250 € réglés, article 45-4, 100 % Santé",
        "appelez le 09 72 72 27 28, le +33 9 72 72 27 28 ou le 3676",
        "une facture de 6 400 euros payée en 2024 2025",
        "Monsieur, Madame, je suis Professeur, MGEN Référence",
        "je pars à Buenos Aires puis à New York avec ÔJI Intégrale",
        "à l'hôpital Louis Pradel, au lycée Victor Hugo, rue de la mairie",
        "2 cours de yoga, 3 séances chez l'ostéo, changer mon adresse mail",
        "C'EST INADMISSIBLE ! VOUS ME RACONTEZ DES HISTOIRES !",
        "cb max par an ? lan dernier, cette anné",
        "l'établissement Marcel Rivière à La Verrière",
        "né en mille neuf cent quatre-vingt-dix-neuf",
        "soignée à Metz le 15 novembre 2026 pour 1757€, ma facture du 02/01/26 s'élève à 345,20 euros",
        "Professeur d'EPS, en longue maladie, un professeur agrégé à Orléans",
        "le docteur refuse, le docteur m'a dit, monsieur le directeur",
        "deux cours de yoga, une route barrée, opéré le douze mars deux mille vingt-six",
    ],
)
def test_what_identifies_nobody_stays(text: str) -> None:
    assert redact(text) == text


def test_a_name_told_once_is_known_everywhere() -> None:
    found = redact_mail("Dossier DURAND", "mon mari Paul Durand est opéré. Durand est son nom", DAY, {"lefort"})
    assert "urand" not in f"{found.subject} {found.body}".replace("DURAND", "urand")
    assert redact_mail("", "le contrat Lefort", DAY, {"lefort"}).body == "le contrat [NOM]"


def test_a_day_of_birth_keeps_its_month_for_the_rules_only() -> None:
    found = redact_mail("", "ma fille née le 14 mars 2019 est couverte", DAY)
    assert found.body == "ma fille née le [DATE_NAISSANCE] est couverte"
    assert found.told[1] == "ma fille née en mars 2019 est couverte"
    assert coarsened("né le 03/11/61", DAY) == "né en novembre 1961"


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("je suis née le 14/07/1968", "je suis née en juillet 1968"),
        ("né le douze mars mille neuf cent soixante-quinze", "né en mars mille neuf cent soixante-quinze"),
        ("né le trois zéro quatre mille neuf cent quatre-vingts", "né en [DATE_NAISSANCE]"),
        ("Zoé Petit, 14/07/1968, demande", "[NOM], [DATE_NAISSANCE], demande"),
        ("mon bébé né le 27 février", "mon bébé né le 27 février"),
        ("ma fille née le 12 janvier 2026", "ma fille née le 12 janvier 2026"),
        ("ma fille née le 12/01/26", "ma fille née le 12/01/26"),
        ("naissance prévue le 4 janvier 2027", "naissance prévue le 4 janvier 2027"),
        ("né le 12/03/58", "né en mars 1958"),
    ],
)
def test_a_chat_keeps_month_and_year_of_a_birth(told: str, kept: str) -> None:
    assert redact_chat(told, DAY) == kept


def test_nearly_all_of_what_authors_said_identifies_is_found() -> None:
    said = [(mail, secret) for mail in (*mails("personal"), *mails("held")) for secret in mail["pii"]]
    kept = []
    for mail, secret in said:
        from bot.triage.message import prepared

        message = prepared(mail["subject"], mail["body"], DAY)
        kept += [secret] if secret.lower() in f"{message.subject}\n{message.body}\n{message.words}".lower() else []
    assert len(said) > 700
    assert len(kept) <= len(said) // 100, kept


def test_hardly_any_question_of_members_is_taken_for_a_name() -> None:
    questions = [question for entry in entries().values() for question in entry.questions][::7]
    changed = [question for question in questions if redact(question) != question]
    assert len(changed) <= len(questions) * 0.01, changed


@given(
    st.sampled_from(PLAIN_NAMES), st.sampled_from(["mon fils {}", "je m'appelle {}", "Mme {} Quintavalle", "voir {}"])
)
def test_a_first_name_is_masked_wherever_it_stands(name: str, sentence: str) -> None:
    assert name.title() not in redact_mail("", sentence.format(name.title()), DAY).body


@given(st.from_regex(r"0[67]([ .-]?)39\1[19]8\1\d\d\1\d\d", fullmatch=True))
def test_a_telephone_is_masked_however_it_is_written(number: str) -> None:
    assert redact(f"tel {number} svp") == "tel [TELEPHONE] svp"


@given(st.sampled_from([p for p in parameters().values() if p.unit == "phone"]))
def test_the_telephones_of_the_documents_stay(parameter: object) -> None:
    number = next(str(value.value) for value in parameter.values if value)  # type: ignore[attr-defined]
    assert redact(f"appelez le {number} demain") == f"appelez le {number} demain"


@given(st.text(max_size=300), st.text(max_size=80))
def test_any_text_can_be_redacted_and_again(body: str, subject: str) -> None:
    once = redact_mail(subject, body, DAY)
    assert not re.search(r"[\w.]+@\w+\.\w{2,}", once.body)


@pytest.mark.parametrize(
    "told",
    [
        "je suis hospitalisée à Cahors. L'admission veut son numéro",
        "des verres de classe B. En MGEN Intégrale, combien ?",
        "de classe B. Chez un opticien Kalixia",
        "j'ai réglé 240 € à l'association du Puy. C'est remboursé ?",
        "c'est quoi exactement Noemie ?",
        "c koi noemie",
    ],
)
def test_the_end_of_a_sentence_and_names_of_the_trade_are_no_names(told: str) -> None:
    assert redact(told) == told


@pytest.mark.parametrize(
    "told", ["je m'appelle Noémie Ravelet", "C. Maréchaux", "ma fille Noémie, 4 ans", "de A. B. Cottin"]
)
def test_initials_and_names_that_are_words_too_are_masked(told: str) -> None:
    assert not re.search("No[eé]mie|Ravelet|Maréchaux|Cottin", redact(told))


@pytest.mark.parametrize("told", ["écrivez-moi Lindenblütenweg 41b, Berlin. Merci", "j'habite 12 Baker Street, London"])
def test_streets_abroad_are_masked(told: str) -> None:
    shown = redact(told)
    assert "[ADRESSE]" in shown and not re.search(r"\d|Berlin|London", shown)


@pytest.mark.parametrize("told", ["le forfait est de 41 euros, Berlin ou ailleurs", "12 jours, Londres puis Oslo"])
def test_places_abroad_are_no_addresses(told: str) -> None:
    assert redact(told) == told


def test_no_subject_of_the_knowledge_base_is_taken_for_personal_data() -> None:
    assert [entry.title for entry in entries().values() if redact(entry.title) != entry.title] == []
