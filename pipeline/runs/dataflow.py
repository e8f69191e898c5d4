"""Start the ingest graph on Dataflow: a job of its own, or the launcher of a Flex Template.

``python -m dateline.pipeline.runs.dataflow --runner=DataflowRunner --output=bigquery://P/D
(--input=gs://… | --subscription=projects/P/subscriptions/S) …``

The graph is the one of ``dateline run``; only its source differs. A run that could lose
pages is refused here, with a message, before a job exists. The launcher returns as soon as the job is
accepted, because a Flex Template that waits keeps its machine for as long as the job.
"""

from __future__ import annotations

import argparse
import re
import sys
import uuid
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.io.filesystems import FileSystems
from apache_beam.options.pipeline_options import (
    GoogleCloudOptions,
    PipelineOptions,
    SetupOptions,
    StandardOptions,
    StreamingOptions,
    WorkerOptions,
)

from dateline.pipeline import graph
from dateline.pipeline.errors import Refused, SettingsError, StoreError
from dateline.pipeline.runs.engine import parse as parse_options
from dateline.pipeline.runs.parameters import NOT_OFFERED, PARAMETERS
from dateline.pipeline.settings import Settings, load
from dateline.pipeline.sinks.bigquery.output import BigQuerySink
from dateline.pipeline.sources import inputs, pubsub
from dateline.pipeline.sources.files import ReadShards
from dateline.pipeline.sources.message import raw_of
from dateline.pipeline.sources.registry import PUBSUB
from dateline.transforms.corrections import Corrections
from dateline.transforms.corrections import parse as parse_corrections
from dateline.transforms.model import RawArticle

DATAFLOW = "DataflowRunner"
COMPATIBLE_WITH = "2.77.0"
"""The Beam whose names and coders running jobs have. Raise it only together with a drain of every stream."""
_LOSES = {
    "FnApiRunner": "ends at once without having read a message",
    "DirectRunner": "acknowledges messages before it has processed them",
    "BundleBasedDirectRunner": "acknowledges messages before it has processed them",
    "PrismRunner": "does not run it",
}


class Job(NamedTuple):
    """The arguments of the launcher. Exactly one of ``inputs`` and ``subscription`` is there."""

    inputs: tuple[str, ...]
    subscription: str | None
    output: str
    settings: Settings
    options: PipelineOptions

    @property
    def runner(self) -> str:
        """The runner by its plain name."""
        return str(self.options.view_as(StandardOptions).runner or DATAFLOW).rpartition(".")[2]


def parse(arguments: Sequence[str]) -> Job:
    """Read the flags: those of :data:`dateline.pipeline.runs.parameters.PARAMETERS` are ours, all others are Beam's.

    Raises :class:`Refused` or :class:`~dateline.pipeline.errors.SettingsError`.
    """
    parser = argparse.ArgumentParser(prog="python -m dateline.pipeline.runs.dataflow", allow_abbrev=False)
    for p in PARAMETERS:
        parser.add_argument(p.flag, help=p.help, metavar="VALUE")
    known, rest = parser.parse_known_args(list(arguments))
    flags = {name: value for name, value in vars(known).items() if value not in (None, "")}
    options = PipelineOptions(rest)
    standard = options.view_as(StandardOptions)
    standard.runner = standard.runner or DATAFLOW
    standard.streaming = standard.streaming or "subscription" in flags
    options.view_as(WorkerOptions).sdk_container_image = flags.pop("sdk_container_image", None)
    job = Job(
        inputs=tuple(filter(None, (i.strip() for i in flags.pop("input", "").split(",")))),
        subscription=flags.pop("subscription", None),
        output=flags.pop("output", ""),
        settings=_settings(flags),
        options=options,
    )
    check(job)
    _check_patterns(vars(known))
    return job


def job_of(inputs: Sequence[str], outputs: Sequence[str], settings: Settings) -> Job:
    """The job of ``dateline run --engine dataflow``. Its options of Beam are ``settings.engine_options``.

    Raises :class:`~dateline.pipeline.errors.Refused` or :class:`~dateline.pipeline.errors.SettingsError`.
    """
    for name, why in NOT_OFFERED.items():
        if not name.startswith("engine") and getattr(settings, name) != Settings.model_fields[name].default:
            raise Refused(f"--{name.replace('_', '-')} with --engine dataflow: {why}")
    if len(outputs) != 1:
        raise Refused("--output: a Dataflow job writes to one dataset, bigquery://PROJECT/DATASET")
    stream = inputs[0].startswith(PUBSUB)
    if stream and len(inputs) > 1:
        raise Refused(f"{inputs[1]}: one job reads one subscription; start another for the second")
    subscription = pubsub.parse(inputs[0]).subscription if stream else None
    options = PipelineOptions.from_dictionary(parse_options(settings.engine_options))
    options.view_as(StandardOptions).runner = DATAFLOW
    options.view_as(StandardOptions).streaming = stream
    job = Job(() if stream else tuple(inputs), subscription, outputs[0], settings, options)
    check(job)
    given = {"input": ",".join(job.inputs) or None, "subscription": subscription, "output": job.output}
    _check_patterns({p.name: given.get(p.name) for p in PARAMETERS})
    return job


def launch(job: Job) -> str:
    """Make the tables that are missing and submit the job; gives its id. Does not wait for the job.

    Raises :class:`~dateline.pipeline.errors.StoreError` or, where Beam misses an option, :class:`~dateline.pipeline.errors.Refused`.
    """
    sink_of(job).make_tables()
    try:
        return str(build(job).run().job_id())
    except ValueError as error:
        raise Refused(f"--engine-option: {error}") from error


def _settings(arguments: dict[str, str]) -> Settings:
    fields = {p.name: p.setting for p in PARAMETERS if p.setting}
    flags: dict[str, Any] = {fields[name] or name: value for name, value in arguments.items()}
    if "corrections" in flags:
        flags["corrections"] = _corrections(flags["corrections"])
    return load(flags)


def _corrections(path: str) -> Corrections:
    """Read at launch, so that workers need no file: the entries travel in the pickled step."""
    try:
        with FileSystems.open(path) as file:
            return parse_corrections(file.read().decode("utf-8"), path)
    except (OSError, ValueError) as error:
        raise Refused(f"--corrections={path}: {error}") from error


def check(job: Job) -> None:
    """Raises :class:`Refused` for what would lose pages, or fail on every worker."""
    streaming = job.options.view_as(StandardOptions).streaming
    if not job.output:
        raise Refused("--output: say where the events go, as bigquery://PROJECT/DATASET")
    if bool(job.inputs) == bool(job.subscription):
        raise Refused("give either --input (files) or --subscription (a stream)")
    if job.inputs and streaming:
        raise Refused("--streaming with --input: files end, so their job is a batch")
    if job.subscription and job.runner != DATAFLOW:
        fault = _LOSES.get(job.runner, "is not proven to keep its messages")
        raise Refused(
            f"--subscription on {job.runner}: Beam's Pub/Sub source {fault}; on one machine `dateline run "
            f"{_url(job.subscription)} --output …` pulls, commits and then acknowledges"
        )
    if job.runner != DATAFLOW:
        raise Refused(
            f"--runner={job.runner}: this launches Dataflow alone; `dateline run` is the same graph on this machine"
        )
    if job.options.view_as(SetupOptions).save_main_session:
        raise Refused(
            "--save_main_session: nothing of this program lives in its main module, and its pickle is large"
        )
    for path in job.inputs:
        if "://" not in path:
            raise Refused(
                f"--input={path}: a file of this machine, which no worker can open; copy it to gs://"
            )
    if "://" not in job.output or job.output.startswith("sqlite:"):
        raise Refused(
            f"--output={job.output}: a file of each worker's own disk, lost with it; give bigquery://PROJECT/DATASET"
        )
    if not job.options.view_as(WorkerOptions).sdk_container_image:
        raise Refused(
            "--sdk_container_image: workers run the image that the template was built from; name it"
        )


def _check_patterns(flags: dict[str, str | None]) -> None:
    """The console checks the patterns of the metadata; a launch by hand or API must meet them too."""
    for p in PARAMETERS:
        value = flags[p.name]
        if value and not re.fullmatch(p.pattern, value):
            raise Refused(f"{p.flag}={value}: does not read as it should. {p.help}")


def _url(subscription: str) -> str:
    parts = subscription.split("/")
    return pubsub.Name(parts[1], parts[3]).url if len(parts) == 4 else subscription


class MatchFiles(beam.PTransform):
    """Names and globs → raw articles, matched on a worker: a million files stay out of the job's own description."""

    def __init__(self, patterns: Sequence[str], settings: Settings) -> None:
        super().__init__()
        self.patterns = list(patterns)
        self.settings = settings

    def expand(self, pbegin: Any) -> Any:
        return (
            pbegin
            | "Name inputs" >> beam.Create([self.patterns])
            | "Match" >> beam.FlatMap(_match, self.settings)
            | "Spread shards" >> beam.Reshuffle()
            | "Read shards" >> beam.ParDo(ReadShards(self.settings.decode))
        )


def _match(patterns: list[str], settings: Settings) -> Iterator[tuple[Any, ...]]:
    return (tuple(shard) for shard in inputs.match(patterns, settings))


class ReadSubscription(beam.PTransform):
    """Messages of a subscription → raw articles, by Dataflow's own source: acknowledged once a bundle is committed."""

    def __init__(self, subscription: str) -> None:
        super().__init__()
        self.subscription = subscription

    def expand(self, pbegin: Any) -> Any:
        return (
            pbegin
            | "Pull" >> beam.io.ReadFromPubSub(subscription=self.subscription, with_attributes=True)
            | "Open message" >> beam.Map(open_message, _url(self.subscription))
        )


def open_message(message: Any, url: str) -> RawArticle:
    """A message as Beam gives it. The origin is that of `dateline run pubsub://…`, so both name one input alike."""
    return raw_of(message.data, message.attributes or {}, f"{url}#{message.message_id}")


def build(job: Job) -> beam.Pipeline:
    """The pipeline of a job, not yet run. Calls nobody."""
    job.options.view_as(SetupOptions).save_main_session = False
    # A later Beam then names steps and encodes what is in flight as this one, which --update needs.
    job.options.view_as(StreamingOptions).update_compatibility_version = COMPATIBLE_WITH
    pipeline = beam.Pipeline(options=job.options)
    source = ReadSubscription(job.subscription) if job.subscription else MatchFiles(job.inputs, job.settings)
    graph.ingest(pipeline, source, [sink_of(job)], job.settings)
    return pipeline


def sink_of(job: Job) -> BigQuerySink:
    """The sink of a job; each launch is a run of its own. A batch loads files that it puts beside Beam's temporary ones."""
    stream = job.options.view_as(StandardOptions).streaming
    folder = None if stream else job.options.view_as(GoogleCloudOptions).temp_location
    return BigQuerySink(job.output, uuid.uuid4().hex, job.settings, folder)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the tables that are missing, submit the job, and return. What fails is one line: 2 refused, 1 out of reach."""
    try:
        job = parse(sys.argv[1:] if arguments is None else arguments)
        sink_of(job).make_tables()
    except (Refused, SettingsError) as error:
        print(f"dateline: {error}", file=sys.stderr)
        raise SystemExit(2) from error
    except StoreError as error:
        print(f"dateline: {error}", file=sys.stderr)
        raise SystemExit(1) from error
    build(job).run()


if __name__ == "__main__":
    main()
