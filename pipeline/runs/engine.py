"""How Beam is told to run on this machine."""

from __future__ import annotations

from apache_beam.options.pipeline_options import PipelineOptions


def beam_options(workers: int = 1) -> PipelineOptions:
    """The options of a local run. FnApiRunner by name: Beam's default first probes the network for another runner."""
    flags = ["--runner=FnApiRunner", "--no_save_main_session", "--default_sdk_harness_log_level=ERROR"]
    if workers > 1:
        flags += ["--direct_running_mode=multi_processing", f"--direct_num_workers={workers}"]
    return PipelineOptions(flags)
