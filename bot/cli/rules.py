"""`assistant rules`: look into the rules engine."""

from __future__ import annotations

import csv
import sys
from datetime import date
from enum import Enum

import typer
from rich.console import Console
from rich.table import Table

from bot.documents.by_article import Article, by_article
from bot.rendering.exports import EXPORTS
from rules_engine.registry import rules

app = typer.Typer(help="List the rules; export every value that they hold.", no_args_is_help=True)


class What(str, Enum):
    """What can be exported."""

    BENEFITS = "benefits"
    CONTRIBUTIONS = "contributions"


class Format(str, Enum):
    """How."""

    CSV = "csv"


class ListFormat(str, Enum):
    """How the list of articles is written."""

    TABLE = "table"
    CSV = "csv"


ARTICLE_COLUMNS = ("document", "instrument", "article", "rules", "entries", "left_out")


@app.command("list")
def list_rules(
    articles: bool = typer.Option(False, "--by-article", help="Article by article, with what is left out and why."),
    format_: ListFormat = typer.Option(ListFormat.TABLE, "--format", help="Output format of the list by article."),
) -> None:
    """List every rule with its articles and facts, or every article with its rules."""
    if articles:
        _list_articles(format_)
        return
    table = Table("rule", "question", "articles", "facts")
    table.columns[0].overflow = "fold"  # a name cut short could not be typed
    for rule in rules().values():
        references = "\n".join(reference.reference for reference in rule.references)
        table.add_row(rule.name, rule.title, references, ", ".join(rule.facts))
    Console().print(table)


def _list_articles(format_: ListFormat) -> None:
    rows = [_article_row(article) for article in by_article()]
    if format_ is ListFormat.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows([ARTICLE_COLUMNS, *rows])
        return
    table = Table("document", "article", "rules", "entries, or why it is left out")
    for column in table.columns:
        column.overflow = "fold"
    for document, instrument, part, ruled, told, reason in rows:
        table.add_row(document, f"{instrument}, {part}" if part else instrument, ruled, told or reason)
    Console().print(table)


def _article_row(article: Article) -> tuple[str, ...]:
    named = ", ".join(article.rules), ", ".join(article.entries)
    return (article.document, article.instrument, article.part, *named, article.left_out)


@app.command("export")
def export(
    what: What = typer.Argument(help="What to export."),
    format_: Format = typer.Option(Format.CSV, "--format", help="Output format."),
) -> None:
    """Print every value in force, one row a value."""
    columns, rows = EXPORTS[what.value](date.today())
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
