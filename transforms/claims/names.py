"""The proper names of an article, with their roles, short forms and genders."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dateline.transforms import lexicon
from dateline.transforms.claims.chunks import Chunks
from dateline.transforms.claims.short_forms import short_forms
from dateline.transforms.claims.words import ClaimWords
from dateline.transforms.lexicon import People
from dateline.transforms.model import Run

if TYPE_CHECKING:
    from dateline.transforms.claims.antecedents import Candidate
    from dateline.transforms.claims.kinds import Kind
    from dateline.transforms.claims.speakers import Speaker

_NOUNS = frozenset(["NN", "NNP", "JJ"])
_QUALIFIED = frozenset(["NN", "NNP", "JJ", "CD"])
_JOINTS = frozenset(["IN", "DT", "CC", "TO"])
_BEFORE_KIN = frozenset(["NN", "JJ", "DT", "PRPS", "POS"])
NEAR_KIN = 5
"""Most words from the noun of a relative to its name: "her *son*, the actor Peter Maddox"."""
MAX_WORDS = 10
MIN_FULL = 2
"""Words of a given and a family name."""
MAX_MENTIONS = 600
OFTEN = 4
"""Mentions of the person that an article is about."""


class Mention(NamedTuple):
    """A proper name in the text: tokens ``[first, last)``, its words, and the role before it."""

    first: int
    last: int
    name: str
    role: str | None
    gender: str | None


@lru_cache(maxsize=1 << 14)
def _bare(word: str) -> str:
    return word.rstrip(".").lower()


def core(words: Sequence[str], known: ClaimWords) -> int:
    """The first word of the name in a run of capitalised words: the one behind titles and roles."""
    first = 0
    if not known.closed.capital_nouns and known.before_names.isdisjoint(map(_bare, words)):
        return first
    people = known.people
    for k, word in enumerate(words):
        low = _bare(word)
        if (
            low in people.titles
            or (k + 1 < len(words) and known.office(low))
            or (k == 0 and len(words) > MIN_FULL and (low in people.humans or low in people.either))
        ):
            first = k + 1
    given = lexicon.given_names()
    if first == 0 and known.closed.capital_nouns and len(words) > MIN_FULL and given.holds(_bare(words[1])):
        # "Verleger Anton Kress": where nouns have capitals, one before a given name is what somebody is.
        first = not given.holds(_bare(words[0]))
    return first


def full_end(chunks: Chunks, first: int, last: int) -> int:
    """The end of a full name in capitalised words, without a noun behind it where nouns have capitals (``Hans Berger |
    Anerkennung``)."""
    endings = chunks.closed.noun_endings
    while endings and last - first > MIN_FULL and chunks.low[last - 1].endswith(endings):
        last -= 1
    return last


def gender_of(words: Sequence[str], people: People) -> str | None:
    """The gender that the titles of a name show."""
    for word in words:
        low = _bare(word)
        if low in people.female:
            return "f"
        if low in people.male:
            return "m"
    return None


class Names:
    """The proper names of one article, by place and by last word."""

    def __init__(self, chunks: Chunks) -> None:
        self.chunks = chunks
        self.mentions = self._find()
        self.firsts = [m.first for m in self.mentions]
        self._by_first = dict(zip(self.firsts, self.mentions, strict=True))
        self._persons: set[int] = set()
        self.sources: dict[Run, tuple[Speaker, Kind] | None] = {}
        """Whom phrases name whatever was told before them, as :class:`Speakers` found it: claims and deeds ask for the
        same ones."""
        self.kinds: dict[Run, Kind] = {}
        self.persons: dict[int, Candidate] = {}
        """What :class:`Antecedents` found of phrases and of mentions, which is the same for claims and for deeds."""
        self._genders: dict[str, str | None] = {}
        self.full: dict[str, list[Mention]] = {}
        self.gender: dict[str, str] = {}
        self.roles: dict[str, str] = {}
        kinds: dict[str, tuple[str, bool, tuple[str, ...]]] = {}
        things = {m.name for m in self.mentions if self._thing(m)}
        for m in self.mentions:
            if m.name not in kinds:
                last, person, keys = self._kind(m.name)
                kinds[m.name] = (last, False, ()) if m.name in things else (last, person, keys)
            last, person, keys = kinds[m.name]
            if person:
                self._persons.add(m.first)
            for key in keys:
                self.full.setdefault(key, []).append(m)
            if m.gender:
                self.gender.setdefault(last, m.gender)
        for m in self.mentions:
            if m.role:
                self.roles.setdefault(self.best(m.name), m.role)

    def person(self, m: Mention) -> bool:
        """Whether a name can be a person's: not an organisation, a date or a short form in capitals."""
        return m.first in self._persons

    def _thing(self, m: Mention) -> bool:
        """Whether an article stands before a name of several words, so that it is no person's: "the Grey Hall", but not
        "the Ana Ruiz campaign"."""
        c = self.chunks
        if " " not in m.name or m.role or not m.first or c.low[m.first - 1] not in c.closed.definite:
            return False
        return bool(c.tags[m.first]) and (m.last == len(c.tags) or c.tags[m.last] not in _QUALIFIED)

    def _kind(self, name: str) -> tuple[str, bool, tuple[str, ...]]:
        """The last word of a name, whether it can be a person's, and the family names that it is a full name of."""
        words = name.split()
        last = words[-1].lower()
        if not self._is_person(words[-1]) or self._is_body(words):
            return last, False, ()
        if len(words) == 1:
            return last, True, ()
        return last, True, (last, words[0].lower()) if self._family_first(words) else (last,)

    def _is_person(self, last: str) -> bool:
        return last.lower().rstrip(".") not in self.chunks.people.organs and not (
            last.isupper() and len(last) > 1
        )

    def _is_body(self, words: Sequence[str]) -> bool:
        """Whether a name in a language without tags begins with the noun of a body: "Polícia Civil"."""
        untagged = not self.chunks.tags[0]
        return untagged and len(words) > 1 and words[0].lower() in self.chunks.people.organs

    def _family_first(self, words: Sequence[str]) -> bool:
        """Whether the family name of a name stands first: "Kim Dae-sung", "Xi Jinping"."""
        given = words[1].partition("-")[2]
        return words[0].lower() in self.chunks.people.family_first or (given != "" and given[0].islower())

    def gender_of(self, name: str) -> str | None:
        """The gender that a title, a noun or else the given name shows; a family name of two persons shows none, and
        neither does the empty name of two joined persons."""
        if not name:
            return None
        if name not in self._genders:
            self._genders[name] = self._gender_of(name)
        return self._genders[name]

    def _gender_of(self, name: str) -> str | None:
        words = name.lower().split()
        people, closed = self.chunks.people, self.chunks.closed
        head = next((k for k in range(1, len(words)) if words[k] in closed.prepositions), len(words)) - 1
        if name.split()[head].islower() and (words[head] in people.female or words[head] in people.male):
            return "f" if words[head] in people.female else "m"
        bearers = {m.name for m in self.full.get(words[-1], ())}
        if len(bearers) < 2 and words[-1] in self.gender:
            return self.gender[words[-1]]
        given = lexicon.given_names()
        if len(words) == 1:
            return None
        return "f" if words[0] in given.female else "m" if words[0] in given.male else None

    def somebody(self, m: Mention) -> bool:
        """Whether a name is certainly a person's: it has a role, or is the family name of a full name."""
        if m.name.split()[-1].lower().rstrip(".") in self.chunks.people.firms:
            return False
        return self.person(m) and (self.personal(m.role) or m.name.split()[-1].lower() in self.full)

    def personal(self, role: str | None) -> bool:
        """Whether a role is one of persons alone: "captain", but not "rival"."""
        return role is not None and role.split()[-1].lower() not in self.chunks.people.either

    @cached_property
    def relatives(self) -> set[str]:
        """The names of relatives of somebody: "his daughter, Signe Melin", "Ruth Melin, her mother"."""
        c, kin = self.chunks, self.chunks.people.kin
        found = set()
        for bearers in self.full.values() if kin else ():
            for m in bearers if len({b.name for b in bearers}) > 1 else ():
                k = m.first
                while k > max(0, m.first - NEAR_KIN) and (
                    c.tags[k - 1] in _BEFORE_KIN or c.words[k - 1] == ","
                ):
                    k -= 1
                behind = c.low[m.last + 1 : m.last + 3] if c.words[m.last : m.last + 1] == (",",) else ()
                role = (m.role or "").lower().split()[-1:]
                if not kin.isdisjoint([*c.low[k : m.first], *role, *behind]):
                    found.add(m.name)
        return found

    @cached_property
    def hero(self) -> str | None:
        """The person that the article is about: named often, and twice as often as anybody else."""
        told = Counter(self.best(m.name, m.first) for m in self.mentions if self.somebody(m))
        # Of two capitals alone ("Van Ruyten") nothing tells that they are a person's.
        known = [n for n in told.most_common() if n[1] > 1 and (n[0] in self.roles or self.gender_of(n[0]))]
        (name, count), (_, next_) = [*known, ("", 0), ("", 0)][:2]
        return name if count >= OFTEN and count >= 2 * next_ else None

    @cached_property
    def short(self) -> dict[str, str]:
        """Short form in capitals → the name that it stands for, introduced in brackets or by its initials."""
        return short_forms(self.chunks, dict.fromkeys(m.name for m in self.mentions))

    def _find(self) -> list[Mention]:
        c = self.chunks
        words, tags, sentence, sentences = c.words, c.tags, c.sentence, c.parse.sentences
        starts, ends, text = c.parse.starts, c.parse.ends, c.text
        people = c.people
        found: list[Mention] = []
        j = 0
        for i in c.propers():
            if i < j:
                continue
            if len(found) >= MAX_MENTIONS:
                break
            first = i
            j = i + 1
            inside = sentences[sentence[i]]
            stop = min(inside.last, i + MAX_WORDS)
            # Nothing that begins with a small letter goes on.
            while j < stop and (tags[j] == "NNP" or (words[j][0].isupper() and self._goes_on(j))):
                j += 1
            if j - i > 1:
                first = self._core(i, j)
                if first == j:
                    continue
            else:
                bare = _bare(words[i])
                if bare in people.roles or bare in people.titles:
                    continue
            if first + 1 == j and c.low[first] in c.closed.articles:
                continue
            if j - first > MIN_FULL and lexicon.given_names().holds(c.low[first]):
                j = full_end(c, first, j)
            role = self._role(first, inside.first)
            told = [*words[i:first], *role.split()] if role else words[i:first]
            gender = gender_of(told, people) if told else None
            last = j
            while last - first > 2 and words[last - 1].isupper() and _bare(words[last - 1]) in people.honours:
                # "Ana Ruiz KC": the honour stands with the name and is no part of it.
                last -= 1
            found.append(Mention(first, j, text[starts[first] : ends[last - 1]], role, gender))
        return found

    def _core(self, i: int, j: int) -> int:
        """The first token of the name in the capitalised words ``[i, j)``, ``j`` where these name nobody."""
        c = self.chunks
        words, low, people, closed = c.words, c.low, c.people, c.closed
        first = i + core(words[i:j], c.vocabulary)
        if first == i and j - i > 2 and i > 1 and low[i - 1] in closed.of and low[i - 2] in people.roles:
            # "Secretary of Labour Ana Ruiz": what the office is of is no part of the name.
            first = j - 2
        end = _bare(words[j - 1])
        if first < j and (end in people.organs or end in people.firms):
            # "General Motors": a role within the name of a body is a part of it, but not "Retailer Tamsin & Co".
            opens = not i or not words[i - 1][0].isalnum()
            opens = opens and j - i > MIN_FULL and low[i] in people.either
            first = i + opens
        if end not in people.roles:
            return first
        # "US Secretary" of "US Secretary of State Ana Ruiz" is a role, not a name.
        office = j < len(words) and low[j] in closed.office_of
        return j if office or people.roles.issuperset(map(_bare, words[first:j])) else first

    def _goes_on(self, j: int) -> bool:
        """Whether a token continues a name: proper, or a family name that is also a word (``Beate Sommer``)."""
        c = self.chunks
        tag, word = c.tags[j], c.words[j]
        if not tag:
            return c.proper(j)
        if tag in _JOINTS and word[0].isupper() and j + 1 < len(c.words):
            # "Doctors Without Borders": a capital joins the words around it.
            return c.tags[j + 1] == "NNP" and c.tags[j - 1] == "NNP"
        # "Kim Dae-sung": a name with a hyphen may have any tag.
        named = tag == "NN" or (tag == "JJ" and "-" in word)
        return tag == "NNP" or (named and word[0].isupper() and word[1:].islower())

    def _role(self, first: int, floor: int) -> str | None:
        """The words right before a name that say what its bearer is: ``State Department spokesman``; its sentence
        begins at ``floor``."""
        c, people = self.chunks, self.chunks.people
        k = first
        while k > floor and first - k < 8:
            low, tag = c.low[k - 1], c.tags[k - 1]
            if k == first and low.rstrip(".") in people.titles:
                k -= 1
                first = k
                continue
            noun = tag in _NOUNS or (not tag and (c.vocabulary.office(low) or low in people.humans))
            if noun or (low in c.closed.role_joins and k < first):
                k -= 1
            else:
                break
        while k < first and c.low[k] in c.closed.role_joins:
            k += 1
        if k >= first or not any(
            c.vocabulary.office(c.low[x]) or c.low[x] in people.humans for x in range(k, first)
        ):
            return None
        return c.text[c.parse.starts[k] : c.parse.ends[first - 1]]

    def best(self, name: str, before: int | None = None, role: str | None = None) -> str:
        """The fullest form of a name in the article; of several the nearest before a token, else the first.

        Of several a role chooses first ("President Kim"). Without one, a family name that stands before the given
        names of several persons ("Kim" of "Kim Dae-sung" and "Kim Ji-won") is left as it is.
        """
        words = name.split()
        last = words[-1].lower()
        if last not in self.full and last.endswith("s") and self.chunks.closed.noun_endings:
            last = last[:-1]  # "Merkels": the genitive of German has no apostrophe.
        found = self.full.get(last, [])
        if len(words) > 1 or not found:
            return next((m.name for m in found if m.name == name[:-1]), name)
        if len({m.name for m in found}) == 1:
            return found[0].name
        office = role.lower().split()[-1] if role else None
        named = {m.name for m in found if m.role and office in m.role.lower().split()}
        if len(named) == 1:
            return named.pop()
        # "Arvid Melin … His daughter, Signe Melin, …": the family name alone is not that of a relative.
        others = {m.name for m in found} - self.relatives
        if len(others) == 1:
            return others.pop()
        earlier = [m for m in found if before is not None and m.first <= before]
        bearers = {m.name for m in earlier or found if m.name.split()[0].lower() == words[0].lower()}
        if len(bearers) > 1:
            return name
        return (earlier[-1] if earlier else found[0]).name

    def at(self, first: int) -> Mention | None:
        """The name that begins at a token."""
        return self._by_first.get(first)

    def inside(self, first: int, last: int) -> list[Mention]:
        """Names that stand within tokens ``[first, last)``."""
        near = slice(bisect_left(self.firsts, first), bisect_left(self.firsts, last))
        return [m for m in self.mentions[near] if m.last <= last]
