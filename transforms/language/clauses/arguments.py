"""Finds the arguments of a verb beside its subject: objects, phrases of place and time, a quotation."""

from __future__ import annotations

from dateline.transforms.language.clauses.draft import Draft, Stream
from dateline.transforms.model import Oblique, Run
from dateline.transforms.model.clause import new

_PREPOSITIONS = frozenset("ikt")
_STOPS = frozenset([",", "-", "(", ")", ";", ":"])
MAX_OBJECTS = 2


def arguments(stream: Stream) -> None:
    """Give each clause of a stream its objects and obliques."""
    drafts = stream.drafts
    for n, draft in enumerate(drafts):
        stop = stream.count
        if n + 1 < len(drafts):
            following = drafts[n + 1]
            stop = following.start if following.start > draft.item else following.near + 1
        draft.stop = stop if stop > draft.item else draft.item + 1
        if draft.start < draft.item:
            _before(stream, draft)
        _behind(stream, draft)
    if len(drafts) > 1:
        # A subject that waits for its verb stands behind another one.
        subjects = {d.subject for d in drafts if not d.shared and d.verb.finite}
        for draft in drafts:
            if not subjects.isdisjoint(draft.objects):
                draft.objects = [o for o in draft.objects if o not in subjects]


def _before(stream: Stream, draft: Draft) -> None:
    """Phrases before the subject ("On Tuesday, Ruiz") and between it and the verb ("Ruiz on Tuesday")."""
    firsts, nouns = stream.firsts, stream.nouns
    lead = draft.item
    if draft.subject is not None and not draft.shared:
        at = draft.subject.first
        for k in range(draft.start, draft.item):
            if firsts[k] >= at:
                lead = k
                break
    elif draft.near >= draft.start:
        lead = draft.near + 1
    behind = draft.near + 1 if draft.near >= lead else lead
    for k in range(draft.start, draft.item):
        noun = nouns[k]
        if noun is None or lead <= k < behind:
            continue
        if stream.kind(k - 1, draft.start) in _PREPOSITIONS:
            if k - 1 not in stream.markers:
                draft.obliques.append(new(Oblique, (firsts[k - 1], stream.run(k, k))))
        elif noun.time:
            draft.obliques.append(Oblique(None, stream.run(k, k)))


def _behind(stream: Stream, draft: Draft) -> None:
    """Phrases between the verb and the next clause."""
    kinds, firsts, lasts = stream.kinds, stream.firsts, stream.lasts
    direct = True
    verb = draft.item
    k = verb + 1
    stop = draft.stop
    back = "V"
    while k < stop:
        kind = kinds[k]
        if kind == "N":
            noun = stream.nouns[k]
            assert noun is not None
            run = new(Run, (firsts[k], lasts[k]))
            inner = k - 2 > verb and kinds[k - 2] == "N"
            if back in _PREPOSITIONS:
                if inner and stream.low[firsts[k - 1]] == "of":
                    _widen(draft, lasts[k])
                else:
                    draft.obliques.append(new(Oblique, (firsts[k - 1], run)))
                    # "Arrested on Monday three men": a time parts no object from its verb.
                    direct = direct and noun.time
            elif noun.time:
                draft.obliques.append(new(Oblique, (None, run)))
            elif inner and (back == "c" or (back == "," and _in_row(kinds, k, stop))):
                _widen(draft, lasts[k])
            elif direct and back not in _STOPS:
                if draft.inverted and draft.subject is not None and run.last <= draft.subject.last:
                    pass
                elif len(draft.objects) < MAX_OBJECTS:
                    draft.objects.append(run)
        elif kind == '"' and draft.kind == "relative" and draft.encloser is not None:
            # "“… the sale, which has cost jobs” during a call": the call is not that of the cost.
            draft.encloser.stop, draft.stop = draft.stop, k
            draft = draft.encloser
            verb = draft.item
            direct = False
        elif kind == "Q":
            if draft.complement is None:
                draft.complement = Run(firsts[k], lasts[k])
        elif kind in _STOPS:
            if kind in ";:" and stream.kind(min(k + 1, stream.count - 1)) != "Q":
                break
            direct = False
        back = kind
        k += 1


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
        draft.objects[-1] = Run(draft.objects[-1].first, last)
