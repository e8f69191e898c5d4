"""Converts whole rows of an article to the rows of the tables and back: values that follow from others are
left out, and records are packed.

:func:`compact` and :func:`restored` are inverse to each other, so a store of any layout gives the same
records.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from dateline.pipeline.store.packed import codec, profiles
from dateline.pipeline.store.rows import FORMS, ArticleRows, Row, compact_json
from dateline.pipeline.store.schema import derived, whole
from dateline.pipeline.store.schema import tables as t

_PLAIN = tuple(c.name for c in t.article_rows.columns if c.name in whole.articles.c and c.name != "profile")


class CompactRows(NamedTuple):
    """The rows of one article revision as the tables hold them; dates and events lack the article's number."""

    article: Row
    dates: list[Row]
    events: list[Row]


class Readings(NamedTuple):
    """The packed part of an article: JSON columns by name, and the records of its dates and events in order."""

    columns: dict[str, Any]
    dates: list[dict[str, Any]]
    events: list[dict[str, Any]]


def compact(rows: ArticleRows) -> CompactRows:
    """The rows as the tables hold them. Raises :class:`ValueError` for rows of something else.

    JSON that is still text comes from an older store. It is kept as text if writing it again would change it.
    """
    article = rows.article
    columns = {name: _plain(article.get(name), form) for name, form in FORMS.items()}
    dates = [_plain(row["record"]) for row in rows.dates]
    events = [_plain(row["record"]) for row in rows.events]
    made = {name: article.get(name) for name in _PLAIN} | _anchored(_known(columns["anchors"]))
    ids = [row["event_id"] for row in rows.events]
    made["profile"] = None
    if (profile := article.get("profile")) is not None:
        made["profile"] = profiles.pack(profile, [*ids, article["article_id"]])
    made["readings"] = codec.pack(
        [[columns[name] for name in FORMS], dates, events], made["text"], _names(made, ids)
    )
    told = [_date_values(row, _known(record)) for row, record in zip(rows.dates, dates, strict=True)]
    return CompactRows(
        made,
        [_date_row(values, made) for values in told],
        list(_event_rows(rows.events, events, made, told)),
    )


def readings(article: Mapping[str, Any], ids: Sequence[str]) -> Readings:
    """The packed part of a row of ``article_rows``; ``ids`` are those of its events in order. Raises
    :class:`ValueError` for damaged bytes."""
    columns, dates, events = codec.unpack(article["readings"], article["text"], _names(article, ids))
    return Readings(dict(zip(FORMS, columns, strict=True)), dates, events)


def events_of(article: Mapping[str, Any], ids: Sequence[str]) -> list[Any]:
    """The records of the events of a row of ``article_rows``, as :func:`readings` gives them."""
    events: list[Any] = codec.unpack(article["readings"], article["text"], _names(article, ids), only=2)
    return events


def profile_of(article: Mapping[str, Any], ids: Sequence[str]) -> str | None:
    """The profile of a row of ``article_rows`` as text."""
    packed = article["profile"]
    return None if packed is None else profiles.unpack(packed, [*ids, article["article_id"]])


def _plain(value: Any, form: Callable[[Any], str] = compact_json) -> Any:
    """A plain value, or the value of a JSON text; the text itself if writing the value again would change it."""
    if not isinstance(value, str):
        return value
    try:
        made = json.loads(value)
        return made if isinstance(made, (dict, list)) and form(made) == value else value
    except (ValueError, RecursionError):
        return value


def _known(value: Any) -> Mapping[str, Any]:
    """The fields of a JSON object; none for a text that was kept as text."""
    return value if isinstance(value, dict) else _loaded(value)


def _loaded(text: Any) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (TypeError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _names(article: Mapping[str, Any], ids: Sequence[str]) -> list[str]:
    """The strings that the records of an article repeat, those of its events first."""
    return [
        *ids,
        article["article_id"],
        article["revision"],
        *filter(None, (article["url"], article["publisher"])),
    ]


def _anchored(anchors: Mapping[str, Any]) -> Row:
    page, dateline, bounds = anchors.get("page", {}), anchors.get("dateline", {}), anchors.get("bounds", {})
    return {
        "anchor_kind": page.get("kind"),
        "anchor_value": page.get("value"),
        "anchor_text": page.get("text"),
        "dateline_place": dateline.get("place"),
        "not_before": bounds.get("not_before"),
        "not_after": bounds.get("not_after"),
    }


def _date_values(row: Row, record: Mapping[str, Any]) -> Row:
    """The values of a row of the view ``dates``."""
    bounds, anchor = record.get("bounds") or {}, record.get("anchor") or {}
    return row | {
        "mod": record.get("mod"),
        "time": record.get("time"),
        "zone": record.get("zone"),
        "not_before": bounds.get("not_before"),
        "not_after": bounds.get("not_after"),
        "anchor_text": anchor.get("text"),
    }


def _date_row(values: Row, article: Row) -> Row:
    made = {name: values[name] for name in _DATE_COLUMNS}
    made["size"] = values["end"] - values["start"]
    if made["value"] == made["edtf"]:
        made["value"] = None
    made["own"] = derived.own_of(derived.of_date(made, article), values)
    return made


_DATE_COLUMNS = tuple(c.name for c in t.date_rows.columns if c.name in t.dates.c)
_EVENT_COLUMNS = tuple(c.name for c in t.event_rows.columns if c.name in t.events.c)


def _event_rows(
    rows: Sequence[Row], records: Iterable[Any], article: Row, dates: Sequence[Row]
) -> Iterator[Row]:
    numbers = {row["event_id"]: row["n"] for row in rows}
    places = {(d["start"], d["end"]): d for d in reversed(dates)}
    for row, told in zip(rows, records, strict=True):
        record = _known(told)
        values = _event_values(row, record)
        when, about = (
            places.get(_place(time))
            for time in (record.get("when"), next(iter(record.get("about") or ()), None))
        )
        made = {name: row[name] for name in _EVENT_COLUMNS}
        for name in ("verb", "actor", "content"):
            start, end = values[f"{name}_start"], values[f"{name}_end"]
            made |= {f"{name}_start": start, f"{name}_size": None if start is None else end - start}
        made |= {
            "when_n": when["n"] if when else None,
            "about_n": about["n"] if about else None,
            "within_n": numbers.get(row["within"]),
            "bounded": 1
            if values["not_after"] and values["not_after"] == derived.day_of(article["anchor_value"])
            else None,
        }
        outer = row["within"] if made["within_n"] is not None else None
        made["own"] = derived.own_of(derived.of_event(made, article, when or {}, about or {}, outer), values)
        yield made


def _place(time: Mapping[str, Any] | None) -> tuple[int | None, int | None]:
    return (time["span"]["start"], time["span"]["end"]) if time else (None, None)


def _event_values(row: Row, record: Mapping[str, Any]) -> Row:
    """The values of a row of the view ``events``."""
    when, bounds = record.get("when") or {}, record.get("bounds") or {}
    told, anchor, about = when.get("bounds") or {}, when.get("anchor") or {}, record.get("about") or ()
    actor, verb = (
        (record.get("actor") or {}).get("span") or {},
        (record.get("action") or {}).get("span") or {},
    )
    content: Sequence[Mapping[str, Any]] = record.get("content") or ({},)
    words = when.get("span") or {}
    return row | {
        "actor_start": actor.get("start"),
        "actor_end": actor.get("end"),
        "verb": verb.get("exact"),
        "verb_start": verb.get("start"),
        "verb_end": verb.get("end"),
        "content_start": content[0].get("start"),
        "content_end": content[-1].get("end"),
        "when_time": when.get("time"),
        "when_zone": when.get("zone"),
        "when_text": words.get("exact"),
        "when_text_start": words.get("start"),
        "when_text_end": words.get("end"),
        "precision": when.get("precision"),
        "partial": when.get("partial"),
        "not_before": told.get("not_before") or bounds.get("not_before"),
        "not_after": told.get("not_after") or bounds.get("not_after"),
        "anchor_kind": anchor.get("kind"),
        "anchor_value": anchor.get("value"),
        "anchor_text": anchor.get("text"),
        "about_text": about[0]["span"]["exact"] if about else None,
    }
