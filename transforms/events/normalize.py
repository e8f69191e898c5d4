"""Claims → Events: makes the normalized record of each claim."""

from __future__ import annotations

from collections import Counter

from dateline.transforms.events.actors import actor, recipient
from dateline.transforms.events.governing import Clock
from dateline.transforms.events.inherited import Inheritance
from dateline.transforms.events.when import about, when
from dateline.transforms.identity import event_id
from dateline.transforms.model import (
    Action,
    Anchor,
    Anchors,
    Article,
    Bounds,
    Claim,
    Event,
    EventSource,
    Parse,
    Reported,
    TimeExpression,
)
from dateline.transforms.version import VERSION


def normalize(
    article: Article,
    anchors: Anchors,
    times: tuple[TimeExpression, ...],
    claims: tuple[Claim, ...],
    parse: Parse | None = None,
) -> tuple[Event, ...]:
    """One event for each claim, in the order of the claims.

    ``when`` is the time that governs the cue, ``about`` are the times inside the content, ``within`` names
    the event that reports this one.
    """
    ids = _ids(article, claims)
    sections = 1 + max((c.section for c in claims), default=0)
    days = [anchors.of(n).day for n in range(sections)]
    # What all events of an article or of a section have alike is one record.
    source = EventSource(publisher=article.publisher, agency=anchors.agency, url=article.url)
    reported = [_reported(anchors.of(n)) for n in range(sections)]
    bounds = [Bounds(not_after=day) if day else None for day in days]
    # The last change of a page with dated entries says nothing about one entry.
    changed = None if any(anchors.of(n).kind == "section" for n in range(sections)) else anchors.modified
    clock = Clock(article, times, claims, parse, days, changed)
    known = Inheritance(clock, claims).all()
    events: list[Event] = []
    for n, claim in enumerate(claims):
        governing = known.get(n)
        trace = list(claim.trace)
        if governing is not None:
            trace.append(f"when: {governing.time.span.exact!r} {governing.why} ({governing.rule})")
        inside = [t for t in clock.within(claim) if governing is None or t is not governing.time]
        events.append(
            Event(
                event_id=ids[n],
                article_id=article.article_id,
                revision=article.revision,
                kind=claim.kind,
                actor=actor(article, claim),
                action=Action(
                    lemma=claim.lemma,
                    plover=claim.plover,
                    span=claim.cue[0] if claim.cue else None,
                ),
                co_actors=claim.co_actors,
                recipient=recipient(claim),
                place=claim.place,
                content=claim.content,
                quotation=claim.quotation,
                modality=claim.modality,
                within=ids[claim.outer] if claim.outer is not None else None,
                when=when(governing.time, governing.mod) if governing else None,
                bounds=bounds[claim.section] if governing is None and _is_past(claim, clock) else None,
                about=tuple(about(t) for t in inside),
                reported=reported[claim.section],
                source=source,
                rule=claim.rule,
                trace=tuple(trace),
                pipeline=VERSION,
            )
        )
    return tuple(events)


def _ids(article: Article, claims: tuple[Claim, ...]) -> list[str]:
    """The id of each event. Events that are equal in all fields of the id are numbered."""
    seen: Counter[str] = Counter()
    ids = []
    for claim in claims:
        surface = claim.source[0].exact if claim.source else ""
        content = [c.exact for c in claim.content]
        plain = event_id(article.article_id, claim.kind, surface, claim.lemma, content)
        ids.append(
            event_id(article.article_id, claim.kind, surface, claim.lemma, content, seen[plain])
            if seen[plain]
            else plain
        )
        seen[plain] += 1
    return ids


def _reported(anchor: Anchor) -> Reported | None:
    return Reported(day=anchor.day, kind=anchor.kind) if anchor.day else None


def _is_past(claim: Claim, clock: Clock) -> bool:
    """Whether a claim tells of a past act, which is not later than the day of its report."""
    return claim.modality == "asserted" or (claim.modality == "negated" and not clock.ahead(claim))
