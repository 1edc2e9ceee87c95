"""Search as users meet it, with and without what was learned."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.bench.questions import labelled
from bot.bench.search import measure
from bot.bench.searchers import product
from bot.channels.api import results
from bot.channels.errors import BadRequest
from bot.cli.main import app
from bot.knowledge import COMPUTED, Knowledge, load_ranker, ranker_of, short_answer
from kb.entries import entries
from kb.ranking import ELSEWHERE
from tests.conftest import Talk

TODAY = date(2026, 11, 21)
WORDS = Knowledge()


def test_the_contract_said_in_the_words_is_taken() -> None:
    findings = WORDS.search("contrat FPE : comment avoir un deuxième avis médical ?", TODAY)
    assert findings.contract == "FPE"
    assert findings.found[0].entry.id == "deuxieme_avis_fpe"
    assert findings.sure


def test_the_contract_told_goes_before_the_one_said() -> None:
    assert WORDS.search("contrat FPE : deuxième avis", TODAY, "SOLUTIONS").contract == "SOLUTIONS"


def test_no_contract_is_presumed_where_the_words_name_two() -> None:
    question = "je quitte MGEN Santé Prévoyance pour le contrat FPE, que devient ma prévoyance ?"
    assert WORDS.search(question, TODAY).contract is None


def test_a_reference_is_looked_up() -> None:
    findings = WORDS.search("article 45-4 du règlement", TODAY)
    assert findings.cited
    assert findings.sure


def test_a_reference_that_nobody_cites_is_searched_by_its_words() -> None:
    findings = WORDS.search("article 999 sur la carte de tiers payant", TODAY, "MSP")
    assert not findings.cited
    assert any("tiers payant" in found.entry.title for found in findings.found)


def test_another_insurer_is_refused() -> None:
    assert not WORDS.search("quel est le numéro de téléphone de la MACIF", TODAY).sure


def test_the_words_alone_keep_their_level_on_the_tuning_half() -> None:
    found = measure({"words": product(WORDS, TODAY)}, labelled("dev"))["words"]["all"]
    assert found["recall_1"] >= 0.78
    assert found["recall_5"] >= 0.95
    assert found["wrong_contract"] == 0
    assert found["refusals"] >= 0.85
    assert found["false_refusals"] <= 0.04


@pytest.mark.model
def test_what_was_learned_finds_more(model: Path) -> None:
    knowledge = Knowledge(load_ranker(model))
    assert knowledge.learned
    found = measure({"both": product(knowledge, TODAY), "words": product(WORDS, TODAY)}, labelled("dev")[::4])
    assert found["both"]["all"]["recall_1"] >= 0.8
    assert found["both"]["all"]["mrr"] >= found["words"]["all"]["mrr"]


@pytest.mark.model
def test_the_loaded_agent_ranks_as_the_model_does(model: Path, talk: Talk) -> None:
    question = "comment changer mon RIB ?"
    loaded, alone = (
        {name: share for name, share in topics if not name.startswith(ELSEWHERE)}
        for topics in (ranker_of(talk.agent)(question), load_ranker(model)(question))
    )
    assert loaded == alone, "only of what no entry answers the classifier has a say too"


def test_the_command_shows_entries_and_says_when_none_is_sure() -> None:
    run = CliRunner().invoke(app, ["kb", "search", "deuxième avis médical", "--contract", "FPE", "--words"])
    assert run.exit_code == 0
    assert "Deuxième avis" in run.output
    unsure = CliRunner().invoke(app, ["kb", "search", "quel temps fera-t-il demain", "--words"])
    assert "Aucune fiche" in unsure.output


def test_every_entry_shown_has_a_short_answer() -> None:
    assert short_answer(entries()["lyv_endo"], TODAY) not in ("", COMPUTED)
    assert short_answer(entries()["regle_demission"], TODAY) == COMPUTED


def test_the_api_takes_a_contract_and_says_when_it_is_not_sure() -> None:
    found = results(WORDS, "application lyv endo", "3", "FPE")
    assert found["sure"] is True
    assert found["contract"] == "FPE"
    assert found["results"][0]["id"] in ("lyv_endo", "detail_lyv_endo_prix")
    assert results(WORDS, "quel temps fera-t-il demain à Marseille", "3")["sure"] is False


def test_an_unknown_contract_is_a_bad_request() -> None:
    with pytest.raises(BadRequest, match="contract"):
        results(WORDS, "carte", "3", "AUTRE")
