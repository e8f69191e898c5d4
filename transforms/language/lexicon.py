"""Words that the reading of sentences rests on, as data."""

from __future__ import annotations

_TITLES = """
Mr Mrs Ms Dr Sen Sens Rep Reps Gov Gen Col Lt Capt Sgt Maj Adm Brig Rev Hon St Prof Pres Det Cpl Cmdr
Supt Insp Cllr Messrs Sra Sr Dra Mme Mlle Hr Fr Ing Mt Ft vs Vs No Nos Dept Univ
"""
TITLES = frozenset(_TITLES.split())
"""Abbreviations that a name or number follows: never the end of a sentence."""

_SHORT = """
Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
Calif Fla Ariz Conn Mass Mich Minn Penn Tenn Wis Va Md Ky Okla Ore Ala Ark Colo Del Ga Ill Ind Kan La Mo
Mont Neb Nev Pa Wash Tex Vt Wyo Inc Corp Co Ltd Bros Jr Ave Blvd Rd Est
"""
ABBREVIATIONS = TITLES | frozenset(_SHORT.split())
"""Words whose full stop belongs to them."""

_STARTERS = """
The He She It But And They We In A An This That These Those If When While After As For Some His Her Its
There Our I You On At According Many One Mr. Ms. Mrs. However Meanwhile So Now Then What Who Both Nobody Nothing
"""
STARTERS = frozenset(_STARTERS.split())
"""Words that begin a new sentence after an abbreviation that may end one (``in the U.S. The``)."""
