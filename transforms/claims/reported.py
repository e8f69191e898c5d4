"""Finds claims by clauses: a verb of saying, its subject, and its content."""

from __future__ import annotations

from dateline.transforms import lexicon
from dateline.transforms.claims.context import Context, cue_tokens
from dateline.transforms.claims.draft import Draft, Drafts, Run
from dateline.transforms.model import Clause, Sentence

_REFLEXIVE = lexicon.clauses("en").reflexive
MIN_WORDS = 2
MAX_WIDER = 2
"""Prepositions of a phrase that is said ("a ban on fishing in the bay")."""
MAX_KNOWN = 5
"""Words from "plain" to its "that"."""


def reported(context: Context, drafts: Drafts) -> Drafts:
    """The drafts, and a claim for each clause with a verb of saying that none of them holds.

    records_dev: said_recall .79 to .86 at the same precision; PolNeAR, which marks no claim in a claim: recall
    58 to 60.
    """
    held = cue_tokens(drafts)
    verbs, making = context.words.verbs, context.chunks.closed.making
    made = []
    for clause in context.parse.clauses:
        verb = clause.verb
        if verb.lemma not in verbs and (verb.lemma not in making or _known(context, clause) is None):
            continue
        if verb.head in held or clause.subject is None or verb.voice != "active":
            continue
        if context.parse.quotes[verb.head] and context.parse.quotes[clause.subject.first]:
            continue
        if (not verb.finite and clause.kind == "infinitive") or not context.spoken(verb.head):
            continue
        content = _content(context, clause)
        if content is None:
            continue
        if content.last - content.first < MIN_WORDS and (
            context.chunks.tags[content.first] != "NN" or content.first != verb.last
        ):
            # "Denied wrongdoing", but not "told him" and "described as “one-sided” coverage"
            continue
        if context.chunks.low[content.first] in _REFLEXIVE and clause.complement is None:
            # "Would defend himself"
            continue
        runs = _around_cue(context, content, clause)
        made.append(
            Draft(
                verb.first,
                context.block(verb.head),
                "clause.reported",
                source=(clause.subject,),
                cue=(Run(verb.first, verb.last),),
                content=runs,
            )
        )
    return drafts + tuple(made)


def blamed(context: Context, drafts: Drafts) -> Drafts:
    """The drafts, and a claim for each passive that says something of its subject (``was accused of fraud``)."""
    held = cue_tokens(drafts)
    low, of = context.chunks.low, context.chunks.closed.accused_of
    made = []
    for clause in context.parse.clauses:
        verb = clause.verb
        passive = verb.voice == "passive" and verb.finite and verb.lemma in context.words.of_people
        if not passive or verb.head in held or clause.subject is None or not context.spoken(verb.head):
            continue
        openers = [o.preposition for o in clause.obliques if o.preposition and low[o.preposition] in of]
        openers += [k for k in range(verb.last, min(verb.last + 3, clause.last)) if low[k] in of]
        first = min(openers, default=clause.complement.first if clause.complement is not None else None)
        if first is None or first < verb.last or clause.last - first < MIN_WORDS:
            continue
        agent = next(
            (
                o.phrase
                for o in clause.obliques
                if o.preposition and low[o.preposition] in context.chunks.closed.by
            ),
            None,
        )
        made.append(
            Draft(
                verb.first,
                context.block(verb.head),
                "clause.blamed",
                source=(agent,) if agent is not None else (),
                cue=(Run(verb.first, verb.last),),
                content=(Run(first, clause.last),),
            )
        )
    return drafts + tuple(made)


def by_whom(context: Context, drafts: Drafts) -> Drafts:
    """The drafts, and a claim for each passive that names who said its subject or its noun: ``a ban announced by Ruiz``."""
    held = cue_tokens(drafts)
    low, by = context.chunks.low, context.chunks.closed.by
    made = []
    for clause in context.parse.clauses:
        verb = clause.verb
        if verb.voice != "passive" or verb.lemma not in context.words.of_objects or verb.head in held:
            continue
        agent = next((o.phrase for o in clause.obliques if o.preposition and low[o.preposition] in by), None)
        said = _said(context, clause)
        quoted = context.parse.quotes[verb.head]
        if (
            agent is None
            or said is None
            or quoted
            or not context.spoken(verb.head)
            or not _speaks(context, agent)
        ):
            continue
        made.append(
            Draft(
                verb.first,
                context.block(verb.head),
                "clause.by",
                source=(agent,),
                cue=(Run(verb.first, verb.last),),
                content=(said,),
            )
        )
    return drafts + tuple(made)


def _said(context: Context, clause: Clause) -> Run | None:
    """The phrase that a passive is about: its subject, or the noun that it modifies."""
    if clause.modifies is None:
        return clause.subject if clause.verb.finite else None
    first = clause.marker if clause.marker is not None else clause.verb.first
    floor, _ = context.chunks.bounds(first)
    first -= first > floor and context.chunks.words[first - 1] == ","
    found = context.chunks.before(first, floor)
    if found is None:
        return None
    for _ in range(MAX_WIDER):
        at = found.first - 1
        wider = context.chunks.before(at, floor) if at > floor and context.chunks.tags[at] == "IN" else None
        if wider is None:
            break
        found = Run(wider.first, found.last)
    return found if found.first <= clause.modifies < found.last else None


def _speaks(context: Context, run: Run) -> bool:
    """Whether a phrase contains a name or a noun of people."""
    people, low = context.chunks.people, context.chunks.low
    known = (people.roles, people.crowds, people.humans, people.bodies)
    return any(
        context.chunks.tags[k] == "NNP" or any(low[k] in p or low[k].removesuffix("s") in p for p in known)
        for k in range(*run)
    )


def _around_cue(context: Context, content: Run, clause: Clause) -> tuple[Run, ...]:
    """The content without an interrupting report (``The vote, | Ruiz said, | was a sham``)."""
    assert clause.subject is not None
    first = min(clause.subject.first, clause.verb.first) if not clause.shared else clause.verb.first
    last = max(clause.verb.last, clause.subject.last if not clause.shared else 0)
    if not content.first < first < last < content.last:
        return (content,)
    words = context.chunks.words
    while first > content.first + 1 and not words[first - 1][0].isalnum():
        first -= 1
    while last < content.last - 1 and words[last] != "," and not context.clause_at(last):
        last += 1
    while last < content.last - 1 and not words[last][0].isalnum():
        last += 1
    return Run(content.first, first), Run(last, content.last)


def attributed(context: Context, drafts: Drafts) -> Drafts:
    """The drafts, and a claim for each "according to" whose cue none of them holds."""
    phrases = [phrase.split() for phrase in context.words.according]
    places = context.parse.places({phrase[0] for phrase in phrases})
    if not places:
        return drafts
    held = cue_tokens(drafts)
    chunks, quotes = context.chunks, context.parse.quotes
    made = []
    for k in places:
        if k in held or quotes[k] or not context.spoken(k):
            continue
        s = context.parse.sentences[chunks.sentence[k]]
        for phrase in phrases:
            behind = k + len(phrase)
            if behind >= s.last or chunks.low[k:behind] != phrase:
                continue
            source = chunks.after(behind, s.last)
            if source is None:
                continue
            source = chunks.widen_right(source, s.last)
            content = _around(context, s, k, source.last)
            if content is not None:
                made.append(
                    Draft(
                        k,
                        s.block,
                        "clause.attributed",
                        source=(source,),
                        cue=(Run(k, behind),),
                        content=(content,),
                    )
                )
    return drafts + tuple(made)


def _around(context: Context, s: Sentence, cue: int, end: int) -> Run | None:
    """The content of "according to X": the rest of the sentence after it, or the part before it."""
    words = context.chunks.words
    if cue - s.first <= 1:
        first = next((k for k in range(end, s.last) if words[k] == ","), s.last) + 1
        last = s.last
    else:
        first, last = s.first, cue
    while last > first and not words[last - 1][0].isalnum() and words[last - 1] not in _CLOSING:
        last -= 1
    return Run(first, last) if last - first > MIN_WORDS else None


_CLOSING = frozenset('"”’%')


def _known(context: Context, clause: Clause) -> int | None:
    """The "that" of "made plain (once more) that"."""
    if clause.verb.lemma not in context.chunks.closed.making:
        return None
    low = context.chunks.low
    first = clause.verb.head + 1
    if first >= clause.last or low[first] not in context.chunks.closed.known:
        return None
    return next(
        (k for k in range(first + 1, min(first + MAX_KNOWN, clause.last)) if low[k] in context.words.that),
        None,
    )


def _to_mark(context: Context, run: Run) -> Run:
    """A run with the marks that close its quotation: ``sentenced him for “insulting a judge | ,” | his lawyer said``."""
    words, quotes, last = context.chunks.words, context.parse.quotes, run.last
    while last < len(words) and quotes[run.last - 1] == quotes[last] != 0 and not words[last][0].isalnum():
        last += 1
    return run if last == run.last else Run(run.first, last)


def _content(context: Context, clause: Clause) -> Run | None:
    """The clause or quotation that is reported; of some verbs the object with what follows it ("denied the charge")."""
    that = _known(context, clause)
    if that is not None:
        return Run(that, clause.last)
    if clause.complement is not None:
        return _to_mark(context, clause.complement)
    if clause.objects and clause.verb.finite and clause.verb.lemma in context.words.of_things:
        behind = [o.phrase.last for o in clause.obliques if o.phrase.first > clause.verb.head]
        return Run(clause.objects[0].first, max([clause.objects[-1].last, *behind]))
    at = clause.verb.last
    low = context.chunks.low
    nobody = clause.subject is not None and low[clause.subject.first] in context.chunks.closed.nobody
    if clause.verb.finite and not nobody and at < clause.last:
        return Run(at, clause.last) if f"{clause.verb.lemma} {low[at]}" in context.words.of_phrases else None
    return None
