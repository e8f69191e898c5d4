"""The lines of a page that are its article, whoever chose them: repeats, asides and furniture out."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from transforms.clean import rules
from transforms.clean.captions import is_caption
from transforms.clean.lines import AT, Lines
from transforms.clean.rules import Mask
from transforms.clean.sections import clock_line

_WORD = re.compile(r"\w+")
_CREDITS = re.compile(
    r"(?:additional |other )?(?:reporting|writing|editing|compiled|translation|graphics?|research) by\b"
    r"|\(?(?:reporting|writing|editing) (?:by|in)\b",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"\bcontributed (?:reporting|to (?:this|the) (?:report|story|article|post))\b", re.IGNORECASE
)
_STAMPED = re.compile(
    r"(?:first |last |originally )?(?:published|updated|posted|modified|created|issued|veröffentlicht|aktualisiert|erstellt|stand|publié|mis à jour|modifié|publicado|actualizado|atualizado|pubblicato|aggiornato|gepubliceerd|опубликовано|обновлено|yayınlanma|güncelleme|آخر تحديث|تاريخ النشر|نشر في)\b[ :]",
    re.IGNORECASE,
)
_REPEAT = 4
"""Words from which a line that comes back is a repeat; shorter ones may be a refrain or an answer."""
_SHORT = 25
_LINKED = 0.7
"""Share of a short line inside links over which it leads to another page."""
_CHAIN = 2
"""Lines that a heading may stand above its text: a heading and its kicker."""
_LIST = 3
"""Lines that stand together from which short ones are a list."""
_RIGHTS = ("©", "Copyright ©", "(c) 20", "Copyright 20")


def fold(text: str) -> str:
    """The words of a line alone, so that copies with other quotes or commas are still copies."""
    return " ".join(_WORD.findall(text.lower()))


def is_credit(text: str, words: float) -> bool:
    """Who else worked on it, when it was put out: said of the article, not by it."""
    return words < 45 and (
        _CREDITS.match(text) is not None
        or _CONTRIBUTED.search(text) is not None
        or (words < _SHORT and _STAMPED.match(text) is not None and any(map(str.isdigit, text)))
    )


def settle(lines: Lines, chosen: Mask) -> Mask:
    """What stays of the chosen lines: no second copy, no credit line, no header, no bare clock."""
    kept = chosen & ~_elsewhere(lines)
    words = lines.table[:, AT["words"]].tolist()
    header = lines.table[:, AT["header"]].tolist()
    aside = lines.table[:, AT["aside"]].tolist()
    seen: set[str] = set()
    for n in np.flatnonzero(kept).tolist():
        text = lines.texts[n]
        key = fold(text)
        if words[n] >= _REPEAT and key in seen:
            kept[n] = False
            continue
        seen.add(key)
        if (
            text.startswith(_RIGHTS)
            or header[n]
            or (aside[n] and words[n] < _SHORT)
            or is_credit(text, words[n])
            or clock_line(text)
        ):
            kept[n] = False
    return _headings(lines, kept)


def _elsewhere(lines: Lines) -> Mask:
    """What the markup itself puts outside of the article: navigation, asides, footers, bare links."""
    zones = np.array([zone in ("nav", "aside", "footer") for zone in lines.zones], dtype=bool)
    linked: Mask = (lines.table[:, AT["link"]] > _LINKED) & (lines.table[:, AT["words"]] < _SHORT)
    return zones | linked


def _headings(lines: Lines, kept: Mask) -> Mask:
    """The kept lines without headlines that head nothing of the article's own.

    A heading stays when running text follows it, or when it stands in a list of its like; one
    above the first sentence is the page's headline, one in the shadow of "Related news" is
    somebody else's.
    """
    table = lines.table
    good = rules.sentences(table) & kept
    if not good.any():
        return kept
    short = kept & (table[:, AT["words"]] <= _SHORT) & (table[:, AT["end"]] < 0.5)
    near = good.copy()
    for _ in range(_CHAIN):
        near[:-1] |= near[1:] & kept[:-1]
        near[:-2] |= good[2:]
    listed = short & (table[:, AT["bullet"]] > 0)
    listed |= short & (_group(short) >= _LIST)
    shaded = rules.shadow(table, good)
    first = int(np.argmax(good))
    lead = np.arange(len(lines)) < first
    final: Mask = kept & ~(short & (shaded | lead | ~(near | listed)))
    return final


def _group(kept: Mask) -> npt.NDArray[np.int64]:
    """For each line the size of the unbroken run of kept lines that it stands in."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], kept, [False]]).astype(np.int8)))
    size = np.zeros(len(kept), dtype=np.int64)
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        size[start:end] = end - start
    return size


def reach(lines: Lines, chosen: Mask) -> Mask:
    """The chosen lines with the short sentences right below the last: a last answer, a sign-off."""
    said = rules.spoken(lines.table)
    extended = chosen.copy()
    where = np.flatnonzero(chosen)
    n = int(where[-1]) + 1 if len(where) else len(chosen)
    while n < len(chosen) and said[n]:
        extended[n] = True
        n += 1
    return extended


def captions(lines: Lines, kept: Mask) -> Mask:
    """Captions of the article: amid its lines or up to twelve lines above them."""
    found = np.zeros(len(lines), dtype=bool)
    where = np.flatnonzero(kept)
    if not len(where):
        return found
    words = lines.table[:, AT["words"]]
    photo = lines.table[:, AT["photo"]].tolist()
    seen: set[str] = set()
    for n in range(max(0, int(where[0]) - 12), int(where[-1]) + 1):
        text = lines.texts[n]
        if words[n] < 3 or not (photo[n] or lines.tags[n] == "figcaption"):
            continue
        if is_caption(text, float(words[n]), lines.tags[n]):
            key = fold(text)
            found[n] = key not in seen
            seen.add(key)
    return found
