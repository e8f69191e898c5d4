"""The passes that make the claims of an article, in order.

A pass is a function of the context and the current drafts to new drafts. Each is tested alone; its effect on
development data is in the message of the commit that added it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dateline.transforms import deadline
from dateline.transforms.claims import (
    contents,
    introduced,
    nest,
    objects,
    patterns,
    preceding,
    quotes,
    refusals,
    reported,
    roles,
    sources,
    turns,
)
from dateline.transforms.claims.context import Context, tokens
from dateline.transforms.claims.draft import Drafts
from dateline.transforms.claims.link import link

Pass = Callable[[Context, Drafts], Drafts]


def labelled(context: Context, drafts: Drafts) -> Drafts:
    """Claims that the trained model marks; sentences that quote somebody "as saying" are left to patterns."""
    quoting = context.quoting
    sentence = context.chunks.sentence
    marked = [
        p for p in roles.pieces(context.parse) if sentence[p.first] not in quoting and context.spoken(p.first)
    ]
    return drafts + link(context.parse, context.chunks, marked, "model.linked")


def patterned(context: Context, drafts: Drafts) -> Drafts:
    """Claims by pattern in sentences that have none yet."""
    done = {context.chunks.sentence[k] for k in tokens(drafts)}
    return _patterned(context, drafts, [n for n in range(len(context.parse.sentences)) if n not in done])


def quoted_as(context: Context, drafts: Drafts) -> Drafts:
    """Claims by pattern where somebody is quoted "as saying"."""
    return _patterned(context, drafts, sorted(context.quoting))


def _patterned(context: Context, drafts: Drafts, among: Iterable[int]) -> Drafts:
    found = [p for p in patterns.pieces(context.chunks, context.words, among) if context.spoken(p.first)]
    made = link(context.parse, context.chunks, found, "pattern.linked")
    return tuple(sorted(drafts + made, key=lambda d: d.start))


ENGLISH: tuple[Pass, ...] = (
    refusals.said,
    quotes.announced,
    quotes.continued,
    sources.timeless,
    sources.by_clause,
    sources.known,
    nest.cited,
    contents.untimed,
    contents.within_clause,
    contents.completed,
    contents.whole,
    contents.extended,
    contents.ended,
    contents.unfurnished,
    refusals.long_enough,
    refusals.own_words,
    contents.beside_source,
    refusals.spoken,
    nest.citing,
    reported.reported,
    reported.blamed,
    reported.by_whom,
    reported.attributed,
    refusals.stated,
    turns.signed,
    turns.handed_on,
    turns.turns,
    contents.closed,
    nest.contained,
)
OTHERS: tuple[Pass, ...] = (
    patterned,
    preceding.told_before,
    introduced.introduced,
    objects.told_of,
    quotes.whole,
    contents.unfurnished,
    turns.signed,
    turns.turns,
)


def run(context: Context, *, model: bool) -> Drafts:
    """The drafts of an article."""
    first = (labelled, quoted_as) if model else (patterned,)
    passes = (*first, *ENGLISH) if context.tagged else OTHERS
    drafts: Drafts = ()
    for each in passes:
        deadline.check()
        drafts = each(context, drafts)
    return drafts
