"""The watcher of feeds: polls feeds that are due, fetches new and changed articles, puts them, and records
them.

A cycle may be killed at any point. The entries of a poll are stored before any is fetched, and an article is
recorded only after :attr:`Watcher.put` has returned.
"""

from __future__ import annotations

import datetime
import logging
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from urllib.parse import urlsplit

from dateline.pipeline.sources import feeds
from dateline.pipeline.sources.fetch.fetcher import Fetched, FetchError
from dateline.pipeline.sources.fetch.polite import Disallowed, HeldBack, Polite, next_poll
from dateline.pipeline.sources.web import raw_of_answer
from dateline.pipeline.sources.xmltext import FeedError
from dateline.pipeline.store.feed_state import Done, FeedState, Pending, Polled
from dateline.transforms.clean import clean
from dateline.transforms.decode import decode
from dateline.transforms.errors import Empty, NotAnArticle, Rejection
from dateline.transforms.model import Fault, RawArticle

HOSTS_AT_ONCE = 8
ROUND = 100
"""Articles that are fetched before they are committed; after a kill this many are fetched again."""
HOST_SHARE = 20
CHILDREN = 5
"""The number of newest sitemaps of a sitemap index that are watched."""
RETRIES = 6
RETRY_SECONDS = 300.0
_MISSING = 404
_TAKEN_DOWN = frozenset((410, 451))
"""Status codes of pages that a site removed on purpose; their text in a feed is not read either."""

_log = logging.getLogger("dateline")

Outcome = tuple[Pending, RawArticle | None, Done | None]
Put = Callable[[Sequence[RawArticle]], Any]
"""Takes a batch of articles and returns when it is stored."""
T = TypeVar("T")
R = TypeVar("R")


class Watcher:
    """Feeds, their state, and the function that stores articles. ``every`` is in seconds; ``clock`` returns
    Unix seconds."""

    def __init__(
        self,
        urls: Sequence[str],
        state: FeedState,
        put: Put,
        polite: Polite,
        *,
        every: float,
        clock: Callable[[], float] = time.time,
        stop: threading.Event | None = None,
    ) -> None:
        self.urls = list(urls)
        self.put = put
        self.counts: Counter[str] = Counter()
        self.failures: dict[str, str] = {}
        """Why each feed whose last poll failed could not be read."""
        self._state = state
        self._polite = polite
        self._every = every
        self._clock = clock
        self._stop = stop or threading.Event()

    def cycle(self) -> Counter[str]:
        """Poll the feeds that are due and read their new articles. Returns the counts of this cycle."""
        before = self.counts.copy()
        due = self._state.due(self.urls, self._clock())
        for _ in range(2):  # A sitemap index names sitemaps, which are due at once.
            for feed, answer in self._by_host(due, lambda f: f.url, self._ask):
                self._note(feed, answer)
            known = {f.url for f in due}
            due = [f for f in self._state.due(self.urls, self._clock()) if f.url not in known]
        while not self._stop.is_set() and self._round():
            if self._state.due(self.urls, self._clock()):
                break
        return self.counts - before

    def idle_seconds(self) -> float:
        """Seconds until a feed is due: at least one, at most the time between two polls."""
        due = self._state.next_at(self.urls)
        return min(max((due or 0.0) - self._clock(), 1.0), self._every)

    def _by_host(
        self, items: Iterable[T], address: Callable[[T], str], work: Callable[[T], R]
    ) -> list[tuple[T, R]]:
        """Process items until stopped, several hosts in parallel, one item of a host at a time."""
        hosts: defaultdict[str, list[T]] = defaultdict(list)
        for item in items:
            hosts[urlsplit(address(item)).netloc].append(item)

        def one(group: list[T]) -> list[tuple[T, R]]:
            return [(item, work(item)) for item in group if not self._stop.is_set()]

        with ThreadPoolExecutor(HOSTS_AT_ONCE, "fetch") as pool:
            return [pair for pairs in pool.map(one, hosts.values()) for pair in pairs]

    # ------------------------------------------------------------- feeds

    def _ask(self, feed: Polled) -> Fetched | Exception:
        try:
            return self._polite.get(feed.url, etag=feed.etag, last_modified=feed.last_modified)
        except (FetchError, Disallowed, HeldBack) as error:
            return error

    def _note(self, feed: Polled, answer: Fetched | Exception) -> None:
        now = self._clock()
        self.counts["polls"] += 1
        if isinstance(answer, Fetched) and answer.not_modified:
            self.counts["feeds_unchanged"] += 1
            self._state.unchanged(feed, next_poll(feed.url, now, self._every, 0))
            return
        try:
            if isinstance(answer, Exception):
                raise answer
            if answer.status != 200:
                raise FeedError("no_feed", f"the server answered with status {answer.status}")
            found = feeds.parse(answer.body, answer.url, answer.headers.get("content-type"))
        except (FetchError, FeedError, Disallowed, HeldBack) as error:
            self.counts["feeds_failed"] += 1
            again = next_poll(feed.url, now, self._every, feed.failures + 1)
            if isinstance(error, HeldBack):
                again = max(again, error.until)
            self._state.failed(feed, again, str(error))
            self.failures[feed.url] = str(error)
            _log.warning("feed %s: %s", feed.url, error)
            return
        self.failures.pop(feed.url, None)
        new, changed = self._state.found(
            feed,
            found.entries,
            now=now,
            next_at=next_poll(feed.url, now, self._every, 0),
            title=found.title,
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
            # An index inside an index is not followed; the protocol does not allow it.
            children=found.children[:CHILDREN] if feed.parent is None else (),
        )
        self.counts += Counter(new=new, changed=changed, skipped=found.skipped)

    # ------------------------------------------------------------- articles

    def _round(self) -> bool:
        """Fetch, commit and record some waiting entries. Returns whether there were any."""
        waiting = self._fair(self._state.pending(self._clock(), 20 * ROUND))
        fetched = [found for _, found in self._by_host(waiting, lambda e: e.url, self._fetch)]
        raws = [raw for _, raw, _ in fetched if raw is not None]
        if raws:
            self.put(raws)
        finished = [done for _, _, done in fetched if done is not None]
        self._state.done(finished)
        self.counts += Counter(d.status.replace(" ", "_") for d in finished)
        return bool(waiting)

    def _fair(self, waiting: Sequence[Pending]) -> list[Pending]:
        """Entries for one round, limited for each host so that a slow host does not delay the others."""
        hosts: Counter[str] = Counter()
        chosen: list[Pending] = []
        for entry in waiting:
            host = urlsplit(entry.url).netloc
            hosts[host] += 1
            if hosts[host] <= HOST_SHARE and len(chosen) < ROUND:
                chosen.append(entry)
        return chosen

    def _fetch(self, entry: Pending) -> Outcome:
        try:
            answer = self._polite.get(entry.url, etag=entry.etag, last_modified=entry.last_modified)
        except Disallowed:
            return _from_feed(entry, "disallowed")
        except HeldBack as error:
            self._state.later(entry, error.until, "held back", entry.failures)
            return entry, None, None
        except FetchError as error:
            if error.fault in ("too_large", "undecodable"):
                fault = Fault(
                    type="too_large" if error.fault == "too_large" else "undecodable", message=str(error)
                )
                raw = _raw(entry).model_copy(update={"fault": fault})
                return entry, raw, Done(entry, error.fault)
            return self._again(entry, str(error)) if error.temporary else _end(entry, "refused")
        if answer.not_modified:
            return entry, None, Done(entry, "unchanged", entry.etag, entry.last_modified)
        if answer.status in _TAKEN_DOWN:
            return _end(entry, "gone")
        if answer.status >= 500:
            return self._again(entry, f"status {answer.status}")
        if answer.status != 200:
            return _from_feed(entry, "gone" if answer.status == _MISSING else f"status {answer.status}")
        validators = answer.headers.get("etag"), answer.headers.get("last-modified")
        raw = raw_of_answer(answer, _raw(entry))
        if entry.text and not _is_article(raw):
            return _from_feed(entry, "no article")
        return entry, raw, Done(entry, "read", *validators)

    def _again(self, entry: Pending, status: str) -> Outcome:
        """Note a temporary error: the entry is tried again later, up to :data:`RETRIES` times."""
        if entry.failures + 1 >= RETRIES:
            return _from_feed(entry, "failed")
        again = next_poll(entry.url, self._clock(), RETRY_SECONDS, entry.failures)
        self._state.later(entry, again, status, entry.failures + 1)
        return entry, None, None


def _end(entry: Pending, status: str) -> Outcome:
    """Note that there is nothing to read until the feed says that the article changed."""
    return entry, None, Done(entry, status)


def _from_feed(entry: Pending, status: str) -> Outcome:
    """The text in the feed itself, if the page is not available; else there is nothing to read."""
    if not entry.text:
        return _end(entry, status)
    raw = _raw(entry)
    carrier = raw.carrier | {"title": entry.title, "read_from": "feed"}
    update = {"content": entry.text, "declared": True, "carrier": carrier}
    return entry, raw.model_copy(update=update), Done(entry, "feed text")


def _is_article(raw: RawArticle) -> bool:
    """Whether a page contains an article; a page that scripts fill, and a paywall, do not."""
    try:
        clean(decode(raw))
    except (Empty, NotAnArticle):
        return False
    except Rejection:
        return True  # Its dead letter says what is wrong.
    return True


def _raw(entry: Pending) -> RawArticle:
    """The metadata of an article from its feed. The origin contains the fingerprint of the entry, so each
    change has its own."""
    return RawArticle(
        content=b"",
        origin=f"{entry.feed}#{entry.entry_id}@{entry.said}",
        url=entry.url,
        source=entry.source,
        published=entry.published,
        modified=entry.modified,
        fetched_at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        language=entry.language,
        carrier={"feed": entry.feed, "entry_id": entry.entry_id, "entry_title": entry.title},
    )
