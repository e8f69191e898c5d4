"""HTML → text with lines, landmarks, metadata and dated evidence."""

from dateline.transforms.html.render import DEPTH_LIMIT, LINE_LIMIT, TAG_LIMIT, Rendered, render

__all__ = ["DEPTH_LIMIT", "LINE_LIMIT", "TAG_LIMIT", "Rendered", "render"]
