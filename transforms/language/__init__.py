"""The parse of an article: sentences and tokens, made once, shared by dates and claims."""

from transforms.language import linear
from transforms.language.lemmas import lemma
from transforms.language.parse import parse

__all__ = ["lemma", "linear", "parse"]
