"""The rules and the knowledge base over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.errors import BadRequest
from bot.channels.requests import json_object
from bot.knowledge import Knowledge, short_answer
from bot.rendering.outcomes import in_words
from bot.rendering.questions import expected
from bot.rendering.renderer import fill
from kb.entries import CONTRACTS
from kb.ranking import Ranked
from rules_engine.catalogue import catalogue
from rules_engine.errors import InvalidFactError, OutsideValidityError, UnknownFactError, UnknownRuleError
from rules_engine.evaluation import decide
from rules_engine.facts import Fact, vocabulary
from rules_engine.registry import Rule, rules

MAX_QUERY = 500
MAX_LIMIT = 50
QUERY = {"q": "", "limit": "5", "contract": ""}


def blueprint(knowledge: Knowledge) -> Blueprint:
    """Return the routes; the knowledge base is searched with what was learned of it."""
    routes = Blueprint("api", url_prefix="/api")

    @routes.get("/rules")
    async def list_rules(request: Request) -> HTTPResponse:
        shown = title_json if request.args.get("view") == "titles" else rule_json
        return json({"rules": [shown(rule) for rule in rules().values()]}, ensure_ascii=False)

    @routes.get("/rules/<name:str>")
    async def one_rule(request: Request, name: str) -> HTTPResponse:
        if name not in rules():
            raise unknown_rule()
        return json(rule_json(rules()[name]), ensure_ascii=False)

    @routes.post("/rules/<name:str>")
    async def evaluate(request: Request, name: str) -> HTTPResponse:
        return json(decision(name, json_object(request.body), date.today()), ensure_ascii=False)

    @routes.get("/kb")
    async def search(request: Request) -> HTTPResponse:
        asked = {name: request.args.get(name, default) for name, default in QUERY.items()}
        return json(results(knowledge, asked["q"], asked["limit"], asked["contract"]), ensure_ascii=False)

    return routes


def decision(name: str, payload: dict[str, Any], today: date) -> dict[str, Any]:
    """Return what a rule decides on raw facts, as data and in words.

    Raises:
        BadRequest: for an unknown rule or fact, or a value out of bounds.
    """
    raw = payload.get("facts", {})
    if not isinstance(raw, dict):
        raise BadRequest("invalid_facts", "« facts » doit être un objet JSON : fait → valeur.")
    try:
        facts = vocabulary().parse(raw)
        outcome = decide(name, facts, facts.get("date_soins", today))
        return {**outcome.to_json(), **in_words(outcome, today)}
    except UnknownRuleError:
        raise unknown_rule() from None
    except UnknownFactError:
        raise BadRequest("unknown_fact", "Un des faits n'existe pas : voyez GET /api/rules.") from None
    except InvalidFactError as error:
        raise BadRequest("invalid_fact", f"{error.fact_id} : {error.message_fr}") from None
    except OutsideValidityError:
        raise BadRequest("outside_validity", "Aucun tableau n'est en vigueur à cette date.", 422) from None


def unknown_rule() -> BadRequest:
    """Return the error of a rule that does not exist."""
    return BadRequest("unknown_rule", "Cette règle n'existe pas : voyez GET /api/rules.", 404)


def results(knowledge: Knowledge, question: str, limit: str, contract: str = "") -> dict[str, Any]:
    """Return the entries found for a question, and whether the first one surely answers it.

    Raises:
        BadRequest: for an empty or oversized question, a limit that is no number or an unknown contract.
    """
    if not question.strip() or len(question) > MAX_QUERY:
        raise BadRequest("invalid_query", f"Indiquez « q » : une question de 1 à {MAX_QUERY} caractères.")
    if not (limit.isascii() and limit.isdecimal()) or not 1 <= int(limit[:12]) <= MAX_LIMIT:
        raise BadRequest("invalid_limit", f"« limit » doit être un nombre de 1 à {MAX_LIMIT}.")
    if contract and contract not in CONTRACTS:
        raise BadRequest("invalid_contract", f"« contract » doit être un de : {', '.join(sorted(CONTRACTS))}.")
    today = date.today()
    findings = knowledge.search(question, today, contract or None, int(limit))
    return {
        "sure": findings.sure,
        "contract": findings.contract,
        "results": [_result(found, today) for found in findings.found],
    }


def _result(found: Ranked, today: date) -> dict[str, Any]:
    entry = found.entry
    return {
        "id": entry.id,
        "title": entry.title,
        "score": round(found.share, 3),
        "document": entry.references[0]["document"],
        "reference": entry.references[0]["reference"],
        "short": short_answer(entry, today),
        "spoken": fill(entry.short, today),
        "answer": fill(entry.answer, today),
        "rule": entry.rule,
        "references": [dict(reference) for reference in entry.references],
        "contracts": sorted(entry.contracts),
    }


def title_json(rule: Rule) -> dict[str, Any]:
    """Return a rule without its facts, for a list."""
    return {
        "name": rule.name,
        "title": rule.title,
        "references": [reference.to_json() for reference in rule.references],
    }


def rule_json(rule: Rule) -> dict[str, Any]:
    """Return a rule with the facts that it takes."""
    facts = vocabulary()
    return {
        **title_json(rule),
        "facts": [fact_json(facts[name]) for name in rule.facts],
    }


def fact_json(fact: Fact) -> dict[str, Any]:
    """Return what a client needs to ask for a fact."""
    return {
        "id": fact.id,
        **expected(fact),
        "question": fact.question,
        "choices": _choices(fact),
    }


def _choices(fact: Fact) -> list[dict[str, Any]]:
    if fact.type == "catalogue":
        return [{"value": family.id, "label": family.label} for family in catalogue().families.values()]
    if fact.type == "boolean":
        return [{"value": value, "label": fact.choice_label(value)} for value in (True, False)]
    return [{"value": choice.value, "label": choice.label} for choice in fact.choices]
