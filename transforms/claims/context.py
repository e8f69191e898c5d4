"""The context that all passes over the drafts of an article share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import chain

from dateline.transforms import lexicon
from dateline.transforms.claims import grammar, patterns
from dateline.transforms.claims.chunks import Chunks
from dateline.transforms.claims.draft import Draft
from dateline.transforms.claims.names import Names
from dateline.transforms.language import lemma
from dateline.transforms.model import Article, Clause, Parse, Run

_SILENT = frozenset(["caption", "headline", "post", "heading"])
"""Kinds of blocks without claims; they repeat what the article says."""


class Context:
    """An article with its parse and the words of saying of its language; claims and deeds share one."""

    def __init__(self, article: Article, parse: Parse) -> None:
        self.parse = parse
        self.chunks = Chunks(article.text, parse, article.language)
        self.words = lexicon.saying(article.language)
        self.said_frames, self.deed_frames = _frames(article.language)
        self.tagged = bool(parse.tags and parse.tags[0])
        self.quoted = any(parse.quotes)
        """Whether the article has any quotation."""
        self._means = lexicon.deeds(article.language).means
        self._heads: dict[Run, int] = {}
        self._silent = frozenset(k for k, b in enumerate(article.blocks) if b.kind in _SILENT)

    def spoken(self, token: int) -> bool:
        """Whether a token is in a block of running text."""
        return self.block(token) not in self._silent

    def block(self, token: int) -> int:
        """The block of a token."""
        return self.parse.sentences[self.chunks.sentence[token]].block

    def block_end(self, token: int) -> int:
        """The token behind the last one of the block of a token."""
        sentences, n = self.parse.sentences, self.chunks.sentence[token]
        while n + 1 < len(sentences) and sentences[n + 1].block == sentences[n].block:
            n += 1
        return sentences[n].last

    @cached_property
    def names(self) -> Names:
        """The proper names of the article."""
        return Names(self.chunks)

    @cached_property
    def quoting(self) -> set[int]:
        """The sentences in which somebody is quoted "as saying"."""
        return patterns.quoting(self.chunks)

    @cached_property
    def furniture(self) -> frozenset[int]:
        """The tokens of furniture."""
        return frozenset(k for run in self.parse.furniture for k in range(run.first, run.last))

    def means(self, run: Run) -> bool:
        """Whether a phrase behind "by" tells how and not who: "called out by *name*"."""
        return run.last - run.first == 1 and self.chunks.low[run.first] in self._means

    def says(self, token: int) -> bool:
        """Whether the verb at a token is one of saying."""
        return lemma(self.chunks.words[token]) in self.words.verbs

    @cached_property
    def verbs(self) -> list[int]:
        """The first token of the verb group of each clause, in order."""
        return [c.verb.first for c in self.parse.clauses]

    def clause_at(self, token: int) -> Clause | None:
        """The clause whose verb group holds a token."""
        n = bisect_right(self.verbs, token) - 1
        clause = self.parse.clauses[n] if n >= 0 else None
        return clause if clause is not None and token < clause.verb.last else None

    def clause(self, draft: Draft) -> Clause | None:
        """The clause whose verb is the cue of a draft."""
        return self.clause_at(self.head(draft.cue[0])) if draft.cue else None

    def head(self, cue: Run) -> int:
        """The token of the head of a cue, which many passes ask for."""
        found = self._heads.get(cue)
        if found is None:
            found = self._heads[cue] = grammar.head(self.chunks, cue)
        return found


@lru_cache(maxsize=8)
def _frames(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The verbs that some frame of the verb table reads as a statement ("defended the plan"), and all others of it."""
    frames = lexicon.deeds(language).frame

    def verbs(*, said: bool) -> frozenset[str]:
        chosen = (f for f in frames if (f.kind == "said") == said)
        return frozenset(p.split()[p.startswith("<")] for f in chosen for p in f.verbs)

    return verbs(said=True), verbs(said=False) - verbs(said=True)


def tokens(drafts: Iterable[Draft]) -> set[int]:
    """All tokens of the drafts."""
    return set(chain.from_iterable(range(*r) for d in drafts for r in d.runs))


def cue_tokens(drafts: Iterable[Draft]) -> set[int]:
    """All tokens of the cues of the drafts."""
    return set(chain.from_iterable(range(*r) for d in drafts for r in d.cue))
