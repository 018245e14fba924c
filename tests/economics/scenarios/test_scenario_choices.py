"""The probability of inflation under every choice, on series whose direction is known."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd
import pytest

from analysis.economics.prices.variants import Variants
from analysis.economics.scenarios import choices
from tests.economics.scenarios.scenario_inputs import series


class Straight:
    """Stands for ``Variants``: one straight series, a little different for each choice."""

    def __init__(self, growth: float) -> None:
        self.growth = growth

    def cheapest(self, source: str, *, threshold: str, rank: int, dollars: str) -> pd.DataFrame:
        frame = series(self.growth, months=40, noise=0.02 * rank, seed=len(threshold + dollars))
        return frame.rename(columns={"day": "month", "value": "price"})

    def window(self, frame: pd.DataFrame, start: Any) -> pd.DataFrame:
        return frame[frame["month"] >= pd.Timestamp(start)]


def curve(growth: float, tokens: tuple[float, float] | None = (0.0, 0.1)) -> Any:
    return choices.inflation_curve(cast(Variants, Straight(growth)), tokens=tokens, horizon=2030)


@pytest.mark.parametrize(("growth", "probability"), [(0.2, 0.0), (5.0, 1.0)])
def test_a_clear_trend_leaves_no_doubt(growth: float, probability: float) -> None:
    found = curve(growth).specifications
    around = found[(found["scatter"] == "around the trend") & (found["skipped"] == "")]
    assert around["estimate"].to_list() == pytest.approx([probability] * len(around), abs=0.02)


def test_tokens_make_a_task_dearer_than_a_token() -> None:
    found = curve(0.95, (0.0, 0.1)).specifications
    means = found.groupby("unit")["estimate"].mean().to_dict()
    assert means[choices.TASK] > means[choices.TOKEN] + 0.2


def test_without_tokens_only_the_price_counts() -> None:
    found = curve(0.9, None).specifications
    ran = found[found["skipped"] == ""]
    assert set(ran["unit"]) == {choices.TOKEN}


def test_ranges_count_shares_of_nothing_as_often_as_they_come() -> None:
    found = curve(0.9)
    table = choices.ranges(found)
    assert table["specifications"].sum() == len(found.specifications) > found.n
    assert table["smallest"].min() == found.estimates["estimate"].min()
    assert table["largest"].max() == found.estimates["estimate"].max()
    low = choices.ranges(curve(0.2)).query("unit == @choices.TOKEN")
    assert (low["above_half"] == 0).all()
