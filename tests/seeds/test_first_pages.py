"""The five pages that the system was first described by, read right by mechanisms.

They belong to their publishers and stand beside the checkout (``../shared/seeds``, or the folder
that ``EVALUATION`` names); where they do not, these tests skip.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import pytest

from dateline.transforms.model import Envelope, Event, RawArticle, TimeExpression
from dateline.transforms.walk import walk

BASE = Path(os.environ.get("EVALUATION") or Path(__file__).parents[2].parent / "shared")
FOLDER = next((f for f in (BASE / "seeds", BASE.parent / "seeds") if f.is_dir()), None)

pytestmark = pytest.mark.skipif(FOLDER is None, reason="the first pages do not stand beside this checkout")


@lru_cache(maxsize=5)
def page(number: str) -> Envelope:
    assert FOLDER is not None
    (path,) = FOLDER.glob(f"{number}_*.txt")
    return walk(RawArticle(content=path.read_bytes(), origin=path.name))


def times(number: str, words: str) -> list[TimeExpression]:
    return [t for t in page(number).times or () if words in t.span.exact]


def said(event: Event) -> str:
    return " ".join(c.exact for c in event.content)


def events(number: str) -> tuple[Event, ...]:
    return page(number).events or ()


@pytest.mark.parametrize(
    ("number", "day"),
    [("000", "2024-05-13"), ("001", "2024-05-14"), ("002", "2024-03-26"), ("003", None), ("004", None)],
)
def test_published(number: str, day: str | None) -> None:
    anchors = page(number).anchors
    assert anchors is not None
    assert anchors.published == day
    assert (anchors.page.kind == "none") is (day is None)


def test_000_the_call_is_of_monday_and_the_ticker_says_nothing() -> None:
    (monday,) = times("000", "Monday morning")
    assert monday.edtf == "2024-05-13"
    call = next(e for e in events("000") if e.when and e.when.span.exact == monday.span.exact)
    assert call.when
    assert call.when.edtf == "2024-05-13"
    article = page("000").article
    assert article
    for headline in ("Shoigu", "aid crossing", "Cameron", "earthquake", "11:53 AM"):
        assert headline not in article.text
    (repeated,) = [e for e in events("000") if e.action.lemma == "repeat"]
    assert repeated.actor
    assert repeated.actor.name.endswith("Blinken")


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("the weekend", "2024-05-11/2024-05-12"),
        ("Saturday", "2024-05-11"),
        ("Monday", "2024-05-13"),
        ("Friday", "2024-05-10"),
        ("arlier this month", "2024-05"),
    ],
)
def test_001_relative_days(words: str, edtf: str) -> None:
    assert [t.edtf for t in times("001", words)] == [edtf]


def test_001_the_page_clock_only_bounds() -> None:
    anchors = page("001").anchors
    assert anchors
    assert anchors.bounds.not_after == "2024-11-25"
    assert any(loser.value == "2024-11-25" and "clock" in loser.reason for loser in anchors.page.losers)


@pytest.mark.parametrize(("inner", "outer"), [("Blinken", "Miller"), ("Ministry", "CNN")])
def test_001_reports_within_reports(inner: str, outer: str) -> None:
    by_id = {e.event_id: e for e in events("001")}
    chains = [(e, by_id[e.within]) for e in by_id.values() if e.within]
    assert any(a.actor and inner in a.actor.name and b.actor and outer in b.actor.name for a, b in chains)


def test_002_monday_twice_and_nothing_of_the_crawl() -> None:
    assert [t.edtf for t in times("002", "Monday")] == ["2024-03-25", "2024-03-25"]
    assert not [t for t in page("002").times or () if (t.edtf or "").startswith("2025")]
    article = page("002").article
    assert article
    captions = " ".join(article.text[b.start : b.end] for b in article.blocks if b.kind == "caption")
    rest = " ".join(article.text[b.start : b.end] for b in article.blocks if b.kind != "caption")
    assert "March 22" in captions
    assert "March 22" not in rest
    for headline in ("Ecuador plans", "IMF", "ballistic", "Most Read", "Mamdani"):
        assert headline not in article.text


def test_003_nothing_is_dated_by_the_page_clock() -> None:
    anchors = page("003").anchors
    assert anchors
    assert anchors.bounds.not_after == "2024-07-22"
    fridays = times("003", "Friday")
    assert fridays
    assert all(t.edtf is None and t.rule and t.span.exact for t in fridays)
    for october in times("003", "Oct. 7"):
        unsettled = october.edtf is None and october.partial == "XXXX-10-07" and october.bounds is not None
        assert unsettled or (october.edtf == "2023-10-07" and october.certainty == "assumed")


def test_004_each_claim_once_though_the_text_stands_twice() -> None:
    contents = [said(e) for e in events("004") if e.content]
    assert len(contents) == len(set(contents))
    article = page("004").article
    assert article
    assert "carousel" not in article.text
    assert article.text.count("The second Israeli delegation") == 1
    assert not [t for t in page("004").times or () if t.edtf and len(t.edtf) >= 10]
