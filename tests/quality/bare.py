"""Texts that are all article: no page to clean, no day to find."""

from __future__ import annotations

from dateline.transforms.model import Article, Block


def bare_article(text: str, language_code: str = "en") -> Article:
    """A text that is all article: each line a paragraph."""
    blocks = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(kind="paragraph", start=at, end=at + len(line), page_start=at))
        at += len(line) + 1
    return Article(
        article_id="", revision="", origin="", language=language_code, text=text, blocks=tuple(blocks)
    )
