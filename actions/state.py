"""What the assistant remembers of a conversation: facts, the subject, the open question, the last answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rules_engine.catalogue import catalogue
from rules_engine.decision import plain
from rules_engine.facts import vocabulary
from rules_engine.tables import OFFERS

SLOT = "conversation"
# Kept from one benefit to another of the same section: same hospital, same optician, same patient.
PLACE_FACTS = frozenset(
    "etablissement_conventionne type_sejour reseau_kalixia age moins_de_6_ans moins_de_16_ans moins_de_20_ans".split()
)
MAX_TRIES = 2


@dataclass(frozen=True)
class Span:
    """A date known to the month or the year only: it lies between two days, both included."""

    first: date
    last: date


@dataclass
class Pending:
    """A question that the assistant asked.

    Attributes:
        fact: the fact asked for; choices: title → facts; tries: how often it was asked.
        about: the message (as Rasa read it) to answer once the fact is known, where no rule is under way.
        then: benefits asked in the same message (`told`), to be answered after the one that misses the fact.
    """

    fact: str
    choices: list[dict[str, Any]] = field(default_factory=list)
    tries: int = 1
    about: dict[str, Any] = field(default_factory=dict)
    then: list[str] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)


@dataclass
class Conversation:
    """The remembered state, kept in one Rasa slot as plain JSON.

    Attributes:
        facts: typed facts, contract facts for the whole conversation, the others for the current subject.
        spans: for a date known to the month or the year only, the last day that it may be; the fact is the first.
        family: the benefit talked about; rule: the rule that answers it.
        left: what was told of each subject left (a benefit or a rule), for who comes back to it.
        suspended: the subject and question left for another rule before they were replied to.
        compared: the formules set side by side, until one is told.
        pending: the open question.
        last: the last answer given (its Answer as JSON), for "pourquoi ?" and "c'est écrit où ?".
        asked: the last question answered (as Rasa read it), which "et si…" and "j'ai MGEN Solutions" go on from.
        misses: how many messages in a row were not understood.
    """

    facts: dict[str, Any] = field(default_factory=dict)
    spans: dict[str, date] = field(default_factory=dict)
    family: str = ""
    rule: str = ""
    left: dict[str, dict[str, Any]] = field(default_factory=dict)
    suspended: dict[str, Any] = field(default_factory=dict)
    compared: list[str] = field(default_factory=list)
    pending: Pending | None = None
    last: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, Any] = field(default_factory=dict)
    misses: int = 0

    @classmethod
    def from_slot(cls, slot: Mapping[str, Any] | None) -> Conversation:
        """Return the state kept in the slot; an empty one when there is none."""
        if not slot:
            return cls()
        pending = slot.get("pending")
        return cls(
            facts=vocabulary().parse(slot.get("facts", {})),
            spans={name: date.fromisoformat(day) for name, day in slot.get("spans", {}).items()},
            family=slot.get("family", ""),
            rule=slot.get("rule", ""),
            left={subject: vocabulary().parse(facts) for subject, facts in slot.get("left", {}).items()},
            suspended=slot.get("suspended", {}),
            compared=slot.get("compared", []),
            pending=Pending(**pending) if pending else None,
            last=slot.get("last", {}),
            asked=slot.get("asked", {}),
            misses=slot.get("misses", 0),
        )

    def to_slot(self) -> dict[str, Any]:
        """Return the state as plain JSON."""
        return {
            "facts": plain(self.facts),
            "spans": plain(self.spans),
            "family": self.family,
            "rule": self.rule,
            "left": {subject: plain(facts) for subject, facts in self.left.items()},
            "suspended": self.suspended,
            "compared": self.compared,
            "pending": None if self.pending is None else vars(self.pending),
            "last": self.last,
            "asked": self.asked,
            "misses": self.misses,
        }

    @property
    def contract(self) -> str | None:
        """The member's contract, where known or implied by the formule."""
        known: str | None = self.facts.get("contrat")
        if known:
            return known
        having = [offer for offer, formules in OFFERS.items() if self.facts.get("formule") in formules]
        return having[0] if len(having) == 1 else None

    @property
    def about_rule(self) -> bool:
        """Whether the subject under way is a rule on rights rather than a benefit."""
        return bool(self.rule) and not self.family

    def learn(self, facts: Mapping[str, Any]) -> None:
        """Take facts in; a formule or contract that contradicts what was known replaces it."""
        for fact_id, value in facts.items():
            for other in _replaced_by(fact_id):
                self.facts.pop(other, None)
            self.facts.pop(fact_id, None)  # what was told last stands last
            self.facts[fact_id] = value.first if isinstance(value, Span) else value
            self.spans.pop(fact_id, None)
            if isinstance(value, Span):
                self.spans[fact_id] = value.last
        if facts.keys() & {"formule", "contrat"}:
            self.compared = []
        formule, contract = self.facts.get("formule"), self.facts.get("contrat")
        both = "formule" in facts and "contrat" in facts  # "je quitte ma formule pour le contrat collectif"
        if formule and contract and formule not in OFFERS.get(contract, ()) and not both:
            self.facts.pop("contrat" if "formule" in facts and "contrat" not in facts else "formule")

    def turn_to(self, family: str) -> None:
        """Change the subject: facts of the care and of the person go, those of the contract stay."""
        if family != self.family:
            self._leave()
            kept = PLACE_FACTS if self._same_section(family) else frozenset()
            self.facts = {
                name: value
                for name, value in self.facts.items()
                if vocabulary()[name].scope == "contract" or name in kept
            }
        self.family = family

    def turn_to_rule(self, rule: str) -> None:
        """Change the subject to a rule: facts of the care go, those of the contract stay."""
        self._leave()
        if self.pending and rule != self.rule:
            self.suspended = {"family": self.family, "rule": self.rule, "pending": vars(self.pending)}
        self.facts = {name: value for name, value in self.facts.items() if vocabulary()[name].scope == "contract"}
        self.family, self.rule, self.pending, self.compared = "", rule, None, []

    def come_back(self) -> None:
        """Take up what was told of the subject when it was left; what was told since stands."""
        self.facts = {**self.left.get(self.family or self.rule, {}), **self.facts}

    def resume(self) -> None:
        """Take up the subject and the question that another rule suspended."""
        self._leave()
        suspended, self.suspended = self.suspended, {}
        self.family, self.rule, self.pending = suspended["family"], suspended["rule"], Pending(**suspended["pending"])
        self.facts = {name: value for name, value in self.facts.items() if vocabulary()[name].scope == "contract"}
        self.come_back()

    def _leave(self) -> None:
        """Keep what was told of the subject under way."""
        subject = self.family or self.rule
        if subject:
            told = {name: value for name, value in self.facts.items() if vocabulary()[name].scope != "contract"}
            self.left[subject] = told

    def _same_section(self, family: str) -> bool:
        families = catalogue().families
        return self.family in families and families[self.family].section == families[family].section

    def clear_subject(self) -> None:
        """Drop the subject and the open question."""
        self.family, self.rule, self.pending, self.asked, self.compared = "", "", None, {}, []
        self.suspended = {}


def _replaced_by(fact_id: str) -> list[str]:
    """Return the facts that a newly said one makes obsolete: an age replaces what was inferred of it."""
    facts = vocabulary()
    if fact_id == "age":
        return [name for name, fact in facts.items() if fact.derived_from == "age"]
    source = facts[fact_id].derived_from
    return [source] if source else []
