"""Maps one record to our fields: by the names of ``--map``, else by those of the tool that wrote it, else by
common names."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from dateline.transforms.errors import SchemaViolation, Undecodable
from dateline.transforms.records.meanings import (
    moment_of,
    people,
    publisher,
    says_something,
    text_of,
    xml_body,
)
from dateline.transforms.records.paths import KEYS, at, in_columns, key_of, single
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
_NESTS = ("meta", "metadata")
"""Objects in which a record keeps the fields that are not its text."""


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
        text_of(at(record, path))
        for path in ("content_base64", *_content_paths(record, mapping, preset_of(record)))
    )


def addresses(record: Mapping[str, Any]) -> bool:
    """Whether a record has a title and an address, as records without a text do."""
    return known(record, "title") and known(record, "url")


def known(record: Mapping[str, Any], ours: str) -> bool:
    """Whether a record has this field under any of its common names."""
    return any(isinstance(at(record, path), str | dict | list) for path in presets().any.get(ours, ()))


def preset_of(record: Mapping[str, Any]) -> Preset | None:
    """The preset of the tool whose records look like this one."""
    # The records of a file share their keys, and most have the keys of no tool.
    every = presets().preset if len(record) > KEYS else _with_keys(tuple(record))
    for preset in every:
        if all(at(record, path) is not None for path in preset.has) and not any(
            at(record, path) is not None for path in preset.lacks
        ):
            return preset
    return None


@lru_cache(maxsize=256)
def _with_keys(keys: tuple[str, ...]) -> tuple[Preset, ...]:
    """The presets whose paths begin at keys of a record."""
    record = dict.fromkeys(keys)
    return tuple(
        preset
        for preset in presets().preset
        if all(path in record or key_of(record, path.partition(".")[0]) for path in preset.has)
    )


def read(record: dict[str, Any], mapping: Mapping[str, str]) -> RecordFields:
    """Read one record. Raises :class:`SchemaViolation` or :class:`Undecodable` if its content is not text.

    ``mapping`` is the user's ``--map``: our field → theirs. A dotted path leads into objects and lists.
    """
    preset = preset_of(record)
    if (
        "content" in mapping
        and _present(record, mapping["content"])
        and not text_of(at(record, mapping["content"]))
    ):
        value = at(record, mapping["content"])
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
    taken |= {key_of(record, path) for path in taken if path and path not in record}
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


def _paths(
    record: Mapping[str, Any], ours: str, mapping: Mapping[str, str], preset: Preset | None
) -> tuple[str, ...]:
    """The paths at which a field of ours may be found. A path from the user or the preset replaces the common
    names."""
    if ours in mapping:
        return (mapping[ours],)
    usual = presets().any.get(ours, ())
    if preset is None:
        nests = [key for key in _NESTS if isinstance(record.get(key), Mapping)]
        return (*usual, *(f"{nest}.{name}" for nest in nests for name in usual))
    if ours in preset.fields:
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
    return (
        *own,
        *usual["html"],
        *usual["content"],
        *(_summaries(preset) if _published(record, preset) else ()),
    )


def _published(record: Mapping[str, Any], preset: Preset | None) -> bool:
    """Whether a summary may stand for the text: packages, places and goods have a name and a description too."""
    if preset is not None and ("summary" in preset.fields or "content" in preset.fields):
        return True
    headed = any(at(record, name) is not None for name in presets().any["title"] if name != "name")
    return headed and any(known(record, ours) for ours in ("url", "published", "byline", "source"))


def _content(
    record: Mapping[str, Any], mapping: Mapping[str, str], preset: Preset | None
) -> tuple[str | bytes | None, str | None, bool]:
    """The text of a record, its key, and whether that key says that it is HTML."""
    if "content" not in mapping and preset is not None and preset.join:
        parts = [text for path in preset.join if (text := text_of(at(record, path)))]
        if parts:
            return "\n\n".join(parts), preset.join[-1], False
    markup = (*(preset.fields.get("html", ()) if preset else ()), *presets().any["html"])
    for path in _content_paths(record, mapping, preset):
        if text := text_of(at(record, path)):
            inner = xml_body(text)
            return inner or text, path, path in markup or inner is not None
    if (encoded := record.get("content_base64")) is not None:
        try:
            return base64.b64decode(encoded, validate=True), "content_base64", False
        except (binascii.Error, ValueError, TypeError) as error:
            raise Undecodable(f"content_base64: {error}") from error
    empty = next((p for p in _content_paths(record, mapping, preset) if isinstance(at(record, p), str)), None)
    return ("", empty, False) if empty is not None else (None, None, False)


def _present(record: Mapping[str, Any], path: str) -> bool:
    return at(record, path) is not None


def _field(
    record: Mapping[str, Any], ours: str, mapping: Mapping[str, str], preset: Preset | None
) -> tuple[str | None, str | None]:
    """The value of a field as text, and its path. The first path with a usable value wins; other values
    remain carrier data."""
    for path in _paths(record, ours, mapping, preset):
        value = at(record, path)
        if ours in ("published", "modified", "fetched_at"):
            found = moment_of(single(value), preset)
        elif ours == "url":
            found = _url(single(value), anything="url" in mapping or path == "url")
        elif ours == "source":
            found = publisher(value, mapping.get("source") == path)
        else:
            value = single(value)
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


def _first_name(
    record: Mapping[str, Any], ours: str, mapping: Mapping[str, str], preset: Preset | None
) -> str | None:
    for path in _paths(record, ours, mapping, preset):
        value = single(at(record, path))
        if isinstance(value, Mapping):
            value = value.get("rendered") or value.get("main") or value.get("text") or value.get("value")
        if isinstance(value, str) and says_something(value):
            return " ".join(value.split())
    return None


def _byline(record: Mapping[str, Any], mapping: Mapping[str, str], preset: Preset | None) -> str | None:
    """The byline: a text, or the names in a list of texts or objects, without a leading "By"."""
    for path in _paths(record, "byline", mapping, preset):
        names = list(dict.fromkeys(people(at(record, path))))
        if names:
            return ", ".join(names)
    return None


def names_text(columns: Collection[str], mapping: Mapping[str, str]) -> bool:
    """Whether one of a table's columns contains a text: by ``--map``, by a common name, or as a summary
    beside a title."""
    if "content" in mapping:
        return in_columns(columns, mapping["content"])
    usual = presets().any
    if any(in_columns(columns, path) for name in ("html", "content") for path in usual[name]):
        return True
    return any(in_columns(columns, p) for p in usual["summary"]) and any(
        in_columns(columns, p) for p in usual["title"]
    )


def has_column(columns: Collection[str], ours: str) -> bool:
    """Whether one of a table's columns is known by a common name of this field."""
    return any(in_columns(columns, path) for path in presets().any[ours])
