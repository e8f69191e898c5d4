"""States, provinces and countries as datelines write them, with the zone that most of each lives by: data."""

from __future__ import annotations

from typing import Final

STATES: Final = {
    "America/New_York": "Conn/Connecticut/CT Del/Delaware/DE DC/D.C Fla/Florida/FL Ga/Georgia/GA Ind/Indiana/IN Ky/Kentucky/KY"
    " Maine/ME Md/Maryland/MD Mass/Massachusetts/MA Mich/Michigan/MI NH/New_Hampshire NJ/New_Jersey NY/New_York"
    " NC/North_Carolina Ohio/OH Pa/Penn/Pennsylvania RI/Rhode_Island SC/South_Carolina Vt/Vermont/VT Va/Virginia"
    " WVa/West_Virginia/WV",
    "America/Chicago": "Ala/Alabama/AL Ark/Arkansas/AR Ill/Illinois/IL Iowa/IA Kan/Kansas/KS La/Louisiana Minn/Minnesota/MN"
    " Miss/Mississippi/MS Mo/Missouri Neb/Nebraska/NE ND/North_Dakota Okla/Oklahoma/OK SD/South_Dakota"
    " Tenn/Tennessee/TN Texas/Tex/TX Wis/Wisconsin/WI",
    "America/Denver": "Colo/Colorado/CO Idaho/ID Mont/Montana/MT NM/New_Mexico Utah/UT Wyo/Wyoming/WY",
    "America/Phoenix": "Ariz/Arizona/AZ",
    "America/Los_Angeles": "Calif/California/CA Nev/Nevada/NV Ore/Oregon/OR Wash/Washington/WA",
    "America/Anchorage": "Alaska/AK",
    "Pacific/Honolulu": "Hawaii/HI",
    "America/Puerto_Rico": "Puerto_Rico/PR",
    "America/Toronto": "Ontario/Ont Quebec/Que",
    "America/Vancouver": "British_Columbia/BC",
    "America/Edmonton": "Alberta/Alta",
    "America/Regina": "Saskatchewan/Sask",
    "America/Winnipeg": "Manitoba/Man",
    "America/Halifax": "Nova_Scotia/NS New_Brunswick/NB Prince_Edward_Island/PEI",
    "America/St_Johns": "Newfoundland Labrador",
    "Australia/Sydney": "New_South_Wales/NSW",
    "Australia/Melbourne": "Victoria",
    "Australia/Brisbane": "Queensland",
    "Europe/London": "England Scotland Wales Northern_Ireland Britain/UK/U.K United_Kingdom",
    "Asia/Hebron": "West_Bank",
    "Asia/Gaza": "Gaza_Strip Gaza",
    "Asia/Jerusalem": "Israel Golan_Heights",
    "Europe/Simferopol": "Crimea",
    "Asia/Kolkata": "Kashmir Indian-controlled_Kashmir",
    "Europe/Berlin": "West_Germany East_Germany",
    "Europe/Moscow": "USSR/U.S.S.R Soviet_Union",
    "Europe/Belgrade": "Yugoslavia",
    "Europe/Prague": "Czechoslovakia Czech_Republic",
    "Africa/Kinshasa": "Congo Zaire",
    "Asia/Yangon": "Burma/Myanmar",
    "Asia/Dubai": "UAE/U.A.E",
    "Europe/Istanbul": "Turkiye/Türkiye Turkey",
    "Africa/Abidjan": "Ivory_Coast",
    "Asia/Seoul": "S.Korea",
    "Asia/Pyongyang": "N.Korea",
}
PLACES: Final = {
    "America/New_York": "united nations/capitol hill/the white house/mar-a-lago/the pentagon/wall street/camp david/cape canaveral",
    "Europe/Amsterdam": "the hague/den bosch",
    "Asia/Jerusalem": "jerusalem/tel aviv/occupied jerusalem/occupied east jerusalem",
    "Asia/Hebron": "ramallah/hebron/nablus/jenin/tulkarm/bethlehem",
    "Asia/Gaza": "gaza/gaza city/rafah/khan younis/khan yunis",
    "Europe/Kyiv": "kyiv/kiev/kharkiv/odesa/donetsk/avdiivka",
    "Europe/Vatican": "vatican city/vatican",
    "Europe/Zurich": "davos/basle/zurich",
    "Asia/Shanghai": "peking/canton",
    "Asia/Kolkata": "bombay/calcutta/madras",
    "Asia/Yangon": "rangoon",
    "Europe/Berlin": "east berlin/west berlin/bonn",
    "Europe/Belgrade": "belgrade",
    "America/Sao_Paulo": "sao paulo/rio de janeiro/brasilia",
    "America/Bogota": "bogota",
    "Asia/Seoul": "panmunjom",
    "Atlantic/Reykjavik": "reykjavik",
    "America/Chicago": "st louis/st. louis/st. paul",
    "America/Guayaquil": "quito",
}
"""Datelines that a gazetteer of towns lacks, spells otherwise, or gives to a smaller namesake."""


def key(name: str) -> str:
    """A region's name without full stops, spaces and case, so that ``N.Y.``, ``NY`` and ``N. Y.`` are one."""
    return name.replace(".", "").replace(" ", "").replace("_", "").replace("-", "").casefold()


REGIONS: Final = {
    key(name): zone for zone, row in STATES.items() for names in row.split() for name in names.split("/")
}
"""Region key → zone."""
