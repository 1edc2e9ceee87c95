"""The rules over HTTP as a simulator uses them."""

from __future__ import annotations

import httpx
import pytest

pytestmark = pytest.mark.model
CROWN = {"prestation": "couronne", "formule": "Référence"}


def test_titles_come_without_facts(server_url: str) -> None:
    rules = httpx.get(f"{server_url}/api/rules", params={"view": "titles"}).json()["rules"]
    assert {"name", "title", "references"} == rules[0].keys()


def test_one_rule_comes_with_the_choices_of_its_facts(server_url: str) -> None:
    rule = httpx.get(f"{server_url}/api/rules/remboursement").json()
    facts = {fact["id"]: fact for fact in rule["facts"]}
    assert {"value": "couronne", "label": "couronne définitive"} in facts["prestation"]["choices"]
    assert [choice["value"] for choice in facts["optam"]["choices"]] == [True, False]


def test_a_rule_that_does_not_exist_is_told(server_url: str) -> None:
    reply = httpx.get(f"{server_url}/api/rules/nothing")
    assert reply.status_code == 404
    assert reply.json()["error"]["code"] == "unknown_rule"


def test_a_decision_comes_in_words(server_url: str) -> None:
    facts = {**CROWN, "couronne_position": "molaire"}
    reply = httpx.post(f"{server_url}/api/rules/remboursement", json={"facts": facts}).json()
    assert reply["outcome"] == "granted"
    assert reply["spoken"].startswith("216") and reply["why"] and reply["sources"]


def test_a_missing_fact_comes_with_its_question(server_url: str) -> None:
    reply = httpx.post(f"{server_url}/api/rules/remboursement", json={"facts": CROWN}).json()
    assert reply["question"]["fact"] == reply["missing"][0] == "couronne_position"
    assert len(reply["question"]["choices"]) == 2


def test_entries_come_whole_and_as_they_are_said(server_url: str) -> None:
    results = httpx.get(f"{server_url}/api/kb", params={"q": "conditions ostéopathie"}).json()["results"]
    found = next(entry for entry in results if entry["spoken"])
    assert found["answer"] and found["references"]
    assert "{{" not in found["answer"] + found["spoken"]


def test_the_desk_has_its_page(server_url: str) -> None:
    page = httpx.get(f"{server_url}/conseiller")
    assert page.status_code == 200
    assert "/static/desk/main.js" in page.text
    script = httpx.get(f"{server_url}/static/desk/main.js")
    assert "javascript" in script.headers["content-type"]
