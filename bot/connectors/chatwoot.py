"""Chatwoot: the webhook `message_created` (signed with HMAC-SHA256 and a time) and private notes through its API."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Mapping
from typing import Any

from bot.connectors.incoming import Incoming, Note, moment, number, part, same_digest, words
from bot.connectors.phrases import NOTE_TITLE
from bot.settings import HelpDesk
from bot.triage.mime import Mail

CREATED, INCOMING = "message_created", ("incoming", 0)
# Seconds for which a signed webhook is good: one that was caught cannot be played again later.
GOOD_FOR = 300


class Chatwoot:
    """See the user guide of https://www.chatwoot.com (webhooks) and its developers' pages (messages)."""

    name = "chatwoot"

    def signed(self, body: bytes, headers: Mapping[str, str], secret: str) -> bool:
        """Whether `X-Chatwoot-Signature` is that of the time and the body, and the time is now."""
        told = headers.get("x-chatwoot-timestamp", "")
        if not (told.isascii() and told.isdecimal()) or abs(time.time() - int(told[:12])) > GOOD_FOR:
            return False
        wanted = hmac.new(secret.encode(), told.encode() + b"." + body, hashlib.sha256).hexdigest()
        return same_digest(headers.get("x-chatwoot-signature", ""), f"sha256={wanted}")

    def incoming(self, payload: Mapping[str, Any]) -> Incoming | None:
        """Return the message where a contact wrote it: never a private note, never our own."""
        account, conversation = number(part(payload, "account").get("id")), part(payload, "conversation")
        thread = number(conversation.get("display_id")) or number(conversation.get("id"))
        message, content = number(payload.get("id")), words(payload.get("content"))
        new = payload.get("event") == CREATED and payload.get("message_type") in INCOMING
        if not new or payload.get("private") or account is None or thread is None or message is None:
            return None
        if not content.strip():
            return None  # an attachment alone
        at = moment(payload.get("created_at"))
        subject = words(part(conversation, "additional_attributes").get("mail_subject"))
        people = (part(payload, "sender"), part(payload, "contact"), part(conversation, "meta", "sender"))
        names = tuple(dict.fromkeys(name for each in people if (name := words(each.get("name")))))
        mail = Mail(subject, content, at.date() if at else None, names)
        return Incoming(mail, at, (self.name, str(account), str(message)), f"{account}/{thread}")

    def note(self, reference: str, draft: str, desk: HelpDesk) -> Note:
        """Return the request for a private message, which no contact sees."""
        account, _, thread = reference.partition("/")
        return Note(
            f"{desk.url.rstrip('/')}/api/v1/accounts/{int(account)}/conversations/{int(thread)}/messages",
            {"api_access_token": desk.token},
            {"content": f"{NOTE_TITLE}\n\n{draft}", "message_type": "outgoing", "private": True},
        )
