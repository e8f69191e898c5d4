"""Quotations that a colon introduces behind any verb, in languages without tags: ``Präsident Oster lobte das Team: „…“``."""

from __future__ import annotations

from dateline.transforms import deadline
from dateline.transforms.claims.context import Context, tokens
from dateline.transforms.claims.draft import Draft, Drafts, Run
from dateline.transforms.claims.untagged import Untagged

MIN_WORDS = 3
"""Fewer quoted words are a name or a slogan."""
MAX_LEAD = 40
"""Most words before the colon."""


def introduced(context: Context, drafts: Drafts) -> Drafts:
    """Adds the quotation behind a colon to who is the subject of its sentence, where the sentence has no other claim."""
    if not context.quoted:
        return drafts
    chunks, quotes = context.chunks, context.parse.quotes
    held = {chunks.sentence[k] for k in tokens(drafts)} if chunks.colons else set()
    made = []
    for colon in chunks.colons:
        deadline.check()
        n = chunks.sentence[colon]
        s = context.parse.sentences[n]
        first = colon + 1
        opens = first < s.last and quotes[first] and not quotes[colon] and 0 < colon - s.first <= MAX_LEAD
        if n in held or not opens or not context.spoken(s.first) or any(quotes[s.first : colon]):
            continue
        last = first
        while last < len(quotes) and quotes[last] == quotes[first]:
            last += 1
        if sum(chunks.words[k][0].isalnum() for k in range(first, last)) < MIN_WORDS:
            continue
        found = _subject(context, Untagged(chunks, s.first, s.last, context.words), colon)
        if found is not None:
            source, cue = found
            made.append(
                Draft(
                    cue,
                    s.block,
                    "pattern.introduced",
                    source=(source,),
                    cue=(Run(cue, cue + 1),),
                    content=(Run(first, last),),
                    trace=("a colon introduces the quotation",),
                )
            )
    return tuple(sorted((*drafts, *made), key=lambda d: d.start)) if made else drafts


def _subject(context: Context, sentence: Untagged, colon: int) -> tuple[Run, int] | None:
    """The subject at the head of a sentence, and its verb, which may be any word."""
    c, closed, words = sentence.c, sentence.closed, context.words
    known = words.cues | words.of_things | words.of_things_done | words.of_sentences
    if not closed.negations.isdisjoint(c.low[sentence.first : colon]):
        return None
    small = (
        closed.auxiliaries
        | closed.no_subject
        | closed.determiners
        | closed.of
        | closed.unnamed
        | closed.reflexive
    )
    for k in range(sentence.first + 1, colon):
        if not c.words[k][0].islower() or c.low[k] in small:
            continue
        source = sentence.before(k)
        if source is None or sentence.oblique(source) or source.last > k:
            continue
        if c.low[k] not in known and not _ends(sentence, source, k):
            continue
        source = sentence.phrases.certain(source)
        if source is not None:
            return source, k
    return None


def _ends(sentence: Untagged, source: Run, k: int) -> bool:
    """Whether a word behind a subject can only be its verb: behind a full name, an aside, or a noun that speaks in German."""
    c, closed, last = sentence.c, sentence.closed, source.last
    named = last - source.first > 1 and all(c.words[j][0].isupper() for j in (last - 2, last - 1))
    if closed.capital_nouns:
        named = c.low[last - 1] in c.surnames  # "Kurze Nachfrage hierzu: „…“"
    if not named and not sentence.phrases.speaks(*source):
        return False
    verb = k
    while verb > last and (c.low[verb - 1] in closed.auxiliaries or c.low[verb - 1] in closed.reflexive):
        verb -= 1
    if c.words[verb - 1] == ",":
        return named and last < verb
    return last == verb and (named or (closed.capital_nouns and c.words[verb - 1][0].isupper()))
