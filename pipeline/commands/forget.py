"""``dateline forget``: take an article down."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dateline.pipeline.commands import console, options
from dateline.pipeline.commands.options import ERROR, errors_in_one_line


def forget(
    words: options.Named,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            help="A folder, sqlite:///FILE, postgresql://USER@HOST/DATABASE, or bigquery://PROJECT/DATASET.",
        ),
    ] = None,
    every: Annotated[
        bool,
        typer.Option("--all", help="Take down every matching article, if there are several."),
    ] = False,
) -> None:
    """Take an article down: its text, dates and events are removed, and a database never takes it again.

    A dataset of BigQuery takes an address or an id alone, and has no such memory: reject the page by corrections too.

    Example: dateline forget out 10_no_date_at_all.txt
    """
    output, name = options.output_and_name(words, output)
    console.configure_logging()
    from dateline.pipeline.sinks.registry import output_of

    with errors_in_one_line():
        opened = output_of(output)
        ids = _from_database(name, output, every) if opened.keeps_store else opened.forget(name)
    if not ids:
        console.fail(f"{name}: no article of this id or address")
        raise typer.Exit(ERROR)
    for article_id in ids:
        print(article_id)


def _from_database(name: str, output: str, every: bool) -> list[str]:
    store, folder = options.existing_store(output)
    from dateline.pipeline.sinks.exports import export
    from dateline.pipeline.store import names

    ids: list[str] = store.forget(name)
    if not ids:
        found = names.ids_of(store, name)
        if not found or len(found) > names.MATCHES or (len(found) > 1 and not every):
            console.fail(names.advice(store, name))
            raise typer.Exit(ERROR)
        _confirm(names.lines_of(store, found), sure=bool(names.named(store, name)))
        for one in found:
            ids += store.forget(one)
    if folder is not None:
        export(store, folder)
    return ids


def _confirm(lines: list[str], sure: bool) -> None:
    """List what will be removed. If the user gave only a part of a title or file name, ask first, because it
    cannot be undone."""
    for line in lines:
        console.say(f"to take down: {line}")
    if not sure and sys.stdin.isatty():
        typer.confirm("Take it down for good?", abort=True, err=True)
