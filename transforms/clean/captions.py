"""Lines that belong to a picture: captions with their credits."""

from __future__ import annotations

import re

_AGENCIES = (
    r"AP|AFP|EPA(?:-EFE)?|EFE|Reuters|REUTERS|Getty(?: Images)?|Xinhua|ANSA|dpa|DPA|PA|TASS|Sputnik|WAM|SPA|IRNA|"
    r"Anadolu(?: Agency)?|AA|ANI|PTI|Yonhap|Kyodo|Shutterstock|Alamy|iStock|Bloomberg|NurPhoto|Zuma|imago|Keystone|"
    r"AP Photo|Photo|Supplied|Handout|Courtesy|Pixabay|Unsplash|Wikimedia(?: Commons)?|Flickr"
)
_CREDIT_END = re.compile(
    rf"(?:[(\[][^()\[\]]{{0,60}}\b(?:{_AGENCIES})\b[^()\[\]]{{0,40}}[)\]]"
    rf"|\b(?:AFP|AP|Getty Images|Shutterstock|REUTERS|EPA-EFE|NurPhoto|Alamy|iStock) ?(?:/|via|Photo)[^.\n]{{0,60}}"
    rf"|/ ?(?:AP|AFP|EPA|REUTERS|Reuters|dpa|Getty Images|Shutterstock)(?: ?Photo)?"
    rf"|\bvia (?:AP|Getty Images|REUTERS|Reuters|AFP|Shutterstock)"
    rf"|\bGetty Images|\bShutterstock|\bAP Photo"
    rf"|\b[Ff]ile [Pp]hoto(?:graph)?|\(?\b[Ff]ile(?: image| pic(?:ture)?)?\)"
    rf")[\s.)\]]*$"
)
_CREDIT = re.compile(
    r"\b(?:file photo|photo(?:graph)?s?(?: credit)?|image(?: credit| source)?|picture(?: credit)?|credits?|foto|fotos|bild(?:quelle)?|"
    r"photo by|photo courtesy|crédit(?: photo)?|crédito|fotografía|fotografia|imagen|imagem|фото|fotoğraf|صورة|الصورة|caption)"
    r" ?[:©/]|\b(?:photo|photograph|image|picture|bild|foto) (?:by|courtesy of|von) ",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?:image (?:source|caption)|media caption|photo caption|caption|pictured|file photo|enlarge this image|toggle caption|"
    r"bildunterschrift|légende|\(?file\b|video:|photo:|image:|photos:)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"[\"“”«»„]")
_LONG = 70
"""Words over which nothing is a caption."""


def is_caption(text: str, words: float, tag: str = "") -> bool:
    """Whether a line is a picture's caption or credit."""
    if tag == "figcaption":
        return True
    if words > _LONG:
        return False
    if _CREDIT_END.search(text[-110:]):
        return True
    if _OPEN.match(text) and (words < 40):
        return True
    found = _CREDIT.search(text)
    # A credit stands at the start or the end of a caption, not amid a sentence that talks of photos.
    return found is not None and (found.start() < 3 or len(text) - found.end() < 60)
