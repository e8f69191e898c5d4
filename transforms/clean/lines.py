"""The lines of a page and what each looks like: the table that rules and model choose from."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from transforms import deadline, lexicon
from transforms.clean import wrap
from transforms.clean.language import DENSE, detect
from transforms.errors import TooLarge
from transforms.model import Line, Page

Table = npt.NDArray[np.float32]

_WORD = re.compile(r"\w+")
_BULLET = re.compile(r"(?:[*+•●▪◦·‣►▶>|»–—-]{1,3}|o(?= {1,2}[A-Z])|\d{1,2}\.)[ \t\xa0]+(?=\S)")
_BULLET_START = frozenset("*+•●▪◦·‣►▶>|»–—-o123456789")
_LETTER = re.compile(r"[^\W_]")
_DIGIT = re.compile(r"\d")
_STAMP = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}:\d\d|\d{1,2}[hH]\d\d\b")
_TRIM = " :.!?…»›>-–—*•|()[]#0123456789\t\xa0"
_CLOSING = "\"”’')]»“ \t\xa0*_"
_CUT = re.compile(r"(?:…|\.\.\.?)[\s\]\)]*(?:more|mehr|read more|plus)?$", re.IGNORECASE)
"""A teaser that was cut short."""
_HEADING_TAGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "summary", "legend"])
_SENTENCE_END = frozenset(".?!。！？؟।")
_HALF_END = frozenset(":;,،，；：")
_QUOTES = re.compile('["“”«»„「」]')
_CATEGORIES = tuple(lexicon.LineWords.model_fields)
_MENU = 40
"""Characters up to which a line may well be a menu's."""
_STOP_SHARE = 0.4
"""Share of the commonest words in English running text; other languages are brought to its scale."""
_ASIDE = 4
"""Where :func:`_markup` stands in a shape after the link share: its fourth number."""
LINE_LIMIT = 20_000
"""Lines of one page: more is a log or a table of data, and no story."""
_LONG = 1_200
"""Characters of a line that are weighed; what follows says nothing new of its kind."""

COLUMNS = (
    "words", "chars", "end", "stop", "title", "digits", "quotes", "commas", "low", "pipes", "length",
    "header", "aside", "stamp", *_CATEGORIES, "bullet", "count", "seen", "blank", "indent",
    "link", "in_p", "in_heading", "in_cell", "aside_zone", "body_zone", "markup",
)  # fmt: skip
"""The columns of :attr:`Lines.table`, a row each line."""
AT = {name: n for n, name in enumerate(COLUMNS)}
FURNITURE = tuple(AT[name] for name in _CATEGORIES if name not in ("verb", "month"))
"""Columns that count words of page furniture."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines as parallel sequences: spans in :attr:`Page.text` without indent, bullet and glue."""

    starts: list[int]
    ends: list[int]
    texts: list[str]
    keys: list[str]
    tags: list[str]
    links: list[float]
    zones: list[str]
    marks: list[str]
    boxes: list[int]
    table: Table
    language: str

    def __len__(self) -> int:
        return len(self.starts)


class Words:
    """The words of furniture of all languages, as tables that a line is looked up in."""

    def __init__(self, library: lexicon.Library) -> None:
        every = library.every(lexicon.Furniture).values()
        self.category = {
            word: n
            for n, name in enumerate(_CATEGORIES)
            for furniture in every
            for word in getattr(furniture.lines, name)
        }
        self.cues = frozenset(self.category)
        self.sections = frozenset(library.union(lexicon.Furniture, lambda f: f.headers.sections))
        self.comments = frozenset(library.union(lexicon.Furniture, lambda f: f.headers.comments))
        self.openings = tuple(f"{o} " for o in library.union(lexicon.Furniture, lambda f: f.headers.openings))
        self.asides = library.union(lexicon.Furniture, lambda f: f.headers.asides)
        self.says = library.union(lexicon.Furniture, lambda f: f.headers.says)
        # What extractors and page furniture glue to the front of a paragraph, with no space between.
        glued = "|".join(library.union(lexicon.Furniture, lambda f: f.headers.glued)) or "(?!)"
        self.glue = re.compile(
            rf"\s*date \d{{4}}(?:-\d\d){{0,2}}\s+(?=\S)|(?:{glued})\s*(?-i:(?=[\"“‘'«A-ZÀ-ÞА-Я]))",
            re.IGNORECASE,
        )


@lru_cache(maxsize=4)
def words_of(library: lexicon.Library) -> Words:
    """The tables of a vocabulary, made once."""
    return Words(library)


def _cuts(page: Page) -> list[Line]:
    if page.lines:
        return list(page.lines)
    return [Line(start=start, end=end) for start, end in wrap.cuts(page.text)]


def read(page: Page) -> Lines:
    """The lines of a page that hold a letter or digit, and their table.

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
    shape: list[_Shape] = []
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
        shape.append((bullet, blank, indent, link, *_markup(tag, zone)))
        previous = end
    language = _language(texts)
    keys = [body.lower().strip(_TRIM) or body for body in texts]
    table = _table(texts, keys, shape, language, words)
    return Lines(starts, ends, texts, keys, tags, links, zones, marks, boxes, table, language)


def _language(texts: list[str]) -> str:
    long_ones = [text for text in texts if len(text) > 80]
    return detect("\n".join((long_ones or texts)[:40]))


_Looks = tuple[float, ...]
_Shape = tuple[float, ...]
"""Bullet, blank lines before, indent, and what the markup says (the last columns of the table)."""


@lru_cache(maxsize=1_000)
def _markup(tag: str, zone: str) -> tuple[float, ...]:
    """Where markup puts a line; zeros for flat text."""
    return (
        float(tag in ("p", "blockquote", "pre")),
        float(tag in _HEADING_TAGS),
        float(tag in ("td", "th", "dt", "dd", "tr", "label", "figcaption")),
        float(zone in ("nav", "aside", "footer", "header")),
        float(zone in ("article", "main")),
        float(bool(tag)),
    )


@lru_cache(maxsize=20_000)
def _menu_looks(body: str, key: str, language: str, known: Words) -> _Looks:
    """Short lines come back from page to page of a site: what they look like is remembered."""
    return _looks(body, key, language, known)


def _looks(body: str, key: str, language: str, known: Words) -> _Looks:
    """The columns that depend on the line alone."""
    stops = lexicon.frequent(language).words
    head = body[:_LONG]
    tokens = _WORD.findall(head.lower())
    n = len(tokens) or 1
    words = float(n) if len(head) == len(body) else n * len(body) / len(head)
    if language in DENSE:
        words = max(words, len(body) / 2)
    parts = head.split()
    last = body.rstrip(_CLOSING)[-1:] or "-"
    found = [0.0] * len(_CATEGORIES)
    for token in known.cues.intersection(tokens):
        found[known.category[token]] += 1.0
    digits = sum(map(str.isdigit, tokens)) if _DIGIT.search(head) else 0
    return (
        words,
        len(body),
        0.25
        if _CUT.search(body[-12:])
        else 1.0
        if last in _SENTENCE_END
        else 0.5
        if last in _HALF_END
        else 0.0,
        sum(map(stops.__contains__, tokens)) / n if stops else 0.35 * (words >= 6),
        sum(map(str.isupper, [part[0] for part in parts])) / len(parts),
        digits / n,
        _QUOTES.search(body) is not None,
        (body.count(",") + body.count("،") + body.count("、")) / n,
        body[0].islower(),
        body.count("|") + body.count("›"),
        len(head) / n,
        key in known.sections or (words <= 6 and key.startswith(known.openings)),
        words < 40 and body[:80].lower().startswith(known.asides),
        digits > 1 and _STAMP.search(head) is not None,
        *found,
    )


def _table(texts: list[str], keys: list[str], shape: list[_Shape], language: str, known: Words) -> Table:
    counts = Counter(keys)
    seen: dict[str, int] = {}
    weight: Counter[float] = Counter()
    rows: list[tuple[float, ...]] = []
    for body, key, (bullet, blank, indent, *rest) in zip(texts, keys, shape, strict=True):
        looks = (_menu_looks if len(body) <= _MENU else _looks)(body, key, language, known)
        nth = seen.get(key, 0) + 1
        if not rest[_ASIDE]:  # a teaser in the navigation does not make the lead a repeat
            seen[key] = nth
        rows.append((*looks, bullet, min(4, counts[key]), min(4, nth), blank, indent, *rest))
        if looks[0] >= 15:
            weight[indent] += int(looks[0])
    table = np.array(rows, dtype=np.float32).reshape(len(rows), len(COLUMNS))
    # Indentation of a rendered page follows its nesting: the body shares one, furniture has others.
    home = max(weight, key=lambda k: (weight[k], -k)) if weight else 0
    table[:, AT["indent"]] = np.clip(table[:, AT["indent"]] - home, -20, 20)
    if language != "en" and lexicon.frequent(language).words:
        running = table[table[:, AT["words"]] >= 20]
        if len(running):
            table[:, AT["stop"]] *= np.clip(
                _STOP_SHARE / max(0.01, float(running[:, AT["stop"]].mean())), 1, 4
            )
    return table
