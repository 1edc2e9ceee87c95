"""Nothing for axe to find, in any state; keyboard, focus, zoom and small screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.site import AMOUNT, ANSWER, BUTTONS, DATE, EMERGENCY, HANDOVER, TABLE, Server, open_chat, send

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
VIEWS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1100, "height": 800}},
    "dark": {"viewport": {"width": 1100, "height": 800}, "color_scheme": "dark"},
    "320": {"viewport": {"width": 320, "height": 640}},
    "320 dark": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
}


def closed(page: Page) -> None:
    page.get_by_role("button", name="Une question ?").wait_for()


def opened(page: Page) -> None:
    open_chat(page)


def told(*replies: dict[str, Any]) -> Callable[[Page], None]:
    def talk(page: Page) -> None:
        Server(page, *replies)
        open_chat(page)
        for number in range(len(replies)):
            send(page, f"question {number}")
            expect(page.locator(".assistant:not(.welcome)")).to_have_count(number + 1)

    return talk


def unfolded(page: Page) -> None:
    told(TABLE)(page)
    page.get_by_text("Sources (2)").click()


def reasons(page: Page) -> None:
    told(ANSWER)(page)
    page.get_by_role("button", name="Réponse à revoir").click()
    page.get_by_role("button", name="Envoyer mon avis").click()


def wrong_amount(page: Page) -> None:
    told(AMOUNT)(page)
    page.get_by_label("Salaire brut mensuel (€)").press("Enter")


def menu(page: Page) -> None:
    told(EMERGENCY)(page)
    page.get_by_role("button", name="Menu de la conversation").click()


def confirm(page: Page) -> None:
    menu(page)
    page.get_by_role("button", name="Effacer la conversation").click()


def offline(page: Page) -> None:
    open_chat(page)
    page.route("**/webhooks/rest/webhook", lambda route: route.abort())
    send(page, "un")
    send(page, "deux")
    page.get_by_role("button", name="Réessayer maintenant").wait_for()


def refused(page: Page) -> None:
    page.route("**/webhooks/rest/webhook", lambda route: route.fulfill(status=400, body="{}"))
    open_chat(page)
    send(page, "un")
    page.get_by_role("button", name="Modifier").wait_for()


STATES: dict[str, Callable[[Page], None]] = {
    "closed": closed,
    "open": opened,
    "buttons": told(BUTTONS),
    "date": told(DATE),
    "amount": wrong_amount,
    "table, sources unfolded": unfolded,
    "adviser and emergency": told(HANDOVER, EMERGENCY),
    "reasons": reasons,
    "menu": menu,
    "confirmation": confirm,
    "offline": offline,
    "refused": refused,
}


@pytest.fixture(scope="module", params=list(VIEWS))
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="fr-FR", reduced_motion="reduce", **VIEWS[request.param])
    yield context
    context.close()


@pytest.mark.parametrize("state", list(STATES))
def test_axe_finds_nothing(context: BrowserContext, static_url: str, state: str) -> None:
    page = context.new_page()
    page.goto(static_url)
    STATES[state](page)
    found = Axe().run(page, options=OPTIONS)
    assert found.violations_count == 0, found.generate_report()
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_axe_finds_nothing_on_the_demonstration_page(context: BrowserContext, static_url: str) -> None:
    page = context.new_page()
    Server(page, TABLE)
    page.goto(f"{static_url}/index.html")
    send(page, "compare")
    page.get_by_role("table").wait_for()
    found = Axe().run(page, options=OPTIONS)
    assert found.violations_count == 0, found.generate_report()
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_escape_closes_and_gives_the_focus_back(site: Page) -> None:
    launcher = site.get_by_role("button", name="Une question ?")
    launcher.focus()
    site.keyboard.press("Enter")
    expect(site.get_by_role("textbox", name="Votre question")).to_be_focused()
    site.keyboard.press("Escape")
    expect(site.get_by_role("dialog")).to_have_count(0)
    expect(launcher).to_be_focused()
    expect(launcher).to_have_attribute("aria-expanded", "false")


def test_escape_closes_the_menu_before_the_discussion(site: Page) -> None:
    open_chat(site)
    menu_button = site.get_by_role("button", name="Menu de la conversation")
    menu_button.press("Enter")
    expect(site.get_by_role("button", name="Parler à un conseiller")).to_be_focused()
    site.keyboard.press("Escape")
    expect(menu_button).to_be_focused()
    expect(site.get_by_role("dialog")).to_be_visible()


def test_on_a_phone_the_focus_stays_in_the_discussion(browser: Browser, static_url: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(static_url)
    open_chat(page)
    inside = "() => document.activeElement === document.body || document.activeElement.localName === 'assistant-chat'"
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(inside)
    assert page.evaluate(
        "document.querySelector('assistant-chat').shadowRoot.querySelector('dialog').matches(':modal')"
    )
    page.close()


def test_a_whole_conversation_by_keyboard(site: Page) -> None:
    Server(site, BUTTONS, ANSWER)
    site.keyboard.press("Tab")
    site.keyboard.press("Enter")
    expect(site.get_by_role("textbox", name="Votre question")).to_be_focused()
    site.keyboard.type("Ostéopathe ?")
    site.keyboard.press("Enter")
    site.get_by_role("button", name="MGEN Équilibre").wait_for()
    site.keyboard.press("Shift+Tab")
    expect(site.get_by_role("button", name="MGEN Équilibre")).to_be_focused()
    site.keyboard.press("Enter")
    expect(site.get_by_role("log")).to_contain_text("120")
    expect(site.get_by_role("textbox", name="Votre question")).to_be_focused()


def test_new_messages_are_in_a_live_region(site: Page) -> None:
    Server(site, ANSWER)
    open_chat(site)
    log = site.get_by_role("log", name="Conversation")
    expect(log).to_have_attribute("aria-live", "polite")
    send(site, "Ostéopathe ?")
    expect(log).to_contain_text("120")


@pytest.mark.parametrize("state", ["buttons", "table, sources unfolded", "reasons", "menu"])
def test_targets_are_large_enough(site: Page, state: str) -> None:
    STATES[state](site)
    smallest = """() => [...document.querySelector('assistant-chat').shadowRoot.querySelectorAll(
        'button, summary, textarea, label.reason')].filter((node) => node.checkVisibility()).map(
        (node) => [node.textContent || node.ariaLabel, node.getBoundingClientRect()]).filter(
        ([, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"""
    assert site.evaluate(smallest) == []


def test_at_200_percent_everything_is_still_there(browser: Browser, static_url: str) -> None:
    # 200 % on a screen of 1280 × 800 leaves half as many pixels to the page.
    context = browser.new_context(viewport={"width": 640, "height": 400}, device_scale_factor=2)
    page = context.new_page()
    page.goto(static_url)
    Server(page, TABLE)
    open_chat(page)
    send(page, "compare")
    for name in ("Votre question", "Envoyer", "Menu de la conversation", "Fermer la conversation"):
        expect(page.get_by_label(name, exact=True)).to_be_in_viewport(ratio=1)
    log = page.get_by_role("log").bounding_box()
    assert log and log["height"] > 150
    context.close()
