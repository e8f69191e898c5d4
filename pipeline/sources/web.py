"""Web pages by their addresses, fetched when the run starts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Self
from urllib.parse import urlsplit

from dateline.pipeline.errors import InputError
from dateline.pipeline.findings import Finding
from dateline.pipeline.settings import Settings
from dateline.pipeline.sources.fetch.fetcher import Fetched, Fetcher, FetchError
from dateline.pipeline.sources.memory import InMemory
from dateline.pipeline.sources.source import BoundedSource
from dateline.transforms.model import Fault, RawArticle


def raw_of_answer(answer: Fetched, known: RawArticle) -> RawArticle:
    """A response with status 200 as a raw article, with the metadata of ``known``.

    Its address is the one after redirects, unless that is a front page: old articles are often redirected
    there and would all become one article.
    """
    moved = urlsplit(answer.url).path.strip("/")
    update = {
        "content": answer.body,
        "media_type": answer.headers.get("content-type"),
        "url": answer.url if moved or known.url is None else known.url,
    }
    return known.model_copy(update=update)


class WebPages(BoundedSource):
    """The source of web pages. All are fetched before the run starts, so that an address that cannot be
    fetched is an error with its name."""

    one_process = True

    def __init__(self, raws: Sequence[RawArticle]) -> None:
        self._memory = InMemory(raws)

    @classmethod
    def open(cls, inputs: Sequence[str], settings: Settings, fetcher: Fetcher | None = None) -> Self:
        """See :class:`~dateline.pipeline.sources.source.BoundedSource`."""
        fetcher = fetcher or Fetcher()
        return cls(
            [fetch_page(url, fetcher, settings) for url in list(dict.fromkeys(inputs))[: settings.limit]]
        )

    @property
    def transform(self) -> InMemory:
        """See :class:`~dateline.pipeline.sources.source.BoundedSource`."""
        return self._memory

    @classmethod
    def check(cls, name: str) -> Iterator[Finding]:
        """See :class:`~dateline.pipeline.sources.source.BoundedSource`."""
        yield Finding("address", "note", name, "addresses are fetched when they are read, not before")

    def close(self) -> None:
        """Release the pages."""
        self._memory.hold(())


def fetch_page(url: str, fetcher: Fetcher, settings: Settings) -> RawArticle:
    """Fetch a page. One that is too large or garbled becomes a raw article with a fault.

    Raises :class:`~dateline.pipeline.errors.InputError` if it cannot be fetched.
    """
    known = RawArticle(
        content=b"",
        origin=url,
        url=url,
        published=settings.published,
        zone=settings.zone,
        language=settings.language,
        fetched_at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    )
    try:
        answer = fetcher.fetch(url)
    except FetchError as error:
        if error.fault not in ("too_large", "undecodable"):
            raise InputError(str(error)) from error
        fault = Fault(type="too_large" if error.fault == "too_large" else "undecodable", message=str(error))
        return known.model_copy(update={"fault": fault})
    if answer.status != 200:
        raise InputError(f"{url}: the server answered with status {answer.status}")
    return raw_of_answer(answer, known)
