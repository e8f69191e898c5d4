"""The sample pages are read as people read them: reading.toml against the rooms."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline.transforms.errors import Rejection
from dateline.transforms.model import Envelope, Event
from tests.seeds.pages import PAGES, SEEDS, raw_articles, read_all

_DATA = tomllib.loads(Path(__file__).with_name("reading.toml").read_text("utf-8"))
READINGS: list[dict[str, Any]] = _DATA["page"]
ALLOWED: dict[str, int] = _DATA["wrong"]
"""How many readings are still wrong: these numbers only fall. The pages are examples, and no measure of quality."""
ARTICLES = [page for page in READINGS if "rejected" not in page]
each_page = pytest.mark.parametrize("page", ARTICLES, ids=lambda page: page["file"])


def article_of(page: dict[str, Any]) -> Envelope:
    found = read_all()[page["file"]]
    assert isinstance(found, Envelope), f"{page['file']}: {found}"
    return found


def test_every_page_has_a_reading_and_stands_in_the_guide() -> None:
    assert [page["file"] for page in READINGS] == [name for name, _ in raw_articles()]
    guide = (SEEDS / "README.md").read_text("utf-8")
    for path in PAGES.iterdir():
        assert f"(pages/{path.name})" in guide


def test_the_feeds_are_addresses() -> None:
    lines = (SEEDS / "feeds.txt").read_text("utf-8").splitlines()
    told = [line for line in lines if line and not line.startswith("#")]
    assert len(told) >= 5 and len(set(told)) == len(told)
    assert all(re.fullmatch(r"https://[\w.-]+/\S+", line) for line in told)


def wrong_anchors(page: dict[str, Any]) -> list[str]:
    """What the page is said to be of: published, modified, anchor, agency, bounds."""
    anchors = article_of(page).anchors
    assert anchors
    found: dict[str, Any] = {
        "published": (anchors.published or "")[:10],
        "modified": (anchors.modified or "")[:10],
        "anchor": [anchors.page.kind, anchors.page.day or ""],
        "agency": anchors.agency,
        "not_after": (anchors.bounds.not_after or "")[:10],
    }
    return [
        f"{page['file']}: {name}: {page[name]}, not {found[name]}"
        for name in found
        if page.get(name, found[name]) != found[name]
    ]


def wrong_dates(page: dict[str, Any]) -> list[str]:
    """Expressions that are not found, have another day, or have one where the page gives none."""
    read = article_of(page)
    assert read.article and read.times is not None
    wrong = []
    for around, wanted in page["dates"]:
        before, rest = around.split("[")
        words, after = rest.split("]")
        at = read.article.text.find(before + words + after)
        start, end = at + len(before), at + len(before) + len(words)
        over = [t for t in read.times if at >= 0 and t.span.start < end and start < t.span.end]
        answers = {t.edtf or (f"?{t.partial}" if wanted and t.partial else "") for t in over}
        if not answers & set(wanted.split(" | ")) or (not wanted and answers != {""}):
            wrong.append(f"{page['file']}: {around}: {wanted or 'undated'}, not {answers or 'found'}")
    return wrong


def intruders(page: dict[str, Any]) -> list[str]:
    """What is not the article's and was read as if it were: words, and days."""
    read = article_of(page)
    assert read.article and read.times is not None
    strange = tuple(page.get("not_days", ["none"]))
    words = [words for words in page.get("not_text", []) if words in read.article.text]
    days = [t.span.exact for t in read.times if (t.edtf or "").startswith(strange)]
    return [f"{page['file']}: {each}" for each in words + days]


def wrong_claims(page: dict[str, Any]) -> list[str]:
    """Claims that are not found, are another's, of another day, or outside of the report that they stand in."""
    read = article_of(page)
    assert read.events is not None
    by_id = {event.event_id: event for event in read.events}
    wrong = []
    for content, speaker, *more in page["said"]:
        day, reporter = [*more, "", ""][:2]
        over = [e for e in read.events if any(w in words_of(e) for w in content.split(" | "))]
        right = [e for e in over if is_by(e, speaker)]
        where = f"{page['file']}: {content}"
        if not right:
            named = [e.actor.name if e.actor else None for e in over]
            wrong.append(f"{where}: {speaker}, not {named or 'found'}")
        elif day and day not in (days := [e.when.edtf if e.when else None for e in right]):
            wrong.append(f"{where}: {day}, not {days}")
        elif reporter and not any(e.within and is_by(by_id[e.within], reporter) for e in right):
            wrong.append(f"{where}: within the report of {reporter}")
    return wrong


@pytest.mark.parametrize(
    "judge", [wrong_anchors, wrong_dates, wrong_claims, intruders], ids=lambda f: f.__name__
)
def test_wrong_readings(judge: Callable[[dict[str, Any]], list[str]]) -> None:
    """No more are wrong than the file allows; the names of those that are stand in the failure."""
    wrong = [line for page in ARTICLES for line in judge(page)]
    assert len(wrong) <= ALLOWED[judge.__name__], "\n".join(wrong)


def test_published_is_never_wrong_and_the_undated_stays_undated() -> None:
    lines = [line for page in ARTICLES for line in [*wrong_anchors(page), *wrong_dates(page)]]
    assert [line for line in lines if ": published: " in line or ": undated, not {" in line] == []


def words_of(event: Event) -> str:
    return " ".join(span.exact for span in event.content)


def is_by(event: Event, names: str) -> bool:
    actor = event.actor
    told = f"{actor.name} {actor.role or ''}".casefold() if actor else ""
    return any(name.casefold() in told for name in names.split(" | "))


@each_page
def test_no_claim_comes_twice(page: dict[str, Any]) -> None:
    read = article_of(page)
    assert read.events is not None
    told = [
        (e.actor.name if e.actor else None, e.action.lemma, words_of(e)) for e in read.events if e.content
    ]
    assert len(told) == len(set(told))


def test_a_front_page_is_a_dead_letter() -> None:
    (page,) = [page for page in READINGS if "rejected" in page]
    found = read_all()[page["file"]]
    assert isinstance(found, Rejection) and found.type == page["rejected"]
