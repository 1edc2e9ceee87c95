"""`assistant kb lint`: check entries, parameters, facts and sentences as files, for who edits them."""

from __future__ import annotations

import typer
from rich.console import Console

from bot.lint import lint_all
from kb.problems import ERROR, Problem


def lint(
    strict: bool = typer.Option(False, "--strict", help="Fail on warnings too."),
) -> None:
    """Check the data files and say, in French, what is wrong, where, and what to do."""
    console = Console(highlight=False, soft_wrap=True)
    with Console(stderr=True).status("Lecture des fichiers…"):
        problems = lint_all()
    for problem in problems:
        console.print(told(problem), markup=False)
    errors = sum(problem.level == ERROR for problem in problems)
    warnings = len(problems) - errors
    console.print(summary(errors, warnings))
    if errors or (strict and warnings):
        raise typer.Exit(1)


def told(problem: Problem) -> str:
    """Return a problem as one line: file, line, what is wrong, what to do."""
    end = "" if problem.todo.endswith("?") else "."
    return f"{problem.file}, ligne {problem.line} ({problem.level}) : {problem.what}. → {problem.todo}{end}"


def summary(errors: int, warnings: int) -> str:
    """Return the last line of the report."""
    if not errors and not warnings:
        return "Aucun problème."
    counts = ((errors, "erreur"), (warnings, "avertissement"))
    return ", ".join(f"{count} {word}{'s' if count > 1 else ''}" for count, word in counts if count) + "."
