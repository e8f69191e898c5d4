"""The page: one file, inert whatever the articles say, and honest about what it left out."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from dateline.pipeline.report import ArticleRecords, page, render
from tests.pipeline.report.reading_page import data_of, views_of
from tests.pipeline.report.sample import event, hostile, record, records


def tree(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def assert_sealed(html: str) -> LexborHTMLParser:
    """Nothing that runs but our script, nothing that loads, no attribute that acts; hashes of the policy are right."""
    found = tree(html)
    policy = found.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"] or ""
    assert "default-src 'none'" in policy and "unsafe" not in policy
    for name, kind in (("style", "style"), ("script:not([type])", "script")):
        (node,) = found.css(name)
        digest = base64.b64encode(hashlib.sha256(node.text().encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    for data in found.css("script[type]"):
        assert re.fullmatch(r"[A-Za-z0-9+/=]*", data.text()), "data that could be markup"
    for node in found.css("*"):
        for attribute, value in node.attributes.items():
            assert not attribute.startswith("on"), node.html
            if attribute in ("href", "src", "action", "data"):
                assert urlsplit(value or "").scheme in ("", "data", "http", "https"), node.html
    assert not found.css(
        "img, iframe, object, embed, video, audio, link[rel=stylesheet], base, meta[http-equiv=refresh]"
    )
    return found


def test_the_page_is_sealed() -> None:
    assert_sealed(render(records(2)))
    assert_sealed(render(ArticleRecords([])))


def test_hostile_fields_are_text() -> None:
    html = render(hostile(), title="</title><script>owned()</script>")
    found = assert_sealed(html)
    assert found.css_first("h1").text() == "</title><script>owned()</script>"
    (article,) = data_of(html)["articles"]
    assert article["language"] == "und" and "url" not in article
    assert views_of(html)[0]["address"] == "javascript:owned()//https://post.example"


def test_the_script_makes_no_markup_of_words() -> None:
    script = tree(render(records())).css_first("script:not([type])").text()
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("):
        assert way not in script


def test_what_is_left_out_is_said() -> None:
    html = render(records(5), limit=2)
    data = data_of(html)
    assert data["whyNotAll"] == "limit" and data["summary"]["articles"] == 5
    assert len(data["articles"]) == len(views_of(html)) == 2
    assert "whyNotAll" in data_of(render(records(1))) and not data_of(render(records(1)))["whyNotAll"]


def test_a_page_that_grows_too_large_ends_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MAX_BYTES", 10_000)
    data = data_of(render(records(5)))
    assert 1 <= len(data["articles"]) < 5 and data["whyNotAll"] == "size"
    asked = data_of(render(records(5), limit=5))
    assert len(asked["articles"]) == 5, "a user who asks for so many gets them"
    monkeypatch.setattr(page, "MAX_BYTES", 10)
    assert len(data_of(render(records(5)))["articles"]) == 1, "never none"


def test_views_are_packed_by_the_dozen_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "PACK", 2)
    html = render(records(5))
    assert len(tree(html).css("script.pack")) == 3
    addresses = [view["address"] for view in views_of(html)]
    assert [article["url"] for article in data_of(html)["articles"]] == addresses


def test_a_viewer_without_scripts_gets_a_list() -> None:
    text = tree(render(records())).css_first("noscript").html or ""
    assert "Monday 3 November 2025" in text and "Radio Sable" in text
    assert "It will not sail" not in text, "an event without a day of its own gets none"


@pytest.mark.parametrize(
    ("origins", "folder"),
    [
        (["/home/ana/clips/a.html", "/home/ana/clips/b/c.html"], "/home/ana/clips/"),
        (["/home/ana/clips/a.html", "/home/ana/clips2/c.html"], "/home/ana/"),
        (["/home/ana/clips/a.html"], "/home/ana/clips/"),
        (["C:\\news\\a.txt", "C:\\news\\b.txt"], "C:\\news\\"),
        (["clips/a.html", "https://post.example/b"], ""),
        (["/x/a.html", "https://post.example/b"], "/x/"),
        ([], ""),
    ],
)
def test_folders_of_this_machine_stay_here(origins: list[str], folder: str) -> None:
    assert page.folder_of(origins) == folder


def test_origins_are_shown_without_the_folder_they_share() -> None:
    some = [record(n, origin=f"/home/ana/clips/ferry_{n}.txt", title=None) for n in (1, 2)]
    html = render(ArticleRecords(some))
    assert {a["origin"] for a in data_of(html)["articles"]} == {"ferry_1.txt", "ferry_2.txt"}
    assert "/home/ana" not in html


def test_a_saved_page_is_linked_from_where_the_report_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    out, clips = home / "out", home / "cl ips"
    for folder in (out, clips):
        folder.mkdir(parents=True)
    (clips / "a?b.jsonl").write_text("x", "utf-8")
    (tmp_path / "elsewhere.txt").write_text("x", "utf-8")
    monkeypatch.chdir(home)
    assert page.saved_page("cl ips/a?b.jsonl#3", out) == "../cl%20ips/a%3Fb.jsonl"
    assert page.saved_page(str(clips / "a?b.jsonl"), Path("out")) == "../cl%20ips/a%3Fb.jsonl"
    for origin in (
        "cl ips/none.txt",
        "cl ips",
        "https://post.example/a",
        "../elsewhere.txt",
        "a\0b",
        "x" * 5_000,
    ):
        assert page.saved_page(origin, out) is None, origin
    assert page.saved_page("cl ips/a?b.jsonl", tmp_path) is None
    html = render(ArticleRecords([record(1, origin="cl ips/a?b.jsonl")]), folder=out)
    assert data_of(html)["articles"][0]["file"] == "../cl%20ips/a%3Fb.jsonl"
    assert "file" not in data_of(render(records()))["articles"][0]


def test_the_days_of_the_articles_are_the_subtitle() -> None:
    some = [record(1, published="2025-11-06"), record(2, published="2024-02-29T10:00+01:00"), record(3, published=None)]  # fmt: skip
    assert "29 February 2024 to 6 November 2025" in render(ArticleRecords(some))


def test_a_ring_of_reports_ends() -> None:
    ring = (event(0, within="event-1"), event(1, within="event-0"), event(2, within="event-2"))
    events = data_of(render(ArticleRecords([record(1, events=ring)])))["articles"][0]["events"]
    assert [e.get("chain") for e in events] == [[1], [0], None]
