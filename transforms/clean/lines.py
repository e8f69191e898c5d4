"""The lines of a page and what each looks like: the table that rules and model choose from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dateline.transforms import deadline, lexicon
from dateline.transforms.clean import wrap
from dateline.transforms.clean.language import DENSE, detect
from dateline.transforms.errors import TooLarge
from dateline.transforms.model import Line, Page

Table = npt.NDArray[np.float32]

_WORD = re.compile(r"\w+")
_BULLET = re.compile(r"(?:[*+•●▪◦·‣►▶>|»–—-]{1,3}|o(?= {1,2}[A-Z])|\d{1,2}\.)[ \t\xa0]+(?=\S)")
_BULLET_START = frozenset("*+•●▪◦·‣►▶>|»–—-o123456789")
_LETTER = re.compile(r"[^\W_]")
_DIGIT = re.compile(r"\d")
_STAMP = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}:\d\d|\d{1,2}[hH]\d\d\b")
_TRIM = " :.!?…»›>-–—*•|()[]#0123456789\t\xa0"
_CLOSING = "\"”’')]»“ \t\xa0*_"
_HEADING_TAGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "summary", "legend"])
_SENTENCE_END = frozenset(".?!。！？؟।")
_CREDIT = 300
"""Characters of a credit in brackets behind the last sentence of a line."""
_HALF_END = frozenset(":;,،，；：")
_QUOTES = re.compile('["“”«»„「」]')
_WORDED = tuple(lexicon.LineWords.model_fields)
_CATEGORIES = (*_WORDED[:8], "month", *_WORDED[8:])
"""What words tell of a line, in the order of the columns."""
_NO_CUES = [0.0] * len(_CATEGORIES)
_FIRST = itemgetter(0)
_MENU = 40
"""Characters up to which a line may well be a menu's."""
_STOP_SHARE = 0.4
"""Share of the commonest words in English running text; other languages are brought to its scale."""
LINE_LIMIT = 20_000
"""Lines of one page: more is a log or a table of data, and no story."""
LONG = 1_200
"""Characters of a line that are weighed; what follows says nothing new of its kind."""


class Looks(NamedTuple):
    """What a line looks like by itself; truth values are 0 and 1, shares are of its words.

    ``end`` is 1 where it ends like a sentence, .5 for half a stop, .25 for a teaser that was cut short.
    ``stop`` is the share of the commonest words, ``low`` a first letter in lower case, ``length`` the
    mean length of a word, ``header`` and ``aside`` what the vocabulary says of how it opens.
    """

    words: float
    chars: float
    end: float
    stop: float
    title: float
    digits: float
    quotes: float
    commas: float
    low: float
    pipes: float
    length: float
    header: float
    aside: float
    stamp: float


class Place(NamedTuple):
    """Where a line stands: how often its words stand in the page (``count``) and up to here (``seen``), the
    blank lines before it, its indent beside the body's, the share of it inside links."""

    bullet: float
    count: float  # type: ignore[assignment]  # a tuple counts too, and the model knows the column by this name
    seen: float
    blank: float
    indent: float
    link: float


class Markup(NamedTuple):
    """Where markup puts a line; zeros for flat text."""

    in_p: float
    in_heading: float
    in_cell: float
    aside_zone: float
    body_zone: float
    markup: float


COLUMNS = (*Looks._fields, *_CATEGORIES, *Place._fields, *Markup._fields)
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

    def folded(self, n: int) -> str:
        """The words of a line alone: copies with other quotes or commas are still copies."""
        return " ".join(self.words[n]) if len(self.texts[n]) <= LONG else fold(self.texts[n])


def fold(text: str) -> str:
    """The words of a text alone, in lower case."""
    return " ".join(_WORD.findall(text.lower()))


class Words:
    """The words of furniture of all languages, as tables that a line is looked up in."""

    def __init__(self, library: lexicon.Library) -> None:
        every = library.every(lexicon.Furniture).values()
        words = {name: {w for f in every for w in getattr(f.lines, name)} for name in _WORDED}
        # A name that is a common word too ("may") says nothing, nor does a short one but in English ("set", "ago").
        taken = set(library.union(lexicon.Frequent, lambda f: f.words)).union(*words.values())
        english = library.part(lexicon.Names, "en").months.values()
        short = {name.rstrip(".") for names in english for name in names}
        words["month"] = (set(library.union(lexicon.Names, _names)) | short) - taken
        self.category = {word: n for n, name in enumerate(_CATEGORIES) for word in words[name]}
        self.cues = frozenset(self.category)
        self.sections = frozenset(library.union(lexicon.Furniture, lambda f: f.headers.sections))
        self.comments = frozenset(library.union(lexicon.Furniture, lambda f: f.headers.comments))
        self.openings = tuple(f"{o} " for o in library.union(lexicon.Furniture, lambda f: f.headers.openings))
        self.asides = library.union(lexicon.Furniture, lambda f: f.headers.asides)
        self.says = library.union(lexicon.Furniture, lambda f: f.headers.says)
        more = (
            "|".join(map(re.escape, library.union(lexicon.Furniture, lambda f: f.headers.behind_cut)))
            or "(?!)"
        )
        self.cut = re.compile(rf"(?:…|\.\.\.?)[\s\]\)]*(?:{more})?$", re.IGNORECASE)
        who = "|".join(p for f in every for p in f.bylines.credits) or "(?!)"
        self.worked_on = re.compile(rf"\(\s*(?:{who})", re.IGNORECASE)
        # What extractors and page furniture glue to the front of a paragraph, with no space between.
        glued = "|".join(library.union(lexicon.Furniture, lambda f: f.headers.glued)) or "(?!)"
        self.glue = re.compile(
            rf"\s*date \d{{4}}(?:-\d\d){{0,2}}\s+(?=\S)|(?:{glued})\s*(?-i:(?=[\"“‘'«A-ZÀ-ÞА-Я]))",
            re.IGNORECASE,
        )


def _names(names: lexicon.Names) -> Iterator[str]:
    """Months and weekdays in full."""
    for words in (*names.months.values(), *names.weekdays.values()):
        yield from (word for word in words if not word.endswith("."))


@lru_cache(maxsize=4)
def words_of(library: lexicon.Library) -> Words:
    """The tables of a vocabulary, made once."""
    return Words(library)


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
"""What is known of a line before its words are looked at: bullet, blank lines before it, indent, link share, markup."""
_Looked = tuple[list[str], float, tuple[float, ...]]
"""The words of a line, how many it is taken to have, and the columns that depend on the line alone."""


@lru_cache(maxsize=20_000)
def _menu_looks(body: str, key: str, language: str, known: Words) -> _Looked:
    """Short lines come back from page to page of a site: what they look like is remembered."""
    return _looks(body, key, language, known)


def _looks(body: str, key: str, language: str, known: Words) -> _Looked:
    """What the line tells by itself: :class:`Looks`, and how many words of each category it has."""
    stops = lexicon.frequent(language).words
    head = body[:LONG]
    tokens = _WORD.findall(head.lower())
    n = len(tokens) or 1
    words = float(n) if len(head) == len(body) else n * len(body) / len(head)
    if language in DENSE:
        words = max(words, len(body) / 2)
    parts = head.split()
    last = (_before_credit(body, known) or body).rstrip(_CLOSING)[-1:] or "-"
    tail = body[-12:]
    cut = (".." in tail or "…" in tail) and known.cut.search(tail) is not None
    whole, half = last in _SENTENCE_END, last in _HALF_END
    if known.cues.isdisjoint(tokens):
        found = _NO_CUES
    else:
        found = [0.0] * len(_CATEGORIES)
        for token in known.cues.intersection(tokens):
            found[known.category[token]] += 1.0
    digits = sum(map(str.isdigit, tokens)) if _DIGIT.search(head) else 0
    looks = Looks(
        words=words,
        chars=len(body),
        end=0.25 if cut else 1.0 if whole else 0.5 if half else 0.0,
        stop=sum(map(stops.__contains__, tokens)) / n if stops else 0.35 * (words >= 6),
        title=sum(map(str.isupper, map(_FIRST, parts))) / len(parts),
        digits=digits / n,
        quotes=_QUOTES.search(body) is not None,
        commas=(body.count(",") + body.count("،") + body.count("、")) / n,
        low=body[0].islower(),
        pipes=body.count("|") + body.count("›"),
        length=len(head) / n,
        header=key in known.sections or (words <= 6 and key.startswith(known.openings)),
        aside=words < 40 and body[:80].lower().startswith(known.asides),
        stamp=digits > 1 and _STAMP.search(head) is not None,
    )
    return tokens, words, (*looks, *found)


def _before_credit(body: str, known: Words) -> str:
    """The sentences before a credit in brackets that ends a line, "(Reporting by …)"; nothing where there is none.

    Other remarks behind a full stop are the credits of pictures: "The mayor waves in Port Sorrel. (Kestrel)".
    """
    if not body.endswith(")"):
        return ""
    at = max(body.rfind("(", -_CREDIT), 0)
    before = body[:at].rstrip()
    return before if before[-1:] in _SENTENCE_END and known.worked_on.match(body, at) else ""


def _table(
    texts: list[str], keys: list[str], shapes: list[_Shape], language: str, known: Words
) -> tuple[list[list[str]], Table]:
    """The words of each line, and the table."""
    counts = Counter(keys)
    seen: dict[str, int] = {}
    weight: Counter[float] = Counter()
    tokens: list[list[str]] = []
    rows: list[tuple[float, ...]] = []
    for body, key, (bullet, blank, indent, link, markup) in zip(texts, keys, shapes, strict=True):
        held, words, looks = (_menu_looks if len(body) <= _MENU else _looks)(body, key, language, known)
        tokens.append(held)
        nth = seen.get(key, 0) + 1
        if not markup.aside_zone:  # a teaser in the navigation does not make the lead a repeat
            seen[key] = nth
        # In the order of :class:`Place`.
        rows.append((*looks, bullet, min(4, counts[key]), min(4, nth), blank, indent, link, *markup))
        if words >= 15:
            weight[indent] += int(words)
    flat = np.fromiter(chain.from_iterable(rows), np.float32, len(rows) * len(COLUMNS))
    table = flat.reshape(len(rows), len(COLUMNS))
    # Indentation of a rendered page follows its nesting: the body shares one, furniture has others.
    home = max(weight, key=lambda k: (weight[k], -k)) if weight else 0
    table[:, AT["indent"]] = np.clip(table[:, AT["indent"]] - home, -20, 20)
    if language != "en" and lexicon.frequent(language).words:
        running = table[table[:, AT["words"]] >= 20]
        if len(running):
            table[:, AT["stop"]] *= np.clip(
                _STOP_SHARE / max(0.01, float(running[:, AT["stop"]].mean())), 1, 4
            )
    return tokens, table
