"""What a second reading changed, in order of article."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dateline.pipeline.commands.diff import changes
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.rows import article_rows
from dateline.pipeline.store.store import Store
from dateline.transforms.model import Envelope, RawArticle
from dateline.transforms.walk import walk
from tests.pages import page


def read(number: int) -> Envelope:
    return walk(RawArticle(content=page(number).html(), origin="a", url=page(number).url))


def stored(path: Path, *envelopes: Envelope) -> Store:
    store = Store(sqlite_url(path))
    store.write_articles("r", [article_rows(e, "s", "r") for e in envelopes])
    return store


def altered(e: Envelope, **changes: Any) -> Envelope:
    assert e.events
    return e.model_copy(update={"events": (e.events[0].model_copy(update=changes), *e.events[1:])})


def test_diff(tmp_path: Path) -> None:
    one, two, three = read(1), read(2), read(3)
    assert two.events and two.times and three.events and three.times
    old = stored(tmp_path / "old.db", one, two)
    same = stored(tmp_path / "same.db", two, one)
    assert list(changes(old, same)) == []
    new = stored(tmp_path / "new.db", altered(one, modality="negated"), three)
    found = list(changes(old, new))
    changed = [c for c in found if c.what == "changed"]
    assert [(c.kind, c.fields) for c in changed] == [("event", ("modality",))]
    for what, e in (("removed", two), ("added", three)):
        assert e.article and e.events and e.times
        mine = [c for c in found if c.what == what]
        assert {c.article_id for c in mine} == {e.article.article_id}
        assert sum(c.kind == "event" for c in mine) == len(e.events)
        assert sum(c.kind == "date" for c in mine) == len(e.times)
    for store in (old, same, new):
        store.close()


def test_release_that_only_changes_its_number_and_its_words_is_no_difference(tmp_path: Path) -> None:
    one = read(1)
    old = stored(tmp_path / "old.db", one)
    new = stored(tmp_path / "new.db", altered(one, pipeline="9.9.9", trace=("in other words",)))
    assert list(changes(old, new)) == []
    old.close()
    new.close()
