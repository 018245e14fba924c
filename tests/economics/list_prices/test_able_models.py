"""Share of able models that are cheap."""

from __future__ import annotations

import pytest

from analysis.economics.list_prices.able_models import (
    able_models,
    cheap_curve,
    launch_price,
    share_cheap,
)
from analysis.economics.prices.panels import Panel
from analysis.errors import InputError
from tests.economics.price_frames import crosswalk, events, history, panel, quality

# Blended at one output token to three of input, a price p in and 4 p out costs 1.75 p.
LISTINGS = {"a": 1.0, "b": 2.0, "c": 3.0, "d": 30.0, "weak": 0.1}


def offers() -> Panel:
    rows = [history(name, ("2025-01-31", price)) for name, price in LISTINGS.items()]
    rows.append(history("azure/d", ("2025-01-31", 1.5), ("2026-03-31", 20.0), host="azure"))
    rows.append(history("left", ("2025-01-31", 0.1), ("2026-03-31", None)))
    names = [*LISTINGS, "left"]
    scores = quality(*((n, "2025-01-01", -5.0 if n == "weak" else 1.0) for n in names))
    walk = crosswalk(*((n, n, "2025-01-01") for n in names), ("azure/d", "d", "2025-01-01"))
    return panel(events(*rows), scores, walk)


def test_models_on_sale_at_their_cheapest_host() -> None:
    found = able_models(offers(), 0.0).set_index("model")
    assert found["price"].to_dict() == pytest.approx({"a": 1.75, "b": 3.5, "c": 5.25, "d": 35.0})
    assert found.loc["d", ["host", "hosts"]].tolist() == ["azure", 2]


def test_share_under_a_tenth_of_gpt4s_launch_price() -> None:
    assert launch_price() == 37.5
    found = share_cheap(offers(), 0.0)
    assert (found.estimate, found.n) == (0.5, 4)
    # Clopper-Pearson, 2 of 4: R binom.test(2, 4)$conf.int
    assert found.interval == pytest.approx((0.06758599, 0.932414), rel=1e-6)
    assert found.detail is not None
    assert found.detail["limit_usd_per_million_tokens"] == pytest.approx(3.75)


def test_the_curve_varies_day_limit_and_host() -> None:
    rows = cheap_curve(offers(), 0.0).specifications
    rule = (rows["above"] == 0) & (rows["output_share"] == 0.25) & (rows["weights"] == "all")
    chosen = rows[rule & (rows["limit"] == 0.1)].set_index(["host", "months"])["estimate"]
    assert chosen["cheapest host", 0] == 0.5
    assert chosen["cheapest host", 6] == 0.8  # d at 2.625 on azure and left are cheap then
    assert chosen["dearest host", 6] == 0.6


def test_nothing_on_sale_is_an_error() -> None:
    with pytest.raises(InputError, match="no model of it is on sale on 2026-04-30"):
        share_cheap(offers(), 2.0)
