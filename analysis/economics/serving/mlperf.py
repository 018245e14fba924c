"""The roofline, fitted on one H100 in bf16, against what others reported to MLPerf Inference.

Readings fixed before any result was computed, but for the last, which was added after:

- Offline results of models whose shape is published, in fp8 or fp4 as declared, on chips whose
  peak rate in that format is in the table of accelerators; one a result.
- The shares of peak that were fitted in bf16 hold for the other format and the other chips; weights
  take one byte or half a byte a value, the cache one byte under both.
- The results count output tokens, and the lengths of the prompts are not in the table. Two bounds:
  no prompt at all, and a prompt as long as the reply.
- Sequences are as long as the reply (half of it, on average, while decoding), and as many as memory
  holds.
- Llama 3.1, whose prompts are documents and cost more than the replies, is left out: without the
  length of the prompts the bounds say nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.columns import require
from analysis.economics.serving import text_cost
from analysis.economics.serving.chips import Chip, Model
from analysis.economics.serving.fits import Fits
from analysis.errors import InputError

# mean output tokens a sample, from the accuracy targets of MLCommons' reference code
# (github.com/mlcommons/inference, tools/submission): llama2-70b 294.45, mixtral-8x7b 145.9
# shapes: Llama 2 (arXiv 2307.09288), Mixtral (arXiv 2401.04088)
_MODELS: dict[str, tuple[Model, float]] = {
    "llama2-70b-99": (Model(69e9, layers=80, query_heads=64, kv_heads=8, head_dim=128), 294.45),
    "mixtral-8x7b": (
        Model(
            46.7e9, 12.9e9, layers=32, query_heads=32, kv_heads=8, head_dim=128, expert_share=2 / 8
        ),
        145.9,
    ),
}
_CHIPS = {
    "NVIDIA H100-SXM-80GB": "NVIDIA H100 SXM5 80GB",
    "NVIDIA H200-SXM-141GB": "NVIDIA H200 SXM",
    "NVIDIA B200-SXM-180GB": "NVIDIA B200",
    "NVIDIA GB200": "NVIDIA GB200",
}
_BYTES = {"fp8": 1.0, "fp4": 0.5}
ALONE, WITH_PROMPT = "predicted_without_prompts", "predicted_with_prompts"


def compared(results: pd.DataFrame, accelerators: pd.DataFrame, fits: Fits) -> pd.DataFrame:
    """Reported and predicted output tokens a second and chip, one row a result.

    Raises:
        InputError: when no result known by then can be predicted.
    """
    require("results", results, ["scenario", "benchmark", "accelerator", "accelerators"])
    rows = results[
        (results["scenario"] == "Offline")
        & (results["result_unit"] == "tokens/s")
        & results["benchmark"].isin(list(_MODELS))
        & results["accelerator"].isin(list(_CHIPS))
        & results["declared_number_format"].isin(list(_BYTES))
        & (results["accelerators"] > 0)
    ]
    peaks = {str(row["accelerator"]): row for row in accelerators.to_dict("records")}
    found = [_row(row, peaks, fits) for row in rows.to_dict("records")]
    known = [row for row in found if row is not None]
    if not known:
        raise InputError("results", "no result that can be predicted was known by then")
    return pd.DataFrame(known)


def errors(table: pd.DataFrame) -> pd.DataFrame:
    """Reported over predicted by model and chip: median of the results under both bounds."""
    keys = ["benchmark", "chip", "format"]
    ratios = table.assign(
        of_bound_without_prompts=table["reported"] / table[ALONE],
        of_bound_with_prompts=table["reported"] / table[WITH_PROMPT],
    )
    columns = ["reported", "of_bound_without_prompts", "of_bound_with_prompts"]
    grouped = ratios.groupby(keys)
    return grouped[columns].median().assign(results=grouped.size()).reset_index()


def _row(
    row: Mapping[Any, Any], peaks: Mapping[str, Mapping[Any, Any]], fits: Fits
) -> dict[str, Any] | None:
    name, number = _CHIPS[row["accelerator"]], row["declared_number_format"]
    if name not in peaks or not np.isfinite(peaks[name][f"{number}_flop_per_s"]):
        return None
    peak = peaks[name]
    chip = Chip(
        float(peak[f"{number}_flop_per_s"]),
        float(peak["memory_bandwidth_bytes_per_s"]),
        memory_bytes=float(peak["memory_bytes"]),
    )
    model, output = _MODELS[row["benchmark"]]
    model = _in_format(model, _BYTES[number])
    fit = (fits.sparse if model.expert_share < 1 else fits.dense).efficiencies
    context, wished = np.array([output]), np.array([4096.0])
    written = text_cost.decode_seconds(model, chip, fit, wished, context / 2)[0]
    read = text_cost.read_seconds(model, chip, fit, context / 2)[0]
    return {
        "round": row["round"],
        "submitter": row["submitter"],
        "benchmark": row["benchmark"],
        "chip": name,
        "format": number,
        "chips": row["accelerators"],
        "reported": row["result"] / row["accelerators"],
        ALONE: 1 / written,
        WITH_PROMPT: 1 / (written + read),
    }


def _in_format(model: Model, size: float) -> Model:
    return replace(model, bytes_per_weight=size, bytes_per_cache_value=max(size, 1.0))
