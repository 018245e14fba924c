"""Figures on agents, caches, labs and mixtures say what they show."""

from __future__ import annotations

import matplotlib
import pandas as pd

matplotlib.use("Agg")

from analysis.report.charts import serving_account as charts


def test_hours_name_their_range() -> None:
    traces = pd.DataFrame(
        {"trace": ["a", "b"], "grade": "A", "usd_per_hour": [2.0, None],
         "usd_per_hour_at_work": [8.0, None]}
    )  # fmt: skip
    stated = pd.DataFrame({"budget": ["s"], "grade": ["B"], "usd_per_hour": [0.5]})
    drawing = charts.agent_hours(traces, stated, 2.0)
    assert drawing is not None
    assert "$0.50 to $8" in drawing.alt
    assert len(drawing.data) == 3
    assert charts.agent_hours(traces.iloc[1:], stated.iloc[:0], 2.0) is None


def test_caches_count_hosts_below_half() -> None:
    hosts = pd.DataFrame(
        {"host": ["x", "y", "z"], "least": [0.1, 0.2, 0.6], "median": [0.1, 0.25, 0.8],
         "largest": [0.2, 0.5, 0.9]}
    )  # fmt: skip
    drawing = charts.cached_ratios(hosts)
    assert drawing is not None and "the median of 2 of them" in drawing.alt
    assert charts.cached_ratios(hosts.iloc[:0]) is None


def test_mixtures_and_dense_models_are_counted() -> None:
    found = pd.DataFrame(
        {"model": list("abc"), "developer": "d", "ability": [0.0, 1.0, 2.0],
         "released": pd.Timestamp("2025-01-01"), "price": [1.0, 2.0, 3.0],
         "experts": [0.0, 1.0, 1.0]}
    )  # fmt: skip
    drawing = charts.prices_by_ability(found, "Lists")
    assert "1 dense" in drawing.alt and "2 mixture" in drawing.alt
