"""Corrects contents that are torn from their clause or end too early."""

from __future__ import annotations

from bisect import bisect_left

from dateline.transforms import lexicon
from dateline.transforms.claims.chunks import Chunks
from dateline.transforms.claims.context import Context, tokens
from dateline.transforms.claims.draft import Draft, Drafts, Run
from dateline.transforms.model import Clause

_SUBORDINATORS = lexicon.clauses("en").subordinators
_JOINING = frozenset(["CC", "IN"])
_PHRASAL = frozenset(["CC", "IN", "DT", "JJ", "NN", "NNP", "CD", "PRPS", "POS"])
MIN_CONTENT = 3
MAX_TAIL = 14
MAX_CUE = 4


def untimed(context: Context, drafts: Drafts) -> Drafts:
    """Contents without the words before their clause: a time (``wrote | on May 9 | that``) or a hearer."""
    made = []
    chunks = context.chunks
    for draft in drafts:
        clause = context.clause(draft)
        if draft.cue and draft.content:
            first, last = draft.content[0]
            told = first == draft.cue[-1].last and chunks.tags[first] == "PRP" and last - first > MIN_CONTENT
            if told and chunks.low[first + 1] in context.words.that:
                draft = draft.but(
                    "content: without its hearer", content=(Run(first + 1, last), *draft.content[1:])
                )
        if clause is not None and clause.complement is not None and draft.content:
            run, inner = draft.content[0], clause.complement
            opening = any(o.preposition == run.first or o.phrase.first == run.first for o in clause.obliques)
            # "told | him | that …": the hearer is no part of what is said.
            opening = opening or (
                clause.complement_kind == "that" and any(o.first == run.first for o in clause.objects)
            )
            if opening and run.first < inner.first < run.last:
                draft = draft.but(
                    "content: without what stands before its clause",
                    content=(Run(inner.first, run.last), *draft.content[1:]),
                )
        made.append(draft)
    return tuple(made)


def completed(context: Context, drafts: Drafts) -> Drafts:
    """Contents that stop before the verb of their clause are extended: ``said the first ship | , a grain
    carrier, passed …``."""
    made = []
    for draft in drafts:
        clause = context.clause(draft)
        inner = clause.complement if clause is not None and clause.complement_kind == "that" else None
        if inner is not None and len(draft.content) == 1:
            run = draft.content[0]
            if inner.last <= draft.cue[0].first and _ends_quoted(context, inner, run):
                # "The bench jailed Ruiz for “insulting a judge”, her lawyer said": all of it is what was said.
                run = Run(inner.first, run.last)
                draft = draft.but("content: the clause that its quotation ends", content=(run,))
            stops = inner.first <= run.first < run.last < inner.last and context.chunks.words[run.last] == ","
            if stops and not any(context.clause_at(k) for k in range(*run)):
                draft = draft.but(
                    "content: on behind the apposition to its verb", content=(Run(run.first, inner.last),)
                )
        made.append(draft)
    return tuple(made)


def _ends_quoted(context: Context, clause: Run, run: Run) -> bool:
    """Whether a run is the quotation at the end of a clause whose other words are not quoted."""
    quotes, words = context.parse.quotes, context.chunks.words
    if not clause.first < run.first < clause.last or not quotes[run.first]:
        return False
    if any(words[k][0].isalnum() for k in range(run.last, clause.last)):
        return False
    return not any(quotes[k] for k in range(clause.first, run.first))


def closed(context: Context, drafts: Drafts) -> Drafts:
    """A report that follows its quotation says all of it: ``“We left. We will sue,” Ruiz added``.

    The whole quotation that ends before the report goes to it, and is no part of a claim of another paragraph.
    Cues without the objects of their verb (``posted | to the site in reply to a question``).
    """
    quotes = context.parse.quotes
    taken: dict[int, int] = {}
    made = []
    for draft in drafts:
        clause = context.clause(draft)
        if clause is not None and len(draft.cue) == 1:
            cue = draft.cue[0]
            if (
                cue.last - cue.first > MAX_CUE
                and cue.first <= clause.verb.first
                and clause.verb.last < cue.last
            ):
                draft = draft.but(
                    "cue: without what follows its verb", cue=(Run(cue.first, clause.verb.last),)
                )
            if clause.complement_kind == "quotation":
                beside = {k for o in clause.obliques for k in (o.preposition, *range(*o.phrase))}
                kept = tuple(r for r in draft.content if quotes[r.first] or r.first not in beside)
                draft = draft.but(content=kept) if 0 < len(kept) < len(draft.content) else draft
            run = _closing(context, clause)
            if run is not None and run.last <= draft.cue[0].first:
                outside = tuple(r for r in draft.content if not run.first <= r.first < run.last)
                draft = draft.but(
                    content=(
                        *(r for r in outside if r.first < run.first),
                        run,
                        *(r for r in outside if r.first > run.first),
                    )
                )
                taken.update(dict.fromkeys(range(*run), draft.key))
        made.append(draft)
    if not taken:
        return tuple(made)
    found = []
    for draft in made:
        kept = tuple(r for r in draft.content if taken.get(r.first, draft.key) == draft.key)
        found.append(draft if len(kept) == len(draft.content) or not kept else draft.but(content=kept))
    return tuple(found)


def _closing(context: Context, clause: Clause) -> Run | None:
    """The quotation of several sentences that closes right before a report."""
    quotes, inner = context.parse.quotes, clause.complement
    if inner is None or clause.complement_kind != "quotation" or inner.last > clause.verb.first:
        return None
    number, block = quotes[inner.first], context.block(inner.first)
    first = inner.first
    while number and first and quotes[first - 1] == number and context.block(first - 1) == block:
        first -= 1
    return Run(first, inner.last) if first < inner.first else None


def within_clause(context: Context, drafts: Drafts) -> Drafts:
    """Contents without what is no part of the clause of their cue.

    What a relative clause tells ends with it (``Orme, who had hoped to calm tempers | , apologised``), an object ends
    before a verb that "and" joins (``denied this | and demanded an apology``), and neither a relative pronoun nor the
    subject of a passive is told (``She | was asked | to resign``).
    """
    low, alone = context.chunks.low, context.chunks.closed.torn_alone
    made = []
    for draft in drafts:
        clause = context.clause(draft)
        if clause is None or not draft.content:
            made.append(draft)
            continue
        kept = tuple(_in_clause(context, clause, r) for r in draft.content)
        if len(kept) > 1:
            whom = (
                clause.subject
                if clause.verb.voice == "passive" and _reports(context, kept[-1].first)
                else None
            )
            told = [r for r in kept if r != whom and not (r.last - r.first == 1 and low[r.first] in alone)]
            kept = tuple(told) or kept
        made.append(draft if kept == draft.content else draft.but("content: within its clause", content=kept))
    return tuple(made)


def _reports(context: Context, token: int) -> bool:
    """Whether a word opens what somebody is told, asked or accused of."""
    low = context.chunks.low[token]
    openers = (context.words.that, context.chunks.closed.to, context.chunks.closed.accused_of)
    return any(low in words for words in openers)


def _in_clause(context: Context, clause: Clause, run: Run) -> Run:
    """A run that does not go on behind its clause."""
    if not clause.verb.first <= run.first < clause.last < run.last or context.parse.quotes[clause.last]:
        return run
    if clause.kind == "relative" and context.chunks.words[clause.last] == ",":
        first = run.first + (context.chunks.low[run.first] in context.words.that)
        # "who warned that if it rained, the dam would break": the comma ends the condition alone.
        return run if context.chunks.low[first] in _SUBORDINATORS else Run(run.first, clause.last)
    joint = context.chunks.low[clause.last] in context.chunks.closed.conjunctions
    of_object = clause.complement is None and bool(clause.objects) and clause.objects[0].first == run.first
    if (of_object or clause.complement_kind == "infinitive") and not context.parse.quotes[run.first]:
        at = bisect_left(context.verbs, clause.last)
        after = context.parse.clauses[at] if at < len(context.verbs) else None
        if after is not None and _parts(context, clause, after) and after.first < run.last:
            # "told me to stop | , and I did not speak to her": the next clause is told by nobody.
            return Run(run.first, clause.last)
    if (
        not joint
        or clause.complement is not None
        or not clause.objects
        or clause.objects[0].first != run.first
    ):
        return run
    clauses = context.parse.clauses
    at = bisect_left(clauses, clause.last, key=lambda c: c.verb.first)
    joined = at < len(clauses) and clauses[at].shared and clauses[at].kind == "coordinate"
    return Run(run.first, clause.last) if joined and clauses[at].first == clause.last else run


def _parts(context: Context, clause: Clause, after: Clause) -> bool:
    """Whether a clause that is joined to another one is no part of what that one tells: it has a subject of its own,
    behind a comma, or one that is no mere noun ("food, fuel and *tents* reach the town")."""
    subject = after.subject
    if after.kind != "coordinate" or after.shared or subject is None or after.encloser != clause.encloser:
        return False
    chunks = context.chunks
    told = chunks.words[clause.last] == "," or chunks.tags[subject.first] in ("PRP", "NNP")
    return told and 0 <= after.first - clause.last <= 1


def whole(context: Context, drafts: Drafts) -> Drafts:
    """Without contents that are the rest of another clause.

    ``the visit that Ruiz had requested was cancelled``: nobody requested "was cancelled".
    """
    chunks = context.chunks
    return tuple(d for d in drafts if not _torn(chunks, d))


def _torn(chunks: Chunks, draft: Draft) -> bool:
    if not draft.content or not draft.cue:
        return False
    run = draft.content[0]
    if run.first < draft.cue[0].last:
        # "the vote, which the council declined to stop, …": the pronoun is no statement.
        return run.last - run.first == 1 and chunks.low[run.first] in chunks.closed.torn_alone
    return not chunks.parse.quotes[run.first] and chunks.low[run.first] in chunks.closed.torn


def extended(context: Context, drafts: Drafts) -> Drafts:
    """Contents that stop within a phrase (``protect civilians | and aid workers``) are extended to its end."""
    chunks = context.chunks
    if not any(_joined(chunks, d) for d in drafts):
        return drafts
    taken = tokens(drafts)
    return tuple(_extended(chunks, d, taken) if _joined(chunks, d) else d for d in drafts)


def _joined(chunks: Chunks, draft: Draft) -> bool:
    """Whether a conjunction or a preposition follows a content within its sentence."""
    if not draft.content or chunks.parse.quotes[draft.content[-1].last - 1]:
        return False
    last = draft.content[-1].last
    return last < chunks.bounds(last - 1)[1] and chunks.tags[last] in _JOINING


def _extended(chunks: Chunks, draft: Draft, taken: set[int]) -> Draft:
    k = last = draft.content[-1].last
    _, ceiling = chunks.bounds(last - 1)
    while (
        k < min(ceiling, last + MAX_TAIL)
        and chunks.tags[k] in _PHRASAL
        and k not in taken
        and chunks.low[k] not in chunks.vocabulary.times
    ):
        k += 1
    if k < ceiling and chunks.low[k] in chunks.vocabulary.times:
        return draft
    if k < ceiling and k not in taken and chunks.words[k][0].isalnum() and chunks.tags[k - 1] != "CC":
        # A verb follows: what stands before it is its subject, not the end of this phrase.
        return draft
    while k > last and chunks.tags[k - 1] not in ("NN", "NNP", "CD"):
        k -= 1
    return draft.but(content=(*draft.content[:-1], Run(draft.content[-1].first, k))) if k > last else draft


def ended(context: Context, drafts: Drafts) -> Drafts:
    """Contents that hold the opener and the subject of a clause on to its end: ``if the movement | , Hamas, released …``."""
    clauses = context.parse.clauses
    firsts = context.verbs
    made = []
    for draft in drafts:
        run = draft.content[-1] if draft.content and draft.cue else None
        if run is not None and run.first >= draft.cue[-1].last and not context.parse.quotes[run.last - 1]:
            _, ceiling = context.chunks.bounds(run.last - 1)
            at = bisect_left(firsts, run.last)
            inner = clauses[at] if at < len(clauses) and firsts[at] < ceiling else None
            if inner is not None and _holds_subject(run, inner):
                draft = draft.but(
                    "content: on to the end of its clause",
                    content=(*draft.content[:-1], Run(run.first, inner.last)),
                )
        made.append(draft)
    return tuple(made)


def _holds_subject(run: Run, inner: Clause) -> bool:
    """Whether a content ends between the subject and the verb of a subordinate clause."""
    subject = inner.subject
    return (
        subject is not None
        and not inner.shared
        and inner.marker is not None
        and run.first < inner.marker < subject.last <= run.last <= inner.verb.first
        and inner.verb.finite
    )


def unfurnished(context: Context, drafts: Drafts) -> Drafts:
    """Sources and contents without the furniture of the page; claims with a cue in furniture are dropped."""
    marked = context.furniture
    if not marked:
        return drafts

    def cut(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        made = []
        for first, last in runs:
            while first < last and first in marked:
                first += 1
            while last > first and last - 1 in marked:
                last -= 1
            if last > first:
                made.append(Run(first, last))
        return tuple(made)

    return tuple(
        d.but(source=cut(d.source), content=cut(d.content))
        for d in drafts
        if not any(k in marked for r in d.cue for k in range(*r)) and cut((*d.source, *d.content))
    )


def beside_source(context: Context, drafts: Drafts) -> Drafts:
    """Contents without a part that holds the source itself (``Settlers, who back him, said | …``), where others stay."""
    return tuple(_beside_source(d) for d in drafts)


def _beside_source(draft: Draft) -> Draft:
    if not draft.source or len(draft.content) < 2:
        return draft
    source = draft.source[0]
    kept = tuple(r for r in draft.content if r.last <= source.first or r.first >= source.last)
    if not 0 < len(kept) < len(draft.content):
        return draft
    return draft.but("content: without the source", content=kept)
