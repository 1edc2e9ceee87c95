"""What a template needs to tell an answer: labels, phrases and figures picked from the decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from bot.rendering.french import euros, long_date, months, percent
from bot.rendering.rule_sentences import within
from kb.entries import entries
from rules_engine.catalogue import catalogue
from rules_engine.facts import vocabulary

# Facts that the answer already says, or that belong to the computation.
NOT_IN_LABEL = frozenset(
    "prestation contrat formule prix base_remboursement part_secu quantite deja_utilise deja_actes parcours_soins age "
    "participation_forfaitaire handicap nb_dents_appareil".split()
)


NEVER_PAID = frozenset({"none", "absent", "ss_only", "excluded", "ineligible", "age_refused"})


@lru_cache(maxsize=1)
def phrases() -> Mapping[str, Any]:
    """Return the French pieces of sentences, by group and code."""
    loaded: Mapping[str, Any] = yaml.safe_load(
        files("bot.rendering").joinpath("phrases.yml").read_text(encoding="utf-8")
    )
    return loaded


def view(answer: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Return the context of an answer's template; `supports` is what its phrases state besides the decision."""
    decision = answer.get("decision") or {}
    data = answer.get("data") or {}
    context: dict[str, Any] = {
        "template": answer["template"],
        "text": "",
        "rate": None,
        "supports": [],
        "sources_line": "; ".join(source["reference"] for source in answer.get("sources", [])).replace("; ", " ; "),
        "presumed": "",
        "warnings": [phrases()["warnings"][c] for c in decision.get("warnings", []) if c in phrases()["warnings"]],
        **{key: value for key, value in data.items() if key not in ("rows", "last", "facts")},
    }
    if answer["template"] in ("remboursement", "renouvellement_equipement"):
        context.update(_decision_view(decision, data))
    elif answer["template"] in ("comparison", "alternatives"):
        context.update(_rows_view(data))
    elif answer["template"] == "entry":
        context["presumed"] = _contracts_of(data)
    elif answer["template"] == "rule":
        context["presumed"] = _presumed_facts(decision)
    elif answer["template"] == "why":
        context.update(_why_view(data))
    context["supports"] += [context["warnings"], context["presumed"]]
    return context


def _contracts_of(data: Mapping[str, Any]) -> str:
    """Return the contracts that an entry speaks of, where the member has not said which is theirs."""
    contracts = entries()[data["entry"]].contracts
    if data.get("contract_known", True) or not contracts:
        return ""
    choices = [choice for choice in vocabulary()["contrat"].choices if choice.value in contracts]
    return " ou ".join(choice.label for choice in choices)


def _decision_view(decision: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    details = decision["details"]
    amounts: dict[str, Any] = {}
    for amount in decision["amounts"]:
        amounts.setdefault(amount["name"], amount)
    family = catalogue().families[details["family"]]
    kind = details.get("kind", "")
    codes = {reason["code"] for reason in decision["reasons"]}
    found: dict[str, Any] = {
        "d": {
            **_DETAILS,
            **details,
            "counted_out": decision["outcome"] == "denied" and "left" in amounts,
            "exhausted": decision["outcome"] == "denied" and kind not in NEVER_PAID and "left" not in amounts,
        },
        "phrases": phrases(),
        "balance": "balance" in data.get("cues", ()),
        "a": _Amounts(amounts),
        "dates": {"from": None, **decision["dates"]},
        "outcome": decision["outcome"],
        "benefit": benefit_label(family.id, decision),
        "pour_label": f"pour : {family.label}",
        "formule": formule_label(details.get("offer", ""), details.get("formule", "")),
        "per": phrases()["per"].get(details.get("per", ""), ""),
        "limit": _limit(details),
        "envelope": _capitalised(phrases()["envelopes"].get(details.get("envelope", ""), "")),
        "above_base": family.above_base or family.id == "hospitalisation_honoraires",
        "includes_secu": family.includes_secu or "_remboursee_" in details.get("line", "") + "_",
        "defined_tariff": "100_sante" in details.get("line", "") or details.get("line", "").endswith("_a"),
        "outside_pathway": "outside_pathway" in codes,
        "reason": next((reason["figures"] for reason in decision["reasons"] if reason["figures"]), {}),
        "polar": data.get("polar", False),
        "presumed": presumed_line(decision),
    }
    if kind.startswith("composite"):
        found["template"] = "composite"
    found["supports"] = [
        found["benefit"],
        found["per"],
        found["limit"],
        found["envelope"],
        {"unit": "months"},
    ]
    found["supports"] += [{"value": 6}] if "moins_6_ans" in details.get("parameter", "") else []
    return found


_DETAILS: dict[str, Any] = dict.fromkeys(
    (
        "kind",
        "per",
        "on_top",
        "max_count",
        "envelope",
        "price",
        "base",
        "base_known",
        "count",
        "counted",
        "used",
        "parameter",
        "why",
        "fact",
    )
)


class _Amounts(dict[str, Any]):
    """Amounts by name; an absent one is None in a template."""

    def __missing__(self, name: str) -> None:
        return None


def benefit_label(family_id: str, decision: Mapping[str, Any]) -> str:
    """Return how a decision's benefit is said, with the facts that selected its line."""
    family = catalogue().families[family_id]
    facts = vocabulary()
    said = {**decision["presumed"], **decision["facts"]}
    labels = [family.label]
    for name in family.facets or (("foyer", "correction", "reseau_kalixia", "moins_de_16_ans") if family.parts else ()):
        if name in decision["facts"] and name not in NOT_IN_LABEL:
            labels.append(facts[name].choice_label(said[name]))
    if "nb_dents_appareil" in decision["facts"]:
        count = int(decision["facts"]["nb_dents_appareil"])
        labels.append(f"{count} dent{'s' if count > 1 else ''}")
    return ", ".join(label for label in labels if label)


def formule_label(offer: str, formule: str) -> str:
    """Return how a formule is said (MGEN Référence, ÔJI Intégrale, contrat collectif, option 1)."""
    return f"{phrases()['offers'].get(offer, '')} {phrases()['formules'].get(formule, formule)}".strip()


def presumed_line(decision: Mapping[str, Any]) -> str:
    """Return what the answer takes for granted, in words."""
    known = phrases()["presumed"]
    details = decision["details"]
    said = []
    for name, value in decision["presumed"].items():
        if name == "parcours_soins" and not any(a["unit"] == "percent" for a in decision["amounts"]):
            continue
        said.append(known.get(name, {}).get(value, ""))
    if details.get("kind") == "absent":
        return ""
    return ", ".join(phrase for phrase in said if phrase)


def _presumed_facts(decision: Mapping[str, Any]) -> str:
    """Return the facts presumed by a rule on rights, in the words of the vocabulary."""
    facts = vocabulary()
    known = phrases()["presumed"]
    said = [
        known.get(name, {}).get(value, facts[name].choice_label(value))
        for name, value in decision["presumed"].items()
        if facts[name].type in ("enum", "boolean")
    ]
    return ", ".join(phrase for phrase in said if phrase)


def _limit(details: Mapping[str, Any]) -> str:
    count = details.get("max_count")
    if not count:
        return ""
    singular, plural = phrases()["counted"][details["count_what"]]
    period = phrases()["periods"].get(details["count_period"], "")
    return f"{count} {singular if count == 1 else plural} {period}".strip()


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _rows_view(data: Mapping[str, Any]) -> dict[str, Any]:
    rows = []
    for row in data["rows"]:
        title = formule_label(row["offer"], row["formule"]) if "formule" in row else row["title"]
        rows.append({"formule": title, "title": title, "figure": short_figure(row["decision"])})
    first = data["rows"][0]["decision"]
    total = _sum(data["rows"]) if data.get("sum") else None
    benefit = benefit_label(data["family"], first)
    return {
        "rows": rows,
        "benefit": benefit,
        "sum": total,
        "supports": [rows, benefit, total],
        "presumed": presumed_line(first),
    }


def _sum(rows: list[Mapping[str, Any]]) -> str | None:
    """Return the sum (€) of the rows' amounts, when each row has one plain amount."""
    amounts = [row["decision"]["amounts"][0] for row in rows if row["decision"]["amounts"]]
    if len(amounts) < len(rows) or any(amount["name"] not in ("amount", "total") for amount in amounts):
        return None
    return str(sum(Decimal(amount["value"]) for amount in amounts))


def short_figure(decision: Mapping[str, Any]) -> str:
    """Return a decision's figure in a few words, for a table."""
    details = decision["details"]
    kind = details.get("kind", "")
    if kind in ("none", "absent"):
        return "non pris en charge"
    if kind in ("full_cost", "oui"):
        return "pris en charge en totalité"
    amounts = {amount["name"]: amount for amount in decision["amounts"]}
    if "period" in amounts:
        return months(amounts["period"]["value"])
    per = phrases()["per"].get(details.get("per", ""), "")
    if "total" in amounts:
        return euros(amounts["total"]["value"])
    if "rate" in amounts:
        only = " (Sécurité sociale seule)" if kind == "ss_only" else " de la base Sécu"
        return percent(amounts["rate"]["value"]) + only
    if "yearly" in amounts:
        cap = f", {euros(amounts['session_cap']['value'])} au plus par séance" if "session_cap" in amounts else ""
        return f"{euros(amounts['yearly']['value'])} par année civile{cap}"
    if "amount" in amounts:
        top = " en plus de la Sécu" if details.get("on_top") else ""
        return f"{euros(amounts['amount']['value'])} {'' if per == 'par acte' else per}{top}".strip()
    return "selon le tableau"


def _why_view(data: Mapping[str, Any]) -> dict[str, Any]:
    decision = data["last"].get("decision") or {}
    reasons = [
        {"sentence": _capitalised(phrases()["reasons"][reason["code"]]), "reference": reason["reference"]}
        for reason in decision.get("reasons", [])
        if reason["code"] in phrases()["reasons"]
    ]
    facts = vocabulary()
    basis = [
        f"{facts[name].label} {facts[name].choice_label(value)}" if facts[name].type == "enum" else _said(name, value)
        for name, value in within(decision.get("facts", {}), decision.get("latest", {})).items()
        if facts[name].type != "catalogue"
    ]
    return {"reasons": reasons, "basis": ", ".join(basis), "supports": [reasons, basis]}


def _said(name: str, value: Any) -> str:
    fact = vocabulary()[name]
    if fact.type == "boolean":
        return fact.choice_label(value)
    if fact.type == "money":
        return f"{fact.label} {euros(value)}"
    if fact.type == "date":
        return f"{fact.label} {long_date(value)}"
    return f"{fact.label} {value} {fact.unit}".strip()
