"""Sentences, tokens, quotations, parts of speech and clauses of an article, made once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from dateline.transforms import deadline
from dateline.transforms.language.clauses import clauses
from dateline.transforms.language.sentences import cuts
from dateline.transforms.language.tags import tag
from dateline.transforms.language.tokens import quote_numbers, tokenize
from dateline.transforms.model import Article, Parse, Run, Sentence, Span


def parse(article: Article, furniture: Sequence[Span] = ()) -> Parse:
    """Split each block of an article into sentences, and these into tokens.

    No sentence and no quotation crosses a block. Tags are given for English only and
    are empty strings elsewhere. ``furniture`` are spans of :attr:`Article.text` that name the page and not the
    matter (its dateline); they and the clock lines of posts belong to no clause.
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
        at = cuts(s, e, w, article.language)
        for first, last in zip(at, [*at[1:], len(w)], strict=True):
            sentences.append(Sentence(s[first], e[last - 1], index, base + first, base + last))
        starts += s
        ends += e
        words += w
        quotes += state
    tags = (
        tag(words, [s.first for s in sentences]) if article.language.startswith("en") else ("",) * len(words)
    )
    marked = _marked(article, furniture, starts, words, sentences)
    found = clauses(words, tags, quotes, sentences, marked) if words and tags[0] else ()
    return Parse(
        tuple(sentences), tuple(starts), tuple(ends), tuple(words), tags, tuple(quotes), found, marked
    )


def _marked(
    article: Article,
    furniture: Sequence[Span],
    starts: Sequence[int],
    words: Sequence[str],
    sentences: Sequence[Sentence],
) -> tuple[Run, ...]:
    """The runs of tokens of the furniture, each with the punctuation after it ("LUND, May 4 (Kestrel) -")."""
    runs = [Run(s.first, s.last) for s in sentences if article.blocks[s.block].kind == "post"]
    for span in furniture:
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        while last < len(words) and first < last and words[last] in _BEHIND:
            last += 1
        if first < last:
            runs.append(Run(first, last))
    return tuple(sorted(runs))


_BEHIND = frozenset(["-", "--", "—", "–", ":", ".", ",", ")", "/"])
