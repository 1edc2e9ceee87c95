"""The draft of a reply: a letter in the mutual's name, from templates, rules and entries, that an adviser checks.

Every figure comes from the assistant's answers, which went through the gate, or from a parameter drawn here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from bot.rendering.french import in_unit
from bot.rendering.grounding import Ungrounded, check
from bot.rendering.renderer import Renderer, environment
from bot.triage.brain import Reply, references_of
from bot.triage.datafiles import data
from bot.triage.decision import REQUEST, SUGGESTION, THANKS, Decision
from bot.triage.kinds import HIGH, MGEN, SOLUTIONS, Kind, Service, services
from kb.entries import PLACEHOLDER, entries
from rules_engine.parameters import parameters

logger = logging.getLogger(__name__)
UNKNOWN = ""
MOST_SOURCES, MOST_PIECES = 10, 8
VITAL_CARE = "urgent:vital_care"
DISTRESS = frozenset(("urgent:distress", "urgent:violence", "urgent:suicide", VITAL_CARE))
NUMBERS = frozenset(("NUMERO", "NIR"))
BLANKS = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Part:
    """One request: how it is sorted and what the assistant answers."""

    decision: Decision
    reply: Reply


@dataclass(frozen=True)
class Draft:
    """A letter to check.

    Attributes:
        title: what it is about, in a few words; service: the online service that it names.
        pieces: documents to send; sources: what it rests on.
    """

    text: str
    title: str
    service: str
    pieces: tuple[str, ...]
    sources: tuple[Mapping[str, str], ...]


@dataclass
class _Figures:
    """Draws parameters, and remembers what was drawn for the gate."""

    on: date
    drawn: list[str] = field(default_factory=list)

    def fill(self, text: str) -> str:
        """Return a text with its parameters."""

        def shown(found: re.Match[str]) -> str:
            drawn = parameters()[found[1]]
            # How things are done is told of a message older than the documents too; the assistant answers none such.
            value = in_unit(drawn.at(max(self.on, drawn.starts[0])).value, drawn.unit)
            self.drawn.append(value)
            return value

        return PLACEHOLDER.sub(shown, text)


def draft(parts: Sequence[Part], contract: str | None, given: Collection[str], today: date) -> Draft:
    """Return the letter that answers the requests of a message.

    Args:
        parts: the requests, the main one first.
        contract: of the member, where it is known.
        given: kinds of personal data that the message gives.
        today: the day of the message.
    """
    figures, main = _Figures(today), parts[0].decision
    titles = list(dict.fromkeys(_title(part.decision) for part in parts))
    context: dict[str, Any] = {
        "danger": _danger(main),
        "opening": _phrase("opening", _tone(main)).format(titles=_listed(titles)),
        "parts": _blocks(parts, contract, figures) if _asks(main) else [],
        "several": len({part.decision.kind.id for part in parts}) > 1,
        "missing": _missing(parts, given) if _asks(main) else [],
        "urgent": main.priority == HIGH,
        "comfort": _comfort({why.code for why in main.why}, contract, figures),
        "complaint": _contact("complaint", contract, figures) if main.legal else "",
        "adviser": _contact("adviser", contract, figures),
        "phrases": phrases(),
        "answers": _asks(main),
    }
    text = BLANKS.sub("\n\n", environment().get_template("triage/letter.j2").render(**context)).strip()
    pieces = tuple(dict.fromkeys(piece for block in context["parts"] for piece in block["pieces"]))[:MOST_PIECES]
    return Draft(
        text=_gated(text, parts, figures, context["danger"]),
        title=titles[0],
        service=services()[main.kind.service].title if main.online else "",
        pieces=pieces,
        sources=_sources(parts, contract, main),
    )


@lru_cache(maxsize=1)
def phrases() -> Mapping[str, Any]:
    """Return the French phrases of the letters."""
    found: Mapping[str, Any] = yaml.safe_load(
        files("bot.rendering").joinpath("templates/triage/phrases.yml").read_text(encoding="utf-8")
    )
    return found


def _asks(decision: Decision) -> bool:
    return decision.act not in (THANKS, SUGGESTION)


def _tone(decision: Decision) -> str:
    """Return which opening a letter takes."""
    if not _asks(decision):
        return decision.act
    if decision.legal:
        return "complaint"
    return "urgent" if decision.priority == HIGH else "plain"


def _title(decision: Decision) -> str:
    """Return what a request is about, in a few words."""
    return _phrase("title", _tone(decision)).format(title=decision.kind.title)


def _phrase(kind: str, name: str) -> str:
    return str(phrases()[kind][name])


def _listed(titles: Sequence[str]) -> str:
    quoted = [f"« {title} »" for title in titles]
    return " et ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else quoted[0]


def _danger(decision: Decision) -> str:
    """Return the emergency numbers as they are now, first of all, where somebody is in danger."""
    if not decision.emergency:
        return ""
    return Renderer(date.today()).text({"kind": "emergency", "template": decision.emergency})


def _blocks(parts: Sequence[Part], contract: str | None, figures: _Figures) -> list[dict[str, Any]]:
    """Return what the letter says of each request; of two of one kind, how that is done once."""
    blocks: dict[str, dict[str, Any]] = {}
    for part in parts:
        told, block = blocks.get(part.decision.kind.id), _block(part, contract, figures)
        if told is None:
            blocks[part.decision.kind.id] = block
        elif block["text"] and block["text"] not in told["text"]:
            told["text"] = "\n\n".join(text for text in (told["text"], block["text"]) if text)
    return list(blocks.values())


def _block(part: Part, contract: str | None, figures: _Figures) -> dict[str, Any]:
    """Return what the letter says of one request."""
    kind = part.decision.kind
    steps = _steps(services()[kind.service], contract, figures) if part.decision.online else {}
    # A mere question is answered; how the request would be handled is told only where nothing else is known.
    handled = part.decision.act == REQUEST or not (part.reply.text or steps)
    contacts = {
        "assistance": _contact("assistance", contract, figures),
        "etranger": _contact("abroad", contract, figures),
    }
    return {
        "title": _title(part.decision),
        "text": part.reply.text if _adds(part, kind) else "",
        "answer": figures.fill(kind.answer).format(**contacts) if handled else "",
        "facts": _facts(kind, contract, figures) if handled else [],
        "service": services()[kind.service].title if part.decision.online else "",
        "steps": steps,
        "pieces": _pieces(part) if handled else [],
    }


def _comfort(reasons: Collection[str], contract: str | None, figures: _Figures) -> list[str]:
    """Return what is told to somebody in distress."""
    told = [figures.fill(phrases()["vital_care"])] if VITAL_CARE in reasons else []
    if not DISTRESS.isdisjoint(reasons):
        told.append(str(phrases()["distress"]).format(assistance=_contact("assistance", contract, figures)))
    return told


def _facts(kind: Kind, contract: str | None, figures: _Figures) -> list[str]:
    """Return what else the member should know; where the contract is not known, with the contract that it is of."""
    names = phrases()["contracts"]
    told = []
    for fact in kind.facts:
        if contract is None:
            whose = " ou ".join(names[name] for name in names if name in fact.contracts)
            told.append(str(phrases()["with_contract"]).format(whose=whose, text=figures.fill(fact.text)))
        elif contract in fact.contracts:
            told.append(figures.fill(fact.text))
    return told


def _adds(part: Part, kind: Kind) -> bool:
    """Whether the assistant's answer says more than the steps of the online service do."""
    if not part.decision.online:
        return True
    told = {name for space in services()[kind.service].entries.values() for name in space}
    return part.reply.topic not in told


def _steps(service: Service, contract: str | None, figures: _Figures) -> dict[str, list[str]]:
    """Return the steps of a service in the member's space, or in both where the contract is not known."""
    spaces = (SOLUTIONS,) if contract == "SOLUTIONS" else (MGEN,) if contract else (MGEN, SOLUTIONS)
    found = {space: [figures.fill(step) for step in service.steps[space]] for space in spaces if space in service.steps}
    # A service that only the other space describes is told as that one's.
    return found or {space: [figures.fill(step) for step in steps] for space, steps in service.steps.items()}


def _pieces(part: Part) -> list[str]:
    """Return the documents to send for a request: those of the rule, else those of its kind."""
    return list(part.reply.pieces) or [piece.piece for piece in part.decision.kind.pieces]


def _missing(parts: Sequence[Part], given: Collection[str]) -> list[str]:
    """Return what the letter asks for."""
    asked = list(dict.fromkeys(question for part in parts for question in part.reply.missing))
    acts = any(part.decision.act == REQUEST and not part.decision.online for part in parts)
    return [*asked, *([_phrase("missing", "number")] if acts and not NUMBERS & set(given) else [])]


def _contact(name: str, contract: str | None, figures: _Figures) -> str:
    return figures.fill(data("contacts")[name][contract or UNKNOWN])


def _sources(parts: Sequence[Part], contract: str | None, main: Decision) -> tuple[Mapping[str, str], ...]:
    """Return what the letter rests on, each passage once."""
    proofs: list[str] = []
    for part in parts:
        kind = part.decision.kind
        proofs += kind.proofs if kind.answer else ()
        if part.decision.online:
            proofs += [name for names in services()[kind.service].entries.values() for name in names]
        proofs += [fact.entry for fact in kind.facts if part.decision.act == REQUEST]
        proofs += [] if part.reply.pieces else [piece.entry for piece in kind.pieces]
    if main.legal:
        proofs += data("contacts")["entries"]["complaint"][contract or UNKNOWN]
    concerned = [name for name in dict.fromkeys(proofs) if entries()[name].concerns(contract)]
    told = [*(source for part in parts for source in part.reply.sources), *references_of(concerned)]
    told = told or references_of(data("contacts")["entries"]["adviser"][contract or UNKNOWN])
    # The answer's own source stays first, wherever else it is named.
    once: dict[tuple[str, str], Mapping[str, str]] = {}
    for each in told:
        once.setdefault((each["document"], each["reference"]), each)
    return tuple(once.values())[:MOST_SOURCES]


def _gated(text: str, parts: Sequence[Part], figures: _Figures, danger: str) -> str:
    """Return a letter whose every figure is grounded; withheld, one that promises an adviser's answer."""
    questions = [question for part in parts for question in part.reply.missing]
    pieces = [piece for part in parts for piece in part.reply.pieces]
    try:
        check(text, [part.reply.text for part in parts], figures.drawn, danger, questions, pieces)
    except Ungrounded as withheld:
        logger.error("draft withheld: kind=%s because=%s", parts[0].decision.kind.id, withheld)
        return str(phrases()["withheld"])
    return text
