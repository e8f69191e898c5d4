"""The trace: the stored facts and nothing else, one a line off a terminal."""

from __future__ import annotations

import io
from dataclasses import replace

from rich.console import Console

from dateline.pipeline.report import ArticleRecords, DateRecord, explain
from dateline.pipeline.report.links import LinkRecord, Place
from tests.pipeline.report.sample import OCTOBER, hostile, record, records, when


def printed(reader: ArticleRecords, key: str, terminal: bool = False, width: int = 80) -> str:
    file = io.StringIO()
    found = explain(reader, key, Console(file=file, force_terminal=terminal, width=width))
    assert found == len(reader.find(key))
    return file.getvalue()


def test_a_date_is_explained_to_the_end() -> None:
    lines = printed(records(), "article-1").splitlines()
    at = next(n for n, line in enumerate(lines) if "“on Monday”" in line)
    assert lines[at : at + 6] == [
        "words     “on Monday”  at 21",
        "sentence  Radio Sable reported on Monday that the harbour master said the ferry would sail on Friday.",
        "answer    2025-11-03 (Monday 3 November 2025)  implied",
        "rule      weekday.past",
        "anchor    2025-11-06  the page's, published",
        "because   the verb looks back: the Monday before 2025-11-06",
    ]


def test_the_anchor_says_why_it_beat_the_others() -> None:
    text = printed(records(), "article-1")
    assert (
        "anchor    2025-11-06  published, stated, by published.cue: “Published 6 November 2025”\n"
        "  not       2026-02-11 (page clock, clock.bound): later than the published line\n"
    ) in text
    assert "bounds    not after Wednesday 11 February 2026" in text


def test_a_large_story_does_not_bury_the_dates() -> None:
    links = tuple(
        LinkRecord(kind=kind, partner=f"p-{n}", title=f"Page {n}", score=1.0, reasons=())
        for kind, count in (("contradicts", 9), ("same", 2))
        for n in range(count)
    )
    one = replace(record(1), place=Place(articles=10, texts=10, sources=5, links=links))
    lines = printed(ArticleRecords([one]), "article-1").splitlines()
    assert [line for line in lines if line.startswith("contradicts ")] == [
        *(f"contradicts Page {n}  1.00  p-{n}" for n in range(3)),
        "contradicts and 6 more: dateline stories OUT",
    ]
    assert sum(line.startswith("same ") for line in lines) == 2


def test_what_is_not_known_is_not_filled_in() -> None:
    text = printed(records(), "article-1")
    at = text.index("“on Oct. 7”")
    part = text[at : text.index("\n\n", at)]
    assert "answer    XXXX-10-07 (7 October, year unknown)" in part
    assert "bounds    not after Thursday 6 November 2025" in part
    assert "anchor    none: nothing on the page states a day" in part


def test_an_event_has_its_spans_chain_and_both_times() -> None:
    text = printed(records(), "article-1")
    second = text[text.index("event 2") : text.index("event 3")].splitlines()
    assert second == [
        "event 2   Ines Rourke, harbour master  said, indirect, future, by said.that",
        "source    “the harbour master”  at 36",
        "cue       “said”  at 55 (say)",
        "content   “the ferry would sail on Friday”  at 60",
        "within    Radio Sable, “report”",
        "when      not said",
        "reported  2025-11-06  (published)",
        "about     “on Friday” → 2025-11-07 (Friday 7 November 2025)  implied, by weekday.future, counted from 2025-11-06",
        "",
    ]


def test_an_article_is_named_by_id_origin_or_address() -> None:
    reader = records(3)
    for key in ("article-2", "pages/ferry_2.txt", "ferry_2.txt", "https://post.example/ferry/2"):
        assert "Ferry waits for the wind (2)" in printed(reader, key)
    assert printed(reader, "ferry_9.txt") == ""


def test_a_terminal_gets_colour_and_lines_that_fit() -> None:
    text = printed(records(), "article-1", terminal=True, width=60)
    assert "\x1b[" in text
    plain = printed(records(), "article-1")
    assert max(map(len, plain.splitlines())) > 60


def test_no_field_can_command_the_terminal() -> None:
    escape = "\x1b]0;owned\x07\x9b2J\u202e"
    text = printed(
        ArticleRecords([record(1, title=f"a{escape}b", origin=f"x{escape}")]), "article-1", terminal=False
    )
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(text)
    assert "[bold]" in printed(ArticleRecords([record(1, title="[bold]x[/bold]")]), "article-1")
    assert "<script>owned()</script>" in printed(hostile(), "article-1")


def test_a_ring_of_reports_ends() -> None:
    events = record().events
    ring = (
        events[0].model_copy(update={"within": "event-1"}),
        events[1].model_copy(update={"within": "event-0"}),
    )
    text = printed(ArticleRecords([record(1, events=ring)]), "article-1")
    assert text.count("within    ") == 2


def test_a_length_of_time_is_not_called_undated() -> None:
    long = OCTOBER.model_copy(update={"type": "DURATION", "value": "P1M", "partial": None, "bounds": None})
    claim = record().events[3].model_copy(update={"when": None, "about": (when(long),)})
    text = printed(ArticleRecords([record(1, dates=(DateRecord(long),), events=(claim,))]), "article-1")
    assert "about     “on Oct. 7” → duration P1M  by day.of.month" in text
