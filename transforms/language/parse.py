"""Sentences, tokens, quotations, parts of speech and clauses of an article, made once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from dateline.transforms import deadline, lexicon
from dateline.transforms.language.clauses import clauses
from dateline.transforms.language.lemmas import lemma
from dateline.transforms.language.sentences import cuts
from dateline.transforms.language.tags import tag
from dateline.transforms.language.tokens import quote_numbers, tokenize
from dateline.transforms.model import Article, Parse, Run, Sentence, Span

_FINITE = frozenset(["VBD", "VBZ", "MD"])
_BEFORE_NOUN = frozenset(["DT", "JJ", "CD"])
_NOUNS = frozenset(["NN", "NNP"])
_BEHIND_LONE = (("IN",), ("TO",), ("DT",), ("PRP",), ("PRPS",))
_BEHIND_VERB = frozenset(["NNP", "DT", "PRP", "PRPS"])
_VERBS = lexicon.verbs("en")
_SAYING = lexicon.saying("en")


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
    marked = _marked(article, furniture, starts, words, sentences)
    english = article.language.startswith("en")
    tags = tag(words, _tagged_from(sentences, marked)) if english else ("",) * len(words)
    if words and tags[0]:
        tags = _mended(words, _named(words, tags, sentences))
    found = clauses(words, tags, quotes, sentences, marked) if words and tags[0] else ()
    return Parse(
        tuple(sentences), tuple(starts), tuple(ends), tuple(words), tags, tuple(quotes), found, marked
    )


def _named(words: Sequence[str], tags: tuple[str, ...], sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The tags, with that of a name for a first word that is one elsewhere and never a word ("Daly denied it")."""
    doubtful = {
        words[s.first]: s.first for s in sentences if tags[s.first] in _UNSURE and words[s.first].istitle()
    }
    if not doubtful:
        return tags
    firsts = {s.first for s in sentences}
    named = {
        w
        for k, (w, t) in enumerate(zip(words, tags, strict=True))
        if t == "NNP" and k not in firsts and w in doubtful
    }
    if not named:
        return tags
    low = {word.lower() for word in named}
    named -= {word.title() for word in words if word in low}
    made = list(tags)
    for s in sentences:
        # "South Korean police": no name is cut from its adjective.
        whole = s.first + 1 < s.last and tags[s.first + 1] != "JJ"
        if whole and words[s.first] in named and tags[s.first] in _UNSURE:
            made[s.first] = "NNP"
    return tuple(made)


def _mended(words: Sequence[str], tags: tuple[str, ...]) -> tuple[str, ...]:
    """The tags without slips of the tagger that the next tag proves wrong.

    "The May 3 *slide* killed 14" is no base form, "China's *embassy* denied" no adjective, "stabbed *retired* teacher Paul Lind" no second past form, and
    "was called and *arrested* Lind" no adjective.
    """
    made: list[str] | None = None
    for k in range(1, len(tags) - 1):
        tag = tags[k]
        if tag == "VB":
            right = "NN" if tags[k + 1] in _FINITE and tags[k - 1] in _BEFORE_NOUN else tag
        elif tag == "VBD" and tags[k - 1] == "VBD":
            right = "VBN" if tags[k + 1] in _NOUNS and _is_past(words, k) and _is_past(words, k - 1) else tag
        elif tag == "JJ" and tags[k - 1] == "POS":
            told = tags[k + 1] in _FINITE or (tags[k + 1] == "VBN" and tags[k + 2 : k + 3] in _BEHIND_LONE)
            right = "NN" if told else tag
        elif tag == "JJ" and tags[k - 1] == "CC":
            right = "VBD" if tags[k + 1] in _BEHIND_VERB and _is_past(words, k) else tag
        else:
            continue
        if right != tag:
            made = made or list(tags)
            made[k] = right
    return tags if made is None else tuple(made)


def _is_past(words: Sequence[str], token: int) -> bool:
    """Whether a word has the form of a past participle, and is none of saying."""
    low = words[token].lower()
    base = lemma(low, "VBD")
    return base != low and base in _VERBS.bases and base not in _SAYING.verbs and not low.endswith("ing")


def _tagged_from(sentences: Sequence[Sentence], marked: Sequence[Run]) -> list[int]:
    """Where the tagger begins anew: at each sentence, and behind the furniture that opens one."""
    return sorted(
        {s.first for s in sentences} | {run.last for run in marked if run.last < sentences[-1].last}
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
_UNSURE = frozenset(["NN", "JJ", "RB", "VB", "VBD", "VBG", "VBN", "VBZ"])
"""Tags that a name may have by mistake at the start of its sentence."""
