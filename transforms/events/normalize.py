"""One event a claim; ``when`` is the expression outside of its content, ``about`` those inside."""

from __future__ import annotations

from collections import Counter

from transforms.identity import event_id
from transforms.model import (
    Action,
    Actor,
    Anchors,
    Article,
    Claim,
    Event,
    EventSource,
    TimeExpression,
    When,
    WhenAnchor,
)
from transforms.version import VERSION


def normalize(
    article: Article, anchors: Anchors, times: tuple[TimeExpression, ...], claims: tuple[Claim, ...]
) -> tuple[Event, ...]:
    """Events in the order of their claims."""
    events: list[Event] = []
    seen: Counter[str] = Counter()
    for claim in claims:
        content = [c.exact for c in claim.content]
        surface = claim.source[0].exact if claim.source else ""
        plain = event_id(article.article_id, claim.kind, surface, claim.lemma, content)
        identity = event_id(article.article_id, claim.kind, surface, claim.lemma, content, seen[plain])
        seen[plain] += 1
        inside = [t for t in times if any(c.start <= t.span.start < c.end for c in claim.content)]
        outside = [
            t for t in times if t not in inside and claim.cue and abs(t.span.start - claim.cue[0].end) < 40
        ]
        events.append(
            Event(
                event_id=identity,
                article_id=article.article_id,
                revision=article.revision,
                kind=claim.kind,
                actor=Actor(name=claim.speaker or surface, span=claim.source[0]) if claim.source else None,
                action=Action(lemma=claim.lemma, span=claim.cue[0] if claim.cue else None),
                content=claim.content,
                quotation=claim.quotation,
                modality=claim.modality,
                when=_when(outside[0]) if outside else None,
                about=tuple(_when(t) for t in inside),
                source=EventSource(publisher=article.publisher, agency=anchors.agency, url=article.url),
                rule=claim.rule,
                trace=claim.trace,
                pipeline=VERSION,
            )
        )
    return tuple(events)


def _when(t: TimeExpression) -> When:
    anchor = WhenAnchor(kind=t.anchor.kind, value=t.anchor.value, text=t.anchor.text) if t.anchor else None
    return When(
        edtf=t.edtf,
        start=t.start,
        end=t.end,
        time=t.time,
        zone=t.zone,
        precision=t.precision,
        certainty=t.certainty,
        partial=t.partial,
        bounds=t.bounds,
        rule=t.rule,
        span=t.span,
        anchor=anchor,
    )
