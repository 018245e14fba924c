"""Bilateral and multilateral indices: axioms, agreement with plain formulas, bad panels."""

from __future__ import annotations

import itertools

import hypothesis.extra.numpy as arrays
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.methods import price_index
from analysis.methods._bilateral import UNWEIGHTED, WEIGHTED

BILATERAL = [*UNWEIGHTED, *WEIGHTED]
MULTILATERAL = ["geks", "ccdi", "tpd", "geks_jevons"]
REVERSIBLE = [
    *("fisher", "tornqvist", "walsh", "marshall_edgeworth", "sato_vartia", "vartia1", "stuvel"),
    *("jevons", "dutot"),
]
properties = settings(max_examples=40, deadline=None, derandomize=True)


@st.composite
def panels(draw: st.DrawFn, gaps: bool = True) -> pd.DataFrame:
    """Two to five periods, one to five items; the first item always has a price."""
    shape = draw(st.tuples(st.integers(2, 5), st.integers(1, 5)))
    amounts = arrays.arrays(float, shape, elements=st.floats(0.05, 50))
    panel = long(draw(amounts), draw(amounts))
    if not gaps:
        return panel
    kept = draw(arrays.arrays(bool, len(panel)))
    return panel[kept | (panel["item"] == "i0")].reset_index(drop=True)


def long(prices: np.ndarray, quantities: np.ndarray) -> pd.DataFrame:
    cells = itertools.product(range(prices.shape[0]), range(prices.shape[1]))
    keys = pd.DataFrame(((f"t{t}", f"i{i}") for t, i in cells), columns=["period", "item"])
    return keys.assign(price=prices.ravel(), quantity=quantities.ravel())


def every_index(panel: pd.DataFrame) -> dict[str, pd.Series]:
    fixed = {m: price_index.bilateral(panel, method=m).series for m in BILATERAL}
    chained = {
        f"chained {m}": price_index.bilateral(panel, method=m, chained=True).series
        for m in BILATERAL
    }
    several = {m: price_index.multilateral(panel, method=m).series for m in MULTILATERAL}
    rolling = {
        f"rolling {m}": price_index.multilateral(panel, method=m, window=2).series
        for m in MULTILATERAL
    }
    return fixed | chained | several | rolling


def assert_same(ours: dict[str, pd.Series], theirs: dict[str, pd.Series]) -> None:
    for name, series in ours.items():
        pd.testing.assert_series_equal(series, theirs[name], rtol=1e-8, check_names=False)


@properties
@given(panels())
def test_identical_prices_give_one(panel: pd.DataFrame) -> None:
    price = panel["item"].map({item: 1.7**k for k, item in enumerate(panel["item"].unique())})
    for name, series in every_index(panel.assign(price=price)).items():
        np.testing.assert_allclose(series, 1.0, rtol=1e-10, err_msg=name)


@properties
@given(panels(), st.floats(0.3, 3))
def test_proportional_prices_give_the_proportion(panel: pd.DataFrame, factor: float) -> None:
    order = panel["period"].str[1:].astype(int)
    base = panel["item"].map({item: 1.7**k for k, item in enumerate(panel["item"].unique())})
    for name, series in every_index(panel.assign(price=base * factor**order)).items():
        if "vartia1" not in name:  # its weights do not add to one: it fails this axiom
            expected = factor ** np.arange(len(series))
            np.testing.assert_allclose(series, expected, rtol=1e-8, err_msg=name)


@properties
@given(panels(), st.floats(1e-6, 1e6))
def test_currency_does_not_matter(panel: pd.DataFrame, rate: float) -> None:
    converted = panel.assign(price=panel["price"] * rate)
    assert_same(every_index(converted), every_index(panel))


@properties
@given(panels())
def test_units_of_items_do_not_matter_except_to_dutot(panel: pd.DataFrame) -> None:
    unit = panel["item"].map({item: 10.0**k for k, item in enumerate(panel["item"].unique())})
    measured = panel.assign(price=panel["price"] * unit, quantity=panel["quantity"] / unit)
    ours = {k: v for k, v in every_index(measured).items() if "dutot" not in k}
    assert_same(ours, every_index(panel))


@properties
@given(panels(), st.randoms(use_true_random=False))
def test_order_of_rows_and_items_does_not_matter(panel: pd.DataFrame, random: object) -> None:
    rows = list(range(len(panel)))
    random.shuffle(rows)  # type: ignore[attr-defined]
    names = {item: f"x{item[::-1]}" for item in panel["item"].unique()}
    shuffled = panel.iloc[rows].assign(item=lambda p: p["item"].map(names))
    assert_same(every_index(shuffled), every_index(panel))


@properties
@given(panels(gaps=False), st.sampled_from(REVERSIBLE))
def test_time_reversal(panel: pd.DataFrame, method: str) -> None:
    two = panel[panel["period"].isin(["t0", "t1"])]
    back = two.assign(period=two["period"].map({"t0": "t1", "t1": "t0"}))
    forward, backward = (price_index.bilateral(p, method=method).series for p in (two, back))
    assert forward.iloc[1] * backward.iloc[1] == pytest.approx(1, rel=1e-9)


@properties
@given(panels(), st.sampled_from(MULTILATERAL), st.randoms(use_true_random=False))
def test_multilateral_is_transitive(panel: pd.DataFrame, method: str, random: object) -> None:
    """Whatever period is the base, the index between two periods stays the same."""
    periods = sorted(panel["period"].unique())
    moved = list(periods)
    random.shuffle(moved)  # type: ignore[attr-defined]
    names = dict(zip(periods, moved, strict=True))
    ours = price_index.multilateral(panel, method=method).series
    rebased = panel.assign(period=panel["period"].map(names))
    theirs = price_index.multilateral(rebased, method=method).series[moved].to_numpy()
    np.testing.assert_allclose(ours, theirs / theirs[0], rtol=1e-8)


@properties
@given(panels(gaps=False), st.sampled_from(["mean", "movement"]))
def test_a_window_of_two_is_the_chained_bilateral_index(panel: pd.DataFrame, splice: str) -> None:
    for multi, method in (("geks", "fisher"), ("ccdi", "tornqvist"), ("geks_jevons", "jevons")):
        rolling = price_index.multilateral(panel, method=multi, window=2, splice=splice).series
        chained = price_index.bilateral(panel, method=method, chained=True).series
        np.testing.assert_allclose(rolling, chained, rtol=1e-8)


@properties
@given(panels(), st.sampled_from(MULTILATERAL))
def test_a_rolling_window_never_revises(panel: pd.DataFrame, method: str) -> None:
    early = panel[panel["period"] != panel["period"].max()]
    if early["period"].nunique() < 2:
        return
    ours = price_index.multilateral(early, method=method, window=2).series
    later = price_index.multilateral(panel, method=method, window=2).series
    np.testing.assert_allclose(ours, later.iloc[:-1], rtol=1e-10)


def random_panel(seed: int = 3, periods: int = 6, items: int = 9) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    amounts = np.exp(generator.normal(size=(2, periods, items)))
    panel = long(amounts[0], amounts[1])
    return panel[(generator.random(len(panel)) < 0.7) | (panel["item"] == "i0")]


@pytest.mark.parametrize(
    ("multi", "method"), [("geks", "fisher"), ("ccdi", "tornqvist"), ("geks_jevons", "jevons")]
)
def test_geks_is_the_mean_over_all_bridge_periods(multi: str, method: str) -> None:
    panel = random_panel()
    periods = sorted(panel["period"].unique())

    def link(first: str, second: str) -> float:
        two = panel[panel["period"].isin([first, second])]
        names = {first: "a", second: "b"} if first != second else {first: "a"}
        if first == second:
            return 1.0
        two = two.assign(period=two["period"].map(names))
        return float(price_index.bilateral(two, method=method).series["b"])

    expected = [
        np.exp(np.mean([np.log(link(periods[0], mid) * link(mid, t)) for mid in periods]))
        for t in periods
    ]
    ours = price_index.multilateral(panel, method=multi)
    np.testing.assert_allclose(ours.series, expected, rtol=1e-10)
    assert ours.missing_pairs == 0


@pytest.mark.parametrize("weighted", [True, False])
def test_time_product_dummy_is_the_weighted_regression(weighted: bool) -> None:
    from statsmodels.regression.linear_model import WLS

    panel = random_panel()
    values = panel["price"] * panel["quantity"]
    shares = values / values.groupby(panel["period"]).transform("sum")
    periods = pd.get_dummies(panel["period"], dtype=float).iloc[:, 1:]
    design = pd.concat([periods, pd.get_dummies(panel["item"], dtype=float)], axis=1)
    weights = shares if weighted else np.ones(len(panel))
    fit = WLS(np.log(panel["price"]), design, weights=weights).fit()
    columns = ["period", "item", "price", *(["quantity"] if weighted else [])]
    ours = price_index.multilateral(panel[columns], method="tpd").series
    np.testing.assert_allclose(ours.iloc[1:], np.exp(fit.params[periods.columns]), rtol=1e-9)


def test_periods_without_a_common_item_are_bridged_and_counted() -> None:
    rows = [("a", "x", 1.0), ("b", "x", 2.0), ("b", "y", 5.0), ("c", "y", 15.0)]
    panel = pd.DataFrame(rows, columns=["period", "item", "price"])
    for method in ("geks_jevons", "tpd"):
        index = price_index.multilateral(panel, method=method)
        assert index.missing_pairs == 1
        np.testing.assert_allclose(index.series, [1, 2, 6])
    chained = price_index.bilateral(panel, method="jevons", chained=True)
    np.testing.assert_allclose(chained.series, [1, 2, 6])
    assert chained.matched.tolist() == [1, 1, 1]
    with pytest.raises(InputError, match="periods a and c have no item in common"):
        price_index.bilateral(panel, method="jevons")


def test_mean_splice_averages_over_the_published_window() -> None:
    panel = random_panel(periods=4)
    first, second = (
        np.log(price_index.multilateral(panel[panel["period"].isin(w)], method="ccdi").series)
        for w in (["t0", "t1", "t2"], ["t1", "t2", "t3"])
    )
    mean = np.mean([first[t] + second["t3"] - second[t] for t in ("t1", "t2")])
    movement = first["t2"] + second["t3"] - second["t2"]
    for splice, expected in (("mean", mean), ("movement", movement)):
        index = price_index.multilateral(panel, method="ccdi", window=3, splice=splice)
        assert np.log(index.series["t3"]) == pytest.approx(expected)


def test_periods_keep_their_type_and_sort_by_value() -> None:
    months = pd.date_range("2024-01-01", periods=12, freq="MS")
    prices = np.linspace(1, 2, 12)
    for periods in (months, months.to_period("M"), [f"t{k}" for k in range(1, 13)], range(12)):
        panel = pd.DataFrame({"period": periods, "item": "a", "price": prices})
        series = price_index.bilateral(panel.sample(frac=1, random_state=1), method="jevons").series
        assert list(series.index) == list(periods)
        np.testing.assert_allclose(series, prices)


def test_ordered_categories_give_the_order() -> None:
    seasons = pd.Categorical(["spring", "autumn"], ["spring", "autumn"], ordered=True)
    panel = pd.DataFrame({"period": seasons, "item": "a", "price": [1.0, 3.0]})
    assert price_index.bilateral(panel, method="dutot").series.tolist() == [1, 3]


def test_prints_one_line_and_a_table() -> None:
    index = price_index.bilateral(random_panel(), method="fisher")
    assert "\n" not in str(index) and "fisher" in str(index)
    assert list(index.table().columns) == ["index", "matched items"]


GOOD = pd.DataFrame(
    {"period": [1, 1, 2, 2], "item": ["a", "b"] * 2, "price": [1.0, 2, 3, 4], "quantity": 1.0}
)
BAD_PANELS = [
    (GOOD.iloc[:0], "panel: has no rows"),
    (GOOD.drop(columns="quantity"), "panel: lacks .*quantity"),
    (GOOD.drop(columns="item"), "panel: lacks .*item"),
    (GOOD[GOOD["period"] == 1], "period: .*two periods"),
    (GOOD.assign(price=[1, 2, 3, np.nan]), "price: must be finite"),
    (GOOD.assign(price=[1, 2, 3, np.inf]), "price: must be finite"),
    (GOOD.assign(price=[1, 2, 3, 0]), "price: must be positive"),
    (GOOD.assign(quantity=[1, 2, 3, -1]), "quantity: must be positive"),
    (GOOD.assign(item="a"), "panel: more than one row for period 1, item a"),
    (GOOD.assign(item=["a", "b", "a", None]), "item: must not be missing"),
    (GOOD.assign(period=[1, 1, 2, None]), "period: must not be missing"),
    (GOOD.assign(period=[1, 1, "x", "x"]), "period: cannot be put in order"),
    (GOOD.assign(item=["a", "b", "c", "d"]), "panel: .*(in common|links period)"),
    (GOOD.to_dict(), "panel: must be a DataFrame"),
]


@pytest.mark.parametrize(("panel", "message"), BAD_PANELS)
def test_bad_panels(panel: pd.DataFrame, message: str) -> None:
    with pytest.raises(InputError, match=message):
        price_index.bilateral(panel, method="fisher")
    with pytest.raises(InputError, match=message):
        price_index.multilateral(panel, method="geks")


def test_bad_choices() -> None:
    with pytest.raises(InputError, match="method"):
        price_index.bilateral(GOOD, method="geks")
    with pytest.raises(InputError, match="method"):
        price_index.multilateral(GOOD, method="fisher")
    for window in (1, 2.5, np.nan, "3"):
        with pytest.raises(InputError, match="window"):
            price_index.multilateral(GOOD, window=window)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="panel"):
        price_index.multilateral(None, method="tpd")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="splice"):
        price_index.multilateral(GOOD, window=2, splice="half")
