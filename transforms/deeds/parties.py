"""The parties of a deed beside its actor: to whom it was done, and where."""

from __future__ import annotations

from transforms.deeds.frames import Phrase
from transforms.model import Clause, Parse, Run

_WHERE = frozenset(["in", "at", "near", "outside", "inside", "off", "across", "throughout"])
_CALENDAR = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "night",
        "morning",
        "afternoon",
        "evening",
        "week",
        "month",
        "year",
        "weekend",
        "noon",
        "midnight",
    ]
)


def recipient(parse: Parse, clause: Clause, phrase: Phrase) -> Run | None:
    """To whom it was done: the first place of the frame that is filled; of a passive its subject."""
    passive = clause.verb.voice == "passive"
    if phrase.frame.subject == "recipient":
        return clause.subject
    for place_ in phrase.frame.to:
        run = _at(place_, parse, clause, phrase)
        if run is not None:
            return run
    return clause.subject if passive else None


def _at(where: str, parse: Parse, clause: Clause, phrase: Phrase) -> Run | None:
    passive = clause.verb.voice == "passive"
    if where in ("object", "receiver") and phrase.objects is None:
        if where == "object":
            if passive:
                return clause.subject
            # In "opened fire on a boat" the object is part of the verb.
            return next((o for o in clause.objects if not set(_words(parse, o)) & set(phrase.words)), None)
        if passive and clause.objects:
            return clause.subject
        if len(clause.objects) > 1:
            return clause.objects[0]
    preposition = {"object": None, "receiver": "to"}.get(where, where)
    if preposition is None:
        return None
    for oblique in clause.obliques:
        if oblique.preposition is None or parse.words[oblique.preposition].lower() != preposition:
            continue
        if not timely(parse, oblique.phrase):
            return oblique.phrase
    return None


def _words(parse: Parse, run: Run) -> list[str]:
    return [parse.words[k].lower() for k in range(run.first, run.last)]


def timely(parse: Parse, run: Run) -> bool:
    """Whether a phrase names a time."""
    words = [w.rstrip(".") for w in _words(parse, run)]
    return any(w in _CALENDAR for w in words) or (
        len(words) == 1 and words[0].isdigit() and len(words[0]) == 4
    )


def place(parse: Parse, clause: Clause) -> Run | None:
    """The first place with a name that the clause tells of."""
    for oblique in clause.obliques:
        if oblique.preposition is None or parse.words[oblique.preposition].lower() not in _WHERE:
            continue
        run = oblique.phrase
        if not timely(parse, run) and any(parse.tags[k] == "NNP" for k in range(run.first, run.last)):
            return run
    return None
