"""The records that the steps exchange. These modules import no other module of the project.

Every span is ``{start, end, exact}`` in Unicode code points, half open, and
``text[start:end] == exact`` always holds. Days are ISO ``YYYY-MM-DD``; dates of
other precision are EDTF level 1 (``2026-11``, ``2026-11-18/2026-11-20``,
``XXXX-10-07``) or, for quarters and seasons, EDTF level 2 (``2026-33`` is the first
quarter, ``2026-21`` spring). A week is written as the interval of its days.

All records are frozen pydantic models that refuse unknown fields, except the tables of
:class:`Parse`, which are plain tuples because a page has a thousand tokens.
"""

from dateline.transforms.model.article import (
    Anchor,
    AnchorKind,
    Anchors,
    Article,
    Block,
    BlockKind,
    Bounds,
    Candidate,
    Certainty,
    Dateline,
    Parse,
    Sentence,
)
from dateline.transforms.model.base import (
    Record,
    Span,
    span_of,
)
from dateline.transforms.model.clause import (
    Aspect,
    Clause,
    ClauseKind,
    ComplementKind,
    Oblique,
    Run,
    Tense,
    VerbGroup,
    Voice,
)
from dateline.transforms.model.event import (
    EVENT_SCHEMA,
    Action,
    DeadLetter,
    Envelope,
    Event,
    EventSource,
    Link,
    LinkEvidence,
    LinkPlace,
    Reported,
    When,
    WhenAnchor,
    WhenMod,
)
from dateline.transforms.model.page import (
    DECLARED,
    DeadLetterType,
    Evidence,
    EvidenceRole,
    Fault,
    Line,
    Page,
    RawArticle,
)
from dateline.transforms.model.reading import (
    Actor,
    Claim,
    Endpoint,
    Modality,
    Precision,
    Quotation,
    TimeExpression,
    TimexType,
)

__all__ = [
    "DECLARED",
    "EVENT_SCHEMA",
    "Action",
    "Actor",
    "Anchor",
    "AnchorKind",
    "Anchors",
    "Article",
    "Aspect",
    "Block",
    "BlockKind",
    "Bounds",
    "Candidate",
    "Certainty",
    "Claim",
    "Clause",
    "ClauseKind",
    "ComplementKind",
    "Dateline",
    "DeadLetter",
    "DeadLetterType",
    "Endpoint",
    "Envelope",
    "Event",
    "EventSource",
    "Evidence",
    "EvidenceRole",
    "Fault",
    "Line",
    "Link",
    "LinkEvidence",
    "LinkPlace",
    "Modality",
    "Oblique",
    "Page",
    "Parse",
    "Precision",
    "Quotation",
    "RawArticle",
    "Record",
    "Reported",
    "Run",
    "Sentence",
    "Span",
    "Tense",
    "TimeExpression",
    "TimexType",
    "VerbGroup",
    "Voice",
    "When",
    "WhenAnchor",
    "WhenMod",
    "span_of",
]
