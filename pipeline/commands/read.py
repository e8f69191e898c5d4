"""``dateline read``: print what pages say, without keeping it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.pipeline.commands import console, options
from dateline.pipeline.commands.options import ERROR, USAGE, errors_in_one_line

if TYPE_CHECKING:
    from dateline.article import Article, Date, Event

COLUMNS = ("when", "who", "verb", "what", "speaks of")


def read(
    pages: Annotated[
        list[str] | None,
        typer.Argument(
            help="A file, the address of a page, or - for standard input; also a folder or an archive.",
            metavar="PAGE",
            show_default=False,
        ),
    ] = None,
    published: options.Published = None,
    url: options.Url = None,
    zone: options.Zone = None,
    language: options.Language = None,
    explained: Annotated[
        bool,
        typer.Option("--explain", help="Print how each date and event was made, as dateline explain does."),
    ] = False,
    form: Annotated[
        str, typer.Option("--format", help="How to print the events: table, jsonl (whole records) or csv.")
    ] = "table",
) -> None:
    """Read pages and print who said or did what, and when. Nothing is kept.

    Example: dateline read seeds/pages/08_wire_story.txt
    """
    options.check_format(form)
    if pages is None and sys.stdin.isatty():
        console.fail("give a page: dateline read page.html")
        raise typer.Exit(USAGE)
    inputs = pages or ["-"]
    settings = options.load_settings(
        None, published=published, url=url, zone=zone, language=language, link=False
    )
    with errors_in_one_line():
        from dateline.pipeline.errors import InputError
        from dateline.pipeline.sources import registry

        if registry.source_of(inputs).endless:
            raise InputError(f"{inputs[0]}: a stream has no end; dateline run reads it into an output")
        from dateline.stored import temporary_store

        with temporary_store(inputs, settings) as store:
            if form == "csv":
                console.show(iter(store.events), store.events.columns, form)
            else:
                for article in store:
                    _print(article, form, explained)
            letters = list(store.dead_letters)
            found = len(store)
    for letter in letters:
        console.fail(f"{letter['origin']}: {letter['message']}")
    if not found:
        raise typer.Exit(ERROR)
    if form == "table" and not explained:
        console.say("How each date was made: --explain. To keep the result: dateline run … --output out")


def _print(article: Article, form: str, explained: bool) -> None:
    if form == "jsonl":
        for event in article.events:
            print(event.record.model_dump_json(by_alias=True, exclude_none=True))
    elif explained:
        print(article.explain())
    else:
        print(article.title or article.origin)
        day = article.published or "day of publication not said"
        facts = (article.publisher, str(day), article.language, article.url)
        print(" · ".join(fact for fact in facts if fact))
        console.show(map(_row, article.events), COLUMNS, form)
        print("".join(_undated(article)))


def _row(event: Event) -> dict[str, Any]:
    told = f"(told {event.reported})" if event.reported else ""
    return {
        "when": _time(event.when) if event.when else told,
        "who": ", ".join(part for part in (event.actor, event.role) if part),
        "verb": event.lemma if event.modality == "asserted" else f"{event.lemma} ({event.modality})",
        "what": " ".join(event.content.split()),
        "speaks of": ", ".join(map(_time, event.about)),
    }


def _time(date: Date) -> str:
    """The date, or the words where nothing says which day they mean."""
    return str(date) if date.edtf or date.partial else f"“{date.text}”, no day"


def _undated(article: Article) -> Iterator[str]:
    """The dates of a page that tells of no event, because nothing else shows them."""
    if not article.events:
        for date in article.dates:
            yield f"“{date.text}” → {date}, {date.certainty} ({date.rule})\n"
