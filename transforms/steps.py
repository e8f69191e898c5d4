"""The steps as PTransforms, the coder, and the wrapper that makes dead letters. No other module of transforms
imports Beam."""

from __future__ import annotations

import base64
import datetime
import gc
import itertools
import json
import logging
import struct
from collections.abc import Iterable, Sequence
from functools import partial
from types import FunctionType, MethodType
from typing import Any

import apache_beam as beam
from apache_beam import coders
from apache_beam.metrics import Metrics
from apache_beam.pvalue import TaggedOutput
from apache_beam.transforms.core import get_function_args_defaults

from dateline.transforms import deadline, identity
from dateline.transforms.errors import Rejection
from dateline.transforms.garbage import sweep_rarely
from dateline.transforms.model import DECLARED, DeadLetter, DeadLetterType, Envelope, RawArticle
from dateline.transforms.version import VERSION
from dateline.transforms.walk import Step

REJECTED = "rejected"
PAYLOAD_LIMIT = 6_000_000
"""Bytes of payload that a dead letter contains; Pub/Sub and BigQuery accept messages of 10 MB."""
_HEAD = struct.Struct(">3scQ")
_MAGIC = b"NE1"
_log = logging.getLogger(__name__)


class RecordCoder(coders.Coder):
    """A deterministic, versioned coder for raw articles and envelopes: JSON, with the content beside it.

    Beam's RowCoder returns generated classes with lists for tuples in another process; this coder returns the
    same type and an equal value. Layout: ``NE1``, one byte for the type of content (``b`` or ``s``), its
    length as eight bytes, content, JSON.
    """

    def __init__(self, record: type[RawArticle] | type[Envelope]) -> None:
        self.record = record

    def encode(self, value: Any) -> bytes:
        """Encode a record."""
        raw = value if isinstance(value, RawArticle) else value.raw
        body = raw.content if isinstance(raw.content, bytes) else raw.content.encode("utf-8", "surrogatepass")
        exclude = {"content"} if value is raw else {"raw": {"content"}}
        kind = b"b" if isinstance(raw.content, bytes) else b"s"
        rest = value.model_dump_json(exclude=exclude, by_alias=True).encode()
        return bytes(_HEAD.pack(_MAGIC, kind, len(body)) + body + rest)

    def decode(self, encoded: bytes) -> Any:
        """Decode a record."""
        magic, kind, length = _HEAD.unpack_from(encoded)
        if magic != _MAGIC:
            raise ValueError(f"not a record of this coder: {magic!r}")
        at = _HEAD.size + length
        body = encoded[_HEAD.size : at]
        content = body if kind == b"b" else body.decode("utf-8", "surrogatepass")
        fields = json.loads(encoded[at:])
        (fields if self.record is RawArticle else fields["raw"])["content"] = content
        return self.record.model_validate(fields)

    def estimate_size(self, value: Any) -> int:
        """The size of the content. Beam samples this on every edge, and encoding would cost more than a step."""
        raw = value if isinstance(value, RawArticle) else value.raw
        return _HEAD.size + len(raw.content)

    def is_deterministic(self) -> bool:
        """Equal records give equal bytes: fields are written in the order of the model."""
        return True

    def to_type_hint(self) -> Any:
        """The class of the record."""
        return self.record

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.record is other.record

    def __hash__(self) -> int:
        return hash((type(self), self.record))


class RawArticleCoder(RecordCoder):
    """:class:`RecordCoder` for raw articles, in the form that Beam's registry wants."""

    def __init__(self, *_: Any) -> None:
        super().__init__(RawArticle)


class EnvelopeCoder(RecordCoder):
    """:class:`RecordCoder` for envelopes."""

    def __init__(self, *_: Any) -> None:
        super().__init__(Envelope)


def register_coders() -> None:
    """Register the coders with Beam, once a process."""
    coders.registry.register_coder(RawArticle, RawArticleCoder)
    coders.registry.register_coder(Envelope, EnvelopeCoder)


register_coders()


def reject(raw: RawArticle, stage: str, error: Exception) -> DeadLetter:
    """The dead letter of an input with its whole content, as UTF-8 if possible, else base64; or a reference
    to it, if only its first bytes were read."""
    kind: DeadLetterType = error.type if isinstance(error, Rejection) else "internal"
    message = error.message if isinstance(error, Rejection) else f"{type(error).__name__}: {error}"
    content = raw.content
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    digest = identity.sha256(data)
    payload, encoding = payload_of(content)
    if raw.fault is not None and raw.fault.reference is not None:
        payload, encoding = raw.fault.reference, "reference"
    known = raw.model_dump(exclude={"content", "origin", "carrier", "declared", "fault"}, exclude_none=True)
    if raw.declared:
        known[DECLARED] = True
    return DeadLetter.model_validate(
        {
            "dead_letter_id": identity.dead_letter_id(raw.origin, digest),
            "stage": stage,
            "type": kind,
            "message": clean_message(message),
            "first_failed_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "version": VERSION,
            "origin": raw.origin,
            "payload": payload,
            "payload_encoding": encoding,
            "payload_sha256": digest,
            "carrier": {**raw.carrier, **known},
        }
    )


def clean_message(message: str) -> str:
    """One bounded line of valid text."""
    return message.encode("utf-8", "backslashreplace").decode("utf-8").replace("\x00", "\\x00")[:2000]


def payload_of(content: bytes | str) -> tuple[str, str]:
    """A payload as valid text without NUL, and its encoding."""
    try:
        text = content.decode("utf-8") if isinstance(content, bytes) else content
        text.encode("utf-8")
        if "\x00" not in text:
            return text, "utf-8"
    except UnicodeError:
        pass
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    return base64.b64encode(data).decode("ascii"), "base64"


class InspectedDoFn(beam.DoFn):
    """A DoFn whose methods are inspected once a process.

    Beam inspects the signature of every method of every DoFn, twenty times a DoFn and again for each bundle,
    unless the class has ``_inspect_NAME`` for it. That took 10 of the 58 ms of a batch of one article in a
    stream.
    """

    _with_defaults: tuple[str, ...] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        inspected = {}
        for name in dir(cls):
            method = getattr(cls, name)
            if isinstance(method, FunctionType | MethodType) and not name.startswith("_inspect_"):
                inspected[name] = _arguments(method)
                setattr(cls, f"_inspect_{name}", staticmethod(partial(_same, inspected[name])))
        cls._with_defaults = tuple(name for name, (_, defaults) in inspected.items() if defaults)

    def __dir__(self) -> tuple[str, ...]:
        """The methods with default values. Beam goes through the names of a DoFn for these, twice in each bundle."""
        return self._with_defaults


_Arguments = tuple[list[str], list[Any]]


def _arguments(method: FunctionType | MethodType) -> _Arguments:
    names, defaults = get_function_args_defaults(method)
    return (names[1:] if isinstance(method, FunctionType) else names), defaults


def _same(arguments: _Arguments) -> _Arguments:
    return arguments


_applied = itertools.count(1)
_WARM = frozenset([100, 1_000, 10_000])
"""Number of steps taken after which everything that the process has loaded, such as models and words, is
excluded from garbage collection.

A page makes thousands of small records, and a full collection would visit all loaded objects: an eighth of
the time.
"""


class _Wrapped(InspectedDoFn):
    def __init__(self, step: Step, seconds: float, then: Sequence[Step] = ()) -> None:
        self.steps = (step, *then)
        self.seconds = seconds

    def setup(self) -> None:
        sweep_rarely()

    def process(self, element: RawArticle | Envelope) -> Iterable[Any]:
        envelope = element if isinstance(element, Envelope) else Envelope(raw=element)
        for step in self.steps:
            try:
                with deadline.limit(self.seconds):
                    envelope = step.apply(envelope)
            except Rejection as error:
                failure = reject(envelope.raw, step.name, error)
            except (OSError, MemoryError):
                raise
            except Exception as error:
                _log.exception("%s failed on %s", step.name, envelope.raw.origin)
                failure = reject(envelope.raw, step.name, error)
            else:
                if next(_applied) in _WARM:
                    gc.freeze()
                continue
            Metrics.counter("dateline", f"rejected.{failure.type}").inc()
            yield TaggedOutput(REJECTED, failure)
            return
        yield envelope


class Room(beam.PTransform):
    """Applies one step to a collection, or several in turn. Rejections go to the error handler, which is required.

    ``failures`` is Beam's :class:`ErrorHandler`: a pipeline whose handler was not closed over its errors does
    not build. ``then`` are steps that follow within the same step of the graph; each has ``seconds`` of its own.
    """

    def __init__(self, step: Step, failures: Any, seconds: float = 20.0, then: Sequence[Step] = ()) -> None:
        super().__init__(f"{step.name} to {then[-1].name}" if then else step.name)
        self.apply = beam.ParDo(_Wrapped(step, seconds, then))
        self.failures = failures

    def expand(self, pcoll: Any) -> Any:
        outputs = pcoll | "Apply" >> self.apply.with_outputs(REJECTED, main="done")
        self.failures.add_error_pcollection(outputs[REJECTED])
        done = outputs["done"]
        done.element_type = Envelope
        return done
