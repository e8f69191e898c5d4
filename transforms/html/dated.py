"""Dates in the attributes of elements (microdata, hAtom, timestamps for scripts) and in a page's script
state."""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from dateline.transforms import lexicon
from dateline.transforms.model import Evidence, EvidenceRole

_DATED = (
    '[itemprop~="datePublished"],[itemprop~="dateModified"],[itemprop~="dateCreated"],abbr[title],.published[title],.updated[title],.dt-published,.entry-date[title],'
    "[data-timestamp],[data-datetime],[data-publish-date],[data-published],[data-published-at],[data-pubdate],[data-date],"
    "relative-time[datetime],time-ago[datetime],local-time[datetime]"
)
_DATED_ATTRIBUTES = (
    "content", "datetime", "data-datetime", "data-timestamp", "data-publish-date", "data-published", "data-published-at", "data-pubdate", "data-date", "title",
)  # fmt: skip
_DATED_LIMIT = 100
_OUTSIDE = frozenset(["nav", "aside", "footer"])
_UP = 25
_DIGITS = re.compile(r"\d{4}")
_PUBLISHED = re.compile(r"publish|pubdate|created|issued|posted|entry-date", re.IGNORECASE)
_JOINS = re.compile(r"[\W_]+")

_STATE = re.compile(
    r"""(?:date_?published|published_?(?:at|date|time|on)|publish_?(?:date|time)|publication_?date|first_?published?_?(?:at|date|on))\\{0,3}["']\s{0,3}:\s{0,3}\\{0,3}["']?"""
    r"""(\d{4}-\d\d-\d\d(?:[T ][\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?|1\d{9}(?:\d{3})?\b)""",
    re.IGNORECASE,
)
"""A publication date in the data from which a script builds the page."""
_STATE_LIMIT = 2_000_000
"""Characters of scripts that are searched on one page."""


def scripted(tree: LexborHTMLParser) -> list[Evidence]:
    """The publication date in the scripts of a page that scripts build, if all of them name the same day."""
    found: dict[str, str] = {}
    left = _STATE_LIMIT
    for node in tree.css("script")[:_DATED_LIMIT]:
        if "ld+json" in (node.attributes.get("type") or ""):
            continue  # Linked data is read elsewhere; it says to what each date belongs.
        text = (node.text() or "")[:left]
        left -= len(text)
        if "ublish" not in text and "ublication" not in text:
            continue
        for match in _STATE.finditer(text):
            found.setdefault(match[1][:10], match[1])
            if len(found) > 1:
                return []
    return [Evidence(source="meta", role="published", value=value) for value in found.values()]


def dated(tree: LexborHTMLParser) -> list[Evidence]:
    """Evidence from the attributes of a page's elements.

    An attribute without a role counts as the publication date only if all such attributes name the same day.
    Does not change the tree.
    """
    found: list[Evidence] = []
    others: set[str] = set()
    for node in tree.css(_DATED)[:_DATED_LIMIT]:
        attributes = node.attributes
        if node.tag in ("meta", "time"):
            continue  # These are read in other modules.
        value = next((v for name in _DATED_ATTRIBUTES if (v := (attributes.get(name) or "").strip())), "")
        if not value or len(value) > 60 or not _DIGITS.search(value) or _outside(node):
            continue
        about = " ".join(
            attributes.get(name) or ""
            for name in (
                "itemprop",
                "class",
                "id",
                *(a for a in attributes if "publish" in a or "pubdate" in a),
            )
        )
        about += " " + " ".join(a for a in attributes if "publish" in a or "pubdate" in a)
        role = role_of(about)
        if role == "unknown":
            others.add(value)
        elif (one := Evidence(source="time", role=role, value=value)) not in found:
            found.append(one)
    if not found and len(others) == 1:
        found.append(Evidence(source="time", role="published", value=others.pop()))
    return found


def _outside(node: LexborNode) -> bool:
    """Whether an element is inside navigation, an aside or a footer."""
    above: LexborNode | None = node
    for _ in range(_UP):
        if above is None:
            return False
        if above.tag in _OUTSIDE:
            return True
        above = above.parent
    return False


def role_of(about: str) -> EvidenceRole:
    """The role of a date, from the class, id and property names of its element."""
    names = f" {_JOINS.sub(' ', about.lower())} "
    if any(cue in names for cue in _updated(lexicon.library())):
        return "modified"
    return "published" if _PUBLISHED.search(about) else "unknown"


@lru_cache(maxsize=4)
def _updated(library: lexicon.Library) -> tuple[str, ...]:
    """Pieces of words for an update; a site names its classes in its own language ("aktualisiert-am")."""
    return library.union(lexicon.Furniture, lambda f: f.stamps.updated)
