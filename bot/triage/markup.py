"""The text of an HTML mail, line by line as it is shown."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

HTML = re.compile(r"<(?:html|body|div|p|br|table|span)\b[^<>]*>", re.IGNORECASE)
BREAKS = frozenset("br p div tr li h1 h2 h3 h4 table ul ol blockquote hr".split())
HIDDEN = frozenset(("style", "script", "head", "title"))
QUOTES = "blockquote"


class _Text(HTMLParser):
    """Collects what is shown; what stands in a quotation is marked as such."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0
        self._quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in HIDDEN
        self._quoted += tag == QUOTES
        if tag in BREAKS:
            self._line()

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in HIDDEN))
        self._quoted = max(0, self._quoted - (tag == QUOTES))
        if tag in BREAKS and tag != "br":
            self._line()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(re.sub(r"\s+", " ", data))

    def _line(self) -> None:
        self.parts.append("\n" + "> " * min(1, self._quoted))


def plain_text(body: str) -> str:
    """Return a body as plain text: of HTML what is shown, no control characters, one kind of space and of line end."""
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    if HTML.search(text):
        text = _shown(text)
    text = text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2019", "'")
    return "".join(c if c in "\n\t" or unicodedata.category(c)[0] != "C" else " " for c in text)


def _shown(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    parser.close()
    return re.sub(r" *\n *", "\n", "".join(parser.parts)).strip()
