"""What the reader finds in messages of every style."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.understanding.reader import read, speller
from bot.understanding.sites import ruled_out

TODAY = date(2026, 11, 21)


def facts(text: str) -> dict[str, Any]:
    return dict(read(text, TODAY).facts)


def families(text: str) -> tuple[str, ...]:
    return read(text, TODAY).linked.families


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("ma couronne sur une molaire", "couronne"),
        ("couronne sur implant", "couronne_sur_implant"),
        ("couronne provisoire", "couronne_transitoire"),
        ("rebasage de mon dentier", "rebasage"),
        ("un bilan chez la psychomotricienne", "bilan_psychomotricite"),
        ("séances de psychomotricité", "psychomotricite"),
        ("mon sonotone", "aide_auditive"),
        ("des piles pour mon appareil auditif", "aide_auditive_accessoires"),
        ("une perruque", "prothese_capillaire"),
        ("chanbre seul a lopital", "chambre_particuliere"),
        ("linfirmiere passe tou les jour", "auxiliaires_medicaux"),
        ("accésoires capilaires (turban)", "accessoires_capillaires"),
        ("j'ai vu l'oph talmo", "consultation_specialiste"),
        ("ostheo", "osteopathie"),
        ("opération de la cataracte", "implants_cataracte"),
        ("laser pour la myopie", "chirurgie_refractive"),
        ("test de grosesse", "contraception"),
        ("je dors à l'hôpital avec ma fille", "accompagnant"),
        ("deux verres progressifs et une monture", "lunettes"),
        ("mes lunettes, juste la monture", "monture"),
        ("mon psychiatre, pas une psychologue", "consultation_specialiste"),
        ("prise de sang prescrite par mon généraliste", "analyses_laboratoire"),
    ],
)
def test_benefit(text: str, family: str) -> None:
    assert families(text) == (family,)


@pytest.mark.parametrize(("text", "group"), [("un psy", "psy"), ("un appareil dentaire", "appareil_dentaire")])
def test_ambiguous_words_are_left_to_the_member(text: str, group: str) -> None:
    linked = read(text, TODAY).linked
    assert linked.group == group
    assert linked.families == ()


def test_facts_settle_an_ambiguous_word() -> None:
    assert families("appareil dentaire en metal 5 dents") == ("appareil_amovible",)


def test_two_benefits_joined_by_and_are_both_asked() -> None:
    assert families("combien pour l'ostéopathie et la sophrologie ?") == ("osteopathie", "sophrologie")


@pytest.mark.parametrize("text", ["je ne dors plus depuis trois semaines", "une pâte à crêpes", "mon scooter"])
def test_no_benefit_where_none_is_named(text: str) -> None:
    linked = read(text, TODAY).linked
    assert not linked.families and not linked.group


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("un ORL OPTAM", "optam", True),
        ("il n'est pas adhérent à l'OPTAM", "optam", False),
        ("spécialiste non OPTAM", "optam", False),
        ("il est pas au tam", "optam", False),
        ("sans option, un spécialiste optam", "optam", True),
        ("clinique pas conventionnée avec vous", "etablissement_conventionne", False),
        ("hors du réseau Kalixia", "reseau_kalixia", False),
        ("chez un opticien calixia", "reseau_kalixia", True),
        ("hors 100 % Santé", "panier_100_sante", False),
        ("rien de tout cela n'est dans le panier 100 % Santé", "panier_100_sante", False),
        ("cent pour cent santé", "panier_100_sante", True),
        ("la Sécu n'en rembourse pas un centime", "remboursable_secu", False),
        ("remboursé par la sécu", "remboursable_secu", True),
        ("la Sécurité sociale a donné son accord", "remboursable_secu", True),
        ("la sécu refuse", "remboursable_secu", False),
        ("sans passer par mon médecin traitant", "parcours_soins", False),
        ("formule préférence", "formule", "Référence"),
        ("ekilibre", "formule", "Equilibre"),
        ("non, pas Référence, Équilibre", "formule", "Equilibre"),
        ("FPE ss option", "formule", "panier"),
        ("option deux du contrat collectif", "formule", "option 2"),
        ("ma mère a soixante douze ans", "age", 72),
        ("il y a cinq ans", "age", None),
        ("tous les 2 ans", "age", None),
        ("la première année de contention", "phase_orthodontie", "contention_1"),
        ("MGEN ÔJI Intégrale", "contrat", "OJI"),
        ("OPTAM ou pas, je ne sais pas", "optam", None),
        ("je ne sais pas s'il est OPTAM", "optam", None),
    ],
)
def test_fact(text: str, fact: str, value: object) -> None:
    assert facts(text).get(fact) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "payé 45€, base sécu 30€, 2€ de participation forfaitaire",
            {"prix": 45, "base_remboursement": 30, "participation_forfaitaire": 2},
        ),
        ("il m'a pris 38€ et la base c'est 23€", {"prix": 38, "base_remboursement": 23}),
        ("j'ai déjà utilisé 50 € de mon forfait, elle me coûte 40 €", {"deja_utilise": 50, "prix": 40}),
        ("12 euros et 50 centimes", {"prix": Decimal("12.50")}),
        ("45e la séance", {"prix": 45}),
        ("au 3e mois", {}),
        ("base de 30 € et un dépassement de 20 €", {"base_remboursement": 30, "prix": 50}),
    ],
)
def test_amounts(text: str, expected: dict[str, object]) -> None:
    money = {"prix", "base_remboursement", "participation_forfaitaire", "deja_utilise", "part_secu"}
    assert {name: value for name, value in facts(text).items() if name in money} == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("facturées le 3 mars 2025", date(2025, 3, 3)),
        ("le 3/03/2025", date(2025, 3, 3)),
        ("le 1er mai", date(2026, 5, 1)),
        ("le 25 décembre", date(2026, 12, 25)),
        ("opérée le 25 décembre", date(2025, 12, 25)),
        ("j'ai été hospitalisé le 3 décembre", date(2025, 12, 3)),
        ("licencié au 30 nov", date(2026, 11, 30)),
        ("je déménage le 5 décembre", date(2026, 12, 5)),
        ("facture du 12 février", date(2026, 2, 12)),
        ("jusqu'au 1/04", date(2027, 4, 1)),
        ("né le 12/05/99", date(1999, 5, 12)),
        ("le 30 sept 2025", date(2025, 9, 30)),
        ("il y a 10 mois", date(2026, 1, 21)),
        ("y a trois semaines", date(2026, 10, 31)),
        ("hier", date(2026, 11, 20)),
        ("avant-hier", date(2026, 11, 19)),
        ("dans trois semaines", date(2026, 12, 12)),
        ("lundi prochain", date(2026, 11, 23)),
        ("mardi dernier", date(2026, 11, 17)),
        ("je quitte mon poste le 31 mars", date(2027, 3, 31)),
        ("j'quitte mon asso le 31 mars", date(2027, 3, 31)),
        ("jpars en retraite le 31 mars", date(2027, 3, 31)),
        ("quitte mon poste le 31 mars", date(2027, 3, 31)),
        ("ma mère sort de l'hôpital le 3 mars", date(2027, 3, 3)),
        ("j'ai quitté mon poste le 31 mars", date(2026, 3, 31)),
        ("mon opération est prévue le 4 janvier", date(2027, 1, 4)),
        ("immobilisé depuis dix jours", date(2026, 11, 11)),
    ],
)
def test_dates(text: str, day: date) -> None:
    assert [(found, last) for found, _, last in read(text, TODAY).dates] == [(day, None)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("adhérent depuis mars 2021", date(2021, 3, 1), date(2021, 3, 31)),
        ("on est en mai 2026", date(2026, 5, 1), date(2026, 5, 31)),
        ("depuis septembre", date(2026, 9, 1), date(2026, 9, 30)),
        ("en mai prochain", date(2027, 5, 1), date(2027, 5, 31)),
        ("en prévoyance depuis 2001", date(2001, 1, 1), date(2001, 12, 31)),
        ("adhérent depuis 5 ans", date(2020, 11, 22), date(2021, 11, 21)),
        ("j'ai changé il y a deux ans environ", date(2024, 5, 23), date(2025, 5, 22)),
        ("il y a à peu près 3 mois", date(2026, 8, 6), date(2026, 9, 5)),
        ("en congé depuis 2 ans environ", date(2023, 11, 22), date(2025, 5, 22)),
    ],
)
def test_a_month_or_a_year_keeps_both_its_bounds(text: str, first: date, last: date) -> None:
    assert [(found, until) for found, _, until in read(text, TODAY).dates] == [(first, last)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("absent du 2 au 20 novembre", [date(2026, 11, 2), date(2026, 11, 20)]),
        ("du 1er au 3 mars 2026", [date(2026, 3, 1), date(2026, 3, 3)]),
        ("du 28 octobre au 3 novembre 2025", [date(2025, 10, 28), date(2025, 11, 3)]),
        ("du 28 décembre au 3 janvier 2026", [date(2025, 12, 28), date(2026, 1, 3)]),
    ],
)
def test_a_range_has_both_its_days(text: str, days: list[date]) -> None:
    assert [found for found, _, _ in read(text, TODAY).dates] == days


def test_the_month_of_a_birth_leaves_its_year_to_be_read() -> None:
    reading = read("je suis né en mai 2000", TODAY)
    assert reading.dates == ()
    assert [(str(mention.value), mention.unit) for mention in reading.mentions] == [("2000", "year")]


def test_a_unit_said_once_serves_a_list_and_about_is_a_number() -> None:
    mentions = read("mes enfants de 8 et 16 ans, absents une quinzaine de jours", TODAY).mentions
    assert [(str(mention.value), mention.unit) for mention in mentions] == [
        ("8", "ans"),
        ("16", "ans"),
        ("15", "jours"),
    ]


@pytest.mark.parametrize("text", ["le 31 février 2026", "le 45/13/2026", "le je ne sais quand"])
def test_impossible_dates_are_no_dates(text: str) -> None:
    assert read(text, TODAY).dates == ()


@pytest.mark.parametrize(
    "text",
    ["", " ", "😀😀", "<script>alert(1)</script>", "'; DROP TABLE x;--", "a" * 100_000, "\x00\x01", "١٢٣", "½ ²"],
)
def test_any_text_is_read(text: str) -> None:
    read(text, TODAY)


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("ma fille a eu 29 ans le 8 mars 2026", date(1997, 3, 8)),
        ("il aura 18 ans le 2 février 2027", date(2009, 2, 2)),
        ("elle fête ses 20 ans le 29 février 2024", date(2004, 2, 29)),
    ],
)
def test_a_birthday_tells_the_day_of_birth(text: str, born: date) -> None:
    days = read(text, TODAY).dates
    assert [day for day, _, _ in days] == [born]
    assert any("naissance" in fact for fact in days[0][1])


def test_what_is_left_out_does_not_name_an_amount() -> None:
    mention = read("2 400 € par mois sans primes", TODAY).mentions[0]
    assert "primes_mensuelles" not in mention.facts
    assert (mention.monthly, mention.yearly) == (True, False)


@pytest.mark.parametrize(
    ("text", "monthly", "yearly"),
    [
        ("24 000 € brut par an de pensions", False, True),
        ("un salaire mensuel de 2 100 €", True, False),
        ("un revenu annuel de 31 000 €", False, True),
        ("il m'a coûté 300 €", False, False),
    ],
)
def test_the_period_of_an_amount(text: str, monthly: bool, yearly: bool) -> None:
    mention = read(text, TODAY).mentions[0]
    assert (mention.monthly, mention.yearly) == (monthly, yearly)


def test_numbers_of_a_list_share_what_they_are() -> None:
    first, second = read("j'ai utilisé 4 heures en mars puis 3 heures en juin", TODAY).mentions
    assert "heures_deja_utilisees" in first.facts
    assert "heures_deja_utilisees" in second.facts
    other = read("j'ai utilisé 4 heures, combien me reste-t-il sur les 12 heures ?", TODAY).mentions[1]
    assert "heures_deja_utilisees" not in other.facts


@pytest.mark.parametrize("text", ["2 200 brut", "un net moyen 2200", "mon salaire 2200", "2200 nets"])
def test_an_income_needs_no_euro_sign(text: str) -> None:
    assert [mention.unit for mention in read(text, TODAY).mentions] == ["EUR"]


@pytest.mark.parametrize(("text", "told"), [("avec ma femme", True), ("ma femme travaille", False)])
def test_small_words_may_make_a_phrase(text: str, told: bool) -> None:
    assert read(text, TODAY).facts.get("conjoint_couvert") is (True if told else None)


def test_a_fraction_is_no_date() -> None:
    assert not read("les 2/3 de mon traitement, 24h/24", TODAY).dates
    assert not read("en sept jours", TODAY).dates


def test_dates_and_their_cues_are_read_through_misspellings() -> None:
    reading = read("dans lenseignement depuis 2018, arret le 10 septenbre 2026", date(2026, 11, 21))
    (began, near, _), (leave, _, _) = reading.dates
    assert began == date(2018, 1, 1) and near["date_entree_champ"] < near.get("date_arret", 99)
    assert leave == date(2026, 9, 10)
    assert not [mention for mention in reading.mentions if mention.value == 10]


@pytest.mark.parametrize(("word", "meant"), [("demmande", "demande"), ("fevrie", "fevrier"), ("loulous", "enfants")])
def test_the_likest_of_several_words_is_meant(word: str, meant: str) -> None:
    assert speller().repair(word) == (meant,)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("mon traitement est de 1950 € par mois", ["EUR"]),
        ("je touche 2000 euros", ["EUR"]),
        ("un salaire de 2000 par mois", ["EUR"]),
        ("mon salaire : 1950", ["EUR"]),
        ("2010 mensuels", ["EUR"]),
        ("une pension de 1800/mois", ["EUR"]),
        ("salaire 2024", ["year"]),
        ("mon salaire de l'année 2008", ["year"]),
        ("retraité en 2010", ["year"]),
        ("absent 3 mois", ["mois"]),
    ],
)
def test_an_amount_is_told_from_a_year(text: str, units: list[str]) -> None:
    assert [mention.unit for mention in read(text, TODAY).mentions] == units


@pytest.mark.parametrize(
    "text",
    [
        "l'accident a eu lieu à 10h",
        "je travaille de 9h à 17h",
        "tombée vers 18 h 30",
        "rappelez-moi avant 8 heures du matin",
        "je suis seul entre 8h et 20h",
    ],
)
def test_a_time_of_day_counts_no_hours(text: str) -> None:
    reading = read(text, TODAY)
    assert (reading.mentions, reading.counts) == ((), {})


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("ai-je droit à 10 heures ?", ["10"]),
        ("de 2h à 4h de ménage", ["2", "4"]),
        ("passer de 10h à 20h par mois", ["10", "20"]),
        ("jusqu'à 10 heures", ["10"]),
        ("à 3 heures de route", ["3"]),
        ("15h d'aide à domicile", ["15"]),
    ],
)
def test_a_number_of_hours_is_no_time_of_day(text: str, hours: list[str]) -> None:
    assert [(str(each.value), each.unit) for each in read(text, TODAY).mentions] == [(one, "heures") for one in hours]


@pytest.mark.parametrize("text", ["mutée à Nantes depuis Genève", "depuis Genève je suis mutée à Nantes"])
def test_where_one_comes_from_is_not_where_one_goes(text: str) -> None:
    assert facts(text)["mutation_en_france"] is True


@pytest.mark.parametrize(
    ("text", "before"),
    [("3ème intervention de la cataracte", 2), ("ma troisieme injection", 2), ("c'est ma 4e séance d'ostéo", 3)],
)
def test_an_ordinal_tells_how_many_acts_came_before(text: str, before: int) -> None:
    reading = read(text, TODAY)
    assert (reading.facts["deja_actes"], dict(reading.counts)) == (before, {})


def test_other_ordinals_count_no_acts() -> None:
    assert "deja_actes" not in read("le 4e enfant, au 3e mois", TODAY).facts


@pytest.mark.parametrize("text", ["changer mon RIB sur mgen.fr", "sur le site MGEN . fr", "mgen point fr"])
def test_the_site_named_rules_out_who_has_another(text: str) -> None:
    assert ruled_out(text) == ["SOLUTIONS"]


def test_the_mutual_named_rules_nobody_out() -> None:
    assert ruled_out("ma mutuelle mgen, j'habite en france") == []


def test_fixed_expressions_tell_nothing_of_the_member() -> None:
    assert "qualite" not in facts("ma mère est en maison de retraite")
    assert facts("à la retraite, en maison de retraite")["qualite"] == "retraite"
    assert "formule" not in facts("mon salaire de référence est de 2 000 €")
    assert facts("en Référence, salaire de référence 2 000 €")["formule"] == "Référence"


def test_care_is_named_rather_than_the_forfait_that_it_draws_on() -> None:
    assert families("deux séances d'ostéo, sur mon forfait se soigner autrement, combien ?") == ("osteopathie",)
    assert families("forfait se soigner autrement, combien ?") == ("se_soigner_autrement",)


def test_nobody_is_born_in_a_year_to_come() -> None:
    (_, year) = read("ma fille de 28 ans finit sa thèse en 2027", TODAY).mentions
    assert year.value == 2027 and not [name for name in year.facts if "naissance" in name]
    (born,) = read("ma fille née en 2004", TODAY).mentions
    assert "enfant_annee_naissance" in born.facts


def test_a_day_before_an_amount_is_no_amount() -> None:
    amounts = [(str(m.value), m.unit) for m in read("en train le 24, 180 € l'aller-retour", TODAY).mentions]
    assert amounts == [("24", ""), ("180", "EUR")]


def test_an_infinitive_after_have_is_a_participle() -> None:
    dates = read("jai travailer du 1er septembre 2025 au 20 juin 2026", TODAY).dates
    assert [min(near, key=lambda name: near[name]) for _, near, _ in dates] == [
        "date_debut_contrat_travail",
        "date_fin_contrat_travail",
    ]
