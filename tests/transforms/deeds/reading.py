"""Sentences of our own read for what was said and done in them."""

from __future__ import annotations

from dateline.transforms import claims, deeds, language
from dateline.transforms.model import Claim
from tests.quality.bare import bare_article


def read(text: str, language_code: str = "en") -> tuple[Claim, ...]:
    """The claims of a text that is all article."""
    article = bare_article(text, language_code)
    parse = language.parse(article)
    return deeds.extract(article, parse, claims.extract(article, parse))


def done(text: str) -> list[tuple[str | None, str, str | None, str]]:
    """The deeds of a text: actor, verb, recipient, modality."""
    return [
        (c.speaker, c.lemma, c.recipient_name or (c.recipient.exact if c.recipient else None), c.modality)
        for c in read(text)
        if c.kind == "did"
    ]
