"""Generated news for measurements: articles whose words, stories and days are spread as those of real ones are.

Words come from the lexicon, each as often as the table of rarities says it stands in real news; names are made of
syllables. Half of all pages tell a story that no other page tells; the others stand in stories of 2 to
:data:`LARGEST` pages, most of them small, told over four days. One page in ten of a story is a copy of an earlier one.
Public figures, towns and subjects are shared by many stories, so that pages of two stories have words in common.
"""

from __future__ import annotations

import datetime
import math
import random
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate

from dateline.transforms.stories.table import load
from dateline.transforms.stories.words import key, words
from tests.stories import FIRST, SYLLABLES

LARGEST = 20
ALONE = 0.5
PAPERS = 300
FIGURES, TOWNS, SUBJECTS = 600, 3_000, 400
_COPIED = 0.1
_SENTENCES, _WORDS = 14, 15
_SUBJECT_WORDS, _OWN_WORDS = 60, 10

Page = dict[str, str]


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    """Words and how often they stand in news, added up."""
    table = load()
    folder = files("dateline.transforms.lexicon") / "en"
    known: dict[str, float] = {}
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        for word in dict.fromkeys(words(path.read_text("utf-8"), limit=10**7)):
            if word.isalpha() and word.islower() and (rarity := table.rarity(key(word))) < table.unknown:
                known[word] = math.exp(-rarity)
    return list(known), list(accumulate(known.values()))


def _name(chance: random.Random, syllables: int = 3) -> str:
    return "".join(chance.choices(SYLLABLES, k=syllables)).title()


@cache
def _names(kind: str, number: int) -> list[str]:
    chance = random.Random(kind)
    return [
        f"{_name(chance, 2)} {_name(chance, 4)}" if kind == "figure" else _name(chance, 4)
        for _ in range(number)
    ]


@cache
def _subject(number: int) -> list[str]:
    """The words of one subject, those of middle frequency."""
    chance = random.Random(f"subject {number}")
    table = load()
    known = [w for w in _vocabulary()[0] if 3 < table.rarity(key(w)) < 7]
    return chance.sample(known, _SUBJECT_WORDS)


def _early(chance: random.Random, count: int) -> int:
    """An index below ``count``, the first ones far more often: a few people are in most of the news."""
    return min(count - 1, int(count ** chance.random()) - 1)


def story(number: int, days: int, seed: int = 0) -> list[Page]:
    """The pages of one story, in the order in which they are published."""
    chance = random.Random(f"{seed}/{number}")
    size = 1 if chance.random() < ALONE else min(LARGEST, 1 + math.ceil(chance.paretovariate(1.5)))
    subject = _subject(_early(chance, SUBJECTS))
    names = [_names("figure", FIGURES)[_early(chance, FIGURES)], _names("town", TOWNS)[_early(chance, TOWNS)]]
    names += [f"{_name(chance)} {_name(chance, 4)}" for _ in range(4)]
    own = chance.sample(_vocabulary()[0], _OWN_WORDS)
    happened = FIRST + datetime.timedelta(days=chance.randrange(days))
    pages: list[Page] = []
    for n, paper in enumerate(chance.sample(range(PAPERS), size)):
        told = happened + datetime.timedelta(days=min(4, int(chance.expovariate(1.2))))
        if pages and chance.random() < _COPIED:
            text = chance.choice(pages)["content"]
        else:
            text = "\n\n".join(_sentences(chance, subject, names, own, happened))
        title = " ".join((chance.choice(names), *chance.sample(own, 4)))
        pages.append(
            {
                "content": text,
                "url": f"https://paper{paper}.example/{seed}/{number}/{n}",
                "source": f"Paper {paper}",
                "published": told.isoformat(),
                "title": title,
                "story": f"{seed}/{number}",
            }
        )
    return sorted(pages, key=lambda p: (p["published"], p["url"]))


def _sentences(
    chance: random.Random,
    subject: Sequence[str],
    names: Sequence[str],
    own: Sequence[str],
    day: datetime.date,
) -> Iterator[str]:
    known, weights = _vocabulary()
    for n in range(_SENTENCES):
        drawn = chance.choices(known, cum_weights=weights, k=_WORDS)
        drawn[3:6] = chance.sample(subject, 3)
        drawn[8:10] = chance.sample(own, 2)
        when = f" on {day.day} {day:%B}" if n == 0 else ""
        yield f"The {' '.join(drawn[:8])} {chance.choice(names)} {' '.join(drawn[8:])}{when}."


def pages(articles: int, days: int, seed: int = 0) -> Iterator[Page]:
    """That many pages, story by story, spread over ``days``."""
    made = number = 0
    while made < articles:
        for page in story(number, days, seed)[: articles - made]:
            yield page
            made += 1
        number += 1
