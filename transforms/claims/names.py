"""Who a phrase names: names and roles of an article, pronouns and short names resolved within it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.claims.chunks import Chunks

TITLES = frozenset(
    "mr mrs ms miss dr sir dame lord lady sen sens rep reps gov gen col lt capt sgt maj adm brig rev hon prof pres det supt "
    "herr frau monsieur madame señor señora senhor signor mme m don doña sra sr dra".split()
)
ROLES = frozenset(
    "president vice minister prime secretary spokesman spokeswoman spokesperson director chairman chairwoman chair chief ceo cfo coo "
    "executive officer senator representative congressman congresswoman congressmember governor mayor general colonel lieutenant captain "
    "sergeant major admiral commander judge justice attorney ambassador envoy chancellor premier king queen prince princess pope "
    "bishop archbishop cardinal pastor professor doctor leader speaker whip deputy undersecretary assistant adviser advisor counselor "
    "coach manager founder editor author analyst economist lawyer detective officer sheriff inspector superintendent commissioner "
    "coordinator administrator treasurer candidate nominee democrat democratic republican state foreign defense defence interior "
    "finance treasury homeland security national press communications campaign senior former acting interim head host reporter "
    "correspondent strategist pollster lawmaker councillor councilman councilwoman councilor delegate councilmember sultan emir "
    "sheikh ayatollah imam rabbi activist expert scientist researcher historian physician nurse actor actress singer co-founder "
    "co-author first lady chairperson principal".split()
)
"""Words that say what somebody is; they may stand before a name and are no part of it."""
FEMALE = frozenset("mrs ms miss dame lady madame mme frau señora sra dra signora queen princess spokeswoman congresswoman chairwoman councilwoman actress".split())
MALE = frozenset("mr sir lord herr monsieur señor senhor signor king prince spokesman congressman chairman councilman pope".split())
GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
PRONOUNS = frozenset("he she they it we i you who him her them us me".split())
_WORD = re.compile(r"[^\W\d_](?:[\w’'.-]*\w)?\.?")
MAX_WORDS = 10
MAX_MENTIONS = 600


class Mention(NamedTuple):
    """A proper name in the text: tokens ``[first, last)``, its words, its role words before it."""

    first: int
    last: int
    name: str
    role: str | None
    gender: str | None


def _bare(word: str) -> str:
    return word.rstrip(".").lower()


def core(words: Sequence[str]) -> tuple[int, int]:
    """The part of a run of capitalised words that is a name: what stands after titles and roles."""
    first = 0
    for k, word in enumerate(words):
        low = _bare(word)
        if low in TITLES or (low in ROLES and k + 1 < len(words)):
            first = k + 1
    return first, len(words)


def gender_of(words: Sequence[str]) -> str | None:
    """What the titles of a name say of he or she."""
    for word in words:
        low = _bare(word)
        if low in FEMALE:
            return "f"
        if low in MALE:
            return "m"
    return None


ORGANS = frozenset(
    "ministry department authority agency university office party police service committee commission council court bank group company "
    "corporation inc corp co ltd llc association union institute center centre foundation bureau board administration house senate "
    "congress parliament government army force forces times post journal news guardian press agency reuters radio television network "
    "organization organisation team fund federation league club hospital school college church kremlin pentagon nations states kingdom "
    "republic city county province region district street avenue river island sea day week month january february march april may june "
    "july august september october november december monday tuesday wednesday thursday friday saturday sunday".split()
)
"""Last words of names that are no person's."""


class Names:
    """The proper names of one article, by place and by last word."""

    def __init__(self, chunks: Chunks) -> None:
        self.chunks = chunks
        self.mentions = self._find()
        self.full: dict[str, list[Mention]] = {}
        self.gender: dict[str, str] = {}
        self.roles: dict[str, str] = {}
        for m in self.mentions:
            words = m.name.split()
            if len(words) > 1 and self.person(m):
                self.full.setdefault(words[-1].lower(), []).append(m)
            if m.gender:
                self.gender.setdefault(words[-1].lower(), m.gender)
        for m in self.mentions:
            if m.role:
                self.roles.setdefault(self.best(m.name), m.role)

    def person(self, m: Mention) -> bool:
        """Whether a name can be somebody's: no organ, place in time or all-capitals short form."""
        last = m.name.split()[-1]
        return last.lower().rstrip(".") not in ORGANS and not (last.isupper() and len(last) > 1)

    def _find(self) -> list[Mention]:
        words, sentence = self.chunks.words, self.chunks.sentence
        text = self.chunks.text
        found: list[Mention] = []
        n = len(words)
        j = 0
        for i in self.chunks.propers():
            if i < j or len(found) >= MAX_MENTIONS:
                continue
            j = i + 1
            while j < n and j - i < MAX_WORDS and sentence[j] == sentence[i] and self.chunks.proper(j):
                j += 1
            first, _ = core(words[i:j])
            first += i
            if first < j and words[j - 1].lower().rstrip(".") in ORGANS:
                first = i
            # "US Secretary" of "US Secretary of State Ana Ruiz" is a role, not a name.
            office = _bare(words[j - 1]) in ROLES and j < n and self.chunks.low[j] in ("of", "for", "to")
            if first < j and not office and not all(_bare(w) in ROLES for w in words[first:j]):
                role = self._role(first)
                s, e = self.chunks.parse.starts[first], self.chunks.parse.ends[j - 1]
                found.append(Mention(first, j, text[s:e], role, gender_of([*words[i:first], *(role or "").split()])))
        return found

    def _role(self, first: int) -> str | None:
        """The words right before a name that say what its bearer is: ``State Department spokesman``."""
        c = self.chunks
        k = first
        floor, _ = c.bounds(first)
        while k > floor and first - k < 8:
            low = c.low[k - 1]
            if low.rstrip(".") in TITLES and k == first:
                k -= 1
                first = k
                continue
            if c.tags[k - 1] in ("NN", "NNP", "JJ") or (low in ("of", "for", "and", "&") and k < first):
                k -= 1
            else:
                break
        while k < first and c.low[k] in ("of", "for", "and", "&"):
            k += 1
        if k >= first or not any(c.low[x] in ROLES for x in range(k, first)):
            return None
        return c.text[c.parse.starts[k] : c.parse.ends[first - 1]]

    def best(self, name: str, before: int | None = None) -> str:
        """The fullest form of a name in the article; of several the nearest before a token, else the first."""
        words = name.split()
        found = self.full.get(words[-1].lower(), [])
        if len(words) > 1 or not found:
            return name
        earlier = [m for m in found if before is not None and m.first <= before]
        return (earlier[-1] if earlier and len({m.name for m in found}) > 1 else found[0]).name

    def inside(self, first: int, last: int) -> list[Mention]:
        """Names that stand within tokens ``[first, last)``."""
        return [m for m in self.mentions if m.first >= first and m.last <= last]
