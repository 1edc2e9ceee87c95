"""The assistant's own answer to a request: the same understanding, rules and entries as the chat, in one turn.

A mail is answered in writing, once: what the chat would ask becomes a question of the letter, and where few answers to
it are possible, what each of them leads to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from actions.answers import Answer
from actions.responder import respond
from actions.state import Conversation
from actions.understood import SHARED_FACTS, Understood
from bot.rendering.letters import as_letter
from bot.rendering.renderer import Renderer
from bot.triage.kinds import Kind
from bot.understanding.danger import EMERGENCIES
from bot.understanding.reader import read
from kb.entries import entries
from kb.ranking import ELSEWHERE, REIMBURSEMENT, Topic
from rules_engine.errors import OutsideValidityError
from rules_engine.facts import vocabulary

# How many times likelier than the words alone a request makes the answers that belong to it, and less likely others.
OWN, OTHERS = 6.0, 0.1
MOST_ALTERNATIVES, MOST_CHOICES = 5, 8
BENEFIT = "prestation"
# What a member knows of the contract and forgot to say: each answer that exists is told beside the question.
TOLD_BY_CHOICE = frozenset({"contrat", "formule"})
RULES_ON_CARE = frozenset({"remboursement", "renouvellement_equipement"})
# A date that a message tells, the facts whose cues stand near, and its last day where it is a span.
Dated = tuple[date, Any, date | None]
PRICES = frozenset({"prix", "base_remboursement", "quantite"})
# Intents that a letter hears as a question, its kind being known.
UNHEARD = frozenset(
    "account_data nonsense nlu_fallback out_of_scope insult inform follow_up correct_fact affirm deny dont_know cancel "
    "ask_human greet thank goodbye compliment legal_advice medical_advice other_insurer more_details".split()
)


@dataclass(frozen=True)
class Reply:
    """What the assistant answers to one request.

    Attributes:
        text: paragraphs of a letter, empty where nothing is known; topic: the rule or entry that answers.
        sources: {"document", "reference"} objects; pieces: documents that the rule asks for.
        missing: questions to ask, in French.
    """

    text: str = ""
    topic: str = ""
    sources: tuple[Mapping[str, str], ...] = ()
    pieces: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parsed:
    """A message as Rasa parsed it."""

    message: Mapping[str, Any] = field(repr=False)

    @property
    def understood(self) -> Understood:
        """What the actions make of it."""
        return Understood.from_rasa(self.message)

    @property
    def uneasy(self) -> bool:
        """Whether the assistant hears a danger."""
        return str((self.message.get("intent") or {}).get("name")) in EMERGENCIES

    @property
    def heard(self) -> Mapping[str, float]:
        """Likelihood of the assistant's intents."""
        return {str(each["name"]): float(each["confidence"]) for each in self.message.get("intent_ranking", ())}

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The assistant's ranking of its answers."""
        return self.understood.topics


@dataclass(frozen=True)
class Day:
    """The day of a message, and whether it is certain: told by its header or by its own words."""

    present: date
    certain: bool = True

    def sure(self, dates: Sequence[Dated]) -> Sequence[Dated] | None:
        """Return the dates of a message to count from, None where it may mean others.

        Years and days of the week are counted from its day. A date gone by is what happened, whatever deadlines are
        told beside it; of several, none is known to be what counts.
        """
        others = [dated for dated in dates if dated[0] != self.present]
        if not others:
            return dates
        past = [dated for dated in others if dated[0] < self.present]
        told = past or others
        return told if self.certain and len({first for first, _, _ in told}) == 1 else None


class Brain:
    """The loaded assistant, asked without a conversation."""

    def __init__(self, agent: Any) -> None:
        """Take a loaded agent."""
        self._agent = agent

    async def parse(self, words: str, today: date) -> Parsed:
        """Return a message as the assistant understands it on the day when it was written."""
        from rasa.core.channels.channel import UserMessage

        words = words.lstrip("/ \n") or "?"
        message = await self._agent.processor.parse_message(UserMessage(words))
        return Parsed(message if today == date.today() else _read_on(today, words, message))

    def reply(self, parsed: Parsed, kind: Kind, facts: Mapping[str, Any], day: Day) -> Reply:
        """Return the assistant's answer to a request, its kind being known.

        Args:
            parsed: the message.
            kind: the request; an answer that does not belong to it is none.
            facts: what else is known of the member (contract, formule).
            day: of the message.
        """
        understood = _told(parsed.understood, kind)
        dates = day.sure(understood.dates)
        if dates is None:
            # What holds on any day, rather than a deadline counted from a date that may be another.
            general = replace(understood, dates=(), facts=_dateless(understood))
            reply = self._answer(general, kind, facts, day.present)
            if reply.text and not reply.missing:
                return reply
        elif tuple(dates) != understood.dates:
            understood = replace(understood, dates=tuple(dates), facts=_dateless(understood))
        return self._answer(understood, kind, facts, day.present)

    def _answer(self, understood: Understood, kind: Kind, facts: Mapping[str, Any], today: date) -> Reply:
        try:
            return self._answered(understood, kind, facts, today)
        except OutsideValidityError:
            return Reply()  # the documents do not tell of that day

    def _answered(self, understood: Understood, kind: Kind, facts: Mapping[str, Any], today: date) -> Reply:
        conversation = Conversation(facts={**facts})
        answers = respond(conversation, understood, today)
        said = [answer for answer in answers if answer.kind == "answer" and belongs(answer.topic, kind)]
        if said:
            return _written(said, today)
        last = answers[-1]
        if last.kind == "question" and last.question and last.question["fact"] in vocabulary():
            return _asking(conversation, last.question["fact"], kind, today)
        return Reply()


def _read_on(today: date, words: str, message: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a parsed message with its facts as they read on another day ("hier", "mardi", "le 3 mars")."""
    from bot.nlu.reader import EXTRACTOR, entities

    others = [entity for entity in message["entities"] if entity.get("extractor") != EXTRACTOR]
    return {**message, "entities": [*others, *entities(words, read(words, today))]}


def shared_facts(understood: Understood) -> dict[str, Any]:
    """Return what a message tells of the member, whatever it asks."""
    return {name: value for name, value in understood.facts.items() if name in SHARED_FACTS and name != "age"}


def belongs(topic: str, kind: Kind) -> bool:
    """Whether an answer belongs to a request."""
    if topic in RULES_ON_CARE:
        return topic in kind.rules
    return topic in kind.rules or topic in kind.answering or topic in kind.proofs


def _dateless(understood: Understood) -> dict[str, Any]:
    return {name: value for name, value in understood.facts.items() if vocabulary()[name].type != "date"}


def _told(understood: Understood, kind: Kind) -> Understood:
    """Return a message as it reads once its kind is known."""
    care = bool(RULES_ON_CARE & kind.rules)

    def weight(name: str) -> float:
        if name == REIMBURSEMENT:
            return 1.0 if care else OTHERS
        if name.startswith(ELSEWHERE):
            return OTHERS
        return OWN if name in kind.answering or name in kind.proofs else OTHERS

    facts = understood.facts
    if care:
        # A quote tells the price and the number of what it is for in many ways: the letter tells what one act is paid.
        facts = {name: value for name, value in facts.items() if name not in PRICES}
    weighed = [(name, share * weight(name)) for name, share in understood.topics]
    total = sum(share for _, share in weighed) or 1.0
    topics = tuple(sorted(((name, share / total) for name, share in weighed), key=lambda topic: -topic[1]))
    intent = understood.intent
    if intent in UNHEARD or intent.startswith("emergency"):
        intent = "ask_reimbursement" if care and understood.strong else "ask_information"
    counts = {} if care else understood.counts
    return replace(understood, topics=topics, intent=intent, facts=facts, counts=counts)


def _written(answers: Sequence[Answer], today: date) -> Reply:
    """Return answers as paragraphs of a letter."""
    renderer = Renderer(today)
    letters = []
    sources: list[Mapping[str, str]] = []
    for answer in answers:
        message = renderer.message(replace(answer, data={**answer.data, "neutral": True}).to_json())
        if message["custom"]["kind"] == "answer":
            letters.append(as_letter(message["text"]))
            sources += message["custom"]["sources"]
    pieces = tuple(piece for letter in letters for piece in letter.pieces)
    return Reply("\n\n".join(letter.text for letter in letters), answers[0].topic, tuple(sources), pieces)


def _asking(conversation: Conversation, fact_id: str, kind: Kind, today: date) -> Reply:
    """Return what is missing and, where few answers are possible, what each leads to."""
    if fact_id == BENEFIT:
        return Reply(missing=(vocabulary()[fact_id].question,)) if RULES_ON_CARE & kind.rules else Reply()
    asked = (vocabulary()[fact_id].question,)
    choices = list(conversation.pending.choices) if conversation.pending else []
    lines: list[str] = []
    sources: list[Mapping[str, str]] = []
    for choice in choices if 1 < len(choices) <= MOST_CHOICES else ():
        picked = Understood(text=choice["title"], intent="inform", words=1)
        answers = respond(deepcopy(conversation), picked, today)
        said = [answer for answer in answers if answer.kind == "answer" and belongs(answer.topic, kind)]
        reply = _written(said[:1], today) if said else Reply()
        if reply.text:
            lines.append(f"– {choice['title']} : {reply.text.splitlines()[0]}")
            sources += reply.sources
    if len(lines) < len(choices) and fact_id not in TOLD_BY_CHOICE:
        return Reply(missing=asked)
    return Reply("\n".join(lines[:MOST_ALTERNATIVES]), conversation.rule, tuple(sources), missing=asked)


def references_of(names: Sequence[str]) -> list[Mapping[str, str]]:
    """Return the references of entries, each once."""
    found = {(each["document"], each["reference"]): each for name in names for each in entries()[name].references}
    return [dict(reference) for reference in found.values()]
