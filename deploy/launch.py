"""What the Flex Template launcher runs.

A file of its own because the launcher runs a file as ``__main__``: were it
``pipeline/runs/dataflow.py`` itself, its functions would be pickled by value, and its
folder would come first on the path, where ``config`` or ``schema`` hide other modules.
"""

from dateline.pipeline.runs.dataflow import main

if __name__ == "__main__":
    main()
