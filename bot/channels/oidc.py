"""Logging in at an identity provider: OpenID Connect, authorization code with PKCE, state and nonce."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bot.channels.sessions import ADVISER, MAINTAINER, Person
from bot.settings import Oidc

DISCOVERY = "/.well-known/openid-configuration"
SCOPE = "openid"
# Asymmetric ones only: with the client's secret as key, whoever knows it could make tokens.
ALGORITHMS = ["RS256", "PS256", "ES256"]
LEEWAY = 30
TIMEOUT = 10.0


class RefusedError(Exception):
    """A login that is not to be believed, or by somebody without a role; the text is a code for the log."""


class UnreachableError(Exception):
    """The provider does not answer as one does."""


@dataclass(frozen=True)
class Flow:
    """A login under way: what must come back, kept by the browser in a sealed cookie."""

    state: str
    nonce: str
    verifier: str


class Provider:
    """One identity provider."""

    def __init__(self, settings: Oidc, reference: Callable[[str, str], str]) -> None:
        """Take its settings, and what makes a keyed reference of (issuer, subject)."""
        self._settings, self._reference = settings, reference
        self._metadata: Mapping[str, Any] = {}
        self._keys: KeySet | None = None

    async def begin(self, back: str) -> tuple[str, Flow]:
        """Return where to send the browser, and what to remember; `back` is our address for its return."""
        flow = Flow(generate_token(32), generate_token(32), generate_token(64))
        endpoint = str((await self._described())["authorization_endpoint"])
        url, _ = self._client(back).create_authorization_url(
            endpoint, state=flow.state, code_verifier=flow.verifier, nonce=flow.nonce
        )
        return url, flow

    async def finish(self, back: str, flow: Flow, told: Mapping[str, str]) -> Person:
        """Return who came back.

        Raises:
            RefusedError: for another flow's return, a token that is not the provider's for us, or nobody's role.
            UnreachableError: when the provider does not answer.
        """
        if not hmac.compare_digest(told.get("state", "").encode(), flow.state.encode()):
            raise RefusedError("state")
        if not told.get("code"):
            raise RefusedError("no_code")
        described = await self._described()
        if told.get("iss", described["issuer"]) != described["issuer"]:
            raise RefusedError("issuer")  # RFC 9207: another provider's answer
        try:
            async with self._client(back) as client:
                tokens = await client.fetch_token(
                    described["token_endpoint"], code=told["code"], code_verifier=flow.verifier
                )
        except AuthlibBaseError:
            raise RefusedError("code") from None
        except (httpx.HTTPError, ValueError):
            raise UnreachableError("token endpoint") from None
        return self.person(await self._claims(str(tokens.get("id_token") or ""), flow.nonce))

    async def end(self) -> str:
        """Return where one logs out of the provider itself, empty where it has no such place."""
        return str((await self._described()).get("end_session_endpoint") or "")

    def person(self, claims: Mapping[str, Any]) -> Person:
        """Return the colleague of verified claims.

        Raises:
            RefusedError: for somebody without a role.
        """
        told: Any = claims
        for name in self._settings.roles_claim.split("."):
            told = told.get(name) if isinstance(told, Mapping) else None
        groups = [told] if isinstance(told, str) else told if isinstance(told, list) else []
        reference = self._reference(str(claims["iss"]), str(claims["sub"]))
        if self._settings.maintainer in groups:
            return Person(MAINTAINER, reference)
        if self._settings.adviser in groups:
            return Person(ADVISER, reference)
        raise RefusedError("no_role")

    async def _claims(self, token: str, nonce: str) -> Mapping[str, Any]:
        """Return the claims of an ID token, verified; keys unknown to us are fetched again, once."""
        try:
            try:
                decoded = jwt.decode(token, await self._key_set(), algorithms=ALGORITHMS)
            except (JoseError, ValueError):
                decoded = jwt.decode(token, await self._key_set(again=True), algorithms=ALGORITHMS)
            required: dict[str, Any] = {name: {"essential": True} for name in ("sub", "iat", "exp")}
            jwt.JWTClaimsRegistry(
                now=int(time.time()),
                leeway=LEEWAY,
                iss={"essential": True, "value": self._metadata["issuer"]},
                aud={"essential": True, "value": self._settings.client_id},
                nonce={"essential": True, "value": nonce},
                **required,
            ).validate(decoded.claims)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise RefusedError(f"id_token: {type(error).__name__}") from None
        claims: Mapping[str, Any] = decoded.claims
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (several or "azp" in claims) and claims.get("azp") != self._settings.client_id:
            raise RefusedError("azp")
        return claims

    async def _described(self) -> Mapping[str, Any]:
        if not self._metadata:
            described = await self._get(self._settings.issuer + DISCOVERY)
            if str(described.get("issuer", "")).rstrip("/") != self._settings.issuer:
                raise UnreachableError("issuer")
            if not {"authorization_endpoint", "token_endpoint", "jwks_uri"} <= described.keys():
                raise UnreachableError("metadata")
            self._metadata = described
        return self._metadata

    async def _key_set(self, *, again: bool = False) -> KeySet:
        if self._keys is None or again:
            try:
                self._keys = KeySet.import_key_set(await self._get(str((await self._described())["jwks_uri"])))  # type: ignore[arg-type]
            except JoseError:
                raise UnreachableError("keys") from None
        return self._keys

    async def _get(self, url: str) -> dict[str, Any]:
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT) as client:
                reply = (await client.get(url)).raise_for_status().json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            raise UnreachableError("metadata") from None
        if not isinstance(reply, dict):
            raise UnreachableError("metadata")
        return reply

    def _client(self, back: str) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            self._settings.client_id,
            self._settings.client_secret or None,
            scope=SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic" if self._settings.client_secret else "none",
            timeout=TIMEOUT,
        )
