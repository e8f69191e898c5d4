"""Synthetic news pages in our own words: as many as a test needs, the same ones every time.

``page(n)`` depends on ``n`` and ``seed`` alone, so two processes that never met agree on
page 4,711. Each page is one article with a headline, a publication line, a dateline,
quotes and dates, wrapped as HTML, flat text or a JSON record, and no two have equal text.
"""

from __future__ import annotations

import datetime
import json
import random
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

FIRST_DAY = datetime.date(2024, 1, 1)
SITE = "https://news.example.org"

_TOWNS = (
    "Harlow",
    "Brenton",
    "Kestrel Bay",
    "Oakmere",
    "Sundale",
    "Port Linden",
    "Marrow Hill",
    "Tamsin",
    "Eastwick",
)
_FIRST = (
    "Ana",
    "Bram",
    "Chidi",
    "Dalia",
    "Emil",
    "Farah",
    "Goran",
    "Hana",
    "Ivo",
    "Jun",
    "Katya",
    "Luis",
    "Mona",
)
_LAST = (
    "Abbott",
    "Brandt",
    "Castro",
    "Dlamini",
    "Eriksen",
    "Fontaine",
    "Gruber",
    "Haddad",
    "Ito",
    "Jansen",
    "Kovac",
)
_ROLES = (
    "mayor",
    "harbour master",
    "head teacher",
    "fire chief",
    "council member",
    "union organiser",
    "hydrologist",
)
_THINGS = (
    "bridge",
    "tram line",
    "reservoir",
    "market hall",
    "ferry",
    "library",
    "seed bank",
    "night bus",
    "sea wall",
)
_BODIES = (
    "town council",
    "water board",
    "port authority",
    "school trust",
    "health service",
    "transit agency",
)
_VERBS = ("said", "told reporters", "announced", "warned", "added")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip

_SENTENCES = (
    "The {body} of {town} voted on {weekday} to repair the old {thing} before the winter storms arrive.",
    "“We waited {number} years for this {thing}, and people had stopped believing us,” {person} {verb} on {weekday}.",
    "{person}, the {role}, {verb} that the work on the {thing} would cost {number} million and end in {month} {year}.",
    "Residents near the {thing} reported cracks as early as {month} {day}, {year}, according to minutes of the {body}.",
    "“Nobody asked the people who cross it every morning,” {person} {verb} yesterday.",
    "The {body} {verb} it had not yet seen the bill for the {thing}, which reached {number} households last year.",
    "Work stopped on {day} {month} {year} after an engineer found water under the {thing} in {town}.",
    "{person} {verb} the {role} from {town} had promised a second inspection by {weekday}.",
    "A ferry carried about {number} passengers around the closed {thing} on {weekday}, the {body} {verb}.",
    "The next public meeting about the {thing} is planned for {month} {day}, {year}, in the hall at {town}.",
)


class NewsPage(NamedTuple):
    """One synthetic page: what a carrier would know of it, and its words."""

    number: int
    url: str
    published: datetime.date
    title: str
    byline: str
    paragraphs: tuple[str, ...]

    @property
    def name(self) -> str:
        """A file name without an ending."""
        return f"page-{self.number:06d}"

    def text(self) -> str:
        """The page as flat text, as somebody would copy it."""
        head = (self.title, f"By {self.byline}", f"Published {long_day(self.published)}")
        return "\n\n".join((*head, *self.paragraphs)) + "\n"

    def html(self) -> str:
        """The page as a site would serve it: menu, landmarks, metadata, footer."""
        body = "\n".join(f"<p>{p}</p>" for p in self.paragraphs)
        return (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
            f"<title>{self.title}</title>"
            f'<meta property="article:published_time" content="{self.published.isoformat()}T09:00:00+00:00">'
            f'<link rel="canonical" href="{self.url}"></head><body>'
            "<nav><ul><li><a href='/'>Home</a></li><li><a href='/local'>Local</a></li></ul></nav>"
            f"<main><article><h1>{self.title}</h1><p class='by'>By {self.byline}</p>"
            f"<p>Published {long_day(self.published)}</p>\n{body}</article></main>"
            "<footer><p>All rights kept by nobody.</p></footer></body></html>\n"
        )

    def record(self) -> dict[str, str]:
        """The page as a carrier's JSON record."""
        return {
            "url": self.url,
            "published": self.published.isoformat(),
            "source": "Example Courier",
            "content": self.text(),
        }


def long_day(day: datetime.date) -> str:
    """``November 5, 2024``, in the same words under every locale."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def page(number: int, seed: int = 0, sentences: int = 14) -> NewsPage:
    """Page ``number`` of the endless paper ``seed``, about ``17 * sentences`` words long."""
    dice = random.Random(f"{seed}:{number}")
    published = FIRST_DAY + datetime.timedelta(days=dice.randrange(700))
    town, thing, body = dice.choice(_TOWNS), dice.choice(_THINGS), dice.choice(_BODIES)
    people = [f"{dice.choice(_FIRST)} {dice.choice(_LAST)}" for _ in range(2)]
    lines = []
    for index in range(sentences):
        near = published - datetime.timedelta(days=dice.randrange(1, 90))
        words = {
            "body": body, "town": town, "thing": thing, "person": dice.choice(people), "role": dice.choice(_ROLES),
            "verb": dice.choice(_VERBS), "weekday": dice.choice(_WEEKDAYS), "number": dice.randrange(2, 900),
            "month": _MONTHS[near.month - 1], "day": near.day, "year": near.year,
        }  # fmt: skip
        lines.append(_SENTENCES[(number + index) % len(_SENTENCES)].format(**words))
    # The number keeps two pages that drew the same words apart.
    lines.append(f"This report was filed as item {number} of series {seed} by the desk in {town}.")
    lines[0] = f"{town.upper()}, {_MONTHS[published.month - 1]} {published.day} — {lines[0]}"
    return NewsPage(
        number=number,
        url=f"{SITE}/{seed}/{published.isoformat()}/{thing.replace(' ', '-')}-{number}",
        published=published,
        title=f"{town} weighs the future of its {thing} after report {number}",
        byline=f"{dice.choice(_FIRST)} {dice.choice(_LAST)}",
        paragraphs=tuple(" ".join(lines[i : i + 2]) for i in range(0, len(lines), 2)),
    )


def pages(count: int, seed: int = 0, start: int = 0) -> Iterator[NewsPage]:
    """``count`` pages from number ``start``."""
    return (page(n, seed) for n in range(start, start + count))


def write_folder(folder: Path, some: Iterable[NewsPage], ending: str = "html") -> list[Path]:
    """Each page as a file of its own (``html`` or ``txt``)."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for one in some:
        path = folder / f"{one.name}.{ending}"
        path.write_text(one.html() if ending == "html" else one.text(), "utf-8")
        made.append(path)
    return made


def jsonl(some: Iterable[NewsPage]) -> bytes:
    """Pages as the lines of a JSONL file."""
    return b"".join(json.dumps(one.record(), ensure_ascii=False).encode() + b"\n" for one in some)


def warc(some: Iterable[NewsPage], gzip: bool = False) -> bytes:
    """Pages as the responses of a WARC file, each after its request; ``gzip`` makes a member of each record."""
    out = bytearray()
    for one in some:
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + one.html().encode()
        for kind, block in (
            ("request", b"GET / HTTP/1.1\r\nHost: news.example.org\r\n\r\n"),
            ("response", answer),
        ):
            record = warc_record(one, kind, block)
            out += zlib.compress(record, wbits=31) if gzip else record
    return bytes(out)


def warc_record(one: NewsPage, kind: str, block: bytes) -> bytes:
    """One record in the clear, with the blank lines that end it."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {one.url}\r\n"
        f"WARC-Date: {one.published.isoformat()}T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{one.number:012d}>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"
