"""Stories for the report: who published each, which claims several sources share, where they contradict each
other, and the days of undated pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dateline.pipeline.report.links import Texts, texts_of, words_at
from dateline.pipeline.store.connection import Database
from dateline.pipeline.store.packed import evidence
from dateline.pipeline.store.schema import tables as t

STORIES = 100
MEMBERS = 12
_CLAIM = 240
_DAY_LENGTH = len("2026-11-18")
_AT_ONCE = 500
"""Articles in one query; databases limit the number of values."""

_stories = sa.table(
    "stories",
    *(
        sa.column(name)
        for name in (
            "story_id", "article_id", "origin", "title", "publisher", "published", "source", "text_id", "first_day",
            "articles", "texts", "sources",
        )
    ),
)  # fmt: skip
_SOFT = "soft"
_inferred = sa.table(
    "inferred_dates",
    *(sa.column(name) for name in ("article_id", "certainty", "day_start", "day_end", "sources", "evidence")),
)


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story, with the number of ``copies`` of its text."""

    article_id: str
    title: str
    publisher: str
    published: str
    copies: int


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two articles of a story that state different days or numbers, with title and words of each."""

    first: str
    second: str
    stated: tuple[str, str]
    words: tuple[str, str]
    label: str
    articles: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Teller:
    """One article that contains a claim: the event, its publisher (else source), and when the article was
    published."""

    event_id: str
    article_id: str
    publisher: str
    published: str


@dataclass(frozen=True, slots=True)
class SharedClaim:
    """A claim that several sources of a story share, with its articles in order of publication."""

    actor: str
    lemma: str
    words: str
    tellers: tuple[Teller, ...]


@dataclass(frozen=True, slots=True)
class StoryDay:
    """The day that its story gives an article that states none.

    ``certainty`` is ``inferred`` if two independent sources agree, ``bound`` if there is only one. ``end`` is
    exclusive. ``evidence`` are titles of partners with the words of each.
    """

    certainty: str
    start: str
    end: str
    sources: int
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StoryRecord:
    """A story with its numbers of pages, distinct texts and independent sources."""

    story_id: str
    title: str
    first_day: str
    articles: int
    texts: int
    sources: int
    members: tuple[Member, ...]
    disputes: tuple[Dispute, ...]
    claims: tuple[SharedClaim, ...] = ()


def newest(database: Database, limit: int = STORIES) -> tuple[StoryRecord, ...]:
    """The stories of several sources, newest first."""
    return database.read(lambda c: tuple(_newest(c, limit)))


def _newest(c: sa.Connection, limit: int) -> Iterable[StoryRecord]:
    x = _stories.c
    first = sa.func.coalesce(x.first_day, "")
    chosen = c.execute(
        sa.select(x.story_id, first.label("day")).distinct().order_by(first.desc(), x.story_id).limit(limit)
    ).all()
    if not chosen:
        return
    ids = [r.story_id for r in chosen]
    members: dict[str, list[Any]] = {}
    for row in c.execute(
        sa.select(_stories)
        .where(x.story_id.in_(ids))
        .order_by(sa.func.coalesce(x.published, "9"), x.article_id)
    ):
        members.setdefault(row.story_id, []).append(row)
    inside = {row.article_id: story for story, rows in members.items() for row in rows}
    disputes: dict[str, list[Any]] = {}
    found = [row for some in _batches(sorted(inside)) for row in _conflicts(c, some)]
    texts = texts_of(c, {r[side] for r in found for side in ("article_a", "article_b")})
    claims = _claims(c, members)
    for each in sorted(found, key=lambda r: (-r["score"], r["article_a"], r["article_b"])):
        disputes.setdefault(inside[each["article_a"]], []).append(each)
    for story in ids:
        rows_ = members[story]
        yield StoryRecord(
            story_id=story,
            title=next((r.title for r in rows_ if r.title), rows_[0].origin),
            first_day=rows_[0].first_day or "",
            articles=rows_[0].articles,
            texts=rows_[0].texts,
            sources=rows_[0].sources,
            members=tuple(_members(rows_)),
            disputes=tuple(_dispute(r, texts) for r in disputes.get(story, [])[:MEMBERS]),
            claims=tuple(claims.get(story, [])[:MEMBERS]),
        )


def _conflicts(c: sa.Connection, ids: Sequence[str]) -> Iterable[dict[str, Any]]:
    """Rows of ``links`` that contradict and whose first article is one of these; not those of two days that may be one."""
    x = t.link_rows.c
    epoch = sa.select(t.meta.c.value).where(t.meta.c.key == t.LINK_EPOCH).scalar_subquery()
    mine = x.article_a.in_(evidence.numbers(ids))
    query = evidence.rows_of().where(mine, x.kind == "contradicts", x.epoch == epoch)
    rows = (evidence.row_of(dict(row)) for row in c.execute(query).mappings())
    return (row for row in rows if _SOFT not in (row["label"] or ""))


def _claims(c: sa.Connection, members: dict[str, list[Any]]) -> dict[str, list[SharedClaim]]:
    """Claims that at least two sources of a story share, those of most sources first."""
    pages = {row.article_id: row for rows in members.values() for row in rows}
    told: dict[tuple[str, str], dict[str, Any]] = {}
    found_events = [row for some in _batches(sorted(pages)) for row in c.execute(_events_of(some))]
    for row in sorted(found_events, key=lambda r: (pages[r.article_id].published or "9", r.article_id, r.n)):
        page = pages[row.article_id]
        told.setdefault((page.story_id, row.content_key), {}).setdefault(page.source, row)
    found: dict[str, list[SharedClaim]] = {}
    for (story, _), by_source in sorted(told.items(), key=lambda item: -len(item[1])):
        rows = list(by_source.values())
        if len(rows) > 1:
            tellers = (_teller(row, pages[row.article_id]) for row in rows)
            claim = SharedClaim(
                rows[0].actor or "", rows[0].lemma, (rows[0].content or "")[:_CLAIM], tuple(tellers)
            )
            found.setdefault(story, []).append(claim)
    return found


def _events_of(ids: Sequence[str]) -> sa.Select[Any]:
    """Events with a content key of the current revisions of these articles, selected by id so that no other
    revision is ranked."""
    current = sa.table("current_articles", sa.column("article_id"), sa.column("revision"))
    e = t.events.c
    return (
        sa.select(e.event_id, e.article_id, e.n, e.content_key, e.actor, e.lemma, e.content)
        .join(current, sa.and_(current.c.article_id == e.article_id, current.c.revision == e.revision))
        .where(current.c.article_id.in_(ids), e.content_key.is_not(None))
    )


def _teller(row: Any, page: Any) -> Teller:
    return Teller(
        row.event_id, row.article_id, page.publisher or page.source, (page.published or "")[:_DAY_LENGTH]
    )


def _batches(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[n : n + _AT_ONCE] for n in range(0, len(ids), _AT_ONCE))


def days_of(database: Database, ids: Sequence[str]) -> dict[str, StoryDay]:
    """The days that stories give to those of these articles that state none."""
    return database.read(lambda c: dict(_days_of(c, ids)))


def _days_of(c: sa.Connection, ids: Sequence[str]) -> Iterable[tuple[str, StoryDay]]:
    for some in _batches(ids):
        query = sa.select(_inferred).where(_inferred.c.article_id.in_(some))
        rows = c.execute(query.order_by(_inferred.c.article_id)).all()
        reasons = {row.article_id: json.loads(row.evidence) for row in rows}
        texts = texts_of(c, {e["article_id"] for some in reasons.values() for e in some if "article_id" in e})
        for row in rows:
            words = (
                (texts.get(e["article_id"], ("", None))[0], words_at(texts, e["article_id"], e["at"]))
                for e in reasons[row.article_id]
                if "article_id" in e
            )
            yield (
                row.article_id,
                StoryDay(row.certainty, row.day_start, row.day_end, row.sources, tuple(words)),
            )


def _members(rows: Sequence[Any]) -> Iterable[Member]:
    """One entry for each text: its first page, and the number of its copies."""
    by_text: dict[str, list[Any]] = {}
    for row in rows:
        by_text.setdefault(row.text_id, []).append(row)
    for pages in list(by_text.values())[:MEMBERS]:
        one = pages[0]
        yield Member(
            one.article_id,
            one.title or one.origin,
            one.publisher or "",
            (one.published or "")[:10],
            len(pages) - 1,
        )


def _dispute(row: Any, texts: Texts) -> Dispute:
    (reason,) = json.loads(row["evidence"])[:1]
    (place,) = reason["places"][:1]
    a, b = row["article_a"], row["article_b"]
    return Dispute(
        first=texts.get(a, (a, None))[0],
        second=texts.get(b, (b, None))[0],
        stated=(row["stated_a"], row["stated_b"]),
        words=(words_at(texts, a, place["a"]), words_at(texts, b, place["b"])),
        label=row["label"],
        articles=(a, b),
    )
