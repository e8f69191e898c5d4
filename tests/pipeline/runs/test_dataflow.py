"""What the launcher reads, what it refuses, and that its sources read as the local ones do."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions, WorkerOptions
from apache_beam.testing.util import assert_that, equal_to

from dateline.pipeline import graph
from dateline.pipeline.errors import Refused, SettingsError, StoreError
from dateline.pipeline.runs import dataflow
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources import files, inputs
from tests import pages
from tests.pipeline import bq_fake

IMAGE = "europe-west1-docker.pkg.dev/acme-news/dateline/dateline:v1.0.0"
BASE = [
    "--project=acme-news", "--region=europe-west1", "--temp_location=gs://acme-dateline/temp",
    "--output=bigquery://acme-news/news", f"--sdk_container_image={IMAGE}",
]  # fmt: skip
FILES = "--input=gs://acme-pages/2026/*.jsonl"
STREAM = "--subscription=projects/acme-news/subscriptions/pages"


def test_parameters_become_settings_and_options_of_beam() -> None:
    job = dataflow.parse(
        [*BASE, FILES, "--map=url=link", "--time_zone=Europe/Kyiv", "--store_text=false", "--raw_bytes=9000", "--num_workers=3"]
    )  # fmt: skip
    assert job.inputs == ("gs://acme-pages/2026/*.jsonl",)
    assert job.settings == Settings(
        fields={"url": "link"}, zone="Europe/Kyiv", store_text=False, raw_bytes=9000
    )
    assert job.options.view_as(WorkerOptions).num_workers == 3
    assert job.options.view_as(WorkerOptions).sdk_container_image == IMAGE
    assert not job.options.view_as(StandardOptions).streaming


def test_a_subscription_makes_a_stream() -> None:
    job = dataflow.parse([*BASE, STREAM])
    assert job.options.view_as(StandardOptions).streaming
    assert job.runner == "DataflowRunner"


def test_empty_parameters_are_not_given() -> None:
    """The console sends an optional field that was left empty as an empty value."""
    assert dataflow.parse([*BASE, FILES, "--language=", "--map="]).settings == Settings()


def test_corrections_are_read_at_launch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text('[[correction]]\nname = "old"\nmatch = "*old*"\nreason = "reprint"\nday = 2025-01-02\n')
    monkeypatch.setattr(
        dataflow.FileSystems, "open", lambda asked: path.open("rb") if asked.startswith("gs://") else None
    )
    job = dataflow.parse([*BASE, FILES, "--corrections=gs://acme-pages/corrections.toml"])
    assert "old" in str(job.settings.corrections)
    path.write_text("[[correction]]\n")
    with pytest.raises(dataflow.Refused, match="corrections"):
        dataflow.parse([*BASE, FILES, "--corrections=gs://acme-pages/corrections.toml"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param([*BASE], "either --input .* or --subscription", id="nothing-to-read"),
        pytest.param([*BASE, FILES, STREAM], "either --input .* or --subscription", id="two-sources"),
        pytest.param([*BASE, FILES, "--streaming"], "files end", id="files-as-a-stream"),
        pytest.param(
            [*BASE, STREAM, "--runner=FnApiRunner"],
            r"ends at once .* `dateline run pubsub://acme-news/pages",
            id="stream-that-reads-nothing",
        ),
        pytest.param([*BASE, STREAM, "--runner=DirectRunner"], "before it has processed", id="acks-early"),
        pytest.param([*BASE, STREAM, "--runner=PrismRunner"], "does not run it", id="stream-on-prism"),
        pytest.param([*BASE, STREAM, "--runner=FlinkRunner"], "not proven", id="stream-on-flink"),
        pytest.param([*BASE, FILES, "--runner=FnApiRunner"], "dateline run", id="batch-on-this-machine"),
        pytest.param([*BASE, FILES, "--save_main_session"], "main module", id="main-session"),
        pytest.param([*BASE, "--input=pages/*.jsonl"], "no worker can open", id="local-input"),
        pytest.param([*BASE, FILES, "--output=out"], "lost with it", id="local-output"),
        pytest.param([*BASE, FILES, "--output=sqlite:///e.db"], "lost with it", id="sqlite"),
        pytest.param([*BASE[:3], FILES, BASE[4]], "--output", id="no-output"),
        pytest.param([*BASE[:4], FILES], "image that the template was built from", id="no-image"),
        pytest.param([*BASE, FILES, "--language=German"], "--language: 'German' is not a code", id="pattern"),
        pytest.param([*BASE, FILES, "--store_text=maybe"], "store_text", id="boolean"),
    ],
)
def test_refuses_in_words_what_cannot_keep_the_promise(arguments: list[str], words: str) -> None:
    with pytest.raises((dataflow.Refused, SettingsError), match=words):
        dataflow.parse(arguments)


def test_what_is_refused_ends_with_one_line_and_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        dataflow.main([*BASE, STREAM, "--runner=FnApiRunner"])
    assert ended.value.code == 2
    error = capsys.readouterr().err
    assert error.startswith("dateline: --subscription on FnApiRunner") and error.count("\n") == 1


def test_a_dataset_out_of_reach_ends_with_one_line_and_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def away(_: object) -> None:
        raise StoreError("bigquery://acme-news/news: no such dataset")

    monkeypatch.setattr(dataflow.BigQuerySink, "make_tables", away)
    with pytest.raises(SystemExit) as ended:
        dataflow.main([*BASE, STREAM])
    assert ended.value.code == 1
    assert capsys.readouterr().err == "dateline: bigquery://acme-news/news: no such dataset\n"


def test_files_matched_on_a_worker_are_those_matched_at_launch(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(pages.jsonl(pages.pages(30)))
    pages.write_folder(tmp_path / "html", pages.pages(5, seed=1))
    settings = Settings(split_bytes=20_000)
    patterns = [f"{tmp_path}/**"]
    shards = inputs.match(patterns, settings)
    assert len(shards) > 6
    expected = [raw for shard in shards for raw in files.read(shard, settings.decode)]
    options = PipelineOptions(["--runner=FnApiRunner", "--no_save_main_session"])
    with beam.Pipeline(options=options) as pipeline:
        found = pipeline | "Read" >> dataflow.MatchFiles(patterns, settings)
        assert_that(found, equal_to(expected))


def test_a_message_of_the_native_source_reads_as_one_that_was_pulled() -> None:
    message = SimpleNamespace(
        data=b"Some words of a page", attributes={"url": "https://courier.example/a", "desk": "city"}, message_id="77"
    )  # fmt: skip
    raw = dataflow.open_message(message, "pubsub://acme-news/pages")
    assert raw.origin == "pubsub://acme-news/pages#77"
    assert raw.url == "https://courier.example/a"
    assert raw.carrier == {"desk": "city"}


def test_a_message_without_attributes_is_read() -> None:
    message = SimpleNamespace(data=b"{}", attributes=None, message_id="78")
    assert dataflow.open_message(message, "pubsub://acme-news/pages").media_type == "application/json"


def ingested(
    source: beam.PTransform, job: dataflow.Job, monkeypatch: pytest.MonkeyPatch
) -> dict[str, list[dict[str, object]]]:
    """The rows that the graph of a template writes, run on this machine into a BigQuery of our own."""
    with bq_fake.serving("news") as (fake, address):
        monkeypatch.setenv("BIGQUERY_EMULATOR_HOST", address)
        sink = dataflow.sink_of(job)
        sink.make_tables()
        with beam.Pipeline(options=PipelineOptions(["--runner=FnApiRunner", "--no_save_main_session"])) as p:
            graph.ingest(p, source, [sink], Settings())
        return fake.rows


class Messages(beam.PTransform):
    """What ``ReadFromPubSub`` gives on Dataflow, opened as the template opens it."""

    def __init__(self, messages: list[beam.io.PubsubMessage]) -> None:
        super().__init__()
        self.messages = messages

    def expand(self, pbegin: beam.pvalue.PBegin) -> beam.PCollection:
        made = pbegin | beam.Create(self.messages)
        return made | "Open message" >> beam.Map(dataflow.open_message, "pubsub://acme-news/pages")


def test_both_templates_write_the_same_events_of_the_same_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = list(pages.pages(8))
    (tmp_path / "a.jsonl").write_bytes(pages.jsonl(some) + b"{\n")
    job = dataflow.parse([*BASE, FILES, f"--temp_location={tmp_path}"])
    batch = ingested(dataflow.MatchFiles([f"{tmp_path}/*.jsonl"], Settings()), job, monkeypatch)
    messages = [
        beam.io.PubsubMessage(data, {}, message_id=str(n))
        for n, data in enumerate([*(pages.jsonl([page]) for page in some), b"{\n"])
    ]
    stream = ingested(Messages(messages), dataflow.parse([*BASE, STREAM]), monkeypatch)

    def told(rows: dict[str, list[dict[str, object]]]) -> list[tuple[object, object, object]]:
        return sorted((r["article_id"], r["revision"], str(r["events"])) for r in rows["articles"])

    assert len(batch["articles"]) == 8
    assert sum(len(r["events"]) for r in batch["articles"]) > 8  # type: ignore[arg-type, misc]
    assert told(batch) == told(stream)
    for rows in (batch, stream):
        (letter,) = rows["dead_letters"]
        assert letter["type"] == "undecodable"


def test_the_command_makes_the_job_of_the_template() -> None:
    settings = Settings(
        zone="Europe/Kyiv", engine="dataflow",
        engine_options=("project=acme-news", "region=europe-west1", f"sdk_container_image={IMAGE}", "max_num_workers=4"),
    )  # fmt: skip
    job = dataflow.job_of(["gs://acme-pages/2026/*.jsonl"], ["bigquery://acme-news/news"], settings)
    assert job.inputs == ("gs://acme-pages/2026/*.jsonl",) and job.settings.zone == "Europe/Kyiv"
    assert job.runner == "DataflowRunner" and job.options.view_as(WorkerOptions).max_num_workers == 4
    assert not job.options.view_as(StandardOptions).streaming
    stream = dataflow.job_of(["pubsub://acme-news/pages"], ["bigquery://acme-news/news"], settings)
    assert stream.subscription == "projects/acme-news/subscriptions/pages" and not stream.inputs
    assert stream.options.view_as(StandardOptions).streaming


@pytest.mark.parametrize(
    ("inputs", "outputs", "given", "said"),
    [
        (["seeds/pages"], ["bigquery://acme-news/news"], {}, "copy it to gs://"),
        (["gs://acme-pages/"], ["out"], {}, "bigquery://PROJECT/DATASET"),
        (["gs://acme-pages/"], ["bigquery://acme-news/a", "bigquery://acme-news/b"], {}, "one dataset"),
        (["gs://acme-pages/"], ["bigquery://acme-news/news"], {"limit": 5}, "--limit with --engine dataflow"),
        (["gs://acme-pages/"], ["bigquery://acme-news/news"], {"workers": 2}, "--max_num_workers"),
        (["kafka://host/pages"], ["bigquery://acme-news/news"], {}, "on Cloud Storage"),
        (["gs://acme-pages/"], ["bigquery://acme-news/news"], {"engine_options": ()}, "sdk_container_image"),
    ],
)  # fmt: skip
def test_the_command_refuses_what_no_job_could_keep(
    inputs: list[str], outputs: list[str], given: dict[str, object], said: str
) -> None:
    settings = Settings.model_validate({"engine_options": (f"sdk_container_image={IMAGE}",), **given})
    with pytest.raises(Refused, match=said):
        dataflow.job_of(inputs, outputs, settings)
