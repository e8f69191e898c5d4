"""What a run of linking has to do: the articles of a store that are not linked yet, and the buckets that they change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

import sqlalchemy as sa

from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.schema.views import is_current
from dateline.transforms import stories

BATCH = 500
Article = tuple[str, str, int | None]
"""``(article_id, revision, day)``; the day is an ordinal."""


class Articles:
    """Many articles in 60 bytes each; as tuples they take 300. :data:`BATCH` of them are one text."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._texts: list[str] = []
        self._count = 0
        rows = iter(articles)
        while some := list(islice(rows, BATCH)):
            self._texts.append("\n".join(f"{a} {r} {'' if d is None else d}" for a, r, d in some))
            self._count += len(some)

    def __len__(self) -> int:
        """How many there are."""
        return self._count

    def batches(self) -> Iterator[list[Article]]:
        """All of them in the order in which they were given, a batch at a time."""
        for text in self._texts:
            rows = (line.split(" ") for line in text.split("\n"))
            yield [(a, r, int(day) if day else None) for a, r, day in rows]


class Work(NamedTuple):
    """What a run of linking has to do.

    ``buckets``: those in which an article came, changed or went; ``changed``: the articles to be linked, in order of
    their ids; ``gone``: articles that were linked and are no more; ``without``: articles that have no profile.
    """

    buckets: tuple[int, ...]
    changed: Articles
    gone: tuple[str, ...]
    without: int


def look(c: sa.Connection, epoch: str, since: int | None = None) -> Work:
    """What is not linked yet in this epoch; ``since``: only articles of that day (an ordinal) or later, and the
    undated."""
    a, held = t.article_rows.c, t.linked.c
    current = is_current(t.article_rows)
    turned = c.execute(sa.select(t.meta.c.value).where(t.meta.c.key == t.LINK_EPOCH)).scalar()
    first = since if turned == epoch else None  # an epoch is written whole
    undated = c.execute(sa.select(a.id).where(a.story_day.is_(None), current).limit(1)).first() is not None
    here = sa.exists().where(a.article_id == held.article_id)
    gone = c.execute(
        sa.select(held.article_id, held.epoch, held.story_day).where(sa.not_(here)).order_by(held.article_id)
    ).all()
    without = c.execute(
        sa.select(sa.func.count()).select_from(t.article_rows).where(a.profile.is_(None), current)
    ).scalar_one()
    days = {row.story_day for row in gone if row.epoch == epoch}

    def changed() -> Iterator[Article]:
        new = sa.or_(held.article_id.is_(None), held.revision != a.revision, held.epoch != epoch)
        query = (
            sa.select(a.article_id, a.revision, a.story_day, held.epoch, held.story_day.label("before"))
            .outerjoin_from(t.article_rows, t.linked, held.article_id == a.article_id)
            .where(current, a.profile.is_not(None), new)
            .order_by(a.article_id)
        )
        for row in c.execute(query.execution_options(yield_per=BATCH)):
            if first is None or row.story_day is None or row.story_day >= first:
                days.add(row.story_day)
                if row.epoch == epoch:
                    days.add(row.before)  # Where an article stood before, its links go.
                yield row.article_id, row.revision, row.story_day

    found = Articles(changed())
    touched = {bucket for day in days for bucket in stories.buckets(day, undated)}
    return Work(tuple(sorted(touched)), found, tuple(row.article_id for row in gone), without)
