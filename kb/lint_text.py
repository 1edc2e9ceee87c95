"""Checking references and sentences of data files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kb.entries import PLACEHOLDER
from kb.located import Node
from kb.problems import Place, Problem, check_names, nearest

NUMBER = r"\d+(?:-(?:\d+|[IVX]+|[a-z]))*"
STATUTES = (
    r"(?:Statuts MGEN(?: Action sanitaire et sociale| Centres de santé)?"
    r"|Règlement mutualiste MGEN (?:Santé Prévoyance|Action sanitaire et sociale|Centres de santé)"
    r"|Notice (?:MGEN Assistance|MGEN SAD Assurance|Packs de services ÔJI|Assistance internationale ÔJI \(IMA\)))"
)
WITHIN = (
    rf"(?:article {NUMBER}|titre [IVX]+(?:, chapitre {NUMBER})?|chapitre {NUMBER}(?: \([^)]+\))?"
    r"|tableau des garanties|préambule|accompagnement psycho-social)"
)
# How each document is cited, and an example for who cites it wrongly.
FORMS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "statuts-reglements-mgen": (
        re.compile(rf"(?:{STATUTES}, {WITHIN}|Annexe [123](?: – \S.*)?)$"),
        "Règlement mutualiste MGEN Santé Prévoyance, article 45-4",
    ),
    "guide-fpe": (re.compile(r"Guide pratique adhérent – \S.*$"), "Guide pratique adhérent – Mon contrat"),
    "guide-mgen-solutions": (re.compile(r"Guide pratique adhérent – \S.*$"), "Guide pratique adhérent – Votre contrat"),
    "espace-personnel-mgen": (re.compile(r"Mode d'emploi mgen\.fr – \S.*$"), "Mode d'emploi mgen.fr – Contacter MGEN"),
    "espace-adherent-solutions": (
        re.compile(r"Mon espace personnel adhérent – \S.*$"),
        "Mon espace personnel adhérent – Création de mon espace personnel",
    ),
}
# Figures that are names: opening hours around the clock, baskets, groups of dependency, numbers of articles.
NAMES = re.compile(
    r"24\s?h?/24|7\s?j?/7|100\s?% Santé|GIR \d"
    r"|(?:[Aa]rticles?|[Aa]nnexes?|[Cc]hapitres?) \d[\d-]*(?:(?:,| et| à) \d[\d-]*(?!\s?[\dhj/]))*"
)
FIGURE = re.compile(r"\d[\d\s\u00a0\u202f.,]*(?:€|%|[a-zéû]+)?")
SENTENCE_END = re.compile(r"(?<=[.!?…])[\s»]+(?=\S)")
SPOKEN_SENTENCES, SPOKEN_LENGTH = 2, 300
MARKUP = re.compile(r"https?://|\*\*|\]\(|^\s*[-*•] ", re.MULTILINE)


def check_reference(place: Place, node: Node, what: str) -> Iterator[Problem]:
    """Yield what is wrong in a {document, reference} object."""
    yield from check_names(place, node, ("document", "reference"), ("document", "reference"), f"{what}, référence")
    found = node.mapping()
    if {"document", "reference"} <= found.keys():
        yield from check_citation(place, found["reference"], found["document"].value, found["reference"].value, what)


def check_citation(place: Place, node: Node, document: object, reference: object, what: str) -> Iterator[Problem]:
    """Yield what is wrong in the document and the reference cited."""
    form = FORMS.get(str(document))
    if form is None:
        todo = f"choisissez parmi {', '.join(FORMS)}{nearest(str(document), FORMS)}"
        yield place.problem(node, f"{what} : document inconnu « {document} »", todo)
    elif not form[0].match(str(reference)):
        yield place.problem(node, f"{what} : référence mal écrite « {reference} »", f"par exemple « {form[1]} »")


def check_sentences(place: Place, node: Node, what: str, spoken: bool) -> Iterator[Problem]:
    """Yield figures typed in a text, and what cannot be spoken."""
    text = node.text().strip()
    typed = [each.group().strip() for each in FIGURE.finditer(NAMES.sub(" ", PLACEHOLDER.sub(" ", text)))]
    if typed:
        todo = "créez un paramètre et écrivez {{ son_nom }} à la place du chiffre"
        yield place.problem(node, f"{what} : chiffre écrit dans la phrase : {', '.join(typed)}", todo)
    if not spoken:
        return
    sentences = len(SENTENCE_END.split(text)) if text else 0
    if sentences > SPOKEN_SENTENCES:
        todo = f"gardez au plus {SPOKEN_SENTENCES} phrases : elle est lue au téléphone"
        yield place.problem(node, f"{what} : la réponse parlée (« short ») a {sentences} phrases", todo)
    if len(text) > SPOKEN_LENGTH:
        todo = f"gardez au plus {SPOKEN_LENGTH} caractères"
        yield place.problem(node, f"{what} : la réponse parlée (« short ») est trop longue ({len(text)})", todo)
    if MARKUP.search(text):
        todo = "ni lien, ni gras, ni liste : elle est lue au téléphone"
        yield place.problem(node, f"{what} : la réponse parlée (« short ») a une mise en forme", todo)
