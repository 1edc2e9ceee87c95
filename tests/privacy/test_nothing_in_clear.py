"""The running server, told personal data by every way in: none of it is in a file, a log at debug level or a metric."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT, wait_until_ready

pytestmark = pytest.mark.model
# Every logger tells everything, whatever level a library gives it.
SERVE = """
import logging, sys
from bot.settings import prepare_process
prepare_process()
import bot.cli.main
logging.Logger.isEnabledFor = lambda logger, level: True
bot.cli.main.app(["serve", "--port", sys.argv[1]])
"""
SECRETS = {
    "name": "Quintavalle",
    "e-mail": "zoe.q@exemple.fr",
    "telephone": "06 39 98 12 34",
    "nir": "2 68 07 2A 261 045 55",
    "iban": "FR76 3000 6000 0112 3456 7890 189",
    "address": "14 rue des Tanneurs",
    "birth": "14/07/1968",
    "member": "M1046650",
    "spoken": "trente-neuf quatre-vingt-dix-huit douze trente-quatre",
}
TOLD = (
    f"je m'appelle Zoé {SECRETS['name']}, née le {SECRETS['birth']}, {SECRETS['e-mail']}, tél. {SECRETS['telephone']}, "
    f"NIR {SECRETS['nir']}, IBAN {SECRETS['iban']}, {SECRETS['address']}, 37000 Tours, adhérente {SECRETS['member']}"
)
SAID = f"je m'appelle zoé quintavalle rappelez-moi au zéro six {SECRETS['spoken']}"
QUESTION = "quelle est la météo demain à Paris ?"
BY_NAME = f"je m'appelle Zoé {SECRETS['name']} {QUESTION}"


@dataclass(frozen=True)
class Running:
    """A server, its data folder and its log."""

    client: httpx.Client
    folder: Path
    log: Path


@pytest.fixture(scope="module")
def running(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server that logs everything, with a data folder of its own."""
    folder, log = tmp_path_factory.mktemp("private"), tmp_path_factory.mktemp("log") / "server.log"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "ASSISTANT_DATA_DIR": str(folder), "LOG_LEVEL": "DEBUG"}
    environment.pop("DATABASE_URL", None)
    with log.open("w") as output:
        command = [sys.executable, "-c", SERVE, str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", process, log)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            yield Running(client, folder, log)
    finally:
        process.terminate()
        process.wait(20)


def test_nothing_personal_is_kept_logged_or_counted(running: Running) -> None:
    client = running.client
    for text in (f"{TOLD} : {QUESTION}", f"{SAID} {QUESTION}", f"/inform{{{TOLD}}}", BY_NAME):
        for way in ("rest", "voice"):
            answered = client.post(f"/webhooks/{way}/webhook", json={"sender": f"p-{way}", "message": text})
            assert answered.status_code == 200
    rating = {"sender": "p-rest", "rating": "down", "reason": "autre", "comment": TOLD}
    mail = {"subject": f"Dossier {SECRETS['name']}", "body": f"Bonjour,\n{TOLD}.\n\nZoé {SECRETS['name']}"}
    assert client.post("/api/feedback", json=rating).status_code == 201
    assert client.post("/api/triage", json=mail).status_code == 200
    item = client.post("/api/desk/queue", json=mail).json()
    change = {"version": item["version"], "draft": f"Bonjour,\n{TOLD}", "objet": TOLD[:200]}
    assert client.patch(f"/api/desk/queue/{item['id']}", json=change).status_code == 200
    assert client.post("/api/desk/ask", json={"question": f"{TOLD} : {QUESTION}"}).status_code == 200
    assert client.get("/api/kb", params={"q": TOLD[:150]}).status_code == 200
    assert client.post("/webhooks/rest/webhook", content=TOLD.encode()).status_code == 400
    assert client.post("/webhooks/rest/webhook", json={"sender": TOLD, "message": "x"}).status_code == 400
    kept_in_the_end(running)
    metrics = client.get("/metrics").text
    places = {path.name: path.read_bytes() for path in (*running.folder.rglob("*"), running.log) if path.is_file()}
    assert {"conversations.db", "assistant.db", running.log.name} <= places.keys()
    assert b" DEBUG " in places[running.log.name] and b"INSERT INTO" in places[running.log.name], "all is logged"
    places["metrics"] = metrics.encode()
    found = [(what, place) for place, kept in places.items() for what in in_clear(kept)]
    assert found == []


def kept_in_the_end(running: Running) -> None:
    """Wait for the notes, which are written behind the replies."""
    deadline = time.monotonic() + 20
    while "météo" not in running.client.get("/api/desk/feedback", params={"kind": "abstention"}).text:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def in_clear(kept: bytes) -> list[str]:
    """Return which secrets stand in some bytes, as told, without spaces or as a URL or JSON has them."""
    text = kept.decode("utf-8", "replace").casefold()
    found = []
    for what, secret in SECRETS.items():
        plain = secret.casefold()
        spellings = {plain, plain.replace(" ", ""), plain.replace(" ", "%20"), plain.replace(" ", "+")}
        spellings |= {plain.replace("@", "%40"), plain.replace("/", "%2f")}
        found += [what] if any(spelling in text for spelling in spellings) else []
    return found


def test_a_secret_in_clear_would_be_found() -> None:
    assert in_clear(b'{"q": "IBAN+fr76+3000+6000+0112+3456+7890+189"}') == ["iban"]
    assert in_clear("né le 14%2F07%2F1968, ZOE.Q@exemple.fr".encode()) == ["e-mail", "birth"]
