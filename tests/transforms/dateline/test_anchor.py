"""Whole pages of our own: the day that is found, and above all the day that is not."""

from __future__ import annotations

import pytest

from dateline.transforms.dateline import anchors
from dateline.transforms.model import Anchors, Article, Block, Evidence, EvidenceRole, Page
from tests.quality.bare import bare_article

BODY = (
    "The harbour board voted on Tuesday to close the old swing bridge for nine weeks while its bearings are replaced.\n"
    "Lorries will be sent by the northern ring road, and the board said that the ferry would carry people on foot.\n"
    "Shopkeepers on the quay had asked for a later start, because the summer fair brings in most of their year's trade.\n"
)


def read(
    text: str,
    evidence: tuple[Evidence, ...] = (),
    url: str | None = None,
    zone: str | None = None,
    *,
    rules: bool = False,
) -> Anchors:
    page = Page(
        text=text,
        media_type="text/plain",
        origin="t",
        url=url,
        evidence=evidence,
        metadata={"zone": zone} if zone else {},
    )
    return anchors(page, bare_article(text), rules=rules)


def stated(source: str, role: EvidenceRole, value: str) -> Evidence:
    return Evidence.model_validate({"source": source, "role": role, "value": value})


@pytest.mark.parametrize("rules", [False, True])
@pytest.mark.parametrize(
    "head",
    [
        "Old bridge to close\nPublished: 14 May 2026, 01:28\n",
        "Home\nNews\nOld bridge to close for nine weeks\nBy Ana Ruiz\nMay 14, 2026 9:15 AM EDT\n",
        "Friday, July 17, 2026\nOld bridge to close for nine weeks\nPublished: 14 May 2026, 01:28\n",
        "64.2 F\nFriday, July 17, 2026\nOld bridge to close for nine weeks\nBy Ana Ruiz\nPublished May 14, 2026\n",
        "Alte Brücke wird gesperrt\nVeröffentlicht am 14.05.2026 - 16:17\n",
    ],
)
def test_finds_the_day(head: str, rules: bool) -> None:
    found = read(head + BODY, rules=rules)
    assert found.published == "2026-05-14"
    assert found.page.kind == "published"


@pytest.mark.parametrize("rules", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "71.2 F\nMonday, July 20, 2026\nHome\nOld bridge to close\n" + BODY,
        "Old bridge to close\n" + BODY + "© 2026 Harbour Post. All rights reserved.\n",
        "Old bridge to close\n12 hours ago\n" + BODY,
        "world2026-06-03 19:12:193253\n" + BODY,
        "Old bridge to close\n"
        + BODY
        + "Most read\nFerry is late\nJune 3, 2026\nFair is off\nJune 2, 2026\nMill burns\nJune 1, 2026\n",
        "Thu May 22 16:40:00 UTC 2025: here is what was asked for\n" + BODY,
    ],
)
def test_a_page_that_never_says_its_day_has_none(text: str, rules: bool) -> None:
    found = read(text, (stated("carrier", "fetched", "2026-08-01T10:00:00Z"),), rules=rules)
    assert found.published is None
    assert found.page.kind == "none"
    assert found.page.value is None
    assert found.bounds.not_after is not None


def test_a_page_clock_bounds_and_loses_with_its_reason() -> None:
    found = read("71.2 F\nMonday, July 20, 2026\nHome\nOld bridge to close\n" + BODY)
    assert found.bounds.not_after == "2026-07-20"
    assert [(c.value, c.reason.partition(":")[0]) for c in found.page.losers] == [
        ("2026-07-20", "page clock")
    ]


def test_each_loser_says_why() -> None:
    found = read(
        "Old bridge to close for nine weeks\nPublished: 14 May 2026, 01:28 | Updated: 15 May 2026, 09:00\n"
        "The bridge on Friday, May 8, 2026. (AP)\n" + BODY + "© Harbour Post 3 June 2026\n"
    )
    assert found.published == "2026-05-14"
    assert found.modified == "2026-05-15"
    why = {c.value: c.reason for c in found.page.losers}
    assert "updated" in why["2026-05-15"]
    assert "caption" in why["2026-05-08"]
    assert "copyright" in why["2026-06-03"]
    assert found.page.value == "2026-05-14T01:28"


def test_an_update_alone_is_assumed() -> None:
    found = read("Old bridge to close for nine weeks\nUpdated: 15 May 2026, 09:00\n" + BODY)
    assert (found.page.kind, found.page.certainty, found.published) == ("modified", "assumed", "2026-05-15")


def test_the_dateline_goes_before_the_publication() -> None:
    found = read(
        "Old bridge to close for nine weeks\nPublished: 2 January 2026, 01:28\nOSLO, Dec. 31 (Reuters) - "
        + BODY
    )
    assert (found.page.kind, found.page.day, found.page.zone) == ("dateline", "2025-12-31", "Europe/Oslo")
    assert found.published == "2026-01-02"
    assert found.agency == "Reuters"
    assert [c.kind for c in found.page.losers] == ["published"]
    assert found.page.span is not None


def test_an_old_dateline_is_a_story_told_again() -> None:
    found = read(
        "Old bridge to close\nPublished: 2 November 2026, 01:28\nOSLO, March 3, 2024 (Reuters) - " + BODY
    )
    assert (found.page.kind, found.page.day) == ("published", "2026-11-02")
    assert found.page.losers[0].kind == "dateline"


@pytest.mark.parametrize(
    ("evidence", "expected", "rule"),
    [
        ((stated("json-ld", "published", "2026-05-14T08:00:00+02:00"),), "2026-05-14", "published.json-ld"),
        (
            (stated("opengraph", "published", "2026-05-16"), stated("carrier", "published", "2026-05-14")),
            "2026-05-14",
            "published.carrier",
        ),
        (
            (stated("url", "unknown", "https://post.example/2026/05/14/bridge"),),
            "2026-05-14",
            "published.url",
        ),
        (
            (stated("url", "unknown", "https://post.example/2026/may/14/bridge"),),
            "2026-05-14",
            "published.url",
        ),
        ((stated("json-ld", "modified", "2026-05-14T08:00:00+02:00"),), "2026-05-14", "modified.json-ld"),
        ((stated("carrier", "fetched", "2026-05-14"),), None, "none"),
        ((stated("url", "unknown", "https://post.example/2026/05/"),), None, "none"),
        ((stated("meta", "published", "1778745600"),), "2026-05-14", "published.meta"),
        ((stated("meta", "published", "yesterday"),), None, "none"),
    ],
)
def test_evidence_by_trust(evidence: tuple[Evidence, ...], expected: str | None, rule: str) -> None:
    found = read(BODY, evidence)
    assert (found.published, found.page.rule) == (expected, rule)


@pytest.mark.parametrize(
    ("source", "expected"),
    [("json-ld", "2026-05-20"), ("meta", "2026-05-14"), ("time", "2026-05-14"), ("carrier", "2026-05-20")],
)
def test_a_clear_printed_stamp_beats_a_weak_field(source: str, expected: str) -> None:
    head = "Home\nNews\nOld bridge to close for nine weeks\nPublished: 14 May 2026, 01:28\n"
    found = read(head + BODY, (stated(source, "published", "2026-05-20"),))
    assert found.published == expected
    assert len(found.page.losers) == 1


@pytest.mark.parametrize(
    ("fetched", "zone", "expected", "bound"),
    [
        ("2026-05-14T09:00:00Z", None, "2026-05-14", "2026-05-14"),
        ("2026-05-13T20:00:00Z", None, "2026-05-14", "2026-05-14"),
        ("2026-05-13T20:00:00Z", "America/Chicago", None, "2026-05-13"),
        ("2026-05-12", None, None, "2026-05-12"),
    ],
)
def test_nothing_is_published_after_it_was_fetched(
    fetched: str, zone: str | None, expected: str | None, bound: str
) -> None:
    evidence = (stated("json-ld", "published", "2026-05-14"), stated("carrier", "fetched", fetched))
    found = read(BODY, evidence, zone=zone)
    assert (found.published, found.bounds.not_after) == (expected, bound)


def test_contradicting_fields_are_kept_as_losers() -> None:
    found = read(
        BODY, (stated("json-ld", "published", "2026-05-14"), stated("opengraph", "published", "2026-05-17"))
    )
    assert found.published == "2026-05-14"
    assert [(c.value, c.rule) for c in found.page.losers] == [("2026-05-17", "published.opengraph")]


@pytest.mark.parametrize(
    ("text", "zone", "day"),
    [
        ("CHICAGO (AP) — " + BODY, None, "2026-05-13"),
        ("Old bridge to close\nBy Ana Ruiz\nMay 13, 2026\n" + BODY, None, "2026-05-13"),
        ("Old bridge to close\nBy Ana Ruiz\nMay 14, 2026\nCHICAGO (AP) — " + BODY, None, "2026-05-14"),
        (BODY, "America/Denver", "2026-05-13"),
        (BODY, None, "2026-05-14"),
        ("SYDNEY (AP) — " + BODY, None, "2026-05-14"),
    ],
)
def test_a_machines_utc_near_midnight_becomes_the_local_day(text: str, zone: str | None, day: str) -> None:
    found = read(text, (stated("json-ld", "published", "2026-05-14T02:30:00Z"),), zone=zone)
    assert found.published == day


def test_an_offset_keeps_its_own_day() -> None:
    found = read("TOKYO (AP) — " + BODY, (stated("json-ld", "published", "2026-05-13T23:30:00-05:00"),))
    assert found.page.value == "2026-05-13T23:30-05:00"
    assert found.published == "2026-05-13"


def test_the_span_of_the_anchor_stands_in_the_page() -> None:
    text = "Menu\nOld bridge to close for nine weeks\nPublished: 14 May 2026, 01:28\n" + BODY
    found = read(text)
    assert found.page.span is not None
    assert text[found.page.span.start : found.page.span.end] == found.page.span.exact == "14 May 2026, 01:28"


def live(*posts: str) -> tuple[Page, Article]:
    lines = ["Storm reaches the coast", "Published: 14 May 2026, 06:00 | Updated: 15 May 2026, 00:40"]
    blocks, at, section = [], 0, 0
    pieces = []
    for line in lines + [
        x for p in posts for x in (p, "The harbour master said that every berth was taken by now.")
    ]:
        if line in posts:
            section += 1
        blocks.append(
            Block(
                kind="post" if line in posts else "paragraph",
                start=at,
                end=at + len(line),
                page_start=at,
                section=section,
            )
        )
        pieces.append(line)
        at += len(line) + 1
    text = "\n".join(pieces)
    article = bare_article(text).model_copy(update={"blocks": tuple(blocks)})
    return Page(text=text, media_type="text/plain", origin="t"), article


def test_posts_take_their_clock_and_fall_back_over_midnight() -> None:
    page, article = live("00:31 GMT", "23:50", "11:26 p.m.", "May 13, 2026 at 10:00")
    found = anchors(page, article)
    assert [(a.kind, a.value) for a in found.sections[1:]] == [
        ("section", "2026-05-15T00:31"),
        ("section", "2026-05-14T23:50"),
        ("section", "2026-05-14T23:26"),
        ("section", "2026-05-13T10:00"),
    ]
    assert found.of(0).kind == "published"
    assert all(a.span and page.text[a.span.start : a.span.end] == a.span.exact for a in found.sections[1:])


def test_posts_in_order_rise_over_midnight() -> None:
    page, article = live("22:10", "23:50", "00:15", "01:00")
    assert [a.value for a in anchors(page, article).sections[1:]] == [
        "2026-05-14T22:10",
        "2026-05-14T23:50",
        "2026-05-15T00:15",
        "2026-05-15T01:00",
    ]


def test_a_post_after_the_fetching_says_nothing() -> None:
    page, article = live("22:10", "23:50", "00:15")
    page = page.model_copy(update={"evidence": (stated("carrier", "fetched", "2026-05-14"),)})
    found = anchors(page, article)
    assert [a.value for a in found.sections[1:]] == ["2026-05-14T22:10", "2026-05-14T23:50", None]


def test_a_clock_without_a_day_anchors_nothing() -> None:
    text = "11:26 The quay is dry"
    article = bare_article(text).model_copy(
        update={"blocks": (Block(kind="post", start=0, end=len(text), page_start=0, section=1),)}
    )
    found = anchors(Page(text=text, media_type="text/plain", origin="t"), article)
    assert [a.kind for a in found.sections] == ["none", "none"]


def test_day_of_a_comment_is_no_day_of_publication() -> None:
    page = Page(
        text=f"{BODY}Comments (2)\ntom77\n13 June 2024 at 10:14\nI was there.\n",
        media_type="text/plain",
        origin="t",
    )
    assert anchors(page, bare_article(BODY)).published is None
