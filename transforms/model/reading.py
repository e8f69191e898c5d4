"""The records of what was read in an article: time expressions and claims."""

from __future__ import annotations

from typing import Literal

from dateline.transforms.model.article import Anchor, Bounds, Certainty
from dateline.transforms.model.base import Record, Span

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Precision = Literal[
    "decade", "century", "year", "half", "season", "quarter", "month", "week", "weekend",
    "day", "daypart", "hour", "minute", "second", "interval", "none",
]  # fmt: skip


class Endpoint(Record):
    """One end of a range: a TIMEX3 of its own where a corpus marks the two apart."""

    span: Span
    type: TimexType
    value: str | None


class TimeExpression(Record):
    """A TIMEX3 and its meaning.

    ``span`` is in :attr:`Article.text`. ``value``/``type``/``mod`` are TIMEX3. ``edtf``,
    ``start`` and ``end`` (half-open interval of days, ``end`` exclusive) are null where
    the words name no calendar time or cannot be resolved; then ``partial``
    (``XXXX-10-07``) and ``bounds`` say what is known. ``time`` is ``HH:MM`` where one is
    named. ``endpoints`` are the two ends of a range ("from 2010 to 2014"), else empty.
    ``trace`` says in words how the answer was made.
    """

    span: Span
    type: TimexType
    value: str | None
    mod: str | None = None
    edtf: str | None = None
    start: str | None = None
    end: str | None = None
    time: str | None = None
    zone: str | None = None
    precision: Precision = "none"
    partial: str | None = None
    bounds: Bounds | None = None
    certainty: Certainty = "stated"
    rule: str
    anchor: Anchor | None = None
    section: int = 0
    endpoints: tuple[Endpoint, ...] = ()
    trace: tuple[str, ...] = ()


Modality = Literal["asserted", "negated", "future", "hypothetical"]
Quotation = Literal["direct", "mixed", "indirect"]


class Actor(Record):
    """Somebody who said or did it, or to whom it was said or done.

    ``name`` is resolved within the article, ``span`` as written.
    """

    name: str
    role: str | None = None
    span: Span | None = None


class Claim(Record):
    """Who said or did what. Spans are in :attr:`Article.text`.

    ``speaker`` is the surface name that ``source`` stands for after in-article
    coreference ("he" → "Antony Blinken"), ``role`` its title. ``outer`` is the index of
    the claim that reports this one ("CNN reported that the ministry said …").
    ``co_actors`` are those who said or did it together with the speaker. ``recipient`` is to whom
    it was said or done, ``recipient_name`` the name that it stands for, ``place`` where. ``plover``
    is the PLOVER root of the verb and its object.
    """

    kind: Literal["said", "did"]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    lemma: str
    content: tuple[Span, ...] = ()
    speaker: str | None = None
    role: str | None = None
    co_actors: tuple[Actor, ...] = ()
    recipient: Span | None = None
    recipient_role: str | None = None
    recipient_name: str | None = None
    place: Span | None = None
    plover: str | None = None
    quotation: Quotation | None = None
    modality: Modality = "asserted"
    outer: int | None = None
    section: int = 0
    rule: str
    trace: tuple[str, ...] = ()
