"""Corrections: parsed with errors that name the entry, first match wins, applied where explain can see them."""

from __future__ import annotations

import pickle
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.transforms import clean, dateline, decode
from dateline.transforms.corrections import (
    MAX_SUBJECT,
    Correction,
    Corrections,
    CorrectionsError,
    correct,
    find,
    parse,
)
from dateline.transforms.errors import NotAnArticle
from dateline.transforms.model import Anchor, Anchors, Bounds, Envelope, RawArticle

TEXT = """Boats return to Sollen lock
Published 12 May 2025

The lock keeper said on Monday that all nine boats had come back to the quay before the gale reached them."""


def anchored(url: str | None = "https://courier.example/boats", anchors: Anchors | None = None) -> Envelope:
    """An envelope after the Anchor step."""
    raw = RawArticle(content=TEXT, origin="pages/boats.txt", url=url, source="Courier")
    page = decode.decode(raw)
    article = clean.clean(page)
    return Envelope(raw=raw, page=page, article=article, anchors=anchors or dateline.anchors(page, article))


def one(**fields: object) -> Corrections:
    return Corrections(entries=(Correction.model_validate({"name": "one", "match": "*", **fields}),))


def test_a_file_is_read_in_order() -> None:
    read = parse(
        """
        [[correction]]
        name = "first"
        match = ["https://courier.example/*", "*.txt"]
        day = 2025-05-13
        zone = "Europe/Oslo"
        reason = "the page shows the day of the reprint"

        [[correction]]
        name = "second"
        match = "*"
        reject = "an index"
        """
    )
    assert [entry.name for entry in read.entries] == ["first", "second"]
    assert read.entries[0].day == "2025-05-13"
    assert read.entries[1].match == ("*",)
    assert parse("") == Corrections()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[correction]\n", "not TOML"),
        ("[corrections]\n", "unknown: corrections"),
        ("[correction]\nname = 'a'\n", "two brackets"),
        (
            "[[correction]]\nmatch = '*'\nday = 2025-01-01\n",
            "entry 1 (without a name): name: an entry needs a name",
        ),
        ("[[correction]]\nname = 'a'\nday = 2025-01-01\n", "entry 1 (a): match: an entry needs the pages"),
        ("[[correction]]\nname = 'a'\nfile = '*'\nday = 2025-01-01\n", "did you mean match?"),
        ("[[correction]]\nname = 'a'\nmatch = '*'\ndays = 2025-01-01\n", "did you mean day?"),
        ("[[correction]]\nname = 'a'\nmatch = '*'\ncolour = 'red'\n", "an entry has name, match, day"),
        ("[[correction]]\nname = 'a'\nmatch = '*'\n", "corrects nothing"),
        ("[[correction]]\nname = 'a'\nmatch = []\nday = 2025-01-01\n", "match"),
        ("[[correction]]\nname = 'a'\nmatch = '*'\nday = '2025-02-30'\n", "entry 1 (a): day"),
        ("[[correction]]\nname = 'a'\nmatch = '*'\nday = '12 May'\n", "not YYYY-MM-DD"),
        ("[[correction]]\nname = 'a'\nmatch = '*'\nday = 2025-02-03T10:00:00\n", "without a time"),
        ("[[correction]]\nname = 'a'\nmatch = '*'\nzone = 'Mars/Olympus'\n", "'Mars/Olympus' is neither"),
        ("[[correction]]\nname = 'a'\nmatch = '*'\nreject = 'x'\nday = 2025-01-01\n", "as well: day"),
        (
            "[[correction]]\nname = 'a'\nmatch = '*'\ndate = 2025-01-01\n",
            "date: no field has this name; did you mean day?",
        ),
        ("[[correction]]\nname = 'A b'\nmatch = '*'\nreject = 'x'\n", "name"),
        ("[[correction]]\nname = 'a'\nmatch = '*'\nreject = 'x'\n" * 2, "entry 2 (a): entry 1 has this name"),
    ],
)
def test_a_fault_names_its_entry(text: str, words: str) -> None:
    with pytest.raises(CorrectionsError) as caught:
        parse(text, "mine.toml")
    assert str(caught.value).startswith("mine.toml: ")
    assert words in str(caught.value)


def test_first_match_wins_on_url_or_origin() -> None:
    read = parse(
        "[[correction]]\nname='url'\nmatch='https://courier.example/*'\nzone='+01:00'\n"
        "[[correction]]\nname='origin'\nmatch='*/boats.txt'\nzone='+02:00'\n"
        "[[correction]]\nname='rest'\nmatch='*'\nzone='+03:00'\n"
    )
    url, origin = "https://courier.example/boats", "pages/boats.txt"
    assert (found := find(read, url, origin)) and found.name == "url"
    assert (found := find(read, None, origin)) and found.name == "origin"
    assert (found := find(read, "https://other.example/", "x#1")) and found.name == "rest"
    assert find(read, None, None) is None
    assert find(parse("[[correction]]\nname='a'\nmatch='boats'\nreject='x'\n"), origin) is None, (
        "whole, not part"
    )


def test_a_pattern_without_a_slash_matches_file_names() -> None:
    read = one(reject="x", match="boats_*.txt")
    assert find(read, None, "pages/old/boats_1.txt")
    assert find(read, None, "boats_1.txt")
    assert find(read, "https://courier.example/a/boats_2.txt", "feed#1")
    assert find(read, None, "pages/boats_1.txt/other.html") is None
    assert find(one(reject="x", match="old/boats_1.txt"), None, "pages/old/boats_1.txt") is None


def test_a_hostile_pattern_is_bounded() -> None:
    read = one(reject="x", match="*a" * 200 + "b")
    started = time.process_time()
    assert find(read, "a" * MAX_SUBJECT * 3) is None
    assert time.process_time() - started < 2


def test_a_day_replaces_the_anchor_and_keeps_it_as_a_loser() -> None:
    before = anchored()
    assert before.anchors and before.anchors.page.value == "2025-05-12"
    after = correct(before, one(day="2025-05-19", reason="a reprint"))
    assert after.anchors
    page = after.anchors.page
    assert (page.kind, page.value, page.rule) == ("published", "2025-05-19", "correction.one")
    assert after.anchors.published == "2025-05-19"
    loser = page.losers[0]
    assert (loser.value, loser.rule, loser.span) == (
        "2025-05-12",
        before.anchors.page.rule,
        before.anchors.page.span,
    )
    assert loser.reason == "replaced by correction.one: a reprint"


def test_a_dateline_stays_one_and_publication_stays_as_it_was() -> None:
    wire = Anchors(page=Anchor(kind="dateline", value="2025-05-10", rule="dateline"), published="2025-05-12")
    after = correct(anchored(anchors=wire), one(day="2025-05-11")).anchors
    assert after and (after.page.kind, after.page.value, after.published) == (
        "dateline",
        "2025-05-11",
        "2025-05-12",
    )


def test_posts_with_a_bare_clock_move_along() -> None:
    def post(value: str, text: str) -> Anchor:
        return Anchor(kind="section", value=value, text=text, rule="section.clock")

    live = Anchors(
        page=Anchor(kind="published", value="2025-05-12"),
        published="2025-05-12",
        sections=(
            post("2025-05-12T14:32", "14:32"),
            post("2025-05-11T23:50", "11.50 pm"),
            post("2025-05-10T09:00", "10 May 09:00"),
            Anchor(kind="none"),
        ),
    )
    after = correct(anchored(anchors=live), one(day="2025-06-12")).anchors
    assert after
    assert [s.value for s in after.sections] == [
        "2025-06-12T14:32",
        "2025-06-11T23:50",
        "2025-05-10T09:00",
        None,
    ]
    assert after.sections[0].losers[0].value == "2025-05-12T14:32"
    assert after.sections[2].rule == "section.clock"


def test_bounds_that_deny_the_day_go() -> None:
    bounded = Anchors(page=Anchor(kind="none"), bounds=Bounds(not_after="2025-05-12"))
    early = correct(anchored(anchors=bounded), one(day="2025-05-01")).anchors
    late = correct(anchored(anchors=bounded), one(day="2025-05-20")).anchors
    assert early and early.bounds.not_after == "2025-05-12"
    assert late and late.bounds.not_after is None


def test_zone_and_publisher() -> None:
    before = anchored()
    after = correct(before, one(zone="Europe/Oslo", publisher="Aldmere Courier"))
    assert before.anchors and after.anchors and after.article
    assert after.article.publisher == "Aldmere Courier"
    assert after.anchors.page.zone == "Europe/Oslo"
    assert after.anchors.page.rule == before.anchors.page.rule, "the day is the page's own still"
    assert [(c.kind, c.value, c.rule) for c in after.anchors.page.losers[-2:]] == [
        ("publisher", "Courier", "correction.one"),
        ("zone", None, "correction.one"),
    ]


def test_a_rejected_page_says_why() -> None:
    with pytest.raises(NotAnArticle, match=r"correction\.one: an index of boats"):
        correct(anchored(), one(reject="an index of boats"))


def test_without_a_match_nothing_changes() -> None:
    envelope = anchored()
    assert correct(envelope) is envelope
    assert correct(envelope, one(match="nothing", day="2025-01-01")) is envelope


def test_corrections_travel_to_workers() -> None:
    read = one(day="2025-01-01")
    assert pickle.loads(pickle.dumps(read)) == read
    assert Corrections.model_validate_json(read.model_dump_json()) == read


@given(st.dates(), st.sampled_from(["published", "dateline", "modified"]), st.dates())
def test_any_day_can_replace_any_day(new: object, kind: str, old: object) -> None:
    anchors = Anchors(page=Anchor.model_validate({"kind": kind, "value": str(old)}))
    after = correct(anchored(anchors=anchors), one(day=str(new))).anchors
    assert after and after.page.day == str(new) and after.page.losers[0].value == str(old)
