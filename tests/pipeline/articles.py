"""News of our own making: many articles, all different, each with a date and a statement."""

from __future__ import annotations

import json

NAMES = ("Ana Ruiz", "Tomas Berg", "Lena Okafor", "Pavel Novak", "Mira Castellan", "Idris Hale")
PLACES = ("MILLBROOK", "EASTPORT", "HALDEN", "PORT AVERY", "SOUTH FORK", "KELLWICK")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def address(n: int) -> str:
    """The address of article ``n``."""
    return f"https://paper.example/news/{n}"


def text(n: int, revision: int = 0) -> str:
    """The words of article ``n``; each revision of it says another number of houses."""
    name, place, day = NAMES[n % 6], PLACES[n // 6 % 6], DAYS[n % 7]
    return (
        f"Flood gate number {n} is shut in {place.title()}\n\n"
        f"{place}, Nov. {n % 27 + 1} — The gate above {n + 40} houses was shut on {day} after the river rose by {n % 9 + 1} feet, "
        f"the water board of the county told residents at a meeting in the town hall.\n\n"
        f"“We counted {100 + n + revision} houses with water in the cellar,” {name} said on {day}. "
        f"Repairs to the pumps begin next week and end in December, the board wrote in its notice number {n}.\n"
    )


def page(n: int, revision: int = 0) -> bytes:
    """Article ``n`` as a web page."""
    title, *rest = text(n, revision).split("\n\n")
    body = "".join(f"<p>{p}</p>" for p in rest)
    head = f"<title>{title}</title><meta property='article:published_time' content='2026-11-{n % 27 + 1:02}T08:00:00Z'>"
    return f"<html lang='en'><head>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>".encode()


def message(n: int, revision: int = 0) -> tuple[bytes, dict[str, str]]:
    """Article ``n`` as a message: odd ones as JSON, even ones as text with attributes."""
    known = {
        "url": address(n),
        "source": "The Paper",
        "published": f"2026-11-{n % 27 + 1:02}",
        "modified": f"2026-11-{n % 27 + 1:02}T1{revision}:00:00",
    }
    if n % 2:
        return json.dumps({"content": text(n, revision), **known}).encode(), {"desk": "city"}
    return text(n, revision).encode(), {"media_type": "text/plain", "desk": "city", **known}


POISON: tuple[tuple[bytes, dict[str, str]], ...] = (
    (b"", {"media_type": "text/html"}),
    (b"{not json", {}),
    (b"\xff\xfe\x00\xd8" * 9, {"media_type": "text/plain"}),
    (b'{"content": 7}', {}),
    (b"[" * 100_000, {"media_type": "application/json"}),
)
"""Messages that no release can read."""
