"""Finds the arguments of a verb beside its subject: objects, phrases of place and time, a quotation."""

from __future__ import annotations

from dateline.transforms.language.clauses.draft import Draft, Stream
from dateline.transforms.model import Oblique, Run
from dateline.transforms.model.clause import new

_PREPOSITIONS = frozenset("ikt")
_STOPS = frozenset([",", "-", "(", ")", ";", ":"])
_MARKS = _STOPS | {'"', "Q"}
MAX_OBJECTS = 2


def arguments(stream: Stream) -> None:
    """Give each clause of a stream its objects and obliques."""
    drafts = stream.drafts
    for draft in drafts:
        draft.objects, draft.obliques, draft.complement = [], [], None
    for n, draft in enumerate(drafts):
        item = draft.item
        stop = stream.count
        if n + 1 < len(drafts):
            following = drafts[n + 1]
            stop = following.start if following.start > item else following.near + 1
        if stop <= item:
            stop = item + 1
        draft.stop = stop
        if draft.start < item:
            _before(stream, draft)
        if stop > item + 1:
            _behind(stream, draft)
    if len(drafts) > 1:
        # A subject that waits for its verb stands behind another one.
        subjects = {d.subject for d in drafts if not d.shared and d.verb.finite}
        for draft in drafts:
            if draft.objects and not subjects.isdisjoint(draft.objects):
                draft.objects = [o for o in draft.objects if o not in subjects]


def _before(stream: Stream, draft: Draft) -> None:
    """Phrases before the subject ("On Tuesday, Ruiz") and between it and the verb ("Ruiz on Tuesday")."""
    firsts, start, item, near = stream.firsts, draft.start, draft.item, draft.near
    lead = item
    if draft.subject is not None and not draft.shared:
        at = draft.subject.first
        lead = start
        while lead < item and firsts[lead] < at:
            lead += 1
    elif near >= start:
        lead = near + 1
    behind = near + 1 if near >= lead else lead
    if lead == start and behind >= item:
        return
    nouns = stream.nouns
    for k in range(start, item):
        noun = nouns[k]
        if noun is None or lead <= k < behind:
            continue
        if k > start and stream.kinds[k - 1] in _PREPOSITIONS:
            if k - 1 not in stream.markers:
                draft.obliques.append(new(Oblique, (firsts[k - 1], stream.run(k, k))))
        elif noun.time:
            draft.obliques.append(new(Oblique, (None, stream.run(k, k))))


def _behind(stream: Stream, draft: Draft) -> None:
    """Phrases between the verb and the next clause."""
    kinds, firsts, lasts, nouns = stream.kinds, stream.firsts, stream.lasts, stream.nouns
    direct = True
    verb, stop = draft.item, draft.stop
    back = "V"
    for k in range(verb + 1, stop):
        kind = kinds[k]
        if kind == "N":
            noun = nouns[k]
            assert noun is not None
            run = new(Run, (firsts[k], lasts[k]))
            inner = k - 2 > verb and kinds[k - 2] == "N"
            if back in _PREPOSITIONS:
                if inner and stream.low[firsts[k - 1]] == "of":
                    _widen(draft, run.last)
                else:
                    draft.obliques.append(new(Oblique, (firsts[k - 1], run)))
                    # "Arrested on Monday three men": a time parts no object from its verb.
                    direct = direct and noun.time
            elif noun.time:
                draft.obliques.append(new(Oblique, (None, run)))
            elif inner and (back == "c" or (back == "," and _in_row(kinds, k, stop))):
                _widen(draft, run.last)
            elif direct and back not in _STOPS:
                if draft.inverted and draft.subject is not None and run.last <= draft.subject.last:
                    pass
                elif len(draft.objects) < MAX_OBJECTS:
                    draft.objects.append(run)
        elif kind not in _MARKS:
            pass
        elif kind == '"':
            if draft.kind == "relative" and draft.encloser is not None:
                # "“… the sale, which has cost jobs” during a call": the call is not that of the cost.
                draft.encloser.stop, draft.stop = draft.stop, k
                draft = draft.encloser
                verb = draft.item
                direct = False
        elif kind == "Q":
            if draft.complement is None:
                draft.complement = new(Run, (firsts[k], lasts[k]))
        else:
            if kind in ";:" and stream.kind(min(k + 1, stream.count - 1)) != "Q":
                break
            direct = False
        back = kind


def _in_row(kinds: str, k: int, stop: int) -> bool:
    """Whether a phrase behind a comma goes on a row that ends in "and" ("Lund, Oslo and Bergen")."""
    for j in range(k + 1, min(k + 8, stop)):
        kind = kinds[j]
        if kind == "c":
            return j + 1 < stop and kinds[j + 1] == "N"
        if kind not in "N,i":
            return False
    return False


def _widen(draft: Draft, last: int) -> None:
    """``the mayor | of Lund``, ``Ruiz | and Duran``: the last phrase goes on to the token before ``last``."""
    if draft.obliques and (not draft.objects or draft.obliques[-1].phrase.first > draft.objects[-1].first):
        preposition, phrase = draft.obliques[-1]
        draft.obliques[-1] = new(Oblique, (preposition, new(Run, (phrase.first, last))))
    elif draft.objects:
        draft.objects[-1] = new(Run, (draft.objects[-1].first, last))
