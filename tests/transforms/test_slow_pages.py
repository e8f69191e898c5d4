"""A page that takes too long is a dead letter: rooms ask for the time between lines and sentences."""

from __future__ import annotations

import pytest

from dateline.transforms import claims, clean, deadline, decode, language, timex
from dateline.transforms.errors import DeadlinePassed
from dateline.transforms.model import Anchor, Anchors, RawArticle
from dateline.transforms.walk import walk

PAGE = (
    "Published: 18 November 2026\n\nRiver falls back\n\n"
    "Mayor Ana Ruiz said on Monday that the bridge would reopen once engineers had checked every one of its piers.\n\n"
    '"We lost a whole week," Ruiz told reporters on Tuesday, adding that the ferries would run until Friday at least.\n'
)


def test_every_long_room_asks_for_the_time() -> None:
    envelope = walk(RawArticle(content=PAGE, origin="page"))
    assert envelope.page
    assert envelope.article
    assert envelope.parse
    page, article, parse = envelope.page, envelope.article, envelope.parse
    anchors = Anchors(page=Anchor(kind="published", value="2026-11-18"))
    html = RawArticle(
        content="<html><body><p>" + PAGE + "</p></body></html>", origin="page", media_type="text/html"
    )
    rooms = {
        "decode": lambda: decode.decode(html),
        "clean": lambda: clean.clean(page),
        "parse": lambda: language.parse(article),
        "dates": lambda: timex.annotate(article, anchors, parse),
        "claims": lambda: claims.extract(article, parse),
    }
    for name, room in rooms.items():
        with deadline.limit(-1.0), pytest.raises(DeadlinePassed):
            room()
            pytest.fail(f"{name} never asked for the time")


def test_a_page_in_time_is_read_whatever_the_limit() -> None:
    with deadline.limit(60.0):
        assert walk(RawArticle(content=PAGE, origin="page")).events
