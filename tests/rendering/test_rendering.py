"""French figures, the last gate, and templates."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest

from actions.answers import decided
from bot.rendering.french import euros, long_date, months, percent
from bot.rendering.grounding import NAMES, Ungrounded, check, figures
from bot.rendering.renderer import Renderer, sentences
from bot.rendering.views import phrases
from kb.entries import entries
from rules_engine.decision import Decision
from rules_engine.evaluation import decide
from rules_engine.parameters import parameters
from rules_engine.rules import remboursement

ON = date(2026, 11, 21)


def plain(text: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", text)


def test_figures_are_written_as_french_does() -> None:
    assert plain(euros(Decimal("1062.5"))) == "1 062,50 €"
    assert plain(euros(Decimal("216"))) == "216 €"
    assert plain(percent(Decimal(170))) == "170 %"
    assert long_date(date(2026, 3, 10)) == "10 mars 2026"
    assert long_date("2026-05-01") == "1er mai 2026"
    assert plain(months(24)) == "2 ans"
    assert plain(months(6)) == "6 mois"


def test_a_figure_that_nothing_supports_is_found() -> None:
    check("216 € au maximum", {"amounts": [{"value": "216", "unit": "EUR"}]})
    with pytest.raises(Ungrounded, match="217"):
        check("217 € au maximum", {"amounts": [{"value": "216", "unit": "EUR"}]})


def test_dates_durations_and_names_are_supported() -> None:
    check("à partir du 21 janvier 2027", {"dates": {"from": "2027-01-21"}})
    check("par période de 2 ans", {"value": "24", "unit": "months"})
    check("hors panier 100 % Santé, 24h/24")
    assert figures("appelez le 09 72 72 16 17") == {Decimal(972721617)}


def test_an_ungrounded_reply_is_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(dict(sentences()), "greet", "Bonjour, 42 € pour vous !")
    monkeypatch.setattr("bot.rendering.renderer.sentences", lambda: {**SENTENCES, "greet": "Bonjour, 42 € !"})
    message = Renderer(ON).message({"kind": "smalltalk", "template": "greet"})
    assert "42" not in message["text"]
    assert message["custom"]["kind"] == "handover"


def test_a_decision_without_a_sentence_is_withheld() -> None:
    decision = {"rule": "demission", "outcome": "unheard_of", "details": {"case": "unheard_of"}, "amounts": []}
    decision |= {"dates": {}, "facts": {}, "reasons": [], "conditions": [], "documents": [], "warnings": []}
    decision |= {"presumed": {}, "contacts": [], "references": []}
    message = Renderer(ON).message({"kind": "answer", "template": "rule", "decision": decision})
    assert message["custom"]["kind"] == "handover"


SENTENCES = dict(sentences())


@pytest.mark.parametrize("name", sorted(sentences()))
def test_every_sentence_renders_and_states_no_figure_of_its_own(name: str) -> None:
    literal = re.sub(r"\{\{.*?\}\}", "", sentences()[name])
    assert not re.search(r"\d", NAMES.sub("", literal)), "draw the figure from a parameter"
    answer = {"kind": "smalltalk", "template": name, "data": {"label": "x", "fact": "optam"}}
    assert Renderer(ON).text(answer)


@pytest.mark.parametrize("name", [name for name, entry in sorted(entries().items()) if entry.answer])
def test_every_entry_renders_grounded(name: str) -> None:
    entry = entries()[name]
    answer = {
        "kind": entry.kind,
        "template": "entry",
        "data": {"entry": name},
        "sources": [dict(reference) for reference in entry.references],
    }
    text = Renderer(ON).text(answer)
    assert "{{" not in text
    assert entry.placeholders() <= parameters().keys()


def test_templates_hold_no_figure() -> None:
    for template in files("bot.rendering").joinpath("templates").iterdir():
        if template.name.endswith(".j2"):
            literal = re.sub(r"\{[{%].*?[%}]\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
            literal = NAMES.sub("", literal)
            assert not re.search(r"\d", literal), template.name


def test_every_code_of_the_rule_has_its_phrase() -> None:
    source = files("rules_engine.rules").joinpath("remboursement.py").read_text(encoding="utf-8")
    codes = set(re.findall(r'Reason\(\s*"(\w+)"', source))
    assert codes <= phrases()["reasons"].keys()
    assert remboursement.NAME == "remboursement"


def test_a_date_known_roughly_is_told_by_its_bounds() -> None:
    told = long_date("2026-03-01/2026-03-31")
    assert told == "1er mars 2026 (ou plus tard, jusqu'au 31 mars 2026, selon le jour exact)"


@pytest.mark.parametrize(
    ("family", "formule", "own"), [("acupuncture", "Equilibre", True), ("osteodensitometrie", "Intégrale", False)]
)
def test_a_condition_is_told_in_the_words_of_its_benefit(family: str, formule: str, own: bool) -> None:
    decision = decide("remboursement", {"prestation": family, "formule": formule, "contrat": "MSP", "optam": False}, ON)
    assert isinstance(decision, Decision)
    said = Renderer(ON).text(decided(decision, {"family": family, "polar": True, "cues": []}).to_json())
    assert ("sage-femme" in said) is own
    assert "OPTAM" in said and said.startswith("Non")


FIXED = [name for name, text in sentences().items() if not re.search(r"{%|{{(?! param\()", text)]


@pytest.mark.parametrize("name", FIXED)
def test_a_sentence_without_data_is_never_withheld(name: str, caplog: pytest.LogCaptureFixture) -> None:
    Renderer(ON).message({"kind": "handover", "template": name})
    assert not caplog.records


def test_a_message_not_understood_asks_for_no_fact_of_the_vocabulary() -> None:
    answer = {"kind": "question", "template": "not_understood", "question": {"fact": "question", "choices": []}}
    message = Renderer(date(2026, 11, 21)).message(answer)
    assert message["custom"]["question"] == {"fact": "question", "choices": []}
    assert message["text"]


def test_a_fact_asked_for_comes_with_what_an_input_needs() -> None:
    answer = {"kind": "question", "template": "not_understood", "question": {"fact": "date_soins"}}
    asked = Renderer(date(2026, 11, 21)).message(answer)["custom"]["question"]
    assert (asked["fact"], asked["type"]) == ("date_soins", "date") and asked["label"]
