"""What the maintainers of the knowledge base see."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.desk.conftest import Open

pytestmark = [pytest.mark.model, pytest.mark.browser]


@pytest.fixture(scope="module", autouse=True)
def returns(server_url: str) -> None:
    """A question that is not ours, and an answer that is badly rated."""
    with httpx.Client(base_url=server_url, timeout=60) as client:
        for text in ("quel temps fera-t-il demain à Brest ?", "combien pour une couronne sur molaire en référence ?"):
            client.post("/webhooks/rest/webhook", json={"sender": "desk-feedback", "message": text})
        rating = {"sender": "desk-feedback", "rating": "down", "reason": "incomplet"}
        assert client.post("/api/feedback", json=rating).status_code == 201


def test_returns_are_listed_by_theme_with_examples(open_desk: Open, api: httpx.Client) -> None:
    page = open_desk("retours")
    groups = api.get("/api/desk/feedback").json()["groups"]
    assert {"abstention", "down"} <= {group["kind"] for group in groups}
    expect(page.locator("#groups tbody tr")).to_have_count(len(groups))
    row = page.locator("#groups tr", has_text="Sans réponse").first
    row.get_by_text("Exemples").click()
    expect(row).to_contain_text("Brest")


def test_a_kind_narrows_the_table(open_desk: Open) -> None:
    page = open_desk("retours")
    page.get_by_label("Retour", exact=True).select_option("down")
    expect(page.locator("#groups tbody td:nth-child(2)").first).to_have_text("Mal notée")
    expect(page.locator("#groups")).not_to_contain_text("Sans réponse")


def test_the_chart_has_a_table_that_says_the_same(open_desk: Open) -> None:
    page = open_desk("retours")
    expect(page.get_by_role("img", name="Par jour")).to_be_visible()
    assert page.locator("#chart rect.kind-down").count() >= 2  # a bar, and the legend
    page.get_by_text("Le graphique en tableau").click()
    expect(page.locator("#chart tbody tr")).to_have_count(31)


def test_the_export_is_a_file_of_what_is_filtered(open_desk: Open) -> None:
    page = open_desk("retours")
    page.get_by_label("Retour", exact=True).select_option("down")
    expect(page.locator("#feedback-csv")).to_have_attribute("href", re.compile("kind=down"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Exporter").click()
    assert download.value.suggested_filename == "retours.csv"
    assert "down" in download.value.path().read_text(encoding="utf-8-sig")
