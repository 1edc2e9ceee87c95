"""The page in a real browser: a person talks to the assistant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.site import WEBHOOK, send

pytestmark = [pytest.mark.model, pytest.mark.browser]


@pytest.fixture
def page(browser: Browser, server_url: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1100, "height": 800})
    page.goto(server_url)
    yield page
    page.close()


def test_a_question_is_answered_with_its_source(page: Page) -> None:
    send(page, "Couronne sur une molaire, je suis en Référence, combien ?")
    log = page.get_by_role("log")
    expect(log).to_contain_text("216")
    expect(log).to_contain_text("Annexe 1 – Dentaire")


def test_a_question_back_is_answered_by_a_button(page: Page) -> None:
    send(page, "combien pour l'ostéopathe ?")
    page.get_by_role("button", name="MGEN Équilibre", exact=True).click()
    expect(page.get_by_role("log")).to_contain_text("120")


def test_the_keyboard_is_enough(page: Page) -> None:
    page.locator("textarea").focus()
    page.keyboard.type("bonjour")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("Comment puis-je vous aider")


def test_markup_is_shown_as_text(page: Page) -> None:
    def reply(route: Route) -> None:
        message = {
            "recipient_id": "x",
            "text": "<img src=x onerror=alert(1)>",
            "custom": {"kind": "answer", "sources": []},
        }
        route.fulfill(json=[message])

    page.route(WEBHOOK, reply)
    send(page, "<b>gras</b>")
    log = page.get_by_role("log")
    expect(log).to_contain_text("<img src=x onerror=alert(1)>")
    assert log.locator("img").count() == 0


def test_the_conversation_survives_a_reload(page: Page) -> None:
    send(page, "bonjour")
    expect(page.get_by_role("log")).to_contain_text("Comment puis-je vous aider")
    page.reload()
    expect(page.get_by_role("log")).to_contain_text("Comment puis-je vous aider")


def test_an_error_is_told_in_french(page: Page) -> None:
    body = {"error": {"code": "too_large", "message": "Le message est trop long : résumez."}}
    page.route(WEBHOOK, lambda route: route.fulfill(status=413, json=body))
    send(page, "bonjour")
    expect(page.locator("assistant-chat")).to_contain_text("trop long")


def test_a_question_of_the_page_is_asked(page: Page) -> None:
    page.get_by_role("button", name="Compare les formules pour l’ostéopathe").click()
    expect(page.get_by_role("table").get_by_role("rowheader", name="MGEN Intégrale")).to_be_visible()


def test_an_amount_is_asked_and_read(page: Page) -> None:
    send(page, "combien coûte ma cotisation ? je suis actif, en référence, né en 1980")
    field = page.get_by_role("log").locator("input[inputmode=decimal]")
    field.fill("30 000,50")
    field.press("Enter")
    page.get_by_role("button", name="Avec la Prévoyance Actif simple").click()
    # The answer tells the amount that it heard.
    expect(page.get_by_role("log").locator("[data-kind=answer]")).to_contain_text("30\u00a0000,50\u00a0€")


def test_an_erased_conversation_begins_anew(page: Page) -> None:
    send(page, "combien pour l'ostéopathe ?")
    page.get_by_role("button", name="MGEN Équilibre", exact=True).wait_for()
    page.get_by_role("button", name="Menu de la conversation").click()
    page.get_by_role("button", name="Effacer la conversation").click()
    with page.expect_response("**/api/conversations/*") as erased:
        page.get_by_role("alertdialog").get_by_role("button", name="Effacer", exact=True).click()
    assert erased.value.status == 204
    expect(page.get_by_role("log")).not_to_contain_text("ostéopathe")


@pytest.mark.parametrize("width", [320, 360, 768])
def test_nothing_overflows_on_a_phone(browser: Browser, server_url: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 700})
    page.goto(server_url)
    page.wait_for_selector("assistant-chat")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_page_loads_nothing_from_elsewhere_and_breaks_no_policy(browser: Browser, server_url: str) -> None:
    page = browser.new_page()
    elsewhere, errors = [], []
    page.on(
        "request", lambda request: elsewhere.append(request.url) if not request.url.startswith(server_url) else None
    )
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(server_url)
    page.wait_for_load_state("networkidle")
    assert elsewhere == []
    assert errors == []
    page.close()
