"""One reference engine on a decision table, in an environment of its own: nothing of the project is imported here.

Reads {"table": [{"offer", "formule", "line", "kind", "value"}], "questions": [...], "runs": n} from standard input and
writes {"load_s", "times_us", "answers"}; `answers` are the values of the first run, so that the caller can check them.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

Row = dict[str, Any]
Ask = Callable[[Row], float]
MONTH = "2025-01"
ABSENT = -1.0


def zen(table: list[Row]) -> Ask:
    """Return the table as a decision of zen-engine."""
    import zen  # type: ignore[import-not-found]

    inputs = [{"id": name, "name": name, "field": name} for name in ("offer", "formule", "line")]
    rules = [
        {
            "_id": str(number),
            **{name: json.dumps(row[name], ensure_ascii=False) for name in ("offer", "formule", "line")},
            "value": str(row["value"]),
        }
        for number, row in enumerate(table)
    ]
    content = {
        "hitPolicy": "first",
        "inputs": inputs,
        "outputs": [{"id": "value", "name": "value", "field": "value"}],
        "rules": rules,
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
        {"id": "table", "name": "table", "type": "decisionTableNode", "position": {"x": 1, "y": 0}, "content": content},
        {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 2, "y": 0}},
    ]
    edges = [
        {"id": f"{source}-{target}", "sourceId": source, "targetId": target, "type": "edge"}
        for source, target in (("in", "table"), ("table", "out"))
    ]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    def ask(question: Row) -> float:
        return float(decision.evaluate(question)["result"]["value"])

    return ask


def openfisca(table: list[Row]) -> Ask:
    """Return the table as parameters and a variable of OpenFisca-Core."""
    from openfisca_core import periods, simulations, taxbenefitsystems, variables  # type: ignore[import-not-found]
    from openfisca_core.entities import build_entity  # type: ignore[import-not-found]
    from openfisca_core.indexed_enums import Enum  # type: ignore[import-not-found]
    from openfisca_core.parameters import ParameterNode  # type: ignore[import-not-found]

    person = build_entity("person", "persons", "Member", is_person=True)
    pairs = {pair: f"p{i}" for i, pair in enumerate(dict.fromkeys((row["offer"], row["formule"]) for row in table))}
    lines = {line: f"l{i}" for i, line in enumerate(dict.fromkeys(row["line"] for row in table))}
    values = {(pairs[row["offer"], row["formule"]], lines[row["line"]]): row["value"] for row in table}
    tree = {
        pair: {line: {"values": {"2025-01-01": {"value": values.get((pair, line), ABSENT)}}} for line in lines.values()}
        for pair in pairs.values()
    }
    pair_type = Enum("Pair", {name: name for name in pairs.values()})
    line_type = Enum("Line", {name: name for name in lines.values()})

    def entry(name: str, kind: Any) -> Any:
        settings = {
            "value_type": Enum,
            "possible_values": kind,
            "default_value": next(iter(kind)),
            "entity": person,
            "definition_period": periods.MONTH,
        }
        return type(name, (variables.Variable,), settings)

    def formula(members: Any, period: Any, parameters: Any) -> Any:
        return parameters(period).cells[members("pair", period)][members("benefit_line", period)]

    paid = type(
        "paid",
        (variables.Variable,),
        {"value_type": float, "entity": person, "definition_period": periods.MONTH, "formula": formula},
    )
    system = taxbenefitsystems.TaxBenefitSystem([person])
    system.parameters = ParameterNode("", data={"cells": tree})
    system.add_variables(entry("pair", pair_type), entry("benefit_line", line_type), paid)

    def ask(question: Row) -> float:
        told = {
            "pair": {MONTH: pairs[question["offer"], question["formule"]]},
            "benefit_line": {MONTH: lines[question["line"]]},
        }
        simulation = simulations.SimulationBuilder().build_from_entities(system, {"persons": {"member": told}})
        return float(simulation.calculate("paid", MONTH)[0])

    return ask


def main() -> None:
    """Measure the engine named on the command line."""
    asked = json.load(sys.stdin)
    begun = time.perf_counter()
    ask = {"zen-engine": zen, "OpenFisca-Core": openfisca}[sys.argv[1]](asked["table"])
    ask(asked["questions"][0])
    loaded = time.perf_counter() - begun
    answers = [ask(question) for question in asked["questions"]]
    times = []
    for _ in range(asked["runs"]):
        for question in asked["questions"]:
            begun = time.perf_counter()
            ask(question)
            times.append((time.perf_counter() - begun) * 1e6)
    json.dump({"load_s": loaded, "times_us": times, "answers": answers}, sys.stdout)


if __name__ == "__main__":
    main()
