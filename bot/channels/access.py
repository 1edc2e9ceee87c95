"""Who may open the advisers' desk: who holds the token or is logged in; where neither is set up, this machine only."""

from __future__ import annotations

import hmac
import ipaddress
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty, html, json, redirect

from bot.channels import oidc_routes
from bot.channels.errors import BadRequest, error_body
from bot.channels.oidc import Provider, UnreachableError
from bot.channels.requests import json_object
from bot.channels.sessions import COOKIE, MAINTAINER, Person, Session, Sessions, set_cookie
from bot.settings import ROOT

LOGIN_PAGE = ROOT / "bot" / "pages" / "static" / "connexion.html"
WITH_PROVIDER, WITH_TOKEN = "provider", "token"
PAGE, LOGIN, API, TRIAGE = "/conseiller", "/conseiller/connexion", "/api/desk", "/api/triage"
SESSION = f"{API}/session"
OPEN = frozenset({LOGIN, SESSION, oidc_routes.START, oidc_routes.RETURN})
# What only those see who maintain the knowledge base and the training data.
MAINTAINED = frozenset({f"{API}/feedback", f"{API}/corrections"})
READING = frozenset({"GET", "HEAD", "OPTIONS"})
# What a proxy adds: who asks through one is not on this machine, whatever the address says.
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
WRONG = "Ce jeton n'est pas le bon : demandez-le à l'administrateur du service."
FOREIGN = ("foreign_origin", "Cette requête vient d'un autre site : elle est refusée.", 403)


def install(
    app: Sanic, token: str, sessions: Sessions | None = None, provider: Provider | None = None, redirect_url: str = ""
) -> None:
    """Guard the desk, and the triage where a token or an identity provider is set."""
    kept = sessions or Sessions()
    closed = bool(token or provider)

    @app.middleware("request")
    async def guard(request: Request) -> HTTPResponse | None:
        path = path_of(request)
        if path in OPEN or not is_guarded(path, closed):
            return None
        if not closed:
            request.ctx.person = Person(MAINTAINER)
            return None if is_local(request) and is_own(request) else error_body(*_elsewhere())
        if not is_own(request):
            return error_body(*FOREIGN)
        if bears(request, token):
            request.ctx.person = Person(MAINTAINER)
            return None
        session = kept.read(request.cookies.get(COOKIE) or "")
        if session is None:
            if path == PAGE:
                return _login_page(token, provider)
            return error_body("unauthorized", "Connectez-vous à l'espace conseiller, ou envoyez le jeton.", 401)
        if not is_surely_own(request):
            return error_body(*FOREIGN)
        request.ctx.person, request.ctx.session = session.person, session
        if path in MAINTAINED and session.person.role != MAINTAINER:
            return error_body("forbidden", "Votre rôle ne donne pas accès à ces données.", 403)
        return None

    @app.middleware("response")
    async def renew(request: Request, response: HTTPResponse) -> None:
        session: Session | None = getattr(request.ctx, "session", None)
        cookie = kept.renewed(session) if session else None
        if cookie and response.status < 400:
            set_cookie(request, response, COOKIE, cookie, kept.longest, strict=provider is None)

    app.blueprint(_sessions(token, kept, provider))
    if provider is not None:
        app.blueprint(oidc_routes.blueprint(provider, kept, redirect_url))


def person_of(request: Request) -> Person:
    """Return who asks; a maintainer of this machine where nobody is known."""
    person: Person = getattr(request.ctx, "person", None) or Person(MAINTAINER)
    return person


def is_guarded(path: str, closed: bool) -> bool:
    """Whether a path is the desk's; where one logs in, the triage is too."""
    guarded = (API, PAGE, TRIAGE) if closed else (API, PAGE)
    return any(path == each or path.startswith(f"{each}/") for each in guarded)


def path_of(request: Request) -> str:
    """Return the path of the route that answers, whatever way the address was written."""
    path: str = request.route.path if request.route else request.path
    return "/" + path.strip("/")


def is_local(request: Request) -> bool:
    """Whether both the address asked for and who asks are this machine, and no proxy stands between."""
    forwarded = any(name in request.headers for name in FORWARDED)
    return not forwarded and _loopback(_host(request)) and _loopback(request.ip)


def is_own(request: Request) -> bool:
    """Whether a request that changes something comes from our own pages, or from no page at all."""
    origin = request.headers.get("origin")
    if request.method in READING or not origin:
        return True
    place = _place(origin)
    return bool(place) and place == request.headers.get("host", "")


def is_surely_own(request: Request) -> bool:
    """Whether a request that changes something says that it comes from our pages: a cookie alone proves nothing."""
    if request.method in READING or request.headers.get("origin"):
        return is_own(request)
    return request.headers.get("sec-fetch-site") == "same-origin"


def bears(request: Request, token: str) -> bool:
    """Whether a request carries the token."""
    scheme, _, told = request.headers.get("authorization", "").partition(" ")
    return bool(token) and scheme.lower() == "bearer" and same(told.strip(), token)


def same(told: str, wanted: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(told.encode("utf-8", "replace"), wanted.encode("utf-8", "replace"))


def _host(request: Request) -> str:
    try:
        return urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""


def _place(origin: str) -> str:
    """Return host and port of an origin, empty for what is none ("null")."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _elsewhere() -> tuple[str, str, int]:
    message = "L'espace conseiller n'est ouvert que sur cette machine : réglez ASSISTANT_DESK_TOKEN pour l'ouvrir."
    return "desk_closed", message, 403


def _sessions(token: str, sessions: Sessions, provider: Provider | None) -> Blueprint:
    routes = Blueprint("session")

    def opened(request: Request, response: Any) -> HTTPResponse:
        cookie = sessions.opened(Person(MAINTAINER))
        set_cookie(request, response, COOKIE, cookie, sessions.longest, strict=provider is None)
        return response

    @routes.get(SESSION)
    async def tell(request: Request) -> HTTPResponse:
        if not (token or provider):
            return json({"role": MAINTAINER if is_local(request) else "", "session": False})
        session = sessions.read(request.cookies.get(COOKIE) or "")
        return json({"role": session.person.role if session else "", "session": session is not None})

    @routes.post(SESSION)
    async def log_in(request: Request) -> HTTPResponse:
        if not is_own(request):
            return error_body(*FOREIGN)
        told = json_object(request.body).get("token", "")
        if not isinstance(told, str):
            raise BadRequest("invalid_token", "« token » doit être du texte.")
        if (provider and not token) or not same(told, token):
            raise BadRequest("wrong_token", WRONG, 401)
        return opened(request, empty()) if token else empty()

    @routes.delete(SESSION)
    async def log_out(request: Request) -> HTTPResponse:
        if not is_own(request):
            return error_body(*FOREIGN)
        response = await _left(provider)
        del response.cookies[COOKIE]
        return response

    @routes.post(LOGIN)
    async def log_in_by_form(request: Request) -> HTTPResponse:
        told = parse_qs(request.body.decode("utf-8", "replace")).get("token", [""])[0]
        if not token or not is_own(request) or not same(told, token):
            return _login_page(token, provider)
        return opened(request, redirect(PAGE, status=303))

    return routes


async def _left(provider: Provider | None) -> HTTPResponse:
    """Return where to log out next: of the identity provider, where it has a place for it."""
    try:
        end = await provider.end() if provider else ""
    except UnreachableError:
        end = ""
    return json({"next": end}) if end else empty()


def _login_page(token: str, provider: Provider | None) -> HTTPResponse:
    """Return the page that asks who comes, with the ways in that exist."""
    page = LOGIN_PAGE.read_text(encoding="utf-8")
    for name, there in ((WITH_TOKEN, bool(token) or provider is None), (WITH_PROVIDER, provider is not None)):
        before, _, rest = page.partition(f"<!-- {name} -->")
        part, _, after = rest.partition(f"<!-- end {name} -->")
        page = before + (part if there else "") + after
    return html(page, status=401)
