"""``verify`` finds what was changed by hand, and is content with what a run wrote."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from dateline.pipeline.errors import StoreError
from dateline.pipeline.store.packed.compact import compact
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store
from dateline.pipeline.store.verify import verify
from tests.pipeline.store.conftest import rows


def states(store: Store) -> dict[str, str]:
    return {f.check: f.state for f in verify(store)}


def _another_text(c: sa.Connection) -> None:
    text = t.article_rows.c.text
    c.execute(sa.update(t.article_rows).values(text="x" + c.execute(sa.select(text)).scalar_one()))


def _another_span(c: sa.Connection) -> None:
    made = rows(1)
    event = made.events[0]
    for end in ("start", "end"):
        event["record"]["action"]["span"][end] += 1
    packed = compact(made).article["readings"]
    c.execute(sa.update(t.article_rows).values(readings=packed))


def _damaged(c: sa.Connection) -> None:
    packed = c.execute(sa.select(t.article_rows.c.readings)).scalar_one()
    c.execute(sa.update(t.article_rows).values(readings=packed[:-40]))


def _no_article(c: sa.Connection) -> None:
    c.execute(sa.delete(t.article_rows))


@pytest.mark.parametrize(
    "change, fails",
    [
        (_another_text, {"articles"}),
        (_another_span, {"events"}),
        (_damaged, {"articles"}),
        (_no_article, {"dates", "events", "ledger"}),
    ],
)
def test_what_was_changed_by_hand_is_found(
    store: Store, change: Callable[[sa.Connection], None], fails: set[str]
) -> None:
    store.write_articles("r", [rows(1)])
    assert "fail" not in states(store).values()
    before = store.content_hash()
    store.transact(change)
    assert {check for check, state in states(store).items() if state == "fail"} == fails
    if change is _damaged:
        with pytest.raises(StoreError, match="damaged"):
            store.content_hash()
    else:
        assert store.content_hash() != before


def test_a_run_that_did_not_end_is_a_note(store: Store) -> None:
    store.begin_run("s", ["a"])
    [found] = [f for f in verify(store) if f.check == "runs"]
    assert (found.state, "running" in found.message) == ("note", True)
