"""Corrects sources: removes times and hearers, and finds a source for cues without one."""

from __future__ import annotations

from dateline.transforms.claims.chunks import Chunks
from dateline.transforms.claims.context import Context
from dateline.transforms.claims.draft import Draft, Drafts, Run
from dateline.transforms.language import lemma
from dateline.transforms.model import Clause


def timeless(context: Context, drafts: Drafts) -> Drafts:
    """Sources without times and hearers: ``the council on Monday | said``, ``telling | reporters``."""
    return tuple(_timeless(context.chunks, d) if d.source and d.cue else d for d in drafts)


def _timeless(chunks: Chunks, draft: Draft) -> Draft:
    run, cue = draft.source[0], draft.cue[0]
    last = run.last
    if (
        last - run.first == 2
        and chunks.low[last - 1].isdigit()
        and chunks.low[run.first] in chunks.vocabulary.calendar
    ):
        last -= 1  # "December 2"
    while last > run.first and (
        chunks.low[last - 1] in chunks.vocabulary.times
        or (last < run.last and chunks.low[last - 1] in chunks.closed.before_time)
    ):
        last -= 1
    if run.first < last - 1 < run.last - 1 and chunks.tags[last - 1] == "VBN":
        # "A poll released | on Friday": the time is that of the participle.
        last -= 1
    # The hearer of "tell" follows the verb, the speaker never does.
    hearer = run.first == cue.last and (
        chunks.tags[cue.last - 1] == "VBG" or lemma(chunks.words[cue.last - 1]) in chunks.closed.telling
    )
    if last == run.last and not hearer:
        return draft
    if last > run.first and not hearer:
        return draft.but("source: without times", source=(Run(run.first, last),))
    found = chunks.subject(cue, ())
    if found is not None and any(chunks.low[k] in chunks.vocabulary.times for k in range(*found)):
        found = None
    return draft.but("source: without times and hearers", source=(found,) if found else ())


def by_clause(context: Context, drafts: Drafts) -> Drafts:
    """The subject of its clause for a cue without a source, or for a source that is only a part of it."""
    made = []
    for draft in drafts:
        clause = context.clause(draft)
        subject = clause.subject if clause is not None and clause.verb.voice == "active" else None
        if subject is not None and _names_nothing(context, subject):
            subject = None
        if subject is not None and draft.source and draft.source[0].first == subject.first:
            # "Brandt Foods Inc. | today | announced"
            times = range(draft.source[0].last, subject.last)
            subject = (
                draft.source[0]
                if all(context.chunks.low[k] in context.chunks.vocabulary.times for k in times)
                else subject
            )
        if draft.source and context.means(draft.source[0]):
            draft = draft.but("source: none, it is a means", source=())
        if (
            draft.source
            and clause is not None
            and clause.subject is None
            and draft.source[0] == (clause.marker, draft.source[0].first + 1)
        ):
            draft = draft.but("source: none, the word opens a clause", source=())  # "When asked …"
        if draft.source and _names_nothing(context, draft.source[0]):
            draft = draft.but("source: none, the word names nothing", source=())
        if clause is not None and clause.verb.voice == "passive":
            # "is accused by critics of …"
            words = context.chunks.low
            subject = next(
                (
                    o.phrase
                    for o in clause.obliques
                    if o.preposition
                    and words[o.preposition] in context.chunks.closed.by
                    and not context.means(o.phrase)
                ),
                None,
            )
        if (
            clause is not None
            and clause.kind == "participle"
            and clause.shared
            and clause.encloser is not None
        ):
            # "…, said a source close to the probe, adding that …": the same speaker continues.
            above = context.parse.clauses[clause.encloser]
            speaks = above.verb.lemma in context.words.verbs and above.subject == clause.subject
            if speaks and clause.subject and clause.subject.first > above.verb.first and draft.source:
                draft = draft.but("source: the same speaker continues", source=(clause.subject,))
        if subject is not None and not draft.source:
            draft = draft.but("source: the subject of its clause", source=(subject,))
        elif (
            subject is not None
            and subject.first <= draft.source[0].first < draft.source[0].last <= subject.last
        ):
            draft = draft.but(source=(subject,))
        elif subject is None and clause is not None and _blamed(context, clause, draft):
            # "The party was accused of …": the subject does not say it.
            draft = draft.but("source: none, the subject of a passive is the hearer", source=())
        made.append(draft)
    return tuple(made)


_NAMELESS = frozenset(["JJ", "JJR", "JJS", "PRPS", "POS", "RB", "IN"])
"""Tags of words that name nobody if they stand alone."""


def _names_nothing(context: Context, run: Run) -> bool:
    """Whether a source is one word that is no noun, name or pronoun: "easier | to tell if", "their | belief that",
    and "in 2026 | promises". "Many" and "some" name those of whom they count."""
    if run.last - run.first != 1:
        return False
    low, tag = context.chunks.low[run.first], context.parse.tags[run.first]
    return (tag in _NAMELESS and low not in context.chunks.closed.many) or low.isdigit()


def _blamed(context: Context, clause: Clause, draft: Draft) -> bool:
    """Whether the source of a draft is the subject of its passive verb, which is the hearer or the topic."""
    subject = clause.subject
    return (
        clause.verb.voice == "passive"
        and subject is not None
        and bool(draft.source)
        and subject.first <= draft.source[0].first < subject.last
        and (clause.verb.lemma in context.words.of_things or clause.verb.lemma in context.chunks.closed.heard)
    )


def known(context: Context, drafts: Drafts) -> Drafts:
    """Without claims of the model that name nobody and have no verb of saying, and without what is only expected."""
    return tuple(
        d
        for d in drafts
        if not _expected(context, d)
        if d.source or d.rule != "model.linked" or (d.cue and context.says(context.head(d.cue[0])))
    )


def _expected(context: Context, draft: Draft) -> bool:
    """``Norland is expected to | block the plan``: others expect it, and the verb behind "to" tells what."""
    if not draft.cue:
        return False
    at = context.head(draft.cue[0])
    clause = context.clause_at(at)
    if clause is None or clause.verb.modal is None or clause.verb.head < draft.cue[0].last:
        return False
    modal, _, to = clause.verb.modal.partition(" ")
    return to != "" and modal == context.chunks.low[at] and context.parse.tags[at] in ("VBN", "VBD")
