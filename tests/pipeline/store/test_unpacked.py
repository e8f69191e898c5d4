"""A store that release 0.2.0 wrote with schema 4 says the same after its rows were moved into the tables of schema 5.

``schema_4.sql.gz`` is the dump of such a store: pages of our own with two revisions of one, stories with links, a dead
letter. Its content hash is that which the code of schema 4 gave.
"""

from __future__ import annotations

import gzip
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from dateline.pipeline.store import unpacked
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.location import parse
from dateline.pipeline.store.packed import readings
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store
from dateline.pipeline.store.verify import verify
from tests.pipeline.store.conftest import held

DUMP = Path(__file__).with_name("schema_4.sql.gz")
HASH = "91636f822f5084eaa32ede0879c6cbf48263e6308935d971e382fd2be58cbbbf"


def old_file(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(gzip.decompress(DUMP.read_bytes()).decode())
    return path


@pytest.fixture
def old(tmp_path: Path) -> str:
    return sqlite_url(old_file(tmp_path / "events.db"))


def old_server(url: str, file: Path) -> None:
    """The tables of the file in a PostgreSQL database, as schema 4 had them there."""
    source = sa.create_engine(sqlite_url(file))
    target = sa.create_engine(url)
    held = sa.MetaData()
    held.reflect(source)
    with source.connect() as there, target.begin() as here:
        held.create_all(here)
        for table in held.tables.values():
            if rows := [dict(row) for row in there.execute(sa.select(table)).mappings()]:
                here.execute(sa.insert(table), rows)
    source.dispose()
    target.dispose()


def assert_whole(url: str) -> None:
    store = Store(url)
    assert store.content_hash() == HASH
    assert {f.state for f in verify(store)} == {"ok"}
    names = set(sa.inspect(store.engine).get_table_names())
    assert names == set(t.metadata.tables) and not any("schema_4" in name for name in names)
    assert {"key": "schema", "value": "5"} in held(store, t.meta)
    assert store.count(t.links) == 10 and store.count(sa.table("stories")) == 6
    store.close()


def test_it_says_the_same_and_takes_less_room(old: str) -> None:
    file = Path(sa.make_url(old).database or "")
    before = file.stat().st_size
    assert_whole(old)
    assert file.stat().st_size < before / 1.8  # every table is a page of 4 KB at least
    assert_whole(old)


def test_it_says_the_same_in_postgresql(postgres: str, tmp_path: Path) -> None:
    url = parse(postgres).url
    old_server(url, old_file(tmp_path / "events.db"))
    assert_whole(url)


@pytest.mark.parametrize("kills", [1, 4, 9])
def test_one_that_is_killed_goes_on_where_it_stopped(
    old: str, kills: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacked, "ARTICLES", 1)
    monkeypatch.setattr(unpacked, "LINKS", 3)
    moved = unpacked.move
    done = 0

    def killed(c: sa.Connection) -> bool:
        nonlocal done
        found = moved(c)
        done += 1
        if done in (kills, kills + 2):  # after its writes and before its commit
            raise KeyboardInterrupt
        return found

    monkeypatch.setattr(unpacked, "move", killed)
    for _ in range(2):
        store = Store(old)
        with pytest.raises(KeyboardInterrupt):
            store.count(t.articles)
        store.close()
    assert_whole(old)
    assert done >= 9 + 4


def test_two_that_open_it_at_once_share_the_work(old: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacked, "ARTICLES", 1)
    faults: list[BaseException] = []

    def opened() -> None:
        try:
            assert_whole(old)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=opened) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not faults


def test_what_somebody_wrote_into_a_row_is_kept_letter_for_letter(tmp_path: Path) -> None:
    file = old_file(tmp_path / "events.db")
    odd: dict[str, Callable[[str], str]] = {
        "dates": lambda record: record.replace(",", ", ", 1),
        "events": lambda record: "no JSON",
    }
    with closing(sqlite3.connect(file)) as connection:
        for table, change in odd.items():
            number, record = connection.execute(
                f"SELECT rowid, record FROM {table} ORDER BY rowid"
            ).fetchone()
            connection.execute(f"UPDATE {table} SET record = ? WHERE rowid = ?", (change(record), number))
        connection.commit()
        wanted = {
            table: sorted(r for (r,) in connection.execute(f"SELECT record FROM {table}")) for table in odd
        }
    store = Store(sqlite_url(file))
    found = list(readings.every(store, sa.select(t.articles.c.article_id, t.articles.c.revision)))
    assert sorted(row["record"] for one in found for row in one.dates) == wanted["dates"]
    assert sorted(row["record"] for one in found for row in one.events) == wanted["events"]
    store.close()
