"""Where the folders of the checkout go: ``transforms/`` is installed as ``dateline.transforms``.

The names ``pipeline`` and ``transforms`` are common, and a package of that name exists on the registry. Everything
is therefore installed under ``dateline``, whose own modules stand in ``pipeline/library/``. All else about
the project stands in pyproject.toml.

The compiled core is optional: where it cannot be built, for want of a compiler, what it does is done in Python.
"""

import runpy
from pathlib import Path

from setuptools import Extension, find_namespace_packages, setup

FOLDERS = {
    "dateline": "pipeline/library",
    "dateline.pipeline": "pipeline",
    "dateline.transforms": "transforms",
    "dateline.samples": "seeds/pages",
}
"""Packages and their folders; ``dateline.samples`` holds pages and no module: ``dateline demo`` reads them."""


def packages() -> list[str]:
    found = list(FOLDERS)
    for name in ("dateline.pipeline", "dateline.transforms"):
        found += [
            f"{name}.{inner}"
            for inner in find_namespace_packages(FOLDERS[name], exclude=["library*", "*__pycache__*"])
        ]
    return found


FOLDER = Path("transforms/core")
NUMBER: int = runpy.run_path(str(FOLDER / "source.py"))["number"](FOLDER)
CORE = Extension(
    "dateline.transforms.core._core",
    sorted(path.as_posix() for path in FOLDER.glob("*.c")),
    depends=sorted(path.as_posix() for path in FOLDER.glob("*.h")),
    # What the extension is made of: one that was built of other source is left alone (core/__init__.py).
    define_macros=[("SOURCE", str(NUMBER))],
    py_limited_api=True,
    optional=True,
)

setup(
    package_dir=FOLDERS,
    packages=packages(),
    ext_modules=[CORE],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
