"""Splitting along the outline: articles, points, notices, tables, guides."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.ingestion import guide, legal, notice, tables
from kb.ingestion.lines import Line
from kb.ingestion.names import key, keys
from kb.ingestion.node import Node
from kb.ingestion.numbering import follows, parse, written
from kb.ingestion.pieces import Split, paragraphs, split
from kb.ingestion.pipeline import parse as parse_document
from kb.ingestion.spec import GuideSpec, Section


def as_lines(text: str) -> list[Line]:
    return [Line(line.strip(), number, line.startswith("\f")) for number, line in enumerate(text.split("\n"), 1)]


def pieces(node: Node) -> dict[str, str]:
    return {piece.reference: piece.text for piece in split(node).pieces}


def test_a_legal_text_in_pieces(statutes: Path) -> None:
    parsed = parse_document(statutes)
    found = {piece.reference.removeprefix("statuts-velo, "): piece for piece in parsed.split.pieces}
    assert found["article 2"].heading == "Membres bénéficiaires et amis"
    assert found["article 2-1"].text.endswith("Chaque bénéficiaire verse 12,50 € par mois, pendant deux ans au plus.")
    assert found["article 2-2"].text.endswith("Les amis sont :\n- les voisins,\n- les passants.")
    assert found["article 3"].trail[-2:] == ("VIE DE L'ASSOCIATION", "Le prêt")
    assert "L'article 1 - Objet le permet." in found["titre I, chapitre 2"].text
    assert found["article 5"].trail[-1] == "FIN"
    assert parsed.report.gaps == ("statuts-velo, article 4",)
    assert parsed.report.broken == ()


def check_tree(parts: Split) -> None:
    """Offsets nest, references are unique, and every piece's words stand where its offsets say."""
    by_position = {piece.position: piece for piece in parts.pieces}
    assert len({piece.reference for piece in parts.pieces}) == len(parts.pieces)
    for piece in parts.pieces:
        inside = parts.text[piece.start : piece.end]
        assert piece.text.split("\n")[0] in inside
        if piece.parent is not None:
            around = by_position[piece.parent]
            assert around.start <= piece.start <= piece.end <= around.end


def test_offsets_nest(statutes: Path) -> None:
    check_tree(parse_document(statutes).split)


WORDS = st.lists(st.sampled_from("un deux vélo Article 1 2 - 3-1 : ; TITRE I prêt I. A – Chapitre".split()), max_size=6)


@given(st.lists(WORDS, max_size=40))
def test_no_word_is_lost_whatever_the_text(rows: list[list[str]]) -> None:
    lines = [Line(" ".join(words), number) for number, words in enumerate(rows, 1)]
    node = Node("instrument", "Texte")
    legal.outline(node, lines)
    parts = split(node)
    check_tree(parts)
    assert sorted(parts.text.split()) == sorted(word for words in rows for word in words)


def test_points_under_points_letters_and_romans() -> None:
    article = Node("article", "Règles, article 47")
    article.lines = as_lines(
        """I - Les membres
1 - Actifs
Oui.
2 - Retraités
2-1 - Jeunes retraités
47-2-2 - Autres
3 fois par an, on compte.
II - Les autres
1 - Amis
A - Proches
B - Lointains
42 - un nombre qui n'est pas un point"""
    )
    legal.points(article)
    numbers = [node.reference.rsplit(" ", 1)[1] for node in article.walk()]
    expected = "47 47-I 47-I-1 47-I-2 47-I-2-1 47-I-2-2 47-II 47-II-1 47-II-1-A 47-II-1-B"
    assert numbers == expected.split()
    assert "42 - un nombre" in list(article.walk())[-1].lines[-1].text


@pytest.mark.parametrize(
    ("last", "number", "may"),
    [("", "1", True), ("1", "2", True), ("1", "1-1", True), ("2-3", "3", True), ("2-3", "2-4", True),
     ("2-3-1", "3", True), ("1", "3", False), ("2", "1", False), ("1", "1", False)],
)  # fmt: skip
def test_what_number_may_follow(last: str, number: str, may: bool) -> None:
    assert follows(parse(number), parse(last) if last else ()) is may


@given(st.lists(st.integers(1, 60), min_size=1, max_size=4).map(tuple))
def test_a_number_is_written_and_read_back(number: tuple[int, ...]) -> None:
    assert parse(written(number)) == number


def test_a_notice() -> None:
    node = Node("instrument", "Notice Vélo")
    text = """NOTICE
Prestations Illimitées
Cadre
Domaine d'application
1 - Objet
On aide.
2 - Cas
A - Crevaison
On répare en 2 heures.
1 - pas une section
Cadre
juridique
3 - Assureur du
service
Nous."""
    notice.outline(node, as_lines(text), ["Domaine d’application", "Cadre juridique"], "tableau des garanties")
    found = pieces(node)
    assert found["Notice Vélo, article 3"] == "3 - Assureur du service\nNous."
    assert "On répare" in found["Notice Vélo, article 2-A"]
    assert "Notice Vélo, cadre juridique" in found
    assert any(reference.startswith("Notice Vélo, tableau des garanties – ") for reference in found)


def test_rows_of_tables_whose_columns_are_lost() -> None:
    node = Node("instrument", "Annexe 9")
    text = """SOINS
Nature des frais

Montants en euros

Pneu avant 10 € 20 €
Pneu arrière 12 € 22 €

Chaîne
(par an)

30 €

40 €
SOINS
Nature des frais

Selle Néant 5 €
FREINS
Patins 3 €
SOINS"""
    tables.outline(node, as_lines(text), {"^SOINS$": "Soins", "^FREINS$": "Freins"})
    found = pieces(node)
    assert found["Annexe 9 – Soins – Pneu arrière"] == "Pneu arrière 12 € 22 €"
    assert found["Annexe 9 – Soins – Chaîne (par an)"] == "Chaîne (par an) 30 € 40 €"
    assert found["Annexe 9 – Soins – Selle"] == "Selle Néant 5 €"
    assert found["Annexe 9 – Freins – Patins"].startswith("Patins 3 €")
    assert len([line for line in node.children[0].repeated if line.text]) == 2


GUIDE = GuideSpec(
    prefix="Guide",
    cover="Couverture",
    sections=(Section("Mon vélo", "Mon vélo"), Section("Mes droits", "Mes droits")),
    illustrations=(re.compile("^The screenshot "),),
)


def test_a_guide_by_headings() -> None:
    document = Node("document", "Guide")
    text = """Bienvenue !
Mon vélo | 3
Mes droits | 4

Mon vélo

Un vélo se gonfle.

→ Le freiner
en ville

Doucement.

Bon à savoir

Les freins s'usent.

The screenshot shows 20 € for Benoit.

- A bell

Mes
droits

Rouler."""
    guide.outline(document, as_lines(text), GUIDE)
    found = pieces(document)
    assert found["Guide – Mon vélo – Le freiner en ville"] == "→ Le freiner en ville\nDoucement."
    assert found["Guide – Mon vélo – Le freiner en ville – Bon à savoir"].endswith("Les freins s'usent.")
    assert found["Guide – Mon vélo – illustration"].endswith("- A bell")
    assert found["Guide – Mes droits"] == "Mes droits\nRouler."
    assert "Bienvenue !" in found["Guide – Couverture, alinéa 1"]


def test_a_heading_names_its_whole_page_where_columns_are_mixed() -> None:
    document = Node("document", "Guide")
    by_page = GuideSpec(**{**GUIDE.__dict__, "by_page": True})
    lines = [
        Line("Couverture.", 1),
        Line("Gonfler avant.", 2, opens_page=True),
        Line("Mon vélo", 3),
        Line("", 4),
        Line("Rouler après.", 5),
        Line("D'abord le droit.", 6, opens_page=True),
        Line("Mes droits", 7),
    ]
    guide.outline(document, lines, by_page)
    assert [
        [line.text for node in section.walk() for line in node.lines if line.text] for section in document.children
    ] == [
        ["Couverture."],
        ["Gonfler avant.", "Rouler après."],
        ["D'abord le droit."],
    ]


def test_paragraphs_keep_lists_with_what_announces_them() -> None:
    lines = as_lines("On prête :\n- un vélo,\n- une selle\nde course.\nOn rend\ntout.\n\nFin.")
    assert [text for _, text in paragraphs(lines)] == [
        "On prête :\n- un vélo,\n- une selle de course.",
        "On rend tout.",
        "Fin.",
    ]


def test_one_reference_is_one_key_however_it_is_written() -> None:
    assert key("Annexe 1 – Dentaire") == key("annexe 1  -  dentaire")
    assert key("Statuts X, titre IV, chapitre 3") == key("Statuts X, Titre 4, chapitre 3")
    assert key("Guide – Vos services d’assistance") == key("Guide – Vos services d'assistance")
    assert keys("Règles, chapitre 9 (action sociale)")[1] == key("Règles, chapitre 9")
    assert key("Règles, article 4-1") != key("Règles, article 41")
