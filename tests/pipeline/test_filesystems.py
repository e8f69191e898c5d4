"""Object stores in and out, against a server that speaks S3, and what is said where a client is not installed."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from apache_beam.io.filesystem import BeamIOError
from moto.server import ThreadedMotoServer

from dateline.pipeline import filesystems
from dateline.pipeline.commands.doctor import examine
from dateline.pipeline.errors import InputError, OutputError, StoreError
from dateline.pipeline.runs.bounded import run
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources.message import raw_of
from dateline.pipeline.store.location import open_existing
from tests import pages
from tests.pipeline.articles import message


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an empty S3."""
    started = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    started.start()
    try:
        host, port = started.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        started.stop()


@pytest.fixture
def s3(server: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A client of it, with a fresh bucket ``news``; Beam finds the same server in the environment."""
    for name, value in {
        "AWS_ENDPOINT_URL_S3": server, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    client = boto3.client("s3")
    try:
        for one in client.list_objects_v2(Bucket="news").get("Contents", ()):
            client.delete_object(Bucket="news", Key=one["Key"])
    except client.exceptions.NoSuchBucket:
        client.create_bucket(Bucket="news")
    # A process that has just started has built no pipeline, so Beam knows no options.
    monkeypatch.setattr(filesystems.FileSystems, "_pipeline_options", None)
    return client


def names(client: Any) -> list[str]:
    return [one["Key"] for one in client.list_objects_v2(Bucket="news").get("Contents", ())]


@pytest.mark.parametrize(
    "pattern", ["s3://news/in", "s3://news/in/", "s3://news/in/*.jsonl", "s3://news/in/a.jsonl"]
)
def test_a_bucket_is_read_as_a_folder_is(s3: Any, pattern: str, tmp_path: Path) -> None:
    data = pages.jsonl(pages.pages(6))
    s3.put_object(Bucket="news", Key="in/a.jsonl", Body=data)
    (tmp_path / "a.jsonl").write_bytes(data)
    far = run([pattern], str(tmp_path / "far"), Settings())
    near = run([str(tmp_path / "a.jsonl")], str(tmp_path / "near"), Settings())
    assert far.counts == near.counts and far.counts["article"] == 6
    hashes = [open_existing(str(tmp_path / name))[0].content_hash(places=False) for name in ("far", "near")]
    assert hashes[0] == hashes[1]


def test_a_large_file_of_a_bucket_is_read_in_pieces(s3: Any, tmp_path: Path) -> None:
    s3.put_object(Bucket="news", Key="in/a.jsonl", Body=pages.jsonl(pages.pages(40)))
    summary = run(["s3://news/in/"], str(tmp_path / "out"), Settings(split_bytes=20_000))
    assert summary.counts["article"] == 40


def test_exports_go_to_a_bucket(s3: Any, tmp_path: Path) -> None:
    pages.write_folder(tmp_path / "in", pages.pages(3))
    (tmp_path / "in" / "empty.txt").write_text("")
    run([str(tmp_path / "in")], [str(tmp_path / "out"), "s3://news/out/"], Settings())
    assert names(s3) == ["out/dead_letters.jsonl", "out/events.jsonl", "out/events.parquet"]
    for name in ("events.jsonl", "dead_letters.jsonl"):
        there = s3.get_object(Bucket="news", Key=f"out/{name}")["Body"].read()
        assert there == (tmp_path / "out" / name).read_bytes() != b""


def test_an_archive_in_a_bucket_is_read_back(s3: Any, tmp_path: Path) -> None:
    batches = MicroBatchRun(str(tmp_path / "a"), Settings(archive="s3://news/raw"), "test")
    batches.put([raw_of(*message(n), f"m#{n}") for n in range(4)])
    batches.close()
    (name,) = names(s3)
    assert name.startswith("raw/") and name.endswith("-00000000.jsonl.gz")
    assert run(["s3://news/raw"], str(tmp_path / "b"), Settings()).counts["article"] == 4


def test_what_is_not_there_is_said_in_words(s3: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"s3://news/nothing/\*: matches no file"):
        run(["s3://news/nothing/*"], str(tmp_path / "out"), Settings())
    pages.write_folder(tmp_path / "in", pages.pages(1))
    with pytest.raises(StoreError, match=r"s3://nobody/out/events\.jsonl") as failed:
        run([str(tmp_path / "in")], "s3://nobody/out/", Settings())
    assert "bucket" in str(failed.value) and "exceptions {" not in str(failed.value)


def test_the_doctor_looks_into_a_bucket(s3: Any) -> None:
    s3.put_object(Bucket="news", Key="in/a.jsonl", Body=b"{}")
    states = {f.message: f.state for f in examine(["s3://news/in/", "s3://news/none/"], ["s3://news/out/"])}
    assert states["s3://news/in/"] == "ok" and states["s3://news/out"] == "ok"
    assert states["s3://news/none/: matches nothing"] == "fail"


@pytest.mark.parametrize(("scheme", "extra"), [("s3", "aws"), ("gs", "cloud"), ("hdfs", "hdfs")])
def test_a_client_that_is_not_installed_is_named(
    scheme: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filesystems, "_installed", lambda _: False)
    command = rf"pip install 'dateline-pipeline\[{extra}\]'"
    pages.write_folder(tmp_path / "in", pages.pages(1))
    with pytest.raises(InputError, match=command):
        run([f"{scheme}://news/in/"], str(tmp_path / "out"), Settings())
    with pytest.raises(OutputError, match=command):
        run([str(tmp_path / "in")], f"{scheme}://news/events.jsonl", Settings())
    with pytest.raises(OutputError, match=command):
        MicroBatchRun(str(tmp_path / "out"), Settings(archive=f"{scheme}://news/raw"), "test")
    (finding,) = [f for f in examine([f"{scheme}://news/in/"], []) if f.check == "input"]
    assert finding.state == "fail" and finding.do == f"pip install 'dateline-pipeline[{extra}]'"


def test_a_local_file_takes_its_name_last(tmp_path: Path) -> None:
    class Cut(io.BytesIO):
        def read(self, *_: Any) -> bytes:
            raise OSError(5, "Input/output error")

    name = str(tmp_path / "deep" / "events.jsonl")
    filesystems.write(name, io.BytesIO(b"old"))
    with pytest.raises(OSError, match="Input/output error"):
        filesystems.write(name, Cut())
    assert Path(name).read_bytes() == b"old"


def test_the_innermost_error_is_the_one_that_is_said() -> None:
    inner = BeamIOError("List failed", {"s3://a/": ValueError("no options")})
    assert filesystems.words(BeamIOError("Match failed", {"s3://a/*": inner})) == "no options"
    assert filesystems.words(OSError(2, "No such file or directory")) == "No such file or directory"


def test_nobody_is_logged_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Amazon's client would ask for minutes; the answer names what to do."""
    pytest.importorskip("boto3", reason="the extra aws is not installed")
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    assert "aws configure" in (filesystems.missing("s3://bucket/pages") or "")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    assert filesystems.missing("s3://bucket/pages") is None
