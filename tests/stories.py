"""Made-up stories: many events, each told by several papers in words of their own, as rows of JSON."""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Iterator

PLACES = (
    "Marrow",
    "Oakhaven",
    "Tilbrook",
    "Saltmere",
    "Kestrel Bay",
    "Dunmore",
    "Whitcombe",
    "Lorne",
    "Ashby",
    "Fenwick",
)
THINGS = ("ferry", "mill", "bridge", "school", "quarry", "theatre", "tram", "harbour", "museum", "stadium")
DEEDS = (
    ("burned", "fire"),
    ("collapsed", "collapse"),
    ("flooded", "flood"),
    ("closed", "closure"),
    ("reopened", "reopening"),
)
PAPERS = ("gazette", "herald", "courier", "mail", "observer", "tribune")
SYLLABLES = (
    "ka",
    "ro",
    "vel",
    "ti",
    "san",
    "mor",
    "del",
    "bri",
    "nu",
    "fa",
    "gor",
    "lin",
    "pe",
    "thal",
    "zu",
    "wes",
)
FILLER = (
    "{who} said the {thing} had been checked in spring and that nothing was found.",
    "Neighbours heard of the {noun} from {who}, who lives across the road.",
    "The town council of {place} will talk about the {thing} at its next meeting.",
    "About {n} people use the {thing} of {place} on a working day, by the count of the town.",
    "An engineer, {other}, was asked to write a report on the {noun}.",
)
FIRST = datetime.date(2026, 1, 5)
SPAN = 400
"""Days over which stories are spread, nine apart: two share a week only from the forty-fifth on."""


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(3)).title()


def story(number: int, tellers: int = 3, seed: int = 0) -> list[dict[str, str]]:
    """The pages of one event: the first two agree, the third puts it three days earlier, the fourth is a copy."""
    chance = random.Random(f"{seed}/{number}")
    place, thing = _name(chance), chance.choice(THINGS)
    verb, noun = chance.choice(DEEDS)
    who, other = (f"{_name(chance)} {_name(chance)}" for _ in range(2))
    count = chance.randint(20, 900)
    day = FIRST + datetime.timedelta(days=number * 9 % SPAN)
    pages = []
    for n in range(tellers):
        told = day - datetime.timedelta(days=3 * (n == 2))
        fields = {"who": who, "other": other, "thing": thing, "noun": noun, "place": place, "n": str(count)}
        more = [s.format(**fields) for s in chance.sample(FILLER, 3)]
        lead = (
            f"The {thing} of {place} {verb} on {told:%A}, {told.day} {told:%B}, and {who} called for help.",
            f"In {place} the {thing} {verb} on {told:%A}, {told.day} {told:%B}, as {who} told this paper.",
        )[n % 2]
        text = "\n\n".join((lead, *more))
        if n == 3:
            text = pages[0]["content"] + "\n\nThis text was taken over from another paper."
        pages.append(
            {
                "content": text,
                "url": f"https://{PAPERS[n % len(PAPERS)]}.example/{number}-{n}",
                "source": PAPERS[n % len(PAPERS)].title(),
                "published": (day + datetime.timedelta(days=1)).isoformat(),
                "title": f"{thing.title()} of {place} {verb}",
            }
        )
    return pages


def rows(stories: int, tellers: int = 3, seed: int = 0) -> Iterator[dict[str, str]]:
    """The pages of many stories."""
    for number in range(stories):
        yield from story(number, tellers, seed)


def jsonl(pages: list[dict[str, str]]) -> str:
    """Pages as lines."""
    return "".join(json.dumps(page) + "\n" for page in pages)
