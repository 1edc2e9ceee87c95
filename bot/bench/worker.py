"""One measured process: loads a model, answers questions, prints its figures as JSON on standard output."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

STARTED = time.perf_counter()
WARM_UP = 5
QUESTIONS = (
    "bonjour",
    "couronne sur une molaire, je suis en Référence, combien ?",
    "ostéopathe en MGEN Équilibre, combien par an ?",
    "j'ai vu un spécialiste non OPTAM, option 2 du contrat collectif, quel taux ?",
    "cb pr 1 appareil dentaire en metal 5 dents, MGEN Intégrale",
    "comment trouver mon numéro d'adhérent ?",
    "quel temps fera-t-il demain ?",
    "merci beaucoup",
)


def main(model: str, turns: int) -> None:
    """Measure one model and print its figures: seconds, milliseconds, MB."""
    from bot.settings import Settings, prepare_process

    prepare_process()
    from bot.runtime import load_agent

    agent = load_agent(Path(model), Settings())
    loaded = time.perf_counter() - STARTED
    latencies = asyncio.run(_turns(agent, turns))
    figures = {
        "load_s": loaded,
        "first_answer_s": loaded + latencies[0],
        "turn_p50_ms": _quantile(latencies[WARM_UP:], 0.5) * 1000,
        "turn_p95_ms": _quantile(latencies[WARM_UP:], 0.95) * 1000,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(figures))


async def _turns(agent: Any, turns: int) -> list[float]:
    from bot.cli.ask import reply

    latencies = []
    for number in range(turns + WARM_UP):
        begun = time.perf_counter()
        await reply(agent, QUESTIONS[number % len(QUESTIONS)], f"bench-{number // 4}")
        latencies.append(time.perf_counter() - begun)
    return latencies


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))]


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
