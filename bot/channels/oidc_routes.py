"""`/conseiller/oidc`: to the identity provider and back, into a session of the desk."""

from __future__ import annotations

import logging
from dataclasses import asdict

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from bot.channels.errors import BadRequest
from bot.channels.oidc import Flow, Provider, RefusedError, UnreachableError
from bot.channels.sessions import COOKIE, Sessions, is_secure, set_cookie

logger = logging.getLogger(__name__)
PAGE, START, RETURN = "/conseiller", "/conseiller/oidc", "/conseiller/oidc/retour"
FLOW_COOKIE, FLOW_SECONDS, FLOW = "desk_login", 600, "login"


def blueprint(provider: Provider, sessions: Sessions, redirect_url: str = "") -> Blueprint:
    """Return the routes; `redirect_url` is the public address of the return, where it is not the request's."""
    routes = Blueprint("oidc")

    def back(request: Request) -> str:
        scheme = "https" if is_secure(request) else "http"
        return redirect_url or f"{scheme}://{request.headers.get('host', '')}{RETURN}"

    @routes.get(START)
    async def start(request: Request) -> HTTPResponse:
        try:
            url, flow = await provider.begin(back(request))
        except UnreachableError as error:
            raise _unreachable(error) from None
        response = redirect(url, status=303)
        sealed = sessions.sealed(FLOW, asdict(flow))
        set_cookie(request, response, FLOW_COOKIE, sealed, FLOW_SECONDS, strict=False)
        return response

    @routes.get(RETURN)
    async def come_back(request: Request) -> HTTPResponse:
        try:
            told = sessions.unsealed(FLOW, request.cookies.get(FLOW_COOKIE) or "")
            flow = Flow(told["state"], told["nonce"], told["verifier"])
            answered = {name: str(values[0]) for name, values in request.args.items()}
            person = await provider.finish(back(request), flow, answered)
        except (RefusedError, ValueError) as error:
            logger.warning("login refused: %s", error)
            raise BadRequest("login_refused", _refusal(error), 403) from None
        except UnreachableError as error:
            raise _unreachable(error) from None
        response = redirect(PAGE, status=303)
        set_cookie(request, response, COOKIE, sessions.opened(person), sessions.longest, strict=False)
        del response.cookies[FLOW_COOKIE]
        return response

    return routes


def _refusal(error: Exception) -> str:
    if str(error) == "no_role":
        return "Votre compte n'a pas accès à l'espace conseiller : demandez-le à l'administrateur du service."
    return "La connexion n'a pas abouti : recommencez depuis /conseiller."


def _unreachable(error: UnreachableError) -> BadRequest:
    """Return the answer while the provider is away; 424, since what failed is not here."""
    logger.error("identity provider: %s", error)
    return BadRequest("provider_unreachable", "Le service de connexion ne répond pas : réessayez plus tard.", 424)
