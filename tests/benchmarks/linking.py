"""What linking costs as a store grows: ``python -m tests.benchmarks.linking [1000 10000 50000 100000]``.

Generated news (:mod:`tests.benchmarks.news`) over ``--days`` is written as rows with their profiles, without the
rooms that read dates and claims, and linked by one worker. One JSON line a size, each from a process of its own:
milliseconds of CPU a profile; seconds and CPU seconds of linking, CPU milliseconds an article, and that over the
first size's; links, stories; the peak of memory in MB; ``found`` and ``right``: the shares of the generated
pairs of one story that stand in one story here, and of the pairs here that were generated as such.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from dateline.pipeline.runs.link import link
from dateline.pipeline.settings import Settings
from dateline.pipeline.store import articles
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.packed.compact import compact
from dateline.pipeline.store.rows import ArticleRows
from dateline.pipeline.store.schema import tables as t
from dateline.pipeline.store.store import Store
from dateline.transforms import identity
from dateline.transforms.model import Anchor, Anchors, Article, Page, Parse
from dateline.transforms.stories import profile, published
from tests.benchmarks import news

_BATCH = 2_000
_NOTHING_PARSED = Parse((), (), (), (), (), ())


def row_of(page: news.Page) -> dict[str, Any]:
    """A row of the table ``articles``, with the generated story in place of the origin."""
    article_id = identity.article_id(
        Page(text=page["content"], media_type="text/plain", origin="", url=page["url"])
    )
    article = Article(
        article_id=article_id,
        revision="1",
        origin=page["url"],
        url=page["url"],
        title=page["title"],
        publisher=page["source"],
        text=page["content"],
    )
    anchors = Anchors(page=Anchor(kind="published", value=page["published"]), published=page["published"])
    return {
        "article_id": article_id, "revision": "1", "origin": page["story"], "url": page["url"], "title": page["title"],
        "publisher": page["source"], "published": page["published"], "order_at": page["published"],
        "anchors": "{}", "text": page["content"], "text_sha256": "", "pipeline": "0", "pipeline_order": 0, "settings": "",
        "run_id": "", "profile": profile(article, anchors, _NOTHING_PARSED).pack(), "story_day": published(anchors),
    }  # fmt: skip


def measure(count: int, days: int) -> dict[str, Any]:
    """One size, in this process."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(sqlite_url(Path(folder) / "events.db"))
        profiles = 0.0
        batch: list[dict[str, Any]] = []
        for page in news.pages(count, days):
            began = time.process_time()
            batch.append(row_of(page))
            profiles += time.process_time() - began
            if len(batch) >= _BATCH:
                _write(store, batch)
        _write(store, batch)
        began = _cpu()
        done = link(store, Settings(workers=1))
        used = _cpu() - began
        found, right = _agreement(store)
        store.close()
    return {
        "articles": count,
        "profile_ms": round(1000 * profiles / count, 2),
        "seconds": round(done.seconds, 1),
        "cpu_seconds": round(used, 1),
        "cpu_ms_an_article": round(1000 * used / count, 2),
        "links": done.links,
        "stories": done.stories,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "found": round(found, 3),
        "right": round(right, 3),
    }


def _cpu() -> float:
    """CPU seconds of this process and of those that it waited for."""
    told = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(x.ru_utime + x.ru_stime for x in told)


def _write(store: Store, batch: list[dict[str, Any]]) -> None:
    if batch:
        made = (compact(ArticleRows(row, [], [], "")) for row in batch)
        rows = {(one.article["article_id"], one.article["revision"]): one for one in made}
        store.transact(lambda c: articles.put(c, rows, {}))
        batch.clear()


def _agreement(store: Store) -> tuple[float, float]:
    """The shares of generated pairs that were found and of found pairs that were generated."""
    query = sa.select(t.articles.c.origin, t.story_members.c.story_id).join(
        t.story_members, t.story_members.c.article_id == t.articles.c.article_id, isouter=True
    )
    rows = [(r["origin"], r["story_id"]) for r in store.rows(query)]
    both = _pairs((a, b) for a, b in rows if b)
    return both / max(1, _pairs(a for a, _ in rows)), both / max(1, _pairs(b for _, b in rows if b))


def _pairs(names: Iterable[Any]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(names).values())


def _measured(sizes: Iterable[int], days: int) -> Iterator[dict[str, Any]]:
    """The line of each size, from a process of its own."""
    first: float | None = None
    for size in sizes:
        command = [sys.executable, "-m", "tests.benchmarks.linking", str(size), "--days", str(days), "--here"]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        found = json.loads(done.stdout.splitlines()[-1])
        first = first or found["cpu_ms_an_article"]
        yield found | {"over_the_first": round(found["cpu_ms_an_article"] / first, 2)}


def main() -> None:
    """Each size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="*", type=int, default=[1_000, 10_000, 50_000, 100_000])
    parser.add_argument("--days", type=int, default=90, help="days over which the stories are spread")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    told = parser.parse_args()
    lines = (
        (measure(n, told.days) for n in told.articles) if told.here else _measured(told.articles, told.days)
    )
    for line in lines:
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
