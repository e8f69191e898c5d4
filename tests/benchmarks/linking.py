"""What linking costs as a store grows: ``python -m tests.benchmarks.linking [10000 100000]``.

Made-up stories of four pages each, spread over ``--days``, are written as rows with their profiles, without
the rooms that read dates and claims. One JSON line a size: milliseconds a profile, seconds and articles a second of
linking all of them, links, stories, and the peak of memory in MB (a process of its own for each size).
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from dateline.pipeline.runs.link import link
from dateline.pipeline.settings import Settings
from dateline.pipeline.store import tables as t
from dateline.pipeline.store.connection import sqlite_url
from dateline.pipeline.store.store import Store
from dateline.transforms import identity
from dateline.transforms.model import Anchor, Anchors, Article, Page, Parse
from dateline.transforms.stories import profile, published
from tests import stories

TELLERS = 4
_BATCH = 2_000
_NOTHING_PARSED = Parse((), (), (), (), (), ())


def rows(articles: int, days: int) -> Iterator[dict[str, Any]]:
    """Rows of the table ``articles``."""
    stories.SPAN = days
    for page in stories.rows(articles // TELLERS, TELLERS):
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
        yield {
            "article_id": article_id, "revision": "1", "origin": page["url"], "url": page["url"], "title": page["title"],
            "publisher": page["source"], "published": page["published"], "order_at": page["published"],
            "anchors": "{}", "text_sha256": "", "pipeline": "0", "pipeline_order": 0, "settings": "", "run_id": "",
            "profile": profile(article, anchors, _NOTHING_PARSED).pack(), "story_day": published(anchors),
        }  # fmt: skip


def measure(articles: int, days: int) -> dict[str, Any]:
    """One size, in this process."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(sqlite_url(Path(folder) / "events.db"))
        began = time.process_time()
        made = 0
        batch: list[dict[str, Any]] = []
        profiles = 0.0
        for row in rows(articles, days):
            batch.append(row)
            made += 1
            if len(batch) >= _BATCH:
                profiles += time.process_time() - began
                _write(store, batch)
                batch = []
                began = time.process_time()
        profiles += time.process_time() - began
        _write(store, batch)
        done = link(store, Settings())
        store.close()
    return {
        "articles": made,
        "profile_ms": round(1000 * profiles / made, 2),
        "seconds": round(done.seconds, 1),
        "articles_per_second": round(made / done.seconds),
        "links": done.links,
        "stories": done.stories,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _write(store: Store, batch: list[dict[str, Any]]) -> None:
    if batch:
        store.transact(lambda c: c.execute(sa.insert(t.articles), batch))


def main() -> None:
    """Each size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--days", type=int, default=60, help="days over which the stories are spread")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    told = parser.parse_args()
    for size in told.articles:
        if told.here:
            print(json.dumps(measure(size, told.days)), flush=True)
        else:
            command = [
                sys.executable,
                "-m",
                "tests.benchmarks.linking",
                str(size),
                "--days",
                str(told.days),
                "--here",
            ]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
