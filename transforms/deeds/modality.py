"""Whether an act happened, did not, will, or only might, from its verb group and the clauses around it."""

from __future__ import annotations

from dateline.transforms import lexicon
from dateline.transforms.language import lemma
from dateline.transforms.lexicon import Deeds
from dateline.transforms.model import Clause, Modality, Parse

NEAR = 4
"""Tokens behind a verb within which its day stands."""


def modality(parse: Parse, words: Deeds, n: int) -> Modality:
    """The modality of a clause of the parse."""
    clause = parse.clauses[n]
    verb = clause.verb
    if _conditional(parse, words, clause):
        # "If the motion did not pass": nothing says that it did not.
        return "hypothetical"
    if verb.aspect == "perfect" and verb.modal in words.unreal:
        # "Would have signed": it did not happen, or nobody knows.
        return "hypothetical"
    if verb.negated or _denied(parse, words, clause) or _pending(parse, words, clause):
        return "negated"
    if _asked(parse, clause):
        return "hypothetical"
    if verb.modal in words.forecasts and _foreseen(parse, clause):
        return "future"
    if verb.modal in words.maybe and not (verb.modal == "would" and _reported(parse, clause)):
        return "hypothetical"
    if verb.modal is not None or verb.tense == "future":
        return "future"
    return "asserted"


def _foreseen(parse: Parse, clause: Clause) -> bool:
    """ "The cold should ease on Wednesday": what the article itself expects of a thing for a day is no demand."""
    head = clause.subject_head
    if clause.verb.voice == "passive" or clause.encloser is not None or head is None or parse.quotes[head]:
        return False
    people = lexicon.people("en")
    noun = lemma(parse.low[head])
    persons = (people.roles, people.beings, people.crowds, people.bodies, people.humans)
    if parse.tags[head] != "NN" or any(noun in p for p in persons):
        return False
    days = lexicon.clauses("en").days
    behind = range(clause.verb.last, min(parse.sentences[clause.sentence].last, clause.verb.last + NEAR))
    return any(parse.low[k] in days for k in behind)


def _denied(parse: Parse, words: Deeds, clause: Clause) -> bool:
    runs = [r for r in (clause.subject, *clause.objects[:1]) if r is not None]
    subject = clause.subject
    if subject is not None and subject.first > clause.first and parse.low[subject.first - 1] in words.not_all:
        return True  # "Not everyone was convinced"
    return any(parse.low[r.first] in words.none for r in runs)


def _pending(parse: Parse, words: Deeds, clause: Clause) -> bool:
    """ "Has yet to be found": it did not happen."""
    group = [parse.low[k] for k in range(clause.verb.first, clause.verb.last)]
    return not words.yet.isdisjoint(group) and not words.to.isdisjoint(group)


def _conditional(parse: Parse, words: Deeds, clause: Clause) -> bool:
    """Whether "if" opens a clause, or stands before its subject ("said that if it failed")."""
    subject = clause.subject
    openers = [clause.marker] if clause.marker is not None else []
    if subject is not None and not clause.shared and subject.first > clause.first:
        openers.append(subject.first - 1)
    return any(parse.low[k] in words.conditions for k in openers)


def _asked(parse: Parse, clause: Clause) -> bool:
    """Whether a clause is part of a question."""
    s = parse.sentences[clause.sentence]
    return "?" in parse.words[max(s.first, s.last - 2) : s.last]


def _reported(parse: Parse, clause: Clause) -> bool:
    """ "Would" in reported speech is the future seen from then: "said the bridge would reopen"."""
    return clause.kind == "complement" or (
        clause.encloser is not None and parse.clauses[clause.encloser].kind == "complement"
    )
