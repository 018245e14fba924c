"""Hedonic indices: known indices are recovered, and the errors are those of the textbook."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.methods import price_index
from analysis.methods._clustered import clustered


def market(seed: int, *, items: int = 40, periods: int = 5, noise: float = 0.3) -> pd.DataFrame:
    """Items enter and leave; price falls 20 % a period at constant quality, item error persists."""
    generator = np.random.default_rng(seed)
    rows = []
    for item in range(items):
        quality, error = generator.normal(), noise * generator.normal()
        start = 0 if item < 6 else generator.integers(0, periods)
        length = generator.integers(1, periods + 1)
        for period in range(start, min(start + length, periods)):
            blip = error + 0.1 * noise * generator.normal()
            log_price = 1 + np.log(0.8) * period + 0.9 * quality + blip
            rows.append((period, item, np.exp(log_price), quality))
    return pd.DataFrame(rows, columns=["period", "item", "price", "quality"])


@pytest.mark.parametrize("kind", ["time_dummy", "imputation"])
def test_recovers_the_index_without_noise(kind: str) -> None:
    index = price_index.hedonic(market(1, noise=0), "quality", kind=kind)
    np.testing.assert_allclose(index.series, 0.8 ** np.arange(5), rtol=1e-9)


@pytest.mark.parametrize("kind", ["time_dummy", "imputation"])
def test_units_do_not_matter(kind: str) -> None:
    panel = market(2)
    other = panel.assign(price=panel["price"] * 130, quality=panel["quality"] * 7 + 3)
    ours, theirs = (price_index.hedonic(p, "quality", kind=kind) for p in (panel, other))
    for part in ("series", "low", "high"):
        np.testing.assert_allclose(getattr(ours, part), getattr(theirs, part), rtol=1e-9)


def test_time_dummy_against_statsmodels() -> None:
    from statsmodels.regression.linear_model import OLS

    panel = market(3)
    design = pd.get_dummies(panel["period"], dtype=float).iloc[:, 1:]
    design = design.assign(constant=1.0, quality=panel["quality"])
    fit = OLS(np.log(panel["price"]), design).fit(cov_type="HC3", use_t=True)
    ours = price_index.hedonic(panel, "quality", cluster=None)
    change, error = fit.params[[1, 2, 3, 4]], fit.bse[[1, 2, 3, 4]]
    np.testing.assert_allclose(ours.standard_error.iloc[1:], error, rtol=1e-9)
    np.testing.assert_allclose(ours.series.iloc[1:], np.exp(change - error**2 / 2), rtol=1e-9)
    bounds = np.exp(fit.conf_int().loc[[1, 2, 3, 4]])
    np.testing.assert_allclose(np.column_stack([ours.low, ours.high])[1:], bounds, rtol=1e-9)
    assert ours.quality is not None
    assert ours.quality["quality"] == pytest.approx(fit.params["quality"])
    assert ours.r_squared == pytest.approx(fit.rsquared)


def test_imputation_is_the_change_of_two_regressions() -> None:
    panel = market(4)
    lines = {t: np.polyfit(p["quality"], np.log(p["price"]), 1) for t, p in panel.groupby("period")}
    means = panel.groupby("period")["quality"].mean()
    index = price_index.hedonic(panel, "quality", kind="imputation")
    for period in range(1, 5):
        gap = [np.polyval(lines[period], q) - np.polyval(lines[0], q) for q in means[[0, period]]]
        change = np.mean(gap)
        error = index.standard_error[period]
        assert np.log(index.series[period]) + error**2 / 2 == pytest.approx(change)


def test_clustered_covariance_is_the_jackknife_over_clusters() -> None:
    panel = market(5, items=12)
    design = np.column_stack([np.ones(len(panel)), panel["period"], panel["quality"]])
    response = np.log(panel["price"].to_numpy())
    fit = clustered(design, response, panel["item"].to_numpy())
    left_out = np.array(
        [
            np.linalg.lstsq(design[panel["item"] != g], response[panel["item"] != g])[0]
            for g in panel["item"].unique()
        ]
    )
    gaps = left_out - fit.coefficients
    np.testing.assert_allclose(fit.covariance, gaps.T @ gaps, rtol=1e-8)


def dated(panel: pd.DataFrame) -> pd.DataFrame:
    return panel.assign(date=pd.to_datetime(panel["period"].map(lambda t: f"{2020 + t}-01-01")))


def test_trend_recovers_the_factor_and_its_errors() -> None:
    from statsmodels.regression.linear_model import OLS

    exact = price_index.hedonic_trend(dated(market(1, noise=0)), "quality", date="date")
    assert exact.growth_per_year == pytest.approx(0.8)
    panel = dated(market(6))
    design = np.column_stack([np.ones(len(panel)), panel["period"], panel["quality"]])
    fit = OLS(np.log(panel["price"].to_numpy()), design).fit(cov_type="HC3", use_t=True)
    ours = price_index.hedonic_trend(panel, ["quality"], date="date", cluster=None)
    assert ours.interval == pytest.approx(tuple(np.exp(fit.conf_int()[1])))
    assert ours.p_value == pytest.approx(fit.pvalues[1])
    assert ours.slope_log10 == pytest.approx(np.log10(ours.growth_per_year))
    assert ours.quality["quality"] == pytest.approx(fit.params[2])
    clustered = price_index.hedonic_trend(panel, "quality", date="date")
    assert clustered.clusters == panel["item"].nunique() and ours.clusters == len(panel)


def listed_for_half_a_year(seed: int) -> pd.DataFrame:
    """Price halves in a year; 40 items, each on the list for six of 24 months."""
    generator = np.random.default_rng(seed)
    quality, error = generator.normal(size=(2, 40))
    start = generator.integers(0, 24, size=40)
    panel = pd.DataFrame(
        [(item, month) for item in range(40) for month in range(start[item], start[item] + 6)],
        columns=["item", "month"],
    )
    noise = 0.3 * error[panel["item"]] + 0.03 * generator.normal(size=len(panel))
    price = 0.5 ** (panel["month"] / 12) * np.exp(quality[panel["item"]] + noise)
    date = pd.Timestamp("2023-01-01") + panel["month"].map(lambda m: pd.DateOffset(months=m))
    return panel.assign(date=date, price=price, quality=quality[panel["item"]])


def test_clustering_covers_where_independent_errors_do_not() -> None:
    hits = {"item": 0, None: 0}
    for panel in map(listed_for_half_a_year, range(100)):
        for cluster in hits:
            low, high = price_index.hedonic_trend(
                panel, "quality", date="date", cluster=cluster
            ).interval
            hits[cluster] += low <= 0.5 <= high
    assert hits["item"] >= 90
    assert hits[None] <= 75


def test_prints_one_line_and_a_table() -> None:
    panel = dated(market(7))
    for result in (
        price_index.hedonic(panel, "quality"),
        price_index.hedonic_trend(panel, "quality", date="date"),
    ):
        assert "\n" not in str(result) and len(result.table()) > 3


PANEL = dated(market(8))
LONELY = pd.concat([PANEL, PANEL.head(1).assign(period=9, item=99)])


@pytest.mark.parametrize(
    ("panel", "message"),
    [
        (PANEL.iloc[:0], "panel: has no rows"),
        (PANEL.drop(columns="quality"), "panel: lacks .*quality"),
        (PANEL.assign(quality=1.0), "quality: .*identify"),
        (PANEL.assign(quality=np.nan), "quality: must be finite"),
        (PANEL.assign(price=-1.0), "price: must be positive"),
        (PANEL.assign(period=1), "period: .*two periods"),
        (PANEL.assign(item=None), "item: must not be missing"),
        (PANEL.head(3).assign(period=[1, 2, 3]), "quality: needs more than 4 values"),
        (LONELY, "panel: .*drop or merge"),
    ],
)
def test_bad_panels(panel: pd.DataFrame, message: str) -> None:
    with pytest.raises(InputError, match=message):
        price_index.hedonic(panel, "quality")


def test_bad_choices() -> None:
    with pytest.raises(InputError, match="kind"):
        price_index.hedonic(PANEL, "quality", kind="dummy")
    with pytest.raises(InputError, match="quality"):
        price_index.hedonic(PANEL, [])
    with pytest.raises(InputError, match="level"):
        price_index.hedonic(PANEL, "quality", level=95)
    with pytest.raises(InputError, match="maker"):
        price_index.hedonic(PANEL, "quality", cluster="maker")
    with pytest.raises(InputError, match="date: must not be constant"):
        price_index.hedonic_trend(PANEL.assign(date="2024-01-01"), "quality", date="date")
