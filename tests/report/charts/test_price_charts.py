"""Figures on prices of given ability say in words what they show, and carry their data."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from analysis.economics.prices import capability as capability_claims
from analysis.economics.prices import equal_ability
from analysis.errors import InputError
from analysis.report import drawing, figures
from analysis.report.charts import ability as ability_charts
from analysis.report.charts import price as price_charts
from analysis.report.charts.specification import Drawing


@pytest.fixture(autouse=True)
def _styled() -> Iterator[None]:
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    with mpl.rc_context():
        drawing.style()
        yield
    plt.close("all")


def shown(chart: Drawing) -> str:
    """The page of a figure; it raises where alt text or data do not do."""
    return str(
        figures.figure_html(
            chart.figure, caption="What it shows.", alt=chart.alt, data=chart.data, sources="x"
        )
    )


def series(last: str = "m1") -> dict[str, pd.DataFrame]:
    """43 months on two sources, falling and then flat."""
    months = pd.date_range("2023-04-30", periods=43, freq="ME")
    logs = np.maximum(1.5 - np.arange(43) / 8, -1.6) + 0.01 * np.sin(np.arange(43))
    rows = pd.DataFrame({"month": months, "price": 10.0**logs, "host": "h", "ability": logs})
    rows["model"] = np.where(np.arange(43) < 20, "gpt-4-0314", last)
    rows["standard_error"] = 0.1
    return {"price_lists": rows, "router": rows.iloc[3:-2].reset_index(drop=True)}


def test_cheapest_names_both_ends_and_both_slopes() -> None:
    found = series()
    bends = {source: capability_claims.bend(rows) for source, rows in found.items()}
    chart = price_charts.cheapest(found, {**bends, "router": None})
    assert "price lists: from $31.60 in April 2023" in chart.alt
    assert f"{bends['price_lists'].before.factor:.2g}-fold a year before 2025" in chart.alt
    assert len(chart.data) == 43 + 38
    assert "usd_per_million_tokens" in chart.data
    assert "gpt-4-0314" in shown(chart)


def test_best_shows_each_source() -> None:
    chart = price_charts.best(series())
    assert "price lists: from" in chart.alt and "router: from" in chart.alt
    shown(chart)


def test_labels_that_would_overlap_are_left_out() -> None:
    import matplotlib.pyplot as plt

    rows = series()["price_lists"].assign(price=1.0)
    rows["model"] = np.where(np.arange(43) < 20, "a", np.where(np.arange(43) < 22, "b", "c"))
    _, ax = plt.subplots()
    price_charts._turns(ax, rows)
    assert [text.get_text() for text in ax.texts] == ["c", "a"]


def test_the_ladder_has_a_line_for_each_ability() -> None:
    rungs = pd.concat(
        [rows.assign(ability_of=name, source="price_lists")
         for name, rows in (("gpt-4-0314", series()["price_lists"]),
                            ("o1-2024-12-17", series()["router"]))]
    )  # fmt: skip
    chart = price_charts.ladder(rungs)
    assert "gpt-4-0314: from" in chart.alt and "o1: from" in chart.alt
    shown(chart)


def test_the_forecast_says_where_price_and_band_lie() -> None:
    rows = series()["price_lists"]
    steps = np.r_[1.0, np.tile([-0.2, 0.1, -0.1], 7), np.tile([-0.1, 0.1, 0.0], 7)]
    rows["price"] = 10.0 ** np.cumsum(steps)
    chart = price_charts.forecast(rows, capability_claims.forecast_band(rows))
    assert "August 2026: above the median" in chart.alt
    assert "inside a band" in chart.alt
    cut = rows.assign(price=rows["price"].where(rows.index < 40, 1e-30))
    fallen = price_charts.forecast(cut, capability_claims.forecast_band(rows)).alt
    assert "below the median" in fallen and "outside a band" in fallen
    shown(chart)


def _launched(n: int = 60) -> pd.DataFrame:
    generator = np.random.default_rng(3)
    days = pd.date_range("2023-05-01", periods=n, freq="20D")
    ability = np.linspace(-1, 2, n) + 0.3 * generator.normal(size=n)
    logs = 1 - np.arange(n) * 20 / 365 + 0.6 * ability + 0.2 * generator.normal(size=n)
    return pd.DataFrame(
        {"date": days, "released": days, "ability": ability, "price": 10.0**logs, "model": "m",
         "developer": [f"d{i % 12}" for i in range(n)], "open_weights": np.arange(n) % 2 == 0}
    )  # fmt: skip


def test_launches_say_how_many_and_how_fast() -> None:
    sample = _launched()
    fit = equal_ability.equal_ability(sample)
    put = {"price_lists": equal_ability.adjusted(sample), "router": None}
    chart = ability_charts.launches(put, {"price_lists": fit})
    assert "price lists: 60 models" in chart.alt
    assert len(chart.data) == 60
    shown(chart)
    with pytest.raises(InputError, match="launches enough"):
        ability_charts.launches({"router": None}, {})


def test_the_best_cheap_model_is_named_at_both_ends() -> None:
    chart = ability_charts.best_cheap(series("kimi"))
    assert "(gpt-4-0314) in April 2023" in chart.alt
    assert "(kimi) in October 2026" in chart.alt
    shown(chart)


@pytest.mark.parametrize(
    ("model", "short"),
    [
        ("gpt-4-0314", "gpt-4-0314"),
        ("o1-2024-12-17", "o1"),
        ("claude-3-sonnet-20240229", "claude-3-sonnet"),
    ],
)
def test_names_are_shortened_by_their_date(model: str, short: str) -> None:
    assert price_charts._short(model) == short
