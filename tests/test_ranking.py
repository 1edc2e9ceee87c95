"""Ranking entries: what was learned and the words together, the contract, and what another contract answers."""

from __future__ import annotations

from datetime import date

from kb.entries import entries
from kb.ranking import REIMBURSEMENT, rank, without_reimbursement

TODAY = date(2026, 11, 21)
QUESTION = "numero assistance"


def ids(*topics: tuple[str, float], contract: str | None = None, question: str = "zzz") -> list[str]:
    return [each.entry.rule or each.entry.id for each in rank(question, topics, contract, TODAY).entries]


def test_the_learned_order_decides_where_the_words_say_nothing() -> None:
    assert ids(("reclamation_fpe", 0.2), ("changer_rib_mgen", 0.7)) == ["changer_rib_mgen", "reclamation_fpe"]


def test_entries_of_one_rule_share_their_likelihood() -> None:
    ranked = rank(
        "zzz", (("demission_annuelle", 0.3), ("regle_demission", 0.3), ("changer_rib_mgen", 0.4)), None, TODAY
    )
    assert ranked.best and ranked.best.entry.rule == "demission"
    assert round(ranked.best.share, 2) == 0.6


def test_another_contracts_share_is_not_given_to_what_is_left() -> None:
    topics = (("changer_rib_mgen", 0.9), ("changer_rib_solutions", 0.05))
    best = rank("zzz", topics, "SOLUTIONS", TODAY).best
    assert best and best.entry.id == "changer_rib_solutions"
    assert best.share < 0.1


def test_other_subjects_keep_their_share() -> None:
    ranking = rank("zzz", (("@out_of_scope", 0.8), ("changer_rib_mgen", 0.2)), None, TODAY)
    assert ranking.share_of("out_of_scope") > 0.5
    assert ranking.best and ranking.best.share < 0.5


def test_without_a_benefit_nothing_is_reimbursed() -> None:
    topics = ((REIMBURSEMENT, 0.8), ("changer_rib_mgen", 0.2))
    assert without_reimbursement(topics) == [("changer_rib_mgen", 0.2)]


def test_words_alone_find_an_entry() -> None:
    assert "assistance_numero" in ids(question=QUESTION)


def test_no_entry_before_its_validity() -> None:
    first = min(entry.valid_from for entry in entries().values())
    assert rank(QUESTION, (("changer_rib_mgen", 1.0),), None, date(first.year - 1, 1, 1)).entries == ()
