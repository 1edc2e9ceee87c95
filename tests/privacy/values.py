"""Invented values that a template's slots take: personal ones with valid keys, and what only looks like them."""

from __future__ import annotations

from random import Random

from num2words import num2words
from stdnum import iban
from stdnum.fr import nir

from tests.privacy.names import FAMILIES, FIRST_NAMES

# What the regulator keeps for fiction: no subscriber will ever have these.
FICTION = ("019900", "026191", "035301", "046571", "053649", "063998")
PUBLIC = ("3676", "3114", "15", "112", "114", "119", "3919", "09 72 72 27 28")
TOWNS = ("Angers", "Metz", "Saint-Brieuc", "La Rochelle", "Nîmes", "Le Mans", "Aix-en-Provence", "Paris", "Cayenne")
STREETS = (
    "rue des Tilleuls", "avenue du Général-Leclerc", "boulevard Carnot", "chemin de la Fontaine", "impasse du Puits",
    "allée des Érables", "place du Marché", "rue Louis-Blanc", "route de Dinan", "quai des Mariniers",
)  # fmt: skip
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
FORMULES = ("Initiale", "Équilibre", "Référence", "Intégrale", "MGEN Référence")
BENEFITS = ("CHAMBRE PARTICULIÈRE", "l'implantologie", "FORFAIT OPTIQUE", "la cure thermale", "AUDIOPROTHÈSE CLASSE 2")
HOSTS = ("exemple.fr", "courriel.example", "exemple.com", "mail.exemple.org")


def value(slot: str, random: Random) -> str:
    """Return a value for a slot."""
    return str(MAKERS[slot](random))


def kind_of(slot: str) -> str | None:
    """Return the kind of personal data that a slot holds, None for what is nobody's."""
    kind = slot.removesuffix("_dit").removesuffix("_bas")
    return {"prenom": "nom", "famille": "nom"}.get(kind, kind if kind in PERSONAL else None)


def _first(random: Random) -> str:
    return random.choice(FIRST_NAMES)


def _family(random: Random) -> str:
    return random.choice(FAMILIES)


def _name(random: Random) -> str:
    first, family = _first(random), _family(random)
    return random.choice((f"{first} {family}", f"{first} {family.upper()}", f"{family.upper()} {first}"))


def _digits(random: Random, length: int) -> str:
    return "".join(random.choices("0123456789", k=length))


def _grouped(random: Random, digits: str, sizes: tuple[int, ...], between: str) -> str:
    parts, start = [], 0
    for size in sizes:
        parts.append(digits[start : start + size])
        start += size
    return random.choice((between, between, "")).join(part for part in parts if part)


def _nir(random: Random) -> str:
    place = random.choice(("75", "13", "2A", "2B", "59", "97", "99", f"{random.randint(1, 95):02}"))
    place = "69" if place == "20" else place
    rest = f"{random.randint(1, 990):03}{random.randint(1, 999):03}"
    number = f"{random.choice('12')}{random.randint(30, 99)}{random.randint(1, 12):02}{place}{rest}"
    number += nir.calc_check_digits(number)
    return _grouped(random, nir.validate(number), (1, 2, 2, 2, 3, 3, 2), " ")


def _iban(random: Random) -> str:
    account = f"{_digits(random, 10)}{_digits(random, 11)}{random.randint(1, 97):02}"
    number = f"FR{iban.calc_check_digits(f'FR00{account}')}{account}"
    return _grouped(random, number, (4,) * 7, " ")


def _phone(random: Random) -> str:
    digits = random.choice(FICTION) + _digits(random, 4)
    between = random.choice((" ", ".", "-", ""))
    pairs = [digits[place : place + 2] for place in range(0, 10, 2)]
    return random.choice((between.join(pairs), between.join(pairs), f"+33 {digits[1]} {' '.join(pairs[1:])}"))


def _email(random: Random) -> str:
    first, family = (_plain(make(random)) for make in (_first, _family))
    local = random.choice((f"{first}.{family}", f"{first[0]}{family}", f"{family}_{random.randint(1, 99)}"))
    return f"{local}@{random.choice(HOSTS)}"


def _plain(name: str) -> str:
    table = str.maketrans("éèêëàâçôöîïûüñ", "eeeeaacooiiuun")
    return "".join(letter for letter in name.lower().translate(table) if letter.isalnum())


def _address(random: Random) -> str:
    number = f"{random.randint(1, 190)}{random.choice(('', '', ' bis'))}"
    code = f"{random.randint(1, 95):02}{random.choice(('000', '100', '300'))}"
    joint = random.choice((", ", " "))
    return f"{number} {random.choice(STREETS)}{joint}{code} {random.choice(TOWNS)}"


def _said_address(random: Random) -> str:
    return f"{_words(random, random.randint(1, 190))} {random.choice(STREETS).lower().replace('-', ' ')}"


def _birth(random: Random) -> str:
    day, month, year = random.randint(1, 28), random.randint(1, 12), random.randint(1935, 2024)
    return random.choice(
        (f"{day:02}/{month:02}/{year}", f"{day:02}.{month:02}.{year}", f"{day} {MONTHS[month - 1]} {year}")
    )


def _said_day(random: Random, year: int | None = None) -> str:
    day = random.randint(2, 28)
    told = f"{num2words(day, lang='fr')} {random.choice(MONTHS)}"
    return f"{told} {_words(random, year)}" if year else told


def _number(random: Random) -> str:
    digits = _digits(random, 6)
    return random.choice((f"2{digits}", f"M1{digits}", f"11 {digits[:3]} {digits[3:]}", f"2026-1{digits}"))


def _words(random: Random, number: int) -> str:
    return str(num2words(number, lang="fr")).replace("-", random.choice(("-", " ")))


def _said(random: Random, digits: str) -> str:
    if random.random() < 0.4:
        return " ".join(_words(random, int(digit)) for digit in digits)
    pairs = [digits[place : place + 2] for place in range(0, len(digits), 2)]
    return " ".join(("zéro " if each[0] == "0" else "") + _words(random, int(each)) for each in pairs)


def _said_email(random: Random) -> str:
    return _email(random).replace(".", " point ").replace("@", " arobase ").replace("_", " tiret du bas ")


def _amount(random: Random) -> str:
    whole, cents = random.randint(12, 3900), random.randint(0, 99)
    shown = f"{whole:,}".replace(",", random.choice((" ", "")))
    return random.choice((f"{shown} €", f"{shown},{cents:02} €", f"{shown} euros", f"{whole}€"))


def _day(random: Random) -> str:
    day, month = random.randint(1, 28), random.randint(1, 12)
    return random.choice((f"{day:02}/{month:02}/2026", f"{day} {MONTHS[month - 1]} 2026", f"{day:02}/{month:02}"))


MAKERS = {
    "nom": _name,
    "nom_bas": lambda random: f"{_first(random)} {_family(random)}".lower(),
    "prenom": _first,
    "prenom_bas": lambda random: _first(random).lower(),
    "famille": _family,
    "famille_bas": lambda random: _family(random).lower(),
    "nir": _nir,
    "nir_dit": lambda random: _said(random, f"{random.choice('12')}{_digits(random, 12)}"),
    "iban": _iban,
    "email": _email,
    "email_dit": _said_email,
    "telephone": _phone,
    "telephone_dit": lambda random: _said(random, random.choice(FICTION) + _digits(random, 4)),
    "adresse": _address,
    "adresse_dit": _said_address,
    "naissance": _birth,
    "naissance_dit": lambda random: _said_day(random, random.randint(1935, 2019)),
    "numero": _number,
    "numero_dit": lambda random: _said(random, f"2{_digits(random, 7)}"),
    "montant": _amount,
    "montant_dit": lambda random: f"{_words(random, random.randint(12, 3900))} euros",
    "jour": _day,
    "jour_dit": _said_day,
    "article": lambda random: f"{random.choice(('', 'L. ', 'R. '))}{random.randint(1, 90)}-{random.randint(1, 9)}",
    "public": lambda random: random.choice(PUBLIC),
    "taux": lambda random: f"{random.choice((60, 70, 100, 150, 225))} %",
    "ville": lambda random: random.choice(TOWNS),
    "ville_bas": lambda random: random.choice(TOWNS).lower().replace("-", " "),
    "garantie": lambda random: random.choice(BENEFITS),
    "garantie_bas": lambda random: random.choice(BENEFITS).lower(),
    "formule": lambda random: random.choice(FORMULES),
    "age": lambda random: str(random.randint(16, 88)),
    "age_dit": lambda random: _words(random, random.randint(16, 88)),
    "an": lambda random: str(random.randint(2019, 2026)),
}
PERSONAL = frozenset("nom nir iban email telephone adresse naissance numero".split())
