"""Sentences, tokens, quotations, parts of speech and clauses of an article, made once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from dateline.transforms import deadline, lexicon
from dateline.transforms.language import mends
from dateline.transforms.language.clauses import clauses
from dateline.transforms.language.marks import MIXED
from dateline.transforms.language.sentences import MAX_TOKENS, cuts
from dateline.transforms.language.tags import letters, tag
from dateline.transforms.language.tokens import quote_numbers, tokenize
from dateline.transforms.model import Article, Clause, Parse, Run, Sentence, Span
from dateline.transforms.model.clause import new


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
    language = article.language
    for index, block in enumerate(article.blocks):
        deadline.check()
        tokens = tokenize(article.text, block.start, block.end)
        if not tokens.words:
            continue
        base, count = len(words), len(tokens.words)
        first = 0
        # Three of ten blocks hold nothing that ends a sentence, nine of ten no quotation.
        within = cuts(tokens, language)[1:] if tokens.stops or count > MAX_TOKENS else ()
        for last in (*within, count):
            start, end = tokens.starts[first], tokens.ends[last - 1]
            sentences.append(new(Sentence, (start, end, index, base + first, base + last)))
            first = last
        if tokens.marks:
            state, number = quote_numbers(tokens, number)
            quotes += state
        else:
            quotes += [0] * count
        starts += tokens.starts
        ends += tokens.ends
        words += tokens.words
    marked = _marked(article, furniture, starts, words, sentences)
    tags: Sequence[str] = ("",) * len(words)
    found: tuple[Clause, ...] = ()
    known: dict[str, object] = {}
    if words and language.startswith("en"):
        tagged = tag(words, _tagged_from(sentences, marked))
        mends.name(tagged, [s.first for s in sentences])
        mends.settle(tagged)
        tags = tagged.tags
        found = clauses(letters(tagged), words, tagged.low, quotes, sentences, marked)
        known = {"low": tagged.low, "looks": (tagged.hashes, tagged.marks & MIXED != 0)}
    made = Parse(
        tuple(sentences), tuple(starts), tuple(ends), tuple(words), tuple(tags), tuple(quotes), found, marked
    )
    # What dates and claims ask for next is known already.
    vars(made).update(known)
    return made


def _tagged_from(sentences: Sequence[Sentence], marked: Sequence[Run]) -> list[int]:
    """Where the tagger begins anew: at each sentence, and behind the furniture that opens one."""
    firsts = [s.first for s in sentences]
    behind = {run.last for run in marked if run.last < sentences[-1].last}
    return sorted(behind.union(firsts)) if behind else firsts


def _marked(
    article: Article,
    furniture: Sequence[Span],
    starts: Sequence[int],
    words: Sequence[str],
    sentences: Sequence[Sentence],
) -> tuple[Run, ...]:
    """The runs of tokens of the furniture, each with the punctuation after it ("LUND, May 4 (Kestrel) -").

    The label of a turn in an interview is one: in "A: The operator left", the letter did not leave.
    """
    posts = {n for n, block in enumerate(article.blocks) if block.kind == "post"}
    runs = [Run(s.first, s.last) for s in sentences if s.block in posts] if posts else []
    turns = [s for s in sentences if s.last > s.first + 2 and words[s.first + 1] == ":"]
    if turns:
        labels = _labels(article.language)
        runs += [Run(s.first, s.first + 2) for s in turns if words[s.first].lower() in labels]
    for span in furniture:
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        while last < len(words) and first < last and words[last] in _BEHIND:
            last += 1
        if first < last:
            runs.append(Run(first, last))
    return tuple(sorted(runs))


@lru_cache(maxsize=64)
def _labels(language: str) -> frozenset[str]:
    """The labels of questions and answers: "q", "a"."""
    words = lexicon.library().part(lexicon.Claims, language)
    return words.askers | words.answerers


_BEHIND = frozenset(["-", "--", "—", "–", ":", ".", ",", ")", "/"])
