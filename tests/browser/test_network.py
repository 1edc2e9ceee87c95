"""The network is cut, on the way there or back: no message is lost, none is doubled."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.site import ANSWER, WEBHOOK, Server, open_chat, send

pytestmark = pytest.mark.browser


def test_messages_written_without_network_leave_in_order_when_it_is_back(site: Page) -> None:
    server = Server(site)
    open_chat(site)
    send(site, "zéro")
    log = site.get_by_role("log")
    expect(log).to_contain_text("Réponse à : zéro")
    site.context.set_offline(True)
    site.route(WEBHOOK, lambda route: route.abort("internetdisconnected"))
    for text in ("un", "deux", "trois"):
        send(site, text)
    expect(site.get_by_text("Pas de connexion")).to_be_visible()
    expect(log.get_by_text("Message en attente")).to_have_count(3)
    site.unroute(WEBHOOK)
    site.route(WEBHOOK, server.chat)
    site.context.set_offline(False)
    expect(log).to_contain_text("Réponse à : trois")
    expect(site.get_by_text("Pas de connexion")).to_have_count(0)
    assert server.told == ["zéro", "un", "deux", "trois"]
    said = [text.replace("\u00a0", " ") for text in log.locator(".bubble p:not([id])").all_inner_texts()[1:]]
    assert said == [line for text in server.told for line in (text, f"Réponse à : {text}")]


def test_a_reply_lost_on_the_way_is_asked_for_again_with_the_same_id(site: Page) -> None:
    server = Server(site)
    lost: list[str] = []

    def lose_the_first_two(route: Route) -> None:
        if len(lost) < 2:
            lost.append(route.request.post_data_json["metadata"]["message_id"])
            route.abort("connectionreset")
        else:
            server.chat(route)

    site.unroute(WEBHOOK)
    site.route(WEBHOOK, lose_the_first_two)
    open_chat(site)
    send(site, "bonjour")
    expect(site.get_by_text("Le service ne répond pas")).to_be_visible()
    expect(site.get_by_role("log")).to_contain_text("Réponse à : bonjour", timeout=10_000)
    assert {*lost} == {server.heard[0]["metadata"]["message_id"]}
    assert len(server.heard) == 1


def test_a_service_down_is_tried_again_at_once_when_the_member_says_so(site: Page) -> None:
    server = Server(site)
    site.route(WEBHOOK, lambda route: route.fulfill(status=503, json={"error": {"code": "unavailable"}}))
    open_chat(site)
    send(site, "bonjour")
    expect(site.get_by_text("Le service ne répond pas")).to_be_visible()
    site.route(WEBHOOK, server.chat)
    site.get_by_role("button", name="Réessayer maintenant").click()
    expect(site.get_by_role("log")).to_contain_text("Réponse à : bonjour")
    expect(site.get_by_text("Le service ne répond pas")).to_have_count(0)


def test_a_page_left_before_the_reply_sends_the_same_message_again(site: Page) -> None:
    ids: list[str] = []

    def never(route: Route) -> None:
        ids.append(route.request.post_data_json["metadata"]["message_id"])

    site.route(WEBHOOK, never)
    open_chat(site)
    send(site, "bonjour")
    expect(site.get_by_text("L’assistant prépare une réponse")).to_be_attached()
    expect(site.locator(".typing")).to_be_visible()
    site.unroute(WEBHOOK)
    server = Server(site)
    site.reload()
    expect(site.get_by_role("log")).to_contain_text("Réponse à : bonjour")
    assert [body["metadata"]["message_id"] for body in server.heard] == ids


def test_messages_written_during_a_turn_wait_for_their_own(site: Page) -> None:
    held: list[Route] = []
    server = Server(site)

    def hold(route: Route) -> None:
        held.append(route)

    site.route(WEBHOOK, hold)
    open_chat(site)
    send(site, "un")
    send(site, "deux")
    expect(site.get_by_text("Message en attente")).to_have_count(1)
    assert len(held) == 1
    site.unroute(WEBHOOK, hold)
    server.chat(held[0])
    expect(site.get_by_role("log")).to_contain_text("Réponse à : deux")
    assert server.told == ["un", "deux"]


def test_an_erasure_without_network_reaches_the_server_later(site: Page) -> None:
    server = Server(site, ANSWER)
    open_chat(site)
    send(site, "Ostéopathe ?")
    expect(site.get_by_role("log")).to_contain_text("120")
    site.context.set_offline(True)
    site.route("**/api/conversations/*", lambda route: route.abort())
    site.get_by_role("button", name="Menu de la conversation").click()
    site.get_by_role("button", name="Effacer la conversation").click()
    site.get_by_role("alertdialog").get_by_role("button", name="Effacer", exact=True).click()
    expect(site.get_by_text("Elle le sera sur le serveur")).to_be_attached()
    site.route("**/api/conversations/*", server.erase)
    with site.expect_request("**/api/conversations/*"):
        site.context.set_offline(False)
    site.wait_for_function("!JSON.parse(sessionStorage.getItem('assistant-chat/2')).erasing.length")
    assert server.erased == [server.heard[0]["sender"]]


def test_a_widget_that_did_not_load_says_so_and_loads_later(browser: Browser, static_url: str) -> None:
    page = browser.new_page()
    page.route("**/widget/strings.json", lambda route: route.abort())
    page.goto(static_url)
    page.get_by_role("button", name="Une question ?").click()
    expect(page.get_by_role("button", name="La discussion n’a pas pu être chargée")).to_be_visible()
    page.close()


@pytest.mark.model
def test_the_server_hears_a_message_once_when_its_reply_was_lost(browser: Browser, server_url: str) -> None:
    page = browser.new_page()
    page.goto(server_url)
    replies: list[str] = []

    def hear_but_lose_the_reply(route: Route) -> None:
        reply = route.fetch()
        replies.append(reply.text())
        if len(replies) == 1:
            route.abort("connectionreset")
        else:
            route.fulfill(response=reply)

    page.route(WEBHOOK, hear_but_lose_the_reply)
    send(page, "combien pour l'ostéopathe ?")
    # A second turn would have taken the message for a reply to its own question.
    expect(page.get_by_role("log")).to_contain_text("De quelle formule disposez-vous", timeout=15_000)
    assert replies[0] == replies[1]
    page.get_by_role("button", name="MGEN Équilibre", exact=True).click()
    expect(page.get_by_role("log")).to_contain_text("120")
    page.close()
