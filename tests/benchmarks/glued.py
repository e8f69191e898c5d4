"""What a user would put together from libraries in an afternoon: the peer for whole pages.

jusText (or the longest run of long lines) for the article, dateparser's search for the
publication day and for the dates, one pattern around the verbs of saying for the claims.
Simple on purpose, but not careless: the language is detected, dates are counted from the
publication day, a claim takes the date of its own sentence.
"""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import justext
from dateparser.search import search_dates

Row = dict[str, Any]
LANGUAGES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian",
    "pt": "Portuguese", "ru": "Russian", "tr": "Turkish",
}  # fmt: skip
LONG_LINE = 12
"""Words from which a line may be a paragraph."""
GAP = 3
"""Short lines in a row that end a run of paragraphs."""
CONTEXT = 32
_WORD = re.compile(r"\w+")
_VERBS = r"(?:said|says|told|added|wrote|announced|claimed|stated|warned|noted|explained|argued|insisted)"
_NAME = r"(?:[A-Z][\w.’'-]+(?:(?: al| bin| de| of| van)? [A-Z][\w.’'-]+){0,4}|(?:[Oo]fficials|[Pp]olice|[Ss]?[Hh]e|[Tt]hey)\b)"
_QUOTE = re.compile(r"[\"“„«]([^\"“”„«»\n]{15,600})[\"”“»]")
_AFTER = re.compile(
    rf"[,.]?\s*(?:(?P<cue1>{_VERBS})\s+(?P<name1>{_NAME})|(?P<name2>{_NAME})\s+(?P<cue2>{_VERBS}))"
)
_BEFORE = re.compile(rf"(?P<name>{_NAME})\s+(?:\w+\s+){{0,2}}(?P<cue>{_VERBS})\s*(?:that|:|,)?\s*$")
_INDIRECT = re.compile(
    rf"(?:^|(?<=[.!?] ))(?P<name>{_NAME})\s+(?P<cue>{_VERBS})\s+(?:that )?(?P<content>[^\"“”\n.]{{15,400}})\.",
    re.M,
)
_ACCORDING = re.compile(rf"(?P<content>[A-Z][^.\n\"“”]{{15,400}}?),? according to (?:the )?(?P<name>{_NAME})")
_SENTENCE = re.compile(r"[^\n.!?]+[.!?]*[\"”’»)]*")
_ABSOLUTE = {
    "STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"],
}  # fmt: skip


class Said(NamedTuple):
    """A claim and where it stands."""

    start: int
    end: int
    name: str
    cue: str
    content: str


@lru_cache
def _stoplist(code: str) -> frozenset[str]:
    name = LANGUAGES[code]
    return justext.get_stoplist(name) if name in justext.get_stoplists() else frozenset()


def language_of(text: str) -> str:
    """The language whose stop words cover most of the text, long lists held back."""
    if len(re.findall("[\u0600-\u06ff]", text)) > len(text) / 5:
        return "ar"
    words = [w.lower() for w in _WORD.findall(text)]
    lists = {code: _stoplist(code) for code in LANGUAGES if _stoplist(code)}
    return max(lists, key=lambda code: sum(w in lists[code] for w in words) / len(lists[code]) ** 0.2)


def body_by_justext(text: str, language: str) -> str:
    """The paragraphs that jusText keeps, each line offered as one."""
    lines = [html.escape(line.strip()) for line in text.splitlines() if line.strip()]
    if not lines:
        return ""
    kept = justext.justext("".join(f"<p>{line}</p>" for line in lines), _stoplist(language))
    return "\n".join(p.text for p in kept if not p.is_boilerplate)


def body_by_runs(text: str, language: str) -> str:
    """The longest run of long lines, short ones between them dropped."""
    best: list[str] = []
    run: list[str] = []
    short = 0
    for line in (line.strip() for line in text.splitlines()):
        if len(_WORD.findall(line)) >= LONG_LINE:
            run, short = [*run, line], 0
        elif line:
            short += 1
        if short > GAP:
            run, short = [], 0
        if sum(map(len, run)) > sum(map(len, best)):
            best = run
    return "\n".join(best)


def _search(text: str, language: str, settings: dict[str, Any]) -> list[tuple[str, datetime.datetime]]:
    try:
        return search_dates(text, languages=[language], settings=settings) or []
    except (ValueError, OverflowError, RecursionError, IndexError, TypeError):
        return []  # dateparser raises these on some pages of real text


def published(text: str, language: str) -> str | None:
    """The first full date of the page."""
    hits = _search(text, language, _ABSOLUTE)
    return next((day.date().isoformat() for words, day in hits if re.search(r"\d", words)), None)


def dates(text: str, language: str, day: str | None) -> list[Row]:
    """Dates of a text with their place, counted from ``day``; a year alone stays a year, a month a month."""
    settings: dict[str, Any] = {"PREFER_DATES_FROM": "past"}
    if day:
        settings["RELATIVE_BASE"] = datetime.datetime.fromisoformat(day)
    found, at = [], 0
    for words, when in _search(text, language, settings):
        start = text.find(words, at)
        if start < 0:
            continue
        at = start + len(words)
        value = when.date().isoformat()
        if re.fullmatch(r"\W*(?:in )?(?:19|20)\d\d\W*", words):
            value = value[:4]
        elif re.fullmatch(r"\D*(?:(?:19|20)\d\d)?", words) and not re.search(
            r"(?i)day|ago|tag|hoy|hier|heute", words
        ):
            value = value[:7]
        found.append({"start": start, "end": at, "value": value})
    return found


def claims(text: str) -> Iterator[Said]:
    """Quotations with a name beside them, and plain sentences of saying."""
    for quote in _QUOTE.finditer(text):
        if after := _AFTER.match(text, quote.end(), quote.end() + 120):
            name, cue = after["name1"] or after["name2"], after["cue1"] or after["cue2"]
            yield Said(quote.start(), after.end(), name, cue, quote[1])
        elif before := _BEFORE.search(text, max(0, quote.start() - 120), quote.start()):
            yield Said(before.start(), quote.end(), before["name"], before["cue"], quote[1])
    for told in _INDIRECT.finditer(text):
        yield Said(told.start(), told.end(), told["name"], told["cue"], told["content"])
    for told in _ACCORDING.finditer(text):
        yield Said(told.start(), told.end(), told["name"], "according to", told["content"])


def page(row: Row, body: Callable[[str, str], str] = body_by_justext) -> Row:
    """A whole page, in the format of the scorer of pages."""
    text = row["text"]
    language = language_of(text)
    article, day = body(text, language), published(text, language)
    found = dates(article, language, day)
    sentences = [m.span() for m in _SENTENCE.finditer(article)]
    return {
        "id": row["id"],
        "published": day,
        "body": article,
        "dates": [
            {
                "exact": article[d["start"] : d["end"]],
                "prefix": article[max(0, d["start"] - CONTEXT) : d["start"]],
                "suffix": article[d["end"] : d["end"] + CONTEXT],
                "value": d["value"],
            }
            for d in found
        ],
        "claims": [
            {"source": c.name, "cue": c.cue, "content": c.content, "when": _when(c, sentences, found)}
            for c in claims(article)
        ],
    }


def _when(claim: Said, sentences: list[tuple[int, int]], found: list[Row]) -> str | None:
    """The date of the claim's own sentence that stands nearest to it."""
    first, last = next((s for s in sentences if s[0] <= claim.start < s[1]), (claim.start, claim.end))
    near = [d for d in found if first <= d["start"] < max(last, claim.end)]
    return (
        min(near, key=lambda d: min(abs(d["start"] - claim.start), abs(d["start"] - claim.end)))["value"]
        if near
        else None
    )
