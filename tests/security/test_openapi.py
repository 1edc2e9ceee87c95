"""Requests made of the OpenAPI description, right and wrong ones, against the running server (schemathesis)."""

from __future__ import annotations

import time
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

pytestmark = pytest.mark.model
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance)
# Those in which each request is a whole reply of the assistant get fewer.
SECONDS, EXAMPLES, LEAST = 60, 40, 4
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)


def described(url: str) -> list[Any]:
    """Return the operations; of the rules, which differ in their facts only, every fifth."""
    schema = schemathesis.openapi.from_url(f"{url}/openapi.json")
    found = [result.ok() for result in schema.get_all_operations()]
    rules = [each for each in found if each.path.startswith("/api/rules/")]
    return [each for each in found if each not in rules] + rules[::5]


def test_what_the_description_says_is_what_comes(server_url: str) -> None:
    operations = described(server_url)
    assert len(operations) > 20
    until = time.monotonic() + SECONDS
    asked = 0
    for left, operation in zip(range(len(operations), 0, -1), operations, strict=True):
        share = time.monotonic() + max(0.5, (until - time.monotonic()) / left)
        asked += _exchanged(server_url, operation, share)
    assert asked >= LEAST * len(operations)


def _exchanged(url: str, operation: Any, until: float) -> int:
    """Ask an operation until a moment, and hold each reply to the description; return how often."""
    asked = 0

    @seed(7)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def exchange(data: st.DataObject) -> None:
        nonlocal asked
        case = data.draw(
            data.draw(st.sampled_from(MODES).map(lambda mode: operation.as_strategy(generation_mode=mode)))
        )
        if asked >= LEAST and time.monotonic() > until:
            return
        asked += 1
        reply = case.call(base_url=url, timeout=30)
        case.validate_response(reply, checks=list(CHECKS))
        assert b"Traceback" not in reply.content

    exchange()
    assert httpx.get(f"{url}/healthz", timeout=30).status_code == 200
    return asked
