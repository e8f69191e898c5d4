"""The lines of a page with a table of what each looks like, from which rules and model choose."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import compress
from operator import attrgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dateline.transforms import deadline, lexicon
from dateline.transforms.clean import wrap
from dateline.transforms.clean.language import detect
from dateline.transforms.clean.looks import CATEGORIES, LONG, WORD, Looks, looks, words_of
from dateline.transforms.clean.themes import Themes
from dateline.transforms.errors import TooLarge
from dateline.transforms.flat import flat_lines
from dateline.transforms.model import Line, Page

Table = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Column = npt.NDArray[np.float32]

_BULLET = re.compile(r"(?:[*+•●▪◦·‣►▶>|»–—-]{1,3}|o(?= {1,2}[A-Z])|\d{1,2}\.)[ \t\xa0]+(?=\S)")
_BULLET_START = frozenset("*+•●▪◦·‣►▶>|»–—-o123456789")
_LETTER = re.compile(r"[^\W_]")
_TRIM = " :.!?…»›>-–—*•|()[]#0123456789\t\xa0"
_HEADING_TAGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "summary", "legend"])
_STOP_SHARE = 0.4
"""Share of common words in English running text, to which other languages are scaled."""
_SENTENCE = 12
"""Least words of a line of running text, which ends like a sentence."""
_MARKUP = attrgetter("tag", "link_share", "zone", "mark", "box")
_GLUE = 4
"""Characters at the start of a line in which those stand with which glued words begin."""
_WEIGHTY, _LONG = 15, 20
"""Least words of a line that counts for the indent of the body, and for its share of common words."""
_BLANKS = 4
"""Most blank lines before a line that are told apart."""
_OFTEN = 4
"""How many repeats of a line are told apart."""
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
    lows: list[str]
    """The texts in lower case."""
    keys: list[str]
    words: list[list[str]]
    """The words of each line in lower case, of its first :data:`LONG` characters."""
    themes: Themes
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


def read(page: Page) -> Lines:
    """The lines of a page that contain a letter or digit, and their table.

    Raises :class:`TooLarge` over :data:`LINE_LIMIT` lines.
    """
    text = page.text
    found = _bodies(page)
    deadline.check()
    starts, ends = found.starts[:], found.ends
    bullets = [line.tag == "li" for line in found.lines] if page.lines else [False] * len(starts)
    known = words_of(lexicon.library())
    nothing: set[int] = set()
    # Nine lines of ten begin with a word that is no bullet and to which nothing is glued.
    firsts = [text[at : at + _GLUE] for at in starts]
    for n in [
        n for n, word in enumerate(firsts) if word.lower().startswith(known.joined) or not word[0].isalpha()
    ]:
        at, end = starts[n], ends[n]
        first = text[at]
        if not first.isalpha() and _LETTER.search(text, at, end) is None:
            nothing.add(n)
            continue
        if first in _BULLET_START and (mark := _BULLET.match(text, at, end)) is not None:
            bullets[n] = True
            if not first.isdigit():
                starts[n] = mark.end()
        if first.isalpha() and (glued := known.glue.match(text, starts[n], end)) is not None:
            starts[n] = glued.end()
    indents, above, below, marked = found.indents, found.above, found.below, found.lines
    if nothing:
        kept = [n not in nothing for n in range(len(starts))]
        starts, ends, indents, above, below = (
            list(compress(column, kept)) for column in (starts, ends, indents, above, below)
        )
        bullets = list(compress(bullets, kept))
        marked = list(compress(marked, kept))
    blanks = np.clip(np.subtract(above, [0, *below[:-1]]) - 1, 0, _BLANKS) if starts else np.empty(0)
    texts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    lows = list(map(str.lower, texts))
    keys = [low.strip(_TRIM) or text for low, text in zip(lows, texts, strict=True)]
    language = _language(texts)
    tokens, themes, own = looks(texts, lows, keys, language, known)
    table = np.empty((len(texts), len(COLUMNS)), dtype=np.float32)
    table[:, : own.shape[1]] = own
    tags, links, zones, marks, boxes = _markup_of(marked, len(texts))
    aside = _mark_up(table, tags, zones) if page.lines else None
    if not page.lines:
        table[:, AT[Markup._fields[0]] :] = 0.0
    many, nth = _repeats(keys, aside)
    table[:, AT["count"]], table[:, AT["seen"]] = many, nth
    table[:, AT["blank"]] = blanks
    for name, column in (("bullet", bullets), ("indent", indents), ("link", links)):
        # To make an array of a list takes longer than to see that flat text has none of this.
        table[:, AT[name]] = column if any(column) else 0.0
    _relate(table, indents, language)
    return Lines(
        starts,
        ends,
        texts,
        lows,
        keys,
        tokens,
        themes,
        tags,
        links,
        zones,
        marks,
        boxes,
        page.boxes,
        table,
        language,
    )


class _Bodies(NamedTuple):
    """The lines that are not blank: their spans without the blanks around them, their indents, the newlines above them and
    above their ends, and their markup, which flat text has not."""

    starts: list[int]
    ends: list[int]
    indents: list[int]
    above: list[int]
    below: list[int]
    lines: list[Line]


def _bodies(page: Page) -> _Bodies:
    """The lines of a page. Raises :class:`TooLarge`."""
    text = page.text
    if not page.lines:
        flat = flat_lines(text)
        if not wrap.may_be_wrapped(flat):
            if len(flat.starts) > LINE_LIMIT:
                raise TooLarge(f"over {LINE_LIMIT} lines")
            return _Bodies(flat.starts, flat.ends, flat.indents, flat.numbers, flat.numbers, [])
    cuts = [(line.start, line.end) for line in page.lines] or wrap.cuts(text)
    if len(cuts) > LINE_LIMIT:
        raise TooLarge(f"over {LINE_LIMIT} lines")
    flat = flat_lines(text)
    if cuts == list(zip(flat.starts, flat.ends, strict=True)):  # as markup is rendered
        return _Bodies(flat.starts, flat.ends, flat.indents, flat.numbers, flat.numbers, list(page.lines))
    found = _Bodies([], [], [], [], [], [])
    at = below = 0
    for n, (start, end) in enumerate(cuts):
        raw = text[start:end]
        above = below + text.count("\n", at, start)
        below = above + raw.count("\n")
        at = end
        if body := raw.strip():
            indent = raw.index(body[0])
            found.starts.append(start + indent)
            found.ends.append(start + indent + len(body))
            found.indents.append(indent)
            found.above.append(above)
            found.below.append(below)
            if page.lines:
                found.lines.append(page.lines[n])
    return found


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


def _markup_of(
    marked: list[Line], size: int
) -> tuple[list[str], list[float], list[str], list[str], list[int]]:
    """The tags, link shares, zones, marks and boxes of lines; those of flat text have none."""
    if not marked:
        return [""] * size, [0.0] * size, [""] * size, [""] * size, [0] * size
    tags, links, zones, marks, boxes = map(list, zip(*map(_MARKUP, marked), strict=True))
    return tags, links, zones, marks, boxes


def _mark_up(table: Table, tags: list[str], zones: list[str]) -> list[bool]:
    """Fill the columns of :class:`Markup`. Which lines stand beside the article."""
    places = list(zip(tags, zones, strict=True))
    rows = {place: _markup(*place) for place in dict.fromkeys(places)}
    numbers = {place: n for n, place in enumerate(rows)}
    table[:, AT[Markup._fields[0]] :] = np.array(list(rows.values()))[[numbers[place] for place in places]]
    return [rows[place].aside_zone > 0 for place in places]


def _relate(table: Table, indents: list[int], language: str) -> None:
    """Give indents relative to that of the body, and shares of common words relative to those of English."""
    words = table[:, AT["words"]]
    # The indentation of a rendered page follows its nesting: the body shares one indent, furniture has
    # others.
    if any(indents):
        weight: Counter[int] = Counter()
        for n in np.flatnonzero(words >= _WEIGHTY).tolist():
            weight[indents[n]] += int(words[n])
        home = max(weight, key=lambda k: (weight[k], -k)) if weight else 0
        table[:, AT["indent"]] = np.clip(table[:, AT["indent"]] - home, -20, 20)
    if language != "en" and lexicon.frequent(language).words:
        running = table[words >= _LONG]
        if len(running):
            table[:, AT["stop"]] *= np.clip(
                _STOP_SHARE / max(0.01, float(running[:, AT["stop"]].mean())), 1, 4
            )


def _repeats(keys: list[str], aside: list[bool] | None) -> tuple[list[int] | int, list[int] | int]:
    """How often each line occurs in the page, and how often up to here; four times at most. ``aside``: the lines that
    stand beside the article."""
    counts = Counter(keys)
    if len(counts) == len(keys):
        return 1, 1
    seen: dict[str, int] = {}
    many = list(map(counts.__getitem__, keys))
    nth = [1] * len(keys)
    for n, times in enumerate(many):
        if times > 1:
            at = seen.get(keys[n], 0) + 1
            many[n], nth[n] = min(_OFTEN, times), min(_OFTEN, at)
            if aside is None or not aside[n]:  # A teaser in the navigation does not make the lead a repeat.
                seen[keys[n]] = at
    return many, nth
