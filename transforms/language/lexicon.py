"""Words that the reading of sentences rests on, as data."""

from __future__ import annotations

TITLES = frozenset(
    "Mr Mrs Ms Dr Sen Sens Rep Reps Gov Gen Col Lt Capt Sgt Maj Adm Brig Rev Hon St Prof Pres Det Cpl Cmdr "
    "Supt Insp Cllr Messrs Sra Sr Dra Mme Mlle Hr Fr Ing Mt Ft vs Vs No Nos Dept Univ".split()
)
"""Abbreviations that a name or number follows: never the end of a sentence."""

_MONTHS = "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
_STATES = (
    "Calif Fla Ariz Conn Mass Mich Minn Penn Tenn Wis Va Md Ky Okla Ore Ala Ark Colo Del Ga Ill Ind Kan La Mo "
    "Mont Neb Nev Pa Wash Tex Vt Wyo"
)
ABBREVIATIONS = TITLES | frozenset(f"{_MONTHS} {_STATES} Inc Corp Co Ltd Bros Jr Ave Blvd Rd Est".split())
"""Words whose full stop belongs to them."""

STARTERS = frozenset(
    "The He She It But And They We In A An This That These Those If When While After As For Some His Her Its "
    "There Our I You On At According Many One Mr. Ms. Mrs. However Meanwhile So Now Then What Who Both".split()
)
"""Words that begin a new sentence after an abbreviation that may end one (``in the U.S. The``)."""
