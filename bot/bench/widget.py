"""What the widget costs the pages that show it: bytes, and the time until it can be used on a slow machine."""

from __future__ import annotations

import functools
import gzip
import http.server
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

STATIC = Path(__file__).parents[1] / "pages" / "static"
LOADER = "widget.js"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SLOW_DOWN = 4  # times: a telephone of the lower end
PAGE = b"""<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>Page</title>
<body><script src="/widget.js" defer></script></body></html>"""
# By the page's own clock: the button is there; then, from the click, the field has the focus.
WATCH_BUTTON = """window.buttonReady = new Promise((done) => {
  const look = () => document.querySelector('assistant-chat')?.shadowRoot?.querySelector('.launcher')
    ? done(performance.now()) : requestAnimationFrame(look);
  look();
})"""
FIELD_READY = """() => new Promise((done) => {
  const root = document.querySelector('assistant-chat').shadowRoot;
  const start = performance.now();
  const look = () => root.activeElement?.localName === 'textarea'
    ? done(performance.now() - start) : requestAnimationFrame(look);
  root.querySelector('.launcher').click();
  look();
})"""


def files() -> list[Path]:
    """Return every file that the widget loads, the loader first."""
    return [STATIC / LOADER, *sorted(path for path in (STATIC / "widget").iterdir() if path.is_file())]


def weights() -> dict[str, tuple[int, int]]:
    """Return the bytes of each file, raw and compressed as the server sends it."""
    contents = {path.relative_to(STATIC).as_posix(): path.read_bytes() for path in files()}
    return {name: (len(content), len(gzip.compress(content, 9, mtime=0))) for name, content in contents.items()}


def times(runs: int) -> dict[str, float]:
    """Return the median times in Chromium with a slowed processor, in ms: `button` shown, `field` ready after a click.

    Raises:
        ModuleNotFoundError: without playwright, which comes with the dev extra.
    """
    from playwright.sync_api import sync_playwright

    executable = os.environ.get("CHROMIUM", CHROMIUM)
    with _served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        measured = [_once(browser, address) for _ in range(runs)]
        browser.close()
    return {name: median(each[name] for each in measured) for name in measured[0]}


def _once(browser: Any, address: str) -> dict[str, float]:
    """Measure one first visit: nothing is in the browser's cache."""
    context = browser.new_context()
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW_DOWN})
    page.add_init_script(WATCH_BUTTON)
    page.goto(address)
    found = {"button": page.evaluate("window.buttonReady"), "field": page.evaluate(FIELD_READY)}
    context.close()
    return found


class _Files(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept, as every server does

    def do_GET(self) -> None:
        """Send the page, or a file."""
        if self.path != "/":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def _served() -> Iterator[str]:
    handler = functools.partial(_Files, directory=str(STATIC))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
