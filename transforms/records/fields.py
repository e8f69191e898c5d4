"""Maps one record to our fields: by the names of ``--map``, else by those of the tool that wrote it, else by
common names."""

from __future__ import annotations

import base64
import binascii
import datetime
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from dateline.transforms.errors import SchemaViolation, Undecodable
from dateline.transforms.records.presets import Preset, presets

OURS = ("url", "source", "published", "modified", "fetched_at", "zone", "language", "media_type")
"""Fields of a raw article that a record may have beside its content."""
_WEB = re.compile(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://)?[\w.-]+\.[a-z]{2,24}(?:/[^\s<>\"]*)?\Z", re.IGNORECASE)
_CUT = re.compile(
    r"\s*(?:…|\.\.\.)?\s*\[\+?\d+ (?:chars?|characters|words?|more)\]\s*\Z|\s*\[(?:…|\.\.\.|truncated)\]\s*\Z",
    re.IGNORECASE,
)
"""The marks with which services end a text that they cut ("[+2829 chars]")."""
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
_BY = re.compile(r"(?:by|von|par|por|di|door)[ :]+", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})\Z")
_SECONDS = (10**11, 10**14, 10**17)
"""Upper bounds of epochs in seconds, milliseconds and microseconds; larger numbers are nanoseconds."""
_NAMES_LIMIT = 20


@dataclass(frozen=True)
class RecordFields:
    """The fields of a record under our names.

    ``content`` is ``None`` if the record has no text. ``values`` are the fields of a raw article
    (:data:`OURS`), ``rest`` the fields without a name here. ``markup``: the content was declared to be HTML.
    ``notes`` say what is known to be wrong with the text, ``no_text`` why records of this tool have none.
    """

    content: str | bytes | None
    values: dict[str, str]
    title: str | None = None
    byline: str | None = None
    markup: bool = False
    notes: tuple[str, ...] = ()
    no_text: str | None = None
    rest: dict[str, Any] = field(default_factory=dict)


def holds_text(record: Mapping[str, Any], mapping: Mapping[str, str]) -> bool:
    """Whether a record has a text of its own."""
    return any(
        _text(_at(record, path))
        for path in ("content_base64", *_content_paths(record, mapping, preset_of(record)))
    )


def addresses(record: Mapping[str, Any]) -> bool:
    """Whether a record has a title and an address, as records without a text do."""
    return known(record, "title") and known(record, "url")


def known(record: Mapping[str, Any], ours: str) -> bool:
    """Whether a record has this field under any of its common names."""
    return any(isinstance(_at(record, path), str | dict | list) for path in presets().any.get(ours, ()))


def preset_of(record: Mapping[str, Any]) -> Preset | None:
    """The preset of the tool whose records look like this one."""
    for preset in presets().preset:
        if all(_at(record, path) is not None for path in preset.has) and not any(
            _at(record, path) is not None for path in preset.lacks
        ):
            return preset
    return None


def read(record: dict[str, Any], mapping: Mapping[str, str]) -> RecordFields:
    """Read one record. Raises :class:`SchemaViolation` or :class:`Undecodable` if its content is not text.

    ``mapping`` is the user's ``--map``: our field → theirs. A dotted path leads into objects and lists.
    """
    preset = preset_of(record)
    if (
        "content" in mapping
        and _present(record, mapping["content"])
        and not _text(_at(record, mapping["content"]))
    ):
        value = _at(record, mapping["content"])
        if value is not None and not isinstance(value, str | list | dict):
            raise SchemaViolation(f"{mapping['content']!r} is not text")
    content, used, markup = _content(record, mapping, preset)
    notes: list[str] = []
    if isinstance(content, str) and (cut := _CUT.search(content[-80:])) is not None:
        content = content[: len(content) - len(cut[0])]
        notes.append("cut short by its carrier")
    elif content is not None and used in _summaries(preset):
        notes.append("a summary, not the whole text")
    named: dict[str, str] = {}
    taken = {used, "content_base64"}
    for ours in OURS:
        value, path = _field(record, ours, mapping, preset)
        if value is not None:
            named[ours] = value
            taken.add(path)
    rest = {k: v for k, v in record.items() if k not in taken}
    return RecordFields(
        content=content,
        values=named,
        title=_first_name(record, "title", mapping, preset),
        byline=_byline(record, mapping, preset),
        markup=markup,
        notes=tuple(notes),
        no_text=preset.no_text if preset else None,
        rest=rest,
    )


def _paths(ours: str, mapping: Mapping[str, str], preset: Preset | None) -> tuple[str, ...]:
    """The paths at which a field of ours may be found. A path from the user or the preset replaces the common
    names."""
    if ours in mapping:
        return (mapping[ours],)
    usual = presets().any.get(ours, ())
    if preset is not None and ours in preset.fields:
        own = preset.fields[ours]
        return (
            (*own, *(p for p in usual if p not in own))
            if ours in ("source", "title", "byline", "url")
            else own
        )
    return usual


def _summaries(preset: Preset | None) -> tuple[str, ...]:
    return (preset.fields.get("summary") if preset else None) or presets().any["summary"]


def _content_paths(
    record: Mapping[str, Any], mapping: Mapping[str, str], preset: Preset | None
) -> tuple[str, ...]:
    if "content" in mapping:
        return (mapping["content"],)
    if preset is not None and preset.no_text:
        return ()
    own = () if preset is None else (*preset.fields.get("html", ()), *preset.fields.get("content", ()))
    usual = presets().any
    return (*own, *usual["html"], *usual["content"], *_summaries(preset))


def _content(
    record: Mapping[str, Any], mapping: Mapping[str, str], preset: Preset | None
) -> tuple[str | bytes | None, str | None, bool]:
    """The text of a record, its key, and whether that key says that it is HTML."""
    if "content" not in mapping and preset is not None and preset.join:
        parts = [text for path in preset.join if (text := _text(_at(record, path)))]
        if parts:
            return "\n\n".join(parts), preset.join[-1], False
    markup = (*(preset.fields.get("html", ()) if preset else ()), *presets().any["html"])
    for path in _content_paths(record, mapping, preset):
        if text := _text(_at(record, path)):
            return text, path, path in markup
    if (encoded := record.get("content_base64")) is not None:
        try:
            return base64.b64decode(encoded, validate=True), "content_base64", False
        except (binascii.Error, ValueError, TypeError) as error:
            raise Undecodable(f"content_base64: {error}") from error
    empty = next(
        (p for p in _content_paths(record, mapping, preset) if isinstance(_at(record, p), str)), None
    )
    return ("", empty, False) if empty is not None else (None, None, False)


def _at(value: Any, path: str) -> Any:
    """The value at a dotted path. A key that itself contains the dots takes precedence."""
    if isinstance(value, Mapping) and path in value:
        return value[path]
    if "." not in path:
        return None
    for part in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        elif isinstance(value, list) and value:
            value = [v for item in value if (v := _at(item, part)) is not None] or None
        else:
            return None
    return value


def _single(value: Any) -> Any:
    """A value without the one-element list in which a search engine stores it."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _present(record: Mapping[str, Any], path: str) -> bool:
    return _at(record, path) is not None


def _text(value: Any) -> str:
    """The text of a value, which may be a string, a list of paragraphs, or a structured body."""
    if isinstance(value, str):
        return value if value.strip() else ""
    parts: list[str] = []
    stack = [value]
    while stack and len(parts) < _PART_LIMIT:
        one = stack.pop()
        if isinstance(one, str):
            if one.strip():
                parts.append(one.strip())
        elif isinstance(one, list):
            stack.extend(reversed(one))
        elif isinstance(one, dict):
            stack.extend(reversed([one[key] for key in _TEXT_PARTS if key in one]))
    return "\n\n".join(parts)


def _field(
    record: Mapping[str, Any], ours: str, mapping: Mapping[str, str], preset: Preset | None
) -> tuple[str | None, str | None]:
    """The value of a field as text, and its path. The first path with a usable value wins; other values
    remain carrier data."""
    for path in _paths(ours, mapping, preset):
        value = _at(record, path)
        if ours in ("published", "modified", "fetched_at"):
            found = _moment(_single(value), preset)
        elif ours == "url":
            found = _url(_single(value), anything="url" in mapping or path == "url")
        elif ours == "source":
            found = _source(value, mapping.get("source") == path)
        else:
            value = _single(value)
            found = value.strip() if isinstance(value, str) else None
            if ours == "media_type" and found and "/" not in found:
                found = None  # "article" is the name of a content type here, not a publisher.
            if ours == "language" and found:
                found = presets().languages.get(found.lower(), found)
        if found:
            return found, path
    return None, None


def _url(value: Any, anything: bool) -> str | None:
    if not isinstance(value, str):
        return None
    value = value.strip()
    return value if value and (anything or _WEB.match(value)) else None


def _source(value: Any, mapped: bool) -> str | None:
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
    if not isinstance(value, str) or not value.strip() or (not mapped and "://" in value):
        return None
    return value.strip()


def _moment(value: Any, preset: Preset | None) -> str | None:
    """A timestamp as text. Epochs in any unit and MongoDB's ``$date`` become ISO 8601; other text is returned
    unchanged."""
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
            return text or None
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


def _first_name(
    record: Mapping[str, Any], ours: str, mapping: Mapping[str, str], preset: Preset | None
) -> str | None:
    for path in _paths(ours, mapping, preset):
        value = _single(_at(record, path))
        if isinstance(value, Mapping):
            value = value.get("rendered") or value.get("main") or value.get("text") or value.get("value")
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return None


def _byline(record: Mapping[str, Any], mapping: Mapping[str, str], preset: Preset | None) -> str | None:
    """The byline: a text, or the names in a list of texts or objects, without a leading "By"."""
    for path in _paths("byline", mapping, preset):
        names = list(dict.fromkeys(_people(_at(record, path))))
        if names:
            return ", ".join(names)
    return None


def _people(value: Any) -> list[str]:
    found: list[str] = []
    for one in (value if isinstance(value, list) else [value])[:_NAMES_LIMIT]:
        if isinstance(one, Mapping):
            one = next(
                (
                    one[k]
                    for k in ("name", "byline", "original", "full_name", "value")
                    if isinstance(one.get(k), str)
                ),
                None,
            )
        if isinstance(one, str) and (name := " ".join(one.split())) and "://" not in name and "@" not in name:
            name = _BY.sub("", name, count=1) if _BY.match(name) else name
            if name and not name.isdecimal():
                found.append(name)
    return found


def names_text(columns: Collection[str], mapping: Mapping[str, str]) -> bool:
    """Whether one of a table's columns contains a text: by ``--map``, by a common name, or as a summary
    beside a title."""
    if "content" in mapping:
        return mapping["content"].partition(".")[0] in columns
    usual = presets().any
    if any(path.partition(".")[0] in columns for name in ("html", "content") for path in usual[name]):
        return True
    return any(p in columns for p in usual["summary"]) and any(p in columns for p in usual["title"])
