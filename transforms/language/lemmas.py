"""The base form of an English verb: a table for irregular verbs, spelling rules for the others."""

from __future__ import annotations

import re
from functools import lru_cache

_IRREGULAR = """
be am is are was were been being|have has had having|do does did done doing|say says said saying|tell tells told telling
go goes went gone going|write writes wrote written writing|think thinks thought thinking|feel feels felt feeling
know knows knew known knowing|find finds found finding|see sees saw seen seeing|hear hears heard hearing
make makes made making|give gives gave given giving|take takes took taken taking|show shows showed shown showing
seek seeks sought seeking|swear swears swore sworn swearing|speak speaks spoke spoken speaking|mean means meant meaning
read reads reading|meet meets met meeting|hold holds held holding|leave leaves left leaving|send sends sent sending
bring brings brought bringing|strike strikes struck striking|shoot shoots shot shooting|fight fights fought fighting
win wins won winning|lose loses lost losing|lead leads led leading|put puts putting|set sets setting|cut cuts cutting
hit hits hitting|kill kills killed killing|withdraw withdraws withdrew withdrawn withdrawing|fly flies flew flown flying
come comes came coming|become becomes became becoming|begin begins began begun beginning|break breaks broke broken breaking
choose chooses chose chosen choosing|fall falls fell fallen falling|forbid forbids forbade forbidden forbidding
foresee foresees foresaw foreseen foreseeing|get gets got gotten getting|keep keeps kept keeping|lay lays laid laying
lie lies lied lying|let lets letting|pay pays paid paying|rise rises rose risen rising|run runs ran running
sell sells sold selling|buy buys bought buying|spend spends spent spending|stand stands stood standing
steal steals stole stolen stealing|teach teaches taught teaching|throw throws threw thrown throwing
understand understands understood understanding|undergo undergoes underwent undergone undergoing|build builds built building
catch catches caught catching|deal deals dealt dealing|draw draws drew drawn drawing|drive drives drove driven driving
grow grows grew grown growing|overthrow overthrows overthrew overthrown overthrowing|retell retells retold retelling
die dies died dying|sit sits sat sitting|shut shuts shutting|quit quits quitting|split splits splitting|beat beats beaten beating
commit commits committed committing|admit admits admitted admitting|confer confers conferred conferring
refer refers referred referring|rebut rebuts rebutted rebutting|regret regrets regretted regretting
submit submits submitted submitting|permit permits permitted permitting|ban bans banned banning|plan plans planned planning
vet vets vetted vetting|veto vetoes vetoed vetoing|chat chats chatted chatting|quip quips quipped quipping
refuse refuses refused refusing|stress stresses stressed stressing|press presses pressed pressing|pass passes passed passing
discuss discusses discussed discussing|address addresses addressed addressing|express expresses expressed expressing
confess confesses confessed confessing|dismiss dismisses dismissed dismissing|guess guesses guessed guessing
call calls called calling|recall recalls recalled recalling|tweet tweets tweeted tweeting|blog blogs blogged blogging
text texts texted texting|focus focuses focused focusing|answer answers answered answering|offer offers offered offering
order orders ordered ordering|consider considers considered considering|remember remembers remembered remembering
wonder wonders wondered wondering|deliver delivers delivered delivering|add adds added adding|visit visits visited visiting
credit credits credited crediting|suspect suspects suspected suspecting|reiterate reiterates reiterated reiterating
believe believes believed believing|agree agrees agreed agreeing|disagree disagrees disagreed disagreeing
guarantee guarantees guaranteed guaranteeing|free frees freed freeing|argue argues argued arguing|issue issues issued issuing
vow vows vowed vowing|echo echoes echoed echoing|repeat repeats repeated repeating|treat treats treated treating
threaten threatens threatened threatening|announce announces announced announcing|denounce denounces denounced denouncing
"""
_TABLE = {
    form: row.split()[0]
    for line in _IRREGULAR.split("\n")
    for row in line.split("|")
    if row.strip()
    for form in row.split()
}
# Endings of a bare stem that had a silent "e": declar(e), not(e), urg(e), criticiz(e), releas(e) …
_SILENT = re.compile(
    r"(?:[^aeiou]u|[aeiouy]r[gsv]|[ln]g|dg|[aeiou]{1,2}g|[aeiou][aeiou]?[sz]|[lnr]s|[cvz]|u|[^aeo]at|iat|eat|ot|it|ut|id|ud|ad|od|[^aeiou]l"
    r"|ar|ir|ur|or|ib|ub|plet|let|pet|in|un|im|um|am|ok|ak|ik|op|ap|ip|yp|av|iv|ov)$"
)
_KEEPS = re.compile(
    r"(?:[a-z]ain|visit|edit|audit|exit|limit|submit|inherit|exhibit|prohibit|profit|credit|deposit|comment|proceed|exceed|explain|claim|complain"
    r"|contain|maintain|remain|retain|sustain|train|join|rain|ruin|gain|campaign|proclaim|exclaim|aim|detain|obtain|attain|refrain"
    r"|entertain|appear|fear|hear|clear|repair|despair|air|hour|pour|tour|favor|honor|labor|monitor|sponsor|harbor|mirror|error|censor"
    r"|look|book|speak|leak|break|seek|week|keep|help|develop|stop|drop|equip|group|attempt|imagin|question|mention|function"
    r"|threat|defeat|cheat|beat|treat|heat|repeat|greet|meet|tweet|retreat|wait|await|visit|shout|doubt|scout|tout|suit|recruit"
    r"|plead|spread|head|avoid|raid|aid|lead|read|load|applaud|laud|need|heed|feed|feud|reveal|appeal|deal|steal|heal|fuel|reason"
    r"|loom|scream|dream|team|assum_|pardon|abandon|question|reckon|condition|caution|station|position|sanction|return|turn)$"
)


@lru_cache(maxsize=1 << 14)
def lemma(word: str) -> str:
    """The base form of a verb as written: ``declared`` → ``declare``; other words come back in lower case."""
    low = word.lower()
    if low in _TABLE:
        return _TABLE[low]
    if len(low) <= 4 and not low.endswith("ed"):
        return (
            low[:-1] if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3 else low
        )
    if low.endswith(("ies", "ied")):
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return low[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")):
        return low[:-1]
    for ending in ("ing", "ed"):
        if low.endswith(ending) and len(low) - len(ending) >= 2:
            return _restore(low[: -len(ending)])
    return low


def _restore(stem: str) -> str:
    """A stem without its ending, spelt as a base form."""
    if not re.search(r"[aeiouy]", stem):
        return stem
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    if _KEEPS.search(stem):
        return stem
    return stem + "e" if _SILENT.search(stem) else stem
