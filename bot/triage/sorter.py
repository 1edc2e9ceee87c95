"""The triage of one message: made ready, sorted, answered by the assistant, drafted. Nothing is ever sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.triage.brain import Brain, Day, Parsed, Reply, shared_facts
from bot.triage.decision import QUESTION, REQUEST, SUGGESTION, THANKS, Decision, decide, prioritised
from bot.triage.draft import Draft, Part, draft
from bot.triage.kinds import HIGH, LOW, NORMAL, kinds
from bot.triage.message import Message, prepared
from bot.triage.model import Sorted, TriageModel, features
from bot.triage.near import stated_day
from bot.triage.parts import parts
from bot.triage.priority import clues_of
from bot.triage.signs import Signs, signs
from bot.understanding.reader import read

WEIGHT_OF = {HIGH: 2, NORMAL: 1, LOW: 0}
CONTRACT = "contrat"
# A part is a request of its own when its kind is this likely among all.
OWN_REQUEST = 0.25


@dataclass(frozen=True)
class Request:
    """One request of a message: its words, how they are sorted, and how the assistant understands them."""

    words: str
    decision: Decision
    parsed: Parsed


class Sorter:
    """Sorts messages with the loaded assistant and what was learned of labelled mails."""

    def __init__(self, brain: Brain, model: TriageModel) -> None:
        """Take the assistant and the model."""
        self._brain = brain
        self._model = model

    async def triage(
        self, subject: str, body: str, today: date | None = None, names: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """Return the triage of a message, as the contract describes it.

        Args:
            subject: its subject line.
            body: its text, plain or HTML.
            today: the day of the message; where it is not known, the one that it says it is, else today.
            names: the names of its header, which identify people.
        """
        message = prepared(subject, body, today or date.today(), names)
        day = _day(message.words, today)
        requests, facts = await self._requests(message, day.present)
        main = requests[0].decision
        letter = draft(
            [Part(each.decision, self._reply(each, facts, day)) for each in requests],
            facts.get(CONTRACT),
            message.given,
            day.present,
        )
        return _json(message, main, letter)

    async def likeliest(self, subject: str, body: str, category: str, today: date) -> str:
        """Return the id of the likeliest request of a category that a redacted message is about."""
        message = prepared(subject, body, today)
        parsed = await self._brain.parse(message.words, today)
        shown = signs(message.words, today)
        found = self._model.sort(features(message.words, message.subject, parsed.topics, shown.counts or {}, today))
        return next((name for name in found.kinds if kinds()[name].category == category), "")

    async def _requests(self, message: Message, today: date) -> tuple[list[Request], dict[str, Any]]:
        """Return the requests of a message, the main one first, and what it tells of the member."""
        whole_parsed = await self._brain.parse(message.words, today)
        facts = shared_facts(whole_parsed.understood)
        if CONTRACT not in facts and message.signature:
            facts = {**_signed_facts(message.signature, today), **facts}
        uneasy = whole_parsed.uneasy
        whole = self._request(message.words, message.subject, whole_parsed, facts, today, uneasy=uneasy)
        found: list[Request] = []
        if whole.decision.act in (REQUEST, QUESTION):
            split = parts(message.words)
            for words in split if len(split) > 1 else ():
                part = self._request(words, "", await self._brain.parse(words, today), facts, today, uneasy=uneasy)
                if part.decision.confidence >= OWN_REQUEST:
                    found.append(part)
        if len(found) < 2:
            return [whole], facts
        if len({each.decision.kind.id for each in found}) < 2:
            return [replace(whole, parsed=found[0].parsed, words=found[0].words), *found[1:]], facts
        return _in_order(found, whole), facts

    def _request(
        self, words: str, subject: str, parsed: Parsed, facts: Mapping[str, Any], today: date, *, uneasy: bool
    ) -> Request:
        shown: Signs = signs(words, today)
        message = features(words, subject, parsed.topics, shown.counts or {}, today, parsed.heard)
        found: Sorted = self._model.sort(message)
        decision = decide(words, found, shown, facts.get(CONTRACT), today, uneasy=uneasy)
        clues = clues_of(decision, shown, found.low, message.heard)
        settled = self._model.priority.settle(message.both, clues, sign=decision.priority == HIGH)
        return Request(words, prioritised(decision, settled), parsed)

    def _reply(self, request: Request, facts: Mapping[str, Any], day: Day) -> Reply:
        if request.decision.act in (THANKS, SUGGESTION):
            return Reply()
        return self._brain.reply(request.parsed, request.decision.kind, facts, day)


def _day(words: str, told: date | None) -> Day:
    """Return the day of a message: its header's, else the one that it says it is, else today."""
    day = told or stated_day(words, date.today())
    return Day(day) if day else Day(date.today(), certain=False)


def _in_order(found: list[Request], whole: Request) -> list[Request]:
    """Return the requests, the main one first: the most urgent, then the first that asks for an action (rule 1).

    What makes the whole message urgent or dangerous counts for the request that it is about.
    """
    weight = [WEIGHT_OF[each.decision.priority] for each in found]
    place = weight.index(max(weight))
    main = found[place]
    if WEIGHT_OF[whole.decision.priority] > max(weight):
        about = next((each for each in found if each.decision.kind == whole.decision.kind), main)
        main = replace(about, decision=_as_urgent(about.decision, whole.decision))
        found = [main if each is about else each for each in found]
        place = found.index(main)
    return [main, *found[:place], *found[place + 1 :]]


def _as_urgent(part: Decision, whole: Decision) -> Decision:
    reasons = tuple(why for why in part.why if not why.code.startswith("priority"))
    urgent = tuple(why for why in whole.why if why.code.startswith(("urgent", "priority")))
    return replace(part, priority=whole.priority, why=(*reasons, *urgent), emergency=whole.emergency, legal=whole.legal)


def _signed_facts(signature: str, today: date) -> dict[str, Any]:
    """Return what a signature tells of the contract ("Marie, FPE")."""
    facts = read(signature, today).facts
    return {name: facts[name] for name in (CONTRACT, "formule") if name in facts}


def _json(message: Message, main: Decision, letter: Draft) -> dict[str, Any]:
    reply: dict[str, Any] = {
        "categorie": main.kind.category,
        "objet": letter.title,
        "priorite": main.priority,
        "online_service": main.online,
        "pieces": list(letter.pieces),
        "draft": letter.text,
        "sources": [dict(source) for source in letter.sources],
        "confidence": round(main.confidence, 3),
        "redacted": {"subject": message.subject, "body": message.body},
        "why": [{"code": why.code, "text": why.text} for why in main.why],
    }
    if letter.service:
        reply["service"] = letter.service
    return reply
