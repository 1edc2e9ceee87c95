"""The advisers' desk in a real browser, on a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page

Open = Callable[..., Page]


@pytest.fixture
def open_desk(browser: Browser, server_url: str) -> Iterator[Open]:
    """Opens a view of the desk; whatever breaks the page's policy or its scripts fails the test."""
    contexts, errors = [], []

    def open_view(view: str = "reponses", width: int = 1280, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda told: errors.append(told.text) if "Content Security Policy" in told.text else None)
        page.on("dialog", lambda dialog: errors.append(dialog.message))
        page.goto(f"{server_url}/conseiller#{view}")
        return page

    yield open_view
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def api(server_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server_url, timeout=60) as client:
        yield client
