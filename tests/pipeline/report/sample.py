"""Article records made by hand, so that what is shown is tested apart from what is read."""

from __future__ import annotations

import datetime
from functools import lru_cache

from dateline.pipeline.report import ArticleRecord, ArticleRecords, DateRecord, Letters
from dateline.transforms.model import (
    Action,
    Actor,
    Anchor,
    Anchors,
    Block,
    Bounds,
    Candidate,
    Event,
    EventSource,
    Reported,
    Span,
    TimeExpression,
    When,
    WhenAnchor,
)
from dateline.transforms.version import VERSION

TEXT = (
    "Radio Sable reported on Monday that the harbour master said the ferry would sail on Friday.\n\n"
    "“It will not sail before the wind drops,” Ines Rourke said. She had closed the quay in May.\n\n"
    "The pilots were told on Oct. 7, the union says."
)
ANCHOR = Anchor(
    kind="published",
    value="2025-11-06",
    text="Published 6 November 2025",
    rule="published.cue",
    losers=(
        Candidate(
            kind="page clock", value="2026-02-11", rule="clock.bound", reason="later than the published line"
        ),
    ),
)
BARE = ANCHOR.model_copy(update={"losers": ()})


def span(exact: str, text: str = TEXT, after: int = 0) -> Span:
    start = text.index(exact, after)
    return Span(start=start, end=start + len(exact), exact=exact)


def when(time: TimeExpression) -> When:
    anchor = time.anchor
    fields = ("edtf", "start", "end", "precision", "certainty", "partial", "bounds", "rule", "span")
    return When(
        **{name: getattr(time, name) for name in fields},
        anchor=WhenAnchor(kind=anchor.kind, value=anchor.value, text=anchor.text) if anchor else None,
    )


MONDAY = TimeExpression(
    span=span("on Monday"), type="DATE", value="2025-11-03", edtf="2025-11-03", start="2025-11-03",
    end="2025-11-04", precision="day", certainty="implied", rule="weekday.past", anchor=BARE,
    trace=("the verb looks back: the Monday before 2025-11-06",),
)  # fmt: skip
FRIDAY = TimeExpression(
    span=span("on Friday"), type="DATE", value="2025-11-07", edtf="2025-11-07", start="2025-11-07",
    end="2025-11-08", precision="day", certainty="implied", rule="weekday.future", anchor=BARE,
)  # fmt: skip
MAY = TimeExpression(
    span=span("in May"), type="DATE", value="2025-05", edtf="2025-05", start="2025-05-01",
    end="2025-06-01", precision="month", certainty="assumed", rule="month.past", anchor=BARE,
)  # fmt: skip
OCTOBER = TimeExpression(
    span=span("on Oct. 7"), type="DATE", value="XXXX-10-07", partial="XXXX-10-07",
    bounds=Bounds(not_after="2025-11-06"), rule="day.of.month", anchor=Anchor(kind="none"),
)  # fmt: skip


def event(number: int, **fields: object) -> Event:
    return Event.model_validate(
        {
            "event_id": f"event-{number}", "article_id": "article-1", "revision": "r1", "kind": "said",
            "action": Action(lemma="say"), "rule": "said.that", "pipeline": VERSION,
            "source": EventSource(publisher="The Sable Post"), **fields,
        }
    )  # fmt: skip


TOLD = Reported(day="2025-11-06", kind="published")
EVENTS = (
    event(
        0,
        reported=TOLD,
        actor=Actor(name="Radio Sable", span=span("Radio Sable")),
        action=Action(lemma="report", span=span("reported")),
        content=(span("the harbour master said the ferry would sail on Friday"),),
        quotation="indirect",
        when=when(MONDAY),
        about=(when(FRIDAY),),
    ),
    event(
        1,
        reported=TOLD,
        actor=Actor(name="Ines Rourke", role="harbour master", span=span("the harbour master")),
        action=Action(lemma="say", span=span("said")),
        content=(span("the ferry would sail on Friday"),),
        quotation="indirect",
        modality="future",
        within="event-0",
        about=(when(FRIDAY),),
    ),
    event(
        2,
        reported=TOLD,
        actor=Actor(name="Ines Rourke", role="harbour master", span=span("Ines Rourke")),
        action=Action(lemma="say", span=span("said", after=span("Ines Rourke").end)),
        content=(span("It will not sail before the wind drops,"),),
        quotation="direct",
        modality="negated",
    ),
    event(
        3,
        reported=TOLD,
        actor=Actor(name="the union", span=span("the union")),
        action=Action(lemma="say", span=span("says")),
        content=(span("The pilots were told on Oct. 7"),),
        quotation="indirect",
        when=when(OCTOBER),
    ),
)


def record(number: int = 1, **fields: object) -> ArticleRecord:
    """An article of three paragraphs with four events and four dates."""
    starts = [0, TEXT.index("“It"), TEXT.index("The pilots")]
    ends = [starts[1] - 2, starts[2] - 2, len(TEXT)]
    article_id = f"article-{number}"
    values = {
        "article_id": article_id,
        "revision": "r1",
        "origin": f"pages/ferry_{number}.txt",
        "url": f"https://post.example/ferry/{number}",
        "title": f"Ferry waits for the wind ({number})",
        "byline": "Greta Voss",
        "publisher": "The Sable Post",
        "language": "en",
        "published": "2025-11-06",
        "modified": None,
        "anchors": Anchors(page=ANCHOR, published="2025-11-06", bounds=Bounds(not_after="2026-02-11")),
        "text": TEXT,
        "blocks": tuple(
            Block(kind="paragraph", start=s, end=e, page_start=s) for s, e in zip(starts, ends, strict=True)
        ),
        "dates": tuple(
            DateRecord(time, _paragraph(time, starts, ends)) for time in (MONDAY, FRIDAY, MAY, OCTOBER)
        ),
        "events": tuple(e.model_copy(update={"article_id": article_id}) for e in EVENTS),
        "pipeline": VERSION,
    }
    return ArticleRecord(**{**values, **fields})  # type: ignore[arg-type]


def _paragraph(time: TimeExpression, starts: list[int], ends: list[int]) -> tuple[int, int]:
    return next((s, e) for s, e in zip(starts, ends, strict=True) if s <= time.span.start < e)


def records(count: int = 1, **fields: object) -> ArticleRecords:
    """A reader of so many articles, and one kind of dead letter."""
    letters = (Letters("not_an_article", "Clean", 2, "pages/index.html", "no line of running text"),)
    return ArticleRecords([record(n, **fields) for n in range(1, count + 1)], letters)


HOSTILE = (
    "Ann Lee said </p><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> "
    "{{ 7*7 }} &lt;b&gt; </style></script>]]> on Monday."
)


@lru_cache(maxsize=4)
def many(count: int) -> ArticleRecords:
    """So many articles, each of a day of its own, with events that have ids of their own."""
    made = []
    for n in range(1, count + 1):
        day = datetime.date(2024, 1, 1) + datetime.timedelta(days=n % 600)
        told = Reported(day=day.isoformat(), kind="published")
        monday = when(MONDAY).model_copy(
            update={
                "edtf": day.isoformat(),
                "start": day.isoformat(),
                "end": (day + datetime.timedelta(days=1)).isoformat(),
            }
        )
        events = tuple(
            e.model_copy(
                update={
                    "event_id": f"event-{n}-{i}", "article_id": f"article-{n}", "reported": told,
                    "within": f"event-{n}-0" if e.within else None, "when": monday if i == 0 else e.when,
                }
            )
            for i, e in enumerate(EVENTS)
        )  # fmt: skip
        anchors = Anchors(page=ANCHOR.model_copy(update={"value": day.isoformat()}))
        publisher = f"Paper {n % 9}"
        made.append(record(n, events=events, published=day.isoformat(), anchors=anchors, publisher=publisher))
    return ArticleRecords(made)


def hostile() -> ArticleRecords:
    """One article in which every field tries to be markup."""
    monday = MONDAY.model_copy(
        update={"span": span("on Monday", HOSTILE), "trace": ("<script>owned()</script>",)}
    )
    claim = event(
        9,
        actor=Actor(name='Ann"><script>owned()</script>', role="<b>", span=span("Ann Lee", HOSTILE)),
        action=Action(lemma="say", span=span("said", HOSTILE)),
        content=(span(HOSTILE[HOSTILE.index("</p>") : -len(" on Monday.")], HOSTILE),),
        quotation="direct",
        when=when(monday),
    )
    return ArticleRecords(
        [
            record(
                1,
                title="<script>owned()</script>",
                url="javascript:owned()//https://post.example",
                origin='x" onmouseover="owned()',
                publisher="</title><script>owned()</script>",
                language='en" onload="owned()',
                text=HOSTILE,
                blocks=(Block(kind="paragraph", start=0, end=len(HOSTILE), page_start=0),),
                dates=(DateRecord(monday, (0, len(HOSTILE))),),
                events=(claim,),
            )
        ],
        (Letters("internal", "Clean", 1, "<script>owned()</script>", "<img src=https://evil.example/x>"),),
    )
