"""What the NLU found in a message, as the actions use it: read from Rasa's entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kb.ranking import REIMBURSEMENT
from rules_engine.errors import InvalidFactError
from rules_engine.facts import vocabulary
from rules_engine.units import count_of

SHARED_FACTS = ("contrat", "formule", "qualite", "prevoyance", "date_adhesion", "age")


# Words of the longest question that may leave its subject to the one before.
LONGEST_ELLIPSIS = 6


@dataclass(frozen=True)
class Understood:
    """One message, understood.

    Attributes:
        text: the message as kept (personal data already replaced).
        intent: what the member wants to do.
        facts: typed facts said.
        formules: every formule named, in order.
        families, group, strong, loose: the benefit named (see `benefits.Linked`).
        counts: word → number; numbers: bare numbers; cues: what is asked.
        dates: dates, with the facts they may be, and the last day that they may be where only a month or year is said.
        mentions: numbers with unit and the facts they may be.
        several: facts given more than one value; listed: those given them side by side.
        topics: entry ids, or "@intent", with their likelihood (see `kb.ranking`).
        parts: of a message that asks several things, the words and the topics of each question.
        repaired: the text with its spelling mended.
        ours: how many words of the mutual's world; words: how many words.
        yes_or_no: whether a yes or a no may open the answer; asks: whether it asks anything; asks_what: whether with a
            word that asks ("quoi", "combien"), so that it is no plain reply.
        untold: whether it says that something is not known, or will not be told.
        only_contract: whether it names a contract or a formule and nothing else.
        returns: whether it comes back to a subject left ("revenons à ma cotisation").
        ranks: whether it ranks what it asks for ("un 3e implant").
        follow_up: how it goes on with the question before (`bot.understanding.follow_up`), empty when it does not.
        ruled_out: contracts that the site named leaves out.
        caution: whether it may tell of a danger, although it is not taken for one.
        message: what it was read from, to be read again later.
    """

    text: str
    intent: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    formules: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    group: str = ""
    strong: bool = False
    loose: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()
    dates: tuple[tuple[date, Mapping[str, int], date | None], ...] = ()
    cues: frozenset[str] = frozenset()
    mentions: tuple[Mapping[str, Any], ...] = ()
    several: Mapping[str, Any] = field(default_factory=dict)
    listed: Mapping[str, Any] = field(default_factory=dict)
    topics: tuple[tuple[str, float], ...] = ()
    parts: tuple[tuple[str, tuple[tuple[str, float], ...]], ...] = ()
    repaired: str = ""
    ours: int = 0
    words: int = 0
    yes_or_no: bool = True
    asks: bool = True
    asks_meaning: bool = False
    asks_what: bool = False
    untold: bool = False
    only_contract: bool = False
    returns: bool = False
    ranks: bool = False
    follow_up: str = ""
    ruled_out: frozenset[str] = frozenset()
    caution: bool = False
    message: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_rasa(cls, message: Mapping[str, Any]) -> Understood:
        """Return what Rasa's parse of a message holds."""
        facts: dict[str, Any] = {}
        benefit: Mapping[str, Any] = {}
        more: Mapping[str, Any] = {}
        topics: tuple[tuple[str, float], ...] = ()
        parts: tuple[tuple[str, tuple[tuple[str, float], ...]], ...] = ()
        for entity in message.get("entities", ()):
            if entity["entity"] == "fact":
                _take(facts, entity["role"], entity["value"])
            elif entity["entity"] == "benefit":
                benefit = entity["value"]
            elif entity["entity"] == "reading":
                more = entity["value"]
            elif entity["entity"] == "topics":
                topics = _topics(entity["value"])
            elif entity["entity"] == "parts":
                parts = tuple((part["text"], _topics(part["topics"])) for part in entity["value"])
        return cls(
            text=message.get("text") or "",
            intent=(message.get("intent") or {}).get("name") or "",
            facts=facts,
            formules=tuple(more.get("formules", ())),
            families=tuple(benefit.get("families", ())),
            group=benefit.get("group", ""),
            strong=benefit.get("strong", False),
            loose=tuple(benefit.get("loose", ())),
            counts=more.get("counts", {}),
            numbers=tuple(more.get("numbers", ())),
            dates=tuple(
                (date.fromisoformat(entry["date"]), entry["facts"], _day(entry.get("last")))
                for entry in more.get("dates", ())
            ),
            cues=frozenset(more.get("cues", ())),
            mentions=tuple(more.get("mentions", ())),
            several=more.get("several", {}),
            listed=more.get("listed", {}),
            topics=topics,
            parts=parts,
            repaired=more.get("text", ""),
            ours=more.get("ours", 0),
            words=more.get("words", 0),
            yes_or_no=more.get("yes_or_no", True),
            asks=more.get("asks", True),
            asks_meaning=more.get("asks_meaning", False),
            asks_what=more.get("asks_what", False),
            untold=more.get("untold", False),
            only_contract=more.get("only_contract", False),
            returns=more.get("returns", False),
            ranks=more.get("ranks", False),
            follow_up=more.get("follow_up", ""),
            caution=any(entity["entity"] == "caution" for entity in message.get("entities", ())),
            ruled_out=frozenset(more.get("ruled_out", ())),
            message={name: message.get(name) for name in ("text", "intent", "entities")},
        )

    @property
    def shared(self) -> dict[str, Any]:
        """The facts said that serve every rule, whatever the subject."""
        return {name: value for name, value in self.facts.items() if name in SHARED_FACTS}

    @property
    def about_contract(self) -> bool:
        """Whether a fact of the member's contract is said: it is kept whatever the subject."""
        return bool(self.shared.keys() - {"age"})

    @property
    def contests(self) -> bool:
        """Whether it contests what the assistant said."""
        return "contest" in self.cues

    @property
    def goes_on(self) -> bool:
        """Whether it opens as one that goes on with the question before ("et si…", "d'accord, mais…")."""
        return bool(self.follow_up)

    @property
    def elliptical(self) -> bool:
        """Whether it is a short question on a delay that names nothing of its own ("j'ai combien de temps ?")."""
        named = self.ours or self.families or self.group or self.dates or self.mentions
        return "delay" in self.cues and self.words <= LONGEST_ELLIPSIS and not named

    @property
    def subject_share(self) -> float:
        """Likelihood (0 to 1) of the entry or intent that it is likeliest about; 0 where nothing ranked them."""
        return max((share for _, share in self.topics), default=0.0)

    @property
    def paid_share(self) -> float:
        """Likelihood (0 to 1) that what is paid for care is asked; 1 where nothing ranked the subjects."""
        return dict(self.topics).get(REIMBURSEMENT, 0.0) if self.topics else 1.0

    @property
    def varies(self) -> bool:
        """Whether it opens as the question before with one thing changed ("et pour ma fille ?")."""
        return self.follow_up == "varies"

    @property
    def asks_money(self) -> bool:
        """Whether the words ask what is paid, or how often."""
        return bool(self.cues & {"open_question", "rate", "polar", "frequency"})

    def count(self, unit: str) -> int | None:
        """Return how many of a unit the message counts."""
        return count_of(unit, self.counts)


def _take(facts: dict[str, Any], fact_id: str, value: Any) -> None:
    try:
        facts[fact_id] = vocabulary()[fact_id].parse(value)
    except InvalidFactError:
        return


def _topics(value: Iterable[Any]) -> tuple[tuple[str, float], ...]:
    return tuple((name, share) for name, share in value)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
