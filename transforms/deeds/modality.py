"""Whether an act happened, did not, will, or only might, from its verb group and the clauses around it."""

from __future__ import annotations

from dateline.transforms.lexicon import Deeds
from dateline.transforms.model import Clause, Modality, Parse


def modality(parse: Parse, words: Deeds, n: int) -> Modality:
    """The modality of a clause of the parse."""
    clause = parse.clauses[n]
    verb = clause.verb
    if verb.negated or _denied(parse, words, clause) or _pending(parse, clause):
        return "negated"
    if _conditional(parse, words, clause) or _asked(parse, clause):
        return "hypothetical"
    if verb.modal in words.maybe and not (verb.modal == "would" and _reported(parse, clause)):
        return "hypothetical"
    if verb.modal is not None or verb.tense == "future":
        return "future"
    return "asserted"


def _denied(parse: Parse, words: Deeds, clause: Clause) -> bool:
    runs = [r for r in (clause.subject, *clause.objects[:1]) if r is not None]
    return any(parse.words[r.first].lower() in words.none for r in runs)


def _pending(parse: Parse, clause: Clause) -> bool:
    """ "Has yet to be found": it did not happen."""
    group = [parse.words[k].lower() for k in range(clause.verb.first, clause.verb.last)]
    return "yet" in group and "to" in group


def _conditional(parse: Parse, words: Deeds, clause: Clause) -> bool:
    return clause.marker is not None and parse.words[clause.marker].lower() in words.conditions


def _asked(parse: Parse, clause: Clause) -> bool:
    """Whether a clause is part of a question."""
    s = parse.sentences[clause.sentence]
    return "?" in parse.words[max(s.first, s.last - 2) : s.last]


def _reported(parse: Parse, clause: Clause) -> bool:
    """ "Would" in reported speech is the future seen from then: "said the bridge would reopen"."""
    return clause.kind == "complement" or (
        clause.encloser is not None and parse.clauses[clause.encloser].kind == "complement"
    )
