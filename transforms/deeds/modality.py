"""Whether an act was done, was not, will be, or only might be: read from its verb group and what encloses it."""

from __future__ import annotations

from dateline.transforms.model import Clause, Modality, Parse

_MAYBE = frozenset(["may", "might", "could", "can", "must", "should", "ought to", "would"])
_CONDITIONS = frozenset(["if", "unless", "whether", "lest"])
_NONE = frozenset(["no", "nobody", "none", "nothing", "neither", "no-one"])
_ALLEGED = frozenset(["allegedly", "reportedly", "supposedly", "purportedly"])


def modality(parse: Parse, n: int) -> Modality:
    """The modality of a clause of the parse."""
    clause = parse.clauses[n]
    verb = clause.verb
    if verb.negated or _denied(parse, clause) or _pending(parse, clause):
        return "negated"
    if _conditional(parse, clause) or _asked(parse, clause):
        return "hypothetical"
    if verb.modal in _MAYBE and not (verb.modal == "would" and _reported(parse, clause)):
        return "hypothetical"
    if verb.modal is not None or verb.tense == "future":
        return "future"
    return "asserted"


def _denied(parse: Parse, clause: Clause) -> bool:
    runs = [r for r in (clause.subject, *clause.objects[:1]) if r is not None]
    return any(parse.words[r.first].lower() in _NONE for r in runs)


def _pending(parse: Parse, clause: Clause) -> bool:
    """ "Has yet to be found": it was not."""
    group = [parse.words[k].lower() for k in range(clause.verb.first, clause.verb.last)]
    return "yet" in group and "to" in group


def _conditional(parse: Parse, clause: Clause) -> bool:
    return clause.marker is not None and parse.words[clause.marker].lower() in _CONDITIONS


def _asked(parse: Parse, clause: Clause) -> bool:
    """Whether a clause stands in a question."""
    s = parse.sentences[clause.sentence]
    return "?" in parse.words[max(s.first, s.last - 2) : s.last]


def _reported(parse: Parse, clause: Clause) -> bool:
    """ "Would" in what somebody said is the future seen from then: "said the bridge would reopen"."""
    return clause.kind == "complement" or (
        clause.encloser is not None and parse.clauses[clause.encloser].kind == "complement"
    )
