"""The article as the run of long lines."""

from __future__ import annotations

import re

from transforms.errors import Empty, NotAnArticle
from transforms.identity import article_id, page_url, revision
from transforms.model import Article, Block, Line, Page, span_of

_WORD = re.compile(r"\w+")
LONG_LINE = 12
"""Words from which a line is running text; menus and headlines stay below."""


def _lines(page: Page) -> tuple[Line, ...]:
    return page.lines or tuple(
        Line(start=m.start(), end=m.end()) for m in re.finditer(r"\S[^\n]*", page.text)
    )


def clean(page: Page) -> Article:
    """Keep each line of running text once, and the short line above the first as the title."""
    if not page.text.strip():
        raise Empty("the page has no text")
    lines = _lines(page)
    kept: list[Line] = []
    seen: set[str] = set()
    title: Line | None = None
    for line in lines:
        exact = page.text[line.start : line.end]
        count = len(_WORD.findall(exact))
        if count >= LONG_LINE:
            if exact not in seen:
                seen.add(exact)
                kept.append(line)
        elif not kept and count >= 4:
            title = line
    if not kept:
        raise NotAnArticle("no line of running text")
    pieces: list[str] = []
    blocks: list[Block] = []
    at = 0
    for line in kept:
        exact = page.text[line.start : line.end].rstrip()
        blocks.append(Block(kind="paragraph", start=at, end=at + len(exact), page_start=line.start))
        pieces.append(exact)
        at += len(exact) + 2
    return Article(
        article_id=article_id(page),
        revision=revision(page.text),
        origin=page.origin,
        url=page_url(page),
        title=page.text[title.start : title.end].strip() if title else page.metadata.get("title"),
        title_span=span_of(page.text, title.start, title.end) if title else None,
        publisher=page.metadata.get("publisher"),
        language=page.metadata.get("language", "en"),
        text="\n\n".join(pieces),
        blocks=tuple(blocks),
    )
