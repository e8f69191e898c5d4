"""Ties the verb of a relative clause to its pronoun and its noun: ``the man who signed``, ``the deal he signed``."""

from __future__ import annotations

from dateline.transforms import lexicon
from dateline.transforms.language.clauses.draft import SAYING, WORDS, Draft, Stream
from dateline.transforms.language.clauses.waiting import keep
from dateline.transforms.language.lemmas import lemma

_PEOPLE = lexicon.people("en").beings | lexicon.people("en").crowds
_BEFORE_RELATIVE = frozenset(["N", ",", "-", ")", "i", "r", ""])


def is_zero_relative(stream: Stream, left: int, gap: int, prior: Draft | None) -> bool:
    """``the deal he signed``: a phrase right behind another opens a relative clause, but not behind a hearer."""
    noun = stream.nouns[left - 1]
    if noun is None or noun.time:
        return False
    lone = stream.low[noun.head] if noun.last - noun.first == 1 else ""
    if lone in WORDS.objective or lone.isdigit():
        # "Under him | it bought a mill", "In 1987 | the station closed": nothing is said of a pronoun or a year.
        return False
    own = stream.nouns[left]
    if prior is None and own is not None and own.named and left >= 2 and stream.kind(left - 2) == "i":
        # "In an interview | Ruiz said": a name is the subject of the sentence.
        return False
    return prior is None or left - 1 > gap or prior.verb.lemma not in WORDS.hearing


def tie_pronoun(stream: Stream, draft: Draft, gap: int, r: int, prior: Draft | None) -> None:
    """``who signed``, ``that ended``, ``what happened``: the pronoun is the subject."""
    word = stream.firsts[r]
    draft.start, draft.marker, draft.encloser = r, word, prior
    draft.subject, draft.subject_head = stream.run(r, r), word
    noun = stream.kinds.rfind("N", gap, r)
    if noun - 2 >= gap and _is_age(stream, noun):
        noun -= 2
    if stream.kinds[r] == "W" or noun < 0:
        if stream.low[word] in WORDS.adverbial_questions or (stream.kinds[r] == "T" and prior is not None):
            draft.subject = draft.subject_head = None
        draft.kind = "complement" if prior is not None else "main"
        return
    if stream.kind(r - 1, gap) not in _BEFORE_RELATIVE:
        draft.kind = "complement"
        return
    keep(stream, gap, r - 1)
    draft.kind = "relative"
    found = stream.nouns[noun]
    lead = stream.nouns[stream.phrase(noun, gap)]
    assert found is not None and lead is not None
    # "the head of the bank who": people hang on the first noun of a phrase, unless it is no human being ("the
    # resignation of the minister who").
    tells = draft.says and lemma(stream.low[lead.head]) in WORDS.papers
    human = stream.low[lead.head] in _PEOPLE or stream.low[lead.head].removesuffix("s") in _PEOPLE
    people = human and stream.low[word] in WORDS.of_people
    # "Data from Norland that suggested": it is the data that tells.
    draft.modifies = lead.head if people or tells else found.head


def _is_age(stream: Stream, at: int) -> bool:
    """Whether a phrase is a number between commas behind another phrase: "Feld, *61*, who resigned"."""
    noun = stream.nouns[at]
    aside = stream.kinds[at - 2 : at] == "N," and stream.kinds[at + 1 : at + 2] == ","
    return aside and noun is not None and noun.last - noun.first == 1 and stream.low[noun.head].isdigit()


def tie_object_relative(
    stream: Stream, draft: Draft, gap: int, left: int, prior: Draft | None, before: str
) -> None:
    """``the deal (that) he signed``, and ``the claim that he lied``."""
    at = left - 1
    if before == "w":
        at = stream.kinds.rfind("N", gap, left - 1)
    noun = stream.nouns[at] if at >= 0 else None
    that = before == "w" and stream.word(left - 1) in WORDS.that
    said = that and prior is not None and prior.takes_clause and prior.verb.lemma not in WORDS.naming
    if noun is None or (said and (noun.time or stream.phrase(at, gap) != at)):
        # "said in a letter that he": the clause is what was said.
        draft.kind, draft.encloser = ("complement" if prior is not None else "main"), prior
        return
    keep(stream, gap, at)
    draft.kind, draft.encloser, draft.modifies = "relative", prior, noun.head
    if that and lemma(stream.low[noun.head]) in SAYING.nouns:
        draft.kind = "complement"
