"""The Beam graph, top to bottom: the same on a laptop and on Dataflow; a micro-batch of a stream takes the rooms together.

Step names are stable, because Dataflow updates a running job by them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import apache_beam as beam
from apache_beam.transforms.error_handling import ErrorHandler

from dateline.pipeline.linking import Compare, Meet, WriteLinks
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.sink import Sink
from dateline.transforms.model import RawArticle
from dateline.transforms.steps import Room
from dateline.transforms.walk import decode_step, read_steps


class WriteDeadLetters(beam.PTransform):
    """Writes the dead letters of all steps to every sink."""

    def __init__(self, sinks: Sequence[Sink]) -> None:
        super().__init__("Write dead letters")
        self.sinks = sinks

    def expand(self, letters: Any) -> Any:
        return [letters | f"To {sink.name}" >> sink.write_dead_letters() for sink in self.sinks]


def ingest(
    pipeline: beam.Pipeline,
    source: beam.PTransform,
    sinks: Sequence[Sink],
    settings: Settings,
    together: bool = False,
) -> None:
    """Read → Decode → Skip known → Clean → Anchor → Correct → Parse → Dates → Claims → Normalize → Write.

    One element is one article. Nothing that contains text crosses a shuffle. Rejections of all steps go to
    ``Write dead letters``; a pipeline that drops them does not build.

    ``together``: the rooms from Clean on are one step of the graph. Beam takes a millisecond to make a step ready,
    which is little for a run and half of the cost of a batch of one article.
    """
    with ErrorHandler(WriteDeadLetters(sinks)) as failures:
        raw = pipeline | "Read" >> source.with_output_types(RawArticle)
        for sink in sinks:
            raw = raw | f"Note inputs in {sink.name}" >> sink.note_inputs().with_output_types(RawArticle)

        articles = raw | Room(decode_step(settings.decode), failures, settings.page_seconds)

        # An article is skipped only if every output can confirm that it has it.
        if not settings.force and sinks and all(sink.has_ledger for sink in sinks):
            articles = articles | "Skip known" >> sinks[0].skip_known(sinks[1:])

        rooms = read_steps(settings.corrections)
        for first, then in [(rooms[0], rooms[1:])] if together else [(room, ()) for room in rooms]:
            articles = articles | Room(first, failures, settings.page_seconds, then)

        for sink in sinks:
            refused = articles | f"Write to {sink.name}" >> sink.write()
            failures.add_error_pcollection(refused)


def link(pipeline: beam.Pipeline, buckets: Sequence[int], url: str, settings: Settings, epoch: str) -> None:
    """Buckets → Meet → Compare → Write links.

    A pair is decided only by the articles of its one bucket, so buckets may be linked in any order, by any
    worker, and again. Only pairs of ids are shuffled.
    """
    keyed = tuple[tuple[int, int], bytes]
    (
        pipeline
        | "Buckets" >> beam.Create(list(buckets))
        | "Spread" >> beam.Reshuffle()
        | "Meet" >> beam.ParDo(Meet(url, settings, epoch)).with_output_types(keyed)
        | "Group blocks" >> beam.GroupByKey()
        | "Compare" >> beam.ParDo(Compare(url, settings, epoch))
        | "Write links" >> beam.ParDo(WriteLinks(url, settings, epoch))
    )
