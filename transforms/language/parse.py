"""Sentences, tokens, quotations and coarse parts of speech of an article, made once."""

from __future__ import annotations

from transforms import deadline
from transforms.language.clauses import clauses
from transforms.language.sentences import cuts
from transforms.language.tags import tag
from transforms.language.tokens import quote_numbers, tokenize
from transforms.model import Article, Parse, Sentence


def parse(article: Article) -> Parse:
    """Split each block of an article into sentences, and these into tokens.

    No sentence and no quotation crosses a block. Tags are given for English only and
    are empty strings elsewhere.
    """
    sentences: list[Sentence] = []
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    quotes: list[int] = []
    number = 0
    for index, block in enumerate(article.blocks):
        deadline.check()
        s, e, w = tokenize(article.text, block.start, block.end)
        if not w:
            continue
        base = len(words)
        state, number = quote_numbers(s, e, w, number)
        at = cuts(s, e, w)
        for first, last in zip(at, [*at[1:], len(w)], strict=True):
            sentences.append(Sentence(s[first], e[last - 1], index, base + first, base + last))
        starts += s
        ends += e
        words += w
        quotes += state
    tags = (
        tag(words, [s.first for s in sentences]) if article.language.startswith("en") else ("",) * len(words)
    )
    found = clauses(words, tags, quotes, sentences) if words and tags[0] else ()
    return Parse(tuple(sentences), tuple(starts), tuple(ends), tuple(words), tags, tuple(quotes), found)
