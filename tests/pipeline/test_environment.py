"""Faults of the environment keep their type through Beam, in this process and in worker processes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apache_beam as beam
import pytest

from dateline.pipeline.environment import EnvironmentDoFn, noted_faults
from dateline.pipeline.errors import InputError, PipelineError, StoreError
from dateline.pipeline.runs import engine

ERRORS: dict[str, tuple[Exception, type[PipelineError] | None]] = {
    "a typed one": (InputError("no such feed"), InputError),
    "one of the system": (PermissionError(13, "Permission denied", "/var/news"), StoreError),
    "none of the environment": (KeyError("a bug"), None),
}


class Fails(EnvironmentDoFn):
    """Raises what it was given: at once, or while its generator runs."""

    def __init__(self, name: str, late: bool) -> None:
        self.name = name
        self.late = late

    def process(self, number: int) -> Iterator[int]:
        if self.late:
            yield number
        raise ERRORS[self.name][0]


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("name", ERRORS)
def test_an_error_is_the_one_that_was_raised(name: str, workers: int, late: bool) -> None:
    raised, expected = ERRORS[name]
    pipeline = beam.Pipeline(options=engine.local(workers).options)
    _ = pipeline | beam.Create([1]) | beam.ParDo(Fails(name, late))
    with noted_faults() as original:
        try:
            pipeline.run().wait_until_finish()
        except Exception as error:
            found = original(error)
    if expected is None:
        assert not isinstance(found, PipelineError) and "a bug" in str(found)
    else:
        assert type(found) is expected and str(found) == str(raised), "without what the runner adds"


class FailsOnce(EnvironmentDoFn):
    """Meets a fault, gets over it, and then has a bug."""

    def process(self, number: int) -> Iterator[int]:
        yield number
        raise ValueError("a bug")

    def setup(self) -> None:
        from dateline.pipeline.environment import _note

        _note(StoreError("the disk was full for a moment"))


def test_a_fault_that_was_survived_is_not_blamed() -> None:
    pipeline = beam.Pipeline(options=engine.local().options)
    _ = pipeline | beam.Create([1]) | beam.ParDo(FailsOnce())
    with noted_faults() as original:
        try:
            pipeline.run().wait_until_finish()
        except Exception as error:
            assert original(error) is error
        else:
            pytest.fail("it did not fail")


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with noted_faults():
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())
