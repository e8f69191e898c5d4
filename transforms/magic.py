"""The type of content that is not text, by its first bytes or its declared media type, to name it in the
refusal."""

from __future__ import annotations

import re

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"8BPS", "a Photoshop image"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM film"),
    (b"FLV\x01", "a Flash film"),
    (b"7z\xbc\xaf'\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"(\xb5/\xfd", "a zstd file"),
    (b'\x04"M\x18', "an lz4 file"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"Obj\x01", "an Avro file"),
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\x00asm", "a program"),
    (b"BEGIN:VCALENDAR", "a calendar"),
    (b"BEGIN:VCARD", "a contact"),
    (b"WEBVTT", "subtitles"),
    (b"filedesc://", "an ARC web archive"),
    (b" CDX ", "an index of a web archive"),
    (b"\\documentclass", "a TeX source"),
    (b"\x80\x04\x95", "a Python pickle"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\x00\x01\x00\x00\x00", "a font"),
    (b"OTTO\x00", "a font"),
)
_PARTS = (
    (b"datapackage.json", "a WACZ web archive"),
    (b"word/", "a Word document (DOCX)"),
    (b"xl/", "an Excel workbook (XLSX)"),
    (b"ppt/", "a PowerPoint file (PPTX)"),
    (b"mimetypeapplication/epub", "an EPUB book"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file"),
)
_HINTS = {
    "a PDF": "make text of it first, for example with pdftotext",
    "a Word document (DOCX)": "save it as text or HTML first",
    "an RTF document": "save it as text or HTML first",
    "an old Office document": "save it as text or HTML first",
    "an OpenDocument file": "save it as text or HTML first",
    "an EPUB book": "unpack its pages first",
    "an Excel workbook (XLSX)": "save it as CSV first",
    "a ZIP archive": "name it .zip, or unpack it first",
    "a Parquet file": "name it .parquet",
    "an lz4 file": "decompress it first, with lz4 -d",
    "an ARC web archive": "make a WARC of it first, with warcio recompress",
    "a WACZ web archive": "unpack it, and give the files in its folder archive",
    "an Arrow file": "save it as Parquet first",
    "an Avro file": "save it as Parquet or JSON lines first",
}
_MEDIA = re.compile(r"(image|audio|video|font|model)/")
_TYPES = {
    "application/pdf": "a PDF",
    "application/msword": "an old Office document",
    "application/rtf": "an RTF document",
    "text/rtf": "an RTF document",
    "application/zip": "a ZIP archive",
    "application/javascript": "a script",
    "text/javascript": "a script",
    "application/x-javascript": "a script",
    "text/css": "a style sheet",
    "text/x-source": "a program's source",
    "text/x-python": "a program's source",
    "application/sql": "a program's source",
    "text/vtt": "subtitles",
    "application/x-subrip": "subtitles",
    "application/yaml": "a file of settings",
    "text/yaml": "a file of settings",
    "application/x-tex": "a TeX source",
    "application/x-ipynb+json": "a notebook",
    "text/calendar": "a calendar",
    "text/vcard": "a contact",
    "application/epub+zip": "an EPUB book",
    "application/wasm": "a program",
}
_XML_ROOT = re.compile(
    r"\s*<\?xml[^>]{0,200}\?>(?:\s|<!--(?:[^-]|-(?!->)){0,5000}-->|<!DOCTYPE[^>\[]{0,500}>|<\?[^>]{0,500}\?>){0,20}<([A-Za-z_][\w.:-]{0,60})",
    re.IGNORECASE,
)
_SUBTITLES = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,9}\d{1,6}\r?\n\d\d:\d\d:\d\d[,.]\d{3} --> ")
_HEAD = 65_536


def foreign(data: bytes) -> str | None:
    """The name of the type of bytes that are not text (``a PDF``); ``None`` for text and unknown bytes."""
    head = data[:_HEAD]
    if head.startswith(b"PK\x03\x04"):
        return next((name for part, name in _PARTS if part in head), "a ZIP archive")
    if head.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        return "a ZIP archive"
    if head[4:8] == b"ftyp":
        return "an MP4 film or a HEIC image"
    if head.startswith(b"RIFF") and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return {b"WEBP": "a WebP image", b"WAVE": "a WAV recording"}.get(head[8:12], "an AVI film")
    if head.startswith(b"BM") and len(head) > 14 and head[6:10] == b"\x00\x00\x00\x00":
        return "a bitmap image"
    if _SUBTITLES.match(head):
        return "subtitles"
    if head[257:262] == b"ustar":
        return "a tar archive"
    return next((name for sign, name in _SIGNATURES if head.startswith(sign)), None)


def declared(media_type: str | None) -> str | None:
    """The name of a declared media type that is not text; ``None`` for all others."""
    kind = (media_type or "").partition(";")[0].strip().lower()
    if (found := _MEDIA.match(kind)) is not None and kind != "image/svg+xml":
        return {"image": "an image", "audio": "a recording", "video": "a film", "font": "a font"}.get(
            found[1], "a model"
        )
    if kind.startswith(("application/vnd.openxmlformats", "application/vnd.ms-", "application/vnd.oasis")):
        return "an Office document"
    return _TYPES.get(kind)


def xml_root(text: str) -> str | None:
    """The local name of the root element of an XML document that is not a web page; ``None`` for all other
    texts."""
    found = _XML_ROOT.match(text[:_HEAD])
    name = found[1].rpartition(":")[2] if found else None
    return None if name is None or name.lower() == "html" else name


def refusal(kind: str) -> str:
    """The error message for content of this kind: what it is, and what the user can do."""
    hint = _HINTS.get(kind)
    return f"{kind}, which is not read" + (f": {hint}" if hint else "")
