"""A browser, and pages with the widget."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.site import static_pages

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# Its event loop runs for as long as it is open: tests of other packages, which have loops of their own, come after it.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def static_url() -> Iterator[str]:
    """The static files and a page of some site, without the assistant."""
    with static_pages() as address:
        yield address


@pytest.fixture
def site(browser: Browser, static_url: str) -> Iterator[Page]:
    """A page of some site with the widget, closed; what it logs as an error fails the test."""
    context = browser.new_context(viewport={"width": 1100, "height": 800}, locale="fr-FR")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(static_url)
    yield page
    context.close()
    assert errors == []
