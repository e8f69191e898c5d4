"""The state of a watcher: feeds with their validators, and entries with what was read of each.

It is kept in the output's own database. The entries that a poll found are stored in one transaction with the
feed's validators, and an entry counts as read only after its article has been committed. A watcher that is
killed therefore neither loses an entry nor fetches everything again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from dateline.pipeline.sources.feeds import Entry
from dateline.pipeline.store.connection import Database
from dateline.pipeline.store.statements import insert

KEEP_SECONDS = 90 * 86_400.0
"""After this time an entry that no feed has named is forgotten."""

metadata = sa.MetaData()
feeds = sa.Table(
    "feeds",
    metadata,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("parent", sa.Text),
    sa.Column("title", sa.Text),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("next_at", sa.Float, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("problem", sa.Text),
)
entries = sa.Table(
    "feed_entries",
    metadata,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("feed", sa.Text, nullable=False),
    sa.Column("entry_id", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("published", sa.Text),
    sa.Column("modified", sa.Text),
    sa.Column("source", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("said", sa.Text, nullable=False),
    sa.Column("read", sa.Text),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("status", sa.Text),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("next_at", sa.Float, nullable=False),
    sa.Column("seen_at", sa.Float, nullable=False),
)
sa.Index("feed_entries_next", entries.c.next_at)
texts = sa.Table(
    "feed_texts",
    metadata,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
)
"""The text that a feed contains of articles that are still to be fetched. It is read if the page cannot be
fetched, and deleted when the article was read."""
_CHUNK = 400


class Polled(NamedTuple):
    """A feed to poll, with the validators of its last answer."""

    url: str
    parent: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    failures: int = 0


class Pending(NamedTuple):
    """An entry whose article is to be fetched; ``said`` is the fingerprint of the entry in the feed, ``text``
    the text that the feed contains of the article."""

    url: str
    feed: str
    entry_id: str
    title: str | None
    published: str | None
    modified: str | None
    source: str | None
    language: str | None
    said: str
    etag: str | None
    last_modified: str | None
    failures: int
    text: str | None = None


class Done(NamedTuple):
    """An entry that is done until its feed changes it."""

    entry: Pending
    status: str
    etag: str | None = None
    last_modified: str | None = None


class FeedState:
    """The state of one watcher in a database. Raises :class:`StoreError` like the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.transact(lambda c: metadata.create_all(c, checkfirst=True))

    def _upsert(
        self, c: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]], change: Iterable[str]
    ) -> None:
        made = insert(c, table)
        new = {name: made.excluded[name] for name in change}
        c.execute(made.on_conflict_do_update(index_elements=["url"], set_=new), list(rows))

    def due(self, urls: Sequence[str], now: float) -> list[Polled]:
        """Those of these feeds and their children that are due."""
        named = sa.or_(feeds.c.url.in_(urls), feeds.c.parent.in_(urls))

        def look(c: sa.Connection) -> list[Polled]:
            known = {r.url: r for r in c.execute(sa.select(feeds).where(named))}
            found = [Polled(url) for url in urls if url not in known]
            found += [
                Polled(r.url, r.parent, r.etag, r.last_modified, r.failures)
                for r in known.values()
                if r.next_at <= now
            ]
            return found

        return self._database.read(look)

    def next_at(self, urls: Sequence[str]) -> float | None:
        """When the next feed or entry is due, in Unix seconds."""

        def look(c: sa.Connection) -> float | None:
            named = sa.or_(feeds.c.url.in_(urls), feeds.c.parent.in_(urls))
            times = [
                c.execute(sa.select(sa.func.min(feeds.c.next_at)).where(named)).scalar(),
                c.execute(sa.select(sa.func.min(entries.c.next_at)).where(_open())).scalar(),
            ]
            return min((t for t in times if t is not None), default=None)

        return self._database.read(look)

    def found(
        self,
        feed: Polled,
        found: Sequence[Entry],
        *,
        now: float,
        next_at: float,
        title: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        children: Sequence[str] = (),
    ) -> tuple[int, int]:
        """Record a poll: validators and entries in one transaction. Returns how many entries are new and how
        many changed."""

        def write(c: sa.Connection) -> tuple[int, int]:
            row = _feed_row(feed, next_at) | {"title": title, "etag": etag, "last_modified": last_modified}
            self._upsert(c, feeds, [row], [n for n in row if n != "url"])
            if children:
                rows = [_feed_row(Polled(child, feed.url), now) for child in children]
                self._upsert(c, feeds, rows, ["parent"])
            held: dict[str, str] = {}
            for at in range(0, len(found), _CHUNK):
                urls = [e.url for e in found[at : at + _CHUNK]]
                query = sa.select(entries.c.url, entries.c.said).where(entries.c.url.in_(urls))
                held |= {r.url: r.said for r in c.execute(query)}
            same = [{"u": e.url} for e in found if held.get(e.url) == e.fingerprint]
            other = [_entry_row(feed, e, now) for e in found if held.get(e.url) != e.fingerprint]
            if same:
                seen = sa.update(entries).where(entries.c.url == sa.bindparam("u")).values(seen_at=now)
                c.execute(seen, same)
            if other:
                keep = ("url", "read", "etag", "last_modified", "status")
                self._upsert(c, entries, other, [n for n in other[0] if n not in keep])
            changed = {e["url"] for e in other}
            held_texts = [{"url": e.url, "text": e.text} for e in found if e.url in changed and e.text]
            for at in range(0, len(held_texts), _CHUNK):
                self._upsert(c, texts, held_texts[at : at + _CHUNK], ["text"])
            c.execute(sa.delete(entries).where(entries.c.seen_at < now - KEEP_SECONDS))
            new = sum(e["url"] not in held for e in other)
            return new, len(other) - new

        return self._database.transact(write)

    def unchanged(self, feed: Polled, next_at: float) -> None:
        """Record a poll that found nothing new."""
        change = {"next_at": next_at, "failures": 0, "problem": None}
        self._database.transact(
            lambda c: c.execute(sa.update(feeds).where(feeds.c.url == feed.url).values(change))
        )

    def failed(self, feed: Polled, next_at: float, problem: str) -> None:
        """Record a poll that failed; the validators are kept."""
        row = _feed_row(feed, next_at) | {"failures": feed.failures + 1, "problem": problem[:500]}
        self._database.transact(lambda c: self._upsert(c, feeds, [row], ["next_at", "failures", "problem"]))

    def pending(self, now: float, most: int) -> list[Pending]:
        """Entries whose article is to be fetched now, the one that has waited longest first."""
        names = [entries.c[name] for name in Pending._fields if name != "text"]
        joined = entries.outerjoin(texts, texts.c.url == entries.c.url)
        query = sa.select(*names, texts.c.text).select_from(joined).where(_open(), entries.c.next_at <= now)
        query = query.order_by(entries.c.next_at, entries.c.url).limit(most)
        return self._database.read(lambda c: [Pending._make(r) for r in c.execute(query)])

    def done(self, finished: Sequence[Done]) -> None:
        """Mark entries as read, or as never to be read. Called after their articles were committed."""
        rows = [
            {"u": d.entry.url, "r": d.entry.said, "e": d.etag, "l": d.last_modified, "s": d.status}
            for d in finished
        ]
        change = sa.update(entries).where(entries.c.url == sa.bindparam("u"))
        values = {
            "read": sa.bindparam("r"), "etag": sa.bindparam("e"), "last_modified": sa.bindparam("l"),
            "status": sa.bindparam("s"), "failures": 0,
        }  # fmt: skip

        def write(c: sa.Connection) -> None:
            c.execute(change.values(values), rows)
            c.execute(sa.delete(texts).where(texts.c.url == sa.bindparam("u")), [{"u": r["u"]} for r in rows])

        if rows:
            self._database.transact(write)

    def later(self, entry: Pending, next_at: float, status: str, failures: int) -> None:
        """Schedule another try at ``next_at``."""
        values = {"next_at": next_at, "status": status[:200], "failures": failures}
        change = sa.update(entries).where(entries.c.url == entry.url).values(values)
        self._database.transact(lambda c: c.execute(change))


def _open() -> sa.ColumnElement[bool]:
    return sa.or_(entries.c.read.is_(None), entries.c.read != entries.c.said)


def _feed_row(feed: Polled, next_at: float) -> dict[str, Any]:
    return {
        "url": feed.url, "parent": feed.parent, "title": None, "etag": feed.etag,
        "last_modified": feed.last_modified, "next_at": next_at, "failures": 0, "problem": None,
    }  # fmt: skip


def _entry_row(feed: Polled, entry: Entry, now: float) -> dict[str, Any]:
    return {
        "url": entry.url, "feed": feed.url, "entry_id": entry.id, "title": entry.title,
        "published": entry.published, "modified": entry.modified, "source": entry.source,
        "language": entry.language, "said": entry.fingerprint, "read": None, "etag": None,
        "last_modified": None, "status": None, "failures": 0, "next_at": now, "seen_at": now,
    }  # fmt: skip
