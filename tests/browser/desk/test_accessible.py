"""Every view for everybody: WCAG 2.2 A and AA by axe, in light and dark, from 320 to 1920 pixels."""

from __future__ import annotations

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.desk.conftest import Open

pytestmark = [pytest.mark.model, pytest.mark.browser]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIEWS = ("reponses", "simulateur/remboursement", "messages", "retours")
BODY = {"subject": "Adresse", "body": "Je viens de déménager, que faire ? J'habite en Corse maintenant."}


def filled(open_desk: Open, api: httpx.Client, view: str, **options: object) -> Page:
    """Return a view with something in it."""
    if view == "messages":
        view = f"messages/{api.post('/api/desk/queue', json=BODY).json()['id']}"
    page = open_desk(view, **options)
    if view == "reponses":
        page.keyboard.type("ostéopathe")
        expect(page.locator("#found [role=option]").first).to_be_visible()
    elif view.startswith("simulateur"):
        expect(page.locator("#choices-found [role=option]").first).to_be_visible()
        page.keyboard.type("couronne définitive")
        page.keyboard.press("Enter")
        expect(page.locator(".choices button").first).to_be_visible()
    elif view.startswith("messages"):
        expect(page.locator("#draft")).to_be_visible()
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(open_desk: Open, api: httpx.Client, view: str, scheme: str) -> None:
    page = filled(open_desk, api, view, scheme=scheme)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("key", ["?", "n"])
def test_axe_finds_nothing_in_the_dialogs(open_desk: Open, key: str) -> None:
    page = open_desk("messages")
    expect(page.locator("#queue")).not_to_contain_text("Chargement")
    page.keyboard.press(key)
    expect(page.locator("dialog[open]")).to_be_visible()
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 768, 1920])
@pytest.mark.parametrize("view", VIEWS)
def test_nothing_overflows(open_desk: Open, api: httpx.Client, view: str, width: int) -> None:
    page = filled(open_desk, api, view, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_only_the_draft_is_printed(open_desk: Open, api: httpx.Client) -> None:
    page = filled(open_desk, api, "messages")
    page.locator("#draft").fill("Bonjour, voici la réponse.")
    page.emulate_media(media="print")
    expect(page.locator(".printed")).to_be_visible()
    expect(page.locator(".printed")).to_have_text("Bonjour, voici la réponse.")
    for hidden in (".top", "#queue", ".mail", "#draft", ".why"):
        expect(page.locator(hidden).first).to_be_hidden()
