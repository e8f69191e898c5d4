"""The clause patterns of one sentence whose words have tags."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.transforms.claims.chunks import Chunks
from dateline.transforms.claims.draft import Piece, Run
from dateline.transforms.language import lemma
from dateline.transforms.lexicon import Saying

_FINITE = frozenset(["VBD", "VBZ", "VBG"])
MIN_QUOTE = 3
MAX_TO_THAT = 14
MIN_CLAUSE = 3
MAX_QUOTED_AS = 24


class Tagged:
    """One sentence and what its patterns found."""

    def __init__(self, chunks: Chunks, first: int, last: int, cues: Saying) -> None:
        self.c, self.first, self.last, self.cues = chunks, first, last, cues
        self.found: list[Piece] = []

    def is_cue(self, k: int) -> bool:
        """Whether a word is a verb of saying whose subject may stand beside it."""
        if self.c.tags[k] not in _FINITE or lemma(self.c.words[k]) not in self.cues.verbs:
            return False
        # "A delegation requested by Ruiz": the words after a passive are not content.
        return k + 1 >= self.last or self.c.low[k + 1] not in self.c.closed.by

    def opened(self, k: int) -> bool:
        """Whether a word is outside of quotations."""
        return not self.c.parse.quotes[k]

    def before(self, k: int) -> Run | None:
        """The phrase before a cue that can be its subject."""
        return self.c.subject(Run(k, k + 1), ()) if self.c.tags[k] != "VBG" else None

    def after(self, k: int) -> Run | None:
        """The phrase after an inverted cue."""
        found = self.c.after(k, self.last)
        return self.c.widen_right(found, self.last) if found else None

    def emit(self, source: Run | None, cue: Run, content: Sequence[Run]) -> None:
        """Adds the pieces of a claim."""
        if source is not None:
            self.found.append(Piece("source", *source))
        self.found.append(Piece("cue", *cue))
        self.found += [Piece("content", *r) for r in content if r.last > r.first]

    def trim(self, first: int, last: int) -> Run:
        """A run without the marks at its edges."""
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
            if number and sum(self.c.words[j][0].isalnum() for j in range(k, stop)) >= self.least_quoted(k):
                runs.append(Run(k, stop))
            k = stop
        return runs

    def least_quoted(self, k: int) -> int:
        """The least words of a quotation at a token that is speech and no name or irony."""
        return MIN_QUOTE

    def according(self) -> bool:
        """``according to NP, clause`` and ``clause, according to NP``."""
        for k, size in self.phrases_of_source():
            source = self.after(k + size)
            if source is None:
                continue
            left, right = self.trim(self.first, k), self.trim(source.last, self.last)
            content = right if k - self.first <= 2 else left
            if content.last - content.first >= MIN_CLAUSE:
                self.emit(source, Run(k, k + size), [content])
                return True
        return False

    def phrases_of_source(self) -> list[tuple[int, int]]:
        """The places outside of quotations where a phrase before a source begins, and its length in tokens."""
        low, phrases = self.c.low, self.cues.according_by_first
        return [
            (k, len(phrase))
            for k in range(self.first, self.last - 1)
            if low[k] in phrases and self.opened(k)
            for phrase in phrases[low[k]]
            if tuple(low[k : k + len(phrase)]) == phrase
        ]

    def verb(self) -> bool:
        """The first cue verb outside of quotations that has a subject and a content."""
        if (verb := self.quoted_as()) is not None:
            # What stands before the one who quotes is a clause of its own (``X said …, although Y quoted Z as saying …``).
            self.last = max(
                (k for k in range(self.first, verb) if self.c.words[k] == ","), default=self.first
            )
        quotes = self.quoted()
        for k in range(self.first, self.last):
            if not self.opened(k) or not self.is_cue(k):
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
        """A quotation beside its verb: ``NP said: "…"``, ``"…", said NP``."""
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
        if source is None and self.sourced:
            return False
        self.emit(source, Run(k, k + 1), quotes)
        return True

    sourced = True
    """Whether a quotation beside a verb needs a source in its sentence."""

    def that(self, k: int) -> int | None:
        """The opener of the clause that a verb reports."""
        found = next(
            (j for j in range(k + 1, min(self.last, k + MAX_TO_THAT)) if self.c.low[j] in self.cues.that),
            None,
        )
        return None if found is not None and any(self.c.words[j] in ".;" for j in range(k, found)) else found

    def clause(self, k: int) -> bool:
        """``NP said (that) clause``, ``said NP that clause``, ``clause, NP said``."""
        source, that = self.before(k), self.that(k)
        if source is None and that is not None and that > k + 1:
            source = self.after(k + 1)
        if source is None:
            return False
        if that is not None:
            content = self.trim(that, self.last)
        elif source.last > k:
            content = self.trim(self.first, k)
        elif self.c.words[source.first - 1] == "," and source.first - self.first > 5 and self.last - k < 12:
            content = self.trim(self.first, source.first)
        else:
            content = self.trim(self._object(k + 1), self.last)
        return self.reports(source, k, [content])

    def reports(self, source: Run, k: int, content: Sequence[Run], least: int = MIN_CLAUSE) -> bool:
        """Adds a reported clause with its verb, unless it is too short for a statement."""
        if sum(r.last - r.first for r in content) < least:
            return False
        self.emit(source, Run(k, k + 1), content)
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
