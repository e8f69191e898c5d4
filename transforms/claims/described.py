"""Names behind words that say what they are, in languages without tags: ``la delegada sindical | Pilar Conde``."""

from __future__ import annotations

import itertools

from dateline.transforms import lexicon
from dateline.transforms.claims.chunks import Chunks
from dateline.transforms.claims.draft import Run
from dateline.transforms.claims.names import Mention

_APOSTROPHES = frozenset("'’")


def whole(c: Chunks, run: Run, m: Mention) -> Mention:
    """A name with its article before an apostrophe (``L'Écho``) and, for a body, with what it is of, up to the end of its
    phrase (``el diario | El Faro de Lund``)."""
    first, last = m.first, m.last
    if c.tags[first]:
        return m
    elided = first - 2 > run.first and c.words[first - 1] in _APOSTROPHES and c.words[first - 2].istitle()
    first -= 2 * elided
    rest = range(last, run.last)
    body = first > run.first and c.low[first - 1] in c.people.organs
    if body and all(c.words[k][0].isupper() or c.low[k] in c.closed.of for k in rest):
        last = run.last
    if (first, last) == (m.first, m.last):
        return m
    return m._replace(first=first, last=last, name=c.text[c.parse.starts[first] : c.parse.ends[last - 1]])


def described(c: Chunks, run: Run, m: Mention) -> bool:
    """Whether only words in small letters stand between the start of a phrase and a name of several words at its end; where
    nouns have capitals, an office and the body that it is of (``Der Präsident des Hilfswerks | Klaus Brand``)."""
    if c.tags[m.first]:
        return False
    m = whole(c, run, m)
    if c.closed.capital_nouns:
        known = c.vocabulary
        lead = c.low[run.first + 1 : m.first]
        if m.last != run.last or not lead:
            return False
        if known.body(lead[-1]):
            return any(known.office(w) or w in c.people.humans for w in lead[:-1])
        # "Der deutsche Radprofi | Simon Lang"
        given = lexicon.given_names().holds(m.name.partition(" ")[0].lower())
        return given and " " in m.name and all(w.islower() for w in c.words[run.first + 1 : m.first - 1])
    small = all(w[0].islower() for w in c.words[run.first + 1 : m.first])
    return " " in m.name and m.last == run.last and m.first - run.first > 1 and small


def depends(c: Chunks, run: Run, m: Mention) -> bool:
    """Whether a name is that of whom an office is of: ``Der Anwalt des Zeugen | Klaus Brand`` and ``L'ufficio di | Ana Ruiz``
    are not these."""
    lead = c.low[run.first : m.first]
    if c.tags[m.first] or "," in lead or len(lead) < 2:
        return False
    of = lead[-2] if lead[-1] in _APOSTROPHES else lead[-1]  # "l'agence d'Ottawa"
    if of in c.closed.of and of not in c.closed.articles:
        return True
    if not c.closed.capital_nouns:
        return False
    held = any(
        w in c.closed.of and (c.vocabulary.office(before) or before in c.people.humans)
        for before, w in itertools.pairwise(lead)
    )
    return held and not c.vocabulary.body(lead[-1])


def role(c: Chunks, run: Run, m: Mention) -> str | None:
    """What such words say that somebody is, behind an article and where one of them is a noun of persons."""
    first = run.first + 1
    if c.low[run.first] not in c.closed.determiners or first >= m.first or not described(c, run, m):
        return None
    known = c.people.roles | c.people.humans
    if known.isdisjoint(c.low[first : m.first]) and not c.closed.capital_nouns:
        return None
    return c.text[c.parse.starts[first] : c.parse.ends[m.first - 1]]
