"""The running server: what it keeps of conversations and mails, and that nothing of it names anybody."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.triage.kinds import kinds
from bot.triage.training import Labelled
from tests.conftest import ROOT, wait_until_ready
from tests.connectors.payloads import SECRET, payload, signed
from tests.triage.mails import mails

pytestmark = pytest.mark.model
PERSONAL = "je m'appelle Zoé Quintavalle, zoe@quintavalle.fr, 06 12 34 56 78, NIR 2 85 05 78 006 084 91"


@dataclass(frozen=True)
class Running:
    """A server, its data folder and its log."""

    client: httpx.Client
    folder: Path
    log: Path

    def say(self, sender: str, message: str, message_id: str = "") -> dict[str, Any]:
        told = {"message_id": message_id} if message_id else {}
        body = {"sender": sender, "message": message, "metadata": told}
        reply: dict[str, Any] = self.client.post("/webhooks/rest/webhook", json=body).json()[-1]
        return reply

    def feedback(self, **query: str) -> dict[str, Any]:
        shown: dict[str, Any] = self.client.get("/api/desk/feedback", params=query).json()
        return shown

    def bytes(self) -> bytes:
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return b"".join(path.read_bytes() for path in [*files, self.log])


@pytest.fixture(scope="module")
def running(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server with a data folder of its own, and Zammad's webhook."""
    folder, log = tmp_path_factory.mktemp("kept"), tmp_path_factory.mktemp("log") / "server.log"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "ASSISTANT_DATA_DIR": str(folder), "ASSISTANT_ZAMMAD_SECRET": SECRET}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "bot.cli.main", "serve", "--port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", process, log)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            yield Running(client, folder, log)
    finally:
        process.terminate()
        process.wait(20)


def wait_for(condition: Any) -> None:
    """Wait for what is written behind the replies."""
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_an_unanswered_question_reaches_the_maintainers(running: Running) -> None:
    reply = running.say("k-1", "quelle est la capitale du Pérou ?")
    assert reply["custom"]["kind"] == "out_of_scope" and reply["custom"]["code"] == "out_of_scope"
    wait_for(lambda: running.feedback(kind="abstention")["groups"])
    assert "capitale" in running.feedback(kind="abstention")["groups"][0]["examples"][0]
    assert running.feedback()["series"][-1]["turns"] >= 1


def test_a_rated_answer_keeps_its_question_and_theme(running: Running) -> None:
    running.say("k-2", "couronne sur une molaire, je suis en Référence, combien ?", "m1")
    running.say("k-2", "merci", "m2")
    told = {"sender": "k-2", "rating": "down", "reason": "incomplet", "message_id": "m1"}
    assert running.client.post("/api/feedback", json=told).status_code == 201
    (group,) = running.feedback(kind="down")["groups"]
    assert group["theme"] == "Remboursement des soins" and "couronne" in group["examples"][0]


def test_an_adviser_gets_a_whole_answer_at_once(running: Running) -> None:
    asked = {"question": "couronne sur une molaire", "facts": {"formule": "Référence"}}
    reply = running.client.post("/api/desk/ask", json=asked).json()
    assert reply["kind"] == "answer" and reply["topic"] == "remboursement" and "216" in reply["text"]
    assert reply["decision"]["amount"]["value"] == "216"
    assert reply["sources"][0]["reference"] == "Annexe 1 – Dentaire"
    assert "216" in reply["spoken"] and len(reply["spoken"]) <= len(reply["text"])
    question = running.client.post("/api/desk/ask", json={"question": "combien pour l'ostéopathe ?"}).json()
    assert question["kind"] == "question" and question["question"]["fact"] == "formule"


def test_a_corrected_mail_becomes_a_labelled_example(running: Running) -> None:
    mail = mails("held")[0]
    item = running.client.post("/api/desk/queue", json={"subject": mail["subject"], "body": mail["body"]}).json()
    other = "Cotisations" if item["categorie"] != "Cotisations" else "Attestation"
    change = {"version": item["version"], "categorie": other}
    assert running.client.patch(f"/api/desk/queue/{item['id']}", json=change).status_code == 200
    (line,) = running.client.get("/api/desk/corrections").text.splitlines()
    assert f'"category": "{other}"' in line
    assert kinds()[Labelled(**json.loads(line)).kind].category == other


def test_nothing_that_is_kept_or_logged_names_anybody(running: Running) -> None:
    running.say("k-3", f"{PERSONAL} : quelle est la capitale du Pérou ?", "m1")
    running.client.post(
        "/api/feedback", json={"sender": "k-3", "rating": "down", "comment": f"rappelez-moi, {PERSONAL}"}
    )
    for mail in mails("personal"):
        reply = running.client.post("/api/desk/queue", json={"subject": mail["subject"], "body": mail["body"]})
        assert reply.status_code in (200, 201)
    item = running.client.get("/api/desk/queue").json()["items"][0]
    change = {"version": item["version"], "draft": f"Bonjour, {PERSONAL}", "objet": f"Devis, {PERSONAL}"}
    assert running.client.patch(f"/api/desk/queue/{item['id']}", json=change).status_code == 200
    hook = json.dumps(payload("zammad")).encode()
    told = running.client.post("/webhooks/zammad/webhook", content=hook, headers=signed("zammad", hook))
    assert told.status_code == 201
    assert "[EMAIL]" in str(running.feedback(kind="down")["groups"])
    kept = running.bytes().decode("utf-8", "replace")
    secrets = {"Quintavalle", "quintavalle", "06 12 34 56 78", "2 85 05 78", "0612345678"}
    secrets |= {secret for mail in mails("personal") for secret in mail["pii"]}
    assert [secret for secret in secrets if secret in kept] == []


def test_an_erased_conversation_is_out_of_the_feedback(running: Running) -> None:
    running.say("k-4", "quel est le cours du zorglub en bourse ?")
    wait_for(lambda: "zorglub" in str(running.feedback()["groups"]))
    command = [sys.executable, "-m", "bot.cli.main", "data", "erase", "k-4"]
    environment = {**os.environ, "ASSISTANT_DATA_DIR": str(running.folder)}
    environment.pop("DATABASE_URL", None)
    for _ in range(2):
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, timeout=120)
    assert "zorglub" not in str(running.feedback()["groups"])
    assert b"zorglub" not in running.bytes()
