"""Page → Article: what of a page is the article."""

from dateline.transforms.clean.clean import Mode, clean
from dateline.transforms.clean.language import likely as likely_languages

__all__ = ["Mode", "clean", "likely_languages"]
