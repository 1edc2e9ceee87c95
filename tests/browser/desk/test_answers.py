"""A caller's question typed, read out and copied, without a mouse."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.desk.conftest import Open

pytestmark = [pytest.mark.model, pytest.mark.browser]
QUESTION = "couronne molaire en référence"


def ask(page: Page, question: str) -> None:
    page.locator("#question").fill(question)
    expect(page.locator("#found [role=option]").first).to_be_visible()


def test_the_figure_stands_first_with_its_article(open_desk: Open) -> None:
    page = open_desk()
    ask(page, QUESTION)
    expect(page.locator("#answer .spoken")).to_contain_text("216")
    expect(page.locator("#answer .sources")).to_contain_text("Annexe 1 – Dentaire")


def test_the_keyboard_is_enough(open_desk: Open) -> None:
    page = open_desk()
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.type("changer de formule")
    expect(page.locator("#found [role=option]").nth(1)).to_be_visible()
    first = page.locator("#answer h2").inner_text()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#answer h2")).not_to_have_text(first)
    expect(page.locator("#found [aria-selected=true]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_be_focused()
    page.keyboard.press("c")
    expect(page.locator("#said")).to_contain_text("Copié")
    page.keyboard.press("/")
    expect(page.locator("#question")).to_be_focused()


def test_answer_and_article_are_copied_by_one_key(open_desk: Open) -> None:
    page = open_desk()
    ask(page, QUESTION)
    page.keyboard.press("Enter")
    page.keyboard.press("c")
    expect(page.locator("#said")).to_contain_text("Copié")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "216" in copied
    assert "Annexe 1 – Dentaire" in copied


def test_what_is_missing_is_answered_by_one_key(open_desk: Open) -> None:
    page = open_desk()
    ask(page, "combien pour l'ostéopathe ?")
    expect(page.locator("#answer .spoken")).to_contain_text("formule")
    page.keyboard.press("Enter")
    page.keyboard.press("2")
    expect(page.locator("#answer .spoken")).to_contain_text("120")


def test_what_a_rule_computes_leads_to_the_simulator(open_desk: Open) -> None:
    page = open_desk()
    ask(page, "délai d'attente en prévoyance")
    page.locator("#found [role=option]", has_text="délai d'attente en prévoyance").first.click()
    page.keyboard.press("s")
    expect(page).to_have_url(re.compile("#simulateur/"))
    expect(page.locator("#facts .asked")).to_be_visible()


def test_a_contract_narrows_the_search(open_desk: Open) -> None:
    page = open_desk()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/kb" in request.url else None)
    expect(page.locator("#contract option")).not_to_have_count(1)
    page.locator("#contract").select_option("FPE")
    ask(page, "mutation géographique")
    assert asked and all("contract=FPE" in url for url in asked)


def test_while_somebody_types_only_the_last_words_are_answered(open_desk: Open) -> None:
    page = open_desk()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "/api/kb" in request.url else None)
    late = []

    def slow_first(route: Route) -> None:
        if not late:
            late.append(route.request.url)
            time.sleep(1)
        route.continue_()

    page.route("**/api/kb**", slow_first)
    page.keyboard.type("osteo")
    page.wait_for_timeout(200)  # the first request leaves, and waits
    page.keyboard.type("pathe", delay=20)
    expect(page.locator("#found")).to_contain_text("stéopath")
    page.wait_for_timeout(1200)
    expect(page.locator("#found")).to_contain_text("stéopath")
    assert len(asked) < len("osteopathe") / 2, [request.url for request in asked]


def test_the_time_from_the_last_key_to_the_answer_is_told(open_desk: Open) -> None:
    page = open_desk()
    for question in ("ostéopathe", "chambre particulière", "capital décès", "changer de rib"):
        page.locator("#question").fill("")
        page.locator("#question").press_sequentially(question, delay=40)
        expect(page.locator("#found [role=option]").first).to_be_visible()
        page.wait_for_timeout(400)
    spent = page.evaluate("performance.getEntriesByName('desk-answer').map(({ duration }) => Math.round(duration))")
    print("milliseconds from the last key to the answer:", spent)
    assert len(spent) >= 4


def test_keys_are_told_and_can_be_switched_off(open_desk: Open) -> None:
    page = open_desk()
    ask(page, QUESTION)
    page.keyboard.press("Enter")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Touches")
    expect(dialog).to_contain_text("Copier la réponse")
    dialog.get_by_label("Désactiver").check()
    page.keyboard.press("Escape")
    page.locator("#answer").focus()
    page.keyboard.press("c")
    page.wait_for_timeout(200)
    expect(page.locator("#said")).to_be_empty()


def test_an_error_is_told_and_tried_again(open_desk: Open) -> None:
    page = open_desk()
    page.route("**/api/kb**", lambda route: route.abort())
    page.locator("#question").fill("ostéopathe")
    expect(page.locator("#answer [role=alert]")).to_contain_text("ne répond pas")
    page.unroute("**/api/kb**")
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator("#answer .spoken")).to_be_visible()
