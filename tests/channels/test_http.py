"""The running server: contract of every endpoint."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

pytestmark = pytest.mark.model


def test_a_question_gets_the_contracts_message(server_url: str) -> None:
    reply = httpx.post(
        f"{server_url}/webhooks/rest/webhook",
        json={"sender": "http-1", "message": "couronne sur une molaire, je suis en Référence, combien ?"},
    )
    assert reply.status_code == 200
    message = reply.json()[-1]
    assert message["recipient_id"] == "http-1"
    assert "216" in message["text"]
    custom = message["custom"]
    assert custom["kind"] == "answer"
    assert custom["topic"] == "remboursement"
    assert {"document": "statuts-reglements-mgen", "reference": "Annexe 1 – Dentaire"} in custom["sources"]
    assert custom["decision"]["outcome"] == "granted"
    assert custom["decision"]["amount"]["value"] == "216"
    assert custom["decision"]["facts"]["formule"] == "Référence"
    assert custom["decision"]["missing"] == []


def test_a_missing_fact_is_asked_with_choices(server_url: str) -> None:
    body = {"sender": "http-2", "message": "combien pour l'ostéopathe ?"}
    message = httpx.post(f"{server_url}/webhooks/rest/webhook", json=body).json()[-1]
    assert message["custom"]["kind"] == "question"
    assert message["custom"]["question"]["fact"] == "formule"
    assert {"title", "payload"} == message["buttons"][0].keys()


@pytest.mark.parametrize(
    ("method", "path", "content", "status"),
    [
        ("POST", "/webhooks/rest/webhook", b"", 400),
        ("POST", "/webhooks/rest/webhook", b"{nope", 400),
        ("POST", "/webhooks/rest/webhook", b'{"sender": 3, "message": []}', 400),
        ("POST", "/webhooks/rest/webhook", b'{"sender":"a","message":"' + b"x" * 1_000_000 + b'"}', 413),
        ("GET", "/webhooks/rest/webhook", b"", 405),
        ("GET", "/nowhere", b"", 404),
        ("POST", "/api/rules/nothing", b'{"facts":{}}', 404),
        ("POST", "/api/rules/remboursement", b'{"facts":{"age":-1}}', 400),
        ("POST", "/api/rules/remboursement", b'{"facts":{"unknown":1}}', 400),
        ("POST", "/api/rules/remboursement", b'{"facts":[]}', 400),
        ("GET", "/api/kb", b"", 400),
        ("GET", "/api/kb?q=x&limit=many", b"", 400),
    ],
)
def test_bad_requests_get_the_one_error_body(
    server_url: str, method: str, path: str, content: bytes, status: int
) -> None:
    reply = httpx.request(method, server_url + path, content=content)
    assert reply.status_code == status
    error = reply.json()["error"]
    assert error["code"] and error["message"]
    assert "Traceback" not in reply.text


def test_a_rule_is_evaluated(server_url: str) -> None:
    facts = {"prestation": "osteopathie", "formule": "Equilibre"}
    decision = httpx.post(f"{server_url}/api/rules/remboursement", json={"facts": facts}).json()
    assert decision["outcome"] == "granted"
    assert decision["amount"]["value"] == "120"
    missing = httpx.post(f"{server_url}/api/rules/remboursement", json={"facts": {"prestation": "couronne"}}).json()
    assert missing["outcome"] == "need_facts"
    assert missing["missing"][0] == "formule"


def test_rules_and_knowledge_base_are_listed(server_url: str) -> None:
    rules = httpx.get(f"{server_url}/api/rules").json()["rules"]
    assert {"remboursement", "renouvellement_equipement"} <= {rule["name"] for rule in rules}
    results = httpx.get(f"{server_url}/api/kb", params={"q": "numéro d'adhérent", "limit": "3"}).json()["results"]
    assert len(results) == 3
    assert {"id", "title", "score", "document", "reference", "short"} <= results[0].keys()


def test_operations_endpoints(server_url: str) -> None:
    assert httpx.get(f"{server_url}/healthz").json() == {"status": "ready"}
    assert "assistant_requests_total" in httpx.get(f"{server_url}/metrics").text
    paths = httpx.get(f"{server_url}/openapi.json").json()["paths"]
    assert {"/webhooks/rest/webhook", "/api/rules/remboursement", "/api/kb", "/healthz"} <= paths.keys()
    page = httpx.get(server_url)
    assert page.status_code == 200
    assert "default-src 'self'" in page.headers["content-security-policy"]


def test_conversations_do_not_mix(server_url: str) -> None:
    formules = {"Initiale": "80", "Équilibre": "120", "Référence": "100", "Intégrale": "160"}

    def converse(number: int) -> bool:
        name, figure = list(formules.items())[number % 4]
        sender = f"mix-{number}"
        with httpx.Client(base_url=server_url, timeout=30) as client:
            for text in ("combien pour l'ostéopathe ?", f"MGEN {name}"):
                reply = client.post("/webhooks/rest/webhook", json={"sender": sender, "message": text})
        return f"{figure}\u00a0€" in reply.json()[-1]["text"]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(converse, range(24)))


def test_nothing_personal_is_kept_in_clear(server_url: str) -> None:
    body = {"sender": "secret", "message": "je m'appelle Zoé Quintavalle, zoe@quintavalle.fr, 06 12 34 56 78"}
    reply = httpx.post(f"{server_url}/webhooks/rest/webhook", content=json.dumps(body))
    assert reply.status_code == 200
    assert "Quintavalle" not in reply.text and "zoe@" not in reply.text
