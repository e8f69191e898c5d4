"""Article → Claims: who said what, with the names of speakers resolved within the article."""

from dateline.transforms.claims.context import Context
from dateline.transforms.claims.extract import extract
from dateline.transforms.claims.resolver import Resolver

__all__ = ["Context", "Resolver", "extract"]
