"""From a file to an edition in the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kb.ingestion.cleaning import clean
from kb.ingestion.errors import IngestionError
from kb.ingestion.outline import missing, outline
from kb.ingestion.pieces import Split, split
from kb.ingestion.reading import read
from kb.ingestion.repair import repair
from kb.ingestion.report import Report, report
from kb.ingestion.spec import spec_for
from kb.ingestion.store import Edition, Store

# An edition that holds fewer pieces than that share of the one before it is taken for a document cut in half.
WHOLE_SHARE = 0.6


@dataclass(frozen=True)
class Parsed:
    """A document in pieces, not stored yet."""

    document: str
    title: str
    label: str
    digest: str
    source: str
    split: Split
    report: Report


def parse(path: Path) -> Parsed:
    """Read, repair and split a document.

    Raises:
        IngestionError: when the file cannot be read.
    """
    source = read(path)
    raw = "\n".join(line for page in source.pages for line in page)
    spec = spec_for(source.name, raw)
    kept, dropped = clean(source, spec.noise if spec else ())
    lines = repair(kept)
    tree = outline(lines, spec, source.name)
    parts = split(tree)
    edition = spec.edition.search(raw) if spec and spec.edition else None
    return Parsed(
        document=spec.document if spec else source.name,
        title=spec.title if spec else source.name,
        label=edition[1] if edition else date.today().isoformat(),
        digest=source.digest,
        source=path.name,
        split=parts,
        report=report(tree, parts, spec, missing(lines, spec, tree), dropped),
    )


def ingest(
    path: Path,
    store: Store,
    *,
    force: bool = False,
    started: Callable[[Parsed], Callable[[int], None]] = lambda parsed: lambda count: None,
) -> tuple[Parsed, bool]:
    """Store a document; return it and whether there was anything to do.

    Args:
        path: a .txt or .pdf file.
        store: where to.
        force: store it even though parts are missing.
        started: told what is about to be written; returns what to tell of each batch of pieces.

    Raises:
        IngestionError: when the file cannot be read, or holds only a part of the document.
    """
    parsed = parse(path)
    known = next((e for e in store.editions(parsed.document) if e.digest == parsed.digest), None)
    if known:
        if not known.is_current:
            store.use(known)
        return parsed, not known.is_current
    if not force:
        _check_whole(path, parsed, store)
    edition = Edition(
        0, parsed.document, parsed.title, parsed.label, parsed.digest, parsed.source, datetime.min, is_current=True
    )
    store.add(edition, parsed.split, started(parsed))
    return parsed, True


def _check_whole(path: Path, parsed: Parsed, store: Store) -> None:
    if parsed.report.missing:
        raise IngestionError(
            f"{path.name} : document incomplet, il y manque : {'; '.join(parsed.report.missing)}. "
            "Le fichier est sans doute coupé : redemandez-le. Si ces parties ont été supprimées par l'éditeur, "
            "relancez avec --force."
        )
    current = store.current(parsed.document)
    if current is None:
        return
    before = len(store.passages(current))
    if len(parsed.split.pieces) < WHOLE_SHARE * before:
        raise IngestionError(
            f"{path.name} : {len(parsed.split.pieces)} passages contre {before} dans l'édition en place. "
            "Le fichier est sans doute coupé : redemandez-le, ou relancez avec --force si l'édition est plus courte."
        )
