"""Nests claims: ties a claim to the claim that reports it."""

from __future__ import annotations

from dateline.transforms.claims.context import Context
from dateline.transforms.claims.draft import Draft, Drafts, Run
from dateline.transforms.language import lemma


def cited(context: Context, drafts: Drafts) -> Drafts:
    """``CNN reported …, citing the ministry``, marked as a claim of CNN's: the ministry speaks within the report."""
    chunks = context.chunks
    made = []
    for draft in drafts:
        first = draft.cue[0].first if draft.cue else None
        outer = None
        if (
            first is not None
            and draft.content
            and chunks.tags[first] == "VBG"
            and lemma(chunks.words[first]) in chunks.closed.cite
        ):
            home = chunks.sentence[first]
            outer = next(
                (
                    o
                    for o in drafts
                    if o is not draft and o.cue and o.content and chunks.sentence[o.cue[0].first] == home
                ),
                None,
            )
        if outer is not None:
            draft = draft.but(
                "cited by the source of another claim",
                rule="nested.citing",
                source=(draft.content[0],),
                content=outer.content,
                outer=outer.key,
            )
        made.append(draft)
    return tuple(made)


def citing(context: Context, drafts: Drafts) -> Drafts:
    """``Citing the ministry, CNN reported that …``: the ministry's claim within CNN's, of the same content."""
    if context.parse.forms.isdisjoint(context.chunks.closed.citing):
        return drafts
    held = {d.outer for d in drafts}
    made = [d for draft in drafts if draft.key not in held and (d := _citing(context, draft)) is not None]
    return drafts + tuple(made)


def _citing(context: Context, draft: Draft) -> Draft | None:
    chunks = context.chunks
    if not draft.cue or not draft.content:
        return None
    floor, ceiling = chunks.bounds(draft.cue[0].first)
    for k in range(floor, ceiling):
        if (
            chunks.low[k] not in chunks.closed.citing
            or chunks.parse.quotes[k]
            or draft.cue[0].first <= k < draft.cue[0].last
        ):
            continue
        phrase = chunks.after(k + 1, ceiling)
        if phrase is None or any(r.first <= k < r.last for r in draft.content):
            continue
        return Draft(
            k,
            draft.block,
            "nested.citing",
            source=(chunks.widen_right(phrase, ceiling),),
            cue=(Run(k, k + 1),),
            content=draft.content,
            outer=draft.key,
            trace=("cited by the source of another claim",),
        )
    return None


def contained(context: Context, drafts: Drafts) -> Drafts:
    """Ties each claim whose cue stands in what another says to the innermost such claim."""
    said = [(r, d.key) for d in drafts if d.kind == "said" and d.cue for r in d.content]
    innermost: dict[int, int] = {}
    for run, key in sorted(said, key=lambda each: each[0].first - each[0].last):
        innermost.update(dict.fromkeys(range(run.first, run.last), key))
    made = []
    for draft in drafts:
        up = innermost.get(draft.cue[0].first) if draft.outer is None and draft.cue else None
        if up is not None and up != draft.key:
            draft = draft.but("stands in what another claim says", outer=up)
        made.append(draft)
    return _without_circles(tuple(made))


def _without_circles(drafts: Drafts) -> Drafts:
    """A claim that would enclose itself through others is tied to none."""
    above = {d.key: d.outer for d in drafts}
    made = []
    for draft in drafts:
        seen, up = {draft.key}, draft.outer
        while up is not None and up not in seen:
            seen.add(up)
            up = above.get(up)
        made.append(draft if up is None else draft.but(outer=None))
        above[draft.key] = made[-1].outer
    return tuple(made)
