"""``python -m tests.golden.update`` writes the records of the sample pages again and says what changed.

Read the difference before committing it: a golden record that is written unread tests nothing.
"""

from __future__ import annotations

import json

from tests.golden import stories
from tests.golden.record import FOLDER, differences, path_of, records


def main() -> None:
    """Write every record, remove those of pages that are gone."""
    now = records()
    paths = {path_of(name) for name in now}
    for name, record in now.items():
        path = path_of(name)
        before = json.loads(path.read_text("utf-8")) if path.exists() else {}
        for line in differences(before, record):
            print(f"{path.stem}{line}")
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    stories.FOLDER.mkdir(exist_ok=True)
    for name, record in stories.records().items():
        path = stories.FOLDER / f"{name}.json"
        before = json.loads(path.read_text("utf-8")) if path.exists() else {}
        for line in differences(before, record):
            print(f"stories of {name}{line}")
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    for path in set(FOLDER.glob("*.json")) - paths:
        print(f"{path.stem}: removed")
        path.unlink()


if __name__ == "__main__":
    main()
