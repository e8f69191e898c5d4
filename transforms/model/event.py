"""The output records (event, link, dead letter), and the envelope that the steps pass on."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field

from dateline.transforms.model.article import (
    AnchorKind,
    Anchors,
    Article,
    Bounds,
    Certainty,
    Parse,
)
from dateline.transforms.model.base import Record, Span
from dateline.transforms.model.page import DeadLetterType, Page, RawArticle
from dateline.transforms.model.reading import (
    Actor,
    Claim,
    Modality,
    Precision,
    Quotation,
    TimeExpression,
)

EVENT_SCHEMA = "news.event/1"


class Action(Record):
    """The verb: lemma, PLOVER root where one is known, and the words."""

    lemma: str
    plover: str | None = None
    span: Span | None = None


class WhenAnchor(Record):
    """The anchor, in the short form that a record carries."""

    kind: AnchorKind
    value: str | None = None
    text: str | None = None


WhenMod = Literal["before", "after", "start", "mid", "end", "about"]


class When(Record):
    """A time in an event, with its evidence. ``end`` is exclusive.

    ``mod`` says how the words narrow the time: ``before`` and ``after`` leave one side open
    (``../2027-03-03``, ``2019-03/..``), ``start``, ``mid`` and ``end`` are a part of it, ``about`` is near it.
    """

    edtf: str | None = None
    mod: WhenMod | None = None
    start: str | None = None
    end: str | None = None
    time: str | None = None
    zone: str | None = None
    precision: Precision = "none"
    certainty: Certainty = "stated"
    partial: str | None = None
    bounds: Bounds | None = None
    rule: str
    span: Span
    anchor: WhenAnchor | None = None


class Reported(Record):
    """The day of the anchor that an event was read from: when it was told, to order a chronology by.

    It is never the day of the act.
    """

    day: str
    kind: AnchorKind


class EventSource(Record):
    """Where the event was read."""

    publisher: str | None = None
    agency: str | None = None
    url: str | None = None


class Event(Record):
    """The normalized record of one claim (schema ``news.event/1``).

    ``when`` is the time at which it was said or done, ``about`` the times that its
    content speaks of; lengths and repeated times are left out. ``bounds`` say what is known of a
    past event without a time. ``co_actors`` are those who said or did it with the actor.
    ``within`` is the id of the event that reports this one.
    """

    schema_: Literal["news.event/1"] = Field(default="news.event/1", alias="schema")
    event_id: str
    article_id: str
    revision: str
    kind: Literal["said", "did"]
    actor: Actor | None = None
    action: Action
    co_actors: tuple[Actor, ...] = ()
    recipient: Actor | None = None
    place: Span | None = None
    content: tuple[Span, ...] = ()
    quotation: Quotation | None = None
    modality: Modality = "asserted"
    within: str | None = None
    when: When | None = None
    bounds: Bounds | None = None
    about: tuple[When, ...] = ()
    reported: Reported | None = None
    source: EventSource = EventSource()
    rule: str
    trace: tuple[str, ...] = ()
    pipeline: str

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class LinkPlace(Record):
    """Words of both articles that show one thing: code points of each :attr:`Article.text`, half open."""

    a: tuple[int, int]
    b: tuple[int, int]


class LinkEvidence(Record):
    """One reason of a link: the feature, its value, what it adds to the score, and the words that show it.

    Of a contradiction ``a`` and ``b`` are what each side states: a day (EDTF) or a number.
    """

    feature: str
    value: float
    weight: float
    a: str | None = None
    b: str | None = None
    places: tuple[LinkPlace, ...] = ()


class Link(Record):
    """Between two articles or two events; a pure function of the pair within one ``epoch``."""

    kind: Literal["copy", "same", "contradicts"]
    a: str
    b: str
    score: float
    epoch: str
    evidence: tuple[LinkEvidence, ...] = ()


class DeadLetter(Record):
    """An input that could not become an article. It is kept whole, so that it can be replayed."""

    dead_letter_id: str
    stage: str
    type: DeadLetterType
    message: str
    first_failed_at: str
    attempts: int = 1
    version: str
    origin: str
    payload: str
    payload_encoding: Literal["utf-8", "base64", "reference"] = "utf-8"
    payload_sha256: str
    carrier: dict[str, Any] = Field(default_factory=dict)


class Envelope(Record):
    """The element of the graph. Each step fills one field."""

    raw: RawArticle
    page: Page | None = None
    article: Article | None = None
    anchors: Anchors | None = None
    parse: Parse | None = None
    times: tuple[TimeExpression, ...] | None = None
    claims: tuple[Claim, ...] | None = None
    events: tuple[Event, ...] | None = None
    profile: str | None = None
