"""Article → Claims: who said or did what, in whose words."""

from transforms.claims.extract import extract

__all__ = ["extract"]
