"""What an ingestion did, and what it could not place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kb.ingestion.lines import Line
from kb.ingestion.node import Node
from kb.ingestion.pieces import Split
from kb.ingestion.repair import broken_words
from kb.ingestion.spec import Spec

KINDS = {
    "instrument": "parties",
    "titre": "titres",
    "chapitre": "chapitres",
    "section": "sections",
    "article": "articles",
    "point": "points",
    "group": "groupes",
    "heading": "rubriques",
    "subheading": "intertitres",
    "table": "tableaux",
    "row": "lignes de tableau",
    "paragraph": "alinéas",
}
ARTICLE_KINDS = ("article", "subheading")


@dataclass(frozen=True)
class Report:
    """What was found in a document.

    Attributes:
        counts: pieces by kind.
        missing: parts that its outline names and the text does not hold.
        gaps: articles whose number is skipped.
        unplaced: lines that belong to no part; empty: headings without a text of their own.
        repeated: heads that pages repeat, left out; dropped: running heads, page numbers and noise left out.
        broken: what still looks like a broken word.
    """

    counts: Counter[str]
    missing: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    unplaced: tuple[Line, ...] = ()
    empty: tuple[str, ...] = ()
    repeated: tuple[Line, ...] = ()
    dropped: tuple[Line, ...] = ()
    broken: tuple[str, ...] = ()
    outline_known: bool = True

    def sentences(self) -> list[str]:
        """Return the report in French, one sentence a finding."""
        found = [", ".join(f"{self.counts[kind]} {name}" for kind, name in KINDS.items() if self.counts[kind]) + "."]
        if not self.outline_known:
            found.append("Document inconnu du projet : découpé d'après ses titres, sans plan de référence.")
        for label, items in (
            ("Parties attendues et absentes", self.missing),
            ("Numéros d'article sautés", self.gaps),
            ("Mots qui semblent encore coupés", self.broken),
            ("Titres sans texte à eux (colonnes mêlées par l'extraction)", self.empty),
        ):
            if items:
                found.append(f"{label} : {'; '.join(items)}.")
        if self.unplaced:
            first = self.unplaced[0]
            found.append(f"{len(self.unplaced)} lignes hors plan, à partir de la ligne {first.number}.")
        left_out = len(self.repeated) + len(self.dropped)
        if left_out:
            found.append(
                f"{left_out} lignes laissées de côté : en-têtes répétés ({len(self.repeated)}), titres courants, "
                f"numéros de page et restes d'extraction ({len(self.dropped)})."
            )
        return found


def report(document: Node, split: Split, spec: Spec | None, missing: Sequence[str], dropped: Sequence[Line]) -> Report:
    """Return what was found in a document and what was not."""
    nodes = list(document.walk())
    return Report(
        counts=Counter(piece.kind for piece in split.pieces),
        missing=tuple(missing),
        gaps=tuple(_gaps(nodes)),
        unplaced=tuple(line for node in nodes if node.kind == "unplaced" for line in node.lines if line.text),
        empty=tuple(node.reference for node in nodes if _is_empty(node)),
        repeated=tuple(line for node in nodes for line in node.repeated if line.text),
        dropped=tuple(dropped),
        broken=tuple(dict.fromkeys(word for line in split.text.splitlines() for word in broken_words(line))),
        outline_known=spec is not None,
    )


def _is_empty(node: Node) -> bool:
    return node.kind in ARTICLE_KINDS and not node.children and not any(line.text for line in node.lines)


def _gaps(nodes: Sequence[Node]) -> list[str]:
    """Return the numbers that the articles of an instrument skip."""
    skipped = []
    last: dict[str, int] = {}
    for node in nodes:
        instrument, _, number = node.reference.rpartition(", article ")
        if node.kind != "article" or not number.isdigit():
            continue
        before = last.get(instrument, 0)
        skipped += [f"{instrument}, article {n}" for n in range(before + 1, int(number))]
        last[instrument] = int(number)
    return skipped
