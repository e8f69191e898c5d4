"""Which revision of an article is the current one, in whatever order they arrive."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import sqlalchemy as sa

from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.rows import article_rows
from dateline.pipeline.store.store import Store
from dateline.transforms.model import RawArticle
from dateline.transforms.walk import walk
from tests.pipeline.articles import address, text

Told = dict[str, str]


@pytest.mark.parametrize(
    "told",
    [
        # Three changes within one day.
        [{"modified": f"2026-11-17T{hour:02}:00:00-06:00"} for hour in (8, 9, 21)],
        # The offsets differ: 10:00 in Kyiv is before 09:00 in London.
        [
            {"modified": m}
            for m in ("2026-11-17T10:00:00+02:00", "2026-11-17T09:00:00Z", "2026-11-17T11:00:00Z")
        ],
        # Nothing but the time of the fetch tells them apart.
        [{"published": "2026-11-17", "fetched_at": f"2026-11-18T0{n}:00:00+00:00"} for n in range(3)],
        [{"fetched_at": f"2026-11-1{n}T00:00:00+00:00"} for n in range(3)],
    ],
    ids=["hours", "offsets", "fetches", "fetches-alone"],
)
def test_the_newest_revision_is_current_in_any_order(told: list[Told], tmp_path: Path) -> None:
    rows = [
        article_rows(
            walk(RawArticle(content=text(1, n), origin=f"o{n}", url=address(1), media_type="text/plain", **known)),
            "s",
            "run",
        )
        for n, known in enumerate(told)
    ]  # fmt: skip
    for number, order in enumerate(itertools.permutations(rows)):
        store = Store(sqlite_url(tmp_path / f"{number}.db"))
        for one in order:
            store.write_articles("run", [one])
        current = store.read(
            lambda c: c.execute(sa.text("SELECT revision FROM current_articles")).scalars().all()
        )
        assert current == [rows[-1].key[1]]
