"""The part ``furniture``: words of what stands around an article on a page."""

from __future__ import annotations

from dateline.transforms.lexicon.parts import Entry, Part, Pattern, Phrases, Words


class LineWords(Entry):
    """Words that tell a line of furniture from running text, by what they betray.

    ``verb`` speaks for running text. The order of the fields is the order of the columns that the
    model of ``clean`` was trained on.
    """

    legal: Words = frozenset()
    account: Words = frozenset()
    related: Words = frozenset()
    share: Words = frozenset()
    comment: Words = frozenset()
    photo: Words = frozenset()
    byline: Words = frozenset()
    stamp: Words = frozenset()
    menu: Words = frozenset()
    offer: Words = frozenset()
    verb: Words = frozenset()


class Headers(Entry):
    """Whole lines, or how a line opens or ends.

    ``sections`` head a block of other people's headlines, comments or sign-ups, ``comments`` the
    readers' comments; a short line that begins like one of ``openings`` heads such a block too.
    A line that begins like one of ``asides`` points elsewhere. A comment's first line ends in one of
    ``says``. ``appeals`` are patterns of lines that ask the reader for money or an address. ``glued`` are patterns of what extractors glue to the front of a paragraph, ``refusals``
    of pages that give no article. ``behind_cut`` may stand behind the dots of a teaser that was cut short.
    """

    behind_cut: Phrases = ()
    sections: Phrases = ()
    comments: Phrases = ()
    openings: Phrases = ()
    asides: Phrases = ()
    says: Phrases = ()
    appeals: tuple[Pattern, ...] = ()
    glued: tuple[Pattern, ...] = ()
    refusals: tuple[Pattern, ...] = ()


class StampWords(Entry):
    """What stands beside a date.

    The fields from ``published`` to ``access`` hold pieces of a folded line; a piece that must begin
    or end a word has a space there. ``credits`` follow the date of a photo; ``labels`` open a line that says when an article was put out,
    ``clock_joins`` stand between a date and its clock, ``ago`` are patterns of an age ("2 hours ago"),
    ``near_days`` are days that a clock may stand beside ("today"). ``hours`` stand behind a clock ("Uhr"),
    ``hours_before`` those of them that may behind one before its date; ``before_weekday`` between such a clock
    and its weekday, ``before_day`` between a weekday and its day. ``weather`` are words of a day's forecast.
    ``before_noon`` and ``after_noon`` are patterns of what follows an hour of twelve ("a.m.").
    ``before_label`` may stand before one of ``labels``; ``commits`` stand between a change of code and its day.
    ``ordinals`` end the number of a day before its month and ``ordinals_last`` behind it; ``before_month`` and
    ``before_year`` stand between the parts of a date, with the space behind them.
    """

    published: Phrases = ()
    updated: Phrases = ()
    byline: Phrases = ()
    rights: Phrases = ()
    listing: Phrases = ()
    comments: Phrases = ()
    caption: Phrases = ()
    event: Phrases = ()
    on: Phrases = ()
    access: Phrases = ()
    credits: Phrases = ()
    labels: Phrases = ()
    clock_joins: tuple[Pattern, ...] = ()
    ago: tuple[Pattern, ...] = ()
    near_days: Phrases = ()
    hours: tuple[Pattern, ...] = ()
    hours_before: tuple[Pattern, ...] = ()
    before_weekday: Phrases = ()
    before_day: Phrases = ()
    before_noon: tuple[Pattern, ...] = ()
    after_noon: tuple[Pattern, ...] = ()
    before_label: Phrases = ()
    commits: Phrases = ()
    weather: Phrases = ()
    ordinals: Phrases = ()
    ordinals_last: Phrases = ()
    before_month: Phrases = ()
    before_year: Phrases = ()


class Bylines(Entry):
    """Who wrote an article.

    ``by`` stands before a name, one of ``verbs`` before ``by`` ("written by"), ``where`` before the place that it
    was written in, ``alone`` on a line of its own
    above the name; ``desks`` name the newsroom. Without the words of ``staff`` a byline names the publisher,
    unless what is left is one of ``staff_alone``. A name ends before the stamp that one of ``stamped`` opens, or
    before one of ``behind``. ``accounts`` fill the field of the author where nobody is named. ``credits`` open and ``contributed`` stands in a line
    that names who else worked on it. ``bios`` stand in the lines below an article that present its writer.
    """

    verbs: Phrases = ()
    by: Phrases = ()
    where: Phrases = ()
    alone: Phrases = ()
    desks: tuple[Pattern, ...] = ()
    staff: tuple[Pattern, ...] = ()
    staff_alone: Words = frozenset()
    stamped: Phrases = ()
    behind: tuple[Pattern, ...] = ()
    accounts: Words = frozenset()
    credits: tuple[Pattern, ...] = ()
    contributed: tuple[Pattern, ...] = ()
    bios: tuple[Pattern, ...] = ()


class Copyright(Entry):
    """Words of a line of copyright: ``marks`` and ``by`` before the owner's name, ``behind`` it, ``no_names`` in its place."""

    marks: Phrases = ()
    by: Phrases = ()
    behind: Phrases = ()
    no_names: Phrases = ()


class Captions(Entry):
    """Patterns of captions: ``credits`` before a colon or slash, ``by`` before a name, ``openings`` of the line.

    ``bracketed`` are words of a credit in brackets at its end, ``endings`` end it, ``photo`` stands behind a
    picture house and ``via`` before one.
    """

    bracketed: Phrases = ()
    endings: tuple[Pattern, ...] = ()
    photo: Phrases = ()
    via: Phrases = ()

    credits: tuple[Pattern, ...] = ()
    by: tuple[Pattern, ...] = ()
    openings: tuple[Pattern, ...] = ()


class Openings(Entry):
    """How a story opens.

    ``kickers`` stand before a dash or a colon and name no place ("WATCH:"), ``before_day`` before the
    day of a dateline.
    """

    kickers: Words = frozenset()
    before_day: Phrases = ()


class Speech(Entry):
    """Forms that tell reporting from a notice: ``said`` are printed forms of saying, ``reader`` speak to the reader."""

    said: Words = frozenset()
    reader: Words = frozenset()


class Furniture(Part):
    """What stands around an article on a page, in lower case."""

    FILE = "furniture"
    lines: LineWords = LineWords()
    headers: Headers = Headers()
    stamps: StampWords = StampWords()
    bylines: Bylines = Bylines()
    captions: Captions = Captions()
    copyright: Copyright = Copyright()
    openings: Openings = Openings()
    speech: Speech = Speech()
