"""Refuses claims that say nothing: too short, in somebody else's words, or with a cue that tells no speech."""

from __future__ import annotations

from dateline.transforms import lexicon
from dateline.transforms.claims.context import Context
from dateline.transforms.claims.draft import Draft, Drafts, Run
from dateline.transforms.language import lemma
from dateline.transforms.model import Clause

_REFLEXIVE = lexicon.clauses("en").reflexive
_VERBS = frozenset(["VB", "VBD", "VBZ", "VBG", "VBN"])
_FINITE = frozenset(["VBD", "VBZ", "MD"])
_PARTING = frozenset(',:;—–"“”')
MIN_CONTENT = 3
"""Words of a content, at least."""
LEAD = 7
"""Most words before the noun for somebody's words."""


def long_enough(context: Context, drafts: Drafts) -> Drafts:
    """Without contents of one or two words, unless these are quoted or an act of speech ("declined *to comment*", not "*to veto*")."""
    words, quotes, tags = context.chunks.words, context.parse.quotes, context.chunks.tags
    return tuple(
        d
        for d in drafts
        if d.kind == "did"
        or any(tags[r.first : r.last] == ("TO", "VB") and context.says(r.first + 1) for r in d.content)
        or sum(words[k][0].isalnum() for r in d.content for k in range(r.first, r.last)) >= MIN_CONTENT
        or any(quotes[r.first] for r in d.content)
    )


def own_words(context: Context, drafts: Drafts) -> Drafts:
    """Without participles that name another's words (``echoing the view of the council``), which say nothing."""
    return tuple(d for d in drafts if not _others_words(context, d))


def said(context: Context, drafts: Drafts) -> Drafts:
    """Drafts without passives of acts that a quotation of another sentence was tied to (``when she was attacked. “But we …”``),
    and without what somebody does to himself (``would defend himself``)."""
    return tuple(d for d in drafts if not _acts(context, d))


def _acts(context: Context, draft: Draft) -> bool:
    clause = context.clause(draft)
    if clause is None or not draft.content:
        return False
    run, quotes, sentence = draft.content[0], context.parse.quotes, context.chunks.sentence
    if context.chunks.low[run.first] in _REFLEXIVE and run.last - run.first < MIN_CONTENT + 1:
        return True
    away = sentence[run.first] != sentence[draft.cue[0].first]
    told = clause.verb.lemma in context.words.verbs
    return away and clause.verb.voice == "passive" and not told and bool(quotes[run.first])


def _others_words(context: Context, draft: Draft) -> bool:
    chunks = context.chunks
    if not draft.cue or not draft.content:
        return False
    cue, run = draft.cue[0], draft.content[0]
    if chunks.tags[cue.first] != "VBG" or chunks.words[cue.first - 1] != "," or run.first != cue.last:
        return False
    of = next(
        (
            k
            for k in range(run.first, min(run.first + LEAD, run.last))
            if chunks.low[k] in chunks.closed.words_of
        ),
        None,
    )
    return of is not None and lemma(chunks.words[of - 1]) in context.words.nouns


def stated(context: Context, drafts: Drafts) -> Drafts:
    """Without what nobody states: what the writer asks (``Did Ruiz say that …?``), what anybody may say (``Whoever says
    that …``, ``One could say``), what is told of what was said (``What Ruiz said | surprised us``), and turns of phrase."""
    made = (_stated(context, d) for d in drafts)
    return tuple(d for d in made if d is not None)


def _stated(context: Context, draft: Draft) -> Draft | None:
    chunks, closed = context.chunks, context.chunks.closed
    if not draft.cue or not draft.content or context.parse.quotes[draft.content[0].first]:
        return draft
    low, tags, cue = chunks.low, chunks.tags, draft.cue[0]
    aside = any(tuple(low[cue.last - len(words) : cue.last]) == words for words in context.words.aside_words)
    if aside or _asked(context, draft) or _supposed(context, draft):
        return None
    if not draft.source:
        return draft
    source = draft.source[0]
    alone = source.last - source.first == 1
    # "Neither Ruiz nor Lind said", "Nobody said", but "No 10 said".
    around = low[max(0, source.first - 1) : source.first + 1]
    numbered = any(low[k][0].isdigit() for k in range(source.first + 1, source.last))
    if not numbered and not closed.nobody.isdisjoint(around):
        return None
    if low[source.first] in closed.anybody:
        who = low[source.last - 1] in closed.relatives and not alone
        maybe = alone and "MD" in tags[source.last : cue.last]
        if who or maybe or (alone and low[source.first] in closed.anybody_first):
            return None
    return _told_of(context, draft)


def _told_of(context: Context, draft: Draft) -> Draft | None:
    """A draft whose content is not what is told of what somebody said: ``What Ruiz said | surprised us``.

    "After what Ruiz says was an assault" is a statement: only the first word of a sentence makes all of it the subject.
    """
    chunks, cue, source = context.chunks, draft.cue[0], draft.source[0]
    opens = chunks.bounds(cue.first)[0] == source.first - 1
    if not opens or chunks.low[source.first - 1] != "what" or source.first > cue.first:
        return draft
    behind = next((r for r in draft.content if r.first == cue.last), None)
    if behind is None or chunks.tags[behind.first] not in _FINITE:
        return draft
    that = next((k for k in range(behind.first, behind.last) if chunks.low[k] in context.words.that), None)
    # "What Ruiz said was that …" tells what it was.
    tells = that is not None and lemma(chunks.words[behind.first]) == "be"
    return draft.but(content=(Run(that, behind.last),)) if tells and that is not None else None


def _asked(context: Context, draft: Draft) -> bool:
    """Whether the verb of a draft is that of a question of the writer."""
    chunks = context.chunks
    cue = draft.cue[0].first
    first, last = chunks.bounds(cue)
    while last > first and not chunks.words[last - 1][0].isalnum() and chunks.words[last - 1] != "?":
        last -= 1
    if last == first or chunks.words[last - 1] != "?":
        return False
    while first < cue and not chunks.words[first][0].isalnum():
        first += 1
    opens = chunks.tags[first] in ("MD", "WH") or chunks.low[first] in chunks.closed.auxiliaries
    return opens and _PARTING.isdisjoint(chunks.words[first : cue + 1])


def _supposed(context: Context, draft: Draft) -> bool:
    """Whether a sentence only supposes that something is said: ``Suppose Ruiz says …``, ``Had Ruiz said …, we would …``."""
    chunks = context.chunks
    cue = draft.cue[0].first
    first, _ = chunks.bounds(cue)
    if not _PARTING.isdisjoint(chunks.words[first:cue]):
        return False
    if chunks.low[first] in chunks.closed.supposing:
        return True
    return (
        chunks.low[first] in chunks.closed.inverted_if
        and bool(draft.source)
        and first <= draft.source[0].first <= first + 1
    )


def spoken(context: Context, drafts: Drafts) -> Drafts:
    """Without claims whose cue tells no speech: no verb ("talks *about*"), or that of a deed with a mere object.

    Dropping those of all verbs that are not known to say anything cost PolNeAR as many good claims as bad ones: people
    "outline", "deride" and "liken" too.
    """
    return tuple(d for d in drafts if d.kind == "did" or _speaks(context, d))


def _does(context: Context, clause: Clause) -> bool:
    """Whether a verb tells what is done and not what is said: "can *learn* to fly", "held a meeting *to discuss* it"."""
    if clause.complement_kind == "infinitive" and clause.verb.lemma in context.words.acts:
        return True
    behind = context.chunks.low[clause.verb.last : clause.verb.last + 1]
    bare = clause.complement is None and not clause.objects and behind == ["to"]
    if bare and clause.verb.lemma in context.words.heard_only:
        return True  # "will report to the chief executive"
    above = context.parse.clauses[clause.encloser] if clause.encloser is not None else None
    purpose = above is not None and clause.kind == "infinitive" and bool(above.objects)
    return purpose and clause.verb.lemma in context.words.views


def _speaks(context: Context, draft: Draft) -> bool:
    chunks, words = context.chunks, context.words
    cue = range(*draft.cue[0]) if draft.cue else range(0)
    if draft.content and all(
        any(s.first <= r.first and r.last <= s.last for s in draft.source) for r in draft.content
    ):
        # "*The two men* had argued": what is said is only who says it.
        return False
    bases = {lemma(chunks.words[k]) for k in cue}
    clause = context.clause(draft)
    if clause is not None and _does(context, clause):
        return False
    saying = (words.verbs, words.plain, words.nouns, words.views, chunks.closed.cite, context.said_frames)
    if (
        not cue
        or not all(known.isdisjoint(bases) for known in saying)
        or " ".join(chunks.low[k] for k in cue) in words.according
    ):
        return True
    if not any(chunks.tags[k] in _VERBS or chunks.tags[k] == "PU" for k in cue):
        return False
    opened = draft.content and chunks.low[draft.content[0].first] in words.that
    if clause is None or clause.complement is not None or opened:
        return True
    if clause.verb.lemma == "be":
        # "Was adamant that", but not "was later “lost”"
        return any(chunks.tags[k] in ("JJ", "NN", "VBN") for k in cue)
    return clause.verb.lemma.split(" ")[0] not in context.deed_frames or draft.opens(context.parse.quotes)
