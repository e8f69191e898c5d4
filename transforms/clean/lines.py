"""The lines of a page with a table of what each looks like, from which rules and model choose."""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dateline.transforms import deadline, lexicon
from dateline.transforms.clean import wrap
from dateline.transforms.clean.language import detect
from dateline.transforms.clean.looks import CATEGORIES, LONG, WORD, Looks, Words, looks, menu_looks, words_of
from dateline.transforms.errors import TooLarge
from dateline.transforms.model import Line, Page

Table = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Column = npt.NDArray[np.float32]

_BULLET = re.compile(r"(?:[*+•●▪◦·‣►▶>|»–—-]{1,3}|o(?= {1,2}[A-Z])|\d{1,2}\.)[ \t\xa0]+(?=\S)")
_BULLET_START = frozenset("*+•●▪◦·‣►▶>|»–—-o123456789")
_LETTER = re.compile(r"[^\W_]")
_TRIM = " :.!?…»›>-–—*•|()[]#0123456789\t\xa0"
_HEADING_TAGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "summary", "legend"])
_MENU = 40
"""Most characters of a line that is likely to be a menu entry."""
_STOP_SHARE = 0.4
"""Share of common words in English running text, to which other languages are scaled."""
_SENTENCE = 12
"""Least words of a line of running text, which ends like a sentence."""
LINKED = 0.7
"""A line with a larger share inside links is a link to another story."""
LINE_LIMIT = 20_000
"""Lines of one page; a page with more is a log or a data table."""


class Place(NamedTuple):
    """The place of a line.

    ``count`` and ``seen`` are how often the line occurs in the page and up to here, ``blank`` the blank lines
    before it, ``indent`` its indent relative to that of the body, ``link`` the share of it inside links.
    """

    bullet: float
    count: float  # type: ignore[assignment]  # a tuple counts too, and the model knows the column by this name
    seen: float
    blank: float
    indent: float
    link: float


class Markup(NamedTuple):
    """The place of a line in the markup; zeros for plain text."""

    in_p: float
    in_heading: float
    in_cell: float
    aside_zone: float
    body_zone: float
    markup: float


COLUMNS = (*Looks._fields, *CATEGORIES, *Place._fields, *Markup._fields)
"""The columns of :attr:`Lines.table`, a row each line."""
AT = {name: n for n, name in enumerate(COLUMNS)}
FURNITURE = tuple(AT[name] for name in CATEGORIES if name not in ("verb", "month"))
"""The columns that count words of page furniture."""


@dataclass(frozen=True, eq=False)
class Lines:
    """Lines as parallel sequences: spans in :attr:`Page.text` without indent, bullet and glue."""

    starts: list[int]
    ends: list[int]
    texts: list[str]
    keys: list[str]
    words: list[list[str]]
    """The words of each line in lower case, of its first :data:`LONG` characters."""
    tags: list[str]
    links: list[float]
    zones: list[str]
    marks: list[str]
    boxes: list[int]
    tree: tuple[tuple[int, str], ...]
    table: Table
    language: str

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def furniture(self) -> Column:
        """How many categories of furniture words each line has."""
        many: Column = (self.table[:, FURNITURE] > 0).sum(axis=1).astype(np.float32)
        return many

    @cached_property
    def sentences(self) -> Mask:
        """Lines that read like running text."""
        table, many = self.table, self.furniture
        words, end, stop = table[:, AT["words"]], table[:, AT["end"]], table[:, AT["stop"]]
        good: Mask = (
            (words >= _SENTENCE)
            & (end >= 0.5)
            & ((stop > 0.2) | ((words >= 15) & (end == 1) & (stop > 0.1)))
            & ~((many >= 3) & (words < 30))
            & (table[:, AT["legal"]] == 0)
            & (table[:, AT["aside"]] == 0)
            & (table[:, AT["seen"]] < 2)
            & (table[:, AT["aside_zone"]] == 0)
            & (table[:, AT["link"]] <= LINKED)
        )
        return good

    @cached_property
    def spoken(self) -> Mask:
        """Sentences of any length without any sign of furniture."""
        table = self.table
        said: Mask = (
            (table[:, AT["words"]] >= 4)
            & (table[:, AT["end"]] == 1)
            & (self.furniture == 0)
            & (table[:, AT["header"]] == 0)
            & (table[:, AT["aside"]] == 0)
            & (table[:, AT["bullet"]] == 0)
            & (table[:, AT["stamp"]] == 0)
        )
        return said

    def folded(self, n: int) -> str:
        """Only the words of a line, so that copies with other quotes or commas are equal."""
        return " ".join(self.words[n]) if len(self.texts[n]) <= LONG else fold(self.texts[n])


def fold(text: str) -> str:
    """Only the words of a text, in lower case."""
    return " ".join(WORD.findall(text.lower()))


class _Cut(NamedTuple):
    """A line of flat text, with the fields of :class:`~dateline.transforms.model.Line`; unchecked, since pages have thousands."""

    start: int
    end: int
    tag: str = ""
    link_share: float = 0.0
    zone: str = ""
    mark: str = ""
    box: int = 0


def _cuts(page: Page) -> Sequence[Line | _Cut]:
    return page.lines or [_Cut(start, end) for start, end in wrap.cuts(page.text)]


def read(page: Page) -> Lines:
    """The lines of a page that contain a letter or digit, and their table.

    Raises :class:`TooLarge` over :data:`LINE_LIMIT` lines.
    """
    text = page.text
    starts: list[int] = []
    ends: list[int] = []
    texts: list[str] = []
    tags: list[str] = []
    links: list[float] = []
    zones: list[str] = []
    marks: list[str] = []
    boxes: list[int] = []
    shapes: list[_Shape] = []
    previous = 0
    words = words_of(lexicon.library())
    cuts = _cuts(page)
    if len(cuts) > LINE_LIMIT:
        raise TooLarge(f"over {LINE_LIMIT} lines")
    for line in cuts:
        deadline.check()
        start, end, tag, link, zone = line.start, line.end, line.tag, line.link_share, line.zone
        raw = text[start:end]
        body = raw.strip()
        if not body[:1].isalpha() and _LETTER.search(body) is None:
            continue
        indent = raw.index(body[0])
        at = start + indent
        bullet = tag == "li"
        if body[0] in _BULLET_START and (mark := _BULLET.match(body)) is not None:
            bullet = True
            if not body[0].isdigit():
                at += mark.end()
        if body[0].isalpha() and (glue := words.glue.match(text, at, end)) is not None:
            at = glue.end()
        stop = start + indent + len(body)
        starts.append(at)
        ends.append(stop)
        texts.append(text[at:stop])
        tags.append(tag)
        links.append(link)
        zones.append(zone)
        marks.append(line.mark)
        boxes.append(line.box)
        blank = min(4, max(0, text.count("\n", previous, start) - 1))
        shapes.append((bullet, blank, indent, link, _markup(tag, zone)))
        previous = end
    language = _language(texts)
    keys = [body.lower().strip(_TRIM) or body for body in texts]
    tokens, table = _table(texts, keys, shapes, language, words)
    return Lines(
        starts, ends, texts, keys, tokens, tags, links, zones, marks, boxes, page.boxes, table, language
    )


def _language(texts: list[str]) -> str:
    long_ones = [text for text in texts if len(text) > 80]
    return detect("\n".join((long_ones or texts)[:40]))


@lru_cache(maxsize=1_000)
def _markup(tag: str, zone: str) -> Markup:
    return Markup(
        in_p=float(tag in ("p", "blockquote", "pre")),
        in_heading=float(tag in _HEADING_TAGS),
        in_cell=float(tag in ("td", "th", "dt", "dd", "tr", "label", "figcaption")),
        aside_zone=float(zone in ("nav", "aside", "footer", "header")),
        body_zone=float(zone in ("article", "main")),
        markup=float(bool(tag)),
    )


_Shape = tuple[bool, int, int, float, Markup]
"""The part of a line's row that does not depend on its words: bullet, blank lines before it, indent, link
share, markup."""
_PLACE = struct.Struct(f"{len(Place._fields) + len(Markup._fields)}f").pack


def _table(
    texts: list[str], keys: list[str], shapes: list[_Shape], language: str, known: Words
) -> tuple[list[list[str]], Table]:
    """The words of each line, and the table."""
    counts = Counter(keys)
    seen: dict[str, int] = {}
    weight: Counter[float] = Counter()
    tokens: list[list[str]] = []
    rows: list[bytes] = []
    for body, key, (bullet, blank, indent, link, markup) in zip(texts, keys, shapes, strict=True):
        held, words, own = (menu_looks if len(body) <= _MENU else looks)(body, key, language, known)
        tokens.append(held)
        nth = seen.get(key, 0) + 1
        if not markup.aside_zone:  # A teaser in the navigation does not make the lead a repeat.
            seen[key] = nth
        # In the order of :class:`Place`.
        rows.append(own)
        rows.append(_PLACE(bullet, min(4, counts[key]), min(4, nth), blank, indent, link, *markup))
        if words >= 15:
            weight[indent] += int(words)
    # Rows of bytes, since those of short lines are made once for many pages.
    table = np.frombuffer(bytearray().join(rows), np.float32).reshape(len(texts), len(COLUMNS))
    # The indentation of a rendered page follows its nesting: the body shares one indent, furniture has
    # others.
    home = max(weight, key=lambda k: (weight[k], -k)) if weight else 0
    table[:, AT["indent"]] = np.clip(table[:, AT["indent"]] - home, -20, 20)
    if language != "en" and lexicon.frequent(language).words:
        running = table[table[:, AT["words"]] >= 20]
        if len(running):
            table[:, AT["stop"]] *= np.clip(
                _STOP_SHARE / max(0.01, float(running[:, AT["stop"]].mean())), 1, 4
            )
    return tokens, table
