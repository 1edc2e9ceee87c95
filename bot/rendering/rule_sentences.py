"""The sentences of the rules on rights, by rule and code: headline, conditions, documents, warnings, reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from jinja2 import Environment

from bot.rendering.french import INTERVAL

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Block = Mapping[str, Mapping[str, str]]


@lru_cache(maxsize=1)
def rule_sentences() -> Mapping[str, Block]:
    """Return the sentences of every rule.

    Raises:
        ValueError: when two files hold sentences of one rule.
    """
    found: dict[str, Block] = {}
    for file in sorted(files("bot.rendering").joinpath("templates/rules").iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yml"):
            for rule, block in yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER).items():
                if rule in found:
                    raise ValueError(f"{file.name}: sentences of {rule} stand in another file too")
                found[rule] = block
    return found


class Speaker:
    """Words for one decision of a rule."""

    def __init__(self, environment: Environment, rule: str, context: Mapping[str, Any]) -> None:
        self._environment = environment
        self._block = rule_sentences()[rule]
        self._context = context

    def say(self, kind: str, code: str) -> str:
        """Return the sentence of a code, empty when the rule has none.

        Args:
            kind: headlines, reasons, conditions, documents, warnings or not_applicable.
            code: its code.
        """
        source = (self._block.get(kind) or {}).get(code)
        if not source:
            return ""
        return self._environment.from_string(source).render(**self._context).strip()

    def headline(self, case: str, outcome: str) -> str:
        """Return the sentence that opens the answer."""
        return self.say("headlines", case) or self.say("headlines", outcome)


def speaker_context(decision: Mapping[str, Any], param: Callable[[str], str]) -> dict[str, Any]:
    """Return what the sentences read: a (amounts), dates, f (facts), d (details), r (figures by reason)."""
    latest = decision.get("latest", {})
    facts = {**decision.get("facts", {}), **decision.get("presumed", {})}
    return {
        "a": _Missing({amount["name"]: amount for amount in reversed(decision.get("amounts", []))}),
        "dates": _Missing(within(decision.get("dates", {}), latest)),
        "f": _Missing(within(facts, latest)),
        "d": _Missing(decision.get("details", {})),
        "r": _Missing({reason["code"]: _Missing(reason["figures"]) for reason in decision.get("reasons", [])}),
        "param": param,
    }


def within(values: Mapping[str, Any], latest: Mapping[str, str]) -> dict[str, Any]:
    """Return values with the dates known roughly as intervals."""
    return {
        name: f"{value}{INTERVAL}{latest[name]}" if name in latest and value != latest[name] else value
        for name, value in values.items()
    }


class _Missing(dict[str, Any]):
    """A mapping whose absent keys are None in a template."""

    def __missing__(self, name: str) -> None:
        return None
