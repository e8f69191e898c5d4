"""The stories of the first five pages, and of our own sample pages."""

from __future__ import annotations

import datetime
from functools import cache

import pytest

from dateline.transforms.model import Envelope
from dateline.transforms.stories import infer, linking, unpack
from dateline.transforms.stories.profile import Profile
from tests.seeds import test_first_pages as first
from tests.seeds.pages import read_all


def profile_of(name: str, e: Envelope) -> Profile:
    assert e.article and e.profile
    one = unpack(e.profile)
    assert one is not None
    return one


@cache
def own() -> tuple[linking.Linked, dict[str, str], dict[str, Profile]]:
    """The links of the sample pages, the page of each article id, and the profiles by page."""
    read = {name: e for name, e in read_all().items() if isinstance(e, Envelope)}
    profiles = {name: profile_of(name, e) for name, e in read.items()}
    return linking.link(profiles.values()), {p.article_id: name for name, p in profiles.items()}, profiles


def test_the_sample_pages_tell_these_stories() -> None:
    linked, names, _ = own()
    assert sorted(
        [names[x][:2] for x in sorted(story, key=lambda i: names[i])] for story in linked.stories
    ) == [
        ["01", "02"],
        ["03", "04"],
        ["08", "09"],
    ]


def test_the_wire_story_and_its_copy() -> None:
    linked, names, _ = own()
    assert [{names[x.a][:2], names[x.b][:2]} for x in linked.links if x.kind == "copy"] == [{"08", "09"}]


@cache
def five() -> tuple[linking.Linked, dict[str, str], dict[str, Profile]]:
    profiles = {n: profile_of(n, first.page(n)) for n in ("000", "001", "002", "003", "004")}
    return linking.link(profiles.values()), {p.article_id: n for n, p in profiles.items()}, profiles


@first.pytestmark
def test_one_call_one_meeting_and_a_page_that_stands_alone() -> None:
    linked, names, _ = five()
    assert sorted(sorted(names[x] for x in story) for story in linked.stories) == [
        ["000", "001"],
        ["002", "004"],
    ]


@first.pytestmark
def test_the_call_is_put_on_two_days() -> None:
    linked, _, profiles = five()
    events = {s.event: n for n, p in profiles.items() for s in p.slots if s.event}
    (found,) = [
        {(events[x.a], x.evidence[0].a), (events[x.b], x.evidence[0].b)}
        for x in linked.links
        if x.kind == "contradicts" and {events.get(x.a), events.get(x.b)} == {"000", "001"}
    ]
    assert found == {("000", "2024-05-13"), ("001", "2024-05-11/2024-05-12")}
    assert all(x.evidence[0].feature == "day" for x in linked.links if x.kind == "contradicts")


@first.pytestmark
def test_one_partner_gives_the_undated_page_a_bound_and_no_day() -> None:
    _, _, profiles = five()
    found = infer(profiles["004"], [profiles["002"], profiles["004"]])
    assert found is not None and not found.certain
    assert (datetime.date.fromordinal(found.start).isoformat(), found.sources) == ("2024-03-25", 1)


@pytest.mark.parametrize("name", ["01", "02"])
def test_the_profile_of_a_sample_page_is_small(name: str) -> None:
    _, _, profiles = own()
    (one,) = [p for page, p in profiles.items() if page.startswith(name)]
    assert len(one.pack()) < 16_000
