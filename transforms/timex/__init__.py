"""Dates in running text: TIMEX3 expressions, resolved from the anchor by named rules."""

from transforms.timex.annotate import annotate, annotate_text
from transforms.timex.stamps import Stamp, find_stamps, full_dates
from transforms.timex.timex3 import timeml

__all__ = ["Stamp", "annotate", "annotate_text", "find_stamps", "full_dates", "timeml"]
