"""The archive of a stream's raw input, read back by an ordinary run."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from dateline.pipeline.errors import StoreError
from dateline.pipeline.runs.bounded import run
from dateline.pipeline.runs.microbatch import MicroBatchRun
from dateline.pipeline.settings import Settings
from dateline.pipeline.sinks.archive import Archive, line_of
from dateline.pipeline.sources.message import raw_of
from dateline.pipeline.store.location import parse as parse_output
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import open_store
from dateline.transforms.decode import decode
from dateline.transforms.model import RawArticle
from tests.pipeline.articles import POISON, message, page, text


def test_what_was_archived_gives_the_same_events(tmp_path: Path) -> None:
    archive, out = tmp_path / "archive", str(tmp_path / "out")
    intake = MicroBatchRun(out, Settings(archive=str(archive)), "test")
    given = [*(message(n) for n in range(20)), *POISON]
    raws = [raw_of(data, attributes, f"m#{n}") for n, (data, attributes) in enumerate(given)]
    raws.append(
        RawArticle(content=page(30), origin="page", url="https://paper.example/30", media_type="text/html")
    )
    for at in range(0, len(raws), 9):
        intake.put(raws[at : at + 9])
    intake.close()
    assert len(list(archive.glob("*/*.jsonl.gz"))) == 3
    run([str(archive)], str(tmp_path / "again"), Settings())
    a, b = (open_store(parse_output(o).url) for o in (out, str(tmp_path / "again")))
    for columns in (
        (t.events.c.event_id, t.events.c.revision, t.events.c.when_edtf),
        tuple(
            t.article_rows.c[name] for name in ("article_id", "text", "title", "anchor_kind", "anchor_text")
        ),
    ):
        query = sa.select(*columns).order_by(*columns)
        assert a.read(lambda c: c.execute(query).all()) == b.read(lambda c: c.execute(query).all())  # noqa: B023
    assert a.count(t.articles) == b.count(t.articles) == 21
    assert a.count(t.dead_letters) == b.count(t.dead_letters) == len(POISON)


@pytest.mark.parametrize("declared", [False, True])
@pytest.mark.parametrize("media_type", ["text/plain", "text/html", None])
def test_content_stays_an_article_or_a_page_as_its_carrier_said(
    declared: bool, media_type: str | None
) -> None:
    menu = "Home\nWorld\nSubscribe\n\n"
    raw = RawArticle(
        content=menu + text(3), origin="a", media_type=media_type, carrier={"desk": "city"}, declared=declared
    )
    line = RawArticle(content=line_of(raw), origin="b", media_type="application/json")
    before, after = decode(raw), decode(line)
    assert after.declared == before.declared == declared
    assert after.text == before.text
    assert after.carrier == {"desk": "city", "archived_origin": "a"}


def test_a_batch_that_is_tried_again_is_kept_once(tmp_path: Path) -> None:
    archive = Archive(str(tmp_path), "run")
    raw = raw_of(*message(1), "m#1")
    archive.keep([raw])
    archive.keep([raw])
    assert len(list(tmp_path.rglob("*.gz"))) == 1
    archive.advance()
    archive.keep([raw])
    assert len(list(tmp_path.rglob("*.gz"))) == 2 and not list(tmp_path.rglob("*.part"))


def test_nothing_is_taken_in_that_could_not_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    intake = MicroBatchRun(str(tmp_path / "out"), Settings(archive=str(tmp_path / "file" / "x")), "test")
    with pytest.raises(StoreError):
        intake.put([raw_of(*message(1), "m#1")])
    assert intake.store.count(t.articles) == 0
