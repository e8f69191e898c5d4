"""The part ``furniture``: what stands around an article on a page."""

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
    of pages that give no article.
    """

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
    ``near_days`` are days that a clock may stand beside ("today").
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


class Bylines(Entry):
    """Who wrote an article.

    ``by`` stands before a name, ``told`` before ``by`` ("written by"), ``where`` before the place that it
    was written in, ``alone`` on a line of its own
    above the name; ``desks`` name the newsroom. ``credits`` open and ``contributed`` stands in a line
    that names who else worked on it.
    """

    told: Phrases = ()
    by: Phrases = ()
    where: Phrases = ()
    alone: Phrases = ()
    desks: tuple[Pattern, ...] = ()
    credits: tuple[Pattern, ...] = ()
    contributed: tuple[Pattern, ...] = ()


class Captions(Entry):
    """Patterns of captions: ``credits`` before a colon or slash, ``by`` before a name, ``openings`` of the line."""

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
    openings: Openings = Openings()
    speech: Speech = Speech()
