"""The table of outputs: what a name is taken for, and what is said of one that names nothing."""

from __future__ import annotations

import pytest

from dateline.pipeline import filesystems
from dateline.pipeline.errors import OutputError
from dateline.pipeline.sinks import registry
from dateline.pipeline.sinks.sink import Output, Topic


@pytest.mark.parametrize(
    ("output", "name"),
    [
        ("out", "folder"),
        ("sqlite:///x.db", "sqlite"),
        ("postgresql://news@localhost/news", "postgresql"),
        ("postgresql+psycopg://news@localhost/news", "postgresql"),
        ("bigquery://paper/news", "bigquery"),
        ("kafka://one,two:9093/news", "kafka"),
        ("news.jsonl", "files"),
        ("gs://bucket/news.parquet", "files"),
        ("gs://bucket/news/", "files"),
    ],
)
def test_a_name_is_taken_for_its_kind(output: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filesystems, "missing", lambda _: None)  # also without the extra of gs://
    assert registry.kind_of(output).name == name
    assert isinstance(registry.output_of(output), Output)


@pytest.mark.parametrize("output", ["mysql://a/b", "gs://bucket/news.csv", "amqp://x/y"])
def test_a_scheme_that_nothing_writes_to_is_refused_with_those_that_are_there(output: str) -> None:
    with pytest.raises(OutputError, match=r"bigquery://PROJECT/DATASET"):
        registry.output_of(output)


def test_topics() -> None:
    assert isinstance(registry.topic_of("pubsub://paper/news"), Topic)
    assert isinstance(registry.topic_of("kafka://host/news"), Topic)
    assert registry.is_topic("PUBSUB://paper/news") and not registry.is_topic("out")
    for name in ("amqp://x/y", "pubsub://paper"):
        with pytest.raises(OutputError, match="pubsub://PROJECT"):
            registry.topic_of(name)


def test_an_extra_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    far = registry.OutputKind("far", ("far",), (), "no.such.module:Far", "far://X", "cloud")
    monkeypatch.setattr(registry, "OUTPUTS", (far, *registry.OUTPUTS))
    with pytest.raises(OutputError, match=r"pip install 'dateline-pipeline\[cloud\]'"):
        registry.output_of("far://x")


def test_an_extra_that_lies_in_the_package_of_another_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """``google.cloud`` comes with the client of Pub/Sub, so that importing ``bigquery`` from it is no ModuleNotFoundError."""

    def importing(name: str) -> None:
        raise ImportError("cannot import name 'bigquery' from 'google.cloud'", name="google.cloud")

    monkeypatch.setattr(registry.importlib, "import_module", importing)
    with pytest.raises(OutputError, match=r"pip install 'dateline-pipeline\[cloud\]'"):
        registry.output_of("bigquery://paper/news")
