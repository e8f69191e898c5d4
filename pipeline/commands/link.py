"""``dateline link``: link articles that tell one event."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.pipeline.commands import console, options
from dateline.pipeline.commands.options import errors_in_one_line


def link(
    output: options.Stored = options.OUT,
    since: Annotated[
        str | None,
        typer.Option(
            help="Link only articles of the last days (14d) or from a day on (2026-11-01), and undated ones."
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            help="Copy links, stories and days to a BigQuery dataset, for its views.",
            metavar="bigquery://PROJECT/DATASET",
        ),
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes.")] = None,
    form: options.Format = "table",
    config: options.Config = None,
) -> None:
    """Link articles that tell one event, copies, and contradictions. Only what is new is compared.

    Example: dateline link out
    """
    settings = options.load_settings(config, workers=workers)
    options.check_format(form)
    store, folder = options.existing_store(output)
    from dateline.pipeline.errors import OutputError
    from dateline.pipeline.runs import link as linking
    from dateline.pipeline.sinks.exports import export
    from dateline.pipeline.sinks.registry import kind_of, output_of

    with errors_in_one_line():
        if to is not None and kind_of(to).name != "bigquery":
            raise OutputError(f"{to}: not of the form bigquery://PROJECT/DATASET")
        if to is not None:
            output_of(to)
        done = linking.link(store, settings, linking.since_day(since) if since else None)
        if folder is not None:
            export(store, folder)
        if to is not None:
            from dateline.pipeline.sinks.bigquery.links import copy_links

            copied = copy_links(store, to, settings.retry_seconds)
            console.say(f"{copied} rows copied to {to}")
    if done.without:
        console.say(f"{done.without} articles have no profile: read them again with --force to link them")
    rows = [{"count": name, "n": getattr(done, name)} for name in ("articles", "links", "stories")]
    rows.append({"count": "seconds", "n": round(done.seconds, 1)})
    console.show(rows, ("count", "n"), form)
