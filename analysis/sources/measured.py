"""Our own timings of language and video models on one NVIDIA H100."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least
from analysis.schemas import Column, Table
from analysis.sources.sidecar import Snapshots

TIMINGS = "snapshots/measured/h100_inference.csv"
LIVE = "was measured by ourselves"


def h100_inference(snapshots: Snapshots) -> pd.DataFrame:
    timings = snapshots.csv(TIMINGS)
    day = timings["measured_on"]
    return timings.assign(refers_to=day, known_from=day, known_basis="vintage")


def _below_ceilings(timings: pd.DataFrame) -> bool:
    """Nothing may beat the peak rates of the data sheet (3.35 TB/s, 989 TFLOP/s)."""
    bandwidth, rate = timings["bandwidth_tb_per_s"], timings["rate_tflop_per_s"]
    return bool((bandwidth.dropna() < 3.35).all() and (rate.dropna() < 989.4).all())


def _number(name: str, description: str, unit: str) -> Column:
    return Column(name, "number", description, unit, required=False, above=0)


TABLES = [
    Table(
        name="h100_inference",
        title="Measured decode, prefill and video-diffusion steps on one H100 80 GB",
        description=(
            "Median of five to nine repeats in plain bf16 with random weights: copy and matmul"
            " ceilings, decode steps, prefill and diffusion forward passes. Where layers_measured"
            " is below layers the time is scaled by the layer count. One card, one run, no serving"
            " stack, no quantisation: a floor for plain bf16, not the state of the art."
        ),
        build=h100_inference,
        key=("timing",),
        columns=(
            Column("timing", "text", "phase, model, batch and context in one name"),
            Column(
                "phase",
                "text",
                "what was timed",
                allowed=("ceiling_copy", "ceiling_matmul_bf16", "decode", "prefill", "diffusion"),
            ),
            Column("model", "text", "shape of the model", required=False),
            _number("batch", "sequences at once", "1"),
            _number("context_tokens", "tokens in context, or latent tokens of a clip", "tokens"),
            Column("step_ms", "number", "median time of one step", "ms", above=0),
            Column("step_ms_min", "number", "fastest repeat", "ms", required=False, above=0),
            Column("step_ms_max", "number", "slowest repeat", "ms", required=False, above=0),
            _number("tokens_per_s", "tokens produced or read per second", "tokens/s"),
            _number("moved_bytes", "bytes that one step must move", "bytes"),
            _number("bandwidth_tb_per_s", "bytes moved over time", "TB/s"),
            _number("work_flop", "operations of one step", "FLOP"),
            _number("rate_tflop_per_s", "operations over time", "TFLOP/s"),
            _number("parameters", "all parameters", "1"),
            _number("active_parameters", "parameters used per token", "1"),
            _number("layers", "layers of the model", "1"),
            _number("layers_measured", "layers that were timed", "1"),
            Column("attention", "text", "attention kernel", required=False),
            Column("device", "text", "accelerator as the driver names it"),
            Column("software", "text", "framework and version"),
        ),
        checks=(
            Check(
                "no_timing_beats_the_data_sheet",
                "table",
                "bandwidth and rate stay below the peaks of the H100",
                _below_ceilings,
            ),
            rows_at_least(60),
        ),
    )
]
