"""Whether a figure of the project is found in the passage that it cites."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from kb.text import terms
from kb.verification.claims import Figure
from kb.verification.numbers import counted, digits, numbers, phones, plain

# Words that may stand right after a number of each unit; a unit that is not here is not looked at.
WORDS = {
    "EUR": ("€", "euro", "eur"),
    "percent": ("%", "pour", "pourcent"),
    "days": ("jour", "semaine", "quinzaine"),
    "working_days": ("jour",),
    "months": ("mois", "an", "annee", "trimestre", "semestre"),
    "years": ("an", "annee", "mois", "civil", "millesime"),
    "hours": ("h", "heure", "jour"),
    "age": ("an", "annee", "revolus"),
}
# The same length in another unit: (times, the word that must follow).
OTHER_UNITS = {
    "months": ((12, ("an", "annee")), (3, ("trimestre",)), (6, ("semestre",))),
    "years": ((Decimal(1) / 12, ("mois",)),),
    "days": ((7, ("semaine",)), (1, ("jour",))),
    "hours": ((24, ("jour",)),),
}
ADDRESS_SHARE = 0.6
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+|(?:https?://)?[\w-]+(?:\.[\w-]+)+/?[\w/-]*")


class Text:
    """The passages cited, with what they say in numbers."""

    def __init__(self, whole: str) -> None:
        """Read the numbers of a text."""
        self.plain = plain(whole)
        self.tight = re.sub(r"\s", "", self.plain)
        self.pairs = frozenset(counted(whole))
        self.numbers = frozenset(value for value, _ in self.pairs)
        self.phones = frozenset(phones(whole))
        self.terms = frozenset(terms(whole))

    def says(self, figure: Figure) -> bool:
        """Whether the text holds the figure."""
        if figure.unit == "phone":
            return digits(figure.value) in self.phones or digits(figure.value) in re.sub(r"\D", "", self.plain)
        if figure.unit == "text":
            return self._says_words(figure.value)
        value = _number(figure.value)
        return value is None or value in self.numbers or self._says_otherwise(value, figure.unit)

    def says_with_unit(self, figure: Figure) -> bool:
        """Whether the text holds the figure right before its unit."""
        value, wanted = _number(figure.value), WORDS.get(figure.unit)
        if value is None or wanted is None:
            return True
        beside = any(number == value and word.startswith(wanted) for number, word in self.pairs)
        return beside or self._says_otherwise(value, figure.unit)

    def _says_otherwise(self, value: Decimal, unit: str) -> bool:
        return any(
            abs(number * times - value) < Decimal("0.001") and word.startswith(words)
            for times, words in OTHER_UNITS.get(unit, ())
            for number, word in self.pairs
        )

    def _says_words(self, text: str) -> bool:
        """Whether every number and address of a text, and most of its words, are there."""
        tight = re.sub(r"\s", "", plain(text))
        if tight in self.tight:
            return True
        for address in EMAIL.findall(text):
            if plain(address) not in self.tight:
                return False
        plain_numbers = numbers(EMAIL.sub(" ", text))
        if not plain_numbers <= self.numbers and re.sub(r"\D", "", text) not in re.sub(r"\D", "", self.plain):
            return False
        words = terms(EMAIL.sub(" ", text))
        return not words or sum(word in self.terms for word in words) >= ADDRESS_SHARE * len(words)


@lru_cache(maxsize=4096)
def text(whole: str) -> Text:
    """Return a text read; the same passage is cited many times."""
    return Text(whole)


def _number(written: str) -> Decimal | None:
    try:
        return Decimal(re.sub(r"[\s  ]", "", written).replace(",", ".")).normalize()
    except InvalidOperation:
        return None
