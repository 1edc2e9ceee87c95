"""Every entry, every case of every rule, every fixed sentence and every question, as a caller hears it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from bot.rendering.renderer import Renderer, fill, sentences
from bot.rendering.speech.menu import spoken_choices
from bot.rendering.speech.script import MOST_SENTENCES, Script, script
from bot.rendering.speech.sentences import MOST_WORDS, word_count
from bot.rendering.speech.sentences import sentences as spoken_sentences
from bot.rendering.speech.written import body
from kb.entries import entries
from rules_engine.decision import Decision
from rules_engine.facts import vocabulary
from tests.figures_told import figures_told
from tests.rendering.test_rule_examples import cases

TODAY = date(2026, 11, 21)
NEVER_SAID = re.compile(r"[\d@*_#|()\[\]{}<>€%«»…/\\]|\bwww\b|https?|\b\w+\.(?:fr|com|org)\b")
# An emergency is told whole.
MOST_IN_DANGER = 6
Answer = Mapping[str, Any]


def told(answer: Answer) -> tuple[str, Script]:
    message = Renderer(TODAY).message(answer)
    assert message["custom"]["kind"] == answer["kind"], message["text"]
    return message["text"], script(answer, message, TODAY)


def hold(heard: Script, most: int = MOST_SENTENCES) -> None:
    assert heard.now and len(heard.now) <= most
    for sentence in (*heard.now, *heard.later):
        assert not NEVER_SAID.search(sentence), sentence
        assert 1 <= word_count(sentence) <= MOST_WORDS, sentence
        assert sentence[-1] in ".?!" and sentence[0] == sentence[0].upper(), sentence


def same_figures(text: str, heard: Script, short: str = "") -> None:
    said = figures_told(" ".join((*heard.now, *heard.later)))
    in_text = figures_told(body(text))
    assert in_text <= said <= in_text | figures_told(short), (text, heard)


@pytest.mark.parametrize("entry_id", [entry.id for entry in entries().values() if entry.answer])
def test_entries(entry_id: str) -> None:
    entry = entries()[entry_id]
    references = [dict(reference) for reference in entry.references]
    data = {"entry": entry.id, "contract_known": False}
    answer = {"kind": "answer", "template": "entry", "topic": entry.id, "data": data, "sources": references}
    text, heard = told(answer)
    hold(heard)
    same_figures(text, heard, fill(entry.short, TODAY))


@pytest.mark.parametrize("decision", cases())
def test_rules(decision: Decision) -> None:
    references = [reference.to_json() for reference in decision.references]
    answer = {"kind": "answer", "template": "rule", "decision": decision.to_json(), "data": {}, "sources": references}
    text, heard = told(answer)
    hold(heard)
    same_figures(text, heard)


@pytest.mark.parametrize("template", sorted(sentences()))
def test_fixed_sentences(template: str) -> None:
    kind = "emergency" if template.startswith("emergency") or template == "caution" else "smalltalk"
    text, heard = told({"kind": kind, "template": template})
    hold(heard, MOST_IN_DANGER)
    same_figures(text, heard)
    assert kind != "emergency" or not heard.later


def questions() -> Iterator[Any]:
    for fact in vocabulary().values():
        if not fact.question:
            continue  # inferred from another one, never asked
        yield pytest.param(fact.id, [], id=fact.id)
        if fact.choices:
            yield pytest.param(fact.id, [choice.label for choice in fact.choices], id=f"{fact.id}-choices")


@pytest.mark.parametrize(("fact_id", "titles"), questions())
def test_questions(fact_id: str, titles: list[str]) -> None:
    asked = {"fact": fact_id, "choices": [{"title": title, "value": title} for title in titles]}
    data = {"fact": fact_id, "text": vocabulary()[fact_id].question}
    _, heard = told({"kind": "question", "template": "question", "data": data, "question": asked})
    hold(heard, MOST_SENTENCES + 1)
    assert heard.question == fact_id and not heard.later
    assert heard.now[: len(heard.now) - len(spoken_choices(asked))], "the question itself is asked"


def test_short_answers_are_at_most_two_sentences() -> None:
    for entry in entries().values():
        lines = spoken_sentences(fill(entry.short, TODAY))
        assert all(word_count(line) <= MOST_WORDS and not NEVER_SAID.search(line) for line in lines), lines
