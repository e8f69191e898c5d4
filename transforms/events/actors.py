"""The actors of an event: names, roles and places of those who said or did it."""

from __future__ import annotations

import re

from dateline.transforms.model import Actor, Article, Claim

MAX_NAME_WORDS = 10
_WORD = re.compile(r"\w+")


def actor(article: Article, claim: Claim) -> Actor | None:
    """Who said or did it; ``None`` where the article names nobody.

    The name is the one that the claim resolved to, its span the words of the source. A name that
    does not stand in the article as one run of words, or is longer than ten, is no name.
    """
    name = claim.speaker
    if not name or len(_WORD.findall(name)) > MAX_NAME_WORDS or name not in article.text:
        return None
    return Actor(name=name, role=claim.role, span=claim.source[0] if claim.source else None)


def recipient(claim: Claim) -> Actor | None:
    """Who it was said or done to, where the claim holds that."""
    if claim.recipient is None:
        return None
    name = claim.recipient_name or claim.recipient.exact
    return Actor(name=name, role=claim.recipient_role, span=claim.recipient)
