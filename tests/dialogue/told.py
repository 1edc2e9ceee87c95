"""The stories beside these tests: what the member says, and what each reply must be (`metadata.replies`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import Messages

FOLDER = Path(__file__).parent / "stories"
# What a reply may be held to (`faults`).
KEYS = {"kind", "topic", "topics", "fact", "choices", "outcome", "says", "never", "sources"}
NO_BREAK = re.compile("[\u00a0\u202f]")


@dataclass(frozen=True)
class Story:
    """One conversation.

    Attributes:
        name: what happens in it; kind: its class, which is the name of its file.
        style, area, contract: how the member writes, what of, and under which contract.
        turns: the member's messages; intents: what each wants; replies: what the assistant must answer to each.
    """

    name: str
    kind: str
    style: str
    area: str
    contract: str
    turns: tuple[str, ...]
    intents: tuple[str, ...]
    replies: tuple[Mapping[str, Any], ...]


def told() -> Iterator[Story]:
    """Yield every story of every file."""
    for path in sorted(FOLDER.glob("test_*.yml")):
        for story in yaml.safe_load(path.read_text(encoding="utf-8"))["stories"]:
            about = story["metadata"]
            said_by_member = [step for step in story["steps"] if "user" in step]
            yield Story(
                name=story["story"],
                kind=path.stem.removeprefix("test_"),
                style=about["style"],
                area=about["area"],
                contract=about["contract"],
                turns=tuple(step["user"].strip() for step in said_by_member),
                intents=tuple(step["intent"] for step in said_by_member),
                replies=tuple(about["replies"]),
            )


def cases(known_defects: Mapping[str, str]) -> list[Any]:
    """Return the stories as test parameters, those with a known defect expected to fail until it is mended.

    Args:
        known_defects: story → what is wrong.
    """
    every = list(told())
    unknown = known_defects.keys() - {story.name for story in every}
    assert not unknown, f"no story is called {unknown}"
    return [
        pytest.param(
            story,
            id=f"{story.kind}: {story.name}",
            marks=[pytest.mark.xfail(reason=known_defects[story.name], strict=True)]
            if story.name in known_defects
            else [],
        )
        for story in every
    ]


def said(messages: Messages) -> str:
    """Return the words of a turn, its spaces plain."""
    return NO_BREAK.sub(" ", "\n".join(message["text"] for message in messages))


def shown(turn: str, messages: Messages, found: Sequence[str]) -> str:
    """Return a turn as a failing test shows it: what the member says, what the assistant does, what is wrong."""
    lines = [f"> {turn}"]
    for message in messages:
        custom = message["custom"]
        fact = (custom.get("question") or {}).get("fact", "")
        lines.append(f"< {message['text']}\n  [{custom['kind']} {custom.get('topic', '')} {fact}]")
    return "\n".join([*lines, *(f"  !! {fault}" for fault in found)])


def faults(reply: Mapping[str, Any], messages: Messages) -> list[str]:
    """Return what is wrong with the assistant's messages of one turn.

    Args:
        reply: kind, topic, fact, outcome: regular expressions on these fields of the last message; topics: on the topic
            of each message, in order; says: what the text must hold; never: what it must not; sources: each found in
            one "document reference" of the turn; choices: each found in one title of the question's choices.
        messages: the assistant's messages.
    """
    last = messages[-1]["custom"]
    question = last.get("question") or {}
    fields = {
        "kind": last["kind"],
        "topic": last.get("topic", ""),
        "fact": question.get("fact", ""),
        "outcome": (last.get("decision") or {}).get("outcome", ""),
    }
    found = [f"{name}: {told!r}" for name, told in fields.items() if name in reply and not matches(reply[name], told)]
    topics = [message["custom"].get("topic", "") for message in messages]
    wanted = reply.get("topics", topics)
    if len(wanted) != len(topics) or not all(map(matches, wanted, topics)):
        found.append(f"topics: {topics}")
    text = said(messages)
    found += [f"not said: {pattern}" for pattern in reply.get("says", ()) if not re.search(pattern, text)]
    found += [f"said: {pattern}" for pattern in reply.get("never", ()) if re.search(pattern, text)]
    sources = [source for message in messages for source in message["custom"].get("sources", ())]
    cited = [f"{source['document']} {source['reference']}" for source in sources]
    titles = [choice["title"] for choice in question.get("choices", ())]
    for name, told in (("sources", cited), ("choices", titles)):
        missing = [pattern for pattern in reply.get(name, ()) if not any(re.search(pattern, each) for each in told)]
        found += [f"{name}: {pattern} not in {told}" for pattern in missing]
    return found


def matches(pattern: str, told: str) -> bool:
    """Whether a whole field is as a regular expression says."""
    return re.fullmatch(pattern, told) is not None
