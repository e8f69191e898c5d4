"""Sentences and tokens with their places."""

from __future__ import annotations

import itertools
import re

from transforms.model import Article, Parse, Sentence

_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’»)\]]*\s+(?=[\"“‘«(\[]*[A-ZÀ-Þ0-9])")


def parse(article: Article) -> Parse:
    """Split each block of an article into sentences, and these into tokens."""
    text = article.text
    sentences: list[Sentence] = []
    starts: list[int] = []
    ends: list[int] = []
    for index, block in enumerate(article.blocks):
        cuts = [
            block.start,
            *(m.end() for m in _SENTENCE_END.finditer(text, block.start, block.end)),
            block.end,
        ]
        for start, end in itertools.pairwise(cuts):
            first = len(starts)
            for token in _TOKEN.finditer(text, start, end):
                starts.append(token.start())
                ends.append(token.end())
            if len(starts) > first:
                sentences.append(Sentence(starts[first], ends[-1], index, first, len(starts)))
    words = tuple(text[a:b] for a, b in zip(starts, ends, strict=True))
    quotes: list[int] = []
    number = 0
    inside = False
    for word in words:
        if word in '"“”«»':
            inside = word in "“«" or (word == '"' and not inside)
            number += inside
            quotes.append(number)
        else:
            quotes.append(number if inside else 0)
    return Parse(tuple(sentences), tuple(starts), tuple(ends), words, ("",) * len(words), tuple(quotes))
