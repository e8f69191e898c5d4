"""Makes the time of an event from a time expression: its days, and which side the words leave open."""

from __future__ import annotations

from dateline.transforms.model import TimeExpression, When, WhenAnchor, WhenMod

_MODS: dict[str, WhenMod] = {
    "BEFORE": "before", "ON_OR_BEFORE": "before", "AFTER": "after", "ON_OR_AFTER": "after",
    "BY": "before", "START": "start", "MID": "mid", "END": "end", "APPROX": "about",
}  # fmt: skip
"""TIMEX3 mod → the side of the time that it leaves open, or the part of it that it names."""


_PARTS = frozenset(["START", "MID", "END", "APPROX"])


def about(t: TimeExpression) -> When:
    """A time that the content is about."""
    return _when(t, t.mod)


def when(t: TimeExpression, mod: str | None = None) -> When:
    """The time of an event. ``mod`` is the TIMEX3 mod of the preposition before it, if that bounds the event."""
    return _when(t, mod or (t.mod if t.mod in _PARTS else None))


def _when(t: TimeExpression, told: str | None) -> When:
    side = _MODS.get(told or "")
    edtf, start, end = t.edtf, t.start, t.end
    if edtf is not None and "/" not in edtf:
        if side == "before" and told != "BY":
            edtf, start = f"../{edtf}", None
            end = t.start if told == "BEFORE" else t.end
        elif side == "after":
            edtf, end = f"{edtf}/..", None
            start = t.end if told == "AFTER" else t.start
    anchor = WhenAnchor(kind=t.anchor.kind, value=t.anchor.value, text=t.anchor.text) if t.anchor else None
    return When(
        edtf=edtf,
        mod=side,
        start=start,
        end=end,
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
