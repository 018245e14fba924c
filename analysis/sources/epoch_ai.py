"""Epoch AI: notable models with training compute and cost; machine-learning hardware."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources import epoch_exports
from analysis.sources.epoch_exports import HARDWARE, MODELS
from analysis.sources.sidecar import Snapshots

LIVE = epoch_exports.LIVE


def training_runs(snapshots: Snapshots) -> pd.DataFrame:
    """Models since 2010, dated back to their publication: the estimates themselves are later."""
    runs = snapshots.csv(MODELS)
    day = runs["published"]
    return runs.assign(refers_to=day, known_from=day, known_basis="reconstructed")


def accelerators(snapshots: Snapshots) -> pd.DataFrame:
    """Chips by release; those without a release date are known from the day of the export."""
    chips = snapshots.csv(HARDWARE)
    vintage = snapshots.used[HARDWARE].vintage
    day = chips["released"].where(chips["released"] != "", vintage)
    known = day.where(day <= vintage, vintage)
    basis = pd.Series("reconstructed", chips.index).where(day <= vintage, "vintage")
    return chips.assign(refers_to=day, known_from=known, known_basis=basis)


def _gpt4_in_export(snapshots: Snapshots) -> bool:
    runs = snapshots.csv(MODELS)
    return list(runs.loc[runs["model"] == "GPT-4 (Mar 2023)", "training_compute_flop"]) == [
        "2.1e+25"
    ]


TABLES = [
    Table(
        name="training_runs",
        title="Training runs of notable AI models since 2010",
        description=(
            "Training compute, cost, hardware and power of notable models as Epoch AI estimated"
            " them in July 2026. Estimates are revised between vintages, and the compute of most"
            " frontier runs of 2026 is undisclosed."
        ),
        build=training_runs,
        key=("model",),
        columns=(
            Column("model", "text", "name as Epoch AI gives it"),
            Column("developer", "text", "organisations that trained it"),
            Column("country", "text", "countries of the organisations, in the same order"),
            Column("domain", "text", "what it works on, comma-separated"),
            Column("parameters", "number", "trainable parameters", "1", required=False, above=0),
            Column(
                "training_compute_flop",
                "number",
                "floating-point operations of the final training run",
                "FLOP",
                required=False,
                above=0,
            ),
            Column(
                "compute_confidence",
                "text",
                "confidence in the compute estimate",
                allowed=("Confident", "Likely", "Speculative"),
            ),
            Column(
                "training_cost_usd_2023",
                "number",
                "amortised hardware and energy cost of the final training run",
                "USD of December 2023",
                required=False,
                above=0,
            ),
            Column(
                "training_power_w",
                "number",
                "power drawn by the training cluster",
                "W",
                required=False,
                above=0,
            ),
            Column("training_hardware", "text", "accelerators used", required=False),
            Column("hardware_count", "number", "accelerators used", "1", required=False, above=0),
            Column("mfu", "number", "share of peak FLOP/s achieved", "1", required=False, above=0),
            Column(
                "open_weights",
                "text",
                "whether the weights can be downloaded",
                required=False,
                allowed=("Yes", "No"),
            ),
            Column("source", "text", "where the figures are from", required=False),
        ),
        checks=(
            Check(
                "gpt4_is_2.1e25_in_the_export",
                "snapshot",
                "the export gives GPT-4 a training compute of 2.1e25 FLOP",
                _gpt4_in_export,
            ),
            value_is(
                "gpt4_training_compute_is_2.1e25",
                {"model": "GPT-4 (Mar 2023)"},
                "training_compute_flop",
                2.1e25,
            ),
            rows_at_least(468),
        ),
    ),
    Table(
        name="accelerators",
        title="Machine-learning accelerators",
        description=(
            "Peak FLOP/s by number format, memory, bandwidth, power and release price of chips used"
            " for machine learning, as Epoch AI listed them in July 2026. Dense rates, no sparsity;"
            " release prices are known for a third of the chips."
        ),
        build=accelerators,
        key=("accelerator",),
        columns=(
            Column("accelerator", "text", "name as Epoch AI gives it"),
            Column("manufacturer", "text", "who designed it", required=False),
            Column("kind", "text", "GPU, TPU or another kind of chip", required=False),
            Column("released", "date", "day of release", required=False),
            Column(
                "release_price_usd",
                "number",
                "price of one chip at release, nominal",
                "USD",
                required=False,
                above=0,
            ),
            *(
                Column(
                    f"{name}_flop_per_s",
                    "number",
                    f"peak rate in {label}",
                    "FLOP/s",
                    required=False,
                    above=0,
                )
                for name, label in (
                    ("fp16", "16-bit floating point on tensor units"),
                    ("fp8", "8-bit floating point"),
                    ("fp4", "4-bit floating point"),
                    ("fp32", "32-bit floating point"),
                )
            ),
            Column("memory_bytes", "number", "memory on board", "bytes", required=False, above=0),
            Column(
                "memory_bandwidth_bytes_per_s",
                "number",
                "peak memory bandwidth",
                "bytes/s",
                required=False,
                above=0,
            ),
            Column("tdp_w", "number", "thermal design power", "W", required=False, above=0),
            Column("process_nm", "number", "process node", "nm", required=False, above=0),
            Column("price_source", "text", "where the price is from", required=False),
            Column("source", "text", "data sheet", required=False),
        ),
        checks=(
            value_is(
                "h100_sxm_bandwidth_is_3.35e12",
                {"accelerator": "NVIDIA H100 SXM5 80GB"},
                "memory_bandwidth_bytes_per_s",
                3.35e12,
            ),
            rows_at_least(176),
        ),
    ),
]
