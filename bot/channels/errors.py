"""The one shape of an error body: `{"error": {"code", "message"}}`, with a French message that says what to correct."""

from __future__ import annotations

import logging

from sanic import Sanic
from sanic.exceptions import SanicException, ServiceUnavailable
from sanic.request import Request
from sanic.response import HTTPResponse, json

logger = logging.getLogger(__name__)

FILES = "/static/"
MESSAGES = {
    400: ("bad_request", "La requête n'est pas lisible : envoyez un objet JSON valide."),
    404: ("not_found", "Cette adresse n'existe pas."),
    405: ("method_not_allowed", "Cette méthode n'est pas acceptée à cette adresse."),
    408: ("timeout", "La requête a mis trop de temps à arriver."),
    411: ("length_required", "Indiquez la longueur du corps de la requête."),
    413: ("too_large", "La requête est trop longue : raccourcissez le message."),
    417: ("expectation_failed", "La requête n'est pas acceptée."),
}


class BadRequest(Exception):  # noqa: N818 - named as HTTP names it
    """A request that the caller can correct; becomes a 4xx answer."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code, self.message, self.status = code, message, status


def error_body(code: str, message: str, status: int) -> HTTPResponse:
    """Return an error answer."""
    return json({"error": {"code": code, "message": message}}, status=status, ensure_ascii=False)


def install(app: Sanic) -> None:
    """Make every error of the application take the one shape; nothing internal is shown."""

    @app.exception(BadRequest)
    async def bad_request(request: Request, error: BadRequest) -> HTTPResponse:
        return error_body(error.code, error.message, error.status)

    @app.exception(Exception)
    async def any_error(request: Request, error: Exception) -> HTTPResponse:
        status = getattr(error, "status_code", 500) if isinstance(error, SanicException) else 500
        if isinstance(error, ServiceUnavailable) and request and request.stream and request.stream.request_body:
            status = 408  # its body was still awaited
        if isinstance(error, OSError | ValueError) and request and request.path.startswith(FILES):
            status = 404  # a folder, a name that no file can have
        if status in MESSAGES:
            return error_body(*MESSAGES[status], status)
        if 400 <= status < 500:
            return error_body("bad_request", MESSAGES[400][1], status)
        logger.error("unhandled error: %s at %s", type(error).__name__, request.path if request else "?")
        message = "Le service rencontre un problème momentané. Réessayez, ou appelez un conseiller."
        return error_body("unavailable", message, 503)
