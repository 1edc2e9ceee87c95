"""Who may open the advisers' desk: with a token where one is set, else only on this machine."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty, file, redirect

from bot.channels.errors import BadRequest, error_body
from bot.channels.requests import json_object
from bot.settings import ROOT

COOKIE = "desk"
SESSION_SECONDS = 12 * 3600
LOGIN_PAGE = ROOT / "bot" / "pages" / "static" / "connexion.html"
PAGE, LOGIN, API, TRIAGE = "/conseiller", "/conseiller/connexion", "/api/desk", "/api/triage"
SESSION = f"{API}/session"
OPEN = frozenset({LOGIN, SESSION})
READING = frozenset({"GET", "HEAD", "OPTIONS"})
# What a proxy adds: who asks through one is not on this machine, whatever the address says.
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
WRONG = "Ce jeton n'est pas le bon : demandez-le à l'administrateur du service."


def install(app: Sanic, token: str) -> None:
    """Guard the desk, and the triage where a token is set."""

    @app.middleware("request")
    async def guard(request: Request) -> HTTPResponse | None:
        path = path_of(request)
        if path in OPEN or not is_guarded(path, token):
            return None
        if not token:
            return None if is_local(request) and is_own(request) else error_body(*_elsewhere())
        if not is_own(request):
            return error_body("foreign_origin", "Cette requête vient d'un autre site : elle est refusée.", 403)
        if allowed(request, token):
            return None
        if path == PAGE:
            return await file(str(LOGIN_PAGE), status=401)
        return error_body("unauthorized", "Connectez-vous à l'espace conseiller, ou envoyez le jeton.", 401)

    app.blueprint(_sessions(token))


def is_guarded(path: str, token: str) -> bool:
    """Whether a path is the desk's; with a token, the triage is too."""
    guarded = (API, PAGE, TRIAGE) if token else (API, PAGE)
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
    return request.method in READING or not origin or urlsplit(origin).netloc == request.headers.get("host", "")


def allowed(request: Request, token: str) -> bool:
    """Whether a request carries the token, or the cookie that the token opened."""
    scheme, _, told = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and same(told.strip(), token):
        return True
    return same(request.cookies.get(COOKIE) or "", session_of(token))


def same(told: str, wanted: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(told.encode("utf-8", "replace"), wanted.encode("utf-8", "replace"))


def session_of(token: str) -> str:
    """Return what the cookie holds: not the token itself."""
    return hmac.new(token.encode(), b"desk session", hashlib.sha256).hexdigest()


def _host(request: Request) -> str:
    return urlsplit(f"//{request.headers.get('host', '')}").hostname or ""


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


def _sessions(token: str) -> Blueprint:
    routes = Blueprint("session")

    @routes.post(SESSION)
    async def log_in(request: Request) -> HTTPResponse:
        if not same(str(json_object(request.body).get("token") or ""), token):
            raise BadRequest("wrong_token", WRONG, 401)
        return _opened(request, empty(), token)

    @routes.delete(SESSION)
    async def log_out(request: Request) -> HTTPResponse:
        response = empty()
        del response.cookies[COOKIE]
        return response

    @routes.post(LOGIN)
    async def log_in_by_form(request: Request) -> HTTPResponse:
        told = parse_qs(request.body.decode("utf-8", "replace")).get("token", [""])[0]
        if not token or not is_own(request) or not same(told, token):
            return await file(str(LOGIN_PAGE), status=401)
        return _opened(request, redirect(PAGE, status=303), token)

    return routes


def _opened(request: Request, response: Any, token: str) -> HTTPResponse:
    """Return a response with the cookie that opens the desk."""
    if token:
        response.cookies[COOKIE] = session_of(token)
        cookie = response.cookies[COOKIE]
        cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"] = True, "Strict", "/", SESSION_SECONDS
        cookie["secure"] = request.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    return response
