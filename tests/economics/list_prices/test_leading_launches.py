"""Launch prices of leading models."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.economics.list_prices.leading_launches import (
    launch_price_curve,
    launch_price_growth,
    leading,
)
from analysis.economics.prices import equal_ability
from analysis.errors import InputError
from tests.economics.price_frames import crosswalk, events, history, panel, quality

DAYS = pd.date_range("2023-06-30", "2026-03-31", freq="QE")


def doubling() -> tuple:
    """A leading model each quarter whose launch price doubles every year, and poor ones beside."""
    rows, models, walk = [], [], []
    for i, day in enumerate(DAYS):
        first = f"{day:%Y-%m-%d}"
        for name, price, ability in (
            (f"best{i}", 2.0 ** (i / 4), float(i)),
            (f"poor{i}", 0.1, -9.0),
        ):
            rows.append(history(name, (first, price)))
            models.append((name, first, ability))
            walk.append((name, name, first))
    pointers = crosswalk(*walk)
    scores = quality(*models)
    return panel(events(*rows), scores, pointers), scores


def test_growth_of_launch_prices_is_recovered() -> None:
    found = launch_price_growth(*doubling())
    assert found.estimate == pytest.approx(2, rel=0.01)
    assert found.n == len(DAYS)
    low, high = found.interval or (0, 0)
    assert low < 2 < high


def test_leaders_are_the_best_quarter_of_the_year_before() -> None:
    launches = pd.DataFrame(
        {"date": pd.to_datetime(["2025-01-31"] * 2), "model": ["a", "b"], "ability": [3.0, 2.9]}
    )
    scores = quality(
        ("a", "2025-01-01", 3.0), ("b", "2025-01-01", 2.9), ("c", "2024-06-01", 1.0),
        ("d", "2024-05-01", 1.0), ("e", "2024-04-01", 1.0), ("old", "2024-01-30", 9.0),
        ("later", "2025-02-01", 9.0),
    )  # fmt: skip
    found = leading(launches, scores)
    # the upper quartile of 1, 1, 1, 2.9, 3 (linear between order statistics) is 2.9
    assert found["threshold"].tolist() == pytest.approx([2.9, 2.9])
    assert leading(launches, scores, best=0.1)["model"].tolist() == ["a"]
    assert leading(launches, scores, months=13)["threshold"].tolist() == pytest.approx([2.975])


def test_late_first_prices_are_no_launches() -> None:
    scores = quality(("slow", "2024-01-01", 1.0), ("prompt", "2024-01-01", 1.0))
    walk = crosswalk(("slow", "slow", "2024-01-01"), ("prompt", "prompt", "2024-01-01"))
    rows = events(history("slow", ("2024-07-31", 1.0)), history("prompt", ("2024-06-30", 1.0)))
    launches = equal_ability.launches(panel(rows, scores, walk))
    assert launches["model"].tolist() == ["prompt"]


def test_too_few_launches_is_an_error() -> None:
    scores = quality(("a", "2024-01-01", 1.0))
    one = panel(
        events(history("a", ("2024-01-31", 1.0))), scores, crosswalk(("a", "a", "2024-01-31"))
    )
    with pytest.raises(InputError, match="at least 3"):
        launch_price_growth(one, scores)
    with pytest.raises(InputError, match="no specification"):
        launch_price_curve(one, scores)


def test_the_curve_finds_the_doubling_too() -> None:
    curve = launch_price_curve(*doubling())
    assert curve.specifications["estimate"].dropna().between(1.9, 2.1).all()
