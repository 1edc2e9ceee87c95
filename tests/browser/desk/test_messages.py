"""The queue: read, corrected, approved; nothing is ever sent."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk.conftest import Open

pytestmark = [pytest.mark.model, pytest.mark.browser]
NUMBERS = count(1)
ATTACK = "<img src=x onerror=alert(1)>"


def message(api: httpx.Client, body: str = "Je viens de déménager, comment vous le dire ?", subject: str = "") -> Any:
    subject = subject or f"Nouvelle adresse {next(NUMBERS)}"
    reply = api.post("/api/desk/queue", json={"subject": subject, "body": body})
    assert reply.status_code == 201, reply.text
    return reply.json()


def opened(open_desk: Open, item: Any) -> Page:
    page = open_desk(f"messages/{item['id']}")
    expect(page.locator("#draft")).to_be_visible()
    return page


def kept(api: httpx.Client, item: Any) -> Any:
    return api.get(f"/api/desk/queue/{item['id']}").json()


def test_a_message_shows_why_it_was_sorted_so(open_desk: Open, api: httpx.Client) -> None:
    item = message(api)
    page = opened(open_desk, item)
    expect(page.locator("#item-categorie")).to_have_value(item["categorie"])
    expect(page.locator(".why li")).to_have_text([reason["text"] for reason in item["why"]])
    expect(page.locator("#draft")).to_have_value(item["draft"])
    expect(page.locator("#queue")).to_contain_text(item["subject"])


def test_a_correction_is_kept_as_an_example(open_desk: Open, api: httpx.Client) -> None:
    item = message(api)
    page = opened(open_desk, item)
    other = next(name for name in ("haute", "basse") if name != item["priorite"])
    page.locator("#item-priorite").select_option(other)
    expect(page.locator("#corrected-priorite")).to_contain_text(f"proposé : {item['priorite']}")
    expect(page.locator("#saved")).to_contain_text("Enregistré")
    lines = [json.loads(line) for line in api.get("/api/desk/corrections").text.splitlines()]
    assert any(item["subject"] in json.dumps(line, ensure_ascii=False) for line in lines)


def test_a_draft_is_kept_while_it_is_written_and_personal_data_masked(open_desk: Open, api: httpx.Client) -> None:
    item = message(api)
    page = opened(open_desk, item)
    page.locator("#draft").fill("Bonjour, appelez le 06 12 34 56 78.")
    expect(page.locator("#saved")).to_contain_text("Enregistré")
    assert "06 12" not in kept(api, item)["draft"]
    expect(page.locator("#draft")).to_have_value(kept(api, item)["draft"])


def test_approving_sends_nothing(open_desk: Open, api: httpx.Client, server_url: str) -> None:
    item = message(api)
    page = opened(open_desk, item)
    written: list[tuple[str, str]] = []
    page.on("request", lambda asked: written.append((asked.method, asked.url)) if asked.method != "GET" else None)
    page.locator("#draft").fill("Bonjour, c'est noté.")
    page.locator("#message").focus()
    page.keyboard.press("a")
    expect(page.locator("#message header")).to_contain_text("Approuvé")
    expect(page.locator("#said")).to_contain_text("Rien n’est envoyé")
    assert {*written} == {("PATCH", f"{server_url}/api/desk/queue/{item['id']}")}
    assert kept(api, item)["status"] == "approved"
    assert kept(api, item)["draft"] == "Bonjour, c'est noté."
    expect(page.locator("#draft")).not_to_be_editable()
    page.keyboard.press("o")
    expect(page.locator("#message header")).to_contain_text("À traiter")
    expect(page.locator("#draft")).to_be_editable()


def test_two_colleagues_do_not_overwrite_each_other_unseen(open_desk: Open, api: httpx.Client) -> None:
    item = message(api)
    page = opened(open_desk, item)
    change = {"version": item["version"], "draft": "Écrit ailleurs."}
    assert api.patch(f"/api/desk/queue/{item['id']}", json=change).status_code == 200
    page.locator("#draft").fill("Écrit ici.")
    expect(page.locator("#saved")).to_contain_text("modifié ailleurs")
    assert kept(api, item)["draft"] == "Écrit ailleurs."
    page.get_by_role("button", name="Garder la mienne").click()
    expect(page.locator("#saved")).to_contain_text("Enregistré")
    assert kept(api, item)["draft"] == "Écrit ici."


def test_markup_is_shown_as_text(open_desk: Open, api: httpx.Client) -> None:
    item = message(api, f"Bonjour {ATTACK} <script>alert(2)</script>", f"Objet {ATTACK}")
    change = {"version": item["version"], "draft": f"Réponse {ATTACK}"}
    assert api.patch(f"/api/desk/queue/{item['id']}", json=change).status_code == 200
    page = opened(open_desk, item)
    expect(page.locator("#draft")).to_have_value(f"Réponse {ATTACK}")
    expect(page.locator("#message header")).to_contain_text("Objet")
    assert page.locator("main img, main script").count() == 0


def test_the_queue_is_walked_by_keys(open_desk: Open, api: httpx.Client) -> None:
    message(api), message(api)
    page = open_desk("messages")
    expect(page.locator("#queue a").nth(1)).to_be_visible()
    subjects = page.locator("#queue .found-title").all_inner_texts()
    page.keyboard.press("j")
    expect(page.locator("#message h2")).to_have_text(subjects[0])
    page.keyboard.press("j")
    expect(page.locator("#message h2")).to_have_text(subjects[1])
    page.keyboard.press("k")
    expect(page.locator("#message h2")).to_have_text(subjects[0])


def test_a_message_is_pasted_and_masked(open_desk: Open) -> None:
    page = open_desk("messages")
    expect(page.locator("#queue")).not_to_contain_text("Chargement")
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog", name="Ajouter un message")
    dialog.get_by_label("Objet").fill(f"Collé {next(NUMBERS)}")
    dialog.get_by_label("Message").fill("Mon IBAN : FR76 3000 6000 0112 3456 7890 189. Où est mon remboursement ?")
    dialog.get_by_role("button", name="Trier").click()
    expect(page.locator("#message .mail")).to_contain_text("Où est mon remboursement")
    expect(page.locator("#message .mail")).not_to_contain_text("3000")


def test_an_empty_queue_says_so(open_desk: Open) -> None:
    page = open_desk("messages")
    page.get_by_text("Écartés").click()
    expect(page.locator("#queue")).to_contain_text("Aucun message ici")
