"""Ties a finite verb to its subject, to the enclosing clause and to the word that opens its clause."""

from __future__ import annotations

from dateline.transforms import lexicon
from dateline.transforms.language.clauses.draft import MAX_CHAIN, SAYING, WORDS, Draft, Stream
from dateline.transforms.language.clauses.placing import place
from dateline.transforms.language.clauses.relatives import is_zero_relative, tie_object_relative, tie_pronoun
from dateline.transforms.language.clauses.reporting import (
    apposed,
    follows,
    invert,
    names_speaker,
    report,
    reports,
)
from dateline.transforms.language.clauses.waiting import OPENERS, keep
from dateline.transforms.model import Run

_CLAUSES = lexicon.clauses("en")
_ASIDES = frozenset([",", "-", ")"])


def tie(stream: Stream, draft: Draft, gap: int) -> None:
    """Tie the verb of ``draft``; ``gap`` is the first item behind the verb before it."""
    r = draft.near
    noun = stream.nouns[r] if r >= gap else None
    if noun is not None and noun.time:
        r = draft.near = _before_time(stream, r, gap)
    kind = stream.kinds[r] if r >= gap else ""
    prior = stream.drafts[-1] if stream.drafts else None
    if kind == "," and prior is not None and names_speaker(stream, draft):
        _late(stream, draft, gap, r, prior)
    elif kind in ("w", "W", "T"):
        tie_pronoun(stream, draft, gap, r, prior)
    elif kind == "N":
        _adjacent(stream, draft, gap, r, prior)
    elif kind == "c" and prior is not None:
        _conjoined(stream, draft, gap, r, prior)
    elif kind == "k":
        # "than expected", "as agreed": no subject of its own.
        draft.kind, draft.marker, draft.encloser, draft.start = "adverbial", stream.firsts[r], prior, r
        stream.markers.add(r)
    elif prior is not None and kind == "," and draft.says and not stream.waiting and apposed(stream, gap, r):
        _late(stream, draft, gap, r, prior)
    elif _gerund(stream, draft, gap, r, prior) or waits(stream, draft, gap, r):
        pass
    elif prior is None:
        draft.start = gap
        if kind in ("Q", ",") and draft.says and follows(stream, draft):
            invert(stream, draft)
    elif kind in _ASIDES or kind == "Q":
        _late(stream, draft, gap, r, prior)
    else:
        _bare(draft, prior)


def _before_time(stream: Stream, r: int, gap: int) -> int:
    """Past a time between subject and verb ("Ruiz on Tuesday signed"), where a subject stands before it."""
    at = r
    for _ in range(3):
        noun = stream.nouns[at] if at >= gap else None
        if noun is None or not noun.time:
            break
        at -= 1
        if stream.kind(at, gap) == "i":
            at -= 1
        while stream.kind(at, gap) == "r":
            at -= 1
    kind = stream.kind(at, gap)
    stands = kind in ("N", "w", "W", ",", ")", "-") or (kind == "c" and bool(stream.drafts))
    return at if at != r and stands else r


# -- a subject that waits for its verb


def waits(stream: Stream, draft: Draft, gap: int, r: int) -> bool:
    """Give a verb the subject that waits for it: behind asides, relative clauses and participles."""
    if not stream.waiting and keep(stream, gap, r) is None:
        return False
    found = stream.waiting.pop()
    draft.subject, draft.subject_head, draft.marker = found.subject, found.head, found.marker
    # "In May, another envoy, …": what is put before the first subject belongs to its clause.
    draft.start = 0 if found.prior is None and found.before == "," else found.at
    place(stream, draft, found.before, found.prior, found.at)
    return True


def _gerund(stream: Stream, draft: Draft, gap: int, r: int, prior: Draft | None) -> bool:
    """``Selling the port | was a fault``: a clause put first, with no comma behind it, is the subject."""
    if prior is None or prior not in stream.fronted or prior.marker is not None or prior.kind != "participle":
        return False
    if (
        any(stream.kind(k) in _ASIDES for k in range(gap, draft.item))
        or stream.low[prior.verb.first][-3:] != "ing"
    ):
        return False
    draft.subject = Run(stream.firsts[prior.start], max(prior.verb.last, stream.lasts[draft.item - 1]))
    draft.subject_head = prior.verb.head
    draft.start = prior.start
    prior.encloser, prior.stop = draft, draft.item
    stream.fronted.remove(prior)
    return True


# -- a subject right before the verb


def _adjacent(stream: Stream, draft: Draft, gap: int, r: int, prior: Draft | None) -> None:
    first = stream.phrase(r, gap)
    before = stream.kinds[first - 1] if first > gap else ""
    if before in ("i", "t"):
        # The phrase hangs on a preposition: "of those killed in Oslo | was".
        if not _gerund(stream, draft, gap, r, prior) and not waits(stream, draft, gap, first - 2):
            if prior is None:
                draft.start = gap
            else:
                _bare(draft, prior)
        return
    if before == "" and prior is not None:
        if _gerund(stream, draft, gap, r, prior):
            return
        if (
            stream.waiting
            and not prior.takes_clause
            and prior.kind in ("relative", "participle", "infinitive")
        ):
            # "The man who shot Duran | was held": the object of the relative clause is no subject.
            waits(stream, draft, gap, r)
            return
    if before == "c" and stream.waiting and prior is not None and prior.kind in ("relative", "participle"):
        at = first - 2
        while (
            at - 2 >= gap
            and stream.kind(at) == "N"
            and stream.kind(at - 1) == ","
            and stream.kind(at - 2) == "N"
        ):
            at -= 2
        governed = stream.kind(at, gap) == "N" and stream.kind(at - 1, gap) in ("i", "t")
        if governed and waits(stream, draft, gap, r):
            # "The boats that were built in Lund and Oslo | have sunk"
            return
    left = _row(stream, first, gap, prior) if before == "c" else first
    draft.subject, draft.subject_head = stream.run(left, r), stream.head(left, r)
    if left != first:
        before = stream.kind(left - 1, gap)
    draft.start = left
    if before in OPENERS:
        draft.marker, draft.start = stream.firsts[left - 1], left - 1
        if before == "k":
            stream.markers.add(left - 1)
    elif before == "c":
        draft.start = left - 1
    if before == "," and draft.says and reports(stream, draft, gap, left, prior):
        return
    if before == "T" and prior is not None and prior.verb.lemma in WORDS.naming:
        # "Called it a plan that he would back": such a verb has no clause of its own.
        before = "w"
    if before == "N" and left - 2 >= gap and stream.word(left - 2) in WORDS.which and prior is not None:
        # "Refused to say which side he would back": the noun belongs to the question.
        draft.start, draft.marker = left - 2, stream.firsts[left - 2]
        place(stream, draft, "W", prior, left - 2)
        return
    if before == "w" or (before == "N" and is_zero_relative(stream, left, gap, prior)):
        tie_object_relative(stream, draft, gap, left, prior, before)
        return
    if prior is None and (before == "" or not stream.drafts) and before not in OPENERS:
        draft.start = gap
    place(stream, draft, before, prior, draft.start if before in OPENERS else left)


def _row(stream: Stream, first: int, gap: int, prior: Draft | None) -> int:
    """The first phrase of a row that is the subject as a whole; behind a verb only its last phrase may be it."""
    left = stream.row(first, gap)
    if left == first:
        return first
    before = stream.kind(left - 1, gap)
    free = (
        (prior is None and before not in ("i", "t"))
        or before in ("k", "T", "W", ";", ":")
        or (
            before == "w" and prior is not None and prior.takes_clause and stream.word(left - 1) in WORDS.that
        )
        or (before == "" and prior is not None and prior.takes_clause)
        or (before == "," and (bool(stream.fronted) or prior is None))
    )
    return left if free else first


# -- no subject before the verb


def _conjoined(stream: Stream, draft: Draft, gap: int, r: int, prior: Draft) -> None:
    """``came and | signed``: the subject of the verb before it with the same form."""
    draft.start, draft.kind = r, "coordinate"
    behind_comma = stream.kind(r - 1, gap) == ","
    contrasts = not behind_comma and stream.word(r) in WORDS.contrasts
    partner = _partner(draft, prior, behind_comma=behind_comma, contrasts=contrasts)
    if partner is None:
        if not waits(stream, draft, gap, r - 1):
            draft.kind, draft.encloser = "main", prior
        return
    draft.encloser, draft.modifies = partner.encloser, partner.modifies
    draft.share(partner)


def _partner(draft: Draft, prior: Draft, *, behind_comma: bool, contrasts: bool) -> Draft | None:
    """The finite clause that a second verb goes on from: the nearest of the same form, else the outermost.

    One that ``contrasts`` goes on from the relative clause right before it ("who had denied it but *fled*").

    "would" and "could" go on from what is reported ("said the quay was safe and would stay").
    """
    found: Draft | None = None
    supposed = draft.verb.modal in WORDS.supposing
    seen: Draft | None = prior
    for _ in range(MAX_CHAIN):
        if seen is None:
            break
        if seen.verb.finite and seen.subject is not None:
            found = seen
            aside = behind_comma and seen.kind in ("relative", "adverbial") and seen.encloser
            if (seen.shape == draft.shape and not aside) or (contrasts and seen.kind == "relative"):
                break
            if supposed and seen.kind == "complement":
                break
        seen = seen.encloser
    return found


def _late(stream: Stream, draft: Draft, gap: int, r: int, prior: Draft) -> None:
    """A finite verb behind a comma with no subject before it: ``, said Ruiz`` and ``came, saw, won``."""
    speaker = apposed(stream, gap, r) if draft.says and prior.verb.finite else None
    if speaker is not None:
        draft.subject, draft.subject_head = stream.run(*speaker), stream.head(*speaker)
        report(stream, prior.top(), draft)
        draft.start = speaker[0]
        return
    if draft.says and follows(stream, draft):
        invert(stream, draft)
        report(stream, prior.top(), draft)
    else:
        _conjoined(stream, draft, gap, r, prior)
    draft.start = draft.item


def _bare(draft: Draft, prior: Draft) -> None:
    """A finite verb without a subject: the verb before it was a participle (``The man arrested | was``)."""
    verb = prior.verb
    draft.start = draft.item
    plain = verb.finite and verb.aspect == "simple" and verb.last - verb.first == 1 and verb.modal is None
    if not plain or prior.subject is None or prior.shared or verb.lemma in SAYING.verbs:
        draft.kind, draft.encloser = "complement", prior
        return
    draft.subject, draft.subject_head = prior.subject, prior.subject_head
    draft.kind, draft.encloser, draft.marker = prior.kind, prior.encloser, prior.marker
    prior.kind, prior.encloser, prior.marker = "participle", draft, None
    prior.modifies, prior.subject, prior.subject_head = prior.subject_head, None, None
    prior.verb = verb._replace(voice="passive", tense="none", finite=False)
