"""Article → Claims: who said or did what, in whose words."""

from transforms.claims.context import Context
from transforms.claims.extract import extract
from transforms.claims.resolver import Resolver

__all__ = ["Context", "Resolver", "extract"]
