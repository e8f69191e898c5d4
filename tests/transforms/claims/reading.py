"""Claims of sentences of our own, and the words of a claim, for the tests of this folder."""

from __future__ import annotations

from dateline.transforms import claims, language
from dateline.transforms.model import Claim
from tests.quality.bare import bare_article

MODES = ("model", "rules")


def read(text: str, code: str = "en", mode: str = "model") -> tuple[Claim, ...]:
    article = bare_article(text, code)
    return claims.extract(article, language.parse(article), mode)


def words(claim: Claim) -> str:
    return " ".join(s.exact for s in claim.content)
