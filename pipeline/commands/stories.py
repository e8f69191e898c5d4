"""``dateline stories``: list the stories of an output."""

from __future__ import annotations

from dateline.pipeline.commands import console, options
from dateline.pipeline.commands.options import errors_in_one_line


def stories(
    output: options.Stored = options.OUT,
    form: options.Format = "table",
) -> None:
    """List the stories of an output: their pages, distinct texts and independent sources.

    Example: dateline stories out --format csv
    """
    options.check_format(form)
    store, _ = options.existing_store(output)
    from dateline.pipeline.store.stories import COLUMNS, ON_SCREEN, stories_of

    with errors_in_one_line():
        on_screen = form == "table"
        console.show(stories_of(store, short=on_screen), ON_SCREEN if on_screen else COLUMNS, form)
