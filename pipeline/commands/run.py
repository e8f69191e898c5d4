"""``dateline run``: read pages into dated events."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.pipeline.commands import console, options
from dateline.pipeline.commands.options import REJECTS, errors_in_one_line
from dateline.pipeline.sources import registry

if TYPE_CHECKING:
    from dateline.pipeline.runs.summary import Summary


def run(
    inputs: Annotated[
        list[str], typer.Argument(help=options.INPUTS_HELP, metavar="PAGES", show_default=False)
    ],
    output: options.Outputs = [options.OUT],  # noqa: B006 - typer copies it
    fields: Annotated[
        str | None,
        typer.Option(
            "--map", help="How JSON records name our fields, as OURS=THEIRS: url=link,content=body."
        ),
    ] = None,
    published: options.Published = None,
    url: options.Url = None,
    zone: options.Zone = None,
    language: options.Language = None,
    metadata: Annotated[
        str | None,
        typer.Option(
            "--metadata",
            "--told",  # The name before 0.2.
            help="Metadata of each file as CSV: a column file, and any of url, source, published, modified, "
            "zone, language.",
        ),
    ] = None,
    corrections: Annotated[
        str | None, typer.Option(help="A corrections.toml: corrections of pages by hand.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=0, help="Read only the first N records.")] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Read inputs again that the output already has.")
    ] = False,
    max_reject: Annotated[
        float | None,
        typer.Option(
            min=0, help="Exit with 3 if more inputs than this are rejected: a count, or a share below 1."
        ),
    ] = None,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Store hashes of articles instead of their text.")
    ] = False,
    dead_letter_store: Annotated[str | None, typer.Option(help="Folder for payloads over 6 MB.")] = None,
    archive: options.Archive = None,
    no_link: Annotated[
        bool, typer.Option("--no-link", help="Do not link the articles into stories.")
    ] = False,
    link_every: Annotated[
        str | None, typer.Option(help="How often a stream links its articles: 10m, 1h.")
    ] = None,
    metrics_port: options.MetricsPort = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes.")] = None,
    engine: Annotated[
        str | None,
        typer.Option(
            help="The engine that executes the graph: local, flink, spark or dataflow (see deploy/engines/README.md)."
        ),
    ] = None,
    engine_options: Annotated[
        list[str] | None,
        typer.Option(
            "--engine-option",
            metavar="K=V",
            help="An option of Beam for the engine, such as job_endpoint=HOST:8099. May be given several times.",
        ),
    ] = None,
    form: options.Format = "table",
    config: options.Config = None,
) -> None:
    """Read pages into dated events.

    Example: dateline run seeds/pages --output out
    """
    settings = options.load_settings(
        config,
        fields=fields,
        published=published,
        url=url,
        zone=zone,
        language=language,
        metadata=metadata,
        corrections=corrections,
        limit=limit,
        force=force or None,
        max_reject=max_reject,
        store_text=False if no_text else None,
        dead_letter_store=dead_letter_store,
        archive=archive,
        link=False if no_link else None,
        link_every=options.duration(link_every),
        metrics_port=metrics_port,
        workers=workers,
        engine=engine,
        engine_options=engine_options or None,
    )
    options.check_format(form)
    with errors_in_one_line():
        if settings.engine == "dataflow":
            from dateline.pipeline.runs import dataflow

            console.say(f"Dataflow job {dataflow.launch(dataflow.job_of(inputs, output, settings))}")
            return
        if registry.source_of(inputs).endless:
            from dateline.pipeline.runs import stream

            stream.run(inputs[0], output, settings)
            return
        from dateline.pipeline.runs import bounded

        with console.RunProgress() as progress:
            summary = bounded.run(inputs, output, settings, progress)
    print_summary(summary, form)
    if summary.too_many_rejects(settings.max_reject):
        console.fail(
            f"{summary.rejected} of {summary.counts['read']} inputs were rejected, over --max-reject"
        )
        raise typer.Exit(REJECTS)


def print_summary(summary: Summary, form: str) -> None:
    """Print the counts of a run, the outcome of every file, and the address of the report."""
    from dateline.pipeline.runs.summary import meaning

    rows = [{"count": name, "n": n, "what it is": meaning(name)} for name, n in summary.counts.items()]
    rows.append({"count": "seconds", "n": round(summary.seconds, 1), "what it is": "from start to end"})
    console.show(rows, ("count", "n", "what it is") if form == "table" else ("count", "n"), form)
    console.say(f"run {summary.run_id}")
    for path in summary.files:
        console.say(f"{path.name} → {path}")
    console.say(summary.sentence)
    for name in summary.unmatched:
        console.say(
            f"The correction {name} matches no page: its patterns must match a whole path, address or file name"
        )
    if summary.rejected and summary.folder is not None:
        console.say(f"Why inputs were rejected: dateline list {shlex.quote(str(summary.folder))} --dead")
    console.say_open(summary.files)
