"""Page → Article: selects the text of the article and finds its title, byline, publisher and language."""

from dateline.transforms.clean.clean import Mode, clean
from dateline.transforms.clean.language import likely as likely_languages

__all__ = ["Mode", "clean", "likely_languages"]
