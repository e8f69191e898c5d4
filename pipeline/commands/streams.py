"""The commands of streams: watch, publish, replay, doctor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import ERROR, Archive, Config, Format, Outputs, check_format, guard, settle

Feeds = Annotated[
    list[str],
    typer.Argument(
        help="Addresses of RSS, Atom or sitemaps, or files that hold one a line.", metavar="FEEDS"
    ),
]
Every = Annotated[str, typer.Option(help="How often a feed is asked: 90s, 10m, 2h.")]
Once = Annotated[bool, typer.Option("--once", help="Ask what is due, read what that brings, and end.")]


def watch(
    feeds: Feeds,
    output: Outputs,
    every: Every = "10m",
    archive: Archive = None,
    once: Once = False,
    config: Config = None,
) -> None:
    """Read live feeds into dated events, until told to stop.

    Example: dateline watch seeds/feeds.txt --every 10m --output out
    """
    settings = settle(config, archive=archive)
    from pipeline.runs.streams import run_watch, seconds_of

    guard(lambda: run_watch(feeds, output, settings, seconds_of(every), once))


def publish(
    feeds: Feeds,
    to: Annotated[str, typer.Option(help="pubsub://PROJECT/TOPIC")],
    every: Every = "10m",
    state: Annotated[Path, typer.Option(help="The file in which it remembers what was sent.")] = Path(
        "feeds.db"
    ),
    once: Once = False,
    config: Config = None,
) -> None:
    """Send what live feeds bring to a Pub/Sub topic, so that a job elsewhere can read it.

    Example: dateline publish seeds/feeds.txt --to pubsub://PROJECT/TOPIC
    """
    settings = settle(config)
    from pipeline.runs.streams import run_publish, seconds_of

    guard(lambda: run_publish(feeds, to, str(state), settings, seconds_of(every), once))


def replay(
    dead_letters: Annotated[
        str, typer.Argument(help="An output, or its dead_letters.jsonl.", metavar="DEAD_LETTERS")
    ],
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="Where to, if not to the output they came from.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--type", help="Only these: too_large, undecodable, empty, …")
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Only what first failed within this time: 2d, 6h.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List them by type; read nothing.")] = False,
    form: Format = "table",
    config: Config = None,
) -> None:
    """Read dead letters again. Ids stay: nothing is there twice, attempts are counted.

    Example: dateline replay out --type undecodable --since 2d --dry-run
    """
    settings = settle(config)
    check_format(form)
    from collections import Counter

    from pipeline.commands import console
    from pipeline.runs import replay as replays
    from pipeline.runs.streams import seconds_of

    def work() -> Counter[str]:
        choice = replays.Choice(kind, replays.since(seconds_of(since)) if since else None)
        if dry_run:
            return Counter(row["type"] for row in replays.read(dead_letters, choice))
        return replays.replay(dead_letters, output, choice, settings)

    counts = guard(work)
    rows = [{"count": name, "n": n} for name, n in sorted(counts.items())]
    console.show(rows, ("count", "n"), form, title="would be replayed" if dry_run else "replayed")


def doctor(
    inputs: Annotated[list[str] | None, typer.Option("--input", "-i", help="What a run would read.")] = None,
    to: Annotated[
        list[str] | None,
        typer.Option("--output", "-o", help="Where it would write: an output, or pubsub://PROJECT/TOPIC."),
    ] = None,
    archive: Annotated[str | None, typer.Option(help="Where it would keep raw input.")] = None,
    form: Format = "table",
    config: Config = None,
) -> None:
    """Check what a run needs and say what to do; nothing is changed.

    Example: dateline doctor --input pubsub://PROJECT/SUBSCRIPTION --output postgresql://news@localhost/news
    """
    settle(config)
    check_format(form)
    from pipeline.commands import console
    from pipeline.commands.doctor import Finding, examine

    found = guard(lambda: examine(inputs or [], to or [], archive))
    console.show((f._asdict() for f in found), Finding._fields, form)
    if any(f.state == "fail" for f in found):
        raise typer.Exit(ERROR)


def add_to(app: typer.Typer) -> None:
    """Make these commands of ``dateline``."""
    for command in (watch, publish, replay, doctor):
        app.command()(command)
