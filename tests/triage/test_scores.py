"""How often the triage is right on mails that it was never trained on, and on authors that it never read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from bot.knowledge import ranker_of
from bot.triage.decision import decide
from bot.triage.message import plain_words
from bot.triage.model import Features
from bot.triage.signs import signs
from bot.triage.training import Labelled, accepts, features_of, fitted, labelled
from tests.conftest import Talk
from tests.triage.conftest import Triage
from tests.triage.mails import mails

pytestmark = pytest.mark.model
DAY = date(2026, 3, 20)
Sorted = list[tuple[dict[str, Any], dict[str, Any]]]


@pytest.fixture(scope="module")
def unread(triage: Triage) -> Sorted:
    """The mails that nothing was trained on, each with its triage."""
    return [(mail, triage(mail["subject"], mail["body"])) for mail in mails("held")]


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right)


def test_unread_mails_are_sorted(unread: Sorted) -> None:
    accepted = [found["categorie"] in (mail["categorie"], *mail["acceptable"]) for mail, found in unread]
    assert _share(accepted) >= 0.93
    assert _share([found["priorite"] == mail["priorite"] for mail, found in unread]) >= 0.90
    assert _share([found["online_service"] == mail["online_service"] for mail, found in unread]) >= 0.90


def test_what_is_urgent_is_seldom_missed(unread: Sorted) -> None:
    urgent = [found["priorite"] for mail, found in unread if mail["priorite"] == "haute"]
    assert _share([priority == "haute" for priority in urgent]) >= 0.90


def test_no_personal_data_comes_back(unread: Sorted) -> None:
    for mail, found in unread:
        reply = json.dumps(found, ensure_ascii=False).casefold()
        assert [secret for secret in mail["pii"] if secret.casefold() in reply] == [], mail["id"]


def test_confidence_tells_how_often_it_is_right(unread: Sorted) -> None:
    sure = [found["confidence"] for _, found in unread]
    right = [found["categorie"] in (mail["categorie"], *mail["acceptable"]) for mail, found in unread]
    assert all(0 <= share <= 1 for share in sure)
    assert abs(_share(right) - sum(sure) / len(sure)) < 0.08
    missed = [share for share, good in zip(sure, right, strict=True) if not good]
    assert not missed or sum(missed) / len(missed) < sum(sure) / len(sure)


def test_every_triage_keeps_to_the_contract(unread: Sorted) -> None:
    for mail, found in unread:
        assert found["draft"].startswith("Bonjour") and found["objet"] and found["why"], mail["id"]
        assert found["sources"] and all(source["document"] and source["reference"] for source in found["sources"])
        assert bool(found.get("service")) == found["online_service"]
        assert not {"{{", "}}", "None", "[NOM]"} & set(found["draft"].split()), mail["id"]


@pytest.fixture(scope="module")
def read_mails(talk: Talk) -> dict[str, Features]:
    rank = ranker_of(talk.agent)
    return {mail.id: features_of(mail, rank, DAY) for mail in labelled()}


@pytest.mark.parametrize("author", sorted({mail.author for mail in labelled()}))
def test_the_mails_of_an_author_never_read_are_sorted(read_mails: dict[str, Features], author: str) -> None:
    others = [mail for mail in labelled() if mail.author != author]
    own = [mail for mail in labelled() if mail.author == author]
    model = fitted([read_mails[mail.id] for mail in others], others, DAY)

    def decided(mail: Labelled) -> tuple[bool, bool, bool]:
        words = plain_words(mail.subject, mail.body)
        found = decide(words, model.sort(read_mails[mail.id]), signs(words, DAY), None, DAY)
        return accepts(mail, found.kind.category), found.priority == mail.priority, found.online == mail.online

    categories, priorities, online = zip(*map(decided, own), strict=True)
    assert _share(categories) >= 0.90
    assert _share(priorities) >= 0.90
    assert _share(online) >= 0.93
