"""The command ``dateline``. Standard output is data, standard error is messages.

Exit codes: 0 done, 1 error, 2 usage, 3 done with too many rejects.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.commands import streams as cli_streams
from pipeline.commands.options import (
    DONE,
    ERROR,
    REJECTS,
    USAGE,
    Archive,
    Config,
    Format,
    Output,
    Outputs,
    check_format,
    existing_store,
    guard,
    settle,
    told_fields,
)

app = typer.Typer(
    name="dateline",
    help="News pages in, dated and attributed events out. Every date shows the words, the anchor and the rule that made it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from transforms.version import VERSION

        print(VERSION)
        raise typer.Exit(DONE)


@app.callback()
def _start(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", is_eager=True, callback=_print_version),
    ] = False,
) -> None:
    """What stands before any command."""


@app.command()
def run(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, globs on any Beam file system, - , addresses of pages, or pubsub://PROJECT/SUBSCRIPTION.",
            show_default=False,
        ),
    ],
    output: Outputs,
    fields: Annotated[
        str | None, typer.Option("--map", help="Other people's JSON: url=link,content=body.")
    ] = None,
    published: Annotated[str | None, typer.Option(help="Told of all inputs: the day of publication.")] = None,
    url: Annotated[str | None, typer.Option(help="Told of all inputs: the address.")] = None,
    zone: Annotated[
        str | None, typer.Option(help="Told of all inputs: the time zone, such as Europe/Kyiv.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Told of all inputs: the language, such as de.")
    ] = None,
    told: Annotated[
        str | None,
        typer.Option(
            help="CSV with a column file and any of url, source, published, modified, zone, language."
        ),
    ] = None,
    corrections: Annotated[
        str | None, typer.Option(help="A corrections.toml: what people know better than the page.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=0, help="Read only the first N records.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Read again what the output already holds.")] = False,
    max_reject: Annotated[
        float | None, typer.Option(min=0, help="End with 3 above so many rejects (below 1: a share).")
    ] = None,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Keep hashes of articles instead of their text.")
    ] = False,
    dead_letter_store: Annotated[str | None, typer.Option(help="Folder for payloads over 6 MB.")] = None,
    archive: Archive = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes.")] = None,
    form: Format = "table",
    config: Config = None,
) -> None:
    """Read pages into dated events.

    Example: dateline run seeds/pages --output out
    """
    settings = settle(
        config,
        fields=told_fields(fields),
        published=published,
        url=url,
        zone=zone,
        language=language,
        told=told,
        corrections=corrections,
        limit=limit,
        force=force or None,
        max_reject=max_reject,
        store_text=False if no_text else None,
        dead_letter_store=dead_letter_store,
        archive=archive,
        workers=workers,
    )
    check_format(form)
    from pipeline.commands import console
    from pipeline.runs.bounded import NotConserved
    from pipeline.runs.bounded import run as run_
    from pipeline.sources.kinds import PAGES, SUBSCRIPTION, kind_of

    kind = guard(lambda: kind_of(inputs))
    if kind == SUBSCRIPTION:
        from pipeline.runs.streams import run_subscription

        guard(lambda: run_subscription(inputs[0], output, settings), NotConserved)
        return

    def work() -> Any:
        if kind == PAGES:
            from pipeline.runs.streams import run_pages

            return run_pages(inputs, output, settings)
        with console.RunProgress() as progress:
            return run_(inputs, output, settings, progress)

    summary = guard(work, NotConserved)
    _print_summary(summary, form)
    if summary.too_many_rejects(settings.max_reject):
        console.fail(
            f"{summary.rejected} of {summary.counts['read']} inputs were rejected, over --max-reject"
        )
        raise typer.Exit(REJECTS)


@app.command()
def schema(
    name: Annotated[
        str, typer.Argument(help="news.event.v1, news.date.v1, news.dead_letter.v1 or news.raw_article.v1.")
    ] = "news.event.v1",
    write: Annotated[Path | None, typer.Option(help="Write every schema to this folder instead.")] = None,
) -> None:
    """Print the JSON Schema of a record."""
    from pipeline.commands import schema as schemas

    if write is not None:
        for path in schemas.write_all(write):
            print(path)
        return
    if name not in schemas.SCHEMAS:
        raise typer.BadParameter(f"{name}: one of {', '.join(schemas.SCHEMAS)}")
    print(schemas.text_of(name), end="")


@app.command()
def forget(
    name: Annotated[str, typer.Argument(help="An address or an article id.", metavar="URL|ARTICLE_ID")],
    output: Output,
) -> None:
    """Take an article down: its text, dates and events are removed, and it is never read again."""
    from pipeline.commands import console
    from pipeline.sinks.exports import export

    store, folder = existing_store(output)
    ids = guard(lambda: store.forget(name))
    if not ids:
        console.fail(f"{name}: no article of this id or address")
        raise typer.Exit(ERROR)
    if folder is not None:
        guard(lambda: export(store, folder))
    for one in ids:
        print(one)


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="An output folder or database.")],
    new: Annotated[str, typer.Argument(help="Another one, of the same inputs.")],
    form: Format = "table",
) -> None:
    """List the events and dates that two outputs read differently."""
    from pipeline.commands import console
    from pipeline.commands.diff import Change
    from pipeline.commands.diff import diff as diff_

    check_format(form)
    (a, _), (b, _) = existing_store(old), existing_store(new)
    rows = (c._asdict() | {"fields": " ".join(c.fields)} for c in diff_(a, b))
    guard(lambda: console.show(rows, Change._fields, form))


@app.command()
def report(
    output: Annotated[str, typer.Argument(help="An output folder, or sqlite:///FILE.", metavar="OUT")],
    to: Annotated[
        Path | None, typer.Option(help="The file to write, else report.html in the folder.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Hold only the N newest articles.")] = 500,
) -> None:
    """Write what an output holds as one HTML page that needs no network.

    Example: dateline report out
    """
    from pipeline.commands import console
    from pipeline.report import StoreReader, render
    from pipeline.sinks.exports import replacing

    store, folder = existing_store(output)
    path = to or (folder / "report.html" if folder else None)
    if path is None:
        console.fail(f"{output}: a database has no folder; say where with --to FILE")
        raise typer.Exit(USAGE)

    def work() -> None:
        page = render(StoreReader(store), limit)
        with replacing(path) as file:
            file.write(page)

    guard(work)
    print(path)


@app.command()
def explain(
    name: Annotated[
        str,
        typer.Argument(help="An article id, an address, or the end of a path.", metavar="PAGE|ARTICLE_ID"),
    ],
    output: Output = "out",
) -> None:
    """Print how each date of an article was made, and who said or did what, when.

    Example: dateline explain 08_wire_story.txt --output out
    """
    from rich.console import Console

    from pipeline.commands import console
    from pipeline.report import StoreReader
    from pipeline.report import explain as explain_

    store, _ = existing_store(output)
    if not guard(lambda: explain_(StoreReader(store), name, Console())):
        console.fail(f"{name}: {output} holds no article of this id, address or path")
        raise typer.Exit(ERROR)


def _print_summary(summary: Any, form: str) -> None:
    from pipeline.commands import console

    rows = [{"count": name, "n": n} for name, n in summary.counts.items()]
    rows.append({"count": "seconds", "n": round(summary.seconds, 1)})
    console.show(rows, ("count", "n"), form, title=f"run {summary.run_id}")
    for path in summary.files:
        console.say(f"{path.name} → {path}")


cli_streams.add_to(app)


def main() -> None:
    """The console script."""
    app()


if __name__ == "__main__":
    main()
