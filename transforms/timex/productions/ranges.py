"""Ranges from one time to another: days, years, centuries."""

from __future__ import annotations

from typing import Any

from dateline.transforms.timex.calendar import Day, Unit, containing, day_of, end_of, shift
from dateline.transforms.timex.context import Context
from dateline.transforms.timex.forms import Match
from dateline.transforms.timex.production import Options, production
from dateline.transforms.timex.productions.days import impossible, settle_year
from dateline.transforms.timex.productions.months_years import named_year
from dateline.transforms.timex.productions.weekdays import bare_weekday
from dateline.transforms.timex.reading import Reading, between, days_of

DAYS = ("DAY", "DAYTH", "ORD")


@production(Options)
def day_range(m: Match, context: Context, options: Options) -> Reading | None:
    """Two days of one month, or of two: "March 3-5", "28 June to 3 July 1999"."""
    tokens = sorted(t for name in DAYS for t in m.slots.get(name, ()))
    days = [next(int(t.values[name]) for name in DAYS if name in t.values) for t in tokens]
    months = m.all("MONTH")
    if len(days) != 2 or not months:
        return None
    year = named_year(m, context)
    certain = year is not None
    why = ["carries its own year"]
    if day_of(year or 2000, months[-1], days[1]) is None or day_of(year or 2000, months[0], days[0]) is None:
        return impossible()
    if year is None:
        year, reason = settle_year(months[-1], days[1], None, context, m.start, m.end)
        why = [reason]
    first = day_of(year - (months[0] > months[-1]), months[0], days[0])
    last = day_of(year, months[-1], days[1])
    if first is None or last is None or last.start < first.start:
        return None
    r = between(first, last)
    r.certainty = "stated" if certain else "implied"
    r.anchored = not certain
    r.notes = why
    spots = sorted((*tokens, *m.slots["MONTH"]))
    cut = (
        spots.index(tokens[1])
        if len(months) == 1 or spots[-1] is not tokens[1]
        else spots.index(tokens[1]) - 1
    )
    if len(months) == 2 and _kind(spots[0]) == "MONTH":
        cut = 2
    head, tail = spots[:cut], spots[cut:]
    r.parts = [
        Reading(unit=first, start=head[0].start, stop=head[-1].end),
        Reading(unit=last, start=tail[0].start, stop=m.end),
    ]
    return r


@production(Options)
def day_range_of_month(m: Match, context: Context, options: Options) -> Reading | None:
    """Two days of a month that is counted from the anchor: "from the 2nd to the 7th of this month"."""
    one, two = sorted(t for name in DAYS for t in m.slots.get(name, ()))
    days = [next(int(t.values[name]) for name in DAYS if name in t.values) for t in (one, two)]
    refers_back = "THATSTEP" in m.slots and context.month is not None
    base = context.month if refers_back and context.month else containing("month", context.today())
    month = shift(base, int(m.get("STEP") if "STEP" in m.slots else m.get("THATSTEP")))
    if month is None:
        return None
    first, last = (day_of(month.start.year, month.start.month, day) for day in days)
    if first is None or last is None or not first.start < last.start:
        return None
    r = between(first, last)
    r.certainty, r.anchored, r.notes = "implied", not refers_back, ["the month is counted from the anchor"]
    spots = ((one.start, one.end), (two.start, m.end))
    for part, (start, stop) in zip(r.parts, spots, strict=True):
        part.start, part.stop = start, stop
    return r


def _kind(token: Any) -> str:
    return "MONTH" if "MONTH" in token.values else "DAY"


@production(Options)
def year_range(m: Match, context: Context, options: Options) -> Reading | None:
    """1990-1995, 2010/11; "2017-04" is a month where it cannot be a span of years."""
    first, second, digits, dashed = m.get("PAIR")
    if digits == 2:
        if second <= first % 100:
            if dashed and 1 <= second <= 12 and first >= 1800:
                return Reading(unit=Unit("month", Day(first, second, 1)), notes=["written in digits"])
            return None
        second += first // 100 * 100
    if not first < second <= first + (1000 if dashed or digits == 4 else SEASONS):
        return None
    r = between(Unit("year", Day(first, 1, 1)), Unit("year", Day(second, 1, 1)))
    token = m.slots["PAIR"][0]
    r.parts[0].start, r.parts[0].stop = token.start, token.start + 4
    r.parts[1].start, r.parts[1].stop = token.end - digits, token.end
    return r


@production(Options)
def centuries(m: Match, context: Context, options: Options) -> Reading | None:
    """Two centuries that share a word: "the twelfth and thirteenth centuries"."""
    first, last = m.all("ORD")
    if not 2 <= first < last <= 30:
        return None
    r = between(*(Unit("century", Day((n - 1) * 100, 1, 1)) for n in (first, last)))
    one, two = m.slots["ORD"]
    (r.parts[0].start, r.parts[0].stop), (r.parts[1].start, r.parts[1].stop) = (
        (m.start, one.end),
        (two.start, m.end),
    )
    return r


SEASONS = 12
"""Years that a slash may join where the second is short: "1914/18", but not the number of a law, "2013/45"."""
REACH = 12
"""Code points more before it in which the words of opening hours are looked for."""
GAP = 24
"""Code points between the ends of a range, and before them, in which its words are looked for."""


def join_ranges(readings: list[Reading], context: Context) -> list[Reading]:
    """Two expressions with a word of a range between them: "from Tuesday to Thursday", "2010–2014"."""
    out: list[Reading] = []
    for r in readings:
        if out and out[-1].rule == "range.weekly" and r.time and _goes_on(out[-1], r, context):
            out[-1].stop = r.stop  # "du lundi au vendredi de 9h à 18h"
            continue
        joined = _range(out[-1], r, context) if out else None
        if joined is None:
            out.append(r)
        else:
            out[-1] = joined
    return out


def _goes_on(a: Reading, b: Reading, context: Context) -> bool:
    return context.grammar.links.to.fullmatch(context.low[a.stop : b.start]) is not None


def _range(a: Reading, b: Reading, context: Context) -> Reading | None:
    if "weekday" in a.traits and "weekday" in b.traits and (weekly := _weekly(a, b, context)):
        return weekly
    if a.parts or b.parts or a.type not in ("DATE", "TIME") or b.type != a.type:
        return None
    links, gap = context.grammar.links, context.low[a.stop : b.start]
    link = links.to.fullmatch(gap) if len(gap) < GAP else None
    if link is None:
        return None
    opening = links.opening.search(context.low[max(0, a.start - GAP) : a.start])
    paired = opening is not None and opening["between"] is not None
    if (link["both"] and not paired) or (link["to"] and paired):
        return None
    if a.is_daypart and b.time is not None:
        return None  # "mercredi soir à 20h45" is one time
    if "shared_step" in b.traits and "shared_step" not in a.traits and a.certainty != "stated":
        _share_step(a, b)
    elif "weekday" in a.traits and "weekday" in b.traits:
        _look_ahead(a, b, context)
    first, last = _unit_of(a), _unit_of(b)
    if first is None or last is None:
        return None
    if (
        a.certainty == "stated"
        and b.anchored
        and b.certainty != "stated"
        and first.grain in (last.grain, "day")
    ):
        last = b.unit = _same_year(first, last)
    if last.start < first.start and (steps := _turn(a, b)):
        if "weekday" in a.traits and b.is_day:
            steps *= -((last.start - first.start).days // 7)
        later = shift(last, steps)
        if later is None:
            return None
        b.unit = last = later
    (begin, _), (_, end) = days_of(a), days_of(b)
    if begin is None or end is None or not begin < end or last.start < first.start:
        return None
    r = Reading(
        a.type,
        first=begin,
        end=end,
        precision="interval",
        certainty=min((a.certainty, b.certainty), key=("assumed", "implied", "stated").index),
        anchored=a.anchored or b.anchored,
        rule="range",
        notes=[*a.notes, *b.notes],
        start=a.start - (len(opening[0]) if opening else 0),
        stop=b.stop,
        parts=[a, b],
    )
    return r


def _weekly(a: Reading, b: Reading, context: Context) -> Reading | None:
    """Two weekdays between which something is open, every week: "open Tuesday to Sunday"."""
    links = context.grammar.links
    if a.unit is None or b.unit is None or not (a.is_day and b.is_day) or a.part:
        return None
    # "From 8 a.m. to 5 p.m. Monday through Friday": two clocks beside two weekdays.
    hours = any(len(r.parts) == 2 and all(p.time for p in r.parts) for r in (a, b))
    if b.time is not None and (link := links.to.match(context.low, b.stop)) is not None:
        hours = (
            hours or context.low[link.end() : link.end() + 1].isdigit()
        )  # "du lundi au vendredi de 9h à 18h"
    if a.time and not hours:
        return None
    if links.to.fullmatch(context.low[a.stop : b.start]) is None:
        return None
    before = context.low[max(0, a.start - GAP - REACH) : a.start]
    if not hours and links.hours.search(before) is None:
        return None
    if context.parse.clauses and context.tense(a.start, a.start)[0] == "past":
        return None
    names = [f"XXXX-WXX-{r.unit.start.weekday() + 1}" for r in (a, b) if r.unit is not None]
    parts = [Reading("SET", value=n, start=r.start, stop=r.stop) for n, r in zip(names, (a, b), strict=True)]
    note = "the days of every week on which something is open"
    return Reading(
        "SET", value="/".join(names), precision="none", rule="range.weekly", notes=[note],
        start=a.start, stop=b.stop, parts=parts,
    )  # fmt: skip


def _same_year(first: Unit, last: Unit) -> Unit:
    """A day or month without a year that ends a range whose first end has one: "from March 2012 through May"."""
    if last.grain not in ("day", "month"):
        return last
    for year in (first.start.year, first.start.year + 1):
        unit = day_of(year, last.start.month, last.start.day)
        if unit is not None and end_of(moved := Unit(last.grain, unit.start)) > first.start:
            return moved
    return last


def _share_step(a: Reading, b: Reading) -> None:
    """Read the first end of a range in the week or year of the second: "from Tuesday to Friday last week"."""
    if a.unit is None or b.unit is None or a.unit.grain != b.unit.grain:
        return
    if a.is_day and "weekday" in a.traits:
        back = (b.unit.start - a.unit.start).days % 7 or 7
        a.unit = shift(b.unit, -back) or a.unit
    elif a.unit.grain == "month":
        year = b.unit.start.year - (a.unit.start.month > b.unit.start.month)
        a.unit = Unit("month", Day(year, a.unit.start.month, 1)) if year > 0 else a.unit


def _look_ahead(a: Reading, b: Reading, context: Context) -> None:
    """Read the first of two weekdays on the side where the second is: one verb governs both."""
    if a.rule.endswith(".next_day") and b.rule.endswith(".past") and a.is_day and a.unit is not None:
        a.unit = shift(a.unit, -7) or a.unit  # "Rain fell Thursday through Saturday"
    ahead = any(r.rule.endswith(".future") for r in (a, b))
    if ahead and a.is_day and a.unit is not None and context.day is not None and a.unit.start < context.day:
        a.unit = shift(a.unit, 7) or a.unit


def _turn(a: Reading, b: Reading) -> int:
    """Steps from the second end to the same one of the next week or year: "Friday to Monday", "November to February"."""
    if "weekday" in a.traits and "weekday" in b.traits:
        return 7 if b.is_day else 1
    if a.unit is None or b.unit is None or a.unit.grain != b.unit.grain or not b.anchored:
        return 0
    return {"month": 12, "season": 4}.get(b.unit.grain, 0)


def _unit_of(r: Reading) -> Unit | None:
    return r.unit if r.value is None else None


@production(Options)
def weekday_range(m: Match, context: Context, options: Options) -> Reading | None:
    """Two weekdays by short names that mean a day in a range alone: "de segunda a sexta"."""
    tokens = sorted(t for name in ("SHORTDAY", "LONGDAY") for t in m.slots.get(name, ()))
    one, two = tokens
    first, last = (int(t.values["SHORTDAY" if "SHORTDAY" in t.values else "LONGDAY"]) for t in tokens)
    begin = bare_weekday(first, m, context)
    if begin is None or begin.unit is None or (later := shift(begin.unit, (last - first) % 7 or 7)) is None:
        return None
    r = between(begin.unit, later)
    r.certainty, r.anchored, r.notes, r.rule = begin.certainty, True, begin.notes, begin.rule
    (r.parts[0].start, r.parts[0].stop), (r.parts[1].start, r.parts[1].stop) = (
        (one.start, one.end),
        (two.start, two.end),
    )
    return r


@production(Options)
def month_range(m: Match, context: Context, options: Options) -> Reading | None:
    """Months of one year, or over its turn: "June to August 2014", "December-to-February 2013"."""
    first, last = (int(n) for n in m.all("MONTH"))
    year = named_year(m, context)
    if year is None:
        return None
    begin, end = Unit("month", Day(year - (first > last), first, 1)), Unit("month", Day(year, last, 1))
    r = between(begin, end)
    r.notes = ["carries its own year"]
    one, two = m.slots["MONTH"]
    (r.parts[0].start, r.parts[0].stop), (r.parts[1].start, r.parts[1].stop) = (
        (one.start, one.end),
        (two.start, m.end),
    )
    return r
