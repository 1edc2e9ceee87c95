"""Times decisions of the rules engine beside zen-engine and OpenFisca-Core, on the same table and questions.

Ours decides the whole rule: which line, what limits, reasons with their articles, facts used and presumed. The others
only look the cell up, as a decision table or as parameters and a variable. Each engine runs in a process of its own,
in turn, and the others' answers are checked against the table.
"""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rules_engine.catalogue import catalogue
from rules_engine.decision import Decision
from rules_engine.evaluation import decide
from rules_engine.tables import OFFERS, benefit_tables

RULE = "remboursement"
OURS, REFERENCES = "assistant", ("zen-engine", "OpenFisca-Core")
WORKER = Path(__file__).with_name("rules_worker.py")
REQUIREMENTS = Path(__file__).with_name("rules_reference.txt")
# What stands in the table for a cell without a figure (full cost, nothing).
NO_FIGURE = -2.0
MICROSECONDS = 1e6
Question = dict[str, Any]
Figures = dict[str, float]


class WrongAnswerError(Exception):
    """An engine answered another value than the table's: its times would compare nothing."""


def table(on: date) -> list[Question]:
    """Return every cell of the tables in force on a day: offer, formule, line, kind and value (€, % or NO_FIGURE)."""
    return [
        {
            "offer": cell.offer,
            "formule": cell.formule,
            "line": cell.line,
            "kind": cell.kind,
            "value": NO_FIGURE if cell.value is None else float(cell.value),
        }
        for cell in benefit_tables().cells(on)
    ]


def questions(on: date) -> list[tuple[Question, Mapping[str, Any]]]:
    """Return cells that a benefit and a formule are enough to find, with the facts that our rule takes of them."""
    cells = {(row["offer"], row["formule"], row["line"]): row for row in table(on)}
    return [
        (cells[offer, formule, family.lines[0].id], {"prestation": family.id, "contrat": offer, "formule": formule})
        for family in catalogue().families.values()
        if len(family.lines) == 1 and not family.excluded
        for offer in OFFERS
        for formule in OFFERS[offer]
        if (offer, formule, family.lines[0].id) in cells
        and isinstance(decide(RULE, {"prestation": family.id, "contrat": offer, "formule": formule}, on), Decision)
    ]


def compare(folder: Path, runs: int, on: date, say: Callable[[str], None]) -> dict[str, Figures]:
    """Return the figures of each engine: µs a decision (median, 95 %), and seconds to load the table.

    Args:
        folder: where the environment of the references goes; one that is there is used again.
        runs: times every question is asked of each engine.
        on: day of the tables.
        say: told what is being done.

    Raises:
        subprocess.CalledProcessError: when the references cannot be installed or fail.
        WrongAnswerError: when one answers another value than the table's.
    """
    python = _environment(folder, say)
    asked = questions(on)
    say(f"Measuring: {OURS}")
    found = {OURS: _figures(*_ours(runs, on))}
    sent = json.dumps({"table": table(on), "questions": [cell for cell, _ in asked], "runs": runs})
    for name in REFERENCES:
        say(f"Measuring: {name}")
        ran = subprocess.run([str(python), str(WORKER), name], input=sent, capture_output=True, text=True, check=True)
        told = json.loads(ran.stdout)
        check(name, [cell for cell, _ in asked], told["answers"])
        found[name] = _figures(told["times_us"], told["load_s"])
    return found


def check(name: str, asked: Sequence[Question], answers: Sequence[float]) -> None:
    """Hold the answers of an engine against the table.

    Raises:
        WrongAnswerError: for the first that differs.
    """
    for cell, answer in zip(asked, answers, strict=True):
        if not math.isclose(cell["value"], answer, rel_tol=1e-6):  # OpenFisca counts in 32 bits
            raise WrongAnswerError(f"{name}: {cell} answered {answer}")


def _ours(runs: int, on: date) -> tuple[list[float], float]:
    """Return the µs of each decision, and the seconds that loading the rules and tables takes in a new process."""
    script = (
        "import time; begun = time.perf_counter()\n"
        "from datetime import date\n"
        "from rules_engine.registry import rules\n"
        "from rules_engine.tables import benefit_tables\n"
        "rules(); benefit_tables(); print(time.perf_counter() - begun)"
    )
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    return list(_times(runs, on)), float(ran.stdout)


def _times(runs: int, on: date) -> Iterator[float]:
    asked = [facts for _, facts in questions(on)]
    for _ in range(runs):
        for facts in asked:
            begun = time.perf_counter()
            decide(RULE, facts, on)
            yield (time.perf_counter() - begun) * MICROSECONDS


def _figures(times: Sequence[float], loaded: float) -> Figures:
    return {
        "median_us": statistics.median(times),
        "p95_us": statistics.quantiles(times, n=20)[-1],
        "load_s": loaded,
        "decisions": float(len(times)),
    }


def _environment(folder: Path, say: Callable[[str], None]) -> Path:
    """Return the Python of an environment that holds the references at their pinned versions."""
    place = folder / "bench-rules"
    python = place / "bin" / "python"
    done = place / "installed.txt"
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if not done.exists() or done.read_text(encoding="utf-8") != wanted:
        say("Installing zen-engine and OpenFisca-Core in an environment of their own")
        venv.create(place, clear=True, with_pip=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--requirement", str(REQUIREMENTS)]
        subprocess.run(install, check=True, capture_output=True, text=True)
        done.write_text(wanted, encoding="utf-8")
    return python
