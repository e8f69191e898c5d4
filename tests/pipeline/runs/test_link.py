"""Linking a store: one full run, ten increments and a takedown come to the same; views; the command."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from dateline.pipeline.cli import app
from dateline.pipeline.errors import InputError
from dateline.pipeline.runs import link as linking
from dateline.pipeline.runs.bounded import run
from dateline.pipeline.settings import Settings
from dateline.pipeline.store import migrations
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.links import LinkStore
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store
from tests import stories

NO_LINKS = Settings(link=False)


def read(folder: Path, pages: Sequence[dict[str, str]], settings: Settings = NO_LINKS) -> None:
    path = folder.parent / f"{folder.name}.jsonl"
    path.write_text(stories.jsonl(list(pages)), "utf-8")
    run([str(path)], str(folder), settings)


def store_of(folder: Path) -> Store:
    return Store(sqlite_url(folder / "events.db"))


def held(store: Store, name: str) -> list[dict[str, Any]]:
    rows = store.rows(sa.text(f"SELECT * FROM {name}"))
    return sorted(({k: v for k, v in r.items() if "origin" not in k} for r in rows), key=json.dumps)


LINK_TABLES = ("links", "story_members", "story_days")
PAGES = list(stories.rows(14, 4))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What one run of linking over all pages leaves."""
    folder = tmp_path_factory.mktemp("whole") / "out"
    read(folder, PAGES)
    store = store_of(folder)
    linking.link(store, Settings())
    found = {name: held(store, name) for name in LINK_TABLES} | {"folder": folder}
    store.close()
    return found


def test_each_event_is_a_story_with_its_copy_and_its_conflict(whole: dict[str, Any]) -> None:
    store = store_of(whole["folder"])
    by_story: dict[str, set[str]] = {}
    for row in store.rows(sa.text("SELECT * FROM stories")):
        by_story.setdefault(row["story_id"], set()).add(row["url"].rsplit("/", 1)[1].split("-")[0])
        assert (row["articles"], row["texts"], row["sources"]) == (4, 3, 3)
    assert sorted(by_story.values(), key=sorted) == sorted(({str(n)} for n in range(14)), key=sorted)
    conflicts = list(store.rows(sa.text("SELECT * FROM conflicts WHERE kind = 'day'")))
    assert {row["when_a"] != row["when_b"] for row in conflicts} == {True}
    assert len({frozenset((row["article_a"], row["article_b"])) for row in conflicts}) >= 14
    firsts = list(store.rows(sa.text("SELECT * FROM who_said_first WHERE place = 1 AND tellers > 1")))
    assert firsts
    store.close()


def test_ten_increments_equal_one_run(tmp_path: Path, whole: dict[str, Any]) -> None:
    store = None
    for n in range(10):
        read(tmp_path / "out", PAGES[n::10])
        store = store or store_of(tmp_path / "out")
        linking.link(store, Settings())
    assert store is not None
    for name in LINK_TABLES:
        assert held(store, name) == whole[name], name
    assert linking.link(store, Settings()).articles == 0
    store.close()


def test_a_runner_and_two_workers_come_to_the_same(
    tmp_path: Path, whole: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linking, "SMALL", 0)
    read(tmp_path / "out", PAGES)
    store = store_of(tmp_path / "out")
    linking.link(store, Settings(workers=2))
    for name in LINK_TABLES:
        assert held(store, name) == whole[name], name
    store.close()


def test_linking_that_was_killed_is_done_again_to_the_same(
    tmp_path: Path, whole: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    read(tmp_path / "out", PAGES)
    store = store_of(tmp_path / "out")
    monkeypatch.setattr(linking.linking, "WRITE", 7)
    write, written = LinkStore.write, [0]

    def killed(links: LinkStore, rows: Sequence[Any]) -> None:
        written[0] += 1
        if written[0] == 4:
            raise InputError("killed")
        write(links, rows)

    monkeypatch.setattr(LinkStore, "write", killed)
    with pytest.raises(InputError, match="killed"):
        linking.link(store, Settings())
    assert len(held(store, "links")) == 21 and not held(store, "stories")
    assert linking.link(store, Settings()).articles == len(PAGES)
    for name in LINK_TABLES:
        assert held(store, name) == whole[name], name
    store.close()


def test_a_takedown_takes_its_links_and_the_rest_is_linked_anew(tmp_path: Path) -> None:
    read(tmp_path / "out", PAGES[:8], Settings())
    store = store_of(tmp_path / "out")
    gone = PAGES[1]["url"]
    (name,) = store.forget(gone)
    assert not [row for row in held(store, "links") if name in (row["article_a"], row["article_b"])]
    linking.link(store, Settings())
    left = {table: held(store, table) for table in LINK_TABLES}
    store.close()
    read(tmp_path / "without", [p for p in PAGES[:8] if p["url"] != gone], Settings())
    other = store_of(tmp_path / "without")
    for table in LINK_TABLES:
        assert left[table] == held(other, table), table
    other.close()


def test_a_changed_page_leaves_its_story(tmp_path: Path) -> None:
    first, second = PAGES[0], PAGES[1]
    read(tmp_path / "out", [first, second], Settings())
    store = store_of(tmp_path / "out")
    assert store.link_counts()[1] == 1
    other = stories.story(99)[0]
    read(
        tmp_path / "out",
        [second | {k: other[k] for k in ("content", "title")} | {"modified": "2026-12-01"}],
        Settings(),
    )
    assert store.link_counts() == (0, 0)
    store.close()


def test_an_epoch_is_written_whole_before_the_views_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(tmp_path / "out", PAGES[:8], Settings())
    store = store_of(tmp_path / "out")
    before = held(store, "stories")
    monkeypatch.setattr("dateline.transforms.stories.epoch", lambda: "other")
    monkeypatch.setattr("dateline.transforms.stories.linking.epoch", lambda: "other")
    monkeypatch.setattr(linking, "write_stories", lambda *_: (_ for _ in ()).throw(InputError("stopped")))
    with pytest.raises(InputError):
        linking.link(store, Settings(), since=800_000)
    assert held(store, "stories") == before
    monkeypatch.undo()
    monkeypatch.setattr("dateline.transforms.stories.epoch", lambda: "other")
    monkeypatch.setattr("dateline.transforms.stories.linking.epoch", lambda: "other")
    assert linking.link(store, Settings(), since=800_000).articles == 8
    assert {row["epoch"] for row in held(store, "links")} == {"other"}
    assert held(store, "stories") == before
    store.close()


def test_an_undated_page_takes_the_day_of_two_papers(tmp_path: Path) -> None:
    pages = stories.story(3, 2)
    undated = {
        "content": pages[0]["content"].split("\n\n", 1)[1] + "\n\n" + pages[1]["content"].split("\n\n", 1)[1]
    }
    undated |= {"title": pages[0]["title"], "url": "https://undated.example/3"}
    own = (
        "Our reporter walked along the quay at dawn and counted eleven sailors, two tugs and one sleeping dog. A "
        "painter from the hills has drawn the harbour in every month of the year and will show it in a barn.",
        "Readers wrote to us about the noise of engines, about gulls in the chimneys and about the price of rope. The "
        "choir of the old parish sings tonight under lanterns, and tickets are sold beside the bakery.",
    )
    for page, words in zip(pages, own, strict=True):
        lead, first, *_ = page["content"].split("\n\n")
        page["content"] = (
            f"{lead}\n\n{first}\n\n{words}"  # one would be a copy of the other, and so no second source
        )
    read(tmp_path / "out", [*pages, undated], Settings())
    store = store_of(tmp_path / "out")
    (row,) = store.rows(sa.text("SELECT * FROM inferred_dates"))
    told = {r["day_start"] for r in store.rows(sa.text("SELECT * FROM main_days WHERE certainty = 'told'"))}
    assert {row["edtf"]} == told and row["sources"] == 2
    assert len(json.loads(row["evidence"])) == 2
    store.close()


def test_since() -> None:
    assert linking.since_day("2026-11-01") == 739_921
    assert linking.since_day("14d") > 739_000
    for bad in ("soon", "2026-13-45"):
        with pytest.raises(InputError):
            linking.since_day(bad)


def test_commands(tmp_path: Path) -> None:
    read(tmp_path / "out", PAGES[:4])
    command = CliRunner()
    linked = command.invoke(app, ["link", str(tmp_path / "out"), "--format", "jsonl"])
    assert linked.exit_code == 0
    counts = {json.loads(line)["count"]: json.loads(line)["n"] for line in linked.stdout.splitlines()}
    assert (counts["articles"], counts["stories"]) == (4, 1)
    listed = command.invoke(app, ["stories", str(tmp_path / "out"), "--format", "jsonl"])
    table = command.invoke(app, ["stories", str(tmp_path / "out")], env={"COLUMNS": "100"})
    assert table.exit_code == 0 and "first_day" in table.stdout
    assert max(map(len, table.stdout.splitlines())) <= 100
    rows = [json.loads(line) for line in listed.stdout.splitlines()]
    assert len(rows) == 4
    assert [bool(row["copy_of"]) for row in rows].count(True) == 1
    assert command.invoke(app, ["link", str(tmp_path / "out"), "--since", "soon"]).exit_code == 2


def test_a_store_of_before_links_gets_their_columns(tmp_path: Path) -> None:
    engine = sa.create_engine(sqlite_url(tmp_path / "old.db"))
    with engine.begin() as c:
        for table in ("articles", "events", "links"):
            c.execute(sa.text(f"CREATE TABLE {table} (record TEXT)"))
        migrations.MIGRATIONS[1](c)
        columns = {x["name"] for name in ("articles", "events") for x in sa.inspect(c).get_columns(name)}
        assert columns == {"record", "profile", "story_day", "content_key"}
        assert not sa.inspect(c).has_table("links")
    engine.dispose()


def test_an_article_without_a_profile_is_counted_and_left(tmp_path: Path) -> None:
    read(tmp_path / "out", PAGES[:1])
    store = store_of(tmp_path / "out")
    store.transact(lambda c: c.execute(sa.update(t.article_rows).values(profile=None)))
    done = linking.link(store, Settings())
    assert (done.articles, done.without) == (0, 1)
    store.close()
