"""Dead letters that are read again: recovered or counted once more, never there twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from dateline.pipeline.cli import app
from dateline.pipeline.errors import InputError, PipelineError
from dateline.pipeline.runs.bounded import run
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.runs.replay import Choice, read, replay, since
from dateline.pipeline.runs.replay import raw_of as replayed
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources.message import attributes_of, raw_of
from dateline.pipeline.store.location import parse as parse_output
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store, open_store
from dateline.transforms.model import RawArticle
from dateline.transforms.steps import reject
from tests.pipeline.articles import POISON, message, text

NARROW = Settings(text_chars=300)
"""A bound that refuses every article of ours; lifting it is the fix after which they are replayed."""


def _store(output: str) -> Store:
    return open_store(parse_output(output).url)


@pytest.fixture
def output(tmp_path: Path) -> str:
    """Ten articles refused for their length, and some poison."""
    out = str(tmp_path / "out")
    intake = MicroBatchRun(out, NARROW, "test")
    given = [*(message(n) for n in range(10)), *POISON]
    intake.put([raw_of(data, attributes, f"m#{n}") for n, (data, attributes) in enumerate(given)])
    intake.close()
    assert intake.store.count(t.dead_letters) == 10 + len(POISON)
    return out


@pytest.mark.parametrize("declared", [False, True])
def test_dead_letter_keeps_whether_its_content_was_declared_to_be_the_article(declared: bool) -> None:
    raw = RawArticle(content="words", origin="a", media_type="text/html", carrier={"n": 1}, declared=declared)
    assert replayed(reject(raw, "Clean", ValueError("x")).model_dump()) == raw
    attributes = attributes_of(raw, 1024)
    assert raw_of(b"words", attributes, "a") == raw.model_copy(
        update={"content": b"words", "carrier": {"n": "1"}}
    )


def test_what_can_be_read_now_is_recovered_and_the_rest_is_counted(output: str, tmp_path: Path) -> None:
    before = {r["dead_letter_id"]: r for r in _store(output).rows(sa.select(t.dead_letters))}
    counts = replay(output, None, Choice(), Settings())
    assert counts == {"replayed": 10 + len(POISON), "recovered": 10, "failed": len(POISON)}
    store = _store(output)
    assert store.count(t.articles) == 10
    after = {r["dead_letter_id"]: r for r in store.rows(sa.select(t.dead_letters))}
    assert after.keys() == before.keys()
    for name, row in after.items():
        assert row["first_failed_at"] == before[name]["first_failed_at"]
        recovered = before[name]["type"] == "too_large" and "characters" in before[name]["message"]
        assert (row["attempts"], bool(row["resolved_at"])) == ((1, True) if recovered else (2, False))
    again = replay(output, None, Choice(), Settings())
    assert again == {"replayed": len(POISON), "failed": len(POISON)}
    assert store.count(t.articles) == 10 and store.count(t.dead_letters) == len(before)

    quiet = MicroBatchRun(str(tmp_path / "quiet"), Settings(link=False), "test")
    quiet.put([raw_of(*message(n), f"m#{n}") for n in range(10)])
    ids = sa.select(t.events.c.event_id).order_by(t.events.c.event_id)
    assert store.read(lambda c: list(c.scalars(ids))) == quiet.store.read(lambda c: list(c.scalars(ids)))


def test_only_what_is_chosen(output: str) -> None:
    assert len(list(read(output, Choice(type="too_large")))) == 11  # one of the poison is nested too deep
    assert list(read(output, Choice(type="deadline"))) == []
    assert len(list(read(output, Choice(since=since(3600))))) == 10 + len(POISON)
    assert list(read(output, Choice(since=since(-3600)))) == []
    assert replay(output, None, Choice(type="empty"), Settings())["replayed"] == 1


def test_from_a_file_into_another_output(output: str, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    (tmp_path / "page.txt").write_text("x")
    run([str(tmp_path / "page.txt")], output, Settings())
    file = Path(output) / "dead_letters.jsonl"
    other = str(tmp_path / "other")
    assert replay(str(file), other, Choice(type="too_large"), Settings())["recovered"] == 10
    assert _store(other).count(t.articles) == 10
    with pytest.raises(InputError, match="--output"):
        replay(str(file), None, Choice(), Settings())


def test_a_payload_that_was_set_aside_is_found(tmp_path: Path) -> None:
    big = ("x" * 99 + "\n") * 70_000 + text(1)
    out = str(tmp_path / "out")
    intake = MicroBatchRun(out, NARROW, "test")
    intake.put([raw_of(big.encode(), {"media_type": "text/plain"}, "m#1")])
    (row,) = intake.store.rows(sa.select(t.dead_letters))
    assert row["payload_encoding"] == "reference"
    assert replay(out, None, Choice(), NARROW) == {"replayed": 1, "failed": 1}
    (again,) = intake.store.rows(sa.select(t.dead_letters))
    assert again["dead_letter_id"] == row["dead_letter_id"] and again["attempts"] == 2
    Path(row["payload"]).unlink()
    assert replay(out, None, Choice(), NARROW) == {"missing": 1}
    intake.close()


def test_a_file_that_holds_something_else_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    for content in ("{}\n", "nonsense\n", "[]\n"):
        file.write_text(content)
        with pytest.raises(InputError, match=r"x\.jsonl"):
            list(read(str(file), Choice()))
    for missing in (str(tmp_path / "none.jsonl"), str(tmp_path / "none")):
        with pytest.raises(PipelineError):
            list(read(missing, Choice()))


def test_the_command(output: str) -> None:
    def invoke(*arguments: str) -> dict[str, int]:
        result = CliRunner().invoke(app, ["replay", output, "--format", "jsonl", *arguments])
        assert result.exit_code == 0, result.stderr
        return {r["count"]: r["n"] for r in map(json.loads, result.stdout.splitlines())}

    assert invoke("--dry-run", "--type", "too_large", "--since", "2d") == {"too_large": 11}
    assert invoke("--type", "too_large") == {"recovered": 10, "failed": 1, "replayed": 11}
    assert invoke("--type", "too_large") == {"failed": 1, "replayed": 1}
