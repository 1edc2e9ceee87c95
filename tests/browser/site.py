"""What the browser tests share: the pages without the assistant behind them, and replies made up for them."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

STATIC = Path(__file__).parents[2] / "bot" / "pages" / "static"
WEBHOOK = "**/webhooks/rest/webhook"
HOST_PAGE = """<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Site hôte</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>Site hôte</h1><p>Une page quelconque.</p></main>
<script src="/static/widget.js" defer></script></body></html>"""


class Pages(http.server.SimpleHTTPRequestHandler):
    """The static files under /static, and a page of some site at the root."""

    page = HOST_PAGE

    def do_GET(self) -> None:
        if self.path.split("?")[0] != "/":
            super().do_GET()
            return
        body = self.page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/static"))

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what the browser asks for is not worth a line."""


@contextmanager
def static_pages(port: int = 0, script_from: str = "") -> Iterator[str]:
    """Serve the static files and a page that takes the widget from a server, its own by default; the address."""
    page = HOST_PAGE.replace('src="', f'src="{script_from}')
    handler = functools.partial(type("Site", (Pages,), {"page": page}), directory=str(STATIC))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def message(text: str, kind: str = "answer", **custom: Any) -> dict[str, Any]:
    """Return a message of the assistant."""
    buttons = custom.pop("buttons", None)
    said = {"recipient_id": "x", "text": text, "custom": {"kind": kind, "sources": [], **custom}}
    return {**said, "buttons": [{"title": title, "payload": title} for title in buttons]} if buttons else said


SOURCES = [
    {
        "document": "statuts-reglements-mgen",
        "reference": "Annexe 1 – Soins courants",
        "excerpt": "« Ostéopathie : forfait annuel »",
    },
    {"document": "statuts-reglements-mgen", "reference": "Règlement mutualiste MGEN Santé Prévoyance, article 30"},
]
ANSWER = message(
    "**120 €** par année civile pour l'ostéopathie.\n\nConditions :\n- 40 € au plus par séance\n- appelez le 3676",
    sources=SOURCES,
)
BUTTONS = message("De quelle formule disposez-vous ?", "question", buttons=["MGEN Initiale", "MGEN Équilibre"])
DATE = message(
    "À quelle date votre adhésion a-t-elle pris effet ?",
    "question",
    question={
        "fact": "date_adhesion",
        "choices": [],
        "label": "date d'effet de l'adhésion",
        "type": "date",
        "unit": "",
    },
)
AMOUNT = message(
    "Quel est votre salaire brut mensuel ?",
    "question",
    question={
        "fact": "salaire_brut_mensuel",
        "choices": [],
        "label": "salaire brut mensuel",
        "type": "money",
        "unit": "EUR",
        "minimum": "0",
        "maximum": "15000",
    },
)
COUNT = message(
    "Depuis combien de mois cotisez-vous ?",
    "question",
    question={
        "fact": "mois",
        "choices": [],
        "label": "mois de cotisation",
        "type": "integer",
        "unit": "mois",
        "minimum": "0",
    },
)
TABLE = message(
    "Voici la comparaison pour ostéopathie :\n\n| Formule | Prise en charge |\n| --- | --- |\n"
    "| MGEN Initiale | 80 € par année civile |\n| MGEN Équilibre | 120 € par année civile |\n",
    sources=SOURCES,
)
EMERGENCY = message("Appelez tout de suite le 15 (SAMU) ou le 112. Le 3114 répond jour et nuit.", "emergency")
HANDOVER = message("Un conseiller peut vous répondre : appelez le 3676 ou le 09 72 72 16 17.", "handover")


class Server:
    """Answers a page in the assistant's place, and keeps what it was told."""

    def __init__(self, page: Page, *replies: dict[str, Any]) -> None:
        self.replies = list(replies)
        self.heard: list[dict[str, Any]] = []
        self.rated: list[dict[str, Any]] = []
        self.erased: list[str] = []
        page.route(WEBHOOK, self.chat)
        page.route("**/api/feedback", self.feedback)
        page.route("**/api/conversations/*", self.erase)

    @property
    def told(self) -> list[str]:
        """The messages that were heard."""
        return [body["message"] for body in self.heard]

    def chat(self, route: Route) -> None:
        body = route.request.post_data_json
        self.heard.append(body)
        reply = self.replies.pop(0) if self.replies else message(f"Réponse à : {body['message']}")
        route.fulfill(json=[reply])

    def feedback(self, route: Route) -> None:
        self.rated.append(route.request.post_data_json)
        route.fulfill(status=201, json={"id": 1})

    def erase(self, route: Route) -> None:
        self.erased.append(route.request.url.rsplit("/", 1)[1])
        route.fulfill(status=204)


def open_chat(page: Page) -> None:
    """Open the discussion by its button."""
    page.get_by_role("button", name="Une question ?").click()
    page.get_by_role("dialog").wait_for()


def send(page: Page, text: str) -> None:
    """Write a message and send it."""
    box = page.get_by_role("textbox", name="Votre question")
    box.fill(text)
    box.press("Enter")
