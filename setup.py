"""Where the folders of the checkout go: ``transforms/`` is installed as ``dateline.transforms``.

The names ``pipeline`` and ``transforms`` are common, and a package of that name exists on the registry. Everything
is therefore installed under ``dateline``, whose own modules stand in ``pipeline/library/``. All else about
the project stands in pyproject.toml.
"""

from setuptools import find_namespace_packages, setup

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


setup(package_dir=FOLDERS, packages=packages())
