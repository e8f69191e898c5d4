"""Makes the article of a page: chooses its lines, sorts them into blocks, and finds title, byline, publisher
and language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import numpy as np
from pydantic import TypeAdapter

from dateline.transforms.clean import blocks, briefs, forest, front_matter, rules, select, verdict
from dateline.transforms.clean.features import features
from dateline.transforms.clean.lines import AT, LINKED, Lines, Mask, read
from dateline.transforms.clean.sections import clock_line, leading_clock
from dateline.transforms.errors import Empty, NotAnArticle
from dateline.transforms.identity import article_id, page_url, revision
from dateline.transforms.model import Article, Block, BlockKind, Page

Mode = Literal["model", "rules"]

_NAMES_ITSELF = 120
"""From this many characters on, the language is detected from the text before the markup is believed. Of 873
development pages that declare a language, 20 disagree with their text, and the text is right on 17."""
_EVEN = 0.0
"""Least log-odds of a line that the model keeps."""
_UNLIKELY = -2.5
"""Least log-odds of any paragraph that is kept."""
_BEHIND = 1.5
"""Log-odds by which a paragraph may be below the most likely one of its page."""
_LONG = 30
"""A paragraph with at least this many words may contain a few words of furniture."""
_PARAGRAPH = 50
"""Least characters of a paragraph that can be a story by itself."""
_ENOUGH = 8
"""Words that a method must choose to count as successful."""
_HEADING = 16
"""Most words of a heading, which has no end mark."""
_QUOTED = ('"', "“", "«", "„", "‘")
_QUOTE_ENDS = '"”»“’'
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary"])

_validated = TypeAdapter(tuple[Block, ...]).validate_python
"""All blocks at once, in half the time of a call of the class for each."""


class _Piece(NamedTuple):
    """A block before it has its place in the article: its kind, span in the page, section."""

    kind: BlockKind
    start: int
    end: int
    section: int


def clean(page: Page, mode: Mode = "model", trees: forest.Forest | None = None) -> Article:
    """The article of a page: its blocks in page order, its title, byline, publisher and language.

    ``mode="rules"`` does without the trained model. ``trees`` replaces the packaged model (by one that was
    trained without the page's site, for evaluation). Raises :class:`Empty` for a page without text and
    :class:`NotAnArticle` for index pages, error pages and consent walls.
    """
    if not page.text.strip():
        raise Empty("the page has no text")
    lines = read(page)
    if not len(lines):
        raise NotAnArticle("no line of running text")
    kept, pictures = _body(page, lines, mode, trees)
    verdict.check(lines, kept, page.declared)
    first = int(np.argmax(kept))
    title, headline = front_matter.title(page, lines, kept)
    byline, _ = front_matter.byline(page, lines, first, headline)
    placed, text = _place(page, _pieces(lines, kept, pictures))
    return Article(
        article_id=article_id(page),
        revision=revision(page.text),
        origin=page.origin,
        url=page_url(page),
        title=title.text,
        title_span=title.span,
        byline=byline.text,
        byline_span=byline.span,
        publisher=front_matter.publisher(page, lines, byline.text),
        language=_language(page, lines, text),
        text=text,
        blocks=placed,
        notes=page.notes,
    )


def _body(page: Page, lines: Lines, mode: Mode, trees: forest.Forest | None) -> tuple[Mask, Mask]:
    """The lines of the article and of its captions. If a method finds almost nothing, the next one is tried."""
    ways: tuple[Callable[[], Mask | None], ...] = (
        lambda: briefs.declared(lines, page.metadata.get("title")) if page.declared else None,
        lambda: _chosen(lines, mode, trees),
        lambda: briefs.flat(lines),
        lambda: rules.choose(lines),
        lambda: briefs.below_headline(lines),
        lambda: _likeliest(lines, mode, trees),
    )
    best = pictures = np.zeros(len(lines), dtype=bool)
    # If nothing is left, the names of blocks are ignored: a story may be in a block called "related".
    for way, named in (*((way, True) for way in ways), (ways[1], False)):
        if (chosen := way()) is None:
            continue
        kept, shown = _settled(page, lines, chosen, named)
        size = float(lines.table[kept, AT["words"]].sum())
        if size > float(lines.table[best, AT["words"]].sum()):
            best, pictures = kept, shown
        if size >= _ENOUGH:
            break
    return best, pictures


def _settled(page: Page, lines: Lines, chosen: Mask, named: bool) -> tuple[Mask, Mask]:
    """The chosen lines that are kept, and the captions among them."""
    if not page.declared:
        chosen = blocks.joined(lines, chosen)
        chosen = (
            chosen
            & ~blocks.appeals(lines, chosen)
            & ~blocks.comments(lines, chosen)
            & ~blocks.other_stories(lines, chosen)
        )
    kept = select.without_furniture(lines, chosen, page.declared, named)
    shown = select.captions(lines, kept)
    rest = kept & ~shown
    if not rest.any():
        return kept, rest  # A brief that ends in the name of its agency is not a caption.
    return rest, shown


def _language(page: Page, lines: Lines, text: str) -> str:
    """The language given by the carrier, else that of the text if it is long enough, else that of the markup."""
    declared = page.metadata.get("carrier_language")
    own = lines.language if len(text) >= _NAMES_ITSELF else page.metadata.get("language")
    return declared or own or lines.language


def _chosen(lines: Lines, mode: Mode, trees: forest.Forest | None) -> Mask:
    if mode == "rules":
        return rules.choose(lines)
    if (whole := rules.plain(lines.table)) is not None:
        return whole
    likely: Mask = forest.odds(trees or forest.load(), features(lines)) > _EVEN
    return select.reach(lines, likely)


def _likeliest(lines: Lines, mode: Mode, trees: forest.Forest | None) -> Mask | None:
    """The most likely paragraphs of an HTML page on which the model is sure of none.

    A story of one paragraph among the menus of its site looks like a teaser.
    """
    table = lines.table
    if mode == "rules" or not bool((table[:, AT["markup"]] > 0).any()):
        return None
    odds = forest.odds(trees or forest.load(), features(lines))
    own = (table[:, AT["in_p"]] > 0) & (table[:, AT["end"]] == 1) & (table[:, AT["chars"]] >= _PARAGRAPH)
    own &= (table[:, AT["legal"]] == 0) & (table[:, AT["link"]] <= LINKED)
    own &= np.array([not mark for mark in lines.marks], dtype=bool)
    own &= (lines.furniture <= 1) | (table[:, AT["words"]] >= _LONG)
    if not own.any():
        return None
    kept: Mask = own & (odds > max(_UNLIKELY, float(odds[own].max()) - _BEHIND))
    return kept if kept.any() else None


def _kind(text: str, tag: str, words: float, end: float, bullet: float, quotes: float) -> BlockKind:
    """The kind of a block of a line; the numbers are its columns of :attr:`Lines.table`."""
    if tag in _HEADINGS:
        return "heading"
    if tag == "blockquote":
        return "quote"
    if bullet or tag == "tr":
        return "list"
    if quotes and text.startswith(_QUOTED) and text.rstrip(".,")[-1] in _QUOTE_ENDS:
        inner = text[1:].rstrip(".,")[:-1]
        if not any(mark in inner for mark in '"“”«»„'):
            return "quote"
    return "heading" if words <= _HEADING and end < 1 else "paragraph"


def _posts(lines: Lines, kept: list[bool]) -> dict[int, int]:
    """Lines that open a post of a live blog, with the length of their clock; empty on other pages."""
    where = [n for n, keeps in enumerate(kept) if keeps]
    first, last = where[0], where[-1]
    bare: dict[int, int] = {}
    pending, length = -1, 0
    for n in range(max(0, first - 3), last + 1):
        text = lines.texts[n]
        if clock_line(text):
            pending, length = n, len(text)
        elif not kept[n]:
            # "0945 GMT - Ferry stopped" is a heading outside of the body, "17.56 - 18.20" a pair of numbers.
            if (clock := leading_clock(text)) and any(map(str.isalpha, text[:clock])):
                pending, length = n, clock
        elif pending >= 0:
            bare[pending] = length
            pending = -1
    opening = {n: clock for n in where if (clock := leading_clock(lines.texts[n]))}
    together = len(bare) + len(opening)
    found = (bare if together >= 2 else {}) | (opening if together >= max(2, len(where) // 4) else {})
    return found


def _pieces(lines: Lines, kept: Mask, pictures: Mask) -> list[_Piece]:
    keeps, shown = kept.tolist(), pictures.tolist()
    posts = _posts(lines, keeps)
    looks = lines.table[:, [AT["words"], AT["end"], AT["bullet"], AT["quotes"]]].tolist()
    pieces: list[_Piece] = []
    section = 0
    for n in sorted({*np.flatnonzero(kept | pictures).tolist(), *posts}):
        start, end = lines.starts[n], lines.ends[n]
        clock = posts.get(n)
        if clock is not None:
            section += bool(pieces)
            pieces.append(_Piece("post", start, start + clock, section))
            start += clock
            start += len(lines.texts[n][clock:]) - len(lines.texts[n][clock:].lstrip(" \t:|–—-"))
            if start < end and keeps[n]:
                pieces.append(_Piece("paragraph", start, end, section))
        elif shown[n]:
            pieces.append(_Piece("caption", start, end, section))
        else:
            kind = _kind(lines.texts[n], lines.tags[n], *looks[n])
            pieces.append(_Piece(kind, start, end, section))
    return pieces


def _place(page: Page, pieces: list[_Piece]) -> tuple[tuple[Block, ...], str]:
    placed: list[dict[str, Any]] = []
    texts: list[str] = []
    at = 0
    for kind, start, stop, section in pieces:
        end = at + stop - start
        placed.append({"kind": kind, "start": at, "end": end, "page_start": start, "section": section})
        texts.append(page.text[start:stop])
        at = end + 2
    return _validated(placed), "\n\n".join(texts)
