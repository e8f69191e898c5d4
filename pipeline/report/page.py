"""Renders one self-contained HTML page that makes no network request.

The page contains its data as packed JSON in script elements that the browser does not run; our own script
draws it. All words of articles enter the document as text, never as markup.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import zlib
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import jinja2
from markupsafe import Markup
from pydantic_core import to_json

from dateline.pipeline.report import view, wording
from dateline.pipeline.report.records import Reader, Summary
from dateline.pipeline.report.stories import STORIES
from dateline.transforms.version import VERSION

MAX_ARTICLES = 500
"""The default number of articles on a page."""
MAX_BYTES, MAX_BYTES_ASKED = 16_000_000, 200_000_000
"""Characters of data: as many as a phone opens in a few seconds, and as many as a computer opens if a user
asks for more articles. The file has about a sixth of that size (300 pages of 15 sentences: 6.3 million
characters, a file of 0.9 MB)."""
LEVEL = 4
"""How hard zlib tries: half of the time of its default level, for a twentieth more bytes."""
PACK = 25
"""Articles that are packed and unpacked together."""
PLAIN_EVENTS = 200
"""Events of the list that is shown if the browser runs no scripts."""
MAX_PATH = 1_000
TITLE = "Dateline report"
_LOCAL = re.compile(r"(?:file://)?/|[A-Za-z]:[/\\]")
SCRIPTS = ("data", "filters", "axis", "lists", "reader", "print", "main")


class _Held(NamedTuple):
    """The articles that fit on the page, and why there are no more: ``limit`` or ``size``; empty if all fit."""

    entries: list[view.View]
    views: list[str]
    why_not_all: str


def render(
    reader: Reader, limit: int | None = None, title: str | None = None, folder: Path | None = None
) -> str:
    """The report of the newest articles up to ``limit``; the page says how many it leaves out.

    ``folder`` is the folder of the report; saved pages below the working directory are linked relative to it.
    """
    summary = reader.summary()
    held = _hold(reader, summary, limit)
    stories = reader.stories()
    days = reader.story_days([entry["id"] for entry in held.entries])
    shared = folder_of(e["origin"] for e in held.entries)
    for entry in held.entries:
        if folder and (saved := saved_page(entry["origin"], folder)):
            entry["file"] = saved
        entry["origin"] = entry["origin"].removeprefix(shared)
        if entry["id"] in days:
            entry["inferred"] = view.story_day(days[entry["id"]])
    data = {
        "version": VERSION,
        "summary": _summary(summary, shared),
        "whyNotAll": held.why_not_all,
        "limit": limit or MAX_ARTICLES,
        "asked": limit is not None,
        "articles": held.entries,
        "moreStories": len(stories) >= STORIES,
        "stories": [view.story_view(story, shared) for story in stories],
    }
    style, script = _asset("report.css"), "".join(_asset(f"{name}.js") for name in SCRIPTS)
    script = f'"use strict";\n(async () => {{\n{script}}})();\n'
    return _template().render(
        title=title or TITLE,
        subtitle=_subtitle(held.entries),
        held=len(held.entries),
        summary=summary,
        plain=list(islice(_plain(held.entries), PLAIN_EVENTS)),
        data=_packed(_json(data)),
        packs=[_packed("\n".join(held.views[n : n + PACK])) for n in range(0, len(held.views), PACK)],
        style=Markup(style),
        script=Markup(script),
        policy=(
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
            "img-src data:; base-uri 'none'; form-action 'none'"
        ),
        version=VERSION,
    )  # fmt: skip


def _hold(reader: Reader, summary: Summary, limit: int | None) -> _Held:
    bound = MAX_BYTES_ASKED if limit else MAX_BYTES
    entries: list[view.View] = []
    views: list[str] = []
    size = 0
    for record in reader.newest(limit or MAX_ARTICLES):
        entry, full = view.index_entry(record), _json(view.full_view(record))
        size += len(full) + len(_json(entry))
        if entries and size > bound:
            return _Held(entries, views, "size")
        entries.append(entry)
        views.append(full)
    return _Held(entries, views, "limit" if len(entries) < summary.articles else "")


def folder_of(origins: Iterable[str]) -> str:
    """The folder that all local inputs share. The page leaves it out, because it may be sent to others."""
    local = [origin for origin in origins if _LOCAL.match(origin)]
    if not local:
        return ""
    first, last = min(local), max(local)  # The common prefix of the first and last name is common to all.
    differ = (n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b)
    shared = first[: next(differ, min(len(first), len(last)))]
    return shared[: max(shared.rfind("/"), shared.rfind("\\")) + 1]


def saved_page(origin: str, folder: Path) -> str | None:
    """A relative link from a folder to the file from which a page was read, if both are below the working
    directory."""
    name = re.sub(r"#\d+$", "", origin)
    if "://" in name or "\0" in name or len(name) > MAX_PATH:
        return None
    here, file, start = Path.cwd(), Path(name).resolve(), folder.resolve()
    if not (file.is_file() and file.is_relative_to(here) and start.is_relative_to(here)):
        return None
    return quote(Path(os.path.relpath(file, start)).as_posix())


def _summary(summary: Summary, folder: str) -> view.View:
    run = summary.run
    return {
        "articles": summary.articles,
        "events": summary.events,
        "dates": summary.dates,
        "letters": [
            [x.type, x.stage, x.count, x.origin.removeprefix(folder)[:300], x.message[:300]]
            for x in summary.letters
        ],
        "run": [run.run_id, run.status, run.started_at, run.finished_at, run.version] if run else None,
    }


def _subtitle(entries: list[view.View]) -> str:
    days = sorted(entry["published"] for entry in entries if "published" in entry)
    if not days:
        return ""
    first, last = (wording.in_words(day, with_weekday=False) for day in (days[0], days[-1]))
    return first if first == last else f"{first} to {last}"


def _plain(entries: Iterable[view.View]) -> Iterable[tuple[view.View, view.View]]:
    """Events with a day of their own, oldest first, each with its article."""
    found = [(e, a) for a in entries for e in a.get("events", ()) if "start" in e.get("when", ())]
    return sorted(found, key=lambda pair: str(pair[0]["when"]["start"]))


def _json(value: Any) -> str:
    return to_json(value).decode()


def _packed(text: str) -> str:
    """Deflated and in base64: small, and harmless whatever the text contains."""
    return base64.b64encode(zlib.compress(text.encode(), LEVEL)).decode()


@lru_cache(maxsize=16)
def _asset(name: str) -> str:
    return resources.files("dateline.pipeline.report").joinpath("templates", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    environment.filters["words"] = wording.in_words
    return environment.from_string(_asset("report.html.j2"))
