"""Lists that no newsroom would send: all alike, without words, without days. Bounded, and the same in any order."""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from dateline.transforms.model import Link
from dateline.transforms.stories import linking, meeting
from dateline.transforms.stories.profile import Profile
from dateline.transforms.stories.shingles import Sketch
from tests.transforms.stories.pages import BUDGET, FERRY, FERRY_ANOTHER_DAY, FERRY_ELSEWHERE, of

NOTHING: frozenset[int] = frozenset()
MANY = 60


def alike(n: int) -> Profile:
    return replace(of(FERRY), article_id=f"{n:04}")


def undated(n: int) -> Profile:
    return replace(of((FERRY, FERRY_ELSEWHERE, BUDGET)[n % 3]), article_id=f"{n:04}", published=None)


def of_one_day(n: int) -> Profile:
    return replace(of((FERRY, FERRY_ELSEWHERE, FERRY_ANOTHER_DAY, BUDGET)[n % 4]), article_id=f"{n:04}")


def wordless(n: int) -> Profile:
    return replace(
        of(FERRY), article_id=f"{n:04}", size=0, terms={}, rare=(), head=NOTHING, names=NOTHING, numbers=NOTHING,
        days=(), sketch=Sketch((), 0), places={}, slots=(),
    )  # fmt: skip


def of_one_word(n: int) -> Profile:
    word = of(FERRY).rare[0]
    return replace(wordless(n), size=900, terms={word: 1.0}, rare=(word,), head=frozenset([word]))


@pytest.mark.parametrize("make", [alike, undated, of_one_day, wordless, of_one_word])
def test_order_is_of_no_matter(make: Callable[[int], Profile], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"FULL": 16, "NEAR": 4, "FOLLOWERS": 8}.items():
        monkeypatch.setattr(meeting, name, value)
    ones = [make(n) for n in range(MANY)]
    wanted = linking.link(ones)
    random.Random(1).shuffle(ones)
    assert linking.link(ones) == wanted
    assert sum(x.kind == "same" for x in wanted.links) <= 8 * MANY
    if make in (alike, undated):
        assert sorted(map(len, wanted.stories)) == ([MANY] if make is alike else [20, 40])
    if make in (wordless, of_one_word):
        assert wanted == linking.Linked([], [])


def test_a_thousand_identical_pages_are_one_chain_of_bounded_pairs() -> None:
    ones = [alike(n) for n in range(1_000)]
    pairs = [(a.article_id, b.article_id) for a, b in linking.candidates(ones)]
    assert len(pairs) <= meeting.NEAR * len(ones)
    assert {(f"{n:04}", f"{n + 1:04}") for n in range(999)} <= set(pairs)


@pytest.mark.parametrize("days", [7, 28, 90])
def test_how_long_a_bucket_is_changes_no_pair(days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    first = of(FERRY).published
    assert first
    texts = (FERRY, FERRY_ELSEWHERE, FERRY_ANOTHER_DAY, BUDGET)
    ones = [
        replace(of(texts[n % 4]), article_id=f"{n:04}", published=None if n % 9 == 0 else first + n * 3 % 50)
        for n in range(40)
    ]

    def pairs() -> set[tuple[str, str]]:
        return {(a.article_id, b.article_id) for a, b in linking.candidates(ones)}

    wanted = pairs()
    # The package has a function of the module's name.
    for module in (sys.modules["dateline.transforms.stories.keys"], meeting):
        monkeypatch.setattr(module, "BUCKET", days)
    assert pairs() == wanted and wanted


def test_an_article_is_compared_until_several_in_a_row_are_no_story(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []
    real = linking.links_of

    def counted(a: Profile, b: Profile) -> list[Link]:
        asked.append((a.article_id, b.article_id))
        return [] if "x" in (a.article_id + b.article_id) else real(a, b)

    monkeypatch.setattr(linking, "links_of", counted)
    names = ["0000", *(f"x{n:03}" for n in range(MANY))]
    linking.link(replace(of(FERRY), article_id=name) for name in names)
    assert Counter(a for a, _ in asked)["0000"] == meeting.MISSES
    asked.clear()
    linking.link(
        replace(of(FERRY), article_id=name) for name in names[:1] + [f"{n:04}" for n in range(1, MANY)]
    )
    assert Counter(a for a, _ in asked)["0000"] == meeting.FOLLOWERS
