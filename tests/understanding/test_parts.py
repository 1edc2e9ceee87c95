"""The questions that one message asks."""

from __future__ import annotations

import pytest

from bot.understanding.parts import questions


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Combien sont-ils au conseil, et ils sont élus pour combien d'années ?", 2),
        ("Quelle autorité contrôle MGEN et à quelle adresse ?", 2),
        ("Puis-je être prévenue d'un remboursement, et où régler cela ?", 2),
        ("Je suis en Référence. Combien pour une couronne ?", 0),
        ("mon fils et ma fille sont couverts ?", 0),
        ("Ma sœur, qui vit chez moi, a 40 ans. A-t-elle droit à une aide ?", 0),
        ("", 0),
    ],
)
def test_questions(text: str, count: int) -> None:
    assert len(questions(text)) == count
