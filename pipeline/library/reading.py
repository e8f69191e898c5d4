"""Reads pages without a store: one page, a folder of pages, or the dates of a sentence."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.article import Article, Date
from dateline.errors import InputError
from dateline.pipeline import hints
from dateline.stored import Store, read_into_store

if TYPE_CHECKING:
    from dateline.transforms.model import Envelope, RawArticle, TimeExpression

_NAME_AT_MOST = 260
_NAME = re.compile(r"[^\s<>{}\"]+|[^\s<>{}\"]*[/\\][^<>{}\"]+")
"""One word, or a path of which the first part has no spaces; a sentence that ends in a name is a text."""
Day = str | datetime.date
PathName = str | os.PathLike[str]


def read(
    page: str | bytes | os.PathLike[str],
    *,
    url: str | None = None,
    published: Day | None = None,
    language: str | None = None,
    zone: str | None = None,
    media_type: str | None = None,
) -> Article:
    """Read one page, as the pipeline reads it.

    A ``str`` or ``bytes`` is the content itself: plain text, HTML, or a record as JSON. A
    :class:`~pathlib.Path` is a file. Nothing is fetched from the network.

    Arguments give what the page does not say: its address ``url``, the day or instant ``published``, its
    ``language`` (BCP 47), its time ``zone`` (IANA), and its ``media_type`` if the content does not show it.

    Raises a :class:`~dateline.errors.Rejection` if the page is not an article,
    :class:`~dateline.errors.HintError` for an argument in the wrong form,
    :class:`~dateline.errors.InputError` for a file that cannot be read or contains many records, and
    :class:`ValueError` for a text that is the name of a file or an address.
    """
    from dateline.pipeline.report import record_of
    from dateline.transforms.model import RawArticle

    if isinstance(page, str | bytes):
        _refuse_name(page)
        content, origin = page, "page"
    else:
        path = Path(page)
        content, origin = _content_of(path), str(path)
        media_type = media_type or _media_type(path)
    raw = RawArticle(
        content=content,
        origin=origin,
        media_type=media_type,
        url=None if url is None else hints.address(url),
        published=None if published is None else hints.day(published),
        language=None if language is None else hints.language(language),
        zone=None if zone is None else hints.zone(zone),
    )
    return Article(record_of(_walked(raw)))


def read_folder(
    *inputs: PathName,
    published: Day | None = None,
    language: str | None = None,
    zone: str | None = None,
    metadata: PathName | None = None,
    corrections: PathName | None = None,
    limit: int | None = None,
    workers: int = 1,
) -> Store:
    """Read folders, files and patterns with the pipeline into a temporary store, which is removed when it is
    closed.

    It reads what ``dateline run`` reads: pages, JSON, tables, feeds, web archives. ``metadata`` and
    ``corrections`` are the files of the command's options. Each input becomes an article or a dead letter of
    the store. To keep the result, run ``dateline run … --output OUT`` and use :func:`dateline.open`.

    Raises :class:`~dateline.errors.InputError` for an input that does not exist, and
    :class:`~dateline.errors.HintError` for an argument in the wrong form.
    """
    if not inputs:
        raise InputError("read_folder needs a folder, a file or a pattern")
    settings = {
        "published": None if published is None else hints.day(published),
        "language": None if language is None else hints.language(language),
        "zone": None if zone is None else hints.zone(zone),
        "metadata": None if metadata is None else os.fspath(metadata),
        "corrections": None if corrections is None else os.fspath(corrections),
        "limit": limit,
    }
    return read_into_store([os.fspath(name) for name in inputs], settings, workers)


def dates(text: str, day: Day | None = None, *, language: str | None = None) -> tuple[Date, ...]:
    """The expressions of time in a text, relative ones counted from ``day``.

    Without a ``day`` relative words stay undated. Without a ``language`` it is found: by the words of the
    text, and where these are few, by the languages in which its dates can be read. Where several languages read
    it differently, only whole dates are read; :attr:`Date.language` says by which language each was read.

    >>> dateline.dates("The council met on Monday.", date(2024, 5, 14))
    (<Date 'Monday': 2024-05-13, implied, weekday.past>,)
    """
    from dateline.transforms import timex

    anchor = None if day is None else hints.day(day)
    if language is not None:
        code = hints.language(language)
        return _as_dates(timex.annotate_text(text, anchor, code), code)
    code, found = _in_its_language(text, anchor)
    return _as_dates(found, code)


def _in_its_language(text: str, day: str | None) -> tuple[str, Sequence[TimeExpression]]:
    """The language of a text and its dates: the most likely language, and among several the one that finds
    the most dates."""
    from dateline.transforms import clean, lexicon, timex

    likely = clean.likely_languages(text)
    if len(likely) == 1:
        return likely[0], timex.annotate_text(text, day, likely[0])
    library = lexicon.library()
    codes = likely or tuple(code for code in library.languages if lexicon.calendar(code).classes)
    readings = {code: timex.annotate_text(text, day, code) for code in codes}
    covered = {code: sum(len(t.span.exact) for t in found) for code, found in readings.items()}
    most = max(covered.values())
    best = [code for code in codes if covered[code] == most]
    if len(best) == 1:
        return best[0], readings[best[0]]
    if len({tuple((t.span, t.value, t.edtf) for t in readings[code]) for code in best}) == 1:
        return "und", readings[best[0]]
    return "und", timex.annotate_text(text, day, "und")


def _walked(raw: RawArticle) -> Envelope:
    """Run a page through every step, each within the time limit of the pipeline."""
    from dateline.pipeline.settings import Settings
    from dateline.transforms import deadline
    from dateline.transforms.model import Envelope
    from dateline.transforms.walk import decode_step, read_steps

    settings = Settings()
    envelope = Envelope(raw=raw)
    for step in (decode_step(settings.decode), *read_steps()):
        with deadline.limit(settings.page_seconds):
            envelope = step.apply(envelope)
    return envelope


def _as_dates(found: Sequence[TimeExpression], language: str) -> tuple[Date, ...]:
    return tuple(Date(one, language) for one in found)


def _refuse_name(page: str | bytes) -> None:
    """Refuse a text that is the name of a file or an address; it would be read as an article of one word."""
    if not isinstance(page, str) or len(page) > _NAME_AT_MOST or "\n" in page.strip():
        return
    name = page.strip()
    if name.lower().startswith(("http://", "https://")) and " " not in name:
        raise ValueError(
            f"{name!r} is an address, and nothing is fetched here; dateline read {name} fetches and reads it"
        )
    from dateline.pipeline.sources.registry import format_of

    try:
        is_file = bool(name) and Path(name).is_file()
    except (OSError, ValueError):
        return
    # A name of a file that does not exist was read as an article of one word, without dates.
    if is_file or (format_of(name)[0] is not None and _NAME.fullmatch(name)):
        raise ValueError(f"{name!r} names a file; a str is the content itself: give pathlib.Path({name!r})")


def _content_of(path: Path) -> bytes:
    from dateline.pipeline.sources.registry import format_of
    from dateline.transforms.options import DEFAULTS

    kind, _ = format_of(path.name)
    if kind not in ("page", None):
        raise InputError(f"{path}: may hold many articles; read it with dateline.read_folder({str(path)!r})")
    if path.is_dir():
        raise InputError(f"{path}: is a folder; read it with dateline.read_folder({str(path)!r})")
    try:
        with path.open("rb") as file:
            return file.read(DEFAULTS.raw_bytes + 1)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error


def _media_type(path: Path) -> str | None:
    from dateline.pipeline.sources.registry import media_type_of

    return media_type_of(path.name)
