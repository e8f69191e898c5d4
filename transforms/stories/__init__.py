"""Articles → stories: which pages report the same event, which are copies, where they contradict each other,
and on what day it happened.

A profile is made of each article alone. Everything else is a function of two or more profiles, so order,
increments and machines change nothing, and no text is read again.
"""

from dateline.transforms.stories.cluster import FILLED, Pair, components, ordered
from dateline.transforms.stories.columns import FORM, SCALE, Day
from dateline.transforms.stories.days import Inferred, infer, main_day
from dateline.transforms.stories.epochs import epoch
from dateline.transforms.stories.keys import SHARED, UNDATED, Keys, among, buckets, keys
from dateline.transforms.stories.linking import Edge, Story, links_of, told_by
from dateline.transforms.stories.meeting import MISSES, NO_DAY, Patience, met
from dateline.transforms.stories.numbers import Number
from dateline.transforms.stories.profile import (
    Profile,
    columns_of,
    profile,
    published,
    unpack,
    unpack_rare,
)
from dateline.transforms.stories.shingles import Sketch
from dateline.transforms.stories.slots import Slot
from dateline.transforms.stories.statements import Columns, InColumns
from dateline.transforms.stories.verdict import judge

__all__ = [
    "FILLED",
    "FORM",
    "MISSES",
    "NO_DAY",
    "SCALE",
    "SHARED",
    "UNDATED",
    "Columns",
    "Day",
    "Edge",
    "InColumns",
    "Inferred",
    "Keys",
    "Number",
    "Pair",
    "Patience",
    "Profile",
    "Sketch",
    "Slot",
    "Story",
    "among",
    "buckets",
    "columns_of",
    "components",
    "epoch",
    "infer",
    "judge",
    "keys",
    "links_of",
    "main_day",
    "met",
    "ordered",
    "profile",
    "published",
    "told_by",
    "unpack",
    "unpack_rare",
]
