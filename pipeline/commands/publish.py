"""``dateline publish``: send what live feeds bring to a topic."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.pipeline.commands import options
from dateline.pipeline.commands.options import errors_in_one_line
from dateline.pipeline.sinks.registry import TOPICS


def publish(
    feeds: options.Feeds,
    to: Annotated[
        str, typer.Option(help=f"The topic to send to: {' or '.join(topic.help for topic in TOPICS)}.")
    ],
    every: options.Every = "10m",
    state: Annotated[Path, typer.Option(help="The file that remembers what was sent.")] = Path("feeds.db"),
    once: options.Once = False,
    metrics_port: options.MetricsPort = None,
    config: options.Config = None,
) -> None:
    """Send the articles of live feeds to a topic, so that another job can read them.

    Example: dateline publish seeds/feeds.txt --to pubsub://PROJECT/TOPIC
    """
    settings = options.load_settings(config, metrics_port=metrics_port)
    from dateline.pipeline.runs import feeds as runs

    with errors_in_one_line():
        runs.publish(feeds, to, str(state), settings, options.seconds_of(every), once)
