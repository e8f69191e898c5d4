"""What the page is given of an article: marks, reasons, and never a day that the page does not say."""

from __future__ import annotations

import pytest

from dateline.pipeline.report.stories import Dispute, Member, StoryRecord
from dateline.pipeline.report.view import full_view, index_entry, safe_link, story_view
from dateline.transforms.model import Action, Actor, Anchor, Anchors, Reported
from tests.pipeline.report.sample import ANCHOR, EVENTS, TEXT, event, record, span


def words_of(block: list[object]) -> str:
    pieces = block[2]
    assert isinstance(pieces, list)
    return "".join(piece if isinstance(piece, str) else piece[0] for piece in pieces)


def test_the_article_stands_whole_with_its_marks() -> None:
    view = full_view(record())
    assert [words_of(block) for block in view["blocks"]] == TEXT.split("\n\n")
    marked = [piece for block in view["blocks"] for piece in block[2] if not isinstance(piece, str)]
    assert any("content" in piece[1] and piece[2] == [0, 1] for piece in marked), (
        "a claim within a claim is both"
    )
    dated = {piece[0]: view["dates"][piece[3]] for piece in marked if piece[3] is not None}
    assert set(dated) == {"on Monday", "on Friday", "in May", "on Oct. 7"}
    assert [words for words, date in dated.items() if not date.get("known")] == ["on Oct. 7"]


def test_every_date_shows_words_anchor_rule_and_losers() -> None:
    view = full_view(record())
    monday = view["dates"][0]
    assert (monday["words"], monday["edtf"], monday["rule"], monday["certainty"]) == (
        "on Monday", "2025-11-03", "weekday.past", "implied",
    )  # fmt: skip
    assert monday["of_page"] and "the verb looks back" in monday["trace"][0]
    (loser,) = view["anchor"]["losers"]
    assert (loser["value"], loser["reason"]) == ("2026-02-11", "later than the published line")


def test_an_event_without_a_day_of_its_own_has_none() -> None:
    events = index_entry(record())["events"]
    monday, nested, bare, october = events
    assert monday["when"]["start"] == "2025-11-03" and monday["when"]["answer"] == "Monday 3 November 2025"
    assert "when" not in nested and "when" not in bare
    assert "start" not in october["when"] and october["when"]["partial"] == "XXXX-10-07"
    assert october["when"]["answer"] == "7 October, year unknown"
    assert "not after Thursday 6 November 2025" in october["when"]["bounds"]


def test_the_day_of_the_report_is_that_of_the_article_or_of_its_post() -> None:
    of_page = event(0, reported=Reported(day="2025-11-06", kind="published"))
    of_post = event(1, reported=Reported(day="2025-11-05", kind="section"))
    entry = index_entry(record(1, events=(of_page, of_post, event(2))))
    assert entry["reported"] == "2025-11-06"
    assert [e.get("reported", "that of the article") for e in entry["events"]] == [
        "that of the article", "2025-11-05", None,
    ]  # fmt: skip
    undated = index_entry(record(1, anchors=Anchors(page=Anchor(kind="none")), events=(event(0),)))
    assert "reported" not in undated and "reported" not in undated["events"][0]


def test_a_deed_has_its_parties() -> None:
    deed = event(
        0,
        kind="did",
        actor=Actor(name="Ines Rourke", span=span("Ines Rourke")),
        action=Action(lemma="close", plover="COERCE", span=span("closed")),
        recipient=Actor(name="the pilots", role="union", span=span("The pilots")),
        co_actors=(Actor(name="the union"),),
        place=span("the quay"),
    )
    (entry,) = index_entry(record(1, events=(deed,)))["events"]
    assert entry["kind"] == "did" and entry["root"] == "COERCE"
    assert entry["recipient"] == {"name": "the pilots", "role": "union"}
    assert (entry["others"], entry["place"]) == (["the union"], "the quay")
    roles = {piece[0]: piece[1] for block in full_view(record(1, events=(deed,)))["blocks"] for piece in block[2] if not isinstance(piece, str)}  # fmt: skip
    assert roles["closed"] == "deed" and roles["The pilots"] == "recipient"


def test_what_is_spoken_of_has_its_day() -> None:
    (friday,) = index_entry(record())["events"][0]["about"]
    assert friday == {"words": "on Friday", "answer": "Friday 7 November 2025", "edtf": "2025-11-07",
                      "start": "2025-11-07", "end": "2025-11-08", "certainty": "implied"}  # fmt: skip


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


def test_a_very_long_article_is_cut_and_says_so() -> None:
    long = record(1, text=TEXT + " word" * 20_000, events=EVENTS * 100)
    length = f"{len(TEXT) + 100_000:,}"
    assert full_view(long)["left_out"] == [f"text after 60,000 of {length} characters", "100 events"]
    assert len(index_entry(long)["events"]) == 300
    wordy = event(0, content=(span("Radio Sable").model_copy(update={"exact": "x" * 5_000}),))
    assert len(index_entry(record(1, events=(wordy,)))["events"][0]["content"]) < 2_010


def test_a_store_without_text_still_shows_dates_and_events() -> None:
    bare = full_view(record(1, text=None))
    assert bare["left_out"] == ["this store keeps no text"] and "blocks" not in bare
    assert len(bare["dates"]) == 4


def test_a_live_blog_shows_the_anchor_of_each_post() -> None:
    posts = Anchors(page=ANCHOR, sections=(ANCHOR, ANCHOR.model_copy(update={"value": "2025-11-07T09:10"})))
    view = full_view(record(1, anchors=posts))
    assert [(s["n"], s["day"], s.get("clock")) for s in view["sections"]] == [
        (0, "2025-11-06", None), (1, "2025-11-07", "09:10"),
    ]  # fmt: skip
    assert "sections" not in full_view(record())


def test_a_story_says_days_in_words_and_numbers_as_they_are() -> None:
    sides = {"first": "/clips/a.txt", "second": "B", "words": ("the weekend", "Monday")}
    story = StoryRecord(
        "s", "/clips/a.txt", "2025-09-15", 3, 2, 2, (Member("a", "/clips/a.txt", "", "", 1),),
        (Dispute(stated=("2025-09-13/2025-09-14", "2025-09-15"), label="day", **sides),
         Dispute(stated=("12", "15"), label="number", **sides)),
    )  # fmt: skip
    view = story_view(story, "/clips/")
    assert view["title"] == view["members"][0]["title"] == "a.txt" and view["members"][0]["copies"] == 1
    assert [d["stated"] for d in view["disputes"]] == [["13–14 September 2025", "Monday 15 September 2025"], ["12", "15"]]  # fmt: skip
