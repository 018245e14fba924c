"""Epoch AI's public exports: which columns are kept, under which names, and which rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from analysis.errors import DataError
from analysis.files import as_text, csv_bytes, read_csv
from analysis.sources.live import File
from analysis.sources.sidecar import Sidecar

MODELS = "snapshots/epoch_ai/notable_models.csv"
HARDWARE = "snapshots/epoch_ai/ml_hardware.csv"
_MODELS_URL = "https://epoch.ai/data/notable_ai_models.csv"
_HARDWARE_URL = "https://epoch.ai/data/ml_hardware.csv"
FIRST_DAY = "2010-01-01"

_MODEL_COLUMNS = {
    "model": "Model",
    "developer": "Organization",
    "country": "Country (of organization)",
    "published": "Publication date",
    "domain": "Domain",
    "parameters": "Parameters",
    "training_compute_flop": "Training compute (FLOP)",
    "compute_confidence": "Confidence",
    "training_cost_usd_2023": "Training compute cost (2023 USD)",
    "training_power_w": "Training power draw (W)",
    "training_hardware": "Training hardware",
    "hardware_count": "Hardware quantity",
    "mfu": "Hardware utilization (MFU)",
    "open_weights": "Open model weights?",
    "source": "Link",
}
_HARDWARE_COLUMNS = {
    "accelerator": "Hardware name",
    "manufacturer": "Manufacturer",
    "kind": "Type",
    "released": "Release date",
    "release_price_usd": "Release price (USD)",
    "fp16_flop_per_s": "Tensor-FP16/BF16 performance (FLOP/s)",
    "fp8_flop_per_s": "FP8 performance (FLOP/s)",
    "fp4_flop_per_s": "FP4 performance (FLOP/s)",
    "fp32_flop_per_s": "FP32 (single precision) performance (FLOP/s)",
    "memory_bytes": "Memory (bytes)",
    "memory_bandwidth_bytes_per_s": "Memory bandwidth (byte/s)",
    "tdp_w": "TDP (W)",
    "process_nm": "Process size (nm)",
    "price_source": "Source for the price",
    "source": "Link to datasheet",
}
_NUMBERS = {"parameters", "hardware_count", "mfu", "process_nm"}
_UNITS = ("_flop", "_usd", "_usd_2023", "_w", "_per_s", "_bytes")


def notable_models(content: bytes, day: str) -> tuple[bytes, Sidecar]:
    """Models published since 2010 with an estimate of training compute or cost, by day."""
    rows = _kept(content, _MODEL_COLUMNS, _MODELS_URL)
    rows["source"] = [cell.split(" ")[0] for cell in rows["source"]]
    estimated = (rows["training_compute_flop"] != "") | (rows["training_cost_usd_2023"] != "")
    rows = rows[estimated & (rows["published"] >= FIRST_DAY)]
    rows = rows.sort_values(["published", "model"], kind="stable")
    about = _about(
        "Notable AI Models",
        day,
        rows["published"].iloc[0],
        f"{_MODELS_URL}: models published since 2010 with an estimate of training compute or"
        " cost; fifteen columns kept and renamed with their unit, line breaks removed, the first"
        " address of several kept.",
    )
    return csv_bytes(rows), _counted(about, rows)


def ml_hardware(content: bytes, day: str) -> tuple[bytes, Sidecar]:
    """All chips, by day of release; those without one come last."""
    rows = _kept(content, _HARDWARE_COLUMNS, _HARDWARE_URL)
    undated = rows["released"] == ""
    rows = rows.assign(undated=undated).sort_values(["undated", "released", "accelerator"])
    about = _about(
        "Machine Learning Hardware",
        day,
        rows["released"].iloc[0],
        f"{_HARDWARE_URL}: fifteen columns kept and renamed with their unit, line breaks removed.",
    )
    return csv_bytes(rows[[*_HARDWARE_COLUMNS]]), _counted(about, rows)


LIVE = (
    File(path=MODELS, url=_MODELS_URL, kind="csv", read=notable_models),
    File(path=HARDWARE, url=_HARDWARE_URL, kind="csv", read=ml_hardware),
)


def _kept(content: bytes, columns: Mapping[str, str], url: str) -> pd.DataFrame:
    """The wanted columns under our names, as text; DataError if one is missing or no number."""
    table = read_csv(content, url)
    for name in columns.values():
        if name not in table.columns:
            raise DataError("this column is missing", file=url, row=1, column=name)
    kept = pd.DataFrame(
        {
            ours: [_number(cell, row, theirs, url) for row, cell in table[theirs].items()]
            if ours in _NUMBERS or ours.endswith(_UNITS)
            else table[theirs]
            for ours, theirs in columns.items()
        },
        index=table.index,
    )
    return as_text(kept, columns)


def _number(cell: str, row: object, column: str, url: str) -> float | None:
    try:
        return float(cell) if cell.strip() else None
    except ValueError:
        problem = f"{cell!r} is not a number"
        raise DataError(problem, file=url, row=int(str(row)), column=column) from None


def _about(title: str, day: str, first: str, processing: str) -> Sidecar:
    return Sidecar(
        title=title,
        producer="Epoch AI",
        citation=f'Epoch AI, "Data on {title}", export of {day}',
        licence="CC BY 4.0",
        url="https://epoch.ai/data",
        accessed=day,
        vintage=day,
        known_from=first,
        processing=processing,
    )


def _counted(about: Sidecar, rows: pd.DataFrame) -> Sidecar:
    return replace(about, rows=len(rows))
