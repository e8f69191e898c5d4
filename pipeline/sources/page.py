"""One fetched page as a raw article."""

from __future__ import annotations

import datetime
from urllib.parse import urlsplit

from pipeline.settings import Settings
from pipeline.sources.fetch import Fetched, Fetcher, FetchError
from pipeline.sources.inputs import InputError
from transforms.model import Fault, RawArticle


def raw_of_answer(answer: Fetched, known: RawArticle) -> RawArticle:
    """An answer of status 200 as a raw article, beside what was ``known`` of it.

    Its address is where it was found after redirects, unless that is a front page: old
    articles are often redirected there, and would all become one.
    """
    moved = urlsplit(answer.url).path.strip("/")
    update = {
        "content": answer.body,
        "media_type": answer.headers.get("content-type"),
        "url": answer.url if moved or known.url is None else known.url,
    }
    return known.model_copy(update=update)


def fetch_page(url: str, fetcher: Fetcher, settings: Settings) -> RawArticle:
    """A page by its address; one that is too large or garbled is a raw article with a fault.

    Raises :class:`~pipeline.sources.inputs.InputError` where it can not be fetched.
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
