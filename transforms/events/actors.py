"""The actor and the recipient of an event."""

from __future__ import annotations

import re

from dateline.transforms.model import Actor, Article, Claim

MAX_NAME_WORDS = 10
_WORD = re.compile(r"\w+")


def actor(article: Article, claim: Claim) -> Actor | None:
    """Who said or did it; ``None`` if the article names nobody.

    The name is the one to which the claim resolved, its span the words of the source. A name that does not
    occur in the article, or has more than ten words, is dropped.
    """
    name = claim.speaker
    if not name or name not in article.text:
        return None
    # Each word has a letter, and something parts it from the next one.
    if len(name) > 2 * MAX_NAME_WORDS and len(_WORD.findall(name)) > MAX_NAME_WORDS:
        return None
    return Actor(name=name, role=claim.role, span=claim.source[0] if claim.source else None)


def recipient(claim: Claim) -> Actor | None:
    """To whom it was said or done, if the claim says so."""
    if claim.recipient is None:
        return None
    name = claim.recipient_name or claim.recipient.exact
    return Actor(name=name, role=claim.recipient_role, span=claim.recipient)
