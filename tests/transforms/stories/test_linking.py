"""All of a list at once: order and increments change nothing; bad lists are bounded."""

from __future__ import annotations

import random

from dateline.transforms.stories import infer, linking
from tests.transforms.stories.pages import BUDGET, FERRY, FERRY_ANOTHER_DAY, FERRY_ELSEWHERE, of


def pages() -> list[linking.Profile]:
    return [
        of(FERRY, "a", "2026-03-11", publisher="Meriden Post"),
        of(FERRY_ELSEWHERE, "b", "2026-03-11", publisher="Lowgate Mail"),
        of(FERRY_ANOTHER_DAY, "c", "2026-03-12", publisher="Corran Herald"),
        of(FERRY, "u", None),
        of(BUDGET, "x"),
    ]


def test_stories_of_a_list() -> None:
    found = linking.link(pages())
    assert found.stories == [["a", "b", "c", "u"]]
    kinds = {(x.kind, x.a, x.b) for x in found.links}
    assert ("same", "a", "b") in kinds
    assert ("copy", "a", "u") in kinds
    assert not [x for x in found.links if "x" in (x.a, x.b)]


def test_order_changes_nothing() -> None:
    wanted = linking.link(pages())
    for seed in range(5):
        shuffled = pages()
        random.Random(seed).shuffle(shuffled)
        assert linking.link(shuffled) == wanted


def test_what_else_is_there_changes_no_link() -> None:
    two = linking.link(pages()[:2]).links
    assert two == [x for x in linking.link(pages()).links if {x.a, x.b} <= {"a", "b"}]


def test_nothing_and_one() -> None:
    assert linking.link([]) == linking.Linked([], [])
    assert linking.link(pages()[:1]) == linking.Linked([], [])


def test_who_takes_a_text_over_is_no_second_source() -> None:
    ones = [
        of(FERRY, "b", "2026-03-11", publisher="Meriden Post"),
        of(FERRY, "a", "2026-03-12", publisher="Lowgate Mail"),
        of(FERRY_ELSEWHERE, "c", "2026-03-12", publisher="Lowgate Mail"),
        of(FERRY_ANOTHER_DAY, "u", None),
    ]
    profiles = {one.article_id: one for one in ones}
    (story,) = linking.told_by(linking.link(ones).links, profiles)
    assert story.texts == {"a": "a", "b": "a", "c": "c", "u": "u"}
    assert story.sources == {"a": "meriden post", "b": "meriden post", "c": "lowgate mail", "u": "u"}


def test_a_text_in_two_papers_gives_an_undated_page_a_bound_alone() -> None:
    ones = [
        of(FERRY, "a", "2026-03-11", publisher="Meriden Post"),
        of(FERRY, "b", "2026-03-12", publisher="Lowgate Mail"),
        of(FERRY_ELSEWHERE, "u", None),
    ]
    (story,) = linking.told_by(linking.link(ones).links, {one.article_id: one for one in ones})
    found = infer(ones[2], ones, story.sources)
    assert found is not None and (found.sources, found.certain) == (1, False)
