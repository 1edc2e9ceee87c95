"""`assistant kb ingest`, `verify`, `diff` and `show`: the official documents and what rests on them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from kb.ingestion.errors import IngestionError

# The libraries behind a command are loaded when it runs: `assistant --help` must stay quick.

console = Console(stderr=True)
MOST_SHOWN = 400


def register(app: typer.Typer) -> None:
    """Add the commands on documents."""
    app.command("ingest")(ingest)
    app.command("verify")(verify)
    app.command("diff")(diff)
    app.command("show")(show)


def ingest(
    paths: list[Path] = typer.Argument(help="Documents (.txt, .pdf), or folders of them."),
    force: bool = typer.Option(False, "--force", help="Store a document even though parts of it are missing."),
) -> None:
    """Read official documents into the knowledge base; an edition is stored whole or not at all."""
    from kb.ingestion.pipeline import Parsed
    from kb.ingestion.pipeline import ingest as ingest_document
    from kb.ingestion.store import Store

    store = Store()
    failed = 0
    with _progress() as progress:
        for path in _files(paths):
            task = progress.add_task(f"{path.name} : lecture et découpage", total=None)

            def started(parsed: Parsed, task: Any = task, name: str = path.name) -> Callable[[int], None]:
                progress.update(task, total=len(parsed.split.pieces), description=f"{name} : écriture")
                return lambda count: progress.advance(task, count)

            try:
                parsed, written = ingest_document(path, store, force=force, started=started)
            except IngestionError as error:
                failed += 1
                progress.update(task, description=f"[red]{path.name} : refusé", total=1)
                console.print(f"[red]Refusé[/red] {error}", soft_wrap=True)
                continue
            progress.update(task, description=f"{path.name} : {'enregistré' if written else 'déjà en place'}")
            progress.update(task, total=1, completed=1)
            _tell(parsed, written)
    store.close()
    if failed:
        console.print(f"{failed} document(s) refusé(s) ; rien n'en a été enregistré.")
        raise typer.Exit(1)


def verify(
    sources: Path | None = typer.Option(None, help="Folder of the documents; without it, what is ingested is used."),
) -> None:
    """Hold every citation and every figure against the documents, and tell what they say that nothing covers."""
    from bot.documents.claims import claims
    from kb.verification.check import check
    from kb.verification.coverage import coverage, exceptions

    with _library(sources) as library, _progress() as progress:
        if not library.editions:
            console.print("Aucun document : lancez « assistant kb ingest … », ou donnez leur dossier avec --sources.")
            raise typer.Exit(1)
        said = claims()
        task = progress.add_task("Vérification", total=len(said))
        left_out = exceptions()
        outcome = check(said, library, left_out.counted, lambda: progress.advance(task))
        covered = coverage(said, library, left_out)
    _show_coverage(covered.tallies)
    out = Console(soft_wrap=True, highlight=False)
    for label, doubts in (("À regarder", (*outcome.doubts, *covered.doubts)),):
        for doubt in doubts:
            out.print(f"{label} : {doubt.where} {doubt.what}", markup=False)
    problems = (*outcome.problems, *covered.problems)
    for problem in problems[:MOST_SHOWN]:
        out.print(f"Erreur : {problem.where} {problem.what}", markup=False)
    out.print(
        f"{outcome.citations} références et {outcome.figures} chiffres vérifiés : {len(problems)} erreur(s), "
        f"{len(outcome.doubts) + len(covered.doubts)} point(s) à regarder."
    )
    if problems:
        raise typer.Exit(1)


def diff(
    old: str = typer.Argument(
        help="A file, or an ingested document: ID for its current edition, ID@LABEL for another."
    ),
    new: str = typer.Argument(help="The same, for the edition to compare with."),
) -> None:
    """Show which passages a new edition changes, and which entries, parameters and rules rest on them."""
    from bot.documents.claims import claims
    from kb.ingestion.changes import changes
    from kb.verification.impact import resting

    document, before = _parts(old)
    _, after = _parts(new)
    found = changes(before, after)
    affected = resting(found, document, before, claims())
    out = Console(soft_wrap=True, highlight=False)
    for change in found:
        moved = f" → {change.moved_to}" if change.moved_to else ""
        out.print(f"{change.what:<9} {change.reference}{moved}", markup=False)
        for claim in affected[change.reference]:
            out.print(f"          {claim.owner} ({claim.place})", markup=False)
    touched = {claim.owner for resting_on in affected.values() for claim in resting_on}
    out.print(f"{len(found)} passage(s) changé(s) ; {len(touched)} fiche(s), paramètre(s) et règle(s) à revoir.")


def show(reference: str, document: str = typer.Option("", help="Id of the document; every one without it.")) -> None:
    """Print the passage that a reference means."""
    from kb.ingestion.store import Store

    store = Store()
    found = 0
    for edition in store.editions(document):
        if edition.is_current:
            for passage in store.resolve_in(edition, reference):
                found += 1
                console.print(f"[bold]{passage.reference}[/bold] ({edition.document}, {edition.label})")
                console.print(" › ".join(passage.trail), style="dim")
                Console().print(passage.whole, markup=False)
    if not found:
        console.print(f"« {reference} » : aucun passage de ce nom dans les documents ingérés.")
        raise typer.Exit(1)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.suffix.lower() in (".txt", ".pdf"))
        else:
            yield path


def _tell(parsed: Any, written: bool) -> None:
    if not written:
        console.print(f"{parsed.source} : cette édition est déjà en place, rien à faire.")
        return
    console.print(f"[bold]{parsed.source}[/bold] → {parsed.document}, édition {parsed.label}")
    for sentence in parsed.report.sentences():
        console.print(f"  {sentence}", highlight=False, soft_wrap=True, markup=False)


@contextmanager
def _library(sources: Path | None) -> Iterator[Any]:
    """Yield the passages of a folder of documents, or of the store."""
    from kb.ingestion.library import Library
    from kb.ingestion.pipeline import ingest as ingest_document
    from kb.ingestion.store import Store

    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/documents.db") if sources else Store()
        try:
            for path in _files([sources]) if sources else ():
                ingest_document(path, store)
            library = Library(store)
        except IngestionError as error:
            console.print(f"[red]Refusé[/red] {error}", soft_wrap=True)
            raise typer.Exit(1) from None
        finally:
            store.close()
        yield library


def _parts(name: str) -> tuple[str, Sequence[Any]]:
    """Return (document, pieces) of a file or of a stored edition."""
    from kb.ingestion.pipeline import parse
    from kb.ingestion.store import Store

    if Path(name).suffix.lower() in (".txt", ".pdf"):
        try:
            parsed = parse(Path(name))
        except IngestionError as error:
            console.print(str(error), soft_wrap=True)
            raise typer.Exit(1) from None
        return parsed.document, parsed.split.pieces
    document, _, label = name.partition("@")
    store = Store()
    wanted = [e for e in store.editions(document) if (e.label == label or e.digest.startswith(label or "-"))]
    edition = store.current(document) if not label else next(iter(wanted), None)
    if edition is None:
        known = ", ".join(f"{e.document}@{e.label}" for e in store.editions()) or "aucune"
        console.print(f"« {name} » n'est ni un fichier ni une édition ingérée. Éditions ingérées : {known}.")
        raise typer.Exit(1)
    return edition.document, store.passages(edition)


def _show_coverage(tallies: Sequence[Any]) -> None:
    from kb.verification.coverage import table

    shown = Table("document", "", "en tout", "couverts", "laissés de côté", "sans fiche ni règle", "part")
    for document, kind, total, cited, left_out, uncovered, share in table(tallies):
        shown.add_row(document, kind, str(total), str(cited), str(left_out), str(uncovered), f"{share:.0%}")
    Console(width=None if console.is_terminal else 140).print(shown)


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console
    )
