"""The parameters of a Dataflow job in one table, from which the launcher's flags and the templates' metadata
are made.

The whole value must match its pattern, in the console before launch and again in the launcher.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from dateline.pipeline.settings import Settings
from dateline.transforms.options import Limits

BATCH, STREAMING = "batch", "streaming"
MODES = (BATCH, STREAMING)
Kind = Literal["TEXT", "NUMBER", "BOOLEAN", "PUBSUB_SUBSCRIPTION"]


class Parameter(NamedTuple):
    """A parameter that an operator can set at launch. ``setting`` names the field of Settings that it fills,
    if any."""

    name: str
    label: str
    help: str
    pattern: str
    setting: str | None = None
    modes: tuple[str, ...] = MODES
    required: bool = False
    kind: Kind = "TEXT"

    @property
    def flag(self) -> str:
        """The flag of the launcher."""
        return f"--{self.name}"


_DAY = r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?"
_COUNT = r"[1-9]\d{0,11}"
_PLACE = r"gs://[a-z0-9][a-z0-9._-]{1,220}/[^,]{0,1000}"
_PROJECT = r"[a-z][a-z0-9.:-]{4,60}"
_IMAGE = (
    r"[a-z0-9][a-z0-9.-]{0,250}(:\d{1,5})?/[A-Za-z0-9._/-]{1,250}(:[\w.-]{1,128})?(@sha256:[0-9a-f]{64})?"
)


def _number(name: str, label: str, text: str, modes: tuple[str, ...] = MODES) -> Parameter:
    return Parameter(name, label, f"{text} Default: {_default(name)}.", _COUNT, name, modes, kind="NUMBER")


def _default(name: str) -> str:
    return str(Settings.model_fields[name].default)


PARAMETERS = (
    Parameter(
        "input", "Pages to read",
        "Files, folders (ending in /) or globs on Cloud Storage, separated by commas: .txt, .html, .json, .jsonl, .warc, plain or .gz.",
        rf"{_PLACE}(,{_PLACE}){{0,63}}", modes=(BATCH,), required=True,
    ),
    Parameter(
        "subscription", "Pub/Sub subscription",
        "The subscription to read, as projects/PROJECT/subscriptions/NAME. Give it an ack deadline of 600 s and no dead-letter topic, which Dataflow does not support.",
        rf"projects/{_PROJECT}/subscriptions/[A-Za-z][\w.~+%-]{{2,254}}",
        modes=(STREAMING,), required=True, kind="PUBSUB_SUBSCRIPTION",
    ),
    Parameter(
        "output", "BigQuery dataset", "Where articles, events and dead letters go, as bigquery://PROJECT/DATASET. The dataset must exist.",
        rf"bigquery://{_PROJECT}/\w{{1,1024}}", required=True,
    ),
    Parameter(
        "sdk_container_image", "Image of the workers",
        "The image that the template itself was built from, by tag or digest: workers must hold the same code as the launcher.",
        _IMAGE, required=True,
    ),
    Parameter(
        "map", "Names of JSON fields", "How JSON records name our fields, as OURS=THEIRS separated by commas, for example url=link,content=body.",
        r"[a-z_]{1,40}=[\w.-]{1,100}(,[a-z_]{1,40}=[\w.-]{1,100}){0,31}", "fields",
    ),
    Parameter(
        "corrections", "Corrections", "A corrections.toml on Cloud Storage: corrections of pages by hand. Read once, at launch.",
        rf"{_PLACE}\.toml", "corrections",
    ),
    Parameter("published", "Day of publication", "Publication day of every input, for example 2026-11-20; it overrides what the input says.", _DAY, "published", (BATCH,)),
    Parameter("url", "Address", "Address of every input; it overrides what the input says.", r"https?://\S{1,2000}", "url", (BATCH,)),
    Parameter("time_zone", "Time zone", "Time zone of every input, for example Europe/Kyiv.", r"[A-Za-z_]{1,32}(/[A-Za-z0-9_+-]{1,32}){0,2}", "zone", (BATCH,)),
    Parameter("language", "Language", "Language of every input, for example de; it overrides what the input says.", r"[a-z]{2,3}", "language", (BATCH,)),
    Parameter("store_text", "Keep the text", "false stores hashes of articles instead of their text.", r"true|false", "store_text", kind="BOOLEAN"),
    *(_number(name, field.title or name, field.description or "") for name, field in Limits.model_fields.items()),
    Parameter("page_seconds", "Seconds a room", "A page that takes longer in one step becomes a dead letter.", r"\d{1,4}(\.\d{1,3})?", "page_seconds", kind="NUMBER"),
    _number("split_bytes", "Bytes of a shard", "JSONL and WARC files are read in parallel pieces of so many bytes.", (BATCH,)),
)  # fmt: skip

NOT_OFFERED: Mapping[str, str] = {
    "limit": "counts records in order of shards, before they are spread: a look at a sample is `dateline run --limit`",
    "metadata": "a CSV on the launching machine; on a bucket a page takes a .meta.json beside it",
    "force": "BigQuery holds no ledger, so nothing is ever skipped",
    "max_reject": "the exit code of a local run; a job is watched by the share of dead letters",
    "engine": "a template is Dataflow's",
    "engine_options": "options of Beam for another engine",
    "engine_seconds": "how long the first worker of another engine may take",
    "metrics_port": "a port of one machine; a job is watched by the metrics of Dataflow",
    "workers": "processes of a local run; Dataflow scales by --max_num_workers",
    "dead_letter_store": "a folder of one machine; a payload over 6 MB stays in the bucket, named by origin and hash",
    "archive": "raw input of a stream on one machine; beside Dataflow a second subscription writes the topic to Cloud Storage",
    "link": "stories are linked in a database; `dateline link OUT --to` copies them to BigQuery",
    "link_every": "the same",
    "commit_every": "rows in one request, bounded by their size too",
    "retry_seconds": "how long a request waits for BigQuery; after that Dataflow retries the bundle",
}
"""Settings that a template does not offer, and why."""


def of(mode: str) -> tuple[Parameter, ...]:
    """The parameters of a mode."""
    return tuple(p for p in PARAMETERS if mode in p.modes)
