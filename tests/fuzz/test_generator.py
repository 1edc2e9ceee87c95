"""Generated conversations: the same for a seed, of every sort, and never what the door refuses."""

from __future__ import annotations

from itertools import islice

import pytest

from bot.channels.requests import MAX_CHARACTERS, message_of
from bot.fuzz.generator import conversations
from bot.fuzz.material import hostile, wordings
from bot.fuzz.run import wrong_with


def messages(seed: int, number: int = 400) -> list[str]:
    return [text for turns in islice(conversations(seed), number) for text in turns]


def test_a_seed_makes_the_same_conversations() -> None:
    assert messages(7) == messages(7) != messages(8)


def test_the_messages_are_of_every_sort() -> None:
    made = messages(3)
    assert set(made) & set(wordings()) and set(made) & set(hostile())
    assert any(ord(sign) > 0xFFFF for text in made for sign in text)
    assert len(set(made)) > len(made) * 0.6


def test_the_door_lets_each_of_them_in() -> None:
    made = messages(5, 1500)
    assert max(map(len, made)) > MAX_CHARACTERS / 2
    for text in made[:300]:
        assert message_of({"sender": "a", "message": text}).text


@pytest.mark.parametrize(
    ("replies", "wrong"),
    [
        ([], "no reply"),
        ([{"text": " "}], "a reply without words"),
        ([{"text": "Désolé", "custom": {"code": "failed"}}], "the reply of a turn that failed"),
        ([{"text": "Oui", "custom": {"kind": "answer"}}], ""),
    ],
)
def test_what_is_wrong_with_replies(replies: list[dict[str, object]], wrong: str) -> None:
    assert wrong_with(replies) == wrong
