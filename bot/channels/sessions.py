"""Who is logged in at the desk: a signed cookie that holds a role and a reference, never a name or the token."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from sanic.request import Request

from bot.settings import Limits

COOKIE = "desk"
ADVISER, MAINTAINER = "conseiller", "mainteneur"
ROLES = (ADVISER, MAINTAINER)
ALGORITHM = "HS256"
# A session in use is written anew this often: each reply needs no cookie of its own.
RENEWED_AFTER = 60


@dataclass(frozen=True)
class Person:
    """A colleague, as the history of a message knows one.

    Attributes:
        role: what they may do.
        reference: a keyed reference, the same one each time; empty for who holds the token.
    """

    role: str
    reference: str = ""

    @property
    def who(self) -> str:
        """Return what the history says of them."""
        return f"{self.role} {self.reference}".strip()


@dataclass(frozen=True)
class Session:
    """A colleague logged in, since when, and last seen when (seconds)."""

    person: Person
    since: int
    seen: int


class Sessions:
    """Cookies that only this installation can make; what they open ends by itself."""

    def __init__(self, key: str = "", limits: Limits | None = None, *, now: Callable[[], float] = time.time) -> None:
        """Take the key that signs; without one, sessions end with the process."""
        limits = limits or Limits()
        self._key = OctKey.import_key(key or secrets.token_hex(32))
        self._idle, self.longest = limits.idle_minutes * 60, limits.session_hours * 3600
        self._now = now

    def opened(self, person: Person) -> str:
        """Return the cookie of somebody who just logged in."""
        now = int(self._now())
        return self._sealed(Session(person, now, now))

    def renewed(self, session: Session) -> str | None:
        """Return the cookie of a session in use, None where the one it has will do."""
        now = int(self._now())
        return self._sealed(Session(session.person, session.since, now)) if now - session.seen > RENEWED_AFTER else None

    def read(self, cookie: str) -> Session | None:
        """Return the session of a cookie; None for one that is not ours, or over."""
        try:
            told = self.unsealed("session", cookie)
            session = Session(Person(str(told["role"]), str(told["ref"])), int(told["since"]), int(told["seen"]))
        except (KeyError, TypeError, ValueError):
            return None
        now = self._now()
        over = now - session.seen > self._idle or now - session.since > self.longest
        return None if over or session.person.role not in ROLES else session

    def sealed(self, purpose: str, content: dict[str, Any]) -> str:
        """Return something as a text that nobody else can make, for one purpose."""
        return jwt.encode({"alg": ALGORITHM}, {**content, "use": purpose}, self._key)

    def unsealed(self, purpose: str, text: str) -> dict[str, Any]:
        """Return what was sealed for a purpose.

        Raises:
            ValueError: for anything else.
        """
        try:
            content = dict(jwt.decode(text, self._key, algorithms=[ALGORITHM]).claims)
        except (JoseError, ValueError, TypeError, RecursionError):
            raise ValueError("not sealed here") from None
        if content.get("use") != purpose:
            raise ValueError("sealed for something else")
        return content

    def _sealed(self, session: Session) -> str:
        person = session.person
        told = {"role": person.role, "ref": person.reference, "since": session.since, "seen": session.seen}
        return self.sealed("session", told)


def set_cookie(request: Request, response: Any, name: str, value: str, seconds: int, *, strict: bool) -> None:
    """Write a cookie that no script reads and no other site sends."""
    response.cookies[name] = value
    cookie = response.cookies[name]
    cookie["httponly"], cookie["path"], cookie["max-age"] = True, "/", seconds
    # Who comes back from an identity provider comes from another site: Strict would leave the cookie out.
    cookie["samesite"] = "Strict" if strict else "Lax"
    cookie["secure"] = is_secure(request)


def is_secure(request: Request) -> bool:
    """Whether the browser speaks https, to us or to the proxy before us."""
    return request.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
