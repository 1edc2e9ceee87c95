"""The widget on a page: what a member sees and does, the assistant's replies made up."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import (
    AMOUNT,
    ANSWER,
    BUTTONS,
    COUNT,
    DATE,
    EMERGENCY,
    HANDOVER,
    STATIC,
    TABLE,
    Server,
    message,
    open_chat,
    send,
)

pytestmark = pytest.mark.browser


def test_nothing_but_the_button_is_loaded_until_it_is_wanted(browser: Browser, static_url: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(static_url)
    page.get_by_role("button", name="Une question ?").wait_for()
    assert [url for url in asked if "/static/widget/" in url] == []
    open_chat(page)
    assert [url for url in asked if url.endswith("/static/widget/chat.js")]
    page.close()


def test_it_says_that_it_is_a_machine(site: Page) -> None:
    open_chat(site)
    dialog = site.get_by_role("dialog", name="Assistant automatique")
    description = "Bonjour, je suis un assistant automatique : une machine, pas une personne."
    expect(dialog).to_have_accessible_description(re.compile(description))


def test_an_answer_has_its_sources_folded_and_a_number_to_call(site: Page) -> None:
    Server(site, ANSWER)
    open_chat(site)
    send(site, "Ostéopathe ?")
    log = site.get_by_role("log")
    expect(log.locator("strong", has_text="120")).to_be_visible()
    expect(log.get_by_text("Statuts et règlements MGEN").first).to_be_hidden()
    log.get_by_text("Sources (2)").click()
    expect(log.get_by_text("Statuts et règlements MGEN").first).to_be_visible()
    expect(log.get_by_text("« Ostéopathie : forfait annuel »")).to_be_visible()
    expect(log.get_by_role("link", name="3676")).to_have_attribute("href", "tel:3676")


def test_a_comparison_is_a_table_that_the_keyboard_reaches(site: Page) -> None:
    Server(site, TABLE)
    open_chat(site)
    send(site, "compare")
    table = site.get_by_role("table", name="Voici la comparaison pour ostéopathie")
    expect(table.get_by_role("columnheader", name="Prise en charge")).to_have_attribute("scope", "col")
    expect(table.get_by_role("rowheader", name="MGEN Équilibre")).to_have_attribute("scope", "row")
    region = site.get_by_role("region", name="Voici la comparaison pour ostéopathie")
    region.focus()
    expect(region).to_be_focused()


def test_a_proposed_answer_is_sent_and_gives_the_focus_back(site: Page) -> None:
    server = Server(site, BUTTONS)
    open_chat(site)
    send(site, "Ostéopathe ?")
    site.get_by_role("button", name="MGEN Équilibre").press("Enter")
    expect(site.get_by_role("log")).to_contain_text("Réponse à : MGEN Équilibre")
    expect(site.get_by_role("button", name="MGEN Équilibre")).to_have_count(0)
    expect(site.get_by_role("textbox", name="Votre question")).to_be_focused()
    assert server.told == ["Ostéopathe ?", "MGEN Équilibre"]


def test_a_date_is_asked_with_a_date_input_and_sent_in_french(site: Page) -> None:
    server = Server(site, DATE)
    open_chat(site)
    send(site, "bonjour")
    field = site.locator("input[type=date]")
    expect(field).to_have_accessible_name("Date d'effet de l'adhésion")
    form = site.get_by_role("form", name="Date d'effet de l'adhésion")
    form.get_by_role("button", name="Envoyer").click()
    expect(field).to_have_accessible_description("Indiquez une date complète : jour, mois, année.")
    expect(field).to_be_focused()
    field.fill("2026-03-01")
    form.get_by_role("button", name="Envoyer").click()
    expect(site.get_by_role("log")).to_contain_text("Réponse à")
    assert server.told[-1] == "1er mars 2026"


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("", "Indiquez une valeur."),
        ("beaucoup", "Indiquez un nombre, par exemple 1 250,50."),
        ("20000", "Indiquez un nombre de 0 à 15\u00a0000."),
    ],
)
def test_an_amount_out_of_bounds_says_what_to_correct(site: Page, written: str, error: str) -> None:
    server = Server(site, AMOUNT)
    open_chat(site)
    send(site, "salaire")
    field = site.get_by_label("Salaire brut mensuel (€)")
    field.fill(written)
    field.press("Enter")
    expect(field).to_have_accessible_description(error)
    assert server.told == ["salaire"]


@pytest.mark.parametrize(("written", "sent"), [("2500", "2\u00a0500\u00a0€"), ("1 250,5 €", "1\u00a0250,50\u00a0€")])
def test_an_amount_is_sent_in_french(site: Page, written: str, sent: str) -> None:
    server = Server(site, AMOUNT)
    open_chat(site)
    send(site, "salaire")
    field = site.get_by_label("Salaire brut mensuel (€)")
    field.fill(written)
    field.press("Enter")
    expect(site.get_by_role("log")).to_contain_text("Réponse à")
    assert server.told[-1] == sent


def test_a_number_is_shown_with_its_unit_and_sent_bare(site: Page) -> None:
    server = Server(site, COUNT)
    open_chat(site)
    send(site, "mois")
    field = site.get_by_label("Mois de cotisation (mois)")
    field.fill("2,5")
    field.press("Enter")
    expect(field).to_have_accessible_description("Indiquez un nombre entier.")
    field.fill("18")
    field.press("Enter")
    expect(site.get_by_role("log")).to_contain_text("18\u00a0mois")
    expect(site.get_by_role("log")).to_contain_text("Réponse à")
    assert server.told[-1] == "18"


def test_an_emergency_is_an_alert_with_numbers_to_call(site: Page) -> None:
    Server(site, EMERGENCY)
    open_chat(site)
    send(site, "infarctus")
    alert = site.get_by_role("alert").filter(has_text="Urgence")
    for number in ("15", "112", "3114"):
        expect(alert.get_by_role("link", name=number, exact=True)).to_have_attribute("href", f"tel:{number}")


def test_markup_and_script_of_the_server_are_text(site: Page) -> None:
    text = (
        "<img src=x onerror=alert(1)> [clic](javascript:alert(1)) [ici](https://www.mgen.fr/a) "
        '[m](mailto:a@b.fr) **<b>gras</b>** [x](data:text/html,y) <a href="https://x.fr">z</a>'
    )
    source = {"document": "<i>doc</i>", "reference": "<b>ref</b>", "excerpt": "<script>alert(1)</script>"}
    Server(site, message(text, sources=[source], buttons=["<u>bouton</u>"]))
    open_chat(site)
    send(site, "<b>gras</b>")
    log = site.get_by_role("log")
    expect(log).to_contain_text("<img src=x onerror=alert(1)>")
    assert log.locator("img, script, b, i:not(.typing i), u").count() == 0
    links = log.locator("a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    assert links == ["https://www.mgen.fr/a", "mailto:a@b.fr", "https://x.fr"]
    expect(log.get_by_role("button", name="<u>bouton</u>")).to_be_visible()


def test_no_file_of_the_widget_makes_markup_of_text() -> None:
    for path in (STATIC / "widget.js", *sorted((STATIC / "widget").glob("*.js"))):
        code = path.read_text(encoding="utf-8")
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "DOMParser"):
            assert word not in code, f"{word} in {path.name}"


def test_an_answer_is_copied_with_its_sources(site: Page) -> None:
    site.context.grant_permissions(["clipboard-read", "clipboard-write"])
    Server(site, ANSWER)
    open_chat(site)
    send(site, "Ostéopathe ?")
    site.get_by_role("button", name="Copier la réponse").click()
    expect(site.get_by_text("Copié", exact=True)).to_be_visible()
    copied = site.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("120 € par année civile")
    assert copied.endswith(
        "Sources : Annexe 1 – Soins courants ; Règlement mutualiste MGEN Santé Prévoyance, article 30"
    )


def test_an_answer_is_copied_where_the_clipboard_is_refused(site: Page) -> None:
    site.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    Server(site, ANSWER)
    open_chat(site)
    send(site, "Ostéopathe ?")
    site.get_by_role("button", name="Copier la réponse").click()
    expect(site.get_by_text("Copié", exact=True)).to_be_visible()
    box = site.get_by_role("textbox", name="Votre question")
    box.press("Control+v")
    assert "Sources : Annexe 1" in box.input_value()


def test_only_the_conversation_is_printed(site: Page) -> None:
    site.context.add_init_script("window.print = () => { window.printed = true; }")
    Server(site, TABLE)
    open_chat(site)
    send(site, "compare")
    expect(site.get_by_role("table")).to_be_visible()
    site.get_by_role("button", name="Menu de la conversation").click()
    with site.context.expect_page() as opened:
        site.get_by_role("button", name="Imprimer la conversation").click()
    paper = opened.value
    assert "Vous : compare" in paper.locator("body").inner_text()
    assert paper.get_by_role("table").count() == 1
    assert paper.locator("button, textarea").count() == 0
    assert paper.locator("html").get_attribute("lang") == "fr"


def test_a_thumb_up_is_sent_with_the_message_it_is_about(site: Page) -> None:
    server = Server(site, ANSWER)
    open_chat(site)
    send(site, "Ostéopathe ?")
    site.get_by_role("button", name="Réponse utile").click()
    expect(site.get_by_role("button", name="Réponse utile")).to_have_attribute("aria-pressed", "true")
    asked = server.heard[0]
    rated = {"sender": asked["sender"], "rating": "up", "message_id": asked["metadata"]["message_id"]}
    assert server.rated == [rated]


def test_a_thumb_down_asks_for_the_reason_first(site: Page) -> None:
    server = Server(site, ANSWER)
    open_chat(site)
    send(site, "Ostéopathe ?")
    thumb = site.get_by_role("button", name="Réponse à revoir")
    thumb.click()
    site.get_by_role("button", name="Envoyer mon avis").click()
    expect(site.get_by_role("group", name="Qu’est-ce qui ne va pas ?")).to_have_accessible_description(
        "Choisissez une raison."
    )
    assert server.rated == []
    site.get_by_role("radio", name="C’est incomplet").check()
    site.get_by_label("Précisions").fill("il manque le plafond")
    site.get_by_role("button", name="Envoyer mon avis").click()
    expect(thumb).to_have_attribute("aria-pressed", "true")
    expect(thumb).to_be_focused()
    assert (
        server.rated[0].items() >= {"rating": "down", "reason": "incomplet", "comment": "il manque le plafond"}.items()
    )


def test_a_thumb_without_a_server_says_so(site: Page) -> None:
    Server(site, ANSWER)
    site.route("**/api/feedback", lambda route: route.abort())
    open_chat(site)
    send(site, "Ostéopathe ?")
    thumb = site.get_by_role("button", name="Réponse utile")
    thumb.click()
    expect(site.get_by_text("Votre avis n’a pas pu être envoyé")).to_be_attached()
    expect(thumb).to_have_attribute("aria-pressed", "false")


def test_an_adviser_is_one_click_away(site: Page) -> None:
    server = Server(site, HANDOVER)
    open_chat(site)
    site.get_by_role("button", name="Menu de la conversation").click()
    site.get_by_role("button", name="Parler à un conseiller").click()
    expect(site.get_by_text("Relais par un conseiller")).to_be_visible()
    assert server.told == ["Parler à un conseiller"]
    expect(site.get_by_role("link", name="09 72 72 16 17")).to_have_attribute("href", "tel:0972721617")


def test_the_conversation_is_erased_here_and_on_the_server_after_a_question(site: Page) -> None:
    server = Server(site, ANSWER)
    open_chat(site)
    send(site, "Ostéopathe ?")
    log = site.get_by_role("log")
    expect(log).to_contain_text("120")
    menu = site.get_by_role("button", name="Menu de la conversation")
    menu.click()
    site.get_by_role("button", name="Effacer la conversation").click()
    sure = site.get_by_role("alertdialog", name="Effacer toute la conversation ?")
    sure.get_by_role("button", name="Annuler").press("Escape")
    expect(sure).to_be_hidden()
    expect(menu).to_be_focused()
    expect(log).to_contain_text("120")
    menu.click()
    site.get_by_role("button", name="Effacer la conversation").click()
    sure.get_by_role("button", name="Effacer", exact=True).click()
    expect(log).not_to_contain_text("120")
    expect(site.get_by_text("Conversation effacée.")).to_be_attached()
    assert server.erased == [server.heard[0]["sender"]]
    send(site, "encore")
    expect(log).to_contain_text("Réponse à : encore")
    assert server.heard[1]["sender"] != server.heard[0]["sender"]


def test_the_text_grows_and_stays_so(site: Page) -> None:
    open_chat(site)
    box = site.get_by_role("textbox", name="Votre question")
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    before = box.evaluate(size)
    site.get_by_role("button", name="Menu de la conversation").click()
    site.get_by_role("button", name="Taille du texte : normale").click()
    expect(site.get_by_role("button", name="Taille du texte : grande")).to_be_focused()
    assert box.evaluate(size) > before
    site.reload()
    assert box.evaluate(size) > before


def test_the_conversation_survives_a_reload_and_another_page(site: Page, static_url: str) -> None:
    server = Server(site, BUTTONS)
    open_chat(site)
    send(site, "Ostéopathe ?")
    expect(site.get_by_role("button", name="MGEN Équilibre")).to_be_visible()
    site.goto(f"{static_url}/?page=2")
    expect(site.get_by_role("log")).to_contain_text("De quelle formule")
    site.get_by_role("button", name="MGEN Équilibre").click()
    expect(site.get_by_role("log")).to_contain_text("Réponse à : MGEN Équilibre")
    assert len({body["sender"] for body in server.heard}) == 1


def test_an_error_of_the_member_is_told_and_can_be_mended(site: Page) -> None:
    body = {"error": {"code": "too_large", "message": "Le message est trop long : résumez."}}
    site.route("**/webhooks/rest/webhook", lambda route: route.fulfill(status=413, json=body))
    open_chat(site)
    send(site, "très long")
    expect(site.get_by_text("Le message est trop long : résumez.")).to_be_visible()
    site.get_by_role("button", name="Modifier").click()
    expect(site.get_by_role("textbox", name="Votre question")).to_have_value("très long")
