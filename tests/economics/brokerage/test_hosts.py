"""The same open model at several hosts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.economics.brokerage import choices, gateways, hosts, spread
from analysis.economics.columns import INPUT, OUTPUT
from analysis.economics.prices.panels import Panel, panels
from analysis.errors import InputError

MONTH = pd.Timestamp(2025, 1, 31)


def prices(*values: float, model: str = "m", month: pd.Timestamp = MONTH) -> pd.DataFrame:
    names = [f"host{place}" for place in range(len(values))]
    return pd.DataFrame({"month": month, "model": model, "host": names, "price": values})


def drifting(growth: float, models: int = 8, months: int = 24) -> pd.DataFrame:
    """Three hosts a model; the range of a model grows by ``growth`` a year from its own level."""
    days = pd.date_range("2024-01-31", periods=months, freq="ME")
    parts = []
    for place in range(models):
        for month, day in enumerate(days[place:]):
            wide = (2 + place) * growth ** ((month + place) * 30.4375 / 365.25)
            parts.append(prices(1.0, wide**0.5, wide, model=f"m{place}", month=day))
    return pd.concat(parts, ignore_index=True)


@pytest.fixture(scope="module")
def panel() -> tuple[Panel, pd.DataFrame]:
    """One open and one closed model; a second list of one firm, a gateway, quantised weights."""
    offers = [
        ("a/x", "azure", "open", 1.0, 4.0),
        ("ai/x", "azure_ai", "open", 0.5, 2.0),
        ("b/x", "groq", "open", 2.0, 2.0),
        ("b/x-fp8", "groq", "open", 0.1, 0.1),
        ("c/x", "nebius", "open", 4.0, 4.0),
        ("v/x", "vercel_ai_gateway", "open", 0.2, 0.2),
        ("d/y", "openai", "closed", 9.0, 9.0),
    ]
    day = pd.Timestamp(2025, 1, 10)
    events = pd.DataFrame(
        [
            {
                "list": "litellm", "listing": listing, "host": host, "model": model,
                "mode": "chat", "event": "listed", INPUT: low, OUTPUT: high, "flag": "",
                "refers_to": day, "release": "r",
            }
            for listing, host, model, low, high in offers
        ]
    )  # fmt: skip
    events.attrs = {"observed_through": "2025-03-05", "as_of": "2025-03-05"}
    scores = pd.DataFrame(
        {
            "model": ["open", "closed"], "ability": 100.0, "standard_error": 1.0,
            "benchmarks": 1, "effort": "high", "developer": "d", "released": day,
            "open_weights": [True, False],
        }
    )  # fmt: skip
    crosswalk = pd.DataFrame(
        {
            "list": "litellm", "listing": events["listing"], "model": events["model"],
            "valid_from": day, "rule": ["exact"] * 3 + ["quantised"] + ["exact"] * 3,
        }
    )  # fmt: skip
    empty = events.iloc[:1].assign(host="openrouter").drop(columns="list")
    return panels(events, empty, scores, crosswalk, least_benchmarks=1)["price_lists"], crosswalk


def test_firms_gateways_and_quantised_weights(panel: tuple[Panel, pd.DataFrame]) -> None:
    offers = hosts.listed_offers(*panel)
    found = hosts.host_prices(offers)
    last = found[found["month"] == found["month"].max()].set_index("host")["price"]
    # azure is one firm with its lower list, 0.75 * 0.5 + 0.25 * 2; groq's own, not its 8-bit one
    assert last.to_dict() == {"azure": 0.875, "groq": 2.0, "nebius": 4.0}
    with_gateways = hosts.host_prices(offers, gateways=True)
    assert set(with_gateways["host"]) == {"azure", "groq", "nebius", "vercel_ai_gateway"}
    output = hosts.host_prices(offers, output_share=1.0)
    assert output["price"].min() == 2.0


def test_a_price_that_stood_too_long_can_be_left_out(panel: tuple[Panel, pd.DataFrame]) -> None:
    offers = hosts.listed_offers(*panel)
    assert set(offers["age_days"]) == {21, 49}
    assert hosts.host_prices(offers, oldest_days=30)["month"].nunique() == 1


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (hosts.MEASURES[0], 16.0),
        (hosts.MEASURES[1], 4.0),
        (hosts.MEASURES[2], 16 / np.sqrt(8)),
        (hosts.MEASURES[3], 10 ** np.std(np.log10([1, 2, 4, 16, 2, 8][:4]), ddof=1)),
    ],
)
def test_measures_of_dispersion(measure: str, expected: float) -> None:
    values = (1, 2, 8, 16) if measure != hosts.MEASURES[3] else (1, 2, 4, 16)
    if measure == hosts.MEASURES[2]:
        expected = 16 / np.sqrt(16)
    found = hosts.dispersion(prices(*values), measure=measure)
    assert found["dispersion"].tolist() == pytest.approx([expected])
    assert found["hosts"].tolist() == [4]


def test_too_few_hosts_say_how_many_there_were() -> None:
    with pytest.raises(InputError, match="the most is 2"):
        hosts.dispersion(prices(1.0, 2.0))
    with pytest.raises(InputError, match="measure"):
        hosts.dispersion(prices(1.0, 2.0, 3.0), measure="range")


@pytest.mark.parametrize("growth", [0.7, 1.3])
def test_the_trend_within_models_is_recovered_although_later_models_start_wider(
    growth: float,
) -> None:
    found = spread.trend_of_dispersion(drifting(growth))
    assert found.estimate == pytest.approx(growth, rel=0.01) and found.n == 8
    low, high = found.interval or (0, 0)
    assert low <= found.estimate <= high and (low - 1) * (high - 1) > 0


def test_a_model_seen_once_does_not_count() -> None:
    once = prices(1.0, 3.0, 9.0, model="once", month=pd.Timestamp(2024, 5, 31))
    with_it = spread.trend_of_dispersion(pd.concat([drifting(1.3), once], ignore_index=True))
    assert with_it.n == 8 and with_it.detail == spread.trend_of_dispersion(drifting(1.3)).detail


def test_a_unit_of_price_does_not_matter() -> None:
    panel = drifting(1.2)
    dear = panel.assign(price=panel["price"] * 1000)
    one, other = spread.trend_of_dispersion(panel), spread.trend_of_dispersion(dear)
    assert one.estimate == pytest.approx(other.estimate)


def test_each_end_has_its_own_trend() -> None:
    panel = drifting(1.44)
    years = (panel["month"] - panel["month"].min()).dt.days / 365.25
    panel["price"] *= 0.5**years
    found = spread.ends(panel).set_index("host")["growth_per_year"]
    assert found["cheapest"] == pytest.approx(0.5, rel=0.01)
    assert found["middle"] == pytest.approx(0.6, rel=0.01)
    assert found["dearest"] == pytest.approx(0.72, rel=0.01)


def test_prices_that_stand_still_give_no_trend() -> None:
    with pytest.raises(InputError, match="no model moved"):
        spread.trend_of_dispersion(drifting(1.0))


def test_a_range_that_grows_with_the_hosts_is_flat_at_an_equal_number() -> None:
    rng = np.random.default_rng(0)
    rows = [
        {"month": day, "model": f"m{model}", "hosts": hosts_,
         "dispersion": hosts_ * np.exp(0.01 * rng.standard_normal())}
        for model in range(10)
        for day, hosts_ in zip(pd.date_range("2024-01-31", periods=20, freq="ME"),
                               3 + np.arange(20) // 3 + rng.integers(0, 3, 20), strict=True)
    ]  # fmt: skip
    months = pd.DataFrame(rows)
    assert 10 ** spread.growth(months).value > 1.3
    assert 10 ** spread.growth(months, hold_hosts=True).value == pytest.approx(1, abs=0.02)


def test_few_models_give_no_trend() -> None:
    with pytest.raises(InputError, match="4 models"):
        spread.trend_of_dispersion(drifting(1.2, models=4))


def test_months_and_widening() -> None:
    panel = drifting(1.3, models=6)
    models = hosts.dispersion(panel)
    months = spread.by_month(models, panel)
    first = months.iloc[0]
    assert first["models"] == 1 and first["median"] == pytest.approx(2)
    assert first["saving"] == pytest.approx(1 - 1 / np.sqrt(2))
    counted = spread.widening(models).iloc[0]
    assert (counted["wider"], counted["narrower"], counted["models"]) == (6, 0, 6)


def test_choices_move_the_trend_only_where_they_should() -> None:
    panel = drifting(1.3)
    offers = panel.rename(columns={"price": INPUT}).assign(gateway=False, age_days=10)
    offers[OUTPUT] = offers[INPUT] ** 0.5
    curve = choices.dispersion_curve({"all": offers, "one": offers})
    ran = curve.specifications[curve.specifications["skipped"] == ""]
    by_share = ran[ran["dispersion"] == hosts.MEASURES[0]].groupby("output_share")["estimate"]
    # output tokens, at the root of the input price, drift half as fast
    assert by_share.max()[1.0] == pytest.approx(1.3**0.5, rel=0.02)
    assert by_share.min()[0.25] > by_share.max()[1.0]
    # four hosts are needed to leave out the two ends
    skipped = curve.skipped[curve.skipped["dispersion"] == hosts.MEASURES[1]]["skipped"]
    assert skipped.str.contains("no model has [45] hosts").all() and len(skipped) == 64
    # a list that repeats another adds no specification
    assert curve.n == choices.dispersion_curve({"all": offers}).n
    table = choices.readings(offers, offers).set_index("reading")["growth_per_year"]
    assert table["input tokens alone"] == pytest.approx(1.3, rel=0.01)
    assert table["the longest list alone"] == pytest.approx(table["the rule as read"])


def test_the_router_lies_where_its_price_says() -> None:
    asked = prices(2.0, 4.0, 8.0)
    routed = pd.DataFrame({"month": [MONTH], "model": ["m"], "host": ["r"], "price": [3.0]})
    position = gateways.router_position(routed, asked)
    assert position["over_cheapest"].tolist() == [1.5]
    assert position["over_middle"].tolist() == [0.75]
    half = gateways.by_half_year(position).iloc[0]
    assert half["half_year"] == "2025 H1" and half["share_below_middle"] == 1
    with pytest.raises(InputError, match="share no model"):
        gateways.router_position(routed.assign(model="other"), asked)


def test_tokens_are_worth_their_price_a_year() -> None:
    usage = pd.DataFrame(
        {
            "month": "2025-01", "model": ["a/x-20250101", "b/y"],
            "tokens": [3e12, 1e12], "refers_to": MONTH,
        }
    )  # fmt: skip
    asked = pd.DataFrame(
        {
            "listing": ["a/x", "a/x"], "date": pd.to_datetime(["2024-01-01", "2025-01-20"]),
            "until": pd.to_datetime(["2025-01-20", None]), "price": [9.0, 2.0],
        }
    )  # fmt: skip
    router = Panel("router", asked, asked, asked, MONTH)
    row = gateways.volume(usage, router).iloc[0]
    assert row["priced_share"] == 0.75 and row["list_price"] == 2.0
    assert row["brokered_billion_usd"] == pytest.approx(4e6 * 2 * 365.25 / 7 / 1e9)
    assert row["price_for_10_billion"] == pytest.approx(1e10 / (4e6 * 365.25 / 7))
