"""To whom a statement was addressed, and its type as a political act, from the clause of its verb."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any

from dateline.transforms import lexicon
from dateline.transforms.claims import Resolver
from dateline.transforms.deeds.frames import table_of
from dateline.transforms.deeds.parties import Parties
from dateline.transforms.deeds.stance import Stance
from dateline.transforms.model import Article, Claim, Clause, Parse, Run, span_of


class Hearers:
    """Finds the hearers of the claims of one article."""

    def __init__(self, article: Article, parse: Parse) -> None:
        self.text, self.parse = article.text, parse
        self._words = lexicon.deeds(article.language)
        self._frames = table_of(article.language)
        self._parties = Parties(parse, article.language)
        self._stance = Stance(parse, article.language, self._frames, self._parties)

    def heard(self, claim: Claim, resolver: Resolver) -> dict[str, Any]:
        """The fields of a claim that come from its verb: ``recipient``, ``recipient_name``,
        ``recipient_role`` and ``plover``."""
        clause = self._clause(claim)
        if clause is None:
            return {}
        phrase = self._frames.statement(self.parse, clause)
        root = claim.plover or (phrase.frame.plover if phrase is not None else None) or self._stance.of(claim)
        fields: dict[str, Any] = {"plover": root} if root is not None else {}
        if phrase is None:
            return fields
        run = self._parties.recipient(clause, phrase) if claim.recipient is None else None
        if run is not None and not self._said(claim, clause, run):
            found = resolver.resolve(*run, claim)
            exact = span_of(self.text, self.parse.starts[run.first], self.parse.ends[run.last - 1])
            if found.name is None or found.name != claim.speaker:
                fields |= {"recipient": exact, "recipient_name": found.name, "recipient_role": found.role}
                fields |= self._without(claim, clause, run)
        return fields

    def _without(self, claim: Claim, clause: Clause, hearer: Run) -> dict[str, Any]:
        """The content of a claim that begins with the hearer before its clause: "told | the court | her client regrets it"."""
        inner, content, starts = clause.complement, claim.content, self.parse.starts
        clausal = inner is not None and inner.first == hearer.last and clause.complement_kind == "that"
        # "Told | the court | her client “regrets it”": the subject of what is quoted in part looks like a second object.
        quoted = clause.complement_kind == "quotation" and [o.last for o in clause.objects[:-1]] == [
            hearer.last
        ]
        if not (clausal or quoted) or not content or content[0].start != starts[hearer.first]:
            return {}
        if content[0].end <= starts[hearer.last]:
            return {}
        return {"content": (span_of(self.text, starts[hearer.last], content[0].end), *content[1:])}

    def _clause(self, claim: Claim) -> Clause | None:
        for cue in claim.cue:
            first = max(0, bisect_right(self.parse.starts, cue.start) - 1)
            n = bisect_left(self.parse.heads, first)
            if n < len(self.parse.heads) and self.parse.heads[n] < bisect_left(self.parse.starts, cue.end):
                return self.parse.clauses[n]
        return None

    def _said(self, claim: Claim, clause: Clause, run: Run) -> bool:
        """Whether a phrase is the content ("denied *the claim*") and not a hearer."""
        before = self.parse.low[run.first - 1]
        if before in self._words.clause_openers:
            return True
        if before in self._words.before_hearers:
            # "Called *on both towns* to act": the phrase after "on" is the hearer.
            return False
        if claim.lemma in self._words.heard_by_person and clause.verb.voice == "passive":
            # "*He* was criticised by investors", but "the leak was reported"
            return run != clause.subject
        names = any(self.parse.tags[k] == "NNP" for k in range(*run))
        start = self.parse.starts[run.first]
        within = any(s.start <= start < s.end for s in claim.content)
        if claim.lemma in self._words.heard_by_person and self._parties.is_somebody(run):
            return False
        return within and not names and claim.lemma not in self._words.heard_by_object
