"""The fact vocabulary: id, type, unit, bounds, French label, question, choices and words of every fact.

Everything that asks, parses, validates or shows a fact reads it here. The data stand in `facts/*.yml`.
Words may hold alternatives: "(passer|aller) (|oji) integrale" stands for four phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import product
from typing import Any

from rules_engine.datafiles import yaml_files
from rules_engine.errors import InconsistentDataError, InvalidFactError, UnknownFactError

TYPES = {"enum", "boolean", "integer", "money", "date", "catalogue"}
ALTERNATIVES = re.compile(r"\(([^()]*)\)")
PHRASES = ("words", "true_words", "false_words", "cues", "weak_cues")


@dataclass(frozen=True)
class Choice:
    """One value of an enumerated fact: French label, the words that name it, the words that only suggest it."""

    value: str
    label: str
    words: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    """One entry of the vocabulary.

    Attributes:
        id: snake_case French name.
        type: enum, boolean, integer, money (Decimal €), date or catalogue (a benefit family).
        scope: contract (kept for the conversation), person (kept while the person is the same), care.
        cues: for dates and numbers, the words near one in a message that make it this fact; of several words, all must
            stand there. weak_cues: words that only suggest it ("brut", "depuis"), good where nothing else does.
        adds_up: whether several numbers said of it are one sum ("4 heures en mars puis 3 en juin").
        income: whether it is one income under the names that rules give it: none takes an amount away from another.
        landmarks: for integers, one value in each interval in which every rule behaves alike.
        derived_from, below: a boolean that another fact decides (`age` below 16).
    """

    id: str
    type: str
    scope: str
    label: str
    theme: str
    question: str = ""
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    choices: tuple[Choice, ...] = ()
    words: tuple[str, ...] = ()
    true_words: tuple[str, ...] = ()
    false_words: tuple[str, ...] = ()
    true_label: str = ""
    false_label: str = ""
    landmarks: tuple[int, ...] = ()
    cues: tuple[str, ...] = ()
    weak_cues: tuple[str, ...] = ()
    adds_up: bool = False
    income: bool = False
    derived_from: str | None = None
    below: int | None = None

    def parse(self, raw: object) -> Any:
        """Return the typed value of a raw one (JSON, form, dialogue).

        Raises:
            InvalidFactError: when the value is not of the type, not among the choices or out of bounds.
        """
        parser = getattr(self, f"_parse_{self.type}")
        return parser(raw)

    def choice_label(self, value: object) -> str:
        """Return how a value of this fact is said in French."""
        if self.type == "boolean":
            return (self.true_label if value else self.false_label) or f"{self.label} : {'oui' if value else 'non'}"
        for choice in self.choices:
            if choice.value == value:
                return choice.label
        return str(value)

    def representatives(self) -> tuple[Any, ...] | None:
        """Return values that together stand for all values of the fact; None when none can."""
        if self.type == "enum":
            return tuple(choice.value for choice in self.choices)
        if self.type == "boolean":
            return (True, False)
        return self.landmarks or None

    def _parse_enum(self, raw: object) -> str:
        for choice in self.choices:
            if str(raw) == choice.value:
                return choice.value
        accepted = ", ".join(choice.value for choice in self.choices)
        raise InvalidFactError(self.id, f"« {str(raw)[:40]} » n'est pas un choix possible ({accepted}).")

    def _parse_boolean(self, raw: object) -> bool:
        if isinstance(raw, bool):
            return raw
        raise InvalidFactError(self.id, "indiquez oui (true) ou non (false).")

    def _parse_integer(self, raw: object) -> int:
        number = self._number(raw)
        if number != number.to_integral_value():
            raise InvalidFactError(self.id, "indiquez un nombre entier.")
        return int(number)

    def _parse_money(self, raw: object) -> Decimal:
        return self._number(raw)

    def _parse_date(self, raw: object) -> date:
        if isinstance(raw, date):
            return raw
        try:
            return date.fromisoformat(str(raw))
        except ValueError:
            raise InvalidFactError(self.id, "indiquez une date qui existe, sous la forme AAAA-MM-JJ.") from None

    def _parse_catalogue(self, raw: object) -> str:
        if isinstance(raw, str) and raw:
            return raw
        raise InvalidFactError(self.id, "indiquez une prestation du catalogue.")

    def _number(self, raw: object) -> Decimal:
        if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
            raise InvalidFactError(self.id, "indiquez un nombre.")
        try:
            number = Decimal(str(raw).replace(",", "."))
        except InvalidOperation:
            raise InvalidFactError(self.id, "indiquez un nombre.") from None
        if not number.is_finite():
            raise InvalidFactError(self.id, "indiquez un nombre.")
        if self.minimum is not None and number < self.minimum:
            raise InvalidFactError(self.id, f"la valeur doit être au moins {self.minimum}.")
        if self.maximum is not None and number > self.maximum:
            raise InvalidFactError(self.id, f"la valeur doit être au plus {self.maximum}.")
        return number


class Vocabulary(Mapping[str, Fact]):
    """All facts by id."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self._facts = dict(facts)

    def __getitem__(self, fact_id: str) -> Fact:
        try:
            return self._facts[fact_id]
        except KeyError:
            raise UnknownFactError(fact_id) from None

    def __iter__(self) -> Any:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def parse(self, raw: Mapping[str, object]) -> dict[str, Any]:
        """Return typed facts from raw ones.

        Raises:
            UnknownFactError, InvalidFactError: see `Fact.parse`.
        """
        return {fact_id: self[fact_id].parse(value) for fact_id, value in raw.items()}


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the vocabulary of the data files, checked.

    Raises:
        InconsistentDataError: for a duplicate id, an unknown type or an enum without choices.
    """
    facts: dict[str, Fact] = {}
    for path, entries in yaml_files("facts"):
        for fact_id, spec in entries.items():
            if fact_id in facts:
                raise InconsistentDataError(f"{path.name}: fact {fact_id} is defined twice")
            facts[fact_id] = _fact(fact_id, path.stem, spec)
    for fact in facts.values():
        if fact.derived_from and fact.derived_from not in facts:
            raise InconsistentDataError(f"fact {fact.id} derives from {fact.derived_from}, which does not exist")
    return Vocabulary(facts)


def _fact(fact_id: str, theme: str, spec: Mapping[str, Any]) -> Fact:
    spec = dict(spec)
    if spec.get("type") not in TYPES:
        raise InconsistentDataError(f"fact {fact_id}: type must be one of {sorted(TYPES)}")
    choices = tuple(
        Choice(
            str(value),
            entry["label"],
            _phrases(fact_id, entry.get("words", ())),
            _phrases(fact_id, entry.get("hints", ())),
        )
        for value, entry in spec.pop("choices", {}).items()
    )
    if spec["type"] == "enum" and not choices:
        raise InconsistentDataError(f"fact {fact_id}: an enum needs choices")
    for bound in ("minimum", "maximum"):
        if bound in spec:
            spec[bound] = Decimal(str(spec[bound]))
    spec.update({words: _phrases(fact_id, spec[words]) for words in PHRASES if words in spec})
    if "landmarks" in spec:
        spec["landmarks"] = tuple(spec["landmarks"])
    return Fact(id=fact_id, theme=theme, choices=choices, **spec)


def _phrases(fact_id: str, written: Iterable[object]) -> tuple[str, ...]:
    """Return the phrases of a fact, alternatives written out, each once and in order.

    Raises:
        InconsistentDataError: for a parenthesis or a bar that stands alone.
    """
    found = {phrase: None for text in written for phrase in with_alternatives(str(text))}
    wrong = [phrase for phrase in found if not phrase or set(phrase) & set("(|)")]
    if wrong:
        raise InconsistentDataError(f"fact {fact_id}: a phrase is empty or its alternatives are open: {wrong[:3]}")
    return tuple(found)


def with_alternatives(text: str) -> tuple[str, ...]:
    """Return the phrases that one with alternatives stands for; an empty alternative leaves nothing.

    "(passer|aller) (|oji) integrale" gives "passer integrale", "passer oji integrale", "aller integrale"…
    """
    pieces = ALTERNATIVES.split(text)
    options = [piece.split("|") if order % 2 else [piece] for order, piece in enumerate(pieces)]
    return tuple(" ".join("".join(chosen).split()) for chosen in product(*options))
