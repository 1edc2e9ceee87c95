"""Every error that the engine raises, in one place, each saying what to do about it."""

from __future__ import annotations


class EngineError(Exception):
    """Base class of the engine's errors."""


class UnknownFactError(EngineError, KeyError):
    """A fact id that the vocabulary does not hold."""

    def __init__(self, fact_id: str) -> None:
        super().__init__(f"no fact is called {fact_id!r}: add it to rules_engine/facts/*.yml")


class InvalidFactError(EngineError, ValueError):
    """A value that the fact's type, choices or bounds exclude.

    Attributes:
        fact_id: the fact concerned.
        message_fr: what to correct, in French, fit for a member or an API client.
    """

    def __init__(self, fact_id: str, message_fr: str) -> None:
        super().__init__(f"{fact_id}: {message_fr}")
        self.fact_id = fact_id
        self.message_fr = message_fr


class UnknownRuleError(EngineError, KeyError):
    """A rule name that the registry does not hold."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no rule is called {name!r}: `assistant rules list` shows them")
        self.name = name


class OutsideValidityError(EngineError, LookupError):
    """A parameter or table cell read at a date that none of its values covers."""

    def __init__(self, what: str, on: object) -> None:
        super().__init__(f"{what} has no value in force on {on}: add a dated value with its reference")
        self.what = what
        self.on = on


class InconsistentDataError(EngineError, ValueError):
    """Data files that contradict each other; found at load, never at the first question."""
