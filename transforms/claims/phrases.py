"""Finds the phrases that can name a source by closed words, in languages whose words have no tags.

A phrase ends where a mark, a preposition, a second article or a verb of saying begins something else. Without a tag nothing
tells a noun from a verb, so a phrase in small letters counts where its noun is known to be of people or bodies
that speak, or where its place leaves no doubt (the start of a sentence, behind a quotation and its verb).
"""

from __future__ import annotations

from dateline.transforms.claims.chunks import Chunks
from dateline.transforms.claims.draft import Run
from dateline.transforms.lexicon import Saying

BREAKS = frozenset(',;:.!?—–()"“”«»„‘’…،؛؟')
_APOSTROPHES = frozenset("'’")
_OPENERS = "«“„\"'’"
"""Marks that may open a name of their own."""
MAX_SOURCE = 12
MAX_NAME = 4
MAX_BRACKETS = 8


class Phrases:
    """The phrases of one sentence, tokens ``[first, last)``."""

    def __init__(self, chunks: Chunks, cues: Saying, first: int, last: int) -> None:
        self.c, self.cues, self.first, self.last = chunks, cues, first, last
        self.closed = chunks.closed

    def opened(self, k: int) -> bool:
        """Whether a word is outside of quotations."""
        return not self.c.parse.quotes[k]

    def breaks(self, k: int) -> bool:
        """Whether a mark parts what stands before it from what follows; an apostrophe within a word does not."""
        return self.c.words[k] in BREAKS and not self.elided(k)

    def elided(self, k: int) -> bool:
        """Whether a mark is the apostrophe between two parts of one written word (``l'entreprise``)."""
        if self.c.words[k] not in _APOSTROPHES or not 0 < k < len(self.c.words) - 1:
            return False
        starts, ends = self.c.parse.starts, self.c.parse.ends
        return starts[k] == ends[k - 1] and starts[k + 1] == ends[k] and self.c.words[k - 1][-1].isalpha()

    def before(self, k: int) -> Run | None:
        """The phrase before a cue that can be its subject."""
        closed, low = self.closed, self.c.low
        first = k = self._before_brackets(k)
        while first > self.first and k - first < MAX_SOURCE and not self.breaks(first - 1):
            if not self.opened(first - 1):
                break
            first -= 1
        last = k
        if closed.verb_second:
            # "Die Polizei | hat am Montag mitgeteilt", "Am Montag hat | die Polizei | mitgeteilt".
            last = next((j for j in range(first + 1, k) if low[j] in closed.auxiliaries), k)
            if last < k and (low[first] in closed.no_subject or self.timely(first)):
                return (
                    self.plausible(last + 1, self.clipped(last + 1, k), behind=True) if last + 1 < k else None
                )
        while last > first and (low[last - 1] in closed.auxiliaries or low[last - 1] in closed.negations):
            last -= 1
        while last > first and self.elided(last - 1):
            # "Il n'a pas dit", "le maire l'a dit": what stands before the verb with an apostrophe is no noun.
            last -= 2
        if first >= last:
            return self._named_before(first - 1) or self._apposed_before(first - 1)
        if low[last - 1] in closed.conjunctions and last - first > 1:
            return self._shared(first, last - 1)
        return self.plausible(*self._last_clause(first, last)) or self._last_phrase(first, last)

    def _before_brackets(self, k: int) -> int:
        """The token behind a phrase that brackets part from its verb: ``Ana Ruiz (PP) | dijo``."""
        words, last = self.c.words, k
        while last > self.first and self.c.low[last - 1] in self.closed.auxiliaries:
            last -= 1
        if last - 1 <= self.first or words[last - 1] != ")":
            return k
        opened = next(
            (j for j in range(last - 2, max(self.first, last - MAX_BRACKETS), -1) if words[j] == "("), None
        )
        return opened if opened is not None else k

    def _last_clause(self, first: int, last: int) -> tuple[int, int]:
        """A run without the clause before its subject: ``The bridge closed and | the minister``, ``But | the minister``."""
        c, joins = self.c, self.closed.conjunctions | self.closed.joining
        if c.low[first] in joins and last - first > 1:
            return first + 1, last
        for k in range(last - 2, first, -1):
            if c.low[k] in self.closed.conjunctions:
                named = all(c.words[j][0].isupper() for j in range(first, k))
                if not named and self.determined(k + 1) and self.speaks(k + 1, last):
                    return (first, last) if self.speaks(first, k) else (k + 1, last)
        return first, last

    def _shared(self, first: int, last: int) -> Run | None:
        """The subject of the clause before "and", which speaks too: ``El alcalde | bajó del coche y | dijo``."""
        found = Run(first, self._to_noun(first, last))
        name = self.c.words[first][0].isupper() and self.c.low[first] not in self.closed.determiners
        return self.plausible(*found) if name or self.speaks(*found) else None

    def _last_phrase(self, first: int, last: int) -> Run | None:
        """The phrase right before a verb, behind what opens the sentence without a comma: ``En Lima | el alcalde dijo``."""
        closed, low, words = self.closed, self.c.low, self.c.words
        if low[first] not in closed.no_subject and not self.timely(first):
            return None
        for k in range(last - 1, first, -1):
            if low[k - 1] in closed.no_subject or low[k - 1] in closed.of or low[k - 1] in closed.determiners:
                continue
            if closed.articles:
                opens = self.determined(k) and self.clipped(k, last) == last and self.speaks(k, last)
            else:
                opens = low[k] in self.c.vocabulary.speaking and all(
                    w[0].isupper() for w in words[k + 1 : last]
                )
            if opens:
                return Run(k, last)
        return None

    def _named_before(self, comma: int) -> Run | None:
        """The name between commas before a cue: ``la portavoz, Ana Ruiz, dijo``."""
        if comma <= self.first or self.c.words[comma] != ",":
            return None
        first = comma
        while first > self.first and comma - first < MAX_NAME and self._in_name(first - 1):
            first -= 1
        named = comma - first > 1 and first > self.first + 1 and self.c.words[first - 1] == ","
        return Run(first, comma) if named and self.c.words[first][0].isupper() else None

    def _in_name(self, k: int) -> bool:
        return self.c.words[k][0].isupper() or self.c.low[k] in self.closed.of

    def _apposed_before(self, comma: int) -> Run | None:
        """The phrase before what stands between commas: ``la ministra Rosa Leal, | jefa del gobierno, | dijo``."""
        if comma <= self.first or self.c.words[comma] != ",":
            return None
        behind = comma - 1
        while behind > self.first and comma - behind <= MAX_SOURCE and not self.breaks(behind):
            behind -= 1
        if self.c.words[behind] != "," or not 0 < behind - self.first <= MAX_SOURCE // 2:
            return None
        if any(self.breaks(k) for k in range(self.first, behind)):
            return None
        whole = (
            self.clipped(self.first, behind) == behind
            and self.c.low[self.first] not in self.closed.no_subject
        )
        named = all(self.c.words[k][0].isupper() for k in range(self.first, behind))
        speaks = self.determined(self.first) and self.speaks(self.first, behind)
        return Run(self.first, behind) if named or (whole and speaks) else None

    def after(self, k: int) -> Run | None:
        """The phrase after an inverted cue."""
        closed, low = self.closed, self.c.low
        while k < self.last - 1 and (
            low[k] in closed.auxiliaries or (low[k] in closed.first_person and low[k] not in closed.unnamed)
        ):
            k += 1  # "Sagt uns die Quelle"
        if k < self.last and low[k] in closed.unnamed and low[k] not in closed.determiners:
            # "sagte er 1985 dem Boten": the pronoun alone spoke.
            return Run(k, k + 1)
        first, last = self._untimed(k, self._stop(k))
        if first >= last or self.hears(first):
            return None
        last = self.clipped(first, last)
        return self.plausible(first, self._apposed(last), behind=True)

    def _stop(self, k: int) -> int:
        """The end of what may belong to a phrase from token ``k``: a mark or the opener of a clause."""
        last = k
        while (
            last < self.last
            and last - k < MAX_SOURCE
            and not self.breaks(last)
            and self.c.low[last] not in self.cues.that
            and self.opened(last)
        ):
            last += 1
        return last

    def hears(self, k: int) -> bool:
        """Whether an article is a preposition too, with a hearer behind it: ``disse a jornalistas``."""
        closed, c = self.closed, self.c
        if c.low[k] not in closed.to or k + 1 >= self.last:
            return False
        plural = c.low[k + 1].endswith(closed.plurals) and c.words[k + 1][0].islower()
        told = k > self.first and c.low[k - 1] in closed.telling and c.words[k + 1].istitle()
        return plural or (told and c.low[k + 1] not in c.vocabulary.speaking)

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
                noun = word[0].isupper() and low not in closed.determiners
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
            if self.timely(k) and not (low.isdigit() and c.words[k - 1][0].isupper()):
                return k
            if word[0].islower() and low not in closed.determiners and self._full_name(first, k):
                return k  # "Il capo Herzi Halevi | aggiungendo"
            if low in closed.relatives and low not in closed.determiners:
                return k
            if low in closed.determiners and not within and self._after_noun(first, k):
                return k
            if closed.capital_nouns:
                if noun and word[0].islower() and low not in closed.determiners:
                    return k
                noun = noun or word[0].isupper()
        return last

    def _full_name(self, first: int, k: int) -> bool:
        """Whether a name of two words stands before a token, to which nothing belongs but what it is of."""
        words = self.c.words
        return k - first > 1 and words[k - 1][0].isupper() and words[k - 2][0].isupper()

    def _after_noun(self, first: int, k: int) -> bool:
        """Whether anything but articles stands between the start of a phrase and a token."""
        return any(self.c.low[j] not in self.closed.determiners for j in range(first, k))

    def _apposed(self, comma: int) -> int:
        """Past the name between commas: ``sagte die Sprecherin, Frauke Brandt, dem Sender``."""
        last = comma + 1
        while last < self.last and self.c.words[last][0].isupper() and last - comma <= MAX_NAME:
            last += 1
        named = last - comma > 2 and self.c.words[comma : comma + 1] == (",",)
        return last if named and last < self.last and self.c.words[last] in ",." else comma

    def plausible(self, first: int, last: int, *, behind: bool = False) -> Run | None:
        """A run of words that can name a source: short, and with a capital, a script without capitals, or a noun that speaks.

        ``behind`` is for a run behind an inverted verb, which an article alone makes plausible.
        """
        c, words = self.c, self.c.words
        while first < last and not words[first][0].isalnum() and words[first] not in _OPENERS:
            first += 1  # The dash of a dateline precedes its first source.
        first, last = self._untimed(first, last)
        if not 0 < last - first <= MAX_SOURCE:
            return None
        if c.low[first] in self.closed.no_subject and c.low[first] not in self.closed.articles:
            return None
        if all(
            c.low[k] in self.closed.determiners and c.low[k] not in self.closed.unnamed
            for k in range(first, last)
        ):
            return None  # "Cette annonce": a noun that is spelled like a verb of saying.
        if first == self.first or self.speaks(first, last):
            return Run(first, last)
        capital = any(w[0].isupper() or (not w[0].islower() and w[0].isalpha()) for w in words[first:last])
        stated = behind and last - first > 1 and self.determined(first)
        return Run(first, last) if capital or stated else None

    def between(self, first: int, last: int) -> Run | None:
        """The phrase that lies between "as" and its verb, if anything but small words does."""
        closed, low = self.closed, self.c.low
        while last > first and (
            low[last - 1] in closed.auxiliaries or self.elided(last - 1) or self._elides(last - 1)
        ):
            last -= 1
        if last - first == 1 and (low[first] in closed.unnamed or low[first] in closed.determiners):
            return None  # "Comme le dit le maire".
        return self.plausible(first, self.clipped(first, last)) if last > first else None

    def ended(self, k: int) -> Run | None:
        """The phrase that ends before a word like "zufolge"; it is the whole run where nouns have no capitals."""
        run = self.before(k)
        if run is None or not self.closed.capital_nouns:
            return run
        for first in range(run.first, run.last):
            opens = self.determined(first) or self.c.words[first][0].isupper()
            if opens and self.clipped(first, run.last) == run.last:
                found = Run(first, run.last)
                return found if self.speaks(*found) or not self.mute(*found) else None
        return None

    def named(self, run: Run | None) -> Run | None:
        """A source of "according to" that speaks: a name, or a noun of people or bodies; plans and rules do not.

        ``Según el plan``, ``Laut Gesetz`` and ``Selon les règles`` name nobody, and neither does a pronoun.
        """
        if run is None:
            return None
        words, (first, last) = self.c.words, run
        if last - first == 1 and self.c.low[first] in self.closed.unnamed:
            return None
        if self.closed.capital_nouns and words[first][0].islower() and not self.determined(first):
            return None  # "Laut lachend lief der Mann davon".
        if self.closed.verb_second and not self.closed.capital_nouns:
            last = self._to_noun(first, last)
            run = Run(first, last)
        if self.speaks(first, last):
            return run
        capital = any(w[0].isalpha() and not w[0].islower() for w in words[first:last])
        return run if capital and not self.mute(first, last) else None

    def _to_noun(self, first: int, last: int) -> int:
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
            elif k < last and not c.words[k][0].isupper():
                break
        return min(k, last)

    def certain(self, run: Run | None) -> Run | None:
        """A phrase whose noun speaks, or a name: of two words where all nouns have capitals."""
        found = self.named(run)
        if found is None or self.speaks(*found) or not self.closed.capital_nouns:
            return found
        return None if self.determined(found.first) or found.last - found.first < 2 else found

    def speaker(self, run: Run | None) -> Run | None:
        """A phrase that is a pronoun, or that speaks for certain."""
        pronoun = (
            run is not None and run.last - run.first == 1 and self.c.low[run.first] in self.closed.unnamed
        )
        return run if pronoun else self.named(run)

    def speaks(self, first: int, last: int) -> bool:
        """Whether the noun of a phrase is one of people or bodies that speak."""
        return any(map(self._agent, self._head(first, last)))

    def _agent(self, word: str) -> bool:
        """Whether a noun is one of people or bodies that speak."""
        return word in self.c.vocabulary.speaking or word.endswith(self.closed.agents)

    def mute(self, first: int, last: int) -> bool:
        """Whether the noun of a phrase is one that says nothing."""
        mute = self.closed.mute
        return any(w in mute or w.endswith(self.closed.mute_endings) for w in self._head(first, last))

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

    def _elides(self, k: int) -> bool:
        return k + 1 < self.last and self.elided(k + 1)

    def determined(self, k: int) -> bool:
        """Whether an article or another determiner stands at a token, with or without an apostrophe."""
        return k < self.last and (
            self.c.low[k] in self.closed.determiners
            or (self._elides(k) and f"{self.c.low[k]}'" in self.closed.determiners)
        )

    def _untimed(self, first: int, last: int) -> tuple[int, int]:
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

    def timely(self, k: int) -> bool:
        """Whether a token is a number or a word of time."""
        low = self.c.low[k]
        return low.isdigit() or low in self.c.vocabulary.calendar or low in self.closed.times
