"""How often the triage is right on mails that it was never trained on, and on authors that it never read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from bot.triage.brain import Brain
from bot.triage.decision import decide
from bot.triage.loading import hearing
from bot.triage.message import plain_words
from bot.triage.model import Features
from bot.triage.signs import signs
from bot.triage.training import Labelled, accepts, features_of, fitted, labelled
from tests.conftest import Talk
from tests.triage.conftest import Triage
from tests.triage.mails import mails

pytestmark = pytest.mark.model
DAY = date(2026, 3, 20)
# Of two authors; the second wrote to mislead: subject lines that name something else, urgency told in other words.
HELD = ("held", "held_sixth")
# Category, priority, online service: of authors who wrote as people do, and of those who wrote to mislead.
PLAIN, MISLEADING = (0.90, 0.87, 0.93), (0.80, 0.70, 0.80)
Sorted = list[tuple[dict[str, Any], dict[str, Any]]]


@pytest.fixture(scope="module")
def unread(triage: Triage) -> Sorted:
    """The mails that nothing was trained on, each with its triage."""
    return [(mail, triage(mail["subject"], mail["body"])) for name in HELD for mail in mails(name)]


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right)


def test_unread_mails_are_sorted(unread: Sorted) -> None:
    accepted = [found["categorie"] in (mail["categorie"], *mail["acceptable"]) for mail, found in unread]
    priorities = [found["priorite"] == mail["priorite"] for mail, found in unread]
    online = [found["online_service"] == mail["online_service"] for mail, found in unread]
    plain = sum(mail["id"].startswith("N") for mail, _ in unread)
    assert _share(accepted[:plain]) >= 0.95 and _share(accepted[plain:]) >= 0.84
    assert _share(priorities[:plain]) >= 0.90 and _share(priorities[plain:]) >= 0.78
    assert _share(online[:plain]) >= 0.93 and _share(online[plain:]) >= 0.85


def test_what_is_urgent_is_seldom_missed(unread: Sorted) -> None:
    urgent = [(mail["id"][0], found["priorite"] == "haute") for mail, found in unread if mail["priorite"] == "haute"]
    assert _share([heard for author, heard in urgent if author == "N"]) >= 0.90
    assert _share([heard for author, heard in urgent if author != "N"]) >= 0.70


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
    found = features_of(labelled(), hearing(Brain(talk.agent)), DAY)
    return {mail.id: features for mail, features in zip(labelled(), found, strict=True)}


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
    category, priority, service = MISLEADING if author in ("fourth", "fifth", "sixth") else PLAIN
    assert _share(categories) >= category
    assert _share(priorities) >= priority  # by the taxonomy's signs alone: what is learned of urgency is left out here
    assert _share(online) >= service
