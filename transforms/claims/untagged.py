"""The clause patterns of one sentence in a language whose words have no tags."""

from __future__ import annotations

from dateline.transforms.claims.chunks import Chunks
from dateline.transforms.claims.draft import Run
from dateline.transforms.claims.phrases import MAX_SOURCE, Phrases
from dateline.transforms.claims.tagged import MAX_TO_THAT, MIN_CLAUSE, MIN_QUOTE, Tagged
from dateline.transforms.claims.unstated import by_anybody, passive, unstated
from dateline.transforms.lexicon import Saying

MIN_OPENED = 2
"""Least tokens of a clause or quotation whose place tells what it is: Russian has no "is" (``что мост безопасен``)."""
MAX_ASIDE = 8
"""Most tokens between a source and the mark behind it."""
_BEFORE_THUS = frozenset(",.!?”“\"»’'")
MAX_VERB = 5
"""Most tokens of the verb between "according to" and its source (``según ha informado``)."""


class Untagged(Tagged):
    """One sentence and what its patterns found."""

    sourced = False

    def __init__(self, chunks: Chunks, first: int, last: int, cues: Saying) -> None:
        super().__init__(chunks, first, last, cues)
        self.phrases = Phrases(chunks, cues, first, last)
        self.closed = chunks.closed

    def is_cue(self, k: int) -> bool:
        low, closed = self.c.low, self.closed
        if low[k] not in self.cues.verbs:
            return low[k] in self.cues.participles and k > self.first and low[k - 1] in closed.auxiliaries
        if k == self.first:
            return True
        if closed.capital_nouns and self.c.words[k][0].isupper():
            return False  # "den Versicherten"
        # "Cette annonce", "le juge": a noun that is spelled like a verb.
        stated = low[k - 1] in closed.determiners
        return not stated or (low[k - 1] in closed.definite and low[k] not in self.c.people.roles)

    def before(self, k: int) -> Run | None:
        found = self.phrases.before(k)
        return None if found is None or self.oblique(found) or passive(self.phrases, k) else found

    def oblique(self, run: Run) -> bool:
        """Whether a phrase is no subject: ``Diesen Satz | meinte das Gericht``, but not ``Einer der Zeugen``."""
        low = self.c.low
        alone = run.last - run.first == 1 or low[run.first + 1] in self.closed.of
        return low[run.first] in self.closed.accusative and not alone

    def after(self, k: int) -> Run | None:
        return self.phrases.after(k)

    def beside_quote(self, k: int, quotes: list[Run]) -> bool:
        if not quotes or by_anybody(self.phrases, k):
            return False
        if self.closed.verb_second and self.before(k) is None:
            # "Danach gefragt, sagte Müller: „…“"
            source = self.phrases.certain(self.after(k + 1))
            if source is not None and self.c.words[source.last : source.last + 1] == (":",):
                self.emit(source, Run(k, k + 1), quotes)
                return True
        return super().beside_quote(k, quotes)

    def least_quoted(self, k: int) -> int:
        return MIN_OPENED if k == self.first else MIN_QUOTE

    def according(self) -> bool:
        """``according to NP, clause``, ``clause, according to NP`` and ``clause, according to NP, clause``."""
        for k, size in self.phrases_of_source():
            if not self._begins(k):
                continue
            source = self.after(self._past_verb(k + size))
            source = self.phrases.named(self.phrases.teller(source) if source is not None else None)
            if source is not None and k > self.first and self.c.low[k - 1] in self.closed.relatives:
                source = Run(source.first, self.phrases.to_noun(*source))
            content = self._around(k, source.last) if source is not None else []
            if source is not None and content:
                self.emit(source, Run(k, k + size), content)
                return True
        low = self.c.low
        return any(
            (low[k] in self.cues.behind and self.opened(k) and self._behind(k))
            or (low[k] in self.closed.thus and self.opened(k) and self._thus(k))
            for k in range(self.first + 1, self.last)
        )

    def _behind(self, k: int) -> bool:
        """``NP zufolge``: the phrase stands before its word."""
        source = self.phrases.ended(k)
        if source is None:
            return False
        opens = next((j for j in range(self.first, k) if self.c.low[j] in self.closed.tellings), source.first)
        opens -= opens < source.first and self.phrases.determined(opens - 1)
        content = [self.trim(self.first, opens), self.trim(self._past_relative(k + 1), self.last)]
        if sum(r.last - r.first for r in content) < MIN_CLAUSE:
            return False
        self.emit(source, Run(k, k + 1), content)
        return True

    def _thus(self, k: int) -> bool:
        """``clause, aldus NP``: a word in the place of the verb, with who says it at the end of a clause."""
        if self.c.words[k - 1] not in _BEFORE_THUS:
            return False
        source = self.phrases.certain(self.after(k + 1))
        if source is None or (source.last < self.last and self._mark(source.last, ",.;:(") is None):
            return False
        left = self.trim(self.first, k)
        return self.reports(source, k, [left])

    def _begins(self, k: int) -> bool:
        """Whether a phrase before a source can begin here: "segundo" behind an article is "second"."""
        low = self.c.low[k - 1] if k > self.first else ""
        closed = self.closed
        if low in closed.conjunctions or low in closed.joining or low in self.cues.that:
            return True
        return low not in closed.no_subject and low not in closed.determiners

    def _past_verb(self, k: int) -> int:
        """Past the verb between "according to" and its source: ``según | informó | la policía``."""
        stop = min(k + MAX_VERB, self.last - 1)
        first = k
        while k < stop and (
            self.c.low[k] in self.cues.verbs
            or self.c.low[k] in self.closed.auxiliaries
            or self.phrases.elided(k)
        ):
            k += 1
        if first < k < stop and self.c.low[k - 1] in self.closed.auxiliaries and self.c.words[k][0].islower():
            k += not self.phrases.determined(
                k
            )  # a participle that is no verb of saying: "según ha lamentado"
        return k + 1 if first < k < stop and self.c.low[k] in self.closed.by else k

    def _around(self, k: int, end: int) -> list[Run]:
        """What is said around a phrase "according to NP", tokens ``[k, end)``: behind it, before it, or both."""
        words, low = self.c.words, self.c.low
        left = self.trim(self.first, k)
        least = MIN_CLAUSE
        if k - self.first <= 2:
            if end < self.last and words[end] == "(":
                end = next(
                    (j + 1 for j in range(end, min(end + MAX_ASIDE, self.last)) if words[j] == ")"), end
                )
            first = self._past_relative(end)
            if first == end < self.last and (low[end] in self.closed.no_subject or self.phrases.timely(end)):
                first = self._mark(end, ",") or end
            least -= words[first : first + 1] == (",",)
            runs = [self.trim(first, self.last)]
        elif low[k - 1] in self.closed.relatives:
            # "El hombre, que | según la policía | tiene 30 años, huyó": only the relative clause is theirs.
            stop = next((j for j in range(end, self.last) if self.phrases.breaks(j)), self.last)
            runs = [self.trim(end, stop)]
        else:
            right = self.trim(end, self.last)
            enclosed = words[k - 1] == "," and end < self.last and words[end] == ","
            goes_on = enclosed and right.last > right.first and low[right.first] not in self.closed.relatives
            inside = self.closed.verb_second and words[k - 1] != ","
            runs = [left, right] if goes_on or inside else [left]
        return runs if sum(r.last - r.first for r in runs) >= least else []

    def _past_relative(self, k: int) -> int:
        """Past the clause between commas about the source before it: ``Según la policía, | que investiga, | …``."""
        words, low = self.c.words, self.c.low
        if k + 1 >= self.last or words[k] != "," or low[k + 1] not in self.closed.relatives:
            return k
        return next((j for j in range(k + 1, min(self.last, k + MAX_TO_THAT)) if words[j] == ","), k)

    def _mark(self, k: int, marks: str) -> int | None:
        """The place of the first mark from a token on, if it is near and one of these."""
        stop = min(self.last, k + MAX_ASIDE)
        found = next((j for j in range(k, stop) if self.phrases.breaks(j)), None)
        return found if found is not None and self.c.words[found] in marks else None

    def clause(self, k: int) -> bool:
        """``NP said (that) clause``, ``said NP that clause``, ``as NP said, clause``, ``clause, said NP``."""
        if self._relative(k) or unstated(self.phrases, k):
            return False
        source = self.before(k)
        if source is None and self._as_said(k):
            return True
        that = self.that(k)
        if source is None and that is not None and that > k + 1:
            # "Regrette le fait que": the object of a verb does not speak.
            source = self.phrases.speaker(self.after(k + 1))
        if source is None and that == k + 1 and self.without_subject(k):
            self.emit(None, Run(k, k + 1), [self.trim(that + 1, self.last)])
            return True
        if source is None:
            return that is None and (self._inverted(k) or self._tail(k))
        alone = source.last - source.first == 1
        if alone and self.c.low[source.first] in self.closed.nobody:
            return False
        if alone and self.c.low[source.first] in self.closed.definite & self.closed.unnamed:
            # "Das kündigte der Sprecher an": what was said stands in the sentence before.
            return False
        if that is not None:
            first = that + 1
            first += first < self.last and self.phrases.elided(first)  # "qu'il"
            return self.reports(source, k, [self.trim(first, self.last)], MIN_OPENED)
        mark = self._announced(k)
        return mark is not None and self.reports(source, k, [self.trim(mark + 1, self.last)])

    def without_subject(self, k: int) -> bool:
        """``Explicó que clause``: whether a verb that needs no subject opens its sentence."""
        low, closed = self.c.low, self.closed
        while k > self.first and low[k - 1] in closed.auxiliaries:
            k -= 1
        alone = k == self.first or (k == self.first + 1 and low[self.first] in closed.joining)
        return closed.drops_subject and alone

    def _relative(self, k: int) -> bool:
        """Whether a verb stands in a clause about a noun or about nothing: ``Lo que | dijo``, ``Ce que le maire a | dit``."""
        low, opener = self.c.low, self.closed.relatives & self.cues.that
        while k > self.first and low[k - 1] in self.closed.auxiliaries:
            k -= 1
        bare = low[self.first] in self.closed.unnamed or low[self.first] in self.closed.determiners
        return k > self.first and (low[k - 1] in opener or (bare and low[self.first + 1] in opener))

    def that(self, k: int) -> int | None:
        found = super().that(k)
        if found is None or found == k + 1 or self.c.low[found] not in self.closed.relatives:
            return found
        words = self.c.words
        if words[found - 1] == "," and found - 1 > k + 1 and "," not in words[k + 1 : found - 1]:
            return None  # "Informó a la comisión, que preside Leal": no aside ends at this comma.
        # "Criticó la ley que prohíbe": an object that hears nothing has a relative clause.
        stated = self.phrases.determined(k + 1) and not self.phrases.timely(k + 2)
        return (
            None if stated and self.before(k) is not None and not self.phrases.speaks(k + 1, found) else found
        )

    def _announced(self, k: int) -> int | None:
        """The mark behind a verb with a subject before it that opens what is said: a colon, else a comma where such
        clauses have no other opener (``Die Anwohner sagten am Montag, die Brücke sei sicher``).
        """
        words, closed = self.c.words, self.closed
        stop = min(self.last, k + MAX_TO_THAT)
        mark = next((j for j in range(k + 1, stop) if words[j] in ":,"), None)
        if mark is None or words[mark] == ":":
            return mark
        bare = closed.verb_second and self.c.low[k] not in self.cues.opened
        goes_on = mark + 1 < self.last and self.c.low[mark + 1] not in closed.as_said
        return mark if bare and goes_on and self._told(k + 1, mark) else None

    def _told(self, first: int, mark: int) -> bool:
        """Whether nothing but an occasion, a time or a hearer stands between a verb and the mark behind it."""
        if self._has_object(first, mark):
            return False
        if first >= mark or self.c.low[first] in self.closed.no_subject or self.phrases.timely(first):
            return True
        named = self.c.words[first + 1].isupper() or self.phrases.speaks(first, mark)
        return self.phrases.determined(first) and named

    def _has_object(self, first: int, mark: int) -> bool:
        """Whether an object stands between a verb and the mark behind it: ``sagte am Montag | das Treffen | ab,``."""
        low, phrases = self.c.low, self.phrases
        return any(
            phrases.determined(k)
            and low[k - 1] not in self.closed.no_subject
            and low[k - 1] not in self.closed.determiners
            and not phrases.timely(k + 1)
            and not self.c.words[k + 1].isupper()
            and not phrases.speaks(k, mark)
            for k in range(first, mark - 1)
        )

    def _as_said(self, k: int) -> bool:
        """``As NP said, clause`` and ``clause, as NP said``, with the verb before its subject or behind it."""
        low, words = self.c.low, self.c.words
        floor = max(self.first, k - MAX_SOURCE)
        opener = next((j for j in range(k - 1, floor - 1, -1) if low[j] in self.closed.as_said), None)
        if opener is None or any(self.phrases.breaks(j) for j in range(opener + 1, k)):
            return False
        opens = opener <= self.first + 1
        if not opens and words[opener - 1] != ",":
            return False
        source = self.phrases.named(self.phrases.between(opener + 1, k)) or self.phrases.named(
            self.after(k + 1)
        )
        if source is None:
            return False
        end = max(source.last, k + 1)
        comma = self._mark(end, ",")
        if any(low[j] in self.cues.that for j in range(k, comma if comma is not None else end)):
            return False
        if opens:
            return comma is not None and self.reports(
                source, k, [self.trim(comma + 1, self.last)], MIN_OPENED
            )
        if comma is None and self.last - end > MAX_ASIDE:
            return False
        return self.reports(source, k, [self.trim(self.first, opener)])

    def _inverted(self, k: int) -> bool:
        """``On Monday said NP, clause``: where something else opens the sentence, the subject follows the verb."""
        opens = self.c.low[self.first] in self.closed.no_subject or self.phrases.timely(self.first)
        opens = opens or (bool(self.closed.adverb_endings) and self.phrases.adverb(self.first))
        if not opens or any(self.phrases.breaks(j) for j in range(self.first, k - 1)):
            return False
        source = self.after(k + 1)
        mark = (
            self._mark(source.last, ":," if self.closed.verb_second else ":") if source is not None else None
        )
        if source is None or mark is None or not self._told(source.last, mark):
            return False
        return self.reports(source, k, [self.trim(mark + 1, self.last)])

    def _tail(self, k: int) -> bool:
        """``clause, said NP`` at the end of a sentence: ``…, a annoncé mardi le syndicat``, ``…, teilte das Werk mit``."""
        c, phrases = self.c, self.phrases
        comma = k - 1
        while comma > self.first and c.low[comma] in self.closed.auxiliaries:
            comma -= 1
        if comma - self.first < MIN_CLAUSE or c.words[comma] != ",":
            return False
        last = next((j for j in range(k + 1, self.last) if phrases.breaks(j)), self.last)
        if self.last - last > 1 or k + 1 >= self.last or phrases.hears(k + 1):
            return False
        source = phrases.after(k + 1)
        return source is not None and self.reports(source, k, [self.trim(self.first, comma)])
