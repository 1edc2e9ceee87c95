"""The simulator: facts in the engine's order, the decision, and what another fact would change."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk.conftest import Open

pytestmark = [pytest.mark.model, pytest.mark.browser]


def tell_a_crown(open_desk: Open) -> Page:
    page = open_desk("simulateur/remboursement")
    expect(page.locator("#choices-found [role=option]").first).to_be_visible()
    page.keyboard.type("couronne définitive")
    page.keyboard.press("Enter")
    return page


def decide_on_a_crown(open_desk: Open) -> Page:
    page = tell_a_crown(open_desk)
    expect(page.locator(".asked legend")).to_contain_text("formule")
    page.keyboard.press("3")
    expect(page.locator(".asked legend")).to_contain_text("molaire")
    page.keyboard.press("2")
    expect(page.locator("#decision .spoken")).to_contain_text("216")
    return page


def test_facts_are_asked_in_the_engines_order(open_desk: Open, api: httpx.Client) -> None:
    page = tell_a_crown(open_desk)
    expect(page.locator(".chips")).to_contain_text("couronne")
    reply = api.post("/api/rules/remboursement", json={"facts": {"prestation": "couronne"}}).json()
    labels = {fact["id"]: fact["label"] for fact in api.get("/api/rules/remboursement").json()["facts"]}
    expect(page.locator(".asked legend")).to_have_text(reply["question"]["text"])
    expect(page.locator("ol.next li")).to_have_text([labels[name] for name in reply["missing"][1:]])
    expect(page.locator(".choices button")).to_have_count(len(reply["question"]["choices"]))


def test_the_decision_comes_by_the_keyboard_with_why_and_the_article(open_desk: Open) -> None:
    page = decide_on_a_crown(open_desk)
    expect(page.locator("#decision .mark")).to_have_text("Accordé")
    expect(page.locator("#decision .sources")).to_contain_text("Annexe 1 – Dentaire")
    page.get_by_text("Pourquoi", exact=True).click()
    expect(page.locator("#decision details")).to_contain_text("Annexe 1 – Dentaire")
    page.keyboard.press("c")
    expect(page.locator("#said")).to_contain_text("Copié")
    assert "216" in page.evaluate("navigator.clipboard.readText()")


def test_another_fact_shows_what_it_changes(open_desk: Open) -> None:
    page = decide_on_a_crown(open_desk)
    page.get_by_role("button", name="formule Référence : changer").click()
    page.get_by_role("button", name="Intégrale").click()
    expect(page.locator("#decision .before")).to_contain_text("216")
    expect(page.locator("#decision .spoken")).not_to_contain_text("216")


def test_the_last_fact_is_taken_back_and_all_are_forgotten(open_desk: Open) -> None:
    page = decide_on_a_crown(open_desk)
    page.keyboard.press("u")
    expect(page.locator(".asked legend")).to_contain_text("molaire")
    page.keyboard.press("x")
    expect(page.locator(".chips")).to_have_count(0)


def test_a_fact_that_nobody_knows_is_passed_over(open_desk: Open) -> None:
    page = tell_a_crown(open_desk)
    expect(page.locator(".asked legend")).to_contain_text("formule")
    page.get_by_role("button", name="Ne sait pas").click()
    expect(page.locator(".asked legend")).to_contain_text("molaire")
    page.get_by_role("button", name="Ne sait pas").click()
    expect(page.locator("#facts .state")).to_contain_text("rien ne peut être décidé")


def test_a_value_out_of_bounds_is_refused_beside_its_field(open_desk: Open) -> None:
    page = decide_on_a_crown(open_desk)
    page.get_by_text("Autres précisions possibles").click()
    page.get_by_role("button", name="prix payé").click()
    field = page.locator("#fact-value")
    expect(field).to_be_focused()
    field.fill("-5")
    field.press("Enter")
    expect(page.locator("#refused")).to_contain_text("au moins")
    field.fill("1 050,50")
    field.press("Enter")
    expect(page.locator(".chips")).to_contain_text("1 050,50 €")


def test_a_rule_is_found_by_its_words_and_by_its_article(open_desk: Open) -> None:
    page = open_desk("simulateur")
    expect(page.locator("#rule")).to_be_focused()
    page.keyboard.type("alloc journ")
    expect(page.locator("#rules-found [role=option]").first).to_contain_text("allocations journalières")
    page.locator("#rule").fill("article 45-4")
    expect(page.locator("#rules-found [role=option]").first).to_contain_text("article 45-4")
    page.keyboard.press("Enter")
    expect(page.locator("#facts h2")).to_be_visible()
