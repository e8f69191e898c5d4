"""The table of sources: what a name is taken for."""

from __future__ import annotations

import pytest

from dateline.pipeline.errors import InputError
from dateline.pipeline.sources import registry
from dateline.pipeline.sources.source import BoundedSource, StreamSource


@pytest.mark.parametrize(
    ("inputs", "name"),
    [
        (["a.txt", "-"], "files"),
        (["gs://bucket/*.jsonl"], "files"),
        (["https://e.example/1", "HTTP://e.example/2"], "web"),
        (["pubsub://a/b"], "pubsub"),
        (["kafka://host/news"], "kafka"),
        ([], "files"),
    ],
)
def test_inputs_name_their_source(inputs: list[str], name: str) -> None:
    assert registry.source_of(inputs).name == name


@pytest.mark.parametrize(
    "inputs", [["a.txt", "https://e.example"], ["pubsub://p/a", "pubsub://p/b"], ["pubsub://p/a", "x"]]
)
def test_a_mixture_is_refused(inputs: list[str]) -> None:
    with pytest.raises(InputError):
        registry.source_of(inputs)


def test_every_row_names_what_is_there() -> None:
    for source in (registry.FILES, *registry.SOURCES):
        assert issubclass(registry.load(source.opens), StreamSource if source.endless else BoundedSource)
    for one in registry.FORMATS:
        assert callable(registry.load(one.reader))


def test_no_ending_and_no_scheme_stands_twice() -> None:
    endings = [e for one in registry.FORMATS for e in one.endings]
    schemes = [s for source in registry.SOURCES for s in source.schemes]
    assert len(endings) == len(set(endings)) and len(schemes) == len(set(schemes))
