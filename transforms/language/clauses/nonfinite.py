"""Ties an infinitive or a participle to its noun or to the clause that it belongs to."""

from __future__ import annotations

from dateline.transforms.language.clauses.draft import MAX_CHAIN, SAYING, WORDS, Draft, Stream
from dateline.transforms.language.clauses.forms import (
    as_finite,
    call,
    calls,
    form_of,
    lone,
    only,
    reported_aside,
    resumes,
    serial,
)
from dateline.transforms.language.clauses.placing import place
from dateline.transforms.language.clauses.waiting import OPENERS, keep, opening

_ASIDES = frozenset([",", "-", ")"])
_BOUNDARIES = frozenset([",", ";", ":", "-", "c", "k", "T", "W", "w", "Q"])


def tie(stream: Stream, draft: Draft, gap: int) -> None:
    """Tie the verb of ``draft``; ``gap`` is the first item behind the verb before it."""
    r = draft.near
    kind = stream.kinds[r] if r >= gap else ""
    prior = stream.drafts[-1] if stream.drafts else None
    form = form_of(stream, draft)
    draft.kind = "infinitive" if form == "B" else "participle"
    draft.encloser = prior
    if kind == "c":
        _conjoined(stream, draft, r, prior, form)
    elif kind in ("i", "k", "W", "T"):
        draft.start, draft.marker = r, stream.firsts[r]
        stream.markers.add(r)
        if stream.kind(r - 1, gap) == "N":
            keep(stream, gap, r - 1)
        draft.share(prior)
        if prior is None and not stream.waiting:
            stream.fronted.append(draft)
    elif kind == "N":
        _behind_noun(stream, draft, gap, r, prior, form)
    elif (
        kind in _ASIDES
        and (
            prior is None or stream.fronted or (form == "V" and prior.takes_clause and resumes(stream, draft))
        )
        and (found := opening(stream, gap, r)) is not None
    ):
        # "Ruiz, speaking in Oslo, said": the subject waits.
        draft.subject, draft.subject_head = found.subject, found.head
        if form == "V" and only(stream, draft):
            # "Ruiz, the mayor, resigned": nothing else is the verb of this subject.
            as_finite(draft)
            draft.start, draft.marker, draft.encloser = found.at, found.marker, None
            place(stream, draft, found.before, found.prior, found.at)
            return
        stream.waiting.append(found)
        draft.shared = True
    elif prior is None:
        stream.fronted.append(draft)
    elif kind in _ASIDES and form == "V" and calls(stream, draft.item):
        call(stream, draft, prior)
    elif kind == "," and form == "V" and serial(stream, draft, prior):
        as_finite(draft)
        draft.kind, draft.encloser = "coordinate", prior.encloser
        draft.share(prior)
    elif kind == "," and form == "V" and reported_aside(stream, draft, gap, r, prior):
        pass
    elif (
        kind == ","
        and form == "V"
        and stream.waiting
        and _is_aside(stream, prior)
        and _last_verb(stream, draft)
    ):
        # "The trader, who admitted fraud, | resigned": the tag of a past form.
        _take_waiting(stream, draft)
    elif kind in _ASIDES and form != "B":
        draft.encloser = _speaker(stream, draft, prior.nearest_finite() or prior)
        draft.share(draft.encloser)
    else:
        draft.share(prior)


def _speaker(stream: Stream, draft: Draft, prior: Draft) -> Draft:
    """``X said …, adding``: who speaks goes on, not whoever acts in what is said.

    A thing says nothing either: ``the judge struck down a law that let police search cars, ruling …``.
    """
    if draft.verb.lemma not in SAYING.verbs:
        return prior
    seen: Draft | None = prior
    around = prior
    for _ in range(MAX_CHAIN):
        if seen is None:
            break
        if seen.verb.lemma in SAYING.verbs:
            return seen
        if seen.kind == "relative" and seen.modifies is not None and not _of_people(stream, seen):
            around = seen.encloser or around
        seen = seen.encloser
    return around


def _of_people(stream: Stream, relative: Draft) -> bool:
    """Whether the subject of a relative clause is "who", or one of its own."""
    head = relative.subject_head
    return head is None or stream.low[head] in WORDS.of_people or stream.low[head] not in WORDS.relatives


def _conjoined(stream: Stream, draft: Draft, r: int, prior: Draft | None, form: str) -> None:
    """``was arrested and charged``, ``will meet and sign``, ``to meet and (to) sign``."""
    draft.start = r
    to = stream.low[draft.verb.first] in WORDS.to
    partner = next(
        (d for d in reversed(stream.drafts) if not d.verb.finite and form_of(stream, d) == form), None
    )
    if prior is not None and not to:
        verb = prior.verb
        if (
            (form == "V" and verb.voice == "passive")
            or (form == "V" and verb.aspect == "perfect")
            or (form == "G" and verb.aspect == "progressive" and verb.finite)
            or (form == "B" and verb.modal is not None)
        ):
            # The auxiliary of the first verb is that of the second too.
            voice = verb.voice if form == "V" else draft.verb.voice
            aspect = draft.verb.aspect if form == "B" else verb.aspect
            draft.verb = draft.verb._replace(
                voice=voice, tense=verb.tense, aspect=aspect, modal=verb.modal, finite=verb.finite,
                negated=draft.verb.negated or verb.negated,
            )  # fmt: skip
            draft.kind = "coordinate" if verb.finite else prior.kind
            draft.encloser, draft.modifies, draft.marker = prior.encloser, prior.modifies, None
            draft.share(prior)
            return
    if partner is not None and (not to or stream.low[partner.verb.first] in WORDS.to):
        draft.kind, draft.encloser, draft.marker = partner.kind, partner.encloser, partner.marker
        draft.modifies = partner.modifies
        draft.share(partner)
        return
    if form == "V" and prior is not None and prior.verb.finite and prior.subject is not None:
        # "met Ruiz and killed …": the tag of a past form.
        as_finite(draft)
        draft.kind, draft.encloser = "coordinate", prior.encloser
    draft.share(prior)


def _behind_noun(stream: Stream, draft: Draft, gap: int, r: int, prior: Draft | None, form: str) -> None:
    """``urged Ruiz to go``, ``the plan to go``, ``the bridge built in May``."""
    noun = stream.nouns[r]
    assert noun is not None
    first = stream.phrase(r, gap)
    if (
        form == "B"
        and not noun.time
        and prior is not None
        and first == gap
        and prior.verb.lemma in WORDS.control
    ):
        draft.subject, draft.subject_head = stream.run(first, r), stream.head(first, r)
        return
    if form == "V" and lone(stream, draft, gap, first, prior):
        lead = first
        before = stream.kind(first - 1, gap)
        as_finite(draft)
        draft.subject, draft.subject_head = stream.run(lead, r), stream.head(lead, r)
        draft.kind, draft.encloser, draft.start = "main", None, lead
        if before in OPENERS:
            _open(stream, draft, before, prior, lead - 1)
            return
        if prior is not None and before == "" and prior.takes_clause:
            draft.kind, draft.encloser = "complement", prior
        elif prior is not None and before == "," and draft.says:
            draft.encloser = None
            top = prior.top()
            top.kind, top.encloser = "complement", draft
        elif prior is not None and not stream.fronted:
            draft.kind = "coordinate"
        stream.clear_fronted(draft)
        return
    if noun.time or (form == "B" and prior is not None):
        if not noun.time:
            draft.modifies = noun.head
        draft.share(prior)
        return
    if form == "V" and _ends_aside(stream, draft, first, gap, prior):
        _take_waiting(stream, draft)
        return
    draft.modifies = noun.head
    keep(stream, gap, r)


def _is_aside(stream: Stream, clause: Draft) -> bool:
    """Whether a clause is a relative one behind the comma of a subject, which another comma ends."""
    around = clause.encloser
    free = around is None or around.takes_clause
    return free and clause.kind == "relative" and stream.kind(clause.start - 1) == ","


def _take_waiting(stream: Stream, draft: Draft) -> None:
    """Make a past form the finite verb of the subject that waits."""
    found = stream.waiting.pop()
    as_finite(draft)
    draft.subject, draft.subject_head = found.subject, found.head
    draft.start, draft.marker, draft.encloser = found.at, found.marker, None
    place(stream, draft, found.before, found.prior, found.at)


def _ends_aside(stream: Stream, draft: Draft, first: int, gap: int, prior: Draft | None) -> bool:
    """Whether a past form is the verb of a subject with a participle: ``a ferry carrying 40 people | capsized, … said``.

    The sentence has no other verb that could be its own: all that follow have a subject of theirs.
    """
    if prior is None or prior.kind != "participle" or prior.verb.voice == "passive" or not stream.waiting:
        return False
    if prior.modifies is None or prior.modifies != stream.waiting[-1].head:
        return False
    return first == gap and _last_verb(stream, draft)


def _last_verb(stream: Stream, draft: Draft) -> bool:
    """Whether a form may be a past form, and all finite verbs behind it have a subject of their own."""
    if draft.verb.head > draft.verb.first or stream.low[draft.verb.head] in WORDS.participles:
        return False
    if stream.kinds[draft.item + 1 : draft.item + 3] == "cV":
        joined = stream.verbs[draft.item + 2]
        if joined is not None and not joined.finite:
            # "laws that policed, targeted and jailed young men": a row of participles of one clause.
            return False
    for k in range(draft.item + 1, stream.count):
        verb = stream.verbs[k]
        if stream.word(k) in WORDS.by and k == draft.item + 1:
            return False
        if verb is None or not verb.finite:
            continue
        owned = stream.kind(k - 1) in ("N", "w", "W", "c") and any(
            stream.kind(j) in _BOUNDARIES for j in range(draft.item + 1, k)
        )
        if not owned:
            return False
    return True


def _open(stream: Stream, draft: Draft, before: str, prior: Draft | None, at: int) -> None:
    """``As anger | built in Lund``, ``what the ministry | called …``: the past form of a clause with an opener."""
    draft.start, draft.marker = at, stream.firsts[at]
    if before == "k":
        stream.markers.add(at)
    if before == "w" or (before == "T" and prior is not None and prior.verb.lemma in WORDS.naming):
        draft.kind, draft.encloser = "relative", prior
    else:
        place(stream, draft, before, prior, at)
