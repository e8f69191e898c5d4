"""Finds the deeds of an article: one for each clause that reports a particular act or event.

Read are the clauses of the main line (main clauses, clauses joined to them, reported speech), and those of background
that state when their act was done (:mod:`~dateline.transforms.deeds.background`). Participial clauses,
infinitives and conditions report no act of their own, and habits ("trains run hourly") are not deeds.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from dateline.transforms import deadline, lexicon
from dateline.transforms.deeds.background import Background
from dateline.transforms.deeds.frames import Frames, agent, table_of
from dateline.transforms.deeds.modality import modality
from dateline.transforms.deeds.parties import Parties
from dateline.transforms.language import lemma
from dateline.transforms.lexicon import Deeds, Frame
from dateline.transforms.model import Article, Clause, Modality, Parse, Run, TimeExpression, VerbGroup

KINDS = frozenset(["main", "coordinate", "complement"])
_JOINING = frozenset(["IN", "CC"])
_SILENT = frozenset(["caption", "headline", "post", "heading"])
"""Kinds of blocks without deeds; they repeat what the article says."""
_HEADS = frozenset(["NN", "NNP", "PRP", "CD", "DT", "VBG"])
_NOUNS = frozenset(["NN", "NNP"])
MAX_DEEDS = 2000
AIM = 12
"""Tokens before a subject within which its real head may stand ("the only *way* for Ruiz to mean his apology")."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A clause that reports a deed, with its parties as runs of tokens of the parse.

    ``clause`` is its index in ``Parse.clauses``. ``weight`` is that of the phrase which identifies the frame.
    ``actor`` is empty for a passive without "by".
    """

    clause: int
    frame: Frame
    weight: int
    plover: str | None
    cue: Run
    actor: Run | None
    recipient: Run | None
    place: Run | None
    content: Run | None
    modality: Modality


def deeds(article: Article, parse: Parse, times: Sequence[TimeExpression] = ()) -> list[Deed]:
    """The deeds of an article in the order of its clauses; none in a language without a verb table.

    Without times no clause of background is a deed.
    """
    part = lexicon.deeds(article.language)
    if not part.frame:
        return []
    table, parties = table_of(article.language), Parties(parse, article.language)
    background = Background(parse, times, part, article.language)
    bodies = lexicon.people(article.language).bodies
    silent = {n for n, block in enumerate(article.blocks) if block.kind in _SILENT}
    found: list[Deed] = []
    for n, clause in enumerate(parse.clauses):
        # Two clauses in three tell a habit or have a verb in no frame of a deed; what else is asked takes ten times
        # as long.
        if not clause.verb.finite or _habitual(clause.verb) or not table.lists(clause):
            continue
        deadline.check()
        if parse.sentences[clause.sentence].block in silent:
            continue
        told = clause if clause.kind in KINDS else background.clause(n)
        deed = _deed(parse, table, parties, part, bodies, n, told) if told is not None else None
        if deed is not None:
            found.append(deed)
    return found[:MAX_DEEDS]


def _deed(
    parse: Parse,
    table: Frames,
    parties: Parties,
    words: Deeds,
    bodies: Container[str],
    n: int,
    clause: Clause,
) -> Deed | None:
    clause = _with_shared_object(parse, table, words, n, clause)
    if _objectless(clause, words):
        if not _gapped(parse, words, n):
            return None
        clause = clause._replace(verb=clause.verb._replace(voice="passive"))
    if clause.subject is None or _nobody(parse, words, clause.subject) or _named_by_it(parse, words, clause):
        return None
    head = clause.subject_head
    if head is not None and parse.tags[head] not in _HEADS and parse.low[head] not in bodies:
        # "The urgent need to protect": an adjective cannot be a subject, so this is not a verb. Nouns of
        # bodies may be tagged as adjectives ("the military").
        return None
    if (
        _aimed(parse, words, clause)
        or _headlined(parse, clause)
        or reduced(parse, words, clause)
        or _modifying(parse, words, clause)
        or _seen(parse, words, clause)
        or _ready(words, clause)
    ):
        return None
    mood = modality(parse, words, n)
    if not particular(clause, mood) or _used_to(parse, words, clause):
        return None
    whole, clause = clause, _without_measures(parse, words, clause)
    phrase = table.deed(parse, clause)
    if phrase is not None and _stands_alone(clause) and not table.has_recipient(clause):
        clause = clause._replace(verb=clause.verb._replace(voice="active"))
    if phrase is None or (_with_agent(parse, parties, clause) and words.by.isdisjoint(phrase.words[-1:])):
        return None
    who = parties.actor(clause, phrase)
    return Deed(
        clause=n,
        plover=None
        if phrase.frame.acted and who is None and not _by_violence(parse, words, clause)
        else phrase.frame.plover,
        frame=phrase.frame,
        weight=phrase.weight,
        cue=_cue(clause),
        actor=who,
        recipient=parties.recipient(clause, phrase),
        place=parties.place(clause),
        content=_content(parse, whole),
        modality=mood,
    )


def _without_measures(parse: Parse, words: Deeds, clause: Clause) -> Clause:
    """A clause without the objects that tell how much: "declined *6%*", but "offered a premium of 6%"."""

    def tells(run: Run) -> bool:
        counted = any(parse.tags[k] == "CD" for k in range(*run))
        nouns = [k for k in range(*run) if parse.tags[k] in _NOUNS and parse.low[k] not in words.measures]
        return counted and not nouns and parse.low[run.last - 1] in words.measures

    kept = tuple(run for run in clause.objects if not tells(run))
    return clause if len(kept) == len(clause.objects) else clause._replace(objects=kept)


def _by_violence(parse: Parse, words: Deeds, clause: Clause) -> bool:
    """Whether a passive tells that somebody did it: "killed *in a bombing*", but "killed in a crash"."""
    return any(
        o.preposition is not None
        and parse.low[o.preposition] in words.within
        and any(lemma(parse.low[k]) in words.violence for k in range(*o.phrase))
        for o in clause.obliques
    )


def _nobody(parse: Parse, words: Deeds, subject: Run) -> bool:
    """Whether a subject refers to nobody: "there", "what", or "that" alone (but not "that bill")."""
    low = parse.low[subject.first]
    return low in words.nobody and (low not in words.pointing or subject.last - subject.first == 1)


def _named_by_it(parse: Parse, words: Deeds, clause: Clause) -> bool:
    """Whether a clause only names its object ("what the ministry called a raid") and reports no act."""
    if clause.marker is None or clause.subject is None or clause.marker >= clause.subject.first:
        return False
    low = parse.low[clause.marker]
    return low in words.nobody and low not in words.pointing


def _aimed(parse: Parse, words: Deeds, clause: Clause) -> bool:
    """Whether "is to" tells what something is and plans nothing: "the next step is to find a buyer"."""
    if clause.verb.modal != "be to" or clause.subject is None:
        return False
    first = max(parse.sentences[clause.sentence].first, clause.subject.first - AIM)
    return any(lemma(parse.low[k]) in words.aims for k in range(first, clause.verb.first))


def _headlined(parse: Parse, clause: Clause) -> bool:
    """Whether a verb has a capital within its sentence: a headline or the row of a table ("Veltra 14.20 Gained 2.1")."""
    at = clause.verb.head
    word = parse.words[at]
    return word[0].isupper() and not word.isupper() and at > parse.sentences[clause.sentence].first


def reduced(parse: Parse, words: Deeds, clause: Clause) -> bool:
    """Whether a verb that was read as finite is a participle: "the quarter *ended* June 30"."""
    verb, subject = clause.verb, clause.subject
    if subject is None or verb.voice == "passive" or verb.last - verb.first > 1:
        return False
    before = subject.first - 1
    sentence = parse.sentences[clause.sentence]
    while before > sentence.first and parse.tags[before] == "RB":
        # "around roughly 90 drawings selected from its store"
        before -= 1
    governed = before >= sentence.first and parse.low[before] in words.governors
    period = parse.low[verb.first - 1] in words.periods and parse.low[verb.head] == "ended"
    return governed or period


def _with_shared_object(parse: Parse, table: Frames, words: Deeds, n: int, clause: Clause) -> Clause:
    """A clause with the object of the verb joined to its own: "*seized* and destroyed 40 guns"."""
    if clause.objects or clause.verb.voice != "active" or n + 1 >= len(parse.clauses):
        return clause
    after = parse.clauses[n + 1]
    at = clause.verb.last
    joined = after.sentence == clause.sentence and after.kind == "coordinate" and after.shared
    if not joined or after.verb.first != at + 1 or parse.tags[at] != "CC" or not after.objects:
        return clause
    whole = clause._replace(objects=after.objects)
    phrase = table.deed(parse, whole)
    takes = phrase is not None and not phrase.words and "object" in phrase.frame.to
    return whole if takes or clause.verb.lemma in words.transitive else clause


def _stands_alone(clause: Clause) -> bool:
    """Whether a passive form has no auxiliary of its own: "was awarded a medal and *retired*"."""
    verb = clause.verb
    return clause.shared and verb.voice == "passive" and verb.last - verb.first == 1


def _objectless(clause: Clause, words: Deeds) -> bool:
    """Whether a verb lacks the object that it always has: "the plane *engulfed* in flames", "the crew is *missing*"."""
    verb = clause.verb
    if verb.voice != "active" or verb.modal is not None or clause.objects:
        return False
    if clause.complement is not None:
        return clause.complement_kind == "infinitive" and verb.lemma in words.ordering
    past = verb.tense == "past" and verb.aspect == "simple" and verb.head == verb.first
    return (past or verb.aspect != "simple") and verb.lemma.replace(" ", "_") in words.transitive


def _gapped(parse: Parse, words: Deeds, n: int) -> bool:
    """Whether a clause shares the omitted auxiliary of a passive before it: "nine were killed and 30
    *injured*"."""
    clause = parse.clauses[n]
    if not n or clause.subject is None:
        return False
    before = parse.clauses[n - 1]
    at = clause.verb.first if clause.shared else clause.subject.first
    joined = before.sentence == clause.sentence and before.verb.finite and parse.tags[at - 1] == "CC"
    return joined and (before.verb.voice == "passive" or before.verb.lemma in words.be)


def _modifying(parse: Parse, words: Deeds, clause: Clause) -> bool:
    """Whether a participle precedes its noun or follows a copula: "the recently *passed* law", "remained
    *closed*"."""
    first = clause.verb.first
    if clause.verb.last - first > 1 or clause.verb.voice == "passive":
        return False
    before, start = first - 1, parse.sentences[clause.sentence].first
    if before >= start and lemma(parse.low[before]) in words.copulas:
        return True
    while before > start and parse.tags[before] == "RB":
        before -= 1
    return before >= start and (parse.low[before] in words.articles or parse.tags[before] == "PRPS")


def _seen(parse: Parse, words: Deeds, clause: Clause) -> bool:
    """Whether a past form is the participle of what somebody sees or wants: "does not want to see Ruiz *punished*"."""
    if clause.kind != "complement" or clause.encloser is None or clause.objects or clause.subject is None:
        return False
    verb, around = clause.verb, parse.clauses[clause.encloser]
    plain = verb.voice == "active" and verb.tense == "past" and verb.last - verb.first == 1
    return plain and around.verb.lemma in words.seeing and around.verb.last == clause.subject.first


def _ready(words: Deeds, clause: Clause) -> bool:
    """Whether a passive tells a readiness: "would be *prepared* to outbid"."""
    told = clause.verb.voice == "passive" and clause.complement_kind == "infinitive"
    return told and clause.verb.lemma in words.readiness


def _with_agent(parse: Parse, parties: Parties, clause: Clause) -> bool:
    """Whether a past form is a participle because its agent follows: "a search *conducted* by the navy".
    "Passed by a wide margin" and "survived by luck" have no agent."""
    verb = clause.verb
    if verb.voice == "passive" or verb.last - verb.first > 1 or verb.tense != "past" or clause.objects:
        return False
    run = agent(parse, clause)
    return run is not None and run.first == verb.last + 1 and parties.names_somebody(run)


def _habitual(verb: VerbGroup) -> bool:
    """Whether a verb is a plain present without a modal, which is never :func:`particular`."""
    return verb.tense == "present" and verb.aspect == "simple" and verb.modal is None


def particular(clause: Clause, mood: Modality) -> bool:
    """Whether a clause reports a single act. A plain present is a habit, and so is a mere "may"."""
    verb = clause.verb
    if mood == "hypothetical":
        return False
    if mood == "negated" and verb.modal == "have to":
        # "The plane has yet to be found."
        return not verb.negated
    if mood == "negated" and verb.modal == "would":
        # "Said he would not close the port."
        return True
    return not (verb.tense == "present" and verb.aspect == "simple" and mood != "future")


def _used_to(parse: Parse, words: Deeds, clause: Clause) -> bool:
    """ "The trucks used to stop here": a habit."""
    verb = clause.verb
    active = verb.lemma in words.habitual and verb.voice == "active"
    return active and verb.last < len(parse.words) and parse.low[verb.last] in words.to


def _cue(clause: Clause) -> Run:
    head = clause.verb.head
    particle = clause.verb.particle
    return Run(head, head + 2) if particle == head + 1 else Run(head, head + 1)


def _content(parse: Parse, clause: Clause) -> Run | None:
    """The words after the verb, without punctuation and conjunctions at the end.

    A word such as "after" or "and" before the next clause belongs to that clause: "Work stopped on Monday
    *after* an engineer found water".
    """
    first, last = clause.verb.last, clause.last
    if parse.words[first : first + 1] == (",",):
        # "… were evacuated, according to the governor": what follows is no part of what was done.
        return None
    joined = last < parse.sentences[clause.sentence].last and parse.words[last][0].isalnum()
    while last > first and (
        not (parse.words[last - 1][0].isalnum() or parse.words[last - 1] == "%")
        or (joined and parse.tags[last - 1] in _JOINING)
    ):
        last -= 1
    return Run(first, last) if last > first else None
