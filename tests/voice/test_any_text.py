"""Whatever is written, what is said has no digit, no sign and no long sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.french import euros, long_date, percent
from bot.rendering.speech.sentences import MOST_WORDS, sentences, word_count
from bot.rendering.speech.ssml import ssml
from tests.figures_told import figures_told
from tests.voice.test_every_answer import NEVER_SAID

PIECES = st.sampled_from(
    "MGEN ÔJI (PTIA) 45-4 1/2 09 72 72 16 17 3676 18-29 ans 24h/24 n°3 1er 2e 80 € 170 % × & ; : – « » ( ) | * a@b.fr "
    "www.exemple.fr https://exemple.fr/1?a=2 et/ou 2026-03-10 10/03/2026 1,5 0,05 000 7j/7 XII titre IV né(e) m² "
    "½ ³".split()
)
WRITTEN = st.lists(PIECES | st.text(max_size=12) | st.from_regex(r"[\d ,.-]{1,9}", fullmatch=True), max_size=40)
AMOUNTS = st.decimals(min_value=0, max_value=9_999_999, places=2, allow_nan=False)


@given(WRITTEN)
def test_nothing_that_a_voice_cannot_say_is_left(pieces: list[str]) -> None:
    for line in sentences(" ".join(pieces)):
        assert not NEVER_SAID.search(line), line
        assert word_count(line) <= MOST_WORDS
        assert not any(sign.isdigit() for sign in line), line


@given(AMOUNTS)
def test_amounts_are_heard_as_written(value: Decimal) -> None:
    assert figures_told(sentences(f"Cela fait {euros(value)}.")[0]) == figures_told(f"Cela fait {euros(value)}.")
    assert figures_told(f"Cela fait {euros(value)}.") == {("€", format(value.normalize(), "f"))}


@given(st.decimals(min_value=0, max_value=999, places=2))
def test_percentages_are_heard_as_written(value: Decimal) -> None:
    assert figures_told(sentences(percent(value))[0]) == {("%", format(value.normalize(), "f"))}


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_dates_are_heard_as_written(day: date) -> None:
    written = long_date(day)
    assert figures_told(sentences(f"Le {written}.")[0]) == figures_told(written) != set()


@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")), max_size=5))
def test_ssml_is_xml_whatever_is_said(lines: list[str]) -> None:
    for speed in (-1, 0, 1):
        document = ElementTree.fromstring(ssml(lines, speed))
        assert document.tag == "{http://www.w3.org/2001/10/synthesis}speak"
        assert "".join(document.itertext()).replace(" ", "") == "".join(lines).replace(" ", "")
