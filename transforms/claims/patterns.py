"""Finds sources, cues and contents by clause patterns, for every language and for English without its model.

A pattern is centred on a cue word: ``according to NP``, a quotation beside ``NP said`` or ``said NP``, and
``NP said (that) …``. The cue words are data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.transforms import deadline
from dateline.transforms.claims.chunks import Chunks
from dateline.transforms.claims.draft import Piece, Run
from dateline.transforms.language import lemma
from dateline.transforms.lexicon import Saying

_BREAKS = frozenset(',;:.!?—–()"“”«»„‘’…،؛؟')
_FINITE = frozenset(["VBD", "VBZ", "VBG"])
MIN_QUOTE = 3
MAX_SOURCE = 12
MAX_NAME = 4
MAX_TO_THAT = 14
MIN_CLAUSE = 3
MAX_QUOTED_AS = 24


_OPENERS = "«“„\"'’"
"""Marks that may open a name of their own."""


class _Sentence:
    """One sentence and what its patterns found."""

    def __init__(self, chunks: Chunks, first: int, last: int, cues: Saying) -> None:
        self.c, self.first, self.last, self.cues = chunks, first, last, cues
        self.tagged = bool(chunks.tags[first])
        self.found: list[Piece] = []

    def is_cue(self, k: int) -> bool:
        if self.tagged:
            return self.c.tags[k] in _FINITE and lemma(self.c.words[k]) in self.cues.verbs
        return self.c.low[k] in self.cues.verbs

    def opened(self, k: int) -> bool:
        """Whether a word is outside of quotations."""
        return not self.c.parse.quotes[k]

    def passive(self, k: int) -> bool:
        """``a delegation requested by Ruiz``: the words after it are not content."""
        return self.tagged and k + 1 < self.last and self.c.low[k + 1] in self.c.closed.by

    def before(self, k: int) -> Run | None:
        """The phrase before a cue that can be its subject."""
        if self.tagged:
            return self.c.subject(Run(k, k + 1), ()) if self.c.tags[k] != "VBG" else None
        first = k
        while (
            first > self.first
            and k - first < MAX_SOURCE
            and self.c.words[first - 1] not in _BREAKS
            and self.opened(first - 1)
        ):
            first -= 1
        last = k
        while last > first and self.c.low[last - 1] in self.c.closed.auxiliaries:
            last -= 1
        if first == last:
            return self._named_before(last - 1)
        return self._plausible(first, last)

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
        return self.c.words[k][0].isupper() or self.c.low[k] in self.c.closed.of

    def after(self, k: int) -> Run | None:
        """The phrase after an inverted cue."""
        if self.tagged:
            found = self.c.after(k, self.last)
            return self.c.widen_right(found, self.last) if found else None
        if (
            k < self.last
            and self.c.low[k] in self.c.closed.unnamed
            and self.c.low[k] not in self.c.closed.determiners
        ):
            # "sagte er 1985 dem Boten": the pronoun alone spoke.
            return Run(k, k + 1)
        last = k
        while (
            last < self.last
            and last - k < MAX_SOURCE
            and self.c.words[last] not in _BREAKS
            and self.c.low[last] not in self.cues.that
            and self.opened(last)
        ):
            last += 1
        return self._plausible(k, self._apposed(last))

    def _apposed(self, comma: int) -> int:
        """Past the name between commas: ``sagte die Sprecherin, Frauke Brandt, dem Sender``."""
        last = comma + 1
        while last < self.last and self.c.words[last][0].isupper() and last - comma <= MAX_NAME:
            last += 1
        named = last - comma > 2 and self.c.words[comma : comma + 1] == (",",)
        return last if named and last < self.last and self.c.words[last] in ",." else comma

    def _plausible(self, first: int, last: int) -> Run | None:
        """A run of words that can name a source: short, and with a capital or in a script without capitals."""
        while first < last and not self.c.words[first][0].isalnum() and self.c.words[first] not in _OPENERS:
            first += 1  # The dash of a dateline precedes its first source.
        if not self.tagged:
            first, last = self._untimed(first, last)
        if not 0 < last - first <= MAX_SOURCE or self.c.low[first] in self.c.closed.no_subject:
            return None
        words = self.c.words[first:last]
        return (
            Run(first, last)
            if any(w[0].isupper() or (not w[0].islower() and w[0].isalpha()) for w in words)
            or first == self.first
            else None
        )

    def _untimed(self, first: int, last: int) -> tuple[int, int]:
        """A run without the times at its edges: ``annonce | mardi | le syndicat``, ``der Sprecher | am Montag``."""
        c = self.c
        small = c.closed.no_subject | c.closed.definite
        while first < last:
            opened = first + 1 < last and c.low[first] in small
            if not self._timely(first + opened):
                break
            first += 1 + opened
        while last > first and (self._timely(last - 1) or c.low[last - 1] in small):
            last -= 1
        return first, last

    def _timely(self, k: int) -> bool:
        low = self.c.low[k]
        return low.isdigit() or low in self.c.vocabulary.calendar

    def emit(self, source: Run | None, cue: Run, content: Sequence[Run]) -> None:
        if source is not None:
            self.found.append(Piece("source", *source))
        self.found.append(Piece("cue", *cue))
        self.found += [Piece("content", *r) for r in content if r.last > r.first]

    def trim(self, first: int, last: int) -> Run:
        while first < last and (self.c.words[first] in ",;:—–،"):
            first += 1
        while last > first and self.c.words[last - 1] in ",;:—–.،":
            last -= 1
        return Run(first, last)

    def quoted(self) -> list[Run]:
        """The quotations of the sentence that are long enough to be speech."""
        runs: list[Run] = []
        k = self.first
        while k < self.last:
            number = self.c.parse.quotes[k]
            stop = k + 1
            while stop < self.last and self.c.parse.quotes[stop] == number:
                stop += 1
            if number and sum(self.c.words[j][0].isalnum() for j in range(k, stop)) >= MIN_QUOTE:
                runs.append(Run(k, stop))
            k = stop
        return runs

    def according(self) -> bool:
        """``according to NP, clause`` and ``clause, according to NP``."""
        for phrase in self.cues.according_words:
            size = len(phrase)
            for k in range(self.first, self.last - size):
                if self.opened(k) and self._stands(phrase, k):
                    source = self.after(k + size)
                    if source is None:
                        continue
                    left, right = self.trim(self.first, k), self.trim(source.last, self.last)
                    content = right if k - self.first <= 2 else left
                    if content.last - content.first >= MIN_CLAUSE:
                        self.emit(source, Run(k, k + size), [content])
                        return True
        for k in range(self.first + 1, self.last):
            if self.c.low[k] in self.cues.behind and self.opened(k):
                source = self.before(k)
                if source is not None:
                    content = self.trim(k + 1, self.last)
                    if content.last - content.first >= MIN_CLAUSE:
                        self.emit(source, Run(k, k + 1), [content])
                        return True
        return False

    def _stands(self, phrase: tuple[str, ...], k: int) -> bool:
        return tuple(self.c.low[k : k + len(phrase)]) == phrase

    def verb(self) -> bool:
        """The first cue verb outside of quotations that has a subject and a content."""
        quotes = self.quoted()
        if self.tagged and (verb := self.quoted_as()) is not None:
            # What stands before the one who quotes is a clause of its own (``X said …, although Y quoted Z as saying …``).
            self.last = max(
                (k for k in range(self.first, verb) if self.c.words[k] == ","), default=self.first
            )
            quotes = self.quoted()
        for k in range(self.first, self.last):
            if not self.opened(k) or not self.is_cue(k) or self.passive(k):
                continue
            if self.beside_quote(k, quotes) or self.clause(k):
                break
        return bool(self.found)

    def quoted_as(self) -> int | None:
        """``quoted NP as saying clause`` and ``NP was quoted as saying clause``; the place of the verb."""
        for k in range(self.first + 2, self.last - MIN_CLAUSE):
            if (
                self.c.low[k] not in self.c.closed.before_saying
                or self.c.low[k + 1] not in self.c.closed.as_saying
                or not self.opened(k)
            ):
                continue
            verb = next(
                (
                    j
                    for j in range(k - 1, max(self.first, k - MAX_QUOTED_AS), -1)
                    if self.c.low[j] in self.c.closed.quoted
                ),
                None,
            )
            if verb is None:
                continue
            source = self.c.after(verb + 1, k)
            if source is None and verb > self.first:
                source = self.c.subject(Run(verb, verb + 1), ())
            else:
                source = self.trim(verb + 1, k)
            if source is not None:
                self.emit(source, Run(k, k + 2), [self.trim(k + 2, self.last)])
                return verb
        return None

    def beside_quote(self, k: int, quotes: list[Run]) -> bool:
        if not quotes:
            return False
        # A reported clause may contain a quotation; then the clause is the content.
        if any(self.c.low[j] in self.cues.that for j in range(k + 1, min(self.last, k + 4))):
            return False
        covered = sum(r.last - r.first for r in quotes)
        before = any(r.last <= k for r in quotes)
        if not before and covered < (self.last - k) * 0.6:
            return False
        source = self.before(k) or (self.after(k + 1) if before or k <= self.first + 1 else None)
        if source is None and self.tagged:
            return False
        self.emit(source, Run(k, k + 1), quotes)
        return True

    def clause(self, k: int) -> bool:
        """``NP said (that) clause``, ``said NP that clause``, ``clause, NP said``."""
        source = self.before(k)
        that = next(
            (j for j in range(k + 1, min(self.last, k + MAX_TO_THAT)) if self.c.low[j] in self.cues.that),
            None,
        )
        if that is not None and any(self.c.words[j] in ".;" for j in range(k, that)):
            that = None
        if source is None and that is not None and that > k + 1:
            source = self.after(k + 1)
        if source is None:
            return that is None and not self.tagged and self.tail(k)
        alone = source.last - source.first == 1 and not self.tagged
        if alone and self.c.low[source.first] in self.c.closed.definite & self.c.closed.unnamed:
            # "Das kündigte der Sprecher an": what was said stands in the sentence before.
            return False
        stop = k + 1
        if that is not None:
            content = self.trim(that if self.tagged else that + 1, self.last)
        elif self.tagged:
            if source.last > k:
                content = self.trim(self.first, k)
            elif (
                self.c.words[source.first - 1] == "," and source.first - self.first > 5 and self.last - k < 12
            ):
                content = self.trim(self.first, source.first)
            else:
                content = self.trim(self._object(k + 1), self.last)
        else:
            colon = next(
                (j for j in range(k + 1, min(self.last, k + MAX_TO_THAT)) if self.c.words[j] in ":,"), None
            )
            if colon is None and k + 1 < self.last and not self.c.words[k + 1][0].isupper():
                return False
            content = self.trim((colon or k) + 1, self.last)
        if content.last - content.first < MIN_CLAUSE:
            return False
        self.emit(source, Run(k, stop), [content])
        return True

    def tail(self, k: int) -> bool:
        """``clause, said NP`` at the end of a sentence: ``…, a annoncé mardi le syndicat``, ``…, teilte das Werk mit``."""
        c = self.c
        comma = k - 1
        while comma > self.first and c.low[comma] in c.closed.auxiliaries:
            comma -= 1
        if comma - self.first < MIN_CLAUSE or c.words[comma] != ",":
            return False
        last = next((j for j in range(k + 1, self.last) if c.words[j] in _BREAKS), self.last)
        first, end = self._untimed(k + 1, last)
        near = 0 < end - first <= MAX_SOURCE and self.last - last <= 1
        if not near or not (c.low[first] in c.closed.determiners or c.words[first][0].isupper()):
            return False
        self.emit(Run(first, end), Run(k, k + 1), [self.trim(self.first, comma)])
        return True

    def _object(self, k: int) -> int:
        """Past the hearers and the time of speaking: ``told reporters on Monday …``."""
        if lemma(self.c.words[k - 1]) in self.c.closed.hearing:
            hearer = self.c.after(k, self.last)
            if hearer is not None:
                k = hearer.last
        for _ in range(3):
            if k < self.last and (
                self.c.low[k] in self.c.closed.occasion_at or self.c.low[k] in self.c.vocabulary.times
            ):
                step = self.c.after(k + (self.c.low[k] in self.c.closed.occasion_at), self.last)
                if step is None or not any(
                    w.endswith(self.c.closed.occasion_endings) for w in self.c.low[step.first : step.last]
                ):
                    break
                k = step.last
            else:
                break
        return k


def quoting(chunks: Chunks) -> set[int]:
    """Sentences in which somebody is ``quoted as saying``: patterns read these better than the model."""
    low, before = chunks.low, chunks.closed.before_saying
    saying = chunks.parse.places(chunks.closed.as_saying)
    return {chunks.sentence[k] for k in saying if k and low[k - 1] in before}


def pieces(chunks: Chunks, cues: Saying, among: Iterable[int]) -> list[Piece]:
    """The pieces of the sentences of these numbers, in the order of the text."""
    openers = cues.behind | {phrase[0] for phrase in cues.according_words}
    found: list[Piece] = []
    for number in among:
        deadline.check()
        s = chunks.parse.sentences[number]
        sentence = _Sentence(chunks, s.first, s.last, cues)
        low = chunks.low[s.first : s.last]
        opened = not openers.isdisjoint(low)
        # Tagged verbs are cues by their base form.
        says = sentence.tagged or not cues.verbs.isdisjoint(low)
        if (opened and sentence.according()) or (says and sentence.verb()):
            found += sentence.found
    return sorted(found, key=lambda p: (p.first, p.last))
