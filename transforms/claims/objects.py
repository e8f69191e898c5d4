"""Statements that are told by their object alone, in languages without tags: ``Die Firma wies die Vorwürfe zurück``.

Without a parse an object is what stands between the verb and the end of its clause. It counts where a name or a noun
of people or bodies that speak is the subject.
"""

from __future__ import annotations

from dateline.transforms import deadline
from dateline.transforms.claims.context import Context, tokens
from dateline.transforms.claims.draft import Draft, Drafts, Run
from dateline.transforms.claims.untagged import Untagged

MAX_OBJECT = 25
"""Most words of an object."""
MAX_GROUP = 16
"""Most words between an auxiliary and its participle where the object stands between them."""


def told_of(context: Context, drafts: Drafts) -> Drafts:
    """Adds what sentences without another statement tell by an object."""
    chunks, words = context.chunks, context.words
    verbs = words.of_things | words.of_things_done | {phrase.split()[0] for phrase in words.of_phrases}
    if not verbs:
        return drafts
    places = context.parse.places(verbs)
    held = {chunks.sentence[k] for k in tokens(drafts)} if places else set()
    made = []
    sentence: Untagged | None = None
    for k in places:
        deadline.check()
        n = chunks.sentence[k]
        s = context.parse.sentences[n]
        if n in held or context.parse.quotes[k] or not context.spoken(s.first):
            continue
        if sentence is None or sentence.first != s.first:
            sentence = Untagged(chunks, s.first, s.last, words)
        found = _statement(context, sentence, k)
        if found is not None:
            source, content = found
            held.add(n)
            made.append(
                Draft(
                    k,
                    s.block,
                    "pattern.object",
                    source=(source,) if source is not None else (),
                    cue=(Run(k, k + 1),),
                    content=(content,),
                    trace=("the object of the verb is what is said",),
                )
            )
    return tuple(sorted((*drafts, *made), key=lambda d: d.start)) if made else drafts


def _statement(context: Context, sentence: Untagged, k: int) -> tuple[Run | None, Run] | None:
    """Who says, and of what, with the verb at a token; nobody where the verb needs no subject ("Calificó …")."""
    low, closed, words = sentence.c.low, sentence.closed, context.words
    auxiliary = _auxiliary(sentence, k)
    behind = f"{low[k]} {low[k + 1]}" if k + 1 < sentence.last else ""
    phrased = behind in words.of_phrases
    if (
        not phrased
        and low[k] not in words.of_things
        and (auxiliary is None or low[k] not in words.of_things_done)
    ):
        return None
    stop = _clause_end(sentence, k)
    denied = range(max(sentence.first, k - 3), stop if closed.verb_second else min(k + 2, sentence.last))
    if any(low[j] in closed.negations for j in denied):
        return None  # "No negó los cargos", "n'a pas confirmé", "bestätigte die Berichte nicht"
    second = words.in_two.get(low[k])
    if second is not None:
        stop = next((j for j in range(k + 1, stop) if low[j] == second), k)
    opens = low[sentence.first] in closed.no_subject or sentence.phrases.timely(sentence.first)
    if auxiliary is not None and closed.verb_second:
        if k + 1 < stop or low[k] not in words.of_things_done:
            return None
        # "Im Prozess hat | der Angeklagte | alle Vorwürfe | zurückgewiesen"
        source = sentence.after(auxiliary + 1) if opens else sentence.before(auxiliary)
        content = _object(sentence, source.last if opens and source else auxiliary + 1, k)
    elif opens and closed.verb_second:
        source = sentence.after(k + 1)
        content = _object(sentence, source.last if source else k + 1, stop)
    else:
        source = sentence.before(k)
        content = _object(sentence, k + 1 + phrased, stop)
    if (
        content is not None
        and low[k] in words.of_names
        and not any(sentence.c.parse.quotes[content.first : content.last])
    ):
        return None  # "nannte Beispiele"
    if content is not None and sentence.without_subject(k):
        return None, content
    source = _subject(sentence, source)
    return (source, content) if source is not None and content is not None else None


def _auxiliary(sentence: Untagged, k: int) -> int | None:
    """The auxiliary of a participle: right before it, or before its object where the verb stands second."""
    low, closed = sentence.c.low, sentence.closed
    floor = max(sentence.first, k - (MAX_GROUP if closed.verb_second else 2))
    for j in range(k - 1, floor, -1):
        if low[j] in closed.auxiliaries:
            return j
        if sentence.phrases.breaks(j):
            return None
    return None


def _subject(sentence: Untagged, source: Run | None) -> Run | None:
    """A subject that speaks for certain: its form must not be that of an object ("Den Plan kritisierte …")."""
    if source is None or sentence.oblique(source):
        return None
    alone = source.last - source.first == 1
    if alone and sentence.c.low[source.first] in sentence.closed.unnamed:
        genders = sentence.c.vocabulary.gender
        return source if sentence.c.low[source.first] in genders else None
    if alone and sentence.c.low[source.first] in sentence.closed.nobody:
        return None
    words, phrases = sentence.c.words, sentence.phrases
    named = any(
        words[j][0].isupper() for j in range(source.first + phrases.determined(source.first), source.last)
    )
    return phrases.certain(source) if named or phrases.speaks(*source) else None


def _clause_end(sentence: Untagged, k: int) -> int:
    """The token behind the clause of a verb: a mark that is not in quotation marks, or "and" before another verb."""
    c, closed = sentence.c, sentence.closed
    stop = min(sentence.last, k + MAX_OBJECT)
    for j in range(k + 1, stop):
        if sentence.opened(j) and sentence.phrases.breaks(j) and not c.parse.quotes[j]:
            return j
        joined = c.low[j] in closed.conjunctions or c.low[j] in closed.joining
        if joined and j + 1 < stop and _is_verb(sentence, j + 1):
            return j
    return stop if stop == sentence.last else k


def _is_verb(sentence: Untagged, k: int) -> bool:
    c, cues = sentence.c, sentence.cues
    low = c.low[k]
    return low in cues.cues or low in cues.of_things or low in sentence.closed.auxiliaries


def _object(sentence: Untagged, first: int, last: int) -> Run | None:
    """The object in a run behind a verb: without times at its edges and the second part of the verb."""
    c, closed, phrases = sentence.c, sentence.closed, sentence.phrases
    while last > first and c.low[last - 1] in closed.particles:
        last -= 1
    first, last = phrases.untimed(first, last)[0], _untimed(sentence, first, last)
    while last > first and (c.low[first] in closed.times or c.low[first] in closed.auxiliaries):
        first += 1
    for k in range(first + 1, last):
        # "… | am Montag scharf", "… | ante el juez": what stands behind a time or a place is no part of the object.
        timely = c.low[k] in c.vocabulary.calendar or (c.low[k] in closed.times and phrases.determined(k - 1))
        if (timely or c.low[k] in closed.beside) and sentence.opened(k):
            last = _untimed(sentence, first, k)
            break
    if last - first > 1 and c.low[first] in closed.as_said | closed.as_what and c.parse.quotes[first + 1]:
        first += 1  # "definió como | «…»", "als | „…“"
    if last <= first or c.low[first] in closed.unnamed - closed.determiners:
        return None
    opens = phrases.determined(first) or (
        c.low[first] not in closed.no_subject and c.low[first] not in sentence.cues.that
    )
    nouns = [k for k in range(first, last) if c.words[k][0].isalpha()]
    if closed.capital_nouns:
        nouns = [k for k in nouns if c.words[k][0].isupper() or c.parse.quotes[k]]
    return Run(first, last) if opens and nouns else None


def _untimed(sentence: Untagged, first: int, last: int) -> int:
    """The end of a run without the times and small words behind it, but with the nouns of times that are its object
    ("sprach von einem schweren *Jahr*")."""
    c, closed, phrases = sentence.c, sentence.closed, sentence.phrases
    small = closed.no_subject | closed.determiners | closed.definite
    while last > first:
        low = c.low[last - 1]
        noun = low in closed.times and not (phrases.determined(last - 2) or c.low[last - 2] in closed.times)
        if low not in small and (noun or not phrases.timely(last - 1)):
            break
        last -= 1
    return last
