"""Quotations and ``NAME said`` patterns."""

from __future__ import annotations

import re

from transforms.model import Article, Claim, Parse, span_of

_NAME = r"(?P<who>(?:[A-Z][\w.'’-]*)(?: (?:[A-Z][\w.'’-]*|of|the|for)){0,7})"
_CUE = r"(?P<cue>said|says|told reporters|added|announced|stated|warned)"
_SAID = re.compile(rf"{_NAME} {_CUE}(?: (?:on )?\w+day)?(?: that)?[,:]? (?P<what>[^\n]{{12,600}})")
_AFTER = re.compile(
    rf"[\"“](?P<what>[^\"“”\n]{{8,600}})[\"”],? (?:{_NAME} {_CUE}|{_CUE.replace('cue', 'cue2')} {_NAME.replace('who', 'who2')})"
)
_LEMMA = {
    "said": "say",
    "says": "say",
    "told reporters": "tell",
    "added": "add",
    "announced": "announce",
    "stated": "state",
    "warned": "warn",
}


def extract(article: Article, parse: Parse) -> tuple[Claim, ...]:
    """At most one claim a sentence."""
    claims = []
    for sentence in parse.sentences:
        m = _AFTER.search(article.text, sentence.start, sentence.end) or _SAID.search(
            article.text, sentence.start, sentence.end
        )
        if m is None:
            continue
        groups = m.groupdict()
        key = "2" if groups.get("cue2") else ""
        who, cue = span_of(article.text, *m.span("who" + key)), span_of(article.text, *m.span("cue" + key))
        content = span_of(article.text, *m.span("what"))
        claims.append(
            Claim(
                kind="said",
                source=(who,),
                cue=(cue,),
                lemma=_LEMMA[cue.exact],
                content=(content,),
                speaker=who.exact,
                quotation="direct" if m.re is _AFTER else "indirect",
                section=article.blocks[sentence.block].section,
                rule="quote.after" if m.re is _AFTER else "said.that",
            )
        )
    return tuple(claims)
