"""The number of the C source of the compiled core, by which one that was built of other source is known.

setup.py runs this file by its path and puts the number into the extension, so it imports nothing of ours.
"""

from pathlib import Path
from zlib import crc32


def number(folder: Path) -> int:
    """The number of the C files and headers of a folder; 0 where there are none."""
    value = 0
    for path in sorted([*folder.glob("*.c"), *folder.glob("*.h")]):
        value = crc32(path.read_bytes(), value)
    return value & 0x7FFFFFFF
