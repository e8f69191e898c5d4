"""Words that the reading of sentences rests on, as data."""

from __future__ import annotations

_TITLES = """
Adm Brig Capt Cllr Cmdr Col Cpl Dept Det Dr Dra Fr Ft Gen Gov Hon Hr Ing Insp Lt Maj Messrs Mlle Mme Mr
Mrs Ms Mt No Nos Pres Prof Rep Reps Rev Sen Sens Sgt Sr Sra St Supt Univ Vs vs
"""
TITLES = frozenset(_TITLES.split())
"""Abbreviations that a name or number follows: never the end of a sentence."""

_SHORT = """
Ala Apr Ariz Ark Aug Ave Blvd Bros Calif Co Colo Conn Corp Dec Del Est Feb Fla Ga Ill Inc Ind Jan Jr Jul
Jun Kan Ky La Ltd Mar Mass Md Mich Minn Mo Mont Neb Nev Nov Oct Okla Ore Pa Penn Rd Sep Sept Tenn Tex Va
Vt Wash Wis Wyo
"""
ABBREVIATIONS = TITLES | frozenset(_SHORT.split())
"""Words whose full stop belongs to them."""

_STARTERS = """
A According After An And As At Both But For He Her His However I If In It Its Many Meanwhile Mr. Mrs. Ms.
Nobody Nothing Now On One Our She So Some That The Then There These They This Those We What When While
Who You
"""
STARTERS = frozenset(_STARTERS.split())
"""Words that begin a new sentence after an abbreviation that may end one (``in the U.S. The``)."""
