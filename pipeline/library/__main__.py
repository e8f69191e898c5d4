"""``python -m dateline`` is the command ``dateline``."""

from dateline.pipeline.cli import main

main()
