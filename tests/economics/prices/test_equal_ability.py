"""Launches, and their price at equal ability."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.economics.prices import equal_ability
from analysis.errors import InputError
from analysis.methods.trend import decimal_year
from tests.economics.price_frames import crosswalk, events, history, panel, quality


def sample(noise: float = 0.1, seed: int = 0, n: int = 80, developers: int = 16) -> pd.DataFrame:
    """Launch prices that fall tenfold a year at equal ability and rise fourfold a point."""
    generator = np.random.default_rng(seed)
    days = pd.date_range("2023-04-01", "2026-08-01", periods=n)
    years = np.asarray(decimal_year(days)) - 2023.25
    by = generator.integers(0, developers, n)
    ability = 1.2 * years - 0.6 + 0.4 * generator.normal(size=n)
    shared = noise * generator.normal(size=developers)[by]
    logs = 1.5 - years + np.log10(4) * ability + shared + noise * generator.normal(size=n)
    return pd.DataFrame(
        {"date": days, "released": days, "ability": ability, "price": 10.0**logs,
         "developer": [f"d{i}" for i in by], "open_weights": False, "model": "m"}
    )  # fmt: skip


def test_growth_at_equal_ability_is_recovered() -> None:
    found = equal_ability.hedonic(sample())
    assert found.estimate == pytest.approx(0.1, rel=0.15)
    assert found.interval and found.interval[0] < 0.1 < found.interval[1]
    assert found.p_value is not None and found.p_value < 0.01


def test_units_of_price_do_not_matter() -> None:
    dearer = sample().assign(price=lambda f: 100 * f["price"])
    assert equal_ability.hedonic(dearer).interval == pytest.approx(
        equal_ability.hedonic(sample()).interval
    )


def test_few_launches_or_developers_give_no_answer() -> None:
    with pytest.raises(InputError, match="needs 10"):
        equal_ability.hedonic(sample(n=9))
    with pytest.raises(InputError, match="need 10"):
        equal_ability.hedonic(sample(developers=6))


def test_four_intervals_share_one_estimate_and_differ_in_width() -> None:
    table = equal_ability.interval_table({"price_lists": sample(0.3), "router": sample(n=5)})
    assert set(table["source"]) == {"price_lists"}
    assert table["growth_per_year"].nunique() == 1
    assert len(table) == 4
    assert (table["low"] < table["growth_per_year"]).all()
    assert (table["growth_per_year"] < table["high"]).all()
    with pytest.raises(InputError, match="no source"):
        equal_ability.interval_table({"router": sample(n=5)})


def test_adjusted_prices_of_exact_data_lie_on_the_line() -> None:
    found = equal_ability.adjusted(sample(noise=0.0))
    assert found["adjusted"].to_numpy() == pytest.approx(found["fitted"].to_numpy(), rel=1e-9)


def test_a_launch_is_the_first_listing_at_the_cheapest_host_of_its_month() -> None:
    scores = quality(("m", "2024-01-01", 1.0), ("late", "2023-05-01", 1.0))
    names = [(name, "m", "2024-01-01") for name in ("m", "m2", "m3")]
    walk = crosswalk(*names, ("late", "late", "2023-05-01"))
    frame = events(
        history("m", ("2024-01-10", 5.0)),
        history("m2", ("2024-01-25", 3.0), host="other"),
        history("m3", ("2024-02-01", 1.0), host="third"),
        history("late", ("2023-12-01", 1.0)),
    )
    found = equal_ability.launches(panel(frame, scores, walk))
    assert found["model"].tolist() == ["m"]
    assert found["price"].tolist() == pytest.approx([3.0 * 1.75])
    assert found["date"].tolist() == [pd.Timestamp("2024-01-10")]
    assert equal_ability.launches(panel(frame, scores, walk), within_months=8).shape[0] == 2
    assert equal_ability.launches(panel(frame, scores, walk), start="2024-02-01").empty
