"""Prices of unchanged open weights, and the best model for a dollar."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.economics.prices import accessible_ability
from analysis.economics.prices import open_models as open_model_prices
from analysis.economics.prices.panels import Panel
from analysis.errors import InputError
from tests.economics.price_frames import crosswalk, events, history, panel, quality

DAYS = pd.date_range("2024-01-01", "2026-03-01", freq="MS")


def _panel(growth: list[float], *, open_weights: bool = True, through: str = "2026-04-30") -> Panel:
    """One model for each growth factor a year, priced anew each month."""
    names = [f"m{i}" for i in range(len(growth))]
    rows = [
        history(name, *((f"{day:%Y-%m-%d}", factor ** (k / 12)) for k, day in enumerate(DAYS)))
        for name, factor in zip(names, growth, strict=True)
    ]
    scores = quality(*((name, "2023-12-01", 0.0) for name in names))
    walk = crosswalk(*((name, name, "2023-12-01") for name in names))
    return panel(events(*rows, through=through), scores.assign(open_weights=open_weights), walk)


def test_the_common_trend_is_the_mean_of_equally_long_models() -> None:
    found = open_model_prices.same_open_models(_panel([0.5, 0.5, 0.8, 0.8, 0.8, 0.5]))
    assert found.estimate == pytest.approx(np.sqrt(0.4), rel=0.02)
    assert found.n == 6
    interval = found.interval or (0.0, 0.0)
    assert found.estimate is not None
    assert 0.5 * 0.98 <= interval[0] < found.estimate < interval[1] <= 0.8 * 1.02


def test_levels_of_models_do_not_matter() -> None:
    one = _panel([0.5, 0.6, 0.7, 0.8, 0.9])
    months = open_model_prices.open_months(one, 12)
    dear = months.assign(price=months["price"] * months["model"].str[1:].astype(int).add(1) * 9)
    pd.testing.assert_series_equal(
        open_model_prices.slopes_by_model(dear)["slope"],
        open_model_prices.slopes_by_model(months)["slope"],
    )


def test_closed_models_and_short_ones_do_not_count() -> None:
    with pytest.raises(InputError, match="0 open models"):
        open_model_prices.same_open_models(_panel([0.5] * 6, open_weights=False))
    with pytest.raises(InputError, match="0 open models"):
        open_model_prices.same_open_models(_panel([0.5] * 6, through="2024-11-30"))


def test_the_table_counts_cheaper_and_dearer_models() -> None:
    row = open_model_prices.slope_table({"price_lists": _panel([0.5, 1.0, 1.0, 2.0])}).iloc[0]
    assert (row["cheaper"], row["unchanged"], row["dearer"]) == (1, 2, 1)
    assert row["median"] == pytest.approx(1.0)


def _ability(before: float, after: float, wobble: float = 0.02) -> pd.DataFrame:
    months = pd.date_range("2023-12-31", "2026-07-31", freq="ME")
    years = (months - pd.Timestamp("2025-01-01")).days.to_numpy() / 365.25
    line = np.where(years < 0, before * years, after * years)
    swing = wobble * np.sin(1.7 * np.arange(len(months)))
    return pd.DataFrame({"month": months, "ability": line + swing})


def test_the_ratio_of_gains_is_recovered() -> None:
    found = accessible_ability.ratio(_ability(2.0, 1.0), "2025-01-01", covariance="sieve")
    assert found.estimate == pytest.approx(0.5, abs=0.05)
    assert found.low < 0.5 < found.high
    assert (found.before, found.after) == pytest.approx((2.0, 1.0), abs=0.1)


@pytest.mark.parametrize("end", ["low", "high"])
def test_at_the_ends_of_the_interval_the_gap_is_at_its_critical_value(end: str) -> None:
    series = _ability(2.0, 1.0, wobble=0.1)
    found = accessible_ability.ratio(series, "2025-01-01", covariance="HAC")
    gap = accessible_ability._gap(series, "2025-01-01", getattr(found, end), covariance="HAC")
    assert gap.p_value(0.0) == pytest.approx(0.05, abs=1e-6)


def test_an_earlier_gain_near_nothing_leaves_the_ratio_open() -> None:
    found = accessible_ability.ratio(_ability(0.0, 1.0, wobble=0.5), "2025-01-01", covariance="HAC")
    assert (found.low, found.high) == (-np.inf, np.inf)


def test_months_after_the_last_score_are_left_out() -> None:
    scores = quality(("m", "2023-12-01", 0.0))
    walk = crosswalk(("m", "m", "2023-12-01"))
    one = panel(events(history("m", ("2024-01-01", 0.1))), scores, walk)
    with pytest.raises(InputError, match="3 have a model"):
        accessible_ability.gain_ratio(one, scored_to="2024-04-15")
