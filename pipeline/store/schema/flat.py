"""The flat tables for researchers: ``articles``, ``dates`` and ``events`` with one value in each cell and
days as dates.

Each column is defined here once: its name, type, meaning, and its source in the store. The SQL views
(``flat_articles``, ``flat_dates``, ``flat_events``), the exported files, the library and the reference of
tables are all made from these definitions, so they cannot differ.

Rows are those of the current revisions. Offsets are Unicode code points of the article's text, half open:
``text[start:end]`` are the words. The end of an interval of days is exclusive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Literal, NamedTuple

Kind = Literal["text", "day", "integer"]
RECORD = "record"
"""The column with the whole record: the last one of a file, and in no view."""
VALID_DAY = (
    "^(?!0000)([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|[0-9]{4}-(0[13-9]|1[0-2])-(29|30)|"
    "[0-9]{4}-(0[13578]|1[02])-31|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)"
)
"""Matches days of the calendar. PostgreSQL refuses a whole query because of one invalid day, and a carrier
may give anything."""
PREFIX = "flat_"
"""The prefix of the names of views."""


class Column(NamedTuple):
    """A column. ``source`` is SQL over the aliases of its table (``a`` article, ``d`` date, ``e`` event).

    Within ``source``, ``{sentence:d}`` is the sentence of a date or an event. A column without a source is not in the
    view: it is unpacked where rows are exported.
    """

    name: str
    kind: Kind
    source: str
    help: str


class FlatTable(NamedTuple):
    """A table: what a row means, the tables that it is read from, the order of its rows, and its columns."""

    name: str
    row: str
    tables: str
    order: str
    columns: tuple[Column, ...]

    @property
    def view(self) -> str:
        """The name of its SQL view."""
        return PREFIX + self.name

    @property
    def names(self) -> list[str]:
        """The names of its columns."""
        return [column.name for column in self.columns]

    def without_records(self) -> FlatTable:
        """The table without whole records, which repeat what its other columns hold."""
        return self._replace(columns=tuple(self.in_sql))

    @property
    def in_sql(self) -> list[Column]:
        """The columns that its view has."""
        return [column for column in self.columns if column.source]


_OF_ARTICLE = (
    Column("title", "text", "a.title", "title of the article"),
    Column("published", "day", "a.published", "day on which the article was published"),
    Column("language", "text", "a.language", "language of the article, ISO 639-1"),
    Column("publisher", "text", "a.publisher", "who published the article"),
    Column("agency", "text", "a.agency", "agency that the dateline names"),
    Column("url", "text", "a.url", "address of the article"),
    Column("origin", "text", "a.origin", "the input: its file and the place in it, feed entry or message"),
    Column("pipeline", "text", "a.pipeline", "version of dateline that read the article"),
)
"""Columns of the article that dates and events repeat, so that a table can be used alone."""

ARTICLES = FlatTable(
    "articles",
    "an article, in its current revision",
    "current_articles a",
    "a.article_id",
    (
        Column("article_id", "text", "a.article_id", "id of the article, equal in every run"),
        Column("revision", "text", "a.revision", "hash of the page's text"),
        Column("title", "text", "a.title", "title"),
        Column("byline", "text", "a.byline", "authors, as written"),
        Column("publisher", "text", "a.publisher", "who published it"),
        Column("agency", "text", "a.agency", "agency that the dateline names"),
        Column("language", "text", "a.language", "language, ISO 639-1"),
        Column("published", "day", "a.published", "day of publication"),
        Column("modified", "day", "a.modified", "day of the last change"),
        Column("modified_at", "text", "a.modified", "day or instant of the last change"),
        Column("fetched_at", "text", "a.fetched_at", "when the carrier fetched the page; never used as a date of the article"),
        Column("anchor_kind", "text", "a.anchor_kind", "what relative words are counted from: section, dateline, published, modified or none"),
        Column("anchor_value", "text", "a.anchor_value", "day or instant of the anchor"),
        Column("anchor_text", "text", "a.anchor_text", "words that state the anchor"),
        Column("dateline_place", "text", "a.dateline_place", "place that the dateline names"),
        Column("not_before", "day", "a.not_before", "earliest possible day of an undated article"),
        Column("not_after", "day", "a.not_after", "latest possible day of an undated article"),
        Column("dates", "integer", "(SELECT COUNT(*) FROM dates d WHERE d.article_id = a.article_id AND d.revision = a.revision)", "number of rows in dates"),
        Column("events", "integer", "(SELECT COUNT(*) FROM events e WHERE e.article_id = a.article_id AND e.revision = a.revision)", "number of rows in events"),
        Column("url", "text", "a.url", "address"),
        Column("origin", "text", "a.origin", "the input: its file and the place in it, feed entry or message"),
        Column("pipeline", "text", "a.pipeline", "version of dateline that read it"),
        Column("text", "text", "a.text", "text that offsets count in; empty after --no-text"),
    ),
)  # fmt: skip

DATES = FlatTable(
    "dates",
    "an expression of time in an article",
    "dates d JOIN current_articles a ON a.article_id = d.article_id AND a.revision = d.revision",
    "d.article_id, d.n",
    (
        Column("article_id", "text", "d.article_id", "id of the article"),
        Column("revision", "text", "d.revision", "revision of the article"),
        Column("n", "integer", "d.n", "number of the expression in the article, from 0"),
        Column("text", "text", "d.text", "words, as written"),
        Column("start", "integer", 'd.start', "offset of the first character of the words"),
        Column("end", "integer", 'd."end"', "offset behind their last character"),
        Column("sentence", "text", "{sentence:d}", "sentence that they stand in"),
        Column("sentence_start", "integer", "d.sentence_start", "offset of the sentence"),
        Column("sentence_end", "integer", "d.sentence_end", "offset behind the sentence"),
        Column("type", "text", "d.type", "TIMEX3 type: DATE, TIME, DURATION or SET"),
        Column("value", "text", "d.value", "TIMEX3 value"),
        Column("mod", "text", "d.mod", "TIMEX3 modifier"),
        Column("edtf", "text", "d.edtf", "date in EDTF; empty where the words cannot be resolved"),
        Column("day_start", "day", "d.day_start", "first day of the date"),
        Column("day_end", "day", "d.day_end", "day after its last day"),
        Column("time", "text", "d.time", "time of day, HH:MM"),
        Column("zone", "text", "d.zone", "time zone of that time"),
        Column("precision", "text", "d.precision", "how fine the date is: day, month, year, …"),
        Column("certainty", "text", "d.certainty", "stated (by the words), implied (by the anchor) or assumed"),
        Column("partial", "text", "d.partial", "what is known of an unresolved date, such as XXXX-10-07"),
        Column("not_before", "day", "d.not_before", "earliest possible day of an unresolved date"),
        Column("not_after", "day", "d.not_after", "latest possible day of an unresolved date"),
        Column("rule", "text", "d.rule", "name of the rule that read it"),
        Column("anchor_kind", "text", "d.anchor_kind", "kind of the anchor that it was counted from"),
        Column("anchor_value", "text", "d.anchor_value", "day or instant of the anchor"),
        Column("anchor_text", "text", "d.anchor_text", "words that state the anchor"),
        *_OF_ARTICLE,
    ),
)  # fmt: skip

EVENTS = FlatTable(
    "events",
    "somebody said or did something",
    "events e JOIN current_articles a ON a.article_id = e.article_id AND a.revision = e.revision",
    "e.article_id, e.n, e.event_id",
    (
        Column("event_id", "text", "e.event_id", "id of the event, equal in every run"),
        Column("article_id", "text", "e.article_id", "id of the article"),
        Column("revision", "text", "e.revision", "revision of the article"),
        Column("n", "integer", "e.n", "number of the event in the article, from 0"),
        Column("kind", "text", "e.kind", "said or did"),
        Column("actor", "text", "e.actor", "who said or did it"),
        Column("role", "text", "e.role", "role or title of the actor"),
        Column("actor_start", "integer", "e.actor_start", "offset of the actor's words"),
        Column("actor_end", "integer", "e.actor_end", "offset behind them"),
        Column("co_actors", "text", "e.co_actors", "who said or did it with the actor, parted by semicolons"),
        Column("lemma", "text", "e.lemma", "base form of the verb"),
        Column("verb", "text", "e.verb", "verb, as written"),
        Column("verb_start", "integer", "e.verb_start", "offset of the verb"),
        Column("verb_end", "integer", "e.verb_end", "offset behind it"),
        Column("plover", "text", "e.plover", "PLOVER root of the verb"),
        Column("recipient", "text", "e.recipient", "to whom it was said or done"),
        Column("place", "text", "e.place", "where it was said or done"),
        Column("content", "text", "e.content", "what was said or done, as written; parts are joined by …"),
        Column("content_start", "integer", "e.content_start", "offset of the content"),
        Column("content_end", "integer", "e.content_end", "offset behind its last part"),
        Column("sentence", "text", "{sentence:e}", "sentence that the verb stands in"),
        Column("sentence_start", "integer", "e.sentence_start", "offset of the sentence"),
        Column("sentence_end", "integer", "e.sentence_end", "offset behind the sentence"),
        Column("quotation", "text", "e.quotation", "direct, mixed or indirect; of what was said"),
        Column("modality", "text", "e.modality", "asserted, negated, future or hypothetical"),
        Column("within", "text", "e.within", "id of the event that reports this one"),
        Column("when_edtf", "text", "e.when_edtf", "when it was said or done, in EDTF; empty where the article does not say"),
        Column("when_start", "day", "e.when_start", "first day of that time"),
        Column("when_end", "day", "e.when_end", "day after its last day"),
        Column("when_mod", "text", "e.when_mod", "how the words narrow it: before, after, start, mid, end or about"),
        Column("when_time", "text", "e.when_time", "time of day, HH:MM"),
        Column("when_zone", "text", "e.when_zone", "time zone of that time"),
        Column("when_text", "text", "e.when_text", "words that say when"),
        Column("when_text_start", "integer", "e.when_text_start", "offset of these words"),
        Column("when_text_end", "integer", "e.when_text_end", "offset behind them"),
        Column("precision", "text", "e.precision", "how fine that time is: day, month, year, …"),
        Column("certainty", "text", "e.certainty", "stated (by the words), implied (by the anchor) or assumed"),
        Column("partial", "text", "e.partial", "what is known of an unresolved time"),
        Column("not_before", "day", "e.not_before", "earliest possible day of an undated event"),
        Column("not_after", "day", "e.not_after", "latest possible day of an undated event"),
        Column("rule", "text", "e.rule", "name of the rule that read the time"),
        Column("anchor_kind", "text", "e.anchor_kind", "kind of the anchor that the time was counted from"),
        Column("anchor_value", "text", "e.anchor_value", "day or instant of the anchor"),
        Column("anchor_text", "text", "e.anchor_text", "words that state the anchor"),
        Column("about_edtf", "text", "e.about_edtf", "first time that the content speaks of, in EDTF"),
        Column("about_start", "day", "e.about_start", "first day of it"),
        Column("about_end", "day", "e.about_end", "day after its last day"),
        Column("about_text", "text", "e.about_text", "words that state it"),
        Column("reported", "day", "e.reported", "day on which it was told; never the day of the act"),
        Column("reported_kind", "text", "e.reported_kind", "kind of the anchor that gives that day"),
        *_OF_ARTICLE,
        Column(RECORD, "text", "", "whole event as JSON, schema news.event/1; not in SQL"),
    ),
)  # fmt: skip

TABLES = {table.name: table for table in (ARTICLES, DATES, EVENTS)}

_SENTENCE = re.compile(r"\{sentence:([a-z])\}")


def views(dialect: str) -> dict[str, str]:
    """The SELECT of each view, for ``sqlite`` or ``postgresql``."""
    return {table.view: select(table, dialect) for table in TABLES.values()}


def select(table: FlatTable, dialect: str) -> str:
    """The SELECT of a table over the views ``articles``, ``dates`` and ``events``."""
    parts = [f'{_sql(column, dialect)} AS "{column.name}"' for column in table.in_sql]
    return f"SELECT {', '.join(parts)} FROM {table.tables}"


def rows_of(table: FlatTable) -> str:
    """The query that reads a table from its view, in order."""
    order = ", ".join(f'"{part.partition(".")[2]}"' for part in table.order.split(", "))
    names = ", ".join(f'"{column.name}"' for column in table.in_sql)
    return f"SELECT {names} FROM {table.view} ORDER BY {order}"


def _sql(column: Column, dialect: str) -> str:
    made = _SENTENCE.sub(_words_of_sentence, column.source)
    return _day(made, dialect) if column.kind == "day" else made


def _words_of_sentence(found: re.Match[str]) -> str:
    alias = found[1]
    return f"SUBSTR(a.text, {alias}.sentence_start + 1, {alias}.sentence_end - {alias}.sentence_start)"


def _day(made: str, dialect: str) -> str:
    """The day of a day or an instant, else NULL. SQLite has no type for days, so it stays text there: YYYY-MM-DD."""
    if dialect == "postgresql":
        return f"CASE WHEN {made} ~ '{VALID_DAY}' THEN CAST(LEFT({made}, 10) AS DATE) END"
    first = f"SUBSTR({made}, 1, 10)"
    # Without the modifier DATE gives the 31st of February back as it is.
    return f"CASE WHEN DATE({first}, '+0 days') = {first} AND {first} >= '0001' THEN {first} END"


def reference(table: FlatTable) -> str:
    """The columns of a table as a Markdown table, for the guide ``tables``."""
    lines = ["| column | type | what it holds |", "|---|---|---|"]
    lines += [f"| `{c.name}` | {c.kind} | {c.help} |" for c in table.columns]
    return "\n".join(lines) + "\n"


def cells(table: FlatTable, row: Sequence[Any]) -> Iterator[Any]:
    """The values of a row of a view as Python values: days as :class:`~datetime.date`."""
    for column, value in zip(table.in_sql, row, strict=True):
        yield day_of(value) if column.kind == "day" and isinstance(value, str) else value


@lru_cache(maxsize=10_000)
def day_of(value: str) -> date | None:
    """The day of a day or an instant, as the views read it; ``None`` for anything else."""
    first = value[: len("2026-11-18")]
    try:
        return date.fromisoformat(first) if _DAY.fullmatch(first) else None
    except ValueError:
        return None


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
