"""The list of rules: name, function, article, facts. A rule registers itself where it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from rules_engine.decision import Decision, NotApplicable
from rules_engine.dossier import Dossier
from rules_engine.errors import InconsistentDataError, UnknownRuleError
from rules_engine.references import Reference

RuleFunction = Callable[[Dossier], Decision | NotApplicable]


@dataclass(frozen=True)
class Rule:
    """One question that a member can ask, and the function that decides it.

    Attributes:
        title: the question in French.
        references: the articles it applies.
        facts: every fact that it may read.
    """

    name: str
    title: str
    references: tuple[Reference, ...]
    facts: tuple[str, ...]
    function: RuleFunction


_RULES: dict[str, Rule] = {}


def rule(
    name: str, *, title: str, references: tuple[Reference, ...], facts: tuple[str, ...]
) -> Callable[[RuleFunction], RuleFunction]:
    """Register the decorated function as a rule."""

    def register(function: RuleFunction) -> RuleFunction:
        if name in _RULES:
            raise InconsistentDataError(f"two rules are called {name}")
        _RULES[name] = Rule(name, title, references, facts, function)
        return function

    return register


def rules() -> Mapping[str, Rule]:
    """Return all rules by name."""
    _import_all()
    return _RULES


@lru_cache(maxsize=1)
def _import_all() -> None:
    # Not "when none is registered": a test, or a rule of another module, may have imported one already.
    package = import_module("rules_engine.rules")
    for module in iter_modules(package.__path__):
        import_module(f"rules_engine.rules.{module.name}")


def rule_named(name: str) -> Rule:
    """Return one rule.

    Raises:
        UnknownRuleError: when no rule has this name.
    """
    try:
        return rules()[name]
    except KeyError:
        raise UnknownRuleError(name) from None
