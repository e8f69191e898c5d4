"""The parse of an article: sentences and tokens, made once, shared by dates and claims."""

from dateline.transforms.language import linear
from dateline.transforms.language.lemmas import lemma
from dateline.transforms.language.parse import parse

__all__ = ["lemma", "linear", "parse"]
