"""One article at a time: plain functions, no input or output, no Beam.

Rooms, in the order that an article walks through them::

    decode.decode(raw) -> Page            timex.annotate(article, anchors, parse) -> times
    clean.clean(page) -> Article          claims.extract(article, parse) -> claims
    dateline.anchors(page, article)       events.normalize(article, anchors, times, claims) -> events
    language.parse(article, furniture) -> Parse

Only :mod:`dateline.transforms.steps` imports Beam.
"""
