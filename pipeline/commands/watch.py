"""``dateline watch``: read live feeds into dated events."""

from __future__ import annotations

from dateline.pipeline.commands import options
from dateline.pipeline.commands.options import errors_in_one_line


def watch(
    feeds: options.Feeds,
    output: options.Outputs = [options.OUT],  # noqa: B006 - typer copies it
    every: options.Every = "10m",
    archive: options.Archive = None,
    once: options.Once = False,
    metrics_port: options.MetricsPort = None,
    config: options.Config = None,
) -> None:
    """Read live feeds into dated events, until stopped.

    Example: dateline watch seeds/feeds.txt --every 10m --output out
    """
    settings = options.load_settings(config, archive=archive, metrics_port=metrics_port)
    from dateline.pipeline.runs import feeds as runs

    with errors_in_one_line():
        runs.watch(feeds, output, settings, options.seconds_of(every), once)
