"""Reads the values of a record: texts, timestamps, publishers and people."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from dateline.transforms import lexicon
from dateline.transforms.records.presets import Preset, presets

_TEXT_PARTS = (
    "summary",
    "lead",
    "headline",
    "title",
    "heading",
    "text",
    "value",
    "rendered",
    "content",
    "paragraphs",
    "sections",
    "body",
)
"""Keys of a structured body, in the order of their texts."""
_PART_LIMIT = 20_000
_MONTH_FIRST = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})\Z")
_SECONDS = (10**11, 10**14, 10**17)
"""Upper bounds of epochs in seconds, milliseconds and microseconds; larger numbers are nanoseconds."""
_NAMES_LIMIT = 20
_MAILED = re.compile(
    r"\s*(?:[^\s@()<>]+@[^\s@()<>]+\s*\(([^()]{2,80})\)|([^<>@]{2,80}?)\s*<[^<>\s]{3,200}>)\s*\Z"
)
"""A name beside its address: ``desk@h.example (Nora Felding)``, as RSS has it, or ``Nora Felding <desk@h.example>``."""
_STAMP = 80
"""Characters of a timestamp that are searched for a digit."""
_WHOLE_NAMES = ("name", "byline", "original", "full_name", "display_name", "value")
_HALF_NAMES = (("firstname", "first_name", "givenName"), ("lastname", "last_name", "familyName"))
_XML_BODY = re.compile(r"<((?:\w{1,20}:)?(?:bodyText|body\.content))(?:\s[^<>]{0,500})?>")
_PLACEHOLDER = 80
"""Maximum length of a word for a missing text."""


def text_of(value: Any) -> str:
    """The text of a value, which may be a string, a list of paragraphs, or a structured body."""
    if isinstance(value, str):
        return value if says_something(value) else ""
    parts: list[str] = []
    stack = [value]
    while stack and len(parts) < _PART_LIMIT:
        one = stack.pop()
        if isinstance(one, str):
            if says_something(one):
                parts.append(one.strip())
        elif isinstance(one, list):
            stack.extend(reversed(one))
        elif isinstance(one, dict):
            stack.extend(reversed([one[key] for key in _TEXT_PARTS if key in one]))
    return "\n\n".join(parts)


def xml_body(text: str) -> str | None:
    """The content of the body element, if the text is a document of XML such as NITF."""
    if text.lstrip()[:1] != "<" or (begins := _XML_BODY.search(text)) is None:
        return None
    ends = text.rfind(f"</{begins[1]}")
    return text[begins.end() : ends] if ends > begins.end() else None


def says_something(value: str) -> bool:
    """Whether a text is neither empty nor a word for a missing text."""
    return bool(value) and (
        (len(value) > _PLACEHOLDER and not value.isspace())
        or value.strip().casefold() not in presets().missing
    )


def publisher(value: Any, mapped: bool) -> str | None:
    """The name of a publisher. An address is not a name; an object or a list has the name under a key."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, Mapping):
        value = next(
            (
                v
                for k in ("name", "title", "label", "uri", "domain")
                if isinstance(v := value.get(k), str) and v
            ),
            None,
        )
    if not isinstance(value, str) or not says_something(value) or (not mapped and "://" in value):
        return None
    return value.strip()


def moment_of(value: Any, preset: Preset | None) -> str | None:
    """A timestamp as text. Epochs in any unit and MongoDB's ``$date`` become ISO 8601; other text is returned
    unchanged, unless it has no digit."""
    if isinstance(value, Mapping):
        value = next(
            (value[k] for k in ("$date", "$numberLong", "iso", "value", "date", "rendered") if k in value),
            None,
        )
        if isinstance(value, Mapping):
            value = value.get("$numberLong")
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        text = value.strip()
        if not re.fullmatch(r"\d{9,19}(?:\.\d+)?", text) or re.fullmatch(r"(?:19|20)\d{6}(?:\d{6})?", text):
            if preset is not None and preset.month_first and (m := _MONTH_FIRST.match(text)):
                return f"{m[3]}-{int(m[1]):02}-{int(m[2]):02}"
            return text if any(map(str.isdigit, text[:_STAMP])) else None
        value = float(text)
    if not isinstance(value, int | float) or value != value or value <= 0:
        return None
    if isinstance(value, int) and re.fullmatch(r"(?:19|20)\d{6}", str(value)):
        return str(value)
    power = sum(value >= end for end in _SECONDS)
    try:
        moment = datetime.datetime.fromtimestamp(value / 1000**power, datetime.UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return moment.isoformat(timespec="seconds")


@lru_cache(maxsize=4)
def _by(library: lexicon.Library) -> re.Pattern[str]:
    """The words before the name of an author, in all languages."""
    words = "|".join(map(re.escape, library.union(lexicon.Furniture, lambda f: f.bylines.by))) or "(?!)"
    return re.compile(rf"(?:{words})[ :]+", re.IGNORECASE)


def people(value: Any) -> list[str]:
    """The names of persons in a value: a text, an object with a name or its parts, or a list of these."""
    found: list[str] = []
    if isinstance(value, Mapping) and isinstance(inner := value.get("person"), list):
        value = inner
    for one in (value if isinstance(value, list) else [value])[:_NAMES_LIMIT]:
        name = _person(one) if isinstance(one, Mapping) else one
        if isinstance(name, str) and (mailed := _MAILED.match(name)) is not None:
            name = mailed[1] or mailed[2]
        if not isinstance(name, str) or not says_something(name) or "://" in name or "@" in name:
            continue
        name = " ".join(name.split())
        by = _by(lexicon.library()).match(name)
        name = name[by.end() :] if by is not None else name
        if name and not name.isdecimal():
            found.append(name)
    return found


def _person(value: Mapping[str, Any]) -> str | None:
    """The name of a person, in one field or in two."""
    whole = next((value[k] for k in _WHOLE_NAMES if isinstance(value.get(k), str)), None)
    halves = [half for names in _HALF_NAMES for k in names if isinstance(half := value.get(k), str) and half]
    return whole or " ".join(halves) or None
