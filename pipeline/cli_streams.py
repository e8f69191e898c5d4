"""The commands of streams: watch, publish."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commandline import Config, Output, guard, settle

Feeds = Annotated[
    list[str],
    typer.Argument(
        help="Addresses of RSS, Atom or sitemaps, or files that hold one a line.", metavar="FEEDS"
    ),
]
Every = Annotated[str, typer.Option(help="How often a feed is asked: 90s, 10m, 2h.")]
Once = Annotated[bool, typer.Option("--once", help="Ask what is due, read what that brings, and end.")]


def watch(
    feeds: Feeds, output: Output, every: Every = "10m", once: Once = False, config: Config = None
) -> None:
    """Read live feeds into dated events, until told to stop.

    Example: dateline watch seeds/feeds.txt --every 10m --output out
    """
    settings = settle(config)
    from pipeline.streams import run_watch, seconds_of

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
    from pipeline.streams import run_publish, seconds_of

    guard(lambda: run_publish(feeds, to, str(state), settings, seconds_of(every), once))


def add_to(app: typer.Typer) -> None:
    """Make these commands of ``dateline``."""
    for command in (watch, publish):
        app.command()(command)
