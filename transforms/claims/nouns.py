"""Reads the nouns of phrases by closed words, in languages whose words have no tags.

A phrase ends where a mark, a preposition, a second article or a verb of saying begins something else. Without a tag nothing
tells a noun from a verb, so a phrase in small letters counts where its noun is known to be of people or bodies
that speak.
"""

from __future__ import annotations

from dateline.transforms import lexicon
from dateline.transforms.claims.chunks import Chunks
from dateline.transforms.claims.draft import Run
from dateline.transforms.lexicon import Saying

_BREAKS = frozenset(',;:.!?—–()"“”«»„‘’…،؛؟')
_APOSTROPHES = frozenset("'’")


class Nouns:
    """The nouns of one sentence, tokens ``[first, last)``."""

    def __init__(self, chunks: Chunks, cues: Saying, first: int, last: int) -> None:
        self.c, self.cues, self.first, self.last = chunks, cues, first, last
        self.closed = chunks.closed

    def opened(self, k: int) -> bool:
        """Whether a word is outside of quotations."""
        return not self.c.parse.quotes[k]

    def breaks(self, k: int) -> bool:
        """Whether a mark parts what stands before it from what follows; an apostrophe within a word does not."""
        return self.c.words[k] in _BREAKS and not self.elided(k)

    def elided(self, k: int) -> bool:
        """Whether a mark is the apostrophe between two parts of one written word (``l'entreprise``)."""
        if self.c.words[k] not in _APOSTROPHES or not 0 < k < len(self.c.words) - 1:
            return False
        starts, ends = self.c.parse.starts, self.c.parse.ends
        return starts[k] == ends[k - 1] and starts[k + 1] == ends[k] and self.c.words[k - 1][-1].isalpha()

    def _elides(self, k: int) -> bool:
        return k + 1 < self.last and self.elided(k + 1)

    def determined(self, k: int) -> bool:
        """Whether an article or another determiner stands at a token, with or without an apostrophe."""
        return k < self.last and (
            self.c.low[k] in self.closed.determiners
            or (self._elides(k) and f"{self.c.low[k]}'" in self.closed.determiners)
        )

    def timely(self, k: int) -> bool:
        """Whether a token is a number or a word of time."""
        low = self.c.low[k]
        if low.isdigit() or low in self.closed.times:
            return True
        if low not in self.c.vocabulary.calendar:
            return False
        # "Jan Lang", "Mai Berg": a given name.
        following = self.c.words[k + 1 : k + 2]
        return not (following and following[0].istitle() and lexicon.given_names().holds(low))

    def adverb(self, k: int) -> bool:
        """Whether a word that opens a sentence is an adverb by its ending, and no name: ``Kürzlich | meldete``."""
        c = self.c
        return (
            k == self.first and c.low[k].endswith(self.closed.adverb_endings) and c.low[k] not in c.surnames
        )

    def untimed(self, first: int, last: int) -> tuple[int, int]:
        """A run without the times at its edges: ``annonce | mardi | le syndicat``, ``der Sprecher | am Montag``."""
        c = self.c
        small = c.closed.no_subject | c.closed.definite
        while first < last:
            opened = first + 1 < last and (c.low[first] in small or c.low[first] in c.closed.determiners)
            if not self.timely(first + opened):
                break
            first += 1 + opened
        while last > first and (self.timely(last - 1) or c.low[last - 1] in small):
            last -= 1
        return first, last

    def clipped(self, first: int, last: int) -> int:
        """The end of the phrase at ``first``: before a preposition, a second article, a relative or a verb of saying.

        What an office is of belongs to it (``der Sprecher der Polizei``), and so does a second name or speaker behind
        "and". Where nouns have capitals, a word without one behind a noun ends the phrase.
        """
        closed, c = self.closed, self.c
        noun = False
        for k in range(first, last):
            low, word = c.low[k], c.words[k]
            if k == first:
                noun = (word[0].isupper() or self._agent(low)) and low not in closed.determiners
                continue
            within = c.low[k - 1] in closed.of or c.low[k - 1] in closed.conjunctions
            if low in closed.of or low in closed.office_of or self.elided(k) or self.elided(k - 1):
                continue
            if low in closed.conjunctions:
                joined = k + 1 < last and (c.words[k + 1][0].isupper() or self.determined(k + 1))
                if joined or (k + 1 < last and c.low[k + 1] in c.vocabulary.speaking):
                    continue
                return k
            if low in self.cues.verbs or low in closed.no_subject or low in closed.auxiliaries:
                return k
            if self.timely(k) and not (low.isdigit() and self._numbered(k, last)):
                return k
            behind_name = k - first > 1 and word[0].isupper() and lexicon.given_names().holds(c.low[k - 2])
            if closed.noun_endings and behind_name and low.endswith(closed.noun_endings):
                return k  # "laut Hans Berger | Anerkennung"
            if word[0].islower() and low not in closed.determiners and self._full_name(first, k):
                return k  # "Il capo Herzi Halevi | aggiungendo"
            if low in closed.relatives and low not in closed.determiners:
                return k
            capital = word[0].isupper() and k + 1 < last and c.words[k + 1][0].isupper()
            if low in closed.determiners and not within and not capital and self._after_noun(first, k):
                return k  # but "el diario | El Faro"
            if closed.capital_nouns:
                if noun and word[0].islower() and low not in closed.determiners:
                    return k
                noun = noun or word[0].isupper()
        return last

    def _numbered(self, k: int, last: int) -> bool:
        """Whether a number belongs to the name before it, as the last word: "Canal 13", but not "laut Forsa | 26 Prozent"."""
        words = self.c.words
        return words[k - 1][0].isupper() and (k + 1 >= last or not words[k + 1][0].isalpha())

    def _full_name(self, first: int, k: int) -> bool:
        """Whether a name of two words stands before a token, to which nothing belongs but what it is of."""
        words = self.c.words
        return k - first > 1 and words[k - 1][0].isupper() and words[k - 2][0].isupper()

    def _after_noun(self, first: int, k: int) -> bool:
        """Whether anything but articles stands between the start of a phrase and a token."""
        return any(self.c.low[j] not in self.closed.determiners for j in range(first, k))

    def to_noun(self, first: int, last: int) -> int:
        """The end of a phrase right behind its noun and names: a verb may follow it (``volgens de politie | reed hij``)."""
        c, closed = self.c, self.closed
        k = first
        while k < last and (
            c.low[k] in closed.determiners or not (c.words[k][0].isupper() or self._agent(c.low[k]))
        ):
            k += 1
        while k < last:
            k += 1
            if k < last and c.low[k] in closed.of:
                k += 1 + (k + 1 < last and c.low[k + 1] in closed.determiners)
            elif k < last and not c.words[k][0].isupper() and c.low[k] not in c.people.roles:
                break  # but "le Premier ministre"
        return min(k, last)

    def _head(self, first: int, last: int) -> list[str]:
        """The words of a phrase up to what its noun is of."""
        c, closed = self.c, self.closed
        k = first
        while k < last and (c.low[k] in closed.determiners or self.elided(k) or self._elides(k)):
            k += 1
        start = k
        while k < last and not (k > start and (c.low[k] in closed.of or c.low[k] in closed.determiners)):
            if c.words[k] == "," or self._elides(k):
                break
            k += 1
        return list(c.low[start:k])

    def _agent(self, word: str) -> bool:
        """Whether a noun is one of people or bodies that speak."""
        endings = (*self.closed.agents, *self.closed.bodies)
        return word in self.c.vocabulary.speaking or word.endswith(endings)

    def speaks(self, first: int, last: int) -> bool:
        """Whether the noun of a phrase is one of people or bodies that speak."""
        return any(map(self._agent, self._head(first, last)))

    def mute(self, first: int, last: int) -> bool:
        """Whether the noun of a phrase is one that says nothing."""
        mute = self.closed.mute
        return any(w in mute or w.endswith(self.closed.mute_endings) for w in self._head(first, last))

    def named(self, run: Run | None) -> Run | None:
        """A source of "according to" that speaks: a name, or a noun of people or bodies; plans and rules do not.

        ``Según el plan``, ``Laut Gesetz`` and ``Selon les règles`` name nobody, and neither does a pronoun.
        """
        if run is None:
            return None
        words, (first, last) = self.c.words, run
        if last - first == 1 and self.c.low[first] in self.closed.unnamed:
            return None
        small = words[first][0].islower() and not self.determined(first)
        if self.closed.capital_nouns and small and not self._agent(words[first]):
            return None  # "Laut lachend lief der Mann davon".
        if self.closed.verb_second and not self.closed.capital_nouns:
            last = self.to_noun(first, last)
            run = Run(first, last)
        if self.speaks(first, last):
            return run
        if self.closed.capital_nouns and self.determined(first) and last - first < 3:
            return None  # "Laut dem Bericht"
        capital = any(w[0].isalpha() and not w[0].islower() for w in words[first:last])
        return run if capital and not self.mute(first, last) else None

    def certain(self, run: Run | None) -> Run | None:
        """A phrase whose noun speaks, or a name: of two words where all nouns have capitals."""
        found = self.named(run)
        if found is None or self.speaks(*found) or not self.closed.capital_nouns:
            return found
        if found.last - found.first == 1 and self.c.low[found.first] in self.c.surnames:
            return found
        return None if self.determined(found.first) or found.last - found.first < 2 else found

    def speaker(self, run: Run | None) -> Run | None:
        """A phrase that is a pronoun, or that speaks for certain."""
        pronoun = (
            run is not None and run.last - run.first == 1 and self.c.low[run.first] in self.closed.unnamed
        )
        return run if pronoun else self.named(run)
