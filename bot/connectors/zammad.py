"""Zammad: the webhook of a trigger (ticket and article, signed with HMAC-SHA1) and notes through its REST API."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from bot.connectors.incoming import Incoming, Note, moment, number, part, same_digest, words
from bot.connectors.phrases import NOTE_TITLE
from bot.settings import HelpDesk
from bot.triage.mime import Mail

CUSTOMER = "Customer"


class Zammad:
    """See https://admin-docs.zammad.org (webhooks) and https://docs.zammad.org (articles)."""

    name = "zammad"

    def signed(self, body: bytes, headers: Mapping[str, str], secret: str) -> bool:
        """Whether `X-Hub-Signature` is that of the body."""
        wanted = hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()
        return same_digest(headers.get("x-hub-signature", ""), f"sha1={wanted}")

    def incoming(self, payload: Mapping[str, Any]) -> Incoming | None:
        """Return the article where a customer wrote it for us to read: never a note, never our own."""
        ticket, article = part(payload, "ticket"), part(payload, "article")
        ticket_id, article_id = number(ticket.get("id")), number(article.get("id"))
        if ticket_id is None or article_id is None or article.get("sender") != CUSTOMER or article.get("internal"):
            return None
        at = moment(article.get("created_at"))
        people = (part(ticket, "customer"), part(article, "created_by"))
        names = [words(article.get("from")).partition("<")[0].strip(' "')]
        names += [f"{words(each.get('firstname'))} {words(each.get('lastname'))}".strip() for each in people]
        subject = words(article.get("subject")) or words(ticket.get("title"))
        mail = Mail(subject, words(article.get("body")), at.date() if at else None, tuple(filter(None, names)))
        return Incoming(mail, at, (self.name, str(article_id)), str(ticket_id))

    def note(self, reference: str, draft: str, desk: HelpDesk) -> Note:
        """Return the request for an internal article, which no customer sees."""
        return Note(
            f"{desk.url.rstrip('/')}/api/v1/ticket_articles",
            {"Authorization": f"Token token={desk.token}"},
            {
                "ticket_id": int(reference),
                "subject": NOTE_TITLE,
                "body": draft,
                "content_type": "text/plain",
                "type": "note",
                "internal": True,
            },
        )
