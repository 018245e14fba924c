"""Small made-up tables in the shape of training_runs, run_links, training_costs, model_quality."""

from __future__ import annotations

import pandas as pd


def runs(**columns: object) -> pd.DataFrame:
    """Training runs; what is not given is the same harmless value in every row."""
    frame = pd.DataFrame(columns)
    frame["refers_to"] = pd.to_datetime(frame["refers_to"])
    usual = {
        "developer": "Lab", "domain": "Language", "parameters": 1e9,
        "training_compute_flop": 1e22, "compute_confidence": "Confident",
        "training_hardware": "", "hardware_count": float("nan"), "open_weights": "No",
    }  # fmt: skip
    return frame.assign(**{k: v for k, v in usual.items() if k not in frame})


def links(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["run", "relation", "target"])
    return frame.assign(source="here", grade="A")


def steady(
    per_year: float, *, n: int = 40, start: str = "2016-01-01", jitter: float = 0.0
) -> pd.DataFrame:
    """Runs a quarter apart whose compute grows by a constant factor, up and down by ``jitter``."""
    days = pd.date_range(start, periods=n, freq="QS")
    years = (days - days[0]).days / 365.25
    swing = [1 + jitter * (-1) ** i for i in range(n)]
    flop = 1e20 * per_year**years * swing
    return runs(model=[f"m{i}" for i in range(n)], refers_to=days, training_compute_flop=flop)
