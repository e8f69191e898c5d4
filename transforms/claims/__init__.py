"""Article → Claims: who said or did what, in whose words."""

from dateline.transforms.claims.context import Context
from dateline.transforms.claims.extract import extract
from dateline.transforms.claims.resolver import Resolver

__all__ = ["Context", "Resolver", "extract"]
