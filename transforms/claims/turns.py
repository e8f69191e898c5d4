"""Statements that the layout attributes: turns of an interview, signatures behind a dash, "And from X:"."""

from __future__ import annotations

from typing import NamedTuple

from dateline.transforms import deadline
from dateline.transforms.claims.context import Context, cue_tokens, tokens
from dateline.transforms.claims.draft import Draft, Drafts, Run

_DASHES = ("-", "--", "—", "–", "―")
_OPENERS = frozenset(["CC", "DT", "RB", "PRP", "IN", "PU"])
_FINITE = frozenset(["VBD", "VBZ", "MD"])
MAX_LABEL = 4
"""Words of the name before the colon of a turn."""
MAX_SIGNATURE = 16
MIN_TURN = 3
"""Fewer words are no answer that tells something."""
MAX_OPENING = 3
"""Words before "from" in "And this from the union:"."""


class _Turn(NamedTuple):
    """A turn: its label, the first token behind the colon, the token behind its last one."""

    label: Run
    first: int
    last: int
    block: int


def turns(context: Context, drafts: Drafts) -> Drafts:
    """``Q: … A: …`` and ``Herald: … Feld: …``: each answer is a statement of who is named before its colon.

    A text is an interview where two labels take turns and one of them asks. An answer without a name ("A:") is said
    by nobody that is known. A paragraph without a label is the reporter's.
    """
    found = _labelled(context)
    names = {_name(context, t) for t in found}
    if len(names) < 2 or len(names) > len(found) // 2 + 1:
        return drafts
    asking = {_name(context, t) for t in found if _asks(context, t)}
    if not asking:
        return drafts
    # What is found already by a colon is part of a turn, or a question.
    colons = {t.label.last for t in found}
    drafts = tuple(d for d in drafts if not d.cue or not colons.issuperset(range(*d.cue[0])))
    closed = context.chunks.closed
    made = []
    for turn in found:
        name = _name(context, turn)
        words = [k for k in range(turn.first, turn.last) if context.chunks.words[k][0].isalnum()]
        if _asks(context, turn) or not asking - {name} or len(words) < MIN_TURN:
            continue
        made.append(
            Draft(
                turn.label.first,
                turn.block,
                "turn",
                source=() if name in closed.answerers else (turn.label,),
                cue=(Run(turn.label.first, turn.label.last + 1),),
                content=(Run(turn.first, turn.last),),
                lemma="say",
                trace=("the turn of who is named before its colon",),
            )
        )
    held = {d.key for d in made}
    return drafts + tuple(d for d in made if d.key in held - cue_tokens(drafts))


def _labelled(context: Context) -> list[_Turn]:
    """The turns of an article in order; names stand at the head of their block, "Q" and "A" of any sentence."""
    chunks, sentences = context.chunks, context.parse.sentences
    generic = chunks.closed.askers | chunks.closed.answerers
    heads: list[tuple[Run, int, int]] = []
    for colon in chunks.colons:
        deadline.check()
        n = chunks.sentence[colon]
        s = sentences[n]
        opens = not n or sentences[n - 1].block != s.block
        near = s.first < colon <= s.first + MAX_LABEL and ":" not in chunks.words[s.first : colon]
        if not near or not context.spoken(s.first):
            continue
        low = " ".join(chunks.low[s.first : colon])
        capital = all(chunks.words[k][0].isupper() for k in range(s.first, colon))
        if low in generic or (opens and capital):
            heads.append((Run(s.first, colon), n, s.block))
    made = []
    for n, (label, first, at) in enumerate(heads):
        last = next((s.first for s in sentences[first:] if s.block != at), sentences[-1].last)
        if n + 1 < len(heads):
            last = min(last, heads[n + 1][0].first)
        made.append(_Turn(label, label.last + 1, last, at))
    return made


def _name(context: Context, turn: _Turn) -> str:
    return " ".join(context.chunks.low[turn.label.first : turn.label.last])


def _asks(context: Context, turn: _Turn) -> bool:
    """Whether a turn asks: its label says so, or it ends with a question."""
    ends = turn.last > turn.first and "?" in context.chunks.words[max(turn.first, turn.last - 2) : turn.last]
    return ends or _name(context, turn) in context.chunks.closed.askers


def signed(context: Context, drafts: Drafts) -> Drafts:
    """``“The bridge is safe.” — Ana Ruiz, mayor of Lund``: a quotation signed behind a dash, there or in the next block."""
    if not context.quoted:
        return drafts
    chunks, quotes = context.chunks, context.parse.quotes
    dashes = [k for k in context.chunks.marks(*_DASHES) if k and quotes[k - 1] and not quotes[k]]
    held = tokens(drafts) if dashes else set()
    made = []
    for k in dashes:
        s = context.parse.sentences[chunks.sentence[k]]
        stop = next((j for j in range(k + 1, s.last) if not chunks.words[j][0].isalnum()), s.last)
        end = context.block_end(k)
        name = Run(k + 1, stop)
        if end - k > MAX_SIGNATURE or not _signs(context, name, end):
            continue
        first = k - 1
        while first and quotes[first - 1] == quotes[k - 1]:
            first -= 1
        if any(j in held for j in range(first, k)):
            continue
        made.append(
            Draft(
                k,
                s.block,
                "signature",
                source=(name,),
                cue=(Run(k, k + 1),),
                content=(Run(first, k),),
                lemma="say",
                trace=("signed behind a dash",),
            )
        )
    return drafts + tuple(made)


def _signs(context: Context, name: Run, end: int) -> bool:
    """Whether a phrase behind a dash is a signature: it begins with a capital, and no verb follows in its block."""
    chunks = context.chunks
    if name.last <= name.first or not chunks.words[name.first][0].isupper():
        return False
    return not any(chunks.tags[k] in _FINITE for k in range(name.first, end))


def handed_on(context: Context, drafts: Drafts) -> Drafts:
    """``And from the mayor of Lund: “…”``: a quotation that a colon gives to who is named behind "from"."""
    found = _handed(context)
    if not found:
        return drafts
    cues, held = cue_tokens(drafts), tokens(drafts)
    made = []
    dropped: set[int] = set()
    for at, colon, last in found:
        if colon in cues:
            dropped.add(colon)
        elif any(k in held for k in range(colon + 1, last)):
            continue
        made.append(
            Draft(
                at,
                context.block(at),
                "quote.from",
                source=(Run(at + 1, colon),),
                cue=(Run(at, at + 1),),
                content=(Run(colon + 1, last),),
                lemma="say",
                trace=("a colon announces the quotation of who is named behind it",),
            )
        )
    kept = tuple(d for d in drafts if not any(r.first in dropped for r in d.cue))
    return kept + tuple(made)


def _handed(context: Context) -> list[tuple[int, int, int]]:
    """Each "from" that opens a sentence and hands on to a quotation, its colon, and the token behind the quotation."""
    chunks, quotes = context.chunks, context.parse.quotes
    found: list[tuple[int, int, int]] = []
    if not any(quotes[k + 1] for k in chunks.colons if k + 1 < len(quotes)):
        return found
    for at in context.parse.places(chunks.closed.handing):
        s = context.parse.sentences[chunks.sentence[at]]
        if at - s.first > MAX_OPENING or not chunks.closed.handing.isdisjoint(chunks.low[s.first : at]):
            continue
        if not context.spoken(at) or not all(_opens(context, k) for k in range(s.first, at)):
            continue
        colon = next(
            (k for k in range(at + 2, min(s.last, at + MAX_SIGNATURE)) if chunks.words[k] == ":"), None
        )
        if colon is None or colon + 1 >= len(quotes) or not quotes[colon + 1] or quotes[at]:
            continue
        if any(chunks.tags[k] in _FINITE for k in range(at, colon)):
            continue
        last = colon + 1
        while last < len(quotes) and quotes[last] == quotes[colon + 1]:
            last += 1
        found.append((at, colon, last))
    return found


def _opens(context: Context, token: int) -> bool:
    """Whether a word may stand before "from": "And this from", "A statement from", but not "Photos from"."""
    chunks = context.chunks
    return chunks.tags[token] in _OPENERS or chunks.low[token] in context.words.nouns
