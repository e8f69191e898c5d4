"""The page: one file, inert whatever the articles say, and honest about what it left out."""

from __future__ import annotations

import base64
import hashlib
import re
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from dateline.pipeline.report import Readings, page, render
from dateline.pipeline.report.view import article_view, safe_link, timeline
from tests.pipeline.report.sample import EVENTS, MAY, TEXT, event, hostile, reading, readings, when


def tree(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def test_days_come_newest_first_and_hold_what_was_said_and_what_is_spoken_of() -> None:
    found = tree(render(readings()))
    assert [h.text().split() for h in found.css("#timeline .group h2")] == [
        ["Friday", "7", "November", "2025"],
        ["3", "Monday", "November", "2025"],
    ]
    friday, monday = found.css("#timeline .group")
    assert friday.css(".event") == []
    assert [a.text() for a in friday.css(".aboutline a")] == ["Radio Sable", "Ines Rourke"]
    assert "Radio Sable" in monday.css_first(".event").text()


def test_a_quotation_has_its_marks_once() -> None:
    quotes = tree(render(readings())).css("#undated q")
    assert [q.text() for q in quotes] == ["“It will not sail before the wind drops,”"]
    marked = event(
        0, content=(EVENTS[2].content[0].model_copy(update={"exact": "“It will”"}),), quotation="direct"
    )
    assert [q.text() for q in tree(render(readings(events=(marked,)))).css("q")] == ["“It will”"]


def test_the_undated_have_a_shelf_of_their_own() -> None:
    shelf = tree(render(readings())).css_first("#undated")
    assert [h.text() for h in shelf.css("h3")] == ["Words that name no day here", "No words of time"]
    words, bare = shelf.css(".events")
    assert "on Oct. 7" in words.text() and "7 October, year unknown" in words.text()
    assert "not after Thursday 6 November 2025" in words.text()
    assert "Ines Rourke" in bare.text()


def test_the_article_stands_whole_with_its_marks() -> None:
    article = tree(render(readings())).css_first(".article .text")
    assert [p.text() for p in article.css("p.block")] == TEXT.split("\n\n")
    outer, inner = "0", "1"
    both = [m for m in article.css(".m.content") if m.attributes["data-e"] == f"{outer} {inner}"]
    assert both, "a claim within a claim is marked as both"
    assert {a.text() for a in article.css("a.date")} == {"on Monday", "on Friday", "in May", "on Oct. 7"}
    assert [a.text() for a in article.css("a.undated")] == ["on Oct. 7"]


def test_every_date_shows_words_anchor_rule_and_losers() -> None:
    found = tree(render(readings()))
    monday = found.css_first(".dates > li").text()
    for part in (
        "“on Monday”",
        "2025-11-03",
        "weekday.past",
        "6 November 2025",
        "implied",
        "the verb looks back",
    ):
        assert part in monday
    card = found.css_first(".card").text()
    for part in ("Published 6 November 2025", "published.cue", "2026-02-11", "later than the published line"):
        assert part in card


def test_links_within_the_page_lead_somewhere_and_ids_are_unique() -> None:
    found = tree(render(readings(3)))
    ids = [node.attributes["id"] for node in found.css("[id]")]
    assert len(ids) == len(set(ids))
    targets = {a.attributes["href"][1:] for a in found.css('a[href^="#"]')}
    assert targets <= set(ids)


def assert_sealed(html: str) -> LexborHTMLParser:
    """One style and one script, ours by hash; no handler, no style attribute, nothing fetched."""
    found = tree(html)
    policy = found.css_first('meta[http-equiv="Content-Security-Policy"]').attributes["content"] or ""
    assert "default-src 'none'" in policy and "unsafe" not in policy
    for tag in ("style", "script"):
        (one,) = found.css(tag)
        content = html[html.index(f"<{tag}>") + len(tag) + 2 : html.index(f"</{tag}>")]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
        assert not one.attributes
    for node in found.css("*"):
        for name, value in node.attributes.items():
            assert not name.startswith("on") and name not in ("style", "srcset", "action", "srcdoc"), (
                node.html
            )
            if name in ("src", "href", "xlink:href", "data"):
                address = value or ""
                assert address.startswith("#") or address == "data:," or node.tag == "a", node.html
                assert urlsplit(address).scheme in ("", "data", "http", "https"), node.html
    assert not found.css(
        "img, iframe, object, embed, video, audio, link[rel=stylesheet], base, meta[http-equiv=refresh]"
    )
    for link in found.css("a[href^=http]"):
        assert "noopener" in (link.attributes["rel"] or "")
    return found


def test_the_page_is_sealed() -> None:
    assert_sealed(render(readings(2)))


def test_hostile_fields_are_text() -> None:
    found = assert_sealed(render(hostile()))
    assert "<script>document.title='owned'</script>" in found.css_first(".article .text").text()
    assert "{{ 7*7 }}" in found.css_first(".article .text").text()
    assert found.css_first(".article .headline").attributes["lang"] == "und"
    assert found.css_first(".where").text() == "javascript:owned()//https://post.example"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://post.example/a?b=1#c", True),
        ("http://post.example", True),
        ("javascript:alert(1)", False),
        (" https://post.example", False),
        ("https:///nowhere", False),
        ("https://[broken", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("https://post.example/\nx", False),
        ("https://post.example/" + "x" * 3_000, False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, kept: bool) -> None:
    assert safe_link(url) == (url if kept else None)


def test_what_is_left_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    found = tree(render(readings(5), limit=2))
    assert "newest 2 of 5 articles" in found.css_first(".notice").text()
    assert len(found.css(".article")) == 2
    monkeypatch.setattr(page, "MAX_WEIGHT", 20_000)
    heavy = tree(render(readings(5)))
    assert 1 <= len(heavy.css(".article")) < 5
    assert "of 5 articles" in heavy.css_first(".notice").text()
    assert tree(render(readings(1))).css_first(".notice") is None


def test_a_very_long_article_is_cut_and_says_so() -> None:
    view = article_view(reading(1, text=TEXT + " word" * 20_000, events=EVENTS * 100), 0)
    assert (
        view.left_out == ("text after 60,000 of 100,224 characters", "100 events") or len(view.left_out) == 2
    )
    assert len(view.events) == 300


def test_a_store_without_text_still_shows_dates_and_events() -> None:
    found = tree(render(readings(1, text=None)))
    assert "keeps no text" in found.css_first(".card").text()
    assert found.css(".text p.block") == []
    assert len(found.css(".dates > li")) == 4 and len(found.css(".made-events > li")) == 4


def test_an_empty_store_says_so() -> None:
    found = assert_sealed(render(Readings([])))
    assert "The store holds no article" in found.css_first("#timeline").text()


def test_a_ring_of_reports_ends() -> None:
    ring = (event(0, within="event-1"), event(1, within="event-0"), event(2, within="event-2"))
    view = article_view(reading(1, events=ring), 0)
    assert [len(v.reporters) for v in view.events] == [1, 1, 0]


def test_a_day_stands_above_the_month_it_opens() -> None:
    day = when(MAY).model_copy(update={"edtf": "2025-05-01", "end": "2025-05-02", "precision": "day"})
    views = [article_view(reading(1, events=(event(0, when=when(MAY)), event(1, when=day))), 0)]
    groups, _, _ = timeline(views)
    assert [g.edtf for g in groups] == ["2025-05-01", "2025-05"]


def test_many_days_become_months(monkeypatch: pytest.MonkeyPatch) -> None:
    html = render(readings())
    assert "<svg" not in html, "one bar is no overview"
    days = [when(MAY).model_copy(update={"edtf": f"2025-{m:02}-{d:02}", "start": f"2025-{m:02}-{d:02}",
            "end": f"2025-{m:02}-{d + 1:02}"}) for m in range(1, 8) for d in range(1, 28)]  # fmt: skip
    many = tuple(event(n, when=day) for n, day in enumerate(days))
    bars = tree(render(readings(1, events=many))).css("svg .bar")
    assert len(bars) == 7
    titles = re.findall(r"<title>(.*?)</title>", render(readings(1, events=many)))
    assert titles[1] == "January 2025: 27"
