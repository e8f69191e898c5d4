"""Statements whose content is the sentence before: ``Die Brücke bleibt gesperrt. Das teilte die Stadt mit.``

A word for what was just told stands in the place of the content. It may be any sentence, so only the one right before
counts, where nobody else said it and it is no question.
"""

from __future__ import annotations

from dateline.transforms import deadline
from dateline.transforms.claims.context import Context, tokens
from dateline.transforms.claims.draft import Draft, Drafts, Run
from dateline.transforms.claims.untagged import Untagged
from dateline.transforms.model import Sentence

MIN_WORDS = 4
"""Fewer words of the sentence before are a heading or an exclamation."""
MAX_BETWEEN = 8
"""Most words between the opener and its verb ("Das *hat die Stadtverwaltung am Dienstag* mitgeteilt")."""


def told_before(context: Context, drafts: Drafts) -> Drafts:
    """Adds what sentences say of the one before them."""
    chunks, words, sentences = context.chunks, context.words, context.parse.sentences
    closed = chunks.closed
    if not closed.this or not words.of_sentences:
        return drafts
    places = context.parse.places(words.of_sentences)
    held = {chunks.sentence[k] for k in tokens(drafts)} if places else set()
    made = []
    for n in sorted({chunks.sentence[k] for k in places} - held):
        deadline.check()
        s = sentences[n]
        if n == 0 or n - 1 in held or not context.spoken(s.first) or not _tells(context, sentences[n - 1], s):
            continue
        found = _said(context, s)
        if found is None:
            continue
        source, cue = found
        before = sentences[n - 1]
        made.append(
            Draft(
                cue,
                s.block,
                "pattern.preceding",
                source=(source,),
                cue=(Run(cue, cue + 1),),
                content=(Run(before.first, before.last),),
                trace=("the sentence before is what is said",),
            )
        )
    return tuple(sorted((*drafts, *made), key=lambda d: d.start)) if made else drafts


def _tells(context: Context, before: Sentence, here: Sentence) -> bool:
    """Whether a sentence right before another one tells something."""
    chunks = context.chunks
    if here.block - before.block > 1 or not context.spoken(before.first):
        return False
    said = chunks.words[before.first : before.last]
    # A sentence that opens with such a word itself tells of one before it.
    opens = any(
        tuple(chunks.low[before.first : before.first + len(p)]) == p for p in chunks.closed.this_words
    )
    return sum(w[0].isalnum() for w in said) >= MIN_WORDS and "?" not in said and not opens


def _said(context: Context, s: Sentence) -> tuple[Run, int] | None:
    """Who says, and the token of the verb, where a sentence says nothing else itself."""
    chunks, closed, low = context.chunks, context.chunks.closed, context.chunks.low
    here = low[s.first : s.last]
    if not closed.negations.isdisjoint(here) or any(context.parse.quotes[s.first : s.last]) or ":" in here:
        return None
    sentence = Untagged(chunks, s.first, s.last, context.words)
    first = s.first
    for phrase in closed.this_words:
        if tuple(low[first : first + len(phrase)]) == phrase:
            return _behind(context, sentence, first + len(phrase))
    for cue in range(s.first + 2, s.last):
        if low[cue] in context.words.of_sentences:
            return _object_before(context, sentence, cue)
    return None


def _behind(context: Context, sentence: Untagged, first: int) -> tuple[Run, int] | None:
    """``Das | teilte die Stadt mit``, ``Lo | ha detto la ministra``, ``Das | hat die Stadt mitgeteilt``."""
    closed, low, says = sentence.closed, sentence.c.low, context.words.of_sentences
    stop = min(sentence.last, first + MAX_BETWEEN)
    cue = next((k for k in range(first, stop) if low[k] in says), None)
    if cue is None or _reports(context, sentence, cue):
        return None
    between = range(first, cue)
    if all(low[k] in closed.auxiliaries or low[k] in closed.this_before for k in between):
        source = sentence.after(cue + 1)
    elif low[first] in closed.auxiliaries and closed.verb_second:
        phrases = sentence.phrases
        source = phrases.plausible(*phrases.untimed(first + 1, phrases.clipped(first + 1, cue)), behind=True)
    elif any(low[first - 1] == w for w in sentence.cues.that) and not closed.verb_second:
        source = sentence.before(cue)  # "C'est ce que la mairie a annoncé"
    else:
        return None
    return _named(sentence, source, cue)


def _named(sentence: Untagged, source: Run | None, cue: int) -> tuple[Run, int] | None:
    low, closed = sentence.c.low, sentence.closed
    if source is None or low[source.first] in closed.nobody or sentence.oblique(source):
        return None
    if source.last - source.first == 1 and low[source.first] in sentence.c.vocabulary.gender:
        return source, cue
    phrases = sentence.phrases
    # "Lo comunicó | el patronato": where no noun has a capital, the verb of saying tells enough of a phrase behind it.
    stated = source.first > cue and not closed.capital_nouns and phrases.determined(source.first)
    if not phrases.certain(source) and (not stated or phrases.mute(*source)):
        return None
    return source, cue


def _object_before(context: Context, sentence: Untagged, cue: int) -> tuple[Run, int] | None:
    """``Le maire | l'a | confirmé``: the object stands before the verb, behind its subject."""
    closed, low = sentence.closed, sentence.c.low
    k = cue
    while k > sentence.first and (low[k - 1] in closed.auxiliaries and low[k - 1] not in closed.this_before):
        k -= 1
    if k > sentence.first and sentence.phrases.elided(k - 1):
        k -= 1
    if k - 1 <= sentence.first or low[k - 1] not in closed.this_before or _reports(context, sentence, cue):
        return None
    return _named(sentence, sentence.phrases.plausible(sentence.first, k - 1), cue)


def _reports(context: Context, sentence: Untagged, cue: int) -> bool:
    """Whether a clause of its own follows the verb."""
    return any(sentence.c.low[k] in context.words.that for k in range(cue + 1, sentence.last))
