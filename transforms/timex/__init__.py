"""Dates in running text: TIMEX3 expressions, resolved from the anchor by named rules."""

from dateline.transforms.timex.annotate import annotate, annotate_text
from dateline.transforms.timex.timex3 import timeml

__all__ = ["annotate", "annotate_text", "timeml"]
