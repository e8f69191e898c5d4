"""Short news: recognizes the style of an article in a short text, and the text of a page that has little
else."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from dateline.transforms import lexicon
from dateline.transforms.clean import rules
from dateline.transforms.clean.lines import AT, Lines, Mask

_WORD = re.compile(r"\w+")
_DATELINE = re.compile(r"[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я'’.-]{2,}[^\n]{0,80}?(?:\s[—–-]{1,2}\s|\)\s?[—–:-]\s?)")
_SPEECH = 5
"""The least number of words of a sentence in the style of an article."""
_LINES, _WORDS = 12, 150
"""Most lines and words of plain text without furniture that is a brief as a whole."""
_TITLE = 25
"""Most words of a first line without an end mark that is a headline."""
_BELOW = 12
"""Lines below a headline in which the sentences of a brief are looked for."""
_WHOLE = 0.5
"""If at least this share of the words is in sentences, declared content is all article; otherwise it is a
page with menus."""


@lru_cache(maxsize=4)
def _words(library: lexicon.Library) -> tuple[frozenset[str], frozenset[str]]:
    every = library.every(lexicon.Furniture).values()
    return (
        frozenset().union(*(part.speech.said for part in every)),
        frozenset().union(*(part.speech.reader for part in every)),
    )


def speaks(lines: Lines, n: int) -> bool:
    """Whether a line has the style of an article: a dateline, a verb of saying, or a day with a verb, and no
    "you" or "we"."""
    text = lines.texts[n]
    row = lines.table[n]
    said, reader = _words(lexicon.library())
    tokens = set(_WORD.findall(text[:600].lower()))
    if _DATELINE.match(text) and row[AT["words"]] > _SPEECH:
        return True
    if row[AT["words"]] < _SPEECH or (tokens & reader and not row[AT["quotes"]]):
        return False
    if tokens & said:
        return True
    dated = (
        row[AT["month"]] > 0
        and row[AT["legal"]] == 0
        and row[AT["stamp"]] == 0
        and row[AT["end"]] == 1
        and row[AT["stop"]] > 0.1
    )
    return bool(dated and lines.furniture[n] <= 1)


def addresses_reader(lines: Lines, n: int) -> bool:
    """Whether a line addresses the reader ("your", "we"), as notices do."""
    _, reader = _words(lexicon.library())
    return not reader.isdisjoint(_WORD.findall(lines.texts[n][:600].lower()))


def flat(lines: Lines) -> Mask | None:
    """All lines of a short plain text without furniture except its headline; ``None`` for other pages."""
    table = lines.table
    words = table[:, AT["words"]]
    if len(lines) > _LINES or float(words.sum()) > _WORDS or bool((table[:, AT["markup"]] > 0).any()):
        return None
    if bool((table[:, AT["header"]] > 0).any()):
        return None
    kept: Mask = (table[:, AT["aside"]] == 0) & ((lines.furniture < 2) | (words >= _SPEECH))
    spoken = np.array([speaks(lines, n) for n in range(len(lines))], dtype=bool)
    kept = (kept & (table[:, AT["legal"]] == 0)) | spoken
    if len(lines) > 1 and table[0, AT["end"]] < 1 and not table[0, AT["bullet"]]:
        kept[0] = False
    return kept if kept.any() else None


def declared(lines: Lines, title: str | None = None) -> Mask | None:
    """All lines of declared content except marked blocks and the title; ``None`` if the content is a page
    with menus."""
    table = lines.table
    words = table[:, AT["words"]]
    sentence = (words >= _SPEECH) & (table[:, AT["end"]] == 1)
    if len(lines) > _LINES and float(words[sentence].sum()) < _WHOLE * float(words.sum()):
        return None
    dark = rules.shadow(table, lines.sentences | lines.spoken) & (np.arange(len(lines)) > 0)
    kept: Mask = ~dark & (table[:, AT["header"]] == 0)
    if len(lines) > 1:
        titled = title is not None and _WORD.findall(lines.texts[0].lower()) == _WORD.findall(title.lower())
        untold = (
            title is None and table[0, AT["end"]] < 1 and words[0] <= _TITLE and bool(sentence[1:3].any())
        )
        if titled or (untold and not table[0, AT["bullet"]]):
            kept[0] = False  # the headline
    return kept if kept.any() else np.ones(len(lines), dtype=bool)


def below_headline(lines: Lines) -> Mask:
    """The sentences right below the only main headline of an HTML page on which nothing else was found."""
    kept = np.zeros(len(lines), dtype=bool)
    heads = [n for n, tag in enumerate(lines.tags) if tag == "h1"]
    if len(heads) != 1:
        return kept
    begun = False
    for n in range(heads[0] + 1, min(len(lines), heads[0] + 1 + _BELOW)):
        row = lines.table[n]
        if row[AT["header"]] or row[AT["in_heading"]] or lines.zones[n] in ("nav", "aside", "footer"):
            break
        runs = row[AT["words"]] >= _SPEECH and row[AT["end"]] == 1 and row[AT["link"]] < 0.5
        if runs and (begun or speaks(lines, n)):
            kept[n] = begun = True
    return kept
