"""Finds the arguments of a verb beside its subject: objects, phrases of place and time, a quotation."""

from __future__ import annotations

from dateline.transforms.language.clauses.draft import Draft, Stream
from dateline.transforms.language.clauses.items import Item
from dateline.transforms.model import Oblique, Run

_PREPOSITIONS = frozenset("ikt")
_STOPS = frozenset([",", "-", "(", ")", ";", ":"])
MAX_OBJECTS = 2


def arguments(stream: Stream) -> None:
    """Give each clause of a stream its objects and obliques."""
    drafts = stream.drafts
    for n, draft in enumerate(drafts):
        stop = len(stream.items)
        if n + 1 < len(drafts):
            following = drafts[n + 1]
            stop = following.start if following.start > draft.item else following.near + 1
        draft.stop = max(stop, draft.item + 1)
        _before(stream, draft)
        _behind(stream, draft)
    subjects = {d.subject for d in drafts if d.verb.finite and not d.shared}
    for draft in drafts:
        if draft.objects:
            draft.objects = [o for o in draft.objects if o not in subjects]


def _before(stream: Stream, draft: Draft) -> None:
    """Phrases before the subject ("On Tuesday, Ruiz") and between it and the verb ("Ruiz on Tuesday")."""
    if draft.start == draft.item:
        return
    lead = draft.item
    if draft.subject is not None and not draft.shared:
        at = draft.subject.first
        lead = next((k for k in range(draft.start, draft.item) if stream.items[k].first >= at), lead)
    elif draft.near >= draft.start:
        lead = draft.near + 1
    for k in (*range(draft.start, lead), *range(max(lead, draft.near + 1), draft.item)):
        item = stream.items[k]
        if item.noun is None:
            continue
        if stream.kind(k - 1, draft.start) in _PREPOSITIONS:
            if k - 1 not in stream.markers:
                draft.obliques.append(Oblique(stream.items[k - 1].first, Run(item.first, item.last)))
        elif item.noun.time:
            draft.obliques.append(Oblique(None, Run(item.first, item.last)))


def _behind(stream: Stream, draft: Draft) -> None:
    """Phrases between the verb and the next clause."""
    items = stream.items
    direct = True
    k = draft.item + 1
    stop = draft.stop
    while k < stop:
        item = items[k]
        back = items[k - 1].kind
        if item.noun is not None:
            run = Run(item.first, item.last)
            inner = k - 2 > draft.item and items[k - 2].kind == "N"
            if back in _PREPOSITIONS:
                if inner and stream.word(k - 1) == "of":
                    _widen(draft, item)
                else:
                    draft.obliques.append(Oblique(items[k - 1].first, run))
                    # "Arrested on Monday three men": a time parts no object from its verb.
                    direct = direct and item.noun.time
            elif item.noun.time:
                draft.obliques.append(Oblique(None, run))
            elif (back == "c" and inner) or (back == "," and inner and _in_row(stream, k, stop)):
                _widen(draft, item)
            elif direct and back not in _STOPS:
                if draft.inverted and draft.subject is not None and run.last <= draft.subject.last:
                    pass
                elif len(draft.objects) < MAX_OBJECTS:
                    draft.objects.append(run)
        elif item.kind == '"' and draft.kind == "relative" and draft.encloser is not None:
            # "“… the sale, which has cost jobs” during a call": the call is not that of the cost.
            draft.encloser.stop, draft.stop = draft.stop, k
            draft = draft.encloser
            direct = False
            k += 1
            continue
        elif item.kind == "Q":
            if draft.complement is None:
                draft.complement = Run(item.first, item.last)
        elif item.kind in (";", ":") and stream.kind(min(k + 1, len(items) - 1)) != "Q":
            break
        elif item.kind in _STOPS:
            direct = False
        k += 1


def _in_row(stream: Stream, k: int, stop: int) -> bool:
    """Whether a phrase behind a comma goes on a row that ends in "and" ("Lund, Oslo and Bergen")."""
    for j in range(k + 1, min(k + 8, stop)):
        kind = stream.kind(j)
        if kind == "c":
            return j + 1 < stop and stream.kind(j + 1) == "N"
        if kind not in ("N", ",", "i"):
            return False
    return False


def _widen(draft: Draft, item: Item) -> None:
    """``the mayor | of Lund``, ``Ruiz | and Duran``: the last phrase goes on."""
    if draft.obliques and (not draft.objects or draft.obliques[-1].phrase.first > draft.objects[-1].first):
        last = draft.obliques[-1]
        draft.obliques[-1] = Oblique(last.preposition, Run(last.phrase.first, item.last))
    elif draft.objects:
        draft.objects[-1] = Run(draft.objects[-1].first, item.last)
