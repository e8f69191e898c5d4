"""Dates in running text: TIMEX3 expressions, resolved from the anchor by named rules."""

from transforms.timex.annotate import annotate, annotate_text
from transforms.timex.timex3 import timeml

__all__ = ["annotate", "annotate_text", "timeml"]
