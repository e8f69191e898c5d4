"""The links of one article for the report and for ``explain``: partners, the evidence of each link, and the
story."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dateline.pipeline.store.connection import Database
from dateline.pipeline.store.packed import evidence
from dateline.pipeline.store.schema import tables as t

LINKS = 40
"""Links of one article that are shown at most."""
_WORDS = 80

_counts = sa.table("stories", *(sa.column(name) for name in ("article_id", "articles", "texts", "sources")))
_days = sa.table(
    "main_days", *(sa.column(name) for name in ("article_id", "certainty", "day_start", "day_end", "sources"))
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a link: the feature, its share of the score, and pairs of words of this article and its
    partner."""

    feature: str
    weight: float
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """A link from the view of one of its articles. ``here`` and ``there`` are what each states if they
    contradict each other."""

    kind: str
    score: float
    partner: str
    title: str
    reasons: tuple[Reason, ...]
    label: str | None = None
    here: str | None = None
    there: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """The story of one article (its counts; 0 without a story), its links, and the day of its event."""

    articles: int = 0
    texts: int = 0
    sources: int = 0
    links: tuple[LinkRecord, ...] = ()
    day: str | None = None
    certainty: str | None = None
    day_sources: int = 0


def place_of(database: Database, article_id: str) -> Place | None:
    """The story, links and day of an article; ``None`` if it has none of them."""
    return database.read(lambda c: _place(c, article_id))


def _place(c: sa.Connection, article_id: str) -> Place | None:
    story = c.execute(sa.select(_counts).where(_counts.c.article_id == article_id)).first()
    day = c.execute(sa.select(_days).where(_days.c.article_id == article_id)).first()
    x, mine = t.link_rows.c, evidence.numbers([article_id])
    epoch = sa.select(t.meta.c.value).where(t.meta.c.key == t.LINK_EPOCH).scalar_subquery()
    query = (
        evidence.rows_of()
        .where(x.epoch == epoch, sa.or_(x.article_a.in_(mine), x.article_b.in_(mine)))
        .order_by(x.kind, x.score.desc(), x.a, x.b)
        .limit(LINKS)
    )
    rows = [evidence.row_of(dict(row)) for row in c.execute(query).mappings()]
    if not rows and day is None:
        return None
    texts = texts_of(c, {r[side] for r in rows for side in ("article_a", "article_b")})
    return Place(
        articles=story.articles if story else 0,
        texts=story.texts if story else 0,
        sources=story.sources if story else 0,
        links=tuple(_link(row, article_id, texts) for row in rows),
        day=day.day_start if day else None,
        certainty=day.certainty if day else None,
        day_sources=day.sources if day else 0,
    )


Texts = dict[str, tuple[str, str | None]]


def texts_of(c: sa.Connection, ids: Iterable[str]) -> Texts:
    """Title (else origin) and text of current articles."""
    current = sa.table("current_articles", *(sa.column(n) for n in ("article_id", "title", "origin", "text")))
    query = sa.select(current).where(current.c.article_id.in_(sorted(ids)))
    return {r.article_id: (r.title or r.origin, r.text) for r in c.execute(query)}


def _link(row: Any, mine: str, texts: Texts) -> LinkRecord:
    flipped = row["article_b"] == mine
    other = row["article_a"] if flipped else row["article_b"]
    stated = (row["stated_b"], row["stated_a"]) if flipped else (row["stated_a"], row["stated_b"])
    sides = ("b", "a") if flipped else ("a", "b")
    reasons = tuple(
        Reason(
            e["feature"],
            e["weight"],
            tuple(
                (words_at(texts, mine, p[sides[0]]), words_at(texts, other, p[sides[1]]))
                for p in e.get("places", ())
            ),
        )
        for e in json.loads(row["evidence"])
    )
    return LinkRecord(
        row["kind"], row["score"], other, texts.get(other, (other, None))[0], reasons, row["label"], *stated
    )


def words_at(texts: Texts, article_id: str, span: Sequence[int]) -> str:
    """The words of a span on one line; empty if the store keeps no text."""
    text = texts.get(article_id, ("", None))[1]
    return " ".join(text[span[0] : span[1]].split())[:_WORDS] if text else ""
