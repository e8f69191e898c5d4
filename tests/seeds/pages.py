"""The sample pages as raw articles, read the way the file source reads them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from dateline.transforms.errors import Rejection
from dateline.transforms.model import Envelope, RawArticle
from dateline.transforms.walk import walk

SEEDS = Path(__file__).parents[2] / "seeds"
PAGES = SEEDS / "pages"
_TYPES = {".txt": "text/plain", ".html": "text/html"}


def raw_articles() -> Iterator[tuple[str, RawArticle]]:
    """``(name, raw article)`` of each page; a record of a JSONL file is ``file#line``, from 1."""
    for path in sorted(PAGES.iterdir()):
        if path.suffix == ".jsonl":
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                name = f"{path.name}#{number}"
                yield name, RawArticle(content=line, origin=name, media_type="application/json")
        else:
            content = path.read_bytes()
            yield path.name, RawArticle(content=content, origin=path.name, media_type=_TYPES[path.suffix])


@lru_cache(maxsize=1)
def read_all() -> dict[str, Envelope | Rejection]:
    """Every sample page through every room, once a test run."""
    found: dict[str, Envelope | Rejection] = {}
    for name, raw in raw_articles():
        try:
            found[name] = walk(raw)
        except Rejection as error:
            found[name] = error
    return found
