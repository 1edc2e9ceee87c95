"""Approved drafts go back as internal notes, and only so."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from bot.connectors.delivery import Delivery
from bot.settings import HelpDesk
from bot.storage.database import Database
from bot.storage.queue import Queue
from tests.storage.made import arrival

DESK = HelpDesk("s", "https://help.example.org/", "a token")
DESKS = {"zammad": DESK, "chatwoot": DESK}


class Help:
    """A help desk that takes notes, or fails as told."""

    def __init__(self, *statuses: int) -> None:
        self.requests: list[httpx.Request] = []
        self._statuses = list(statuses)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        status = self._statuses.pop(0) if self._statuses else 201
        if status == 0:
            raise httpx.ConnectError("no route")
        return httpx.Response(status)


@pytest.fixture
def queue(tmp_path: Path) -> Queue:
    return Queue(Database(f"sqlite:///{tmp_path}/a.db"))


def approved(queue: Queue, origin: str, reference: str) -> int:
    number, _ = queue.add(arrival(origin + reference, origin=origin, reference=reference))
    queue.change(number, 1, {"status": "approved", "draft": "Bonjour,\nvoici."})
    return number


def delivery(queue: Queue, help_desk: Callable[[httpx.Request], httpx.Response]) -> Delivery:
    return Delivery(queue, DESKS, httpx.MockTransport(help_desk), pauses=(0, 0))


async def test_a_note_of_zammad_is_internal(queue: Queue) -> None:
    number, told = approved(queue, "zammad", "412"), Help()
    await delivery(queue, told).deliver(number)
    (request,) = told.requests
    assert (request.method, str(request.url)) == ("POST", "https://help.example.org/api/v1/ticket_articles")
    assert request.headers["authorization"] == "Token token=a token"
    content = json.loads(request.content)
    assert (content["ticket_id"], content["internal"], content["type"]) == (412, True, "note")
    assert content["body"] == "Bonjour,\nvoici."
    assert queue.get(number).history[-1].code == "delivered"


async def test_a_note_of_chatwoot_is_private(queue: Queue) -> None:
    number, told = approved(queue, "chatwoot", "3/129"), Help()
    await delivery(queue, told).deliver(number)
    (request,) = told.requests
    assert request.url.path == "/api/v1/accounts/3/conversations/129/messages"
    assert request.headers["api_access_token"] == "a token"
    content = json.loads(request.content)
    assert content["private"] is True
    assert content["content"].endswith("Bonjour,\nvoici.")


async def test_nothing_goes_out_before_a_colleague_approves(queue: Queue) -> None:
    number, _ = queue.add(arrival("z", origin="zammad", reference="1"))
    queue.change(number, 1, {"draft": "Bonjour"})
    queue.change(number, 2, {"status": "discarded"})
    told = Help()
    await delivery(queue, told).resume()
    assert told.requests == []


async def test_what_fails_is_tried_again_and_left_once(queue: Queue) -> None:
    number, told = approved(queue, "zammad", "1"), Help(0, 503)
    await delivery(queue, told).deliver(number)
    await delivery(queue, told).resume()
    assert len(told.requests) == 3
    assert [event.code for event in queue.get(number).history].count("delivered") == 1


async def test_an_outage_is_told_and_made_good_at_the_next_start(
    queue: Queue, caplog: pytest.LogCaptureFixture
) -> None:
    number = approved(queue, "zammad", "1")
    with caplog.at_level(logging.ERROR):
        await delivery(queue, Help(401, 401, 401)).deliver(number)
    assert queue.get(number).history[-1].code == "undelivered"
    assert queue.get(number).status == "approved"
    assert "401" in caplog.text and "Bonjour" not in caplog.text and "a token" not in caplog.text
    told = Help()
    await delivery(queue, told).resume()
    assert len(told.requests) == 1
    assert queue.get(number).history[-1].code == "delivered"


async def test_without_an_address_nothing_goes_out(queue: Queue) -> None:
    number, told = approved(queue, "zammad", "1"), Help()
    await Delivery(queue, {"zammad": HelpDesk("s")}, httpx.MockTransport(told)).deliver(number)
    assert told.requests == []
