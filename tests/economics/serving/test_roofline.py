"""Roofline of serving: published bounds, exact counts, fits to timings."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.economics.serving.chips import Chip, Efficiencies, Model
from analysis.economics.serving.diffusion import diffusion
from analysis.economics.serving.efficiencies import fit_efficiencies
from analysis.economics.serving.roofline import cost_per_million_tokens
from analysis.economics.serving.text import decode, prefill
from analysis.errors import InputError

# NVIDIA H100 SXM data sheet: bf16 dense FLOP/s, bytes/s, bytes. Price: a round number.
H100 = Chip(989e12, 3.35e12, memory_bytes=80e9, usd_per_hour=2.0, name="H100 SXM")
# Llama 3 8B: the embedding table (0.53e9) is looked up, not read.
LLAMA = Model(8.03e9, 7.5047e9, layers=32, query_heads=32, kv_heads=8, head_dim=128)
SPARSE = Model(
    30.53e9, 3.0417e9, layers=48, query_heads=32, kv_heads=4, head_dim=128, expert_share=8 / 128
)
properties = settings(max_examples=60, deadline=None, derandomize=True)


def test_compute_floor_of_a_dense_70b_model() -> None:
    """At 40 % of peak an H100 at $2 an hour gives a million tokens for $0.197."""
    step = decode(Model(70e9), H100, batch=1e6, efficiencies=Efficiencies(compute=0.4))
    assert step.bound == "compute"
    assert step.usd_per_million_tokens == pytest.approx(0.197, abs=5e-4)
    floor = cost_per_million_tokens(0.4 * 989e12 / (2 * 70e9), 2.0)
    assert floor == pytest.approx(step.usd_per_million_tokens)


def test_weight_reading_bound_of_palm_540b() -> None:
    """64 TPU v4 (1.2 TB/s each) read 540 GB of int8 weights in 7.0 ms.

    Pope et al. (2022), arXiv 2211.05102, measured 29 ms a token.
    """
    tpu = Chip(275e12, 1.2e12, memory_bytes=32e9)
    step = decode(Model(540e9, bytes_per_weight=1), tpu, chips=64)
    assert step.step_seconds == pytest.approx(7.0e-3, abs=5e-5)
    assert (step.bound, step.fits, step.usd_per_million_tokens) == ("memory", True, None)


def test_counts_of_the_measured_passes() -> None:
    """FLOP and bytes as counted beside the timings in data/tables/h100_"""
    step = decode(LLAMA, H100, context=1024)
    assert step.flop == pytest.approx(15_546_187_776, rel=1e-4)
    assert step.bytes_moved == pytest.approx(15_143_534_592, rel=1e-4)
    longest = decode(LLAMA, H100, batch=2, context=131072)
    assert longest.bytes_moved == pytest.approx(49_369_055_232, rel=1e-4)
    sparse = decode(SPARSE, H100, batch=64, context=1024)
    assert sparse.bytes_moved == pytest.approx(65_951_859_876, rel=0.015)


def test_prefill_is_bound_by_compute_and_causal() -> None:
    body = Model(6.979e9, layers=32, query_heads=32, kv_heads=8, head_dim=128)
    step = prefill(body, H100, prompt=8192)
    assert step.bound == "compute"
    assert step.flop == pytest.approx(131_941_395_333_120, rel=1e-3)
    doubled = prefill(body, H100, prompt=8192, batch=2)
    assert doubled.step_seconds == pytest.approx(2 * step.step_seconds)


def test_critical_batch_is_where_the_bound_changes() -> None:
    assert H100.critical_batch == pytest.approx(295.2, abs=0.1)
    assert decode(Model(8e9), H100, batch=295).bound == "memory"
    assert decode(Model(8e9), H100, batch=296).bound == "compute"


def test_a_sparse_model_reads_what_its_tokens_choose() -> None:
    assert SPARSE.weight_bytes_read(1) == pytest.approx(SPARSE.active * 2)
    assert SPARSE.weight_bytes_read(1e6) == pytest.approx(SPARSE.weight_bytes)
    reads = [SPARSE.weight_bytes_read(b) for b in (1, 2, 8, 64)]
    assert reads == sorted(reads)


batches, contexts = st.floats(1, 4096), st.floats(0, 1e5)


@properties
@given(batches, contexts, st.sampled_from([LLAMA, SPARSE]))
def test_batching_never_makes_a_token_dearer(batch: float, context: float, model: Model) -> None:
    one, more = (decode(model, H100, batch=b, context=context) for b in (batch, 1.5 * batch))
    assert more.usd_per_million_tokens <= one.usd_per_million_tokens * (1 + 1e-9)
    assert more.step_seconds >= one.step_seconds


@properties
@given(batches, contexts, st.integers(1, 16))
def test_ideal_chips_share_the_work_at_the_same_cost(
    batch: float, context: float, chips: int
) -> None:
    one, many = (decode(LLAMA, H100, batch=batch, context=context, chips=n) for n in (1, chips))
    assert many.step_seconds * chips == pytest.approx(one.step_seconds)
    assert many.usd_per_million_tokens == pytest.approx(one.usd_per_million_tokens)


def test_overhead_and_communication_add_time() -> None:
    ideal = decode(LLAMA, H100)
    slowed = decode(
        LLAMA,
        H100,
        efficiencies=Efficiencies(overhead_seconds_per_layer=5e-5),
        communication_seconds=1e-3,
    )
    assert slowed.step_seconds == pytest.approx(ideal.step_seconds + 32 * 5e-5 + 1e-3)


def test_memory_that_is_needed() -> None:
    assert decode(Model(70e9), H100).fits is False
    assert decode(Model(70e9), H100, chips=2).fits is True
    cache = decode(LLAMA, H100, batch=64, context=8192).memory_needed_bytes
    assert cache == pytest.approx(2 * 8.03e9 + 64 * 8192 * 131072)
    assert decode(LLAMA, Chip(1e15, 1e12)).fits is None


def test_diffusion_counts_every_pass_of_the_clip() -> None:
    model = Model(14e9, layers=40, query_heads=40, head_dim=128)
    clip = diffusion(model, H100, tokens=75_600, steps=50, video_seconds=5)
    flop = 75_600 * (2 * 14e9 + 4 * 40 * 5120 * 75_600) * 100
    assert clip.total_seconds == pytest.approx(flop / 989e12)
    assert clip.usd_per_video_minute == pytest.approx(clip.total_seconds * 12 * 2 / 3600)
    assert clip.chip_seconds_per_video_second == pytest.approx(clip.total_seconds / 5)
    plain = diffusion(model, H100, tokens=75_600, steps=50, video_seconds=5, guidance_passes=1)
    assert plain.total_seconds == pytest.approx(clip.total_seconds / 2)


def timings(truth: Efficiencies) -> pd.DataFrame:
    """Decode of two models, prefill of one more, at known efficiencies; and a ceiling row."""
    small = Model(1e9, layers=16, query_heads=16, kv_heads=4, head_dim=64)
    rows: list[dict[str, object]] = [{"phase": "ceiling_copy", "model": "-"}]
    for name, model in (("small", small), ("llama", LLAMA), ("big", Model(30e9, layers=60))):
        passes = [("decode", decode, {"batch": b}) for b in (1, 16, 64)]
        passes += [("prefill", prefill, {"prompt": p}) for p in (2048, 8192)]
        for phase, function, size in passes:
            step = function(model, H100, efficiencies=truth, **size)
            rows.append(
                {
                    "phase": phase,
                    "model": name,
                    "step_ms": step.step_seconds * 1e3,
                    "moved_bytes": step.bytes_moved,
                    "work_flop": step.flop,
                    "layers": model.layers,
                }
            )
    return pd.DataFrame(rows)


def test_fit_recovers_the_efficiencies() -> None:
    truth = Efficiencies(memory=0.83, compute=0.61, overhead_seconds_per_layer=4e-5)
    fit = fit_efficiencies(timings(truth), H100)
    assert fit.efficiencies.memory == pytest.approx(0.83, rel=1e-4)
    assert fit.efficiencies.compute == pytest.approx(0.61, rel=1e-4)
    assert fit.efficiencies.overhead_seconds_per_layer == pytest.approx(4e-5, rel=1e-3)
    assert fit.n == 15 and fit.worst_error < 1e-4
    assert fit.out_of_sample_error == pytest.approx(0, abs=1e-4)
    assert set(fit.rows["bound"]) == {"memory", "compute"}


def test_fit_measures_its_error() -> None:
    table = timings(Efficiencies(0.8, 0.6, 3e-5))
    noise = np.exp(np.random.default_rng(1).normal(0, 0.1, len(table)))
    fit = fit_efficiencies(table.assign(step_ms=table["step_ms"] * noise), H100)
    assert 0.02 < fit.median_error < 0.12
    assert fit.median_error <= fit.worst_error


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.drop(columns="work_flop"), "table: lacks .*work_flop"),
        (lambda t: t[t["phase"] == "decode"], "table: no timing is compute-bound"),
        (lambda t: t[t["phase"] == "ceiling_copy"], "step_ms: needs at least 4"),
        (lambda t: t.assign(step_ms=0.0), "step_ms: must be positive"),
        (lambda t: t.assign(layers=np.nan), "layers: must be finite"),
    ],
)
def test_bad_timings(change: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        fit_efficiencies(change(timings(Efficiencies())), H100)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: Chip(0, 1e12), "flop_per_s"),
        (lambda: Chip(1e15, 1e12, usd_per_hour=-1), "usd_per_hour"),
        (lambda: Model(np.nan), "parameters"),
        (lambda: Model(1e9, 2e9), "active_parameters"),
        (lambda: Model(1e9, expert_share=0), "expert_share"),
        (lambda: Model(1e9, expert_share=2), "expert_share"),
        (lambda: Model(1e9, layers=-1), "layers"),
        (lambda: Efficiencies(memory=0), "memory"),
        (lambda: Efficiencies(compute=1.1), "compute"),
        (lambda: Chip("fast", 1e12), "flop_per_s"),  # type: ignore[arg-type]
        (lambda: decode(LLAMA, H100, batch=None), "batch"),  # type: ignore[arg-type]
        (lambda: decode(LLAMA, H100, batch=0), "batch"),
        (lambda: decode(LLAMA, H100, context=-1), "context"),
        (lambda: decode(LLAMA, H100, chips=0), "chips"),
        (lambda: prefill(LLAMA, H100, prompt=0), "prompt"),
        (lambda: diffusion(LLAMA, H100, tokens=1, steps=0, video_seconds=1), "steps"),
        (lambda: diffusion(LLAMA, H100, tokens=1, steps=1, video_seconds=0), "video"),
        (lambda: cost_per_million_tokens(0, 2), "tokens_per_second"),
        (lambda: cost_per_million_tokens(1, np.inf), "usd_per_hour"),
        (lambda: cost_per_million_tokens(1, 2, utilisation=1.5), "utilisation"),
    ],
)
def test_bad_arguments(call: object, name: str) -> None:
    with pytest.raises(InputError, match=f"^{name}"):
        call()  # type: ignore[operator]


def test_results_print_one_line() -> None:
    model = Model(14e9, layers=40, query_heads=40, head_dim=128)
    results = [
        decode(LLAMA, H100),
        diffusion(model, H100, tokens=7560, steps=50, video_seconds=5),
        fit_efficiencies(timings(Efficiencies(0.8, 0.6, 3e-5)), H100),
    ]
    for result in results:
        assert "\n" not in str(result) and len(result.table()) > 3
