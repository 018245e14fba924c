"""What the figures of the notebook on the cost of inference show and say."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from analysis import tables
from analysis.economics.serving import fits, frames, shapes
from analysis.economics.serving.user_hours import Hours
from analysis.report import figures
from analysis.report.charts import serving as serving_charts
from analysis.report.charts.specification import Drawing


@pytest.fixture(autouse=True)
def style() -> Iterator[None]:
    figures.style()
    yield
    plt.close("all")


def shown(drawing: Drawing | None) -> str:
    """The page's figure; raises if caption, description or data are not fit to be shown."""
    assert drawing is not None
    figures.figure_html(drawing.figure, caption="What is seen", alt=drawing.alt, data=drawing.data)
    return drawing.alt


@pytest.fixture(scope="module")
def fitted() -> fits.Fits:
    timings = tables.load("h100_inference")
    return fits.fit(timings, shapes.h100(tables.load("accelerators")))


def test_roofline_counts_the_timings(fitted: fits.Fits) -> None:
    assert f"{len(fitted.errors())} forward passes" in shown(serving_charts.roofline(fitted))


def test_frame_ratios_name_the_range(fitted: fits.Fits) -> None:
    generators = shapes.generators(tables.load("video_models"))
    measured = frames.measured_ratios(fitted, tables.load("h100_inference"), generators)
    modelled = frames.modelled_ratios(fitted, generators)
    words = shown(serving_charts.frame_ratios(measured, modelled))
    assert f"{modelled[['480p', '720p', '1080p']].to_numpy().min():.2f}" in words


def test_token_costs_say_first_and_last_and_need_the_context() -> None:
    table = pd.DataFrame(
        {
            "model": ["m"] * 2, "batch_wished": [1, 128], "context_tokens": [8192] * 2,
            "usd_per_million_tokens": [16.0, 1.0], "low": [6.0, 0.4], "high": [60.0, 4.0],
        }
    )  # fmt: skip
    words = shown(serving_charts.token_costs(table))
    assert "$16" in words and "$1" in words
    assert serving_charts.token_costs(table, context=7) is None


def test_minute_costs_shade_the_article() -> None:
    table = pd.DataFrame(
        {
            "model": ["cheap", "dear", "small"], "size": ["1080p", "1080p", "480p"],
            "setting": ["few steps", "usual steps", "few steps"],
            "usd_per_minute": [0.2, 200.0, 0.1],
            "low": [0.1, 90.0, 0.05], "high": [0.6, 900.0, 0.2],
        }
    )  # fmt: skip
    words = shown(serving_charts.minute_costs(table, (15.0, 50.0)))
    assert "cheap" in words and "dear" in words and "15 to 50" in words and "small" not in words


def test_orders_draw_both_kinds() -> None:
    seconds = {
        "chat": np.ones(100),
        "agent": np.full(100, 50.0),
        "video": np.geomspace(1e3, 1e5, 100),
    }
    words = shown(serving_charts.orders(Hours(seconds, np.ones(100)), 0.95))
    assert "Agent: median 1.7" in words and "Video: median 4.0" in words
