"""Small articles of our own writing, read by every room, and what linking makes of them."""

from __future__ import annotations

from functools import cache

from dateline.transforms.model import RawArticle
from dateline.transforms.stories.profile import Profile, profile
from dateline.transforms.walk import walk

FERRY = (
    "The ferry Aldana ran aground off Port Meriden on Tuesday with 84 passengers on board.\n\n"
    "Harbour master Ilse Ketteler said two people were hurt when the Aldana struck the Corran reef.\n\n"
    "Tugs pulled the ferry free after five hours and brought it to the shipyard of Lowgate."
)
FERRY_ELSEWHERE = (
    "Two people were hurt when the Aldana ferry hit the Corran reef near Port Meriden on Tuesday.\n\n"
    "All 84 passengers were taken off, harbour master Ilse Ketteler told reporters.\n\n"
    "The Lowgate shipyard will now look at the damage to the hull of the Aldana."
)
FERRY_ANOTHER_DAY = (
    "The ferry Aldana ran aground off Port Meriden on Sunday with 84 passengers on board.\n\n"
    "Ilse Ketteler, the harbour master, blamed the swell at the Corran reef.\n\n"
    "The ferry lies in the shipyard of Lowgate, and the Aldana will not sail for weeks."
)
BUDGET = (
    "The council of Esterwold passed a budget of 40 million crowns late on Wednesday.\n\n"
    "Mayor Tomas Brandvik called it a modest plan for schools, roads and the tram.\n\n"
    "The opposition led by Greta Solheim voted against the tram line to Norrby."
)


@cache
def of(
    text: str,
    name: str = "a",
    published: str | None = "2026-03-12",
    url: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
) -> Profile:
    """The profile of a text under a name of its own."""
    e = walk(
        RawArticle(
            content=text,
            origin=name,
            media_type="text/plain",
            url=url,
            source=publisher,
            published=published,
            carrier={"title": title} if title else {},
        )
    )
    assert e.article and e.anchors and e.parse
    article = e.article.model_copy(update={"article_id": name})
    return profile(article, e.anchors, e.parse, e.times or (), e.events or ())
