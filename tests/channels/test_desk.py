"""The desk's routes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from sanic import Sanic

from bot.channels import desk, helpdesks
from bot.channels.desk_requests import redacted
from bot.intake import Intake
from bot.settings import HelpDesk
from bot.storage.store import Store
from tests.channels.light import Asked, Sorter, served
from tests.connectors.payloads import SECRET, payload, signed

MAIL = {"subject": "Devis", "body": "Voici mon devis.", "received_at": "2026-03-12T09:30:00Z"}
TOO_LONG = b'{"version": 1, "draft": "' + b"x" * 20_001 + b'"}'


def desk_of(store: Store, told: list[int] | None = None) -> Callable[[Sanic], None]:
    """Return what furnishes an application with the desk."""

    def build(app: Sanic) -> None:
        sorter: Any = Sorter()
        asked: Any = Asked()
        intake = Intake(sorter, store)
        app.blueprint(desk.blueprint(store, sorter, intake, asked, [].append if told is None else told.append))
        app.blueprint(helpdesks.blueprint(intake, {"zammad": HelpDesk(SECRET), "chatwoot": HelpDesk()}))

    return build


async def test_a_message_goes_in_is_corrected_and_approved(store: Store) -> None:
    told: list[int] = []
    async with served(desk_of(store, told)) as client:
        first = await client.post("/api/desk/queue", json=MAIL)
        again = await client.post("/api/desk/queue", json=MAIL)
        assert (first.status_code, again.status_code) == (201, 200)
        item = first.json()
        assert again.json() == item
        assert item["received_at"] == MAIL["received_at"] and item["version"] == 1
        assert item["proposed"] == {name: item[name] for name in ("categorie", "priorite", "objet")}
        changes = {"version": 1, "categorie": "Cotisations", "draft": "Bonjour,\nà bientôt.", "status": "approved"}
        changed = (await client.patch(f"/api/desk/queue/{item['id']}", json=changes)).json()
        assert (changed["version"], changed["categorie"], changed["status"]) == (2, "Cotisations", "approved")
        assert [event["what"] for event in changed["history"]] == [
            "Message reçu, trié, réponse préparée",
            "Catégorie : Prise en charge → Cotisations",
            "Réponse modifiée",
            "Réponse approuvée",
        ]
        assert (await client.get(f"/api/desk/queue/{item['id']}")).json() == changed
        page = (await client.get("/api/desk/queue", params={"status": "approved"})).json()
        assert page["total"] == 1 and page["counts"] == {"open": 0, "approved": 1, "discarded": 0}
        assert {"body", "draft", "why"} & page["items"][0].keys() == set()
        lines = (await client.get("/api/desk/corrections")).text.splitlines()
    assert told == [item["id"]]
    assert [json.loads(line)["kind"] for line in lines] == ["prelevement"]


@pytest.mark.parametrize(
    ("method", "path", "content", "status", "code"),
    [
        ("GET", "/queue?status=closed", b"", 400, "invalid_status"),
        ("GET", "/queue?categorie=x", b"", 400, "invalid_categorie"),
        ("GET", "/queue?priorite=x", b"", 400, "invalid_priorite"),
        ("GET", "/queue?limit=0", b"", 400, "invalid_limit"),
        ("GET", "/queue?limit=201", b"", 400, "invalid_limit"),
        ("GET", "/queue?limit=%C2%B2", b"", 400, "invalid_limit"),
        ("GET", "/queue?offset=-1", b"", 400, "invalid_offset"),
        ("GET", "/queue?offset=" + "9" * 40, b"", 400, "invalid_offset"),
        ("GET", "/queue/99", b"", 404, "unknown_item"),
        ("GET", "/queue/99999999999999999999", b"", 404, "unknown_item"),
        ("GET", "/queue/x", b"", 404, "not_found"),
        ("POST", "/queue", b"", 400, "empty_body"),
        ("POST", "/queue", b"{}", 400, "invalid_body"),
        ("POST", "/queue", b'{"body": "x", "received_at": "hier"}', 400, "invalid_received_at"),
        ("POST", "/queue", b'{"body": "x", "received_at": 12}', 400, "invalid_received_at"),
        ("POST", "/queue", b'{"body": "x", "received_at": "0001-01-01T00:00:00+14:00"}', 400, "invalid_received_at"),
        ("POST", "/queue", b'{"body": "x", "origin": "<b>"}', 400, "invalid_origin"),
        ("PATCH", "/queue/99", b'{"version": 1, "draft": "x"}', 404, "unknown_item"),
        ("PATCH", "/queue/99999999999999999999", b'{"version": 1, "draft": "x"}', 404, "unknown_item"),
        ("PATCH", "/queue/1", b'{"draft": "x"}', 400, "invalid_version"),
        ("PATCH", "/queue/1", b'{"version": true, "draft": "x"}', 400, "invalid_version"),
        ("PATCH", "/queue/1", b'{"version": 99999999999999999999, "draft": "x"}', 400, "invalid_version"),
        ("PATCH", "/queue/1", b'{"version": 1}', 400, "nothing_to_change"),
        ("PATCH", "/queue/1", b'{"version": 1, "body": "x"}', 400, "nothing_to_change"),
        ("PATCH", "/queue/1", b'{"version": 1, "draft": ["x"]}', 400, "invalid_value"),
        ("PATCH", "/queue/1", b'{"version": 1, "status": "sent"}', 400, "invalid_status"),
        ("PATCH", "/queue/1", b'{"version": 1, "categorie": "x"}', 400, "invalid_categorie"),
        ("PATCH", "/queue/1", b'{"version": 1, "objet": " "}', 400, "empty_objet"),
        pytest.param("PATCH", "/queue/1", TOO_LONG, 413, "too_large", id="too_large"),
        ("PATCH", "/queue/1", b'{"version": 7, "draft": "x"}', 409, "stale"),
        ("POST", "/ask", b'{"question": ""}', 400, "invalid_question"),
        ("POST", "/ask", b'{"question": "x", "facts": []}', 400, "invalid_facts"),
        ("POST", "/ask", b'{"question": "x", "facts": {"nothing": 1}}', 400, "unknown_fact"),
        ("POST", "/ask", b'{"question": "x", "facts": {"age": -1}}', 400, "invalid_fact"),
    ],
)
async def test_a_bad_request_says_what_to_correct(
    store: Store, method: str, path: str, content: bytes, status: int, code: str
) -> None:
    async with served(desk_of(store)) as client:
        assert (await client.post("/api/desk/queue", json=MAIL)).json()["id"] == 1
        reply = await client.request(method, f"/api/desk{path}", content=content)
        assert (reply.status_code, reply.json()["error"]["code"]) == (status, code)
        assert reply.json()["error"]["message"].endswith(".")
        assert (await client.get("/api/desk/queue/1")).json()["version"] == 1


async def test_a_closed_message_is_opened_before_it_is_changed(store: Store) -> None:
    async with served(desk_of(store)) as client:
        number = (await client.post("/api/desk/queue", json=MAIL)).json()["id"]
        await client.patch(f"/api/desk/queue/{number}", json={"version": 1, "status": "discarded"})
        reply = await client.patch(f"/api/desk/queue/{number}", json={"version": 2, "draft": "x"})
        assert (reply.status_code, reply.json()["error"]["code"]) == (409, "closed")
        reopened = await client.patch(f"/api/desk/queue/{number}", json={"version": 2, "status": "open"})
    assert reopened.json()["status"] == "open"


async def test_the_same_message_posted_at_once_is_one_item(store: Store) -> None:
    async with served(desk_of(store)) as client:
        replies = await asyncio.gather(*(client.post("/api/desk/queue", json=MAIL) for _ in range(6)))
    assert {reply.json()["id"] for reply in replies} == {1}
    assert sorted(reply.status_code for reply in replies) == [200] * 5 + [201]


async def test_a_question_is_answered_with_the_facts_told(store: Store) -> None:
    async with served(desk_of(store)) as client:
        asked = {"question": "couronne, zoe@quintavalle.fr ?", "facts": {"formule": "Référence"}}
        reply = (await client.post("/api/desk/ask", json=asked)).json()
        taxonomy = (await client.get("/api/desk/taxonomy")).json()
    assert "quintavalle" not in reply["text"] and reply["facts"] == ["formule"]
    objets = {each["categorie"]: each["objets"] for each in taxonomy["categories"]}
    assert "Étude d'un devis" in objets["Prise en charge"]
    assert taxonomy["priorites"] == ["haute", "normale", "basse"]


def test_what_a_colleague_writes_is_redacted_and_what_the_draft_says_stays() -> None:
    draft = "Écrivez à actionsociale@example.fr. Merci.\nVotre conseiller"
    told = {
        "draft": f"{draft}\nÀ madame : zoe@quintavalle.fr",
        "objet": "Devis de zoe@quintavalle.fr",
        "status": "open",
    }
    found = redacted(told, draft)
    assert found["draft"].startswith(draft)
    assert found["status"] == "open"
    assert "quintavalle" not in json.dumps(found)
    assert redacted({"draft": draft}, draft) == {"draft": draft}


async def test_a_help_desks_message_goes_into_the_queue_once(store: Store) -> None:
    body = json.dumps(payload("zammad")).encode()
    path = "/webhooks/zammad/webhook"
    async with served(desk_of(store)) as client:
        first = await client.post(path, content=body, headers=signed("zammad", body))
        again = await client.post(path, content=body, headers=signed("zammad", body))
        assert (first.status_code, again.status_code) == (201, 200)
        assert again.json() == {"status": "known", "id": first.json()["id"]}
        note = json.dumps(payload("zammad", "article", "internal", value=True)).encode()
        assert (await client.post(path, content=note, headers=signed("zammad", note))).json() == {"status": "ignored"}
        forged = await client.post(path, content=body, headers={"x-hub-signature": "sha1=0"})
        assert (forged.status_code, forged.json()["error"]["code"]) == (401, "wrong_signature")
        broken = await client.post(path, content=b"[", headers=signed("zammad", b"["))
        assert (broken.status_code, broken.json()["error"]["code"]) == (400, "invalid_json")
        page = (await client.get("/api/desk/queue")).json()
    assert [item["origin"] for item in page["items"]] == ["zammad"]


async def test_what_no_database_takes_is_taken_out(store: Store) -> None:
    async with served(desk_of(store)) as client:
        added = await client.post("/api/desk/queue", content=b'{"body": "un \\ud800 zorglub\\u0000"}')
        assert added.status_code == 201 and added.json()["body"] == "un ? zorglub "
        change = b'{"version": 1, "draft": "\\ud800\\u0000", "objet": "x\\u0000"}'
        changed = await client.patch("/api/desk/queue/1", content=change)
        assert (changed.status_code, changed.json()["draft"]) == (200, "? ")


async def test_a_help_desk_without_a_secret_is_not_there(store: Store) -> None:
    async with served(desk_of(store)) as client:
        assert (await client.post("/webhooks/chatwoot/webhook", content=b"{}")).status_code == 404
