"""Records travel whole between processes; what a step raises is a dead letter, what the machine raises is raised."""

from __future__ import annotations

import base64
import gc
import itertools
import json
import logging
from collections.abc import Callable
from types import MethodType
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.testing.util import assert_that
from apache_beam.transforms.core import get_function_args_defaults, get_function_arguments
from apache_beam.transforms.error_handling import ErrorHandler
from apache_beam.transforms.userstate import CombiningValueStateSpec, get_dofn_specs
from hypothesis import given
from hypothesis import strategies as st

from dateline.transforms import deadline, errors, steps
from dateline.transforms.model import Envelope, Fault, RawArticle
from dateline.transforms.walk import Step, decode_step, read_steps, walk
from tests.pages import page


def finished(number: int = 3) -> Envelope:
    """An envelope with every field filled."""
    one = page(number)
    raw = RawArticle(
        content=one.html().encode(),
        origin=f"in.html#{number}",
        media_type="text/html",
        url=one.url,
        fetched_at="2024-11-01T10:00:00Z",
        zone="Europe/Kyiv",
        carrier={"desk": ["city", {"n": 1.5, "x": None}], "flag": True},
    )
    envelope = walk(raw)
    assert all(
        getattr(envelope, name)
        for name in ("page", "article", "anchors", "parse", "times", "claims", "events")
    )
    return envelope


TEXTS = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)


@given(st.one_of(st.binary(max_size=60), TEXTS))
def test_content_of_every_kind_survives_the_coder(content: bytes | str) -> None:
    raw = RawArticle(content=content, origin="a", fault=Fault(type="empty", message="m", reference="r"))
    coder = steps.RawArticleCoder()
    back = coder.decode(coder.encode(raw))
    assert back == raw
    assert type(back.content) is type(content)
    envelope = Envelope(raw=raw)
    assert steps.EnvelopeCoder().decode(steps.EnvelopeCoder().encode(envelope)) == envelope


def test_full_envelope_survives_the_coder_and_equal_records_give_equal_bytes() -> None:
    coder = steps.EnvelopeCoder()
    assert coder.is_deterministic()
    back = coder.decode(coder.encode(finished()))
    assert back == finished()
    assert _types(back) == _types(finished())
    assert coder.encode(back) == coder.encode(finished())
    assert coder.encode(back).startswith(b"NE1b")


def test_coder_refuses_what_it_did_not_write() -> None:
    with pytest.raises(ValueError, match="not a record"):
        steps.EnvelopeCoder().decode(b"XX1b" + bytes(8) + b"{}")


def test_registry_knows_the_coders() -> None:
    assert beam.coders.registry.get_coder(Envelope) == steps.EnvelopeCoder()
    assert beam.coders.registry.get_coder(RawArticle) == steps.RawArticleCoder()
    assert steps.RawArticleCoder() != steps.EnvelopeCoder()


def _types(value: Any) -> Any:
    """The shape of a record in types: what equality alone would let pass (a list is no tuple)."""
    if isinstance(value, tuple | list):
        return (type(value).__name__, [_types(v) for v in value])
    if hasattr(value, "__slots__") and hasattr(value, "__dataclass_fields__"):
        return (type(value).__name__, [_types(getattr(value, f)) for f in value.__dataclass_fields__])
    if hasattr(value, "model_fields_set"):
        return (type(value).__name__, [(k, _types(v)) for k, v in value])
    return type(value).__name__


def _key(envelope: Envelope) -> tuple[str, Envelope]:
    return ("one", envelope)


def _check(rows: list[Any]) -> None:
    [(key, values)] = rows
    numbers = {int(v.raw.origin.rpartition("#")[2]): v for v in values}
    assert sorted(numbers) == [0, 1, 2, 3]
    assert key == "one"
    for number, value in numbers.items():
        assert type(value) is Envelope
        assert value == finished(number), number
        assert _types(value) == _types(finished(number)), number


@pytest.mark.parametrize("flags", [[], ["--direct_running_mode=multi_processing", "--direct_num_workers=2"]])
def test_full_record_survives_a_shuffle_between_processes(flags: list[str]) -> None:
    options = PipelineOptions(["--runner=FnApiRunner", "--no_save_main_session", *flags])
    with beam.Pipeline(options=options) as pipeline:
        grouped = (
            pipeline
            | beam.Create(range(4))
            | beam.Map(finished).with_output_types(Envelope)
            | beam.Map(_key).with_output_types(tuple[str, Envelope])
            | beam.GroupByKey()
            | beam.MapTuple(lambda k, values: (k, list(values)))
        )
        assert_that(grouped, _check)


# ---------------------------------------------------------------- the wrapper


def apply(work: Callable[[Envelope], Envelope], raw: RawArticle | None = None, seconds: float = 20.0) -> Any:
    raw = raw or RawArticle(content=b"words", origin="a.txt", url="https://a.example/", carrier={"desk": 1})
    [out] = steps._Wrapped(Step("Room", work), seconds).process(raw)
    return out.value if isinstance(out, beam.pvalue.TaggedOutput) else out


def _raise(error: BaseException) -> Callable[[Envelope], Envelope]:
    def work(_: Envelope) -> Envelope:
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (errors.TooLarge("9 bytes"), "too_large", "9 bytes"),
        (errors.Undecodable("no charset"), "undecodable", "no charset"),
        (errors.Empty("nothing"), "empty", "nothing"),
        (errors.NotAnArticle("an index"), "not_an_article", "an index"),
        (errors.SchemaViolation("no field"), "schema_violation", "no field"),
        (errors.DeadlinePassed("slow"), "deadline", "slow"),
        (ValueError("broken"), "internal", "ValueError: broken"),
        (RecursionError("deep"), "internal", "RecursionError: deep"),
        (AssertionError(), "internal", "AssertionError: "),
        (KeyError("k\ud800\x00"), "internal", "KeyError: 'k\\\\ud800\\\\x00'"),
    ],
)
def test_what_a_step_raises_is_a_dead_letter(
    error: Exception, kind: str, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    letter = apply(_raise(error))
    assert (letter.stage, letter.type, letter.origin) == ("Room", kind, "a.txt")
    assert letter.message.replace("\\\\", "\\") == message.replace("\\\\", "\\")
    assert (letter.payload, letter.payload_encoding) == ("words", "utf-8")
    assert letter.carrier == {"desk": 1, "url": "https://a.example/"}


@pytest.mark.parametrize("error", [OSError("disk"), ConnectionResetError(), PermissionError(), MemoryError()])
def test_what_the_machine_raises_is_raised(error: Exception) -> None:
    with pytest.raises(type(error)):
        apply(_raise(error))


def test_finished_step_passes_its_envelope_on() -> None:
    assert isinstance(apply(lambda e: e), Envelope)


def test_step_that_asks_for_the_time_is_stopped() -> None:
    def slow(e: Envelope) -> Envelope:
        while True:
            deadline.check()

    assert apply(slow, seconds=0.01).type == "deadline"


@pytest.mark.parametrize(
    ("content", "payload", "encoding"),
    [
        (b"caf\xc3\xa9", "café", "utf-8"),
        (b"caf\xe9", base64.b64encode(b"caf\xe9").decode(), "base64"),
        (b"nul\x00", base64.b64encode(b"nul\x00").decode(), "base64"),
        ("nul\x00", base64.b64encode(b"nul\x00").decode(), "base64"),
        ("half \ud800", base64.b64encode("half \ud800".encode("utf-8", "surrogatepass")).decode(), "base64"),
    ],
)
def test_payload_is_whole_and_valid_text(content: bytes | str, payload: str, encoding: str) -> None:
    letter = steps.reject(RawArticle(content=content, origin="a"), "Decode", errors.Empty("x"))
    assert (letter.payload, letter.payload_encoding) == (payload, encoding)
    json.dumps(letter.model_dump()).encode("utf-8")
    letter.model_dump_json()


def test_payload_of_which_only_the_head_was_read_is_a_reference() -> None:
    fault = Fault(type="too_large", message="long", reference="in.jsonl@10+99")
    letter = steps.reject(
        RawArticle(content=b"head", origin="a", fault=fault), "Decode", errors.TooLarge("long")
    )
    assert (letter.payload, letter.payload_encoding) == ("in.jsonl@10+99", "reference")


def test_same_failure_of_the_same_input_is_the_same_dead_letter() -> None:
    raw = RawArticle(content=b"x", origin="a")
    ids = [steps.reject(r, "Decode", errors.Empty(m)).dead_letter_id for r, m in ((raw, "one"), (raw, "two"))]
    other = steps.reject(raw.model_copy(update={"origin": "b"}), "Decode", errors.Empty("one")).dead_letter_id
    assert ids[0] == ids[1] != other


def test_messages_are_bounded() -> None:
    assert len(apply(_raise(ValueError("x" * 100_000))).message) == 2000


# ---------------------------------------------------------------- construction


class _Keep(beam.PTransform):
    def expand(self, letters: Any) -> Any:
        return letters


def test_graph_builds_only_when_errors_go_somewhere() -> None:
    def build(closed: bool) -> None:
        pipeline = beam.Pipeline(options=PipelineOptions(["--runner=FnApiRunner"]))
        handler = ErrorHandler(_Keep())
        raw = pipeline | beam.Create([RawArticle(content="x", origin="a")])
        raw | steps.Room(decode_step(), handler)
        if closed:
            handler.close()
        pipeline.run().wait_until_finish()

    build(closed=True)
    with pytest.raises(RuntimeError, match=r"[Uu]nclosed error handler|not.*closed"):
        build(closed=False)


def test_room_cannot_be_built_without_a_handler() -> None:
    with pytest.raises(TypeError):
        steps.Room(decode_step())  # type: ignore[call-arg]


def test_steps_that_are_taken_together_reject_by_their_own_names() -> None:
    def refuse(e: Envelope) -> Envelope:
        if e.raw.origin == "bad":
            raise errors.Empty("no")
        return e

    seen: list[str] = []
    last = Step("Last", lambda e: seen.append(e.raw.origin) or e)
    wrapped = steps._Wrapped(Step("First", lambda e: e), 5.0, (Step("Second", refuse), last))
    [done] = wrapped.process(RawArticle(content="x", origin="good"))
    [out] = wrapped.process(RawArticle(content="x", origin="bad"))
    assert isinstance(done, Envelope) and seen == ["good"]
    assert isinstance(out, beam.pvalue.TaggedOutput) and out.tag == steps.REJECTED
    assert (out.value.stage, out.value.type, out.value.origin) == ("Second", "empty", "bad")
    assert steps.Room(decode_step(), None, 5.0, read_steps()).label == "Decode to Profile"


def test_step_names_are_stable() -> None:
    """Dataflow updates a running job by these names: a change here is a change for operators."""
    assert [decode_step().name, *(s.name for s in read_steps())] == [
        "Decode", "Clean", "Anchor", "Correct", "Parse", "Dates", "Claims", "Normalize", "Profile",
    ]  # fmt: skip


def test_methods_are_inspected_as_beam_would() -> None:
    class One(steps.InspectedDoFn):
        def process(self, element: int, side: int = 3, *, key: int = 4) -> None: ...

    one = One()
    for name in dir(beam.DoFn):
        method = getattr(one, name)
        if isinstance(method, MethodType):
            assert get_function_arguments(one, name) == get_function_args_defaults(method), name
    assert get_function_arguments(one, "process") == (["element", "side"], [3])


def test_beam_finds_the_state_of_a_dofn_among_fewer_names() -> None:
    counts = CombiningValueStateSpec("counts", sum)
    state = beam.DoFn.StateParam(counts)

    class Counting(steps.InspectedDoFn):
        def process(self, element: int, kept: Any = state) -> None: ...

    assert len(dir(Counting())) < len(dir(Counting)) / 5
    assert get_dofn_specs(Counting()) == ({counts}, set())


def test_what_is_loaded_is_left_out_of_collections_once_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    frozen: list[int] = []
    monkeypatch.setattr(steps, "_applied", itertools.count(98))
    monkeypatch.setattr(steps.gc, "freeze", lambda: frozen.append(1))
    wrapped = steps._Wrapped(Step("Same", lambda e: e), 5.0)
    for _ in range(9):
        assert len(list(wrapped.process(RawArticle(content="x", origin="o")))) == 1
    assert frozen == [1]


@pytest.mark.parametrize(("before", "after"), [(700, 100_000), (200_000, 200_000), (0, 0)])
def test_garbage_is_looked_for_seldom_and_never_where_the_host_says_so(
    monkeypatch: pytest.MonkeyPatch, before: int, after: int
) -> None:
    told = []
    monkeypatch.setattr(steps.gc, "get_threshold", lambda: (before, 5, 5))
    monkeypatch.setattr(steps.gc, "set_threshold", lambda *all_: told.append(all_))
    steps._Wrapped(Step("Same", lambda e: e), 5.0).setup()
    assert told == ([(after, 5, 5)] if after != before else [])


def test_a_page_leaves_no_rings_of_records() -> None:
    raws = [RawArticle(content=page(n).html(), origin=f"{n}") for n in range(4)]
    walk(raws[0])
    gc.collect()
    gc.disable()
    try:
        for raw in raws[1:]:
            walk(raw)
        assert gc.collect() < 100  # what was read of one page is some 700 objects and more
    finally:
        gc.enable()
