"""The doctor finds what is wrong, says what to do, and touches nothing."""

from __future__ import annotations

import os
import sys
import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from dateline.pipeline.cli import app
from dateline.pipeline.commands.doctor import examine
from dateline.pipeline.findings import Finding
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.bigquery import client as bigquery_client
from dateline.pipeline.store.schema import tables as t
from dateline.transforms import core
from tests.pipeline.bq_fake import serving
from tests.pipeline.topics import PROJECT, Topic
from tests.waiting import LONG


def _one(found: list[Finding], check: str) -> Finding:
    return next(f for f in found if f.check == check)


def test_a_folder_that_is_not_there_yet_is_well_and_is_not_made(tmp_path: Path) -> None:
    found = examine([], [str(tmp_path / "new" / "out")])
    assert {f.state for f in found} <= {"ok", "note"} and not (tmp_path / "new").exists()


def test_a_store_of_this_release_and_one_of_a_later_one(tmp_path: Path) -> None:
    intake = MicroBatchRun(str(tmp_path / "out"), Settings(), "test")
    assert _one(examine([], [str(tmp_path / "out")]), "output").state == "ok"
    intake.store.transact(lambda c: c.execute(sa.update(t.meta).values(value="99")))
    intake.close()
    late = _one(examine([], [str(tmp_path / "out")]), "output")
    assert late.state == "fail" and "upgrade" in late.do


@pytest.mark.parametrize(
    ("compiled", "built", "state", "words"),
    [
        (True, True, "ok", "the compiled core reads"),
        (False, True, "note", "DATELINE_PURE is set"),
        (False, False, "note", "was not built of this source"),
    ],
)
def test_it_says_which_path_reads(
    compiled: bool, built: bool, state: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core, "compiled", object() if compiled else None)
    monkeypatch.setattr(core, "built", lambda: object() if built else None)
    found = _one(examine([], []), "core")
    assert found.state == state and words in found.message and bool(found.do) == (state != "ok")


def test_what_is_no_store_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "events.db"
    file.write_bytes(b"not a database at all" * 100)
    assert _one(examine([], [f"sqlite:///{file}"]), "output").state == "fail"
    assert file.read_bytes() == b"not a database at all" * 100


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="rights do not bind here")
def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert _one(examine([], [str(tmp_path / "out")]), "output").state == "fail"


def test_inputs(tmp_path: Path) -> None:
    (tmp_path / "feeds.txt").write_text("https://e.example/rss\n")
    assert _one(examine([str(tmp_path / "feeds.txt")], []), "feeds").state == "ok"
    assert _one(examine([str(tmp_path)], []), "input").state == "ok"
    assert _one(examine([str(tmp_path / "none*.html")], []), "input").state == "fail"


def test_subscriptions_and_topics(pubsub: str) -> None:
    topic = Topic.create(uuid.uuid4().hex[:8])
    topic.publish([(b"x", {})])
    found = examine([topic.url], [topic.url])
    assert _one(found, "subscription").state == "ok" and _one(found, "topic").state == "ok"
    assert topic.waiting(LONG) == 1
    missing = examine([f"pubsub://{PROJECT}/nobody"], [f"pubsub://{PROJECT}/nothing"])
    assert "gcloud pubsub subscriptions create nobody" in _one(missing, "subscription").do
    assert "gcloud pubsub topics create nothing" in _one(missing, "topic").do


def test_postgresql(postgres: str) -> None:
    assert "is empty" in _one(examine([], [postgres]), "output").message
    engine = sa.create_engine(postgres.replace("postgresql", "postgresql+psycopg"))
    assert sa.inspect(engine).get_table_names() == []
    engine.dispose()
    wrong = _one(examine([], [postgres + "x"]), "output")
    assert wrong.state == "fail" and "does not exist" in wrong.message


def test_bigquery_and_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with serving() as (fake, address):
        monkeypatch.setenv(bigquery_client.EMULATOR, address)
        assert "will be made" in _one(examine([], ["bigquery://paper/news"]), "output").message
        assert "bq mk" in _one(examine([], ["bigquery://paper/none"]), "output").do
        assert fake.tables == {}
    assert _one(examine([], [str(tmp_path / "events.jsonl")]), "files").state == "ok"
    assert "begins like this" in _one(examine([], ["nowhere://b/events.jsonl"]), "output").message


def test_the_command_ends_with_1_where_something_fails(tmp_path: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["doctor", "-o", str(tmp_path / "out"), "--format", "jsonl"]).exit_code == 0
    bad = runner.invoke(
        app, ["doctor", "-o", "kafka://x/y", "-o", "postgresql://a:opensesame@h/d", "--format", "jsonl"]
    )
    assert bad.exit_code == 1 and bad.stdout.count('"fail"') == 2 and "opensesame" not in bad.output
