"""Answering about benefits: which rule, which facts, one question at a time, then the decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from actions.answers import Answer, decided, not_applicable
from actions.questions import ask, ask_benefit
from actions.rights import answer_rule
from actions.state import MAX_TRIES, Conversation, Pending
from actions.understood import SHARED_FACTS, Understood
from rules_engine.catalogue import Family, catalogue
from rules_engine.decision import Decision, NeedFacts, NotApplicable, Outcome, plain
from rules_engine.errors import OutsideValidityError
from rules_engine.evaluation import decide
from rules_engine.facts import vocabulary
from rules_engine.registry import rule_named, rules
from rules_engine.tables import OFFERS

REIMBURSEMENT = "remboursement"
RENEWAL = "renouvellement_equipement"
# Benefits of one message that are answered: more would be a list that nobody reads.
MOST_FAMILIES = 3


def answer_benefits(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Return the answers about the benefits of a message, or of the subject under way."""
    if understood.group and not understood.families and (understood.strong or not conversation.family):
        conversation.learn(understood.shared)
        return [_ambiguous(conversation, understood)]
    named = () if conversation.family and not understood.strong else understood.families[:MOST_FAMILIES]
    families = named or ((conversation.family,) if conversation.family else understood.families[:1])
    if not families:
        conversation.learn(understood.shared)
        return [ask_benefit(conversation)]
    if _still_compares(conversation, understood, named):
        return _compared(conversation, understood, families[0], conversation.compared, today)
    waiting = None if named else conversation.pending
    answers = _each(conversation, understood, families, today)
    if waiting and waiting.then:
        if conversation.pending:
            conversation.pending.then, conversation.pending.told = waiting.then, waiting.told
        else:
            answers += _each(conversation, Understood.from_rasa(waiting.told), waiting.then, today)
    return answers


def _each(conversation: Conversation, understood: Understood, families: Sequence[str], today: date) -> list[Answer]:
    """Return the answer about each benefit of a message; where a fact is missing, those after it wait for the reply."""
    answers: list[Answer] = []
    for order, family in enumerate(families, 1):
        answers.append(_answer_one(conversation, understood, family, today))
        if answers[-1].kind == "question":
            if conversation.pending and families[order:]:
                conversation.pending.then, conversation.pending.told = [*families[order:]], dict(understood.message)
            break
    return answers


def compare(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Return the same decision under several formules: those named, or all of the member's offer."""
    offer = understood.facts.get("contrat") or conversation.contract or _offer(understood.formules)
    named = [formule for formule in understood.formules if formule in OFFERS.get(offer, ())]
    previous = conversation.facts.get("formule")
    if previous in OFFERS.get(offer, ()) and len(named) == 1 and previous not in named:
        named.insert(0, previous)
    family = understood.families[0] if understood.families else conversation.family
    if family and offer not in OFFERS:
        return answer_benefits(conversation, understood, today)
    formules = named if len(named) > 1 else OFFERS.get(offer, ())
    if family:
        return _compared(conversation, understood, family, formules, today)
    conversation.learn({name: value for name, value in understood.shared.items() if name != "formule"})
    conversation.compared = [*formules]
    return [ask_benefit(conversation, catalogue().groups.get(understood.group))]


def _still_compares(conversation: Conversation, understood: Understood, named: Sequence[str]) -> bool:
    """Whether a message goes on with the formules set side by side: a reply, or the same of something else."""
    goes_on = not named or understood.goes_on or conversation.pending is not None
    return bool(conversation.compared) and goes_on and not understood.shared.keys() & {"formule", "contrat"}


def _compared(
    conversation: Conversation, understood: Understood, family: str, formules: Sequence[str], today: date
) -> list[Answer]:
    """Return what a benefit is under several formules; they stay those compared until one is told."""
    told = {name: value for name, value in _relevant(REIMBURSEMENT, understood).items() if name != "formule"}
    _turn(conversation, understood, family)
    conversation.learn({**told, **_counted(catalogue().families[family], understood)})
    conversation.compared = [*formules]
    answer = _comparison(conversation, conversation.contract or _offer(formules), conversation.compared, today)
    if answer.kind != "question":
        conversation.pending = None
    return [answer]


def _offer(formules: Sequence[str]) -> str:
    """Return the first offer that has all of some formules."""
    return next((offer for offer, names in OFFERS.items() if {*formules} <= {*names}), "MSP")


def answer_unsure(conversation: Conversation, today: date) -> list[Answer]:
    """Return what each possible value of the open question would give: the member does not tell the fact.

    It is not asked again.
    """
    pending, conversation.pending = conversation.pending, None
    if pending is None:
        return [Answer("handover", "cannot_know_fact", {"fact": ""})]
    # Only of a benefit are the cases told in a line each: what a rule on rights decides does not fit in one.
    told_in_lines = bool(conversation.family) and pending.fact != "prestation"
    for cases in _cases(pending) if told_in_lines else ():
        decided_so = [(title, _decide(conversation, {**conversation.facts, **facts}, today)) for title, facts in cases]
        rows = [(title, outcome) for title, outcome in decided_so if isinstance(outcome, Decision)]
        if rows and (pending.choices or len(rows) == len(cases)):
            sources = [reference.to_json() for _, outcome in rows for reference in outcome.references]
            lines = [{"title": title, "decision": outcome.to_json()} for title, outcome in rows]
            data = {"rows": lines, "fact": pending.fact, "family": conversation.family}
            return [Answer("answer", "alternatives", data, topic=conversation.rule, sources=_each_once(sources))]
    return [Answer("handover", "cannot_know_fact", {"fact": pending.fact})]


def _cases(pending: Pending) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """Yield the cases that the answer to a question is one of: its choices, else both sides of what it decides."""
    if pending.choices:
        yield [(choice["title"], vocabulary().parse(choice["facts"])) for choice in pending.choices]
        return
    for name, fact in vocabulary().items():
        if fact.derived_from == pending.fact:
            yield [(fact.true_label, {name: True}), (fact.false_label, {name: False})]


def _answer_one(conversation: Conversation, understood: Understood, family_id: str, today: date) -> Answer:
    _turn(conversation, understood, family_id)
    conversation.compared = []
    family = catalogue().families[family_id]
    conversation.rule = _rule(conversation, family, understood)
    conversation.learn({**_relevant(conversation.rule, understood), **_counted(family, understood)})
    _take_dates(conversation, understood)
    several = _each_value(conversation, family, understood, today)
    if several:
        return several
    outcome = _decide(conversation, conversation.facts, today)
    used = _used_before(conversation, understood, outcome)
    if used:
        conversation.learn({"deja_utilise": used})
        outcome = _decide(conversation, conversation.facts, today)
    if isinstance(outcome, NeedFacts):
        pending = conversation.pending
        if pending and pending.tries > MAX_TRIES and outcome.ranked[0] == pending.fact:
            conversation.pending = None
            return Answer("handover", "cannot_know_fact", {"fact": outcome.ranked[0]})
        return ask(conversation, outcome)
    conversation.pending = None
    if isinstance(outcome, Decision):
        return decided(
            outcome,
            {
                "family": family_id,
                "polar": _polar(understood) and not _ranked(understood, outcome),
                "cues": sorted(understood.cues),
            },
        )
    sister = outcome.details.get("sister")
    if sister in rules():  # care abroad: the tables of France do not say
        return answer_rule(conversation, understood, str(sister), today)
    return not_applicable(outcome)


def _turn(conversation: Conversation, understood: Understood, family: str) -> None:
    """Turn to a benefit; of the same one for another person, the age is another."""
    if family == conversation.family and _new_person(understood):
        conversation.facts.pop("age", None)
    conversation.turn_to(family)
    if understood.returns:
        conversation.come_back()


def _used_before(conversation: Conversation, understood: Understood, outcome: Outcome) -> Decimal | None:
    """Return what (€) the expense told before took of the yearly amount that this one shares; None where none did.

    Only where the message says that it comes beside the other ("j'ai aussi vu…", "là-dessus").
    """
    before = conversation.last.get("decision") or {}
    details = before.get("details", {})
    if "besides" not in understood.cues or not isinstance(outcome, Decision) or "deja_utilise" in conversation.facts:
        return None
    shared = details.get("envelope")
    same = all(details.get(name) == outcome.details.get(name) for name in ("envelope", "offer", "formule"))
    paid = next((amount["value"] for amount in before.get("amounts", ()) if amount["name"] == "total"), None)
    if not shared or not same or paid is None:
        return None
    return Decimal(str(paid)) + Decimal(str(details.get("used") or 0))


def _each_value(conversation: Conversation, family: Family, understood: Understood, today: date) -> Answer | None:
    """Return what each value pays when the message gives a facet several ("un bridge, plus un pilier")."""
    facet = next((name for name in family.facets if name in understood.several), None)
    if facet is None:
        return None
    rows: list[dict[str, Any]] = []
    sources: list[Mapping[str, str]] = []
    for value in understood.several[facet]:
        outcome = _decide(conversation, {**conversation.facts, facet: value}, today)
        if not isinstance(outcome, Decision):
            return None
        rows.append({"title": vocabulary()[facet].choice_label(value), "decision": outcome.to_json()})
        sources += [reference.to_json() for reference in outcome.references]
    if len({str(row["decision"]["amounts"]) for row in rows}) == 1:
        return None
    conversation.pending = None
    data = {"rows": rows, "fact": facet, "family": family.id, "sum": True}
    return Answer("answer", "alternatives", data, topic=conversation.rule, sources=_each_once(sources))


def _each_once(sources: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return sources in their order, each once."""
    return [dict(pair) for pair in dict.fromkeys(tuple(source.items()) for source in sources)]


def _relevant(rule: str, understood: Understood) -> dict[str, Any]:
    """Return the facts said that the rule reads, and those of the contract that every rule shares."""
    known = {*rule_named(rule).facts, *SHARED_FACTS}
    return {name: value for name, value in understood.facts.items() if name in known}


def _decide(conversation: Conversation, facts: Mapping[str, Any], today: date) -> Outcome:
    """Return the decision at the date of the care, today when it is not said."""
    on = facts.get("date_soins") or today
    known = {**facts, "prestation": conversation.family} if conversation.family else dict(facts)
    try:
        return decide(conversation.rule, known, on)
    except OutsideValidityError:
        return NotApplicable(conversation.rule, "outside_validity", (), {}, {"label": on.isoformat()})


def _ambiguous(conversation: Conversation, understood: Understood) -> Answer:
    conversation.clear_subject()
    return ask_benefit(conversation, catalogue().groups[understood.group])


def _counted(family: Family, understood: Understood) -> dict[str, Any]:
    """Return the facts that the message's counts give: units of the benefit, or a count of its own."""
    facts: dict[str, Any] = {}
    for fact_id, unit in family.count_facts.items():
        count = understood.count(unit)
        if count is not None:
            facts.update(_within_bounds(fact_id, count))
    count = understood.count(family.quantity)
    if count is not None and count > 1:
        already = bool(understood.facts.get("deja_beneficie"))
        facts.update(_within_bounds("deja_actes" if already else "quantite", count))
    return facts


def _within_bounds(fact_id: str, value: int) -> dict[str, Any]:
    try:
        return {fact_id: vocabulary()[fact_id].parse(value)}
    except ValueError:
        return {}


def _rule(conversation: Conversation, family: Family, understood: Understood) -> str:
    if family.renewal and "frequency" in understood.cues and "rate" not in understood.cues:
        return RENEWAL
    same_subject = not understood.families and conversation.rule == RENEWAL and family.renewal
    return RENEWAL if same_subject else REIMBURSEMENT


def _take_dates(conversation: Conversation, understood: Understood) -> None:
    name = "date_precedente" if conversation.rule == RENEWAL else "date_soins"
    for day, near, last in understood.dates:
        if last is None and (name in near or conversation.rule == RENEWAL):
            conversation.facts[name] = day
            return


def _new_person(understood: Understood) -> bool:
    return any(name.startswith("moins_de") for name in understood.facts) and "age" not in understood.facts


def _polar(understood: Understood) -> bool:
    return "open_question" not in understood.cues and "rate" not in understood.cues and "polar" in understood.cues


def _ranked(understood: Understood, outcome: Decision) -> bool:
    """Whether a benefit limited in number is asked for one more by its rank: the acts before may have used it up."""
    limited = outcome.details.get("max_count") is not None and "deja_actes" not in outcome.facts
    return limited and understood.ranks


def _comparison(conversation: Conversation, offer: str, formules: list[str], today: date) -> Answer:
    conversation.rule = conversation.rule or REIMBURSEMENT
    rows: list[dict[str, Any]] = []
    references: list[Mapping[str, str]] = []
    for formule in formules:
        outcome = _decide(conversation, {**conversation.facts, "contrat": offer, "formule": formule}, today)
        if isinstance(outcome, NeedFacts):
            return ask(conversation, outcome)
        if isinstance(outcome, Decision):
            rows.append({"formule": formule, "offer": offer, "decision": outcome.to_json()})
            references += [reference.to_json() for reference in outcome.references]
    if not rows:
        return Answer("handover", "fpe_table_not_in_documents", {"label": conversation.family})
    return Answer(
        "answer",
        "comparison",
        {"rows": rows, "family": conversation.family, "offer": offer, "facts": plain(conversation.facts)},
        topic=REIMBURSEMENT,
        sources=_each_once(references),
    )
