"""Lost connections, a closed desk, and nothing from elsewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.browser.desk.conftest import Open

pytestmark = [pytest.mark.model, pytest.mark.browser]
CLOSED = {"error": {"code": "unauthorized", "message": "Connectez-vous."}}


def test_being_offline_is_told(open_desk: Open) -> None:
    page = open_desk()
    page.context.set_offline(True)
    expect(page.locator("#offline")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("#offline")).to_be_hidden()


def test_a_closed_desk_asks_for_its_key_and_goes_on(open_desk: Open) -> None:
    page = open_desk()
    told: list[object] = []

    def session(route: Route) -> None:
        if route.request.method == "POST":
            told.append(route.request.post_data_json)
        route.fulfill(status=204)

    page.route("**/api/desk/queue**", lambda route: route.fulfill(status=401, json=CLOSED))
    page.route("**/api/desk/session", session)
    page.keyboard.press("Escape")  # leaves the empty field: its letters are keys again
    page.keyboard.type("gm")
    dialog = page.get_by_role("dialog", name="Connexion")
    dialog.get_by_label("Clé").fill("sésame")
    page.unroute("**/api/desk/queue**")
    dialog.get_by_role("button", name="Entrer").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#queue")).not_to_contain_text("Connectez-vous")
    assert told == [{"token": "sésame"}]


def test_an_error_of_the_server_is_told_and_tried_again(open_desk: Open) -> None:
    page = open_desk()
    broken = {"error": {"code": "unavailable", "message": "Le service rencontre un problème."}}
    page.route("**/api/desk/feedback**", lambda route: route.fulfill(status=503, json=broken))
    page.get_by_role("link", name="Retours").click()
    expect(page.locator("#groups [role=alert]")).to_contain_text("rencontre un problème")
    page.unroute("**/api/desk/feedback**")
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator("#groups [role=alert]")).to_have_count(0)


def test_each_view_has_its_address(open_desk: Open) -> None:
    page = open_desk("messages")
    expect(page).to_have_title("Messages · Poste conseiller")
    page.get_by_role("link", name="Simulateur").click()
    expect(page.locator("nav [aria-current=page]")).to_have_text("Simulateur")
    page.go_back()
    expect(page).to_have_title("Messages · Poste conseiller")
    page.goto(page.url.split("#")[0] + "#inconnu")
    expect(page).to_have_title("Réponses · Poste conseiller")


def test_nothing_is_loaded_from_elsewhere(open_desk: Open, server_url: str) -> None:
    page = open_desk("retours")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.wait_for_load_state("networkidle")
    assert asked and all(url.startswith(server_url) for url in asked)
