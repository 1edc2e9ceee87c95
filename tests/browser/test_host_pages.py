"""On other people's pages: hostile styles, strict policies, another origin."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.site import ANSWER, STATIC, Server, open_chat, send, static_pages

pytestmark = pytest.mark.browser
HOSTILE = """
* { color: red !important; all: unset; font: 40px/3 fantasy !important; float: right; }
button, dialog, textarea { display: none !important; }
assistant-chat { display: none !important; opacity: 0 !important }
html { font-size: 3px } body { text-transform: uppercase; letter-spacing: 1em; direction: rtl; visibility: hidden }
"""
LOOK = """() => [...document.querySelector('assistant-chat').shadowRoot.querySelectorAll('*')].map((node) => {
    const style = getComputedStyle(node), box = node.getBoundingClientRect();
    return [node.localName, style.color, style.font, style.direction, style.letterSpacing, style.textTransform,
      style.visibility, Math.round(box.width), Math.round(box.height)].join(' ');
})"""


def look(page: Page) -> list[str]:
    Server(page, ANSWER)
    open_chat(page)
    send(page, "Ostéopathe ?")
    expect(page.get_by_role("log")).to_contain_text("120")
    page.wait_for_timeout(400)  # the messages rise
    return page.evaluate(LOOK)


def test_a_hostile_page_changes_nothing_and_is_not_changed(browser: Browser, static_url: str) -> None:
    plain, hostile = (browser.new_page(viewport={"width": 1100, "height": 800}) for _ in range(2))
    plain.goto(static_url)
    hostile.goto(static_url)
    hostile.add_style_tag(content=HOSTILE)
    before = hostile.evaluate("getComputedStyle(document.querySelector('h1')).font")
    assert look(hostile) == look(plain)
    assert hostile.evaluate("getComputedStyle(document.querySelector('h1')).font") == before
    assert hostile.locator("assistant-chat").evaluate("node => getComputedStyle(node).opacity") == "1"
    plain.close()
    hostile.close()


def other_site(page: Page, static_url: str, policy: str) -> list[str]:
    """Open a page of another origin that shows the widget; what its policy refuses is in the list returned."""
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    body = f"""<!DOCTYPE html><html lang="fr"><head><title>Ailleurs</title></head><body><h1>Ailleurs</h1>
        <button type="button" data-assistant-question="Ostéopathe ?">Demander</button>
        <script src="{static_url}/static/widget.js" data-title="Mutuelle" data-label="Aide" defer></script>
        </body></html>"""
    headers = {"Content-Security-Policy": policy, "Content-Type": "text/html; charset=utf-8"}
    page.route("http://hote.test/", lambda route: route.fulfill(body=body, headers=headers))

    def file(route: Route) -> None:
        path = STATIC / route.request.url.split("/static/")[1]
        kind = {".js": "text/javascript", ".css": "text/css", ".json": "application/json"}[path.suffix]
        allow = {"Access-Control-Allow-Origin": "http://hote.test", "Content-Type": kind}
        route.fulfill(body=path.read_text(encoding="utf-8"), headers=allow)

    page.route(re.compile(r"/static/"), file)
    page.goto("http://hote.test/")
    return refused


def test_another_site_with_the_strictest_policy(browser: Browser, static_url: str) -> None:
    page = browser.new_page()
    policy = (
        f"default-src 'none'; script-src {static_url}; connect-src {static_url}; require-trusted-types-for 'script'"
    )
    refused = other_site(page, static_url, policy)
    heard: list[str] = []

    def chat(route: Route) -> None:
        heard.append(route.request.url)
        route.fulfill(json=[ANSWER], headers={"Access-Control-Allow-Origin": "http://hote.test"})

    page.route("**/webhooks/rest/webhook", chat)
    page.get_by_role("button", name="Demander").click()
    expect(page.get_by_role("dialog", name="Mutuelle").get_by_role("log")).to_contain_text("120")
    assert heard == [f"{static_url}/webhooks/rest/webhook"]
    assert refused == []
    expect(page.get_by_role("button", name="Envoyer")).to_have_css("border-radius", "11px")
    page.close()


@pytest.mark.model
def test_another_origin_talks_to_the_assistant(browser: Browser, server_url: str, other_origin: str) -> None:
    page = browser.new_page()
    with static_pages(int(other_origin.rsplit(":", 1)[1]), server_url) as site:
        assert site == other_origin
        page.goto(site)
        open_chat(page)
        send(page, "ostéopathe en MGEN Équilibre, combien ?")
        expect(page.get_by_role("log")).to_contain_text("120", timeout=15_000)
        page.get_by_role("button", name="Menu de la conversation").click()
        page.get_by_role("button", name="Effacer la conversation").click()
        page.get_by_role("alertdialog").get_by_role("button", name="Effacer", exact=True).click()
        expect(page.get_by_text("Conversation effacée.")).to_be_attached()
    page.close()


@pytest.mark.model
def test_an_origin_that_is_not_of_the_list_gets_no_discussion(browser: Browser, server_url: str) -> None:
    page = browser.new_page()
    with static_pages(script_from=server_url) as site:
        page.goto(site)
        page.get_by_role("button", name="Une question ?").click()
        expect(page.get_by_role("button", name="La discussion n’a pas pu être chargée")).to_be_visible()
    page.close()


def test_a_page_that_is_denied_storage(browser: Browser, static_url: str) -> None:
    page = browser.new_page()
    denied = "Object.defineProperty(window, '{}', {{ get() {{ throw new DOMException('no', 'SecurityError'); }} }});"
    page.add_init_script("".join(denied.format(name) for name in ("sessionStorage", "localStorage")))
    page.goto(static_url)
    Server(page, ANSWER)
    open_chat(page)
    send(page, "Ostéopathe ?")
    expect(page.get_by_role("log")).to_contain_text("120")
    page.close()


@pytest.mark.parametrize(("memory", "kept"), [("none", False), ("device", True)])
def test_how_long_the_conversation_is_kept(browser: Browser, static_url: str, memory: str, kept: bool) -> None:
    context = browser.new_context()
    for visit in range(2):
        page = context.new_page()
        Server(page, ANSWER)
        page.route(f"{static_url}/", lambda route: serve_with_memory(route, memory))
        page.goto(static_url)
        if visit == 0:
            open_chat(page)
            send(page, "Ostéopathe ?")
            expect(page.get_by_role("log")).to_contain_text("120")
        elif kept:
            expect(page.get_by_role("log")).to_contain_text("120")
        else:
            open_chat(page)
            expect(page.get_by_role("log")).not_to_contain_text("120")
        page.close()
    context.close()


def serve_with_memory(route: Route, memory: str) -> None:
    page = route.fetch()
    route.fulfill(response=page, body=page.text().replace(" defer>", f' data-memory="{memory}" defer>'))


def test_the_widget_can_be_taken_away_and_put_back(site: Page) -> None:
    open_chat(site)
    site.evaluate("window.kept = document.querySelector('assistant-chat'); window.kept.remove()")
    site.evaluate("document.body.append(window.kept)")
    expect(site.get_by_role("log")).to_be_visible()
    expect(site.get_by_role("dialog")).to_have_count(1)
