"""Out of a store comes what went in."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from rich.console import Console
from typer.testing import CliRunner

from dateline.pipeline.cli import app
from dateline.pipeline.report import StoreReader, explain, record_of, render
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.rows import article_rows, dead_letter_row
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store
from dateline.transforms.model import Article, DeadLetter, Envelope, Page, Parse, RawArticle, Sentence
from tests.pipeline.report.reading_page import data_of, views_of
from tests.pipeline.report.sample import record


def envelope(number: int, **fields: object) -> Envelope:
    """The envelope that the sample reading would have come from."""
    r = record(number, **fields)
    assert r.text is not None
    names = (
        "article_id",
        "revision",
        "origin",
        "url",
        "title",
        "byline",
        "publisher",
        "language",
        "text",
        "blocks",
    )
    sentences = tuple(Sentence(b.start, b.end, n, 0, 0) for n, b in enumerate(r.blocks))
    return Envelope(
        raw=RawArticle(content=r.text, origin=r.origin, url=r.url),
        page=Page(text=r.text, media_type="text/plain", origin=r.origin, url=r.url),
        article=Article(**{name: getattr(r, name) for name in names} | {"article_id": article_id(number)}),
        anchors=r.anchors,
        parse=Parse(sentences, (), (), (), (), ()),
        times=tuple(d.time for d in r.dates),
        events=tuple(
            e.model_copy(update={"article_id": article_id(number), "event_id": event_id(e.event_id, number),
                                 "within": event_id(e.within, number) if e.within else None})
            for e in r.events
        ),
    )  # fmt: skip


def article_id(number: int) -> str:
    """The id of an article as the store takes it."""
    return f"0a271c1e-0000-0000-0000-{number:012}"


def event_id(name: str, number: int) -> str:
    """An id of an event as the store takes it."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{name}-of-{number}"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(sqlite_url(tmp_path / "events.db"))
    run = store.begin_run("settings", ["pages"], run_id="run-1")
    store.write_articles(run, [article_rows(envelope(n), "settings", run) for n in range(1, 4)])
    for number in (1, 2):
        letter = DeadLetter(
            dead_letter_id=f"dead-{number}", stage="Clean", type="not_an_article", message=f"index {number}",
            first_failed_at=f"2026-01-0{number}T00:00:00", version="0.1.0", origin=f"pages/{number}.html",
            payload="x", payload_sha256="0",
        )  # fmt: skip
        store.write_dead_letters(run, [dead_letter_row(letter, run)])
    store.end_run(run, "done", {})
    yield store
    store.close()


def test_a_reading_comes_back_whole(store: Store) -> None:
    (found,) = StoreReader(store).find(article_id(2))
    wanted = record_of(envelope(2))
    assert found == wanted
    monday = found.dates[0].time
    assert monday.anchor and not monday.anchor.losers
    anchor = found.anchor_of(monday)
    assert anchor and anchor.losers == wanted.anchors.page.losers


def test_counts_are_of_what_is_current(store: Store) -> None:
    newer = envelope(2, revision="r2", published="2025-11-07", events=())
    assert newer.anchors
    newer = newer.model_copy(
        update={"anchors": newer.anchors.model_copy(update={"published": "2025-11-07"}), "events": ()}
    )
    store.write_articles("run-1", [article_rows(newer, "settings", "run-1")])
    summary = StoreReader(store).summary()
    assert (summary.articles, summary.events, summary.dates) == (3, 8, 12)
    (letters,) = summary.letters
    assert (letters.type, letters.count, letters.origin) == ("not_an_article", 2, "pages/2.html")
    assert summary.run and (summary.run.run_id, summary.run.status) == ("run-1", "done")
    assert [r.article_id for r in StoreReader(store).newest(10)] == [
        article_id(2),
        article_id(1),
        article_id(3),
    ]
    assert [r.revision for r in StoreReader(store).find(article_id(2))] == ["r2"]


def test_newest_is_bounded_and_reads_on_by_chunks(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.pipeline.store.packed.readings.CHUNK", 2)
    assert len(list(StoreReader(store).newest(2))) == 2
    assert len(list(StoreReader(store).newest(100))) == 3


def test_find_takes_its_key_literally(store: Store) -> None:
    reader = StoreReader(store)
    assert [r.article_id for r in reader.find("ferry_3.txt")] == [article_id(3)]
    assert [r.article_id for r in reader.find("HTTPS://post.example/ferry/3#top")] == [article_id(3)]
    assert len(reader.find("0a271c1e-")) == 3
    for key in ("", "a", "%%%%", "ferry%3.txt", "ferryx3.txt"):
        assert not reader.find(key), key


def test_a_store_without_text(tmp_path: Path) -> None:
    store = Store(sqlite_url(tmp_path / "events.db"))
    run = store.begin_run("settings", ["pages"])
    store.write_articles(run, [article_rows(envelope(1), "settings", run, store_text=False)])
    reader = StoreReader(store)
    assert views_of(render(reader))[0]["left_out"] == ["this store keeps no text"]
    file = io.StringIO()
    explain(reader, article_id(1), Console(file=file))
    assert "sentence" not in file.getvalue() and "2025-11-03" in file.getvalue()
    store.close()


def test_commands(store: Store, tmp_path: Path) -> None:
    run = CliRunner().invoke
    done = run(app, ["report", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert done.stdout.strip() == str(tmp_path / "report.html")
    assert "Ferry waits" in (tmp_path / "report.html").read_text()
    titled = tmp_path / "titled.html"
    assert (
        run(app, ["report", str(tmp_path), "--to", str(titled), "--title", "Ferries & <wind>"]).exit_code == 0
    )
    assert "<h1>Ferries &amp; &lt;wind&gt;</h1>" in titled.read_text()
    other = tmp_path / "one.html"
    assert (
        run(app, ["report", f"sqlite:///{tmp_path}/events.db", "--to", str(other), "--limit", "1"]).exit_code
        == 0
    )
    assert len(data_of(other.read_text())["articles"]) == 1
    assert run(app, ["report", f"sqlite:///{tmp_path}/events.db"]).exit_code == 2
    assert run(app, ["report", str(tmp_path / "nothing")]).exit_code == 1
    told = run(app, ["explain", "ferry_2.txt", "--output", str(tmp_path)])
    assert told.exit_code == 0 and "“on Monday”" in told.stdout
    assert run(app, ["explain", "ferry_9.txt", "--output", str(tmp_path)]).exit_code == 1


def test_a_takedown_leaves_the_report_too(store: Store, tmp_path: Path) -> None:
    CliRunner().invoke(app, ["report", str(tmp_path)])
    assert "Ferry waits for the wind (2)" in (tmp_path / "report.html").read_text()
    assert CliRunner().invoke(app, ["forget", article_id(2), "--output", str(tmp_path)]).exit_code == 0
    page = (tmp_path / "report.html").read_text()
    assert "Ferry waits for the wind (2)" not in page
    assert {a["id"] for a in data_of(page)["articles"]} == {article_id(1), article_id(3)}
    assert (
        store.read(lambda c: c.execute(sa.select(sa.func.count()).select_from(t.articles)).scalar_one()) == 2
    )
