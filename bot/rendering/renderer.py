"""One Answer into a chat message: template, figures checked, sources; what cannot be grounded is withheld."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

from bot.rendering.french import euros, in_unit, long_date, months, percent
from bot.rendering.grounding import Ungrounded, check
from bot.rendering.questions import expected
from bot.rendering.quotes import quoted
from bot.rendering.rule_sentences import Speaker, rule_sentences, speaker_context
from bot.rendering.views import view
from kb.entries import PLACEHOLDER, entries
from rules_engine.facts import vocabulary
from rules_engine.parameters import parameter, parameters

SPOKEN = ("conditions", "documents", "warnings")
MOST_REASONS = 7
# Answers that explain the one before.
EXPLAINING = ("where", "why")
# Kinds of a reply that does not answer; `custom.code` says why.
UNANSWERED = ("handover", "out_of_scope")
logger = logging.getLogger(__name__)
OPENING = re.compile(r"(Oui|Non)(?:,| :) (?=\S)")
DENIAL = re.compile(r"\bn(?:e |')|\bpas\b|\baucune?\b|\bjamais\b|\bexclu")
BLANK_LINES = re.compile(r"\n{3,}")


class Unsaid(Exception):  # noqa: N818 - what the gate found, handled as such
    """A decision has no sentence that says it."""


@lru_cache(maxsize=1)
def sentences() -> Mapping[str, str]:
    """Return the fixed answers by template name."""
    loaded: Mapping[str, str] = yaml.safe_load(_text("sentences.yml"))
    return loaded


def _text(name: str) -> str:
    return files("bot.rendering").joinpath(f"templates/{name}").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the template environment; messages are plain text, so nothing is escaped for HTML."""
    env = Environment(
        loader=FunctionLoader(_text),
        undefined=StrictUndefined,
        autoescape=select_autoescape(default=False, default_for_string=False),
    )
    env.globals.update(euros=euros, percent=percent, long_date=long_date, months=months)
    return env


def fill(text: str, on: date) -> str:
    """Return an entry's text with its parameters in force on a day."""
    return PLACEHOLDER.sub(lambda found: in_unit(parameter(found[1], on).value, parameters()[found[1]].unit), text)


class Renderer:
    """Puts answers into words for the chat."""

    def __init__(self, on: date) -> None:
        """Render with the parameters in force on a day."""
        self._on = on

    def text(self, answer: Mapping[str, Any]) -> str:
        """Return the words of an answer.

        Raises:
            Ungrounded: when the words hold a figure that nothing supports.
        """
        drawn: dict[str, Any] = {}

        def param(name: str) -> str:
            shown = in_unit(parameter(name, self._on).value, parameters()[name].unit)
            drawn[name] = shown
            return shown

        template = answer["template"]
        context = view(answer, self._on)
        if template in sentences():
            text = environment().from_string(sentences()[template]).render(param=param, **context)
        elif template == "entry":
            entry = entries()[answer["data"]["entry"]]
            context["entry_text"] = PLACEHOLDER.sub(lambda found: param(found[1]), entry.answer)
            text = environment().get_template("entry.j2").render(**context)
        else:
            if template in EXPLAINING:
                context["sources"] = self._quoted_sources(answer)
                context["quotes"] = [source for source in context["sources"] if "excerpt" in source]
                context["supports"].append(context["quotes"])
            context.update(_spoken(answer, param))
            text = environment().get_template(f"{context['template']}.j2").render(param=param, **context)
        text = _tidy(text)
        if (answer.get("data") or {}).get("neutral"):
            text = without_yes_or_no(text)
        check(
            text,
            {key: value for key, value in answer.items() if key != "template"},
            drawn,
            context["supports"],
        )
        return text

    def message(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """Return the contract's message for an answer: `text`, `buttons` and `custom`."""
        try:
            text = self.text(answer)
        except (Ungrounded, Unsaid) as withheld:
            logger.error("reply withheld: template=%s because=%s", answer["template"], withheld)
            answer = {"kind": "handover", "template": "withheld"}
            text = self.text(answer)
        custom = {
            "kind": answer["kind"],
            "topic": answer.get("topic", ""),
            "sources": self._quoted_sources(answer, text),
        }
        if answer["kind"] in UNANSWERED:
            custom["code"] = answer["template"]
        if answer.get("decision"):
            custom["decision"] = answer["decision"]
        if asked := answer.get("question"):
            # Which of several questions or benefits is meant is no fact of the vocabulary: its choices say it all.
            known = vocabulary()
            custom["question"] = {**asked, **(expected(known[asked["fact"]]) if asked["fact"] in known else {})}
        message: dict[str, Any] = {"text": text, "custom": custom}
        if answer.get("buttons"):
            message["buttons"] = answer["buttons"]
        return message

    def _quoted_sources(self, answer: Mapping[str, Any], text: str = "") -> list[dict[str, str]]:
        """Return the sources of an answer, quoted for what it says (`text`), or for the answer that it explains."""
        if answer["template"] in EXPLAINING:
            try:
                text = self.text(answer["data"]["last"])
            except (Ungrounded, Unsaid):
                text = ""
        return quoted(answer.get("sources", []), text)


def without_yes_or_no(text: str) -> str:
    """Return an answer without its opening "Oui," or "Non,", where the rest of the sentence says as much."""
    opening = OPENING.match(text)
    if not opening or (opening[1] == "Non" and not DENIAL.search(text[opening.end() :].split(".")[0])):
        return text
    rest = text[opening.end() :]
    return rest[0].upper() + rest[1:]


def _spoken(answer: Mapping[str, Any], param: Callable[[str], str]) -> dict[str, Any]:
    """Return the sentences of a rule on rights: headline, conditions, documents, warnings, contacts."""
    data, decision = answer.get("data") or {}, answer.get("decision") or {}
    if answer["template"] == "rule_not_applicable":
        speaker = Speaker(environment(), data["rule"], speaker_context(data, param))
        return {"headline": speaker.say("not_applicable", data["code"]) or fixed("unknown_answer", param)}
    if answer["template"] == "why":
        last = data["last"].get("decision") or {}
        if last.get("rule") not in rule_sentences():
            return {}
        speaker = Speaker(environment(), last["rule"], speaker_context(last, param))
        reasons = [
            {"sentence": _sentence(speaker.say("reasons", reason["code"])), "reference": reason["reference"]}
            for reason in last.get("reasons", [])
        ]
        return {"reasons": [reason for reason in reasons if reason["sentence"]][:MOST_REASONS]}
    if answer["template"] != "rule":
        return {}
    speaker = Speaker(environment(), decision["rule"], speaker_context(decision, param))
    headline = speaker.headline(decision["details"].get("case", ""), decision["outcome"])
    if not headline:
        raise Unsaid(decision["rule"])
    return {
        "headline": headline,
        **{kind: [said for code in decision[kind] if (said := speaker.say(kind, code))] for kind in SPOKEN},
        "contacts": [f"{parameters()[name].label} : {param(name)}" for name in decision["contacts"]],
    }


def fixed(template: str, param: Callable[[str], str]) -> str:
    """Return a fixed answer."""
    return environment().from_string(sentences()[template]).render(param=param)


def _sentence(text: str) -> str:
    return (text[:1].upper() + text[1:]).rstrip(".")


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return BLANK_LINES.sub("\n\n", "\n".join(lines))
