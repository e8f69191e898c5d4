"""The form of a verb that is not tagged as finite, and whether it is the finite verb of its clause after all."""

from __future__ import annotations

from dateline.transforms.language.clauses.draft import SAYING, WORDS, Draft, Stream
from dateline.transforms.language.clauses.placing import level_of, place

_ASIDES = frozenset([",", "-", ")"])
_BOUNDARIES = frozenset([",", ";", ":", "-", "c", "k", "T", "W", "w", "Q"])


def form_of(stream: Stream, draft: Draft) -> str:
    """``B`` infinitive, ``G`` form in "-ing", ``V`` past participle."""
    low = stream.low[draft.verb.first]
    if low.endswith("ing") and draft.verb.aspect == "progressive":
        return "G"
    if (
        low in WORDS.to
        or low in WORDS.base_be
        or (draft.verb.aspect == "simple" and draft.verb.voice == "active")
    ):
        return "B" if not low.endswith("ing") else "G"
    return "V" if draft.verb.voice == "passive" and low not in WORDS.being else "G"


def lone(stream: Stream, draft: Draft, gap: int, first: int, prior: Draft | None) -> bool:
    """Whether a past participle behind a noun is the verb of its clause after all.

    Its noun has no verb before it, and none that could be its own follows: ``the doctors stated in a letter``.
    """
    low = stream.low[draft.verb.head]
    if draft.verb.head > draft.verb.first or low in WORDS.participles:
        return False
    before = stream.kind(first - 1, gap)
    told = prior is not None and prior.verb.lemma in WORDS.hearing and prior.verb.voice == "active"
    if told and first == gap:
        # "Told residents in a video | posted online": the first phrase behind the verb is the hearer.
        return False
    if before in ("i", "t", "N") or (prior is not None and before == "" and not prior.takes_clause):
        return False
    if before == "," and prior is not None and not stream.fronted and not draft.says:
        return False
    joined = before == "c" and stream.kind(first - 2) == "V"
    if joined and prior is not None and not prior.verb.finite and form_of(stream, prior) == "V":
        # "with meals provided and time | invested": a participle like the one before it.
        return False
    for k in range(draft.item + 1, stream.count):
        verb = stream.verbs[k]
        if _agent(stream, draft, k):
            return False
        if verb is None:
            continue
        if verb.finite:
            owned = stream.kind(k - 1) in ("N", "w", "W", "c") and any(
                stream.kind(j) in _BOUNDARIES for j in range(draft.item + 1, k)
            )
            return owned
        if verb.first == verb.head and verb.voice == "passive":
            acts = stream.kind(k - 1) == "c" and k + 1 < stream.count and stream.kind(k + 1) == "N"
            # "The voice *that* a nation trusted" has a subject of its own.
            relative = stream.kind(k - 1) == "N" and stream.kind(k - 2) in ("w", "T")
            if not acts and not relative:
                return False
    return True


def _agent(stream: Stream, draft: Draft, k: int) -> bool:
    """Whether "by" and a name stand at ``k`` behind a form without an object: ``the move announced on Monday by Ruiz``."""
    noun = stream.nouns[k + 1] if k + 1 < stream.count else None
    if stream.word(k) not in WORDS.by or noun is None or not noun.named or noun.time:
        return False
    return stream.nouns[draft.item + 1] is None


def serial(stream: Stream, draft: Draft, prior: Draft) -> bool:
    """``left the port, | crossed the strait and sank``: a past form between two finite ones of one subject."""
    verb = prior.verb
    plain = verb.finite and verb.tense == "past" and verb.voice == "active" and verb.aspect == "simple"
    if not plain or prior.subject is None or stream.low[draft.verb.head] in WORDS.participles:
        return False
    for k in range(draft.item + 1, stream.count):
        found = stream.verbs[k]
        if found is not None:
            at = k - 1
            while at > draft.item and stream.kind(at) == "r":
                at -= 1
            alike = found.finite and found.tense == "past" and found.aspect == "simple"
            return alike and stream.kind(at) == "c" and found.modal is None
        if stream.word(k) in WORDS.by or stream.kind(k) in ("w", "W", "T", "k", ";", ":"):
            return False
    return False


def calls(stream: Stream, at: int) -> bool:
    """Whether a past form says something by its preposition ("- called for a vote"): nobody is "called for"."""
    verb = stream.verbs[at]
    behind = stream.word(at + 1) if at + 1 < stream.count else ""
    return verb is not None and f"{verb.lemma} {behind}" in SAYING.of_phrases


def call(stream: Stream, draft: Draft, prior: Draft) -> None:
    """Give a past form behind an aside the subject that waits for it, else that of the clause around the aside."""
    above = level_of(prior)
    if stream.waiting:
        found = stream.waiting.pop()
        as_finite(draft)
        draft.subject, draft.subject_head = found.subject, found.head
        draft.start, draft.marker, draft.encloser = found.at, found.marker, None
        place(stream, draft, found.before, found.prior, found.at)
    elif above is not None:
        as_finite(draft)
        draft.kind, draft.encloser = "coordinate", above.encloser
        draft.share(above)


def resumes(stream: Stream, draft: Draft) -> bool:
    """Whether a finite verb stands right behind the end of an aside: ``say the dam, built in 1950, | has failed``."""
    for k in range(draft.item + 1, stream.count - 1):
        if stream.kinds[k] in "V;:":
            return False
        if stream.kinds[k] in _ASIDES:
            while k + 2 < stream.count and stream.kind(k + 1) == "r":
                k += 1
            verb = stream.verbs[k + 1]
            return verb is not None and verb.finite
    return False


def only(stream: Stream, draft: Draft) -> bool:
    """Whether a past form is the only verb of its sentence that can be finite."""
    if stream.low[draft.verb.head] in WORDS.participles:
        return False
    return not any(
        verb is not None and verb is not draft.verb and (verb.finite or calls(stream, k))
        for k, verb in enumerate(stream.verbs)
    )


def reported_aside(stream: Stream, draft: Draft, gap: int, r: int, prior: Draft) -> bool:
    """``said the second ship, a carrier, | passed``: a past form behind an aside, with a subject that waits."""
    if not prior.takes_clause or stream.low[draft.verb.head] in WORDS.participles or stream.kind(gap) != "N":
        return False
    last = stream.phrase(gap, gap)
    while last + 2 < r and stream.kind(last + 1) == "i" and stream.kind(last + 2) == "N":
        last += 2
    if stream.kind(last + 1) != "," or last + 1 == r:
        return False
    if any(verb is not None and verb.finite for verb in stream.verbs[draft.item + 1 :]):
        return False
    as_finite(draft)
    draft.subject, draft.subject_head = stream.run(gap, last), stream.head(gap, last)
    draft.kind, draft.encloser, draft.start = "complement", prior, gap
    return True


def as_finite(draft: Draft) -> None:
    draft.verb = draft.verb._replace(voice="active", tense="past", aspect="simple", finite=True)
