"""Is a text a narrative of the past, whose dates lean on each other, or news that leans on its day?"""

from __future__ import annotations

import re

YEAR = re.compile(r"(?<![\d.,$€£#-])(?:1[0-9]|20)\d\d(?![\d%]|[.,]\d)")
ENOUGH = 6
"""Years that a text must name before it can be a narrative."""
PER = 2500
"""… and at least one for so many code points."""
APART = 1.0
"""Its middle year lies further than this from the anchor."""


def is_narrative(text: str, day: str | None) -> bool:
    """Whether a text is history: dense with years, most of them not the anchor's."""
    years = sorted(int(m[0]) for m in YEAR.finditer(text))
    if len(years) < ENOUGH or len(years) * PER < len(text):
        return False
    if day is None:
        return False
    here = int(day[:4])
    near = sum(abs(y - here) <= 1 for y in years)
    return near * 4 <= len(years)
