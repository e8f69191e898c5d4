"""Pages in our own words that the tests of this room share."""

from dateline.transforms.decode import decode
from dateline.transforms.model import Page, RawArticle

LEAD = "The harbour council of Vellmar voted on Tuesday to reopen the eastern quay to fishing boats before winter."
SECOND = "Mayor Ilse Brandt said the repairs had cost less than feared, and that the crane would be back by Friday."
THIRD = '"We kept our word to the crews," she told reporters after the vote, which passed by nine to four.'
FOURTH = (
    "The quay was closed in March when a storm tore away part of its wall and flooded the old fish market."
)
STORY = (LEAD, SECOND, THIRD, FOURTH)

MENU = "\n".join(f"  * {name}" for name in ("Home", "News", "Sport", "Weather", "Opinion", "Contact us"))
TITLE = "Vellmar council votes to reopen the eastern quay"
SIDEBAR = (
    "Most Read",
    "Ferry strike leaves islanders stranded for a third day",
    "Why the lighthouse keeper of Tarn never came home",
    "Council tax to rise again, leaked paper suggests",
)


def flat(text: str) -> Page:
    """A page of flat text."""
    return decode(RawArticle(content=text, origin="test", media_type="text/plain"))


def markup(text: str) -> Page:
    """A page of HTML."""
    return decode(RawArticle(content=text, origin="test", media_type="text/html"))


def framed(*middle: str) -> str:
    """A story with a menu above it and a sidebar below."""
    return "\n\n".join(
        (
            MENU,
            TITLE,
            "By Jonas Feld",
            "Published 12 May 2024, 14:05",
            *middle,
            *SIDEBAR,
            "© 2024 Vellmar Courier",
        )
    )
