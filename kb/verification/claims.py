"""What the project says and the passages that it says it from; gathered by whoever knows both."""

from __future__ import annotations

from dataclasses import dataclass

# Not one of the documents: a public source, named in the reference.
PUBLIC = "public"


@dataclass(frozen=True, order=True)
class Place:
    """Where something is written in the project."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Figure:
    """A figure to be found in the passages cited.

    Attributes:
        value: as written in the project: "90", "09 72 72 27 28", "12 mois", an address.
        unit: EUR, percent, days, working_days, months, years, weeks, count, hours, age, phone, text, or "" when the
            number alone counts.
        parameter: the parameter that it is drawn from; held against its own passage there, it only deserves a look
            where the passages cited here do not hold it.
    """

    value: str
    unit: str = ""
    parameter: str = ""


@dataclass(frozen=True)
class Claim:
    """One thing said.

    Attributes:
        owner: what says it, in French: "fiche rente_dependance", "paramètre x", "règle y".
        citations: (document, reference) of each passage.
        words: what it says, to tell which parts of a long passage it is about.
    """

    owner: str
    place: Place
    citations: tuple[tuple[str, str], ...]
    figures: tuple[Figure, ...] = ()
    words: str = ""
