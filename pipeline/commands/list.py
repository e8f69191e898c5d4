"""``dateline list``: list the articles or the dead letters of an output."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.pipeline.commands import console, options
from dateline.pipeline.commands.options import USAGE, errors_in_one_line


def list_(
    output: options.Stored = options.OUT,
    dead: Annotated[
        bool, typer.Option("--dead", help="List what could not be read, with the reasons.")
    ] = False,
    undated: Annotated[
        bool, typer.Option("--undated", help="Only articles whose page does not say when it was published.")
    ] = False,
    form: options.Format = "table",
) -> None:
    """List the articles of an output, newest first, or its dead letters.

    Example: dateline list out --undated
    """
    options.check_format(form)
    if dead and undated:
        console.fail("--dead and --undated cannot be combined")
        raise typer.Exit(USAGE)
    store, _ = options.existing_store(output)
    from dateline.pipeline.store import lists

    with errors_in_one_line():
        rows = lists.dead_letters(store) if dead else lists.articles(store, undated)
        if form != "table":
            console.show(rows, lists.LETTER_COLUMNS if dead else lists.ARTICLE_COLUMNS, form)
            return
        shown = (lists.on_screen(row) for row in rows)
        console.show(shown, lists.LETTERS_ON_SCREEN if dead else lists.ARTICLES_ON_SCREEN, form)
