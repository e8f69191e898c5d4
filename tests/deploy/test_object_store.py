"""Cloud Storage in and out, by the command that reads local files, against the stand-in of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import pages, tools

if not all(map(tools.installed, ("google.cloud.storage", "google_crc32c"))):
    pytest.skip("the extra [cloud] is not installed", allow_module_level=True)

from apache_beam.internal.gcp import auth

from dateline.pipeline import filesystems
from dateline.pipeline.runs.bounded import run
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources.message import raw_of
from tests.deploy import cloud
from tests.pipeline.articles import message

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[cloud.Cloud]:
    """An empty Cloud Storage. Nobody is asked who we are: Beam would look for an account for half a minute."""
    monkeypatch.setattr(auth._Credentials, "get_service_credentials", staticmethod(lambda *_: None))
    monkeypatch.setattr(filesystems.FileSystems, "_pipeline_options", None)
    with cloud.serving() as found:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", found.url)
        yield found


def test_pages_come_from_a_bucket_and_events_go_to_one(bucket: cloud.Cloud, tmp_path: Path) -> None:
    bucket.keep("news", "in/a.jsonl", pages.jsonl(pages.pages(4)))
    summary = run(["gs://news/in/"], [str(tmp_path / "out"), "gs://news/out/"], Settings())
    assert summary.counts["article"] == 4
    for name in ("events.jsonl", "events.parquet", "dead_letters.jsonl"):
        assert bucket.objects["news", f"out/{name}"] == (tmp_path / "out" / name).read_bytes()
    assert not bucket.strange


def test_an_archive_in_a_bucket_is_read_back(bucket: cloud.Cloud, tmp_path: Path) -> None:
    batches = MicroBatchRun(str(tmp_path / "a"), Settings(archive="gs://news/raw"), "test")
    batches.put([raw_of(*message(n), f"m#{n}") for n in range(3)])
    batches.close()
    assert run(["gs://news/raw/"], str(tmp_path / "b"), Settings()).counts["article"] == 3
