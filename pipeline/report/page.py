"""A reader → one self-contained HTML page that asks no host for anything."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib import resources

import jinja2
from markupsafe import Markup

from dateline.pipeline.report import wording
from dateline.pipeline.report.reading import Reader, Reading
from dateline.pipeline.report.view import TRACE_LINES, ArticleView, article_view, bars, timeline
from dateline.transforms.version import VERSION

MAX_ARTICLES = 500
MAX_WEIGHT = 12_000_000
"""Rough characters of markup; a browser on a phone opens a page of this size in a few seconds."""
_EVENT_WEIGHT = 1_800
_DATE_WEIGHT = 1_200


def render(reader: Reader, limit: int = MAX_ARTICLES, title: str | None = None) -> str:
    """The report of what ``reader`` holds: the newest articles up to ``limit``, the rest counted and said."""
    articles: list[ArticleView] = []
    weight = 0
    for number, reading in enumerate(reader.newest(limit)):
        weight += _weight(reading)
        if articles and weight > MAX_WEIGHT:
            break
        articles.append(article_view(reading, number))
    groups, words_only, bare = timeline(articles)
    style, script = _asset("report.css"), _asset("report.js")
    return _template().render(
        title=title or "Dateline report",
        summary=reader.summary(),
        articles=articles,
        stories=reader.stories(),
        places={a.reading.article_id: a.at for a in articles},
        groups=groups,
        words_only=words_only,
        bare=bare,
        bars=bars(groups),
        actors=sorted({v.actor for a in articles for v in a.events if v.actor}, key=str.casefold),
        style=Markup(style),
        script=Markup(script),
        policy=(
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
            "img-src data:; base-uri 'none'; form-action 'none'"
        ),
        trace_lines=TRACE_LINES,
        version=VERSION,
    )


def _weight(reading: Reading) -> int:
    return (
        2 * len(reading.text or "") + _EVENT_WEIGHT * len(reading.events) + _DATE_WEIGHT * len(reading.dates)
    )


@lru_cache(maxsize=8)
def _asset(name: str) -> str:
    return resources.files("dateline.pipeline.report").joinpath("templates", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    environment.filters["words"] = wording.in_words
    environment.filters["bounds"] = wording.bounds_in_words
    return environment.from_string(_asset("report.html.j2"))
