"""The rejected dates of a page, each with the reason in words."""

from __future__ import annotations

from dateline.transforms.dateline import reasons
from dateline.transforms.dateline.evidence import StatedDate
from dateline.transforms.dateline.features import Seen
from dateline.transforms.model import Anchor, Candidate, Page, span_of

LOSERS = 12
"""Rejected candidates that a record keeps at most; a page with a year's archive has hundreds."""


def stated_losers(
    stated: list[StatedDate], published: Anchor, field: StatedDate | None
) -> tuple[Candidate, ...]:
    """One rejected candidate for each field that names another day or is not about the publication."""
    out = []
    for one in stated:
        if one is field or (field is None and published.text == one.value):
            continue
        if one.role == "fetched":
            why = "when the page was fetched says nothing of when it was written"
        elif one.role == "modified":
            why = "says when the page was changed"
        elif one.day.isoformat() == published.day:
            continue
        else:
            why = (
                f"contradicts {published.rule}, which is trusted more"
                if published.kind != "none"
                else "no role of publication"
            )
        out.append(
            Candidate(
                kind=one.role,
                value=one.day.isoformat(),
                rule=f"{one.role}.{one.source}",
                reason=why,
                span=one.span,
                text=one.value,
            )
        )
    return tuple(out)


def stamp_losers(
    page: Page, seen: list[Seen], scores: list[float], chosen: Seen | None, published: Anchor
) -> tuple[Candidate, ...]:
    """One rejected candidate for each other day on the page, most likely first."""
    days = {published.day} if published.kind != "none" else set()
    out = []
    for score, s in sorted(zip(scores, seen, strict=True), key=lambda pair: (-pair[0], pair[1].stamp.start)):
        day = s.stamp.day.isoformat()
        if s is chosen or day in days:
            continue
        days.add(day)
        stamp = s.stamp
        out.append(
            Candidate(
                kind="modified" if s.row.updated_cue else "published",
                value=day,
                rule="stamp",
                reason=reasons.reason(s, score),
                span=span_of(page.text, stamp.first, stamp.last),
                text=page.text[stamp.first : stamp.last],
            )
        )
        if len(out) == LOSERS:
            break
    return tuple(out)
