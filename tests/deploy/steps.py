"""The names of the steps that Dataflow runs, and what a rename means for a stream that runs.

``python -m tests.deploy.steps`` writes ``deploy/steps.txt`` anew, once a change of names is
meant. Dataflow carries the state and backlog of a step over to the step of the same
name; a name that is gone refuses the update, unless a mapping says what it became.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from apache_beam.options.pipeline_options import StandardOptions
from apache_beam.portability.api import beam_runner_api_pb2

from dateline.pipeline.runs import dataflow, parameters

STEPS = Path(__file__).parents[2] / "deploy" / "steps.txt"
IMAGE = "europe-west1-docker.pkg.dev/acme-news/dateline/dateline:v1.0.0"
ARGUMENTS = (
    "--project=acme-news", "--region=europe-west1", "--job_name=pages", "--temp_location=gs://acme-dateline/temp",
    "--staging_location=gs://acme-dateline/staging", "--output=bigquery://acme-news/news",
    f"--sdk_container_image={IMAGE}",
)  # fmt: skip
SOURCE = {
    parameters.BATCH: "--input=gs://acme-pages/2026/*.jsonl",
    parameters.STREAMING: "--subscription=projects/acme-news/subscriptions/pages",
}


class Change(NamedTuple):
    """What became of the steps of a running job: names that are gone and have a heir, gone without one, new."""

    renamed: dict[str, str]
    gone: list[str]
    new: list[str]

    @property
    def breaks(self) -> bool:
        """Whether a running job refuses the update as it stands."""
        return bool(self.renamed or self.gone)

    def advice(self) -> str:
        """What to type."""
        if self.gone:
            return f"no mapping helps ({', '.join(self.gone)} is gone): deploy/template.sh deploy drains and launches"
        mapping = ",".join(f"{old}={new}" for old, new in self.renamed.items())
        return f"MAPPING='{mapping}' deploy/template.sh update JOB"


def names(mode: str) -> list[str]:
    """The steps of a template in the order of the graph, composites left out: a job runs its leaves."""
    job = dataflow.parse([*ARGUMENTS, SOURCE[mode]])
    # Names do not depend on the runner, but a Dataflow runner would look for its bucket on the network.
    job.options.view_as(StandardOptions).runner = "FnApiRunner"
    return leaves(dataflow.build(job).to_runner_api())


def leaves(proto: beam_runner_api_pb2.Pipeline) -> list[str]:
    """The names of all transforms that do something and hold no others, parents in order."""
    transforms = proto.components.transforms
    found: list[str] = []

    def walk(key: str) -> None:
        own = transforms[key]
        for child in own.subtransforms:
            walk(child)
        passes_on = set(own.outputs.values()) <= set(own.inputs.values()) and own.outputs
        if not own.subtransforms and not passes_on and own.spec.urn:
            found.append(own.unique_name)

    for root in proto.root_transform_ids:
        walk(root)
    return found


def compare(old: Sequence[str], new: Sequence[str]) -> Change:
    """Pair what is gone with what came in its place; a step that only moved keeps its name and is neither."""
    kept = set(old) & set(new)
    before, after = list(old), list(new)
    renamed: dict[str, str] = {}
    gone: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag in ("replace", "delete"):
            left = [s for s in before[a:b] if s not in kept]
            came = [s for s in after[c:d] if s not in kept]
            renamed |= dict(zip(left, came, strict=False))
            gone += left[len(came) :]
    added = [s for s in new if s not in kept and s not in renamed.values()]
    return Change(renamed, gone, added)


def read(text: str) -> dict[str, list[str]]:
    """``deploy/steps.txt``: a heading for each mode, a step a line."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("## "):
            found[line[3:]] = []
        elif line and not line.startswith("#"):
            found[list(found)[-1]].append(line)
    return found


def text_of(steps: dict[str, list[str]]) -> str:
    """As committed."""
    head = (
        "# The steps of both templates, in the order of the graph; written by python -m tests.deploy.steps\n"
    )
    return head + "".join(f"\n## {mode}\n" + "".join(f"{s}\n" for s in own) for mode, own in steps.items())


if __name__ == "__main__":
    STEPS.write_text(text_of({mode: names(mode) for mode in parameters.MODES}), "utf-8")
    print(STEPS)
