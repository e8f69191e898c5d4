"""Stories and links as the report and explain show them: counts, partners, contradictions, and the words that show each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dateline.pipeline.store import tables as t
from dateline.pipeline.store.connection import Database

LINKS = 40
"""Links of one article that are shown."""
STORIES = 100
MEMBERS = 12
_WORDS = 80
_CLAIM = 240
_AT_ONCE = 500
"""Articles asked for in one query: databases bound the number of values."""

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
_conflicts = sa.table(
    "conflicts",
    *(
        sa.column(name)
        for name in (
            "article_a",
            "article_b",
            "origin_a",
            "origin_b",
            "when_a",
            "when_b",
            "kind",
            "score",
            "evidence",
        )
    ),
)
_events = sa.table(
    "current_events",
    *(
        sa.column(name)
        for name in ("event_id", "article_id", "content_key", "actor", "lemma", "content", "published")
    ),
)
_inferred = sa.table(
    "inferred_dates",
    *(sa.column(name) for name in ("article_id", "certainty", "day_start", "day_end", "sources", "evidence")),
)
_days = sa.table(
    "main_days", *(sa.column(name) for name in ("article_id", "certainty", "day_start", "day_end", "sources"))
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a link: the feature, its share of the score, and pairs of words, of this article and its partner."""

    feature: str
    weight: float
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LinkReading:
    """A link as seen from one of its articles. ``here`` and ``there`` are what each states, where they contradict."""

    kind: str
    score: float
    partner: str
    title: str
    reasons: tuple[Reason, ...]
    label: str | None = None
    here: str | None = None
    there: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story; ``copies`` of its text are folded into it."""

    article_id: str
    title: str
    publisher: str
    published: str
    copies: int


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two articles of a story that state different days or numbers, with the title and the words of each."""

    first: str
    second: str
    stated: tuple[str, str]
    words: tuple[str, str]
    label: str
    articles: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells a claim: the event in an article, its publisher (else source), and when that was published."""

    event_id: str
    article_id: str
    publisher: str
    published: str


@dataclass(frozen=True, slots=True)
class SharedClaim:
    """One content that several sources of a story tell, in the order in which they did."""

    actor: str
    lemma: str
    words: str
    tellers: tuple[Teller, ...]


@dataclass(frozen=True, slots=True)
class StoryDay:
    """The day that an article's story gives it, where its own words give none.

    ``certainty`` is ``inferred`` where two independent sources agree, ``bound`` where one says so. ``end`` is exclusive.
    ``evidence`` are titles of partners with the words of each.
    """

    certainty: str
    start: str
    end: str
    sources: int
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StoryReading:
    """A story: how many pages, distinct texts and independent sources tell it."""

    story_id: str
    title: str
    first_day: str
    articles: int
    texts: int
    sources: int
    members: tuple[Member, ...]
    disputes: tuple[Dispute, ...]
    claims: tuple[SharedClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where one article stands: the counts of its story (0 where it has none), its links, and the day of its event."""

    articles: int = 0
    texts: int = 0
    sources: int = 0
    links: tuple[LinkReading, ...] = ()
    day: str | None = None
    certainty: str | None = None
    day_sources: int = 0


def place_of(database: Database, article_id: str) -> Place | None:
    """The story, links and day of an article; ``None`` for one that has none."""
    return database.read(lambda c: _place(c, article_id))


def _place(c: sa.Connection, article_id: str) -> Place | None:
    story = c.execute(sa.select(_stories).where(_stories.c.article_id == article_id)).first()
    day = c.execute(sa.select(_days).where(_days.c.article_id == article_id)).first()
    x = t.links.c
    epoch = sa.select(t.meta.c.value).where(t.meta.c.key == t.LINK_EPOCH).scalar_subquery()
    query = (
        sa.select(t.links)
        .where(x.epoch == epoch, sa.or_(x.article_a == article_id, x.article_b == article_id))
        .order_by(x.kind, x.score.desc(), x.a, x.b)
        .limit(LINKS)
    )
    rows = c.execute(query).mappings().all()
    if not rows and day is None:
        return None
    texts = _texts(c, {r[side] for r in rows for side in ("article_a", "article_b")})
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


def _texts(c: sa.Connection, ids: Iterable[str]) -> Texts:
    """Title (else origin) and text of current articles."""
    current = sa.table("current_articles", *(sa.column(n) for n in ("article_id", "title", "origin", "text")))
    query = sa.select(current).where(current.c.article_id.in_(sorted(ids)))
    return {r.article_id: (r.title or r.origin, r.text) for r in c.execute(query)}


def _link(row: Any, mine: str, texts: Texts) -> LinkReading:
    flipped = row["article_b"] == mine
    other = row["article_a"] if flipped else row["article_b"]
    stated = (row["stated_b"], row["stated_a"]) if flipped else (row["stated_a"], row["stated_b"])
    sides = ("b", "a") if flipped else ("a", "b")
    reasons = tuple(
        Reason(
            e["feature"],
            e["weight"],
            tuple(
                (_words(texts, mine, p[sides[0]]), _words(texts, other, p[sides[1]]))
                for p in e.get("places", ())
            ),
        )
        for e in json.loads(row["evidence"])
    )
    return LinkReading(
        row["kind"], row["score"], other, texts.get(other, (other, None))[0], reasons, row["label"], *stated
    )


def _words(texts: Texts, article_id: str, span: Sequence[int]) -> str:
    """The words of a span on one line; empty where the store keeps no text."""
    text = texts.get(article_id, ("", None))[1]
    return " ".join(text[span[0] : span[1]].split())[:_WORDS] if text else ""


def newest(database: Database, limit: int = STORIES) -> tuple[StoryReading, ...]:
    """The stories of several sources, newest first."""
    return database.read(lambda c: tuple(_newest(c, limit)))


def _newest(c: sa.Connection, limit: int) -> Iterable[StoryReading]:
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
    mine = sa.select(x.article_id).where(x.story_id.in_(ids))
    query = sa.select(_conflicts).where(
        _conflicts.c.article_a.in_(mine), _conflicts.c.kind.not_like("%soft%")
    )
    found = c.execute(query).mappings().all()
    texts = _texts(c, {r[side] for r in found for side in ("article_a", "article_b")})
    claims = _claims(c, mine)
    for each in sorted(found, key=lambda r: (-r["score"], r["article_a"], r["article_b"])):
        disputes.setdefault(inside[each["article_a"]], []).append(each)
    for story in ids:
        rows_ = members[story]
        yield StoryReading(
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


def _claims(c: sa.Connection, mine: sa.Select[Any]) -> dict[str, list[SharedClaim]]:
    """Claims of one content that at least two sources of a story tell, those of most sources first."""
    e = _events.c
    query = (
        sa.select(
            _stories.c.story_id, _stories.c.source, _stories.c.publisher, e.event_id, e.article_id, e.content_key,
            e.actor, e.lemma, e.content, e.published,
        )
        .join_from(_events, _stories, _stories.c.article_id == e.article_id)
        .where(e.article_id.in_(mine), e.content_key.is_not(None))
        .order_by(sa.func.coalesce(e.published, "9"), e.article_id, e.event_id)
    )  # fmt: skip
    told: dict[tuple[str, str], dict[str, Any]] = {}
    for row in c.execute(query):
        told.setdefault((row.story_id, row.content_key), {}).setdefault(row.source, row)
    found: dict[str, list[SharedClaim]] = {}
    for (story, _), by_source in sorted(told.items(), key=lambda item: -len(item[1])):
        rows = list(by_source.values())
        if len(rows) > 1:
            tellers = (
                Teller(r.event_id, r.article_id, r.publisher or r.source, (r.published or "")[:10])
                for r in rows
            )
            claim = SharedClaim(
                rows[0].actor or "", rows[0].lemma, (rows[0].content or "")[:_CLAIM], tuple(tellers)
            )
            found.setdefault(story, []).append(claim)
    return found


def days_of(database: Database, ids: Sequence[str]) -> dict[str, StoryDay]:
    """The days that stories give to those of these articles that have none of their own."""
    return database.read(lambda c: dict(_days_of(c, ids)))


def _days_of(c: sa.Connection, ids: Sequence[str]) -> Iterable[tuple[str, StoryDay]]:
    for first in range(0, len(ids), _AT_ONCE):
        query = sa.select(_inferred).where(_inferred.c.article_id.in_(ids[first : first + _AT_ONCE]))
        rows = c.execute(query.order_by(_inferred.c.article_id)).all()
        evidence = {row.article_id: json.loads(row.evidence) for row in rows}
        texts = _texts(c, {e["article_id"] for some in evidence.values() for e in some if "article_id" in e})
        for row in rows:
            words = (
                (texts.get(e["article_id"], ("", None))[0], _words(texts, e["article_id"], e["at"]))
                for e in evidence[row.article_id]
                if "article_id" in e
            )
            yield (
                row.article_id,
                StoryDay(row.certainty, row.day_start, row.day_end, row.sources, tuple(words)),
            )


def _members(rows: Sequence[Any]) -> Iterable[Member]:
    """One entry a text: its first page, and how many copies of it there are."""
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
        stated=(row["when_a"], row["when_b"]),
        words=(_words(texts, a, place["a"]), _words(texts, b, place["b"])),
        label=row["kind"],
        articles=(a, b),
    )
