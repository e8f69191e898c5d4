"""The input records: the raw article as a source gives it, and the decoded page."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from dateline.transforms.model.base import Record, Span

DeadLetterType = Literal[
    "too_large",
    "undecodable",
    "empty",
    "not_an_article",
    "schema_violation",
    "deadline",
    "internal",
]


class Fault(Record):
    """A fault that a source has found in an input; ``decode`` turns it into a rejection.

    ``reference`` says where the whole payload is when only its first bytes were read
    (``file@offset+length``).
    """

    type: DeadLetterType
    message: str
    reference: str | None = None


DECLARED = "dateline_declared"
"""The name of :attr:`RawArticle.declared` among carrier data: in dead letters, archives and messages."""


class RawArticle(Record):
    """One input: its content, and what the carrier (file, feed, message) says of it.

    ``carrier`` keeps every field that the carrier sent and that has no name of its
    own here. ``origin`` says where it came from: ``file#line``, ``file@offset``, a feed
    entry or a message id; it is unique within one run. ``declared``: the carrier says that the content is
    the article and no page around it (a field of a record, the text of a feed).
    """

    content: bytes | str
    origin: str
    media_type: str | None = None
    url: str | None = None
    source: str | None = None
    published: str | None = None
    modified: str | None = None
    fetched_at: str | None = None
    zone: str | None = None
    language: str | None = None
    carrier: dict[str, Any] = Field(default_factory=dict)
    declared: bool = False
    fault: Fault | None = None


EvidenceRole = Literal["published", "modified", "fetched", "unknown"]


class Evidence(Record):
    """A date that the page or its carrier states outside of running text.

    ``source`` is ``json-ld``, ``opengraph``, ``meta``, ``time`` (a ``<time>`` element),
    ``url`` or ``carrier``; ``value`` is as found (ISO where the source is machine
    readable); ``span`` is set where it also stands in :attr:`Page.text`.
    """

    source: Literal["json-ld", "opengraph", "meta", "time", "url", "carrier"]
    role: EvidenceRole
    value: str
    span: Span | None = None


class Line(Record):
    """A line of :attr:`Page.text` (never empty), and what the markup said of it.

    ``tag`` is the nearest block element (``p``, ``h1``, ``li``, ``figcaption``, …; empty
    for flat text), ``link_share`` the share of its characters inside links, ``zone`` the
    nearest landmark: ``article``, ``main``, ``nav``, ``aside``, ``header``, ``footer`` or
    empty; ``mark`` what the names of its elements say that it is (``comments``, ``related``,
    ``newsletter``, ``bio``, ``paywall``, ``promo``, ``cookie``), ``box`` the number of the
    element whose children stand together (:attr:`Page.boxes`).
    """

    start: int
    end: int
    tag: str = ""
    link_share: float = 0.0
    zone: str = ""
    mark: str = ""
    box: int = 0


class Page(Record):
    """One input, decoded once: NFC text (HTML rendered to text) and evidence.

    ``url`` is the carrier's, ``carrier`` its fields that have no name here. ``metadata`` holds what the markup or carrier says under our names: ``title``,
    ``author``, ``publisher``, ``canonical``, ``language`` (``carrier_language`` where the carrier told it), ``region`` (of the language: ``GB``),
    ``zone``, ``type``, ``agency``.
    ``boxes``: the elements that hold lines or part them, each as the number of the one around it (the first is its own)
    and its tag; wrappers around a single box are left out.
    ``declared``: the text is the article alone, as its carrier says. ``notes``: what was mended in the text or is missing from it.
    """

    text: str
    media_type: str
    origin: str
    url: str | None = None
    metadata: dict[str, str] = Field(default_factory=dict)
    carrier: dict[str, Any] = Field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    lines: tuple[Line, ...] = ()
    boxes: tuple[tuple[int, str], ...] = ()
    declared: bool = False
    notes: tuple[str, ...] = ()
