"""A whole server with PostgreSQL and Redis, hurt in every way that a night can: nothing acknowledged is lost."""

from __future__ import annotations

import os
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.training import model_path
from bot.triage.training import model_path as triage_path
from tests import postgres
from tests.redis_server import RedisServer
from tests.serving.served import Server, serving

pytestmark = [pytest.mark.model, pytest.mark.slow]
ADHERENT = "Comment trouver mon numéro d'adhérent ?"
OSTEOPATH = "combien par an pour l'ostéopathe ?"


def not_ready(status: int, said: dict[str, object]) -> bool:
    return status == 503


def is_reduced(server: Server, sender: str) -> bool:
    """Whether a question is answered by the words alone: with its sources, and saying so."""
    *_, entry, notice = [{}, *server.says(sender, ADHERENT)]
    told = notice["custom"].get("code") == "reduced"
    assert not told or entry["custom"]["sources"]
    return told


def test_a_night_of_faults(model: Path, redis: RedisServer, tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    from bot.settings import Settings

    shutil.copy(triage_path(Settings()), models)
    served = models / model_path(Settings()).name
    shutil.copy(model, served)
    try:
        database = postgres.server()
        url = database.__enter__()
    except postgres.NoServerError as error:
        pytest.skip(str(error))
    environment = {
        "DATABASE_URL": url, "REDIS_URL": redis.url, "ASSISTANT_SECRET": "a key", "ASSISTANT_MODELS_DIR": str(models),
    }  # fmt: skip
    control = postgres.control_of(url)
    try:
        with serving(tmp_path / "data", "--no-train", **environment) as server:
            server.ready()
            server.says("c", "je suis en MGEN Équilibre", message_id="1")

            # PostgreSQL is cut, then is back.
            control("stop")
            assert is_reduced(server, "c")
            assert server.says("d", "je veux en finir avec la vie")[0]["custom"]["kind"] == "emergency"
            server.wait(not_ready, 60)
            control("start")
            server.ready()
            told = server.says("c", OSTEOPATH)[-1]["custom"]
            assert told["decision"]["facts"]["formule"] == "Equilibre", "what was told before the cut is known"

            # Redis is cut, then is back: every turn is answered by the assistant itself.
            redis.stop()
            assert not is_reduced(server, "e") and server.health()[0] == 200
            assert server.health()[1]["checks"]["redis"] is False
            redis.start()
            server.wait(lambda status, said: status == 200 and said["checks"]["redis"] is True, 60)
            assert not is_reduced(server, "e")

            # The model is replaced while turns run.
            _swapped_while_turns_run(server, model, served)

            # A broken model comes: the one loaded serves on.
            served.write_bytes(b"no model")
            time.sleep(6)
            assert "cannot be loaded" in server.log and not is_reduced(server, "f")

            # Killed in the middle of turns: what was acknowledged is there, what was not can be sent again.
            with ThreadPoolExecutor(max_workers=2) as pool:
                cut = [pool.submit(server.post, "c", "bonjour", message_id=f"cut-{number}") for number in range(6)]
                time.sleep(0.1)
                server.kill()
                acknowledged = [f"cut-{n}" for n, turn in enumerate(cut) if turn.exception() is None]
            server.start_again()

            # Started with the broken model: reduced, and whole again by itself once a good one is there.
            server.wait(not_ready)
            assert is_reduced(server, "g")
            part = served.with_suffix(".part")
            shutil.copy(model, part)
            os.replace(part, served)
            server.ready()
            assert not is_reduced(server, "g")
            assert server.says("c", OSTEOPATH)[-1]["custom"]["decision"]["facts"]["formule"] == "Equilibre"
            from tests.serving.test_several import heard

            kept = heard(url, "c")
            assert set(acknowledged) <= set(kept) and len(kept) == len(set(kept) - {"None"}) + kept.count("None")
            again = server.says("c", "bonjour", message_id="cut-0")
            assert again and heard(url, "c").count("cut-0") == 1
    finally:
        database.__exit__(None, None, None)


def _swapped_while_turns_run(server: Server, model: Path, served: Path) -> None:
    """Ask without a pause while the model is replaced; each turn is answered, none of them reduced."""
    stop, failed, asked = threading.Event(), [], [0]

    def ask() -> None:
        while not stop.is_set():
            reply = server.post(f"swap-{asked[0]}", ADHERENT)
            asked[0] += 1
            if reply.status_code != 200 or reply.json()[-1]["custom"].get("code") == "reduced":
                failed.append(reply.text)

    asking = threading.Thread(target=ask)
    asking.start()
    part = served.with_suffix(".part")
    shutil.copy(model, part)
    os.replace(part, served)
    deadline = time.monotonic() + 200
    while "was replaced" not in server.log and time.monotonic() < deadline:
        time.sleep(0.5)
    time.sleep(1)
    stop.set()
    asking.join()
    assert "was replaced" in server.log
    assert asked[0] > 3 and not failed
