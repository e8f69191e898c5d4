"""Finds the title, byline and publisher of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from dateline.transforms import lexicon
from dateline.transforms.clean.captions import is_caption
from dateline.transforms.clean.lines import AT, FURNITURE, LINKED, Lines, Mask, fold
from dateline.transforms.clean.looks import LONG
from dateline.transforms.clean.sections import clock_line
from dateline.transforms.identity import registered_domain
from dateline.transforms.model import Page, Span, span_of

_WORD = re.compile(r"\w+")
_REACH = 40
_BODY = 6_000
"""Characters of the body that a headline is compared with."""
_TAILS = 3
"""Most parts behind a headline: its section, its site."""
"""Lines above the body in which a headline is looked for; a menu of sharing buttons may stand between."""
_PREFIX = re.compile(
    r"\s*date \d{4}(?:-\d\d){0,2} (?P<name>[A-ZÀ-ÞА-Я][\w&'’.]*(?: [A-ZÀ-ÞА-Я&][\w&'’.]*){0,3})\s*(?:\n|$)"
)
_HEAD = re.compile(r"([^|–—»·:]{2,40}?)\s*(?:[|–—»·:]|\s-\s)\s*(?=\S)")
_TAIL = re.compile(r"\s+(?:[|–—»·]|-)\s+[^|–—»·]{2,40}$")


class Found(NamedTuple):
    """A piece of text, and its span in :attr:`Page.text` if it occurs there."""

    text: str | None
    span: Span | None = None


NOTHING = Found(None)


class Bylines:
    """Patterns of a byline: with a name, "by" alone on a line, the desk of a newsroom."""

    def __init__(self, library: lexicon.Library) -> None:
        every = [f.bylines for f in library.every(lexicon.Furniture).values()]
        verbs = "|".join(re.escape(w) for b in every for w in b.verbs) or "(?!)"
        by = "|".join(re.escape(w) for b in every for w in b.by) or "(?!)"
        alone = "|".join(re.escape(w) for b in every for w in b.alone) or "(?!)"
        desks = "|".join(w for b in every for w in b.desks) or "(?!)"
        stamped = "|".join(re.escape(w) for b in every for w in b.stamped) or "(?!)"
        behind = "|".join(w for b in every for w in b.behind) or "(?!)"
        staff = "|".join(w for b in every for w in b.staff) or "(?!)"
        months = "|".join(
            name
            for names in library.part(lexicon.Names, "en").months.values()
            for name in names
            if name[-1] != "."
        )
        self.end = re.compile(
            rf"\s*(?:[|•·]|\s[-–—]\s|,? (?:{stamped}|{behind})|\d{{1,2}}[:./ -]\d|(?:{months or '(?!)'})\b).*$",
            re.IGNORECASE | re.DOTALL,
        )
        """What ends a name: punctuation, a stamp, a place, the name of a month."""
        self.stamp = re.compile(
            rf"[,|•·\s]{{1,3}}(?:{stamped}|\d{{1,2}}[:./]\d|\d{{4}}-\d\d).*$", re.IGNORECASE | re.DOTALL
        )
        """A stamp in the author field."""
        self.staff = re.compile(rf"\b(?:{staff})\b", re.IGNORECASE)
        self.staff_alone = frozenset(w for b in every for w in b.staff_alone)
        self.accounts = frozenset(w for b in every for w in b.accounts)
        self.named = re.compile(
            rf"(?:(?:{verbs})[ :]+)?(?:{by})\b[ :]{{1,3}}(?P<name>[^\W\d_][^\n|•]{{1,90}})", re.IGNORECASE
        )
        self.lead = re.compile(rf"\s*(?:(?:{verbs})[ :]+)?(?:{by})[ :]{{1,3}}(?=[^\W\d_])", re.IGNORECASE)
        self.alone = re.compile(rf"(?:{alone}):?", re.IGNORECASE)
        self.desk = re.compile(rf"[^\W\d_][^\n|•]{{0,40}}?\b(?:{desks})\b[^\n|•]{{0,25}}", re.IGNORECASE)


_ABOVE = 4
"""Lines above the body in which a short heading is looked for."""
_FEW = 8
"""Most lines of a brief in flat text."""


class Owners:
    """Patterns of a copyright line, and the words in it that are not a name."""

    def __init__(self, library: lexicon.Library) -> None:
        every = [f.copyright for f in library.every(lexicon.Furniture).values()]
        marks = "|".join(re.escape(w) for c in every for w in c.marks) or "(?!)"
        by = "|".join(re.escape(w) for c in every for w in c.by) or "(?!)"
        behind = "|".join(re.escape(w) for c in every for w in c.behind) or "(?!)"
        self.line = re.compile(
            rf"(?:©|\(c\)|{marks})[\s©,]*(?:(?:{marks})\s*)?(?:\d{{4}}\s*(?:[-–]\s*\d{{4}})?)?[\s,]*(?:(?:{by}) )?"
            r"(?P<name>[A-ZÀ-ÞА-Я][\w&'’]*(?:\.\w+)*(?: [A-ZÀ-ÞА-Я&][\w&'’]*(?:\.\w+)*){0,5})"
        )
        self.behind = re.compile(rf"(?:[, ]+(?:{behind})\b\.?)+.*$")
        self.no_names = frozenset(w for c in every for w in c.no_names)


@lru_cache(maxsize=4)
def _owners(library: lexicon.Library) -> Owners:
    return Owners(library)


@lru_cache(maxsize=4)
def _bylines(library: lexicon.Library) -> Bylines:
    return Bylines(library)


def _content(words: Iterable[str], language: str) -> set[str]:
    """The words that tell what a text is about."""
    stops = lexicon.frequent(language).words
    return {word for word in words if word not in stops and (len(word) > 3 or not word.isascii())}


def _words(lines: Lines, n: int) -> list[str]:
    """All words of a line in lower case."""
    return lines.words[n] if len(lines.texts[n]) <= LONG else _WORD.findall(lines.lows[n])


def _theme(lines: Lines, kept: Mask) -> set[str]:
    """What the first characters of the body are about."""
    words: set[str] = set()
    left = _BODY
    for n in np.flatnonzero(kept).tolist():
        text = lines.texts[n]
        words.update(_words(lines, n) if len(text) <= left else _WORD.findall(text[:left].lower()))
        left -= len(text) + 1
        if left <= 0:
            break
    return _content(words, lines.language)


def title(page: Page, lines: Lines, kept: Mask) -> tuple[Found, int]:
    """The headline and its line number (-1 if it is not in the text). ``kept``: the lines of the body."""
    first = int(np.argmax(kept))
    title = _headline(page)
    if title:
        wanted = {fold(title), fold(_TAIL.sub("", title))}
        for n in range(min(len(lines), first + 1)):
            if lines.keys[n][:1] and len(lines.texts[n]) >= 8 and lines.folded(n) in wanted:
                return Found(lines.texts[n], span_of(page.text, lines.starts[n], lines.ends[n])), n
    best, chosen = 0.0, -1
    theme: set[str] | None = None
    shadow = 0
    low = max(0, first - _REACH)
    for n in range(low, first):
        row = lines.table[n]
        if row[AT["header"]]:
            shadow = 12
        shadow = max(0, shadow - 1)
        words = float(row[AT["words"]])
        if (
            not (1 if lines.tags[n] == "h1" else 3) <= words <= 32
            or lines.tags[n] in ("li", "figcaption")
            or lines.zones[n] in ("nav", "footer")
        ):
            continue
        if row[AT["digits"]] > 0.4 or lines.starts[n] == first:
            continue
        if theme is None:
            theme = _theme(lines, kept)
        own = _content(_words(lines, n), lines.language)
        shared = len(own & theme) / max(2, len(own))
        value = 2.2 * shared + min(words, 9.0) / 9.0 - 0.02 * (first - n)
        value -= (
            1.3 * bool(row[AT["bullet"]])
            + 0.05 * max(0.0, words - 18)
            + 1.0 * (shadow > 0)
            + 0.5 * (row[AT["end"]] == 1)
        )
        value -= 0.5 * min(2, int(lines.furniture[n])) + 0.8 * bool(row[AT["stamp"]])
        value += 1.5 * (lines.tags[n] == "h1") + 0.3 * (row[AT["count"]] > 1)
        # Only the few lines that are better than those above are searched for patterns.
        if value > best and (
            _bylines(lexicon.library()).named.fullmatch(lines.texts[n])
            or row[AT["legal"]]
            or row[AT["aside"]]
        ):
            value -= 1.5
        if value > best and not (clock_line(lines.texts[n]) or is_caption(lines.texts[n], words)):
            best, chosen = value, n
    for n in range(low, first):  # a breadcrumb is glued to the front of the headline that follows it
        if (
            chosen < n <= chosen + 4
            and chosen >= 0
            and 3 * len(lines.texts[n]) > len(lines.texts[chosen])
            and lines.texts[chosen].endswith(lines.texts[n])
        ):
            chosen = n
    if chosen >= 0 and best >= 0.7:
        return Found(
            lines.texts[chosen], span_of(page.text, lines.starts[chosen], lines.ends[chosen])
        ), chosen
    if title:
        return Found(title), -1
    if (n := _short_headline(lines, first)) >= 0:
        return Found(lines.texts[n], span_of(page.text, lines.starts[n], lines.ends[n])), n
    return NOTHING, -1


def _short_headline(lines: Lines, first: int) -> int:
    """The number of a heading of a word or two right above the body, or the first line of a brief; else -1."""
    for n in range(first - 1, max(-1, first - _ABOVE), -1):
        row = lines.table[n]
        if row[AT["header"]] or row[AT["aside"]] or row[AT["bullet"]] or row[AT["legal"]]:
            return -1
        heads = lines.tags[n] in ("h1", "h2", "h3") or (not lines.tags[n] and not n and len(lines) <= _FEW)
        plain = not row[AT["end"]] and not row[AT["digits"]] and row[AT["link"]] <= LINKED
        named = _bylines(lexicon.library()).named.match(lines.texts[n]) is not None
        if heads and plain and not named and not row[list(FURNITURE)].any():
            return n
    return -1


def _headline(page: Page) -> str | None:
    """The headline given by the carrier or the markup, without the name of the site; ``None`` if it is only
    that name."""
    title = page.metadata.get("title")
    if not title:
        return None
    names = _site_names(page)
    if fold(title) in names:
        return None
    if page.declared:
        return title
    for _ in range(_TAILS):
        tail = _TAIL.search(title)
        if tail is None:
            break
        mark, name = tail[0].strip()[0], fold(tail[0])
        # A dash may be part of a headline. A bar, or a dash before the name of the site, ends it.
        if name in names or mark in "|»·" or (mark == "-" and tail[0].strip(" -").istitle()):
            title = title[: tail.start()]
            if mark != "|":
                return title
        else:
            break
    head = _HEAD.match(title)
    if head is not None and fold(head[1]) in names:
        return title[head.end() :]
    return title


def _site_names(page: Page) -> set[str]:
    """The names of a site: its publisher, its domain, and the name in the domain."""
    names = {fold(n) for k in ("publisher", "site") if (n := page.metadata.get(k))}
    if domain := registered_domain(page.url or page.metadata.get("canonical") or page.metadata.get("og_url")):
        names |= {fold(domain), domain.partition(".")[0].lower()}
    return {n for n in names if n}


def _writer(page: Page, patterns: Bylines) -> str | None:
    """The author given by the carrier or the markup, without "By"; ``None`` for accounts and addresses."""
    name = " ".join((page.metadata.get("author") or "").split())
    name = patterns.lead.sub("", name, count=1) if patterns.lead.match(name) else name
    name = patterns.stamp.sub("", name).strip(" ,;|–—-")
    if not name or "@" in name or name.lower() in patterns.accounts or not any(map(str.isalpha, name)):
        return None
    return name


def byline(page: Page, lines: Lines, first: int, headline: int) -> tuple[Found, int]:
    """The author without "By", and the line number of the byline (-1 if it is not in the text)."""
    patterns = _bylines(lexicon.library())
    name = _writer(page, patterns)
    low = headline + 1 if headline >= 0 else max(0, first - 12)
    if name and (at := page.text.find(name)) >= 0:
        return Found(name, span_of(page.text, at, at + len(name))), -1
    for n in range(low, min(first, low + 25)):
        text = lines.texts[n]
        if float(lines.table[n, AT["words"]]) > 16:
            continue
        if (hit := patterns.named.match(text)) is not None:
            return _named(page, lines, n, hit.start("name"), hit["name"]), n
        if patterns.alone.fullmatch(text) and n + 1 < first and lines.table[n + 1, AT["words"]] <= 8:
            return _named(page, lines, n + 1, 0, lines.texts[n + 1]), n + 1
    for n in range(low, min(first, low + 12)):
        if (
            lines.table[n, AT["words"]] <= 8
            and lines.table[n, AT["title"]] > 0.6
            and not lines.table[n, AT["header"]]
            and patterns.desk.fullmatch(lines.texts[n])
        ):
            return _named(page, lines, n, 0, lines.texts[n]), n
    return (Found(name) if name else NOTHING), -1


def _named(page: Page, lines: Lines, n: int, at: int, name: str) -> Found:
    name = (_bylines(lexicon.library()).end.sub("", name) or name).rstrip(" ,;:-–—|")
    writers, mark, house = name.rpartition(",")
    if mark and fold(house) in _site_names(page):
        name = writers.rstrip()
    start = lines.starts[n] + at
    return Found(name, span_of(page.text, start, start + len(name)))


def publisher(page: Page, lines: Lines, author: str | None) -> str | None:
    """The publisher: from metadata, an extractor's prefix, the copyright line, a staff byline, a name that
    frames the page, or the registered domain."""
    if publisher := page.metadata.get("publisher"):
        return publisher
    if (hit := _PREFIX.match(page.text)) is not None:
        return hit["name"]
    owners = _owners(lexicon.library())
    for text in reversed(lines.texts[-60:]):
        if len(text) < 200 and (hit := owners.line.search(text)) is not None:
            name = owners.behind.sub("", hit["name"]).strip(" .,")
            if len(name) > 2 and name.lower() not in owners.no_names:
                return name
    patterns = _bylines(lexicon.library())
    if author and patterns.staff.search(author):
        name = patterns.staff.sub("", author).strip(" ,-")
        if name and name.lower() not in patterns.staff_alone:
            return name.title() if name.isupper() and len(name) > 4 else name
    if (
        author
        and author.casefold() in lexicon.agencies().by_spelling
        and author not in lexicon.agencies().generic
    ):
        return author
    return _frame(lines) or registered_domain(page.url or page.metadata.get("canonical"))


def _frame(lines: Lines) -> str | None:
    """A short name at the top of the page that occurs again: that of the site."""
    for n in range(min(3, len(lines))):
        row = lines.table[n]
        if (
            row[AT["count"]] >= 2
            and 2 <= row[AT["words"]] <= 5
            and row[AT["title"]] == 1
            and not row[AT["header"]]
        ):
            if row[list(FURNITURE)].any() or not 4 < len(lines.texts[n]) <= 40 or row[AT["end"]]:
                continue
            return lines.texts[n]
    return None
