"""A small identity provider, as OpenID Connect describes one: real keys, PKCE, codes that serve once.

Written here because the tests need tokens that no honest provider makes: of another key, audience, nonce or time.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json, redirect

CLIENT, SECRET = "desk", "a client's secret"


@dataclass
class Identity:
    """The provider, and what a test makes it say.

    Attributes:
        url: its address, known once it is served.
        claims: put into the next tokens in place of the right ones; None leaves a claim out.
        algorithm: with which they are signed; key: the one that signs.
    """

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": secrets.token_hex(4)}))
    published: list[RSAKey] = field(default_factory=list)
    codes: dict[str, Mapping[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def build(self, app: Sanic) -> None:
        """Furnish an application."""
        self.published = self.published or [self.key]
        add = app.add_route
        add(self.describe, "/.well-known/openid-configuration")
        add(self.authorize, "/authorize")
        add(self.token, "/token", methods=["POST"])
        add(self.keys, "/jwks")

    async def describe(self, request: Request) -> HTTPResponse:
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
        described = {name: f"{self.url}/{place}" for name, place in places.items()}
        return json({"issuer": self.url, "end_session_endpoint": f"{self.url}/logout", **described})

    async def authorize(self, request: Request) -> HTTPResponse:
        """Let the person in at once, and send the browser back."""
        asked = {name: values[0] for name, values in request.args.items()}
        assert asked["client_id"] == CLIENT and asked["code_challenge_method"] == "S256"
        assert asked["response_type"] == "code" and "openid" in asked["scope"]
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    async def token(self, request: Request) -> HTTPResponse:
        told = dict(parse_qsl(request.body.decode()))
        asked = self.codes.pop(told.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(told.get("code_verifier", "").encode()).digest())
        known = base64.b64decode(request.headers.get("authorization", "Basic ").split(" ")[1]).decode()
        if (
            asked is None
            or known.split(":")[0] != CLIENT
            or challenge.rstrip(b"=").decode() != asked["code_challenge"]
            or told.get("redirect_uri") != asked["redirect_uri"]
        ):
            return json({"error": "invalid_grant"}, status=400)
        return json({"access_token": "x", "token_type": "Bearer", "id_token": self.signed(asked["nonce"])})

    async def keys(self, request: Request) -> HTTPResponse:
        self.asked.append("keys")
        return json({"keys": [key.as_dict(private=False, use="sig", alg="RS256") for key in self.published]})

    def signed(self, nonce: str) -> str:
        now = int(time.time())
        right = {"iss": self.url, "aud": CLIENT, "sub": "42", "nonce": nonce, "iat": now, "exp": now + 300}
        claims = {name: value for name, value in {**right, "roles": [], **self.claims}.items() if value is not None}
        if self.algorithm == "HS256":
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))
        return jwt.encode({"alg": self.algorithm, "kid": self.key.kid}, claims, self.key)
