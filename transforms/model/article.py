"""The cleaned article, its parse, and the anchors that its words are counted from."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import compress, count
from typing import TYPE_CHECKING, Literal, NamedTuple

from dateline.transforms.model.base import Record, Span
from dateline.transforms.model.clause import Clause, Run

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BlockKind = Literal["headline", "paragraph", "caption", "post", "list", "heading", "quote"]


class Block(Record):
    """A run of :attr:`Article.text` that was one contiguous run of :attr:`Page.text`.

    ``article.text[start:end] == page.text[page_start : page_start + end - start]``.
    ``section`` numbers the sections of a page from 0 (a live blog has one for each
    post); a block of kind ``post`` is the clock line that opens a section.
    """

    kind: BlockKind
    start: int
    end: int
    page_start: int
    section: int = 0


class Article(Record):
    """The cleaned article. Only ``text`` (its blocks joined by blank lines) is read on.

    ``title`` and ``byline`` are kept apart from the text with their span in
    :attr:`Page.text` where they stand there. ``notes``: what was mended in the page's text or is missing from it.
    """

    article_id: str
    revision: str
    origin: str
    url: str | None = None
    title: str | None = None
    title_span: Span | None = None
    byline: str | None = None
    byline_span: Span | None = None
    publisher: str | None = None
    language: str = "en"
    text: str
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()


class Sentence(NamedTuple):
    """A sentence: code points in :attr:`Article.text`, its block, its tokens ``[first, last)``."""

    start: int
    end: int
    block: int
    first: int
    last: int


@dataclass(frozen=True)
class Parse:
    """Sentences and tokens of an article: made once, shared by dates and claims.

    Parallel tuples, one entry a token: ``starts``/``ends`` code points in
    :attr:`Article.text`, ``words`` as written, ``tags`` coarse parts of speech,
    ``quotes`` the number of the quotation that the token stands in (0 outside). ``clauses``
    in the order of their verbs (English only). ``furniture`` are the runs of tokens that name
    the page and not the matter (dateline, byline, stamp); no clause holds them.
    """

    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[str, ...]
    tags: tuple[str, ...]
    quotes: tuple[int, ...]
    clauses: tuple[Clause, ...] = ()
    furniture: tuple[Run, ...] = ()

    @cached_property
    def low(self) -> list[str]:
        """The words in lower case."""
        return list(map(str.lower, self.words))

    @cached_property
    def looks(self) -> tuple[NDArray[np.int64], NDArray[np.bool_]] | None:
        """The hash of each word in lower case and whether it is mixed (:mod:`dateline.transforms.language.marks`), while
        the arrays of the tagger are at hand."""
        return None

    @cached_property
    def forms(self) -> frozenset[str]:
        """Each word of the article in lower case, once."""
        return frozenset(self.low)

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where each sentence starts, in code points."""
        return [s.start for s in self.sentences]

    @cached_property
    def clauses_of(self) -> dict[int, list[int]]:
        """The clauses of each sentence that has any, by their numbers."""
        found: dict[int, list[int]] = {}
        for n, clause in enumerate(self.clauses):
            found.setdefault(clause.sentence, []).append(n)
        return found

    @cached_property
    def heads(self) -> list[int]:
        """The token of the head of the verb of each clause, in order."""
        return [c.verb.head for c in self.clauses]

    def places(self, words: Set[str]) -> list[int]:
        """The tokens that are one of these words in lower case, in order."""
        if self.forms.isdisjoint(words):
            return []
        return list(compress(count(), map(words.__contains__, self.low)))

    def __getstate__(self) -> dict[str, object]:
        """The fields alone: the rest follows from them."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


AnchorKind = Literal["section", "dateline", "published", "modified", "none"]
Certainty = Literal["stated", "implied", "assumed"]


class Candidate(Record):
    """A date that was considered as the anchor and lost, with the reason."""

    kind: str
    value: str | None = None
    rule: str
    reason: str
    span: Span | None = None
    text: str | None = None


class Anchor(Record):
    """The day (or instant) that relative words are counted from.

    ``value`` is a day ``YYYY-MM-DD`` or an instant ``YYYY-MM-DDTHH:MM[:SS][±HH:MM]``,
    ``None`` only for kind ``none``. ``span`` is in :attr:`Page.text`; ``text`` the words
    or the metadata value that said so; ``losers`` the other candidates with reasons.
    """

    kind: AnchorKind
    value: str | None = None
    zone: str | None = None
    span: Span | None = None
    text: str | None = None
    rule: str = "none"
    certainty: Certainty = "stated"
    losers: tuple[Candidate, ...] = ()

    @property
    def day(self) -> str | None:
        """The calendar day of the anchor, ``YYYY-MM-DD``."""
        return self.value[:10] if self.value else None


class Bounds(Record):
    """The earliest and the latest day that are possible for an undated page or expression."""

    not_before: str | None = None
    not_after: str | None = None


class Dateline(Record):
    """The opening of a wire story. Spans are in :attr:`Article.text`.

    ``day`` is the day that the dateline itself states, its year settled by the
    publication date; ``None`` where it states none or no year can be known.
    """

    span: Span
    place: str | None = None
    day: str | None = None
    agency: str | None = None
    zone: str | None = None


class Anchors(Record):
    """The page's anchor and one for each section (index = :attr:`Block.section`)."""

    page: Anchor
    sections: tuple[Anchor, ...] = ()
    published: str | None = None
    modified: str | None = None
    dateline: Dateline | None = None
    agency: str | None = None
    bounds: Bounds = Bounds()

    def of(self, section: int) -> Anchor:
        """The anchor that governs a section; the page's where it has none."""
        if section < len(self.sections) and self.sections[section].kind != "none":
            return self.sections[section]
        return self.page
