"""Adds the deeds of an article to its claims, in the order of the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Sequence

from dateline.transforms import lexicon
from dateline.transforms.claims import Context, Resolver
from dateline.transforms.deeds.frames import CLASS, SPECIFIC, Frames, table_of
from dateline.transforms.deeds.hearers import Hearers
from dateline.transforms.deeds.read import Deed, deeds
from dateline.transforms.model import Actor, Article, Claim, Parse, Run, Span, TimeExpression, span_of


def extract(
    article: Article,
    parse: Parse,
    claims: tuple[Claim, ...],
    context: Context | None = None,
    times: Sequence[TimeExpression] = (),
) -> tuple[Claim, ...]:
    """The claims together with the deeds of the article. ``outer`` names the claim that reports a deed.

    ``context`` is the context of the article, if it exists already. ``times`` are its time expressions, by which
    clauses of background become deeds.
    """
    table = table_of(article.language)
    found = deeds(article, parse, times)
    saying = lexicon.saying(article.language).verbs
    done = {parse.clauses[d.clause].verb.head for d in found if _acts(table, parse, saying, d)}
    held = [[k for cue in claim.cue for k in tokens(parse, cue)] for claim in claims]
    claims = _without(claims, [c for c, at in zip(claims, held, strict=True) if not done.isdisjoint(at)])
    cues = {k for at in held if done.isdisjoint(at) for k in at}
    found = [d for d in found if parse.clauses[d.clause].verb.head not in cues]
    order = _merged([_start(c) for c in claims], [parse.starts[d.cue.first] for d in found])
    place = {each: at for at, each in enumerate(order)}
    if not claims and not found:
        return ()
    resolver = Resolver(context or Context(article, parse))
    hearers = Hearers(article, parse)
    told = _told(claims)
    made: list[Claim] = []
    for kind, n in order:
        if kind == 0:
            claim = claims[n]
            source = resolver.met(claim)
            outer = place[0, claim.outer] if claim.outer is not None else None
            heard = hearers.heard(claim, resolver) | _together(article, parse, source, resolver)
            if outer != claim.outer:
                heard["outer"] = outer
            made.append(_with(claim, heard))
        else:
            inside = _outer(told, parse.starts[found[n].cue.first])
            outer = place[0, inside] if inside is not None else None
            made.append(
                _claim(
                    article, parse, found[n], resolver, outer, claims[inside] if inside is not None else None
                )
            )
    return tuple(made)


def _acts(table: Frames, parse: Parse, saying: Container[str], deed: Deed) -> bool:
    """Whether a clause is a deed and no statement, though its verb may be one of saying: "*dismissed* the suit"."""
    clause = parse.clauses[deed.clause]
    spoken = table.statement(parse, clause)
    if deed.frame.over:
        return spoken is None or spoken.weight < deed.weight
    if deed.weight >= SPECIFIC and not deed.frame.yields:
        return spoken is None or spoken.weight < SPECIFIC or spoken.weight <= deed.weight - CLASS
    return spoken is None and clause.verb.lemma not in saying


def _without(claims: tuple[Claim, ...], dropped: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims without the dropped ones; claims nested in a dropped claim move to its outer claim."""
    if not dropped:
        return claims
    gone = {id(c) for c in dropped}
    place: dict[int, int] = {}
    for n, claim in enumerate(claims):
        if id(claim) not in gone:
            place[n] = len(place)

    def outer(n: int | None) -> int | None:
        for _ in range(len(claims)):
            if n is None or n in place:
                break
            n = claims[n].outer
        return place.get(n) if n is not None else None

    return tuple(
        c if c.outer is None else c.model_copy(update={"outer": outer(c.outer)})
        for c in claims
        if id(c) not in gone
    )


def tokens(parse: Parse, span: Span) -> range:
    """The tokens that a span covers."""
    return range(max(0, bisect_right(parse.starts, span.start) - 1), bisect_left(parse.starts, span.end))


def _start(claim: Claim) -> int:
    """The smallest code point of a claim's spans."""
    return min((s.start for part in (claim.source, claim.cue, claim.content) for s in part), default=0)


def _merged(claims: Sequence[int], found: Sequence[int]) -> list[tuple[int, int]]:
    """Claims (0) and deeds (1) by their start. Claims keep their order, and a deed follows the claim that
    reports it."""
    order: list[tuple[int, int]] = []
    at = 0
    for n, start in enumerate(claims):
        while at < len(found) and found[at] < start:
            order.append((1, at))
            at += 1
        order.append((0, n))
    return order + [(1, k) for k in range(at, len(found))]


def _told(claims: Sequence[Claim]) -> list[tuple[int, int, int, int]]:
    """The start and end of each span of what is said, the size of all that its claim says, and the place of the claim."""
    return [
        (span.start, span.end, sum(s.end - s.start for s in claim.content), n)
        for n, claim in enumerate(claims)
        if claim.kind == "said"
        for span in claim.content
    ]


def _outer(told: Sequence[tuple[int, int, int, int]], at: int) -> int | None:
    """The smallest statement whose content contains a position."""
    around = [(size, n) for start, end, size, n in told if start <= at < end]
    return min(around)[1] if around else None


def _claim(
    article: Article, parse: Parse, deed: Deed, resolver: Resolver, outer: int | None, within: Claim | None
) -> Claim:
    def span(run: Run | None) -> Span | None:
        return span_of(article.text, parse.starts[run.first], parse.ends[run.last - 1]) if run else None

    actor, recipient, content = span(deed.actor), span(deed.recipient), span(deed.content)
    cue = span(deed.cue)
    assert cue is not None
    happening = deed.frame.impersonal and deed.actor is not None and parse.tags[deed.actor.first] == "PRP"
    speaker = resolver.resolve(*deed.actor, within) if deed.actor and not happening else None
    whom = resolver.resolve(*deed.recipient, within) if deed.recipient else None
    if whom is not None and speaker is not None and whom.name == speaker.name:
        # "Ruiz met him": a recipient that resolves to the actor is unknown.
        whom = None
    if speaker is not None and whom is not None and deed.actor and deed.recipient:
        resolver.joined((*deed.actor, speaker), (*deed.recipient, whom))
    clause = parse.clauses[deed.clause]
    trace = [f"deed: {clause.kind} clause, {clause.verb.lemma!r} is to {deed.frame.meaning}"]
    if speaker is not None:
        trace.append(f"actor: {speaker.how}")
    claim = Claim(
        kind="did",
        source=(actor,) if actor else (),
        cue=(cue,),
        lemma=clause.verb.lemma,
        content=(content,) if content else (),
        speaker=speaker.name if speaker else None,
        role=speaker.role if speaker else None,
        recipient=recipient,
        recipient_name=whom.name if whom else None,
        recipient_role=whom.role if whom else None,
        place=span(deed.place),
        plover=deed.plover,
        modality=deed.modality,
        outer=outer,
        section=article.blocks[parse.sentences[clause.sentence].block].section,
        rule=f"deed.{clause.kind}",
        trace=tuple(trace),
    )
    return _with(claim, _together(article, parse, deed.actor, resolver))


def _with(claim: Claim, told: dict[str, object]) -> Claim:
    """A claim with what was told of it. Nothing is told of most, and a copy costs as much as the claim."""
    return claim.model_copy(update=told) if told else claim


def _together(article: Article, parse: Parse, source: Run | None, resolver: Resolver) -> dict[str, object]:
    """The speaker and the co-actors of a source that names two persons."""
    parts = resolver.each(*source) if source is not None else []
    if not parts:
        return {}
    first, *others = [
        Actor(name=s.name or "", role=s.role, span=span_of(article.text, parse.starts[a], parse.ends[b - 1]))
        for a, b, s in parts
    ]
    return {"speaker": first.name, "role": first.role, "co_actors": tuple(others)}
