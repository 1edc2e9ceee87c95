"""What a line does by itself: repeat, slower, go on, keys, silence."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from bot.rendering.speech.script import Script
from bot.voice.commands import command
from bot.voice.keypad import keyed
from bot.voice.line import Ask, Heard, Line, Say, hear, phrase, told, unheard

SAID = ("Cent euros par an.", "C'est écrit dans l'annexe un.")
LATER = tuple(f"Phrase {word}." for word in ("un", "deux", "trois", "quatre", "cinq"))
LINE = Line(said=SAID)
OFFERED = Line(said=SAID, later=LATER, offered=True)
ASKED = Line(said=("Quelle formule ?",), question="formule", choices=("MGEN Initiale", "MGEN Équilibre"))


def says(line: Line, text: str = "", keys: str = "") -> Say:
    step = hear(line, Heard(text, keys))
    assert isinstance(step, Say), step
    return step


COMMANDS = {
    "repeat": ["répétez", "pardon ?", "Comment ?", "hein", "Vous pouvez répéter svp ?", "je n'ai pas entendu"],
    "slower": ["plus lentement", "parlez plus lentement s'il vous plaît", "vous parlez trop vite", "moins vite"],
    "faster": ["plus vite", "parlez un peu plus vite", "accélérez"],
    "more": ["la suite", "continuez", "oui continuez"],
    "spell": ["épelez", "pouvez-vous l'épeler", "épelez l'adresse"],
    "yes": ["oui", "d'accord", "je veux bien"],
    "no": ["non merci", "non", "c'est bon"],
    "": [
        "comment changer mon RIB ?",
        "pardon, le 3 mars",
        "non, MGEN Équilibre",
        "oui mais pour mon conjoint",
        "combien plus vite puis-je adhérer ?",
        "",
    ],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in COMMANDS.items() for text in texts])
def test_commands_are_whole_utterances(name: str, text: str) -> None:
    assert command(text) == name


def test_a_question_goes_to_the_assistant() -> None:
    assert hear(LINE, Heard("combien pour une couronne ?")) == Ask("combien pour une couronne ?")
    assert hear(ASKED, Heard("oui")) == Ask("oui")
    assert hear(LINE, Heard("non merci")) == Ask("non merci")


def test_what_was_said_is_said_again() -> None:
    assert says(LINE, "répétez").sentences == SAID
    assert says(LINE, keys="*").sentences == SAID
    assert says(LINE, "pardon ?").repeats
    assert says(Line(), "répétez").sentences == phrase("nothing_said")


def test_the_speed_is_kept_for_the_call() -> None:
    slow = says(LINE, "plus lentement")
    assert slow.line.speed == -1 and slow.sentences[1:] == SAID
    assert says(slow.line, "plus lentement").line.speed == -1
    assert says(slow.line, "répétez").line.speed == -1
    assert says(slow.line, "plus vite").line.speed == 0
    _, after = told(slow.line, [Script(("Oui.",))])
    assert after.speed == -1
    assert hear(LINE, Heard("répétez", speed=1)) == Say(SAID, replace(LINE, speed=1), repeats=True)


@pytest.mark.parametrize("reply", [{"text": "oui"}, {"text": "la suite"}, {"keys": "1"}])
def test_the_rest_is_told_by_four_sentences(reply: dict[str, str]) -> None:
    first = says(OFFERED, **reply)
    assert first.sentences == (*LATER[:4], *phrase("more"))
    assert first.line.offered
    assert says(first.line, "oui").sentences == LATER[4:]
    assert says(says(first.line, "oui").line, "répétez").sentences == LATER[4:]


@pytest.mark.parametrize("reply", [{"text": "non merci"}, {"keys": "2"}])
def test_the_rest_may_be_refused(reply: dict[str, str]) -> None:
    step = says(OFFERED, **reply)
    assert step.sentences == phrase("no_more") and not step.line.offered and not step.line.later


def test_another_question_leaves_the_rest() -> None:
    assert hear(OFFERED, Heard("et en Intégrale ?")) == Ask("et en Intégrale ?")


def test_keys_pick_choices() -> None:
    assert hear(ASKED, Heard(keys="2")) == Ask("MGEN Équilibre")
    assert hear(ASKED, Heard(keys="2#")) == Ask("MGEN Équilibre")
    wrong = says(ASKED, keys="7")
    assert wrong.sentences == (*phrase("unknown_key"), *ASKED.said)


@pytest.mark.parametrize(
    ("keys", "question", "text"),
    [
        ("16031985#", "date_adhesion", "16/03/1985"),
        ("031985#", "date_adhesion", "en mars 1985"),
        ("131985#", "date_adhesion", ""),
        ("31022026#", "date_adhesion", ""),
        ("1985", "date_adhesion", ""),
        ("42#", "age", "42"),
        ("285071234567890", "age", ""),
        ("1200*50#", "prix", "1200,50 €"),
        ("80", "prix", "80 €"),
        ("1", "handicap", "oui"),
        ("2", "handicap", "non"),
        ("3", "handicap", ""),
        ("5", "", ""),
        ("5", "prestation", ""),
    ],
)
def test_keys_reply_to_a_question(keys: str, question: str, text: str) -> None:
    assert keyed(keys, question, ()) == text


def test_zero_is_an_adviser_whatever_is_asked() -> None:
    for line in (LINE, OFFERED, ASKED, Line()):
        assert says(line, keys="0").adviser


def test_a_silence_is_asked_again_then_goes_to_an_adviser() -> None:
    first = says(ASKED, " ")
    assert first.sentences == (*phrase("unheard"), *ASKED.said) and not first.adviser
    assert says(first.line).adviser
    heard_again = says(first.line, "répétez")
    assert not says(heard_again.line, "").adviser


def test_words_of_which_the_platform_is_unsure_are_asked_again() -> None:
    unsure = hear(ASKED, Heard("je veux mou rire", confidence=0.1))
    assert unsure == Ask("je veux mou rire", unsure=True)
    assert unheard(ASKED, "misheard").sentences[: len(phrase("misheard"))] == phrase("misheard")
    assert hear(ASKED, Heard("Équilibre", confidence=0.9)) == Ask("Équilibre")


def test_addresses_are_spelt_when_asked_for() -> None:
    assert says(Line(addresses=("a@b.fr",)), "épelez").sentences == ("A, arobase, B, point, F, R.",)
    assert says(LINE, "épelez").sentences == phrase("nothing_to_spell")


def test_only_the_end_of_a_turn_offers_the_rest() -> None:
    spoken, line = told(LINE, [Script(("Attention.",), ("Plus.",)), Script(("Oui.",), ("Encore.",))])
    assert spoken == [("Attention.",), ("Oui.", *phrase("more"))]
    assert line.later == ("Plus.", "Encore.") and line.offered


def test_an_open_question_comes_before_the_rest() -> None:
    asked = Script(("Quelle formule ?",), question="formule", choices=("MGEN Initiale",))
    spoken, line = told(LINE, [Script(("Oui.",), ("Encore.",)), asked])
    assert spoken[-1] == ("Quelle formule ?",) and not line.offered
    assert says(line, "la suite").sentences == ("Encore.",)
    assert hear(line, Heard(keys="1")) == Ask("MGEN Initiale")


def test_the_state_is_plain_data() -> None:
    assert Line.from_json(asdict(OFFERED)) == OFFERED
    assert Line.from_json({**asdict(OFFERED), "later": list(LATER)}) == OFFERED
    assert Line.from_json(None) == Line()
