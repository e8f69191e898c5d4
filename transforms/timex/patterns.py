"""Patterns made of a language's words: verbs that tell a tense, words around an expression."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from dateline.transforms import lexicon
from dateline.transforms.endings import Ending

NEVER = "(?!)"


class Around:
    """Words before an expression, of one kind, and the mod that each gives."""

    def __init__(self, kind: str, entries: Iterable[lexicon.Around]) -> None:
        own = [e for e in entries if e.kind == kind]
        self._each = [(any_of([e]), e.mod) for e in own]
        self._any = any_of(own)

    def ending(self, before: str) -> tuple[int, str | None] | None:
        """Length of the words that a text ends in, and their mod."""
        if self._any.search(before) is None:
            return None
        for pattern, mod in self._each:
            if (m := pattern.search(before)) is not None:
                return len(before) - m.start(), mod
        return None


def any_of(entries: Iterable[lexicon.Around]) -> Ending:
    """The words of some entries, before an expression."""
    return Ending(rf"(?<![^\W_])(?:{'|'.join(e.words for e in entries) or NEVER})")


class Links(NamedTuple):
    """Patterns of the words between two expressions, for the whole gap, and of those that open a range."""

    to: re.Pattern[str]
    opening: Ending
    side: re.Pattern[str]
    ended: re.Pattern[str]
    article: re.Pattern[str]
    beside: re.Pattern[str]
    hours: Ending


def link_patterns(words: lexicon.Links) -> Links:
    """The patterns of a language's links; a range without words has a dash in every language."""
    article = f"(?:(?:{_any(words.articles)})\\s+)?" if words.articles else ""
    return Links(
        to=re.compile(
            rf"(?:\s+(?:(?P<to>{_any(words.to)})|(?P<both>{_any(words.both)}))(?:\s+|\Z)|\s*(?P<dash>[-–—])\s*){article}"
        ),
        opening=Ending(
            rf"(?<!\w)(?:(?P<between>{_any(words.between)})|(?P<start>{_any(words.start)}))\s+{article}"
        ),
        side=re.compile(
            rf"\s+(?:(?P<before>{_any(words.before)})|(?P<after>{_any(words.after)}))\s+{article}"
        ),
        ended=re.compile(rf"\s+(?:{_any(words.ended)})\s+{article}"),
        article=re.compile(rf"\s+{article}"),
        hours=Ending(rf"(?<!\w)(?:{_any(words.hours)})\s?[:,(]?\s?(?:(?:{_any(words.start)})\s+)?{article}"),
        beside=re.compile(
            rf"\s*(?:[a-z]+ (?:{_any(words.zone)})\b)?\s*(?:[,:|·]|[-–—](?=\s))?\s*(?:(?:{_any(words.beside)})\s+{article})?"
            rf"(?:(?:{_any(words.loosely)})\s+)?(?:(?:{_any(words.edges)})\s+)?"
        ),
    )


def _any(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(p) for p in sorted(phrases, key=lambda p: (-len(p), p))) or NEVER


class Tense(NamedTuple):
    """Patterns of verbs and of words right before a date: verbs anywhere, right behind an expression, plans whose target is right before it,
    the present of verbs that a schedule is told in, verbs that settle on a day with the word behind it, words before a day
    that has begun, that lies ahead, from which on something is so (with the words behind it), and verbs that last up to a bound."""

    left: re.Pattern[str]
    right: re.Pattern[str]
    targets: Ending
    scheduled: re.Pattern[str]
    settled: Ending
    settled_as: re.Pattern[str]
    since: Ending
    onward: Ending
    outset: Ending
    outset_on: re.Pattern[str]
    opening: re.Pattern[str]
    lasting: Ending


def tense_patterns(words: lexicon.Tense, articles: Iterable[str]) -> Tense:
    """The patterns of a language's verbs, for text in lower case.

    Words are factored by letters and endings looked for from a word's end: 44 µs for a clause
    became 5.
    """
    future = one_of(words.future) if words.future else NEVER
    past = one_of(words.past) if words.past else NEVER
    left = (
        rf"(?<!\w)(?:(?P<future>{future}|{_ending(words.future_endings, words.not_future)})"
        rf"|{past}|{_ending(words.past_endings, words.not_past)})(?!\w)"
    )
    right = rf"\W{{0,3}}(?:{'|'.join(words.behind) or NEVER})(?!\w)"
    targets = "|".join(rf"(?:{t})" for t in words.targets) or NEVER
    scheduled = one_of(sorted(words.scheduled)) if words.scheduled else NEVER
    article = rf"(?:(?:{_any(articles)})\s)?"
    return Tense(
        re.compile(left),
        re.compile(right),
        Ending(rf"(?<!\w)(?:{targets})"),
        re.compile(rf"(?<!\w){scheduled}(?!\w)"),
        Ending(rf"(?<!\w)(?:{_any(words.settled)})\s(?:(?:{_any(words.settled_the)})\s)?"),
        re.compile(rf"\s(?:{_any(words.settled_as)})\s"),
        Ending(rf"(?<!\w)(?:{_any(words.since)})\s{article}"),
        Ending(rf"(?<!\w)(?:{_any(words.onward)})\s{article}"),
        Ending(rf"(?<!\w)(?:{_any(words.outset)})\s{article}"),
        re.compile(rf"\s(?:{_any(words.outset_on)})(?!\w|\s(?:{_any(articles)})\s)"),
        re.compile(rf"(?<!\w)(?:{_any(words.opening)})\s{article}\Z"),
        Ending(rf"(?<!\w)(?:{_any(words.lasting)})(?:\s\w+){{0,2}}\s(?:{_any(words.bounds)})\s(?:\w+\s)?"),
    )


def _ending(endings: frozenset[str], other: frozenset[str]) -> str:
    """A pattern of words that end so, but for some."""
    if not endings:
        return NEVER
    ends = "|".join(f"(?<=\\w\\w{re.escape(e)})" for e in sorted(endings))
    but = rf"(?!{one_of(sorted(other))}(?!\w))" if other else ""
    return rf"{but}\w{{3,22}}+(?:{ends})"


def one_of(words: Iterable[str]) -> str:
    """A pattern of words, factored by letters: 36 MB/s where the plain alternation read 3."""
    trie: dict[str, Any] = {}
    for word in words:
        node = trie
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return f"(?:{_factored(trie)})"


def _factored(node: dict[str, Any]) -> str:
    parts = [re.escape(k) + _factored(v) for k, v in sorted(node.items()) if k]
    if not parts:
        return ""
    joined = parts[0] if len(parts) == 1 else "(?:" + "|".join(parts) + ")"
    return f"(?:{joined})?" if "" in node else joined
