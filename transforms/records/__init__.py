"""Reads JSON of other tools: parses it within bounds, finds the records in it, and maps their fields to ours."""

from dateline.transforms.records.fields import RecordFields, has_column, names_text, read
from dateline.transforms.records.orders import Orders, in_order, orders
from dateline.transforms.records.shapes import empty_list, found_in
from dateline.transforms.records.values import clean, load, split_objects

__all__ = [
    "Orders",
    "RecordFields",
    "clean",
    "empty_list",
    "found_in",
    "has_column",
    "in_order",
    "load",
    "names_text",
    "orders",
    "read",
    "split_objects",
]
