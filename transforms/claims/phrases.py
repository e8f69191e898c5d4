"""Finds the phrases around a cue that can name a source, in languages whose words have no tags.

A phrase in small letters counts where its noun speaks, or where its place leaves no doubt: the start of a sentence,
behind a quotation and its verb.
"""

from __future__ import annotations

from dateline.transforms.claims.draft import Run
from dateline.transforms.claims.nouns import Nouns

_OPENERS = "«“„\"'’"
"""Marks that may open a name of their own."""
MAX_SOURCE = 12
MAX_NAME = 4
MAX_BRACKETS = 8


class Phrases(Nouns):
    """The phrases of one sentence."""

    def before(self, k: int) -> Run | None:
        """The phrase before a cue that can be its subject."""
        closed, low = self.closed, self.c.low
        if k + 1 < self.last and low[k + 1] in self.c.vocabulary.gender and closed.verb_second:
            return Run(k + 1, k + 2) if k > self.first and self.timely_opened(k) else None
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

    def timely_opened(self, k: int) -> bool:
        """Whether something else than a subject opens a sentence before a verb: ``Vor zwei Jahren | sagte sie``."""
        first = self.first
        opens = self.c.low[first] in self.closed.no_subject or any(self.timely(j) for j in range(first, k))
        return opens and not any(self.breaks(j) for j in range(first, k))

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
        found = Run(first, self.to_noun(first, last))
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
        first, last = self.untimed(k, self._stop(k))
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
        first, last = self.untimed(first, last)
        if not 0 < last - first <= MAX_SOURCE:
            return None
        if c.low[first] in self.closed.no_subject and c.low[first] not in self.closed.articles:
            return None
        if last - first == 1 and self.closed.adverb_endings and self.adverb(first):
            return None
        if all(
            c.low[k] in self.closed.determiners and c.low[k] not in self.closed.unnamed
            for k in range(first, last)
        ):
            return None  # "Cette annonce": a noun that is spelled like a verb of saying.
        if (
            last - first > 1
            and c.low[last - 1] in c.vocabulary.gender
            and c.low[last - 1] not in self.closed.determiners
        ):
            return Run(last - 1, last)  # "Vor zwei Jahren hatte | sie | gesagt"
        closed = self.closed
        elsewhere = (
            closed.no_subject - closed.of - closed.office_of - closed.determiners - closed.conjunctions
        )
        if not elsewhere.isdisjoint(c.low[first + 1 : last]) and not self.speaks(first, last):
            return None  # "Ya en otoño | había avisado"
        pronoun = last - first == 1 and c.low[first] in c.vocabulary.gender
        if first == self.first or pronoun or self.speaks(first, last):
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

    def teller(self, run: Run) -> Run | None:
        """A phrase without what was told: ``Den Angaben | des Ministeriums | zufolge``; "den Angaben" alone name nobody."""
        told = [j + 1 for j in range(*run) if self.c.low[j] in self.closed.tellings]
        if not told:
            return run
        first = told[-1]
        return (
            Run(first + 1, run.last) if first + 1 < run.last and self.c.low[first] in self.closed.of else None
        )

    def ended(self, k: int) -> Run | None:
        """The phrase that ends before a word like "zufolge"; it is the whole run where nouns have no capitals."""
        run = self.before(k)
        if run is None or (run.last - run.first == 1 and self.c.low[run.first] in self.closed.unnamed):
            return None
        run = self.teller(run)
        if run is None:
            return None
        if not self.closed.capital_nouns:
            return run if self.speaks(*run) or not self.mute(*run) else None
        for first in range(run.first, run.last):
            opens = self.determined(first) or self.c.words[first][0].isupper()
            if opens and self.clipped(first, run.last) == run.last:
                found = Run(first, run.last)
                return found if self.speaks(*found) or not self.mute(*found) else None
        return None
