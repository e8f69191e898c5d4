"""False alarms: words of time that tell none here."""

from __future__ import annotations

import re

from transforms.timex.grammar import Match
from transforms.timex.scene import Scene

AGE = re.compile(r"\s?-?\s?(?:olds?\b|of age\b)")
FRACTION = re.compile(r"-?s?\sof\b")
CLAUSE_END = re.compile(r"\s?(?:[.,;:)!?”\"']|$|-{2}|—|–)")
RATE = re.compile(
    r"(?:\d[\d,.]*|percent|%|million|billion|thousand|hundred|cents|dollars|euros|pounds|miles|hours|days|"
    r"\b(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|dozen|thousand|hundred)\s[a-z]+)\s$"
)
COUNTED = re.compile(
    r"\s(?:people|miles|feet|dollars|euros|pounds|shares|points|troops|soldiers|men|women|tons|tonnes|meters|"
    r"metres|km|kilometers|kilometres|years|words|pages|jobs|homes|houses|workers|employees|students|votes|"
    r"children|deaths|cases|acres|barrels|copies|units|rooms|seats|square|percent|cubic|days|hours|residents)\b"
)
PLURAL = re.compile(r"\s(?!was\b|has\b|is\b|as\b|saw\b|this\b|its\b|his\b|does\b)[a-z]{3,}[^s\W]s\b")
DATING = re.compile(
    r"\b(?:in|of|since|the|by|until|from|during|and|to|before|after|till|through|between|year|’s|'s|its|his|her|their|a|that|this)\s$"
)
MONEY = re.compile(
    r"[$€£¥#]\s?$|(?:no|nos|number|page|room|flight|route|highway|section|chapter|article|resolution)\.?\s$"
)


def allowed(m: Match, scene: Scene) -> bool:
    """False where the words around say that the match is something else."""
    check = CHECKS.get(m.rule.name)
    return check is None or check(m, scene)


def _after(m: Match, scene: Scene) -> str:
    return scene.low[m.end : m.end + 24]


def _before(m: Match, scene: Scene) -> str:
    return scene.low[max(0, m.start - 40) : m.start]


MILITARY = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")


def _duration(m: Match, scene: Scene) -> bool:
    """Not an age ("7-year-old"), not a fraction ("three quarters of"), not "a second group"."""
    after = _after(m, scene)
    if AGE.match(after) or re.search(r"\b(?:aged?|age of)\s$", _before(m, scene)):
        return False
    last = m.tokens[-1].text
    if last in ("hours", "hrs") and MILITARY.fullmatch(m.tokens[0].text):
        return not re.search(r"\b(?:at|by|until|from|before|after)\s$", _before(m, scene))
    if "many" in m.words() and re.search(r"\b(?:as|how)\s$", _before(m, scene)):
        return False
    if last in ("quarter", "quarters") and (
        FRACTION.match(after) or m.tokens[0].text in ("a", "one") or "-" in m.words()
    ):
        return m.tokens[0].text in ("two", "four", "five", "six", "seven", "eight") and not FRACTION.match(
            after
        )
    if last == "second":
        return m.get("NUM") is not None and not re.match(r"\s[a-z]", after)
    return not (last in ("night", "day") and m.words() == ["one", last])


def _rate(m: Match, scene: Scene) -> bool:
    return m.tokens[-1].text != "second" and RATE.search(_before(m, scene)) is not None


def _at_end(m: Match, scene: Scene) -> bool:
    return CLAUSE_END.match(_after(m, scene)) is not None


GERMAN_DATING = re.compile(
    r"\b(?:jahre?s?n?|seit|bis|von|ab|um|vor|nach|in|anfang|ende|mitte|und|oder|zwischen|[a-zäöü]{3,9}(?:ar|är|er|ber|mai|juni|juli|april|august|märz|winter|sommer|herbst))\s$"
)


def _year(m: Match, scene: Scene) -> bool:
    """A bare number is a year only where it counts nothing and costs nothing."""
    if len(m.tokens) > 1 and m.tokens[0].text == "the":
        return True
    value = m.get("YEAR")
    if scene.words.language == "de" and m.tokens[0].text.isdigit() and len(m.tokens) == 1:
        # Every German noun has a capital: "2000 Quadratmeter", beside "im Jahr 2000" or "seit 1998 Trainer".
        noun = re.match(r"\s[A-ZÄÖÜ][a-zäöüß]", scene.text[m.end : m.end + 3])
        if noun and not GERMAN_DATING.search(_before(m, scene)):
            return False
    if COUNTED.match(_after(m, scene)) or MONEY.search(_before(m, scene)):
        return False
    after = _after(m, scene)
    if PLURAL.match(after) and not DATING.search(_before(m, scene)):
        return False
    if re.match(r"[%°$€£]|-(?:[a-z]{2,}|\d)|\s?(?:million|billion|thousand)", after):
        return bool(re.match(r"-(?:era|style|vintage|built|born|based|bound|present)", after))
    if value is not None and not 1400 <= value <= 2100:
        return (
            re.search(
                r"\b(?:in|since|by|from|until|of|year|around|about|before|after|to|and|between)\s$",
                _before(m, scene),
            )
            is not None
            and value < 1400
        )
    before = _before(m, scene)
    return (
        before[-1:] not in ("-", "#", "/", "_", "@")
        or re.search(r"\b(?:mid|early|late|post|pre|through)-$", before) is not None
    )


def _daytime_unit(m: Match, scene: Scene) -> bool:
    """ "Second" is an ordinal far more often than a unit; "this second" alone is one."""
    return m.tokens[-1].text not in ("second", "minute") or len(m.tokens) != 2


def _quoted_title(m: Match, scene: Scene) -> bool:
    """A capital in the middle of a name is a title ("This Week", a programme)."""
    if scene.words.language != "en":
        return True  # German writes every noun so
    text = scene.text[m.start : m.end]
    words = text.split()
    return not (len(words) == 2 and all(w[0].isupper() for w in words) and not text.isupper())


def _unit_step(m: Match, scene: Scene) -> bool:
    return _daytime_unit(m, scene) and _quoted_title(m, scene)


MONTH_BEHIND = re.compile(r"\s?[-–—/]\s?(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)")


def _month(m: Match, scene: Scene) -> bool:
    """A month's name that is a verb, a person or a street: "May said", "Long March"."""
    word = m.tokens[-1].text.rstrip(".")
    text = scene.text[m.tokens[-1].start : m.tokens[-1].end]
    before, after = _before(m, scene), _after(m, scene)
    if word in ("may", "march", "june", "april", "august", "jan"):
        if re.search(
            r"\b(?:theresa|mrs?|ms|miss|elaine|brian|james|fredric|long|jo|tom|peter|sir|president|minister|pm|dr|saint|st|aunt)\.?\s$",
            before,
        ):
            return False
        if (
            word in ("june", "april", "august", "jan")
            and re.match(r"\s[A-Z][a-z]+", scene.text[m.end : m.end + 24])
            and not re.search(
                r"\b(?:in|of|since|until|by|last|next|early|late|mid|this|through|from|during|and|for|to|every|each)[ -]$",
                before,
            )
        ):
            return False
    if word in ("may", "march", "mar", "jan", "dec", "sep", "jun", "jul"):
        named = re.search(
            r"\b(?:in|of|since|until|by|last|next|early|late|mid|this|through|from|between|and|or|for|to|during|before|after|every|each|than|when|till|on|the|over|around|about|as)[ -]$",
            before,
        )
        if word in ("jan", "dec", "sep", "jun", "jul", "mar") and not text.endswith("."):
            return (
                re.search(r"\b(?:in|of|since|until|by|last|next|early|late|mid|this)[ -]$", before)
                is not None
            )
        if text.isupper() and not before.isupper():
            return named is not None
        if word == "may" and MONTH_BEHIND.match(after):
            return True
        return named is not None or (bool(re.match(r"\s?[,.)/-]", after)) and word != "may")
    return True


def _bare_units(m: Match, scene: Scene) -> bool:
    """Bare plurals tell a length only behind a preposition or before one: "for years", "weeks of"."""
    last = m.tokens[-1].text
    if AGE.match(_after(m, scene)) or re.search(
        r"(?:\d|early|morning|first|final|closing)\s$", _before(m, scene)
    ):
        return False
    if last in ("seconds", "nights", "quarters", "mins", "secs", "weekends"):
        return False
    if re.match(r"-long|\sof\s|\slong\b|\sahead\b", _after(m, scene)):
        return True
    return (
        re.search(
            r"\b(?:for|in|within|over|after|took|take|takes|lasted|last|weeks or|days or|months or|hours or|several|two)\s$",
            _before(m, scene),
        )
        is not None
    )


def _holiday(m: Match, scene: Scene) -> bool:
    """ "Christmas tree", "Easter Island": the feast names a thing."""
    return (
        re.match(
            r"\s(?:tree|trees|island|eggs?|bunny|cards?|carols?|lights|parades?|gifts?|decorations|movies?|songs?|shopping|sales|turkey)\b",
            _after(m, scene),
        )
        is None
    )


def _season(m: Match, scene: Scene) -> bool:
    """Bare seasons: not "spring water", not "Winter Olympics", not a person named Summer."""
    if len(m.tokens) == 1:
        text = scene.text[m.start : m.end]
        if text[0].isupper() and re.match(r"\s[A-Z]", scene.text[m.end : m.end + 2]):
            return False
        return (
            re.search(
                r"\b(?:in|of|since|until|by|late|early|mid|during|through|that|and|to|before|after|for)[ -]$",
                _before(m, scene),
            )
            is not None
        )
    return re.match(r"\s(?:olympics|games|water|break|palace|collection|rolls?)\b", _after(m, scene)) is None


def _no_span(m: Match, scene: Scene) -> bool:
    return not AGE.match(_after(m, scene))


def _clock(m: Match, scene: Scene) -> bool:
    """Bare 10:30 is a clock; a score or a verse is not told from it, but 3:2 is no clock (two digits needed)."""
    if (
        "AMPM" in m.slots
        or "OCLOCK" in m.slots
        or "PART" in m.slots
        or "ZONE" in m.slots
        or "HOURWORD" in m.slots
    ):
        return True
    return not re.search(
        r"\b(?:score|scored|won|lost|beat|ratio|psalm|genesis|matthew|luke|john|corinthians)\b[^.]{0,20}$",
        _before(m, scene),
    )


def _decade(m: Match, scene: Scene) -> bool:
    """ "In her twenties" is an age."""
    if "DECADEWORD" not in m.slots:
        return True
    before = _before(m, scene)
    if re.search(r"\b(?:his|her|their|my|our|your|its)\s(?:early\s|late\s|mid-?\s?)?$", before):
        return False
    return (
        "NUM" in m.slots
        or m.tokens[0].text == "the"
        or re.search(r"\b(?:the|early|late|mid)[\s-]$", before) is not None
    )


def _every(m: Match, scene: Scene) -> bool:
    """ "They blamed each other Tuesday"."""
    return m.words()[:2] != ["each", "other"]


MORE_CLOCK = re.compile(
    r"\s?(?:[ap]\.?\s?m\b|o['’]clock|[:.,]\d|\d|%|-|in the\b|past\b|thirty\b|fifteen\b|[ecmp][sd]?t\b|gmt\b|utc\b|"
    r"(?:second|minute|hour|day|week|month|year|percent|point|mile|million|billion|hundred|thousand)s?\b)"
)


def _bare_hour(m: Match, scene: Scene) -> bool:
    """ "At 8" is the hour only where nothing more of a clock or of an amount follows."""
    return MORE_CLOCK.match(_after(m, scene)) is None


def _before_last(m: Match, scene: Scene) -> bool:
    """ "The day before last Tuesday" is counted from a Tuesday."""
    return (
        re.match(
            r"\s(?:\w{3,6}day|week|month|year|night|spring|summer|fall|autumn|winter)\b", _after(m, scene)
        )
        is None
    )


PAPER = re.compile(
    r"(?:’s|'s)?\s(?:Times|Telegraph|Mail|Herald|Express|Mirror|Post|Independent|World|Review|Standard|Star|Sport|Tribune|Night)\b"
)


def _weekday(m: Match, scene: Scene) -> bool:
    """ "The Sunday Times" is a paper."""
    name = PAPER.match(scene.text, m.end, m.end + 20)
    return name is None or not re.search(r"\bthe\s$", _before(m, scene))


def _frequency(m: Match, scene: Scene) -> bool:
    """ "The Daily Mail" is a paper."""
    return not (scene.text[m.start].isupper() and re.match(r"\s[A-Z]", scene.text[m.end : m.end + 2]))


SHORT_YEAR = re.compile(
    r"\b(?:in|since|of|from|until|till|by|before|after|to|and|through|between|during|for|late|early|mid)[\s-]$"
)


def _short_year(m: Match, scene: Scene) -> bool:
    """ "In '98", "the class of '05": a mark and two digits alone are feet or the end of a quotation."""
    return SHORT_YEAR.search(_before(m, scene)) is not None


def _slashed(m: Match, scene: Scene) -> bool:
    """ "On 3/5 of the votes" is a fraction, "on 24/7" no day."""
    return not re.match(r"\s(?:of|full|inch|cups?)\b", _after(m, scene)) and m.get("SLASH") != (24, 7)


CHECKS = {
    "date.slash": _slashed,
    "year.short": _short_year,
    "weekday.step_behind": _at_end,
    "weekday": _weekday,
    "set.frequency": _frequency,
    "unit.beyond": _before_last,
    "clock.bare_hour": _bare_hour,
    "set.every": _every,
    "decade": _decade,
    "day.of_this_month": _at_end,
    "duration": _duration,
    "duration.half": _duration,
    "duration.bare": _bare_units,
    "duration.range": _duration,
    "set.rate": _rate,
    "later.preposition": _at_end,
    "year": _year,
    "unit.step": _unit_step,
    "unit.that": _daytime_unit,
    "month.bare": _month,
    "month.step": _quoted_title,
    "holiday": _holiday,
    "season": _season,
    "clock": _clock,
    "span.anchored": _no_span,
    "weekday.of_week": _quoted_title,
}
