"""Names behind words that say what they are, in languages without tags: ``la delegada sindical | Pilar Conde``."""

from __future__ import annotations

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
    """Whether only words in small letters stand between the start of a phrase and a name of several words at its end."""
    if c.tags[m.first]:
        return False
    m = whole(c, run, m)
    small = all(w[0].islower() for w in c.words[run.first + 1 : m.first])
    return " " in m.name and m.last == run.last and m.first - run.first > 1 and small


def role(c: Chunks, run: Run, m: Mention) -> str | None:
    """What such words say that somebody is, behind an article and where one of them is a noun of persons."""
    first = run.first + 1
    if c.low[run.first] not in c.closed.determiners or first >= m.first or not described(c, run, m):
        return None
    known = c.people.roles | c.people.humans
    if known.isdisjoint(c.low[first : m.first]):
        return None
    return c.text[c.parse.starts[first] : c.parse.ends[m.first - 1]]
