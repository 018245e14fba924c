"""Cuts of free limits on a panel, their rate, and how much is left."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from price_event_samples import panel

from analysis.economics.price_events import free_limit_curve, free_limits, limit_trend, pass_through
from analysis.errors import InputError

TWO = panel(
    {
        ("A", "one"): [100, 50, 50, 50, 20, 10, 5],
        ("A", "two"): [100, 50, 50, 50, 50, 50, 50],
        ("B", "one"): [30, 30, 30, 30, 30, 60, 60],
    }
)
LATE = panel({("A", "one"): [9, 9, 9], ("C", "late"): [None, 9, 3]})


def test_a_month_of_a_provider_counts_once() -> None:
    months = free_limits.monthly(TWO)
    by_service = free_limits.service_months(months)
    assert (len(by_service), by_service["cut"].sum()) == (12, 4)
    each = free_limits.service_months(months, each=True)
    assert (len(each), each["cut"].sum()) == (12, 5)
    models = free_limits.service_months(months, unit="service and model")
    assert (len(models), models["cut"].sum()) == (18, 5)


def test_only_large_cuts_can_be_asked_for() -> None:
    months = free_limits.monthly(TWO)
    assert free_limits.service_months(months, least=0.5)["cut"].sum() == 1
    assert free_limits.service_months(months, least=0.49)["cut"].sum() == 4


def test_who_came_later_is_not_in_the_fixed_set() -> None:
    months = free_limits.monthly(LATE)
    assert set(free_limits.service_months(months)["provider"]) == {"A"}
    assert free_limits.service_months(months, fixed=False)["cut"].sum() == 1


def test_the_ratio_by_hand() -> None:
    """Six months: one cut in the first three, three in the last; the exposure is equal."""
    found = free_limits.cut_ratio(TWO)
    assert found.estimate == pytest.approx(3) and found.n == 12
    assert found.interval is not None and found.interval[0] < 1 < found.interval[1]
    assert found.p_value is not None and 0.5 < found.p_value <= 1


def test_the_middle_month_belongs_to_the_earlier_half() -> None:
    frame = free_limits.service_months(free_limits.monthly(TWO[TWO["month"] < "2025-07"]))
    _, parts = free_limits.later_over_earlier(frame)
    assert parts["service_months"].tolist() == [6, 4]
    assert parts["last"].tolist() == ["2025-04", "2025-06"]


def test_a_limit_of_nothing_is_a_cut_and_its_return_is_no_number() -> None:
    months = free_limits.monthly(panel({("A", "one"): [10, 0, 5]}))
    assert months["requests_per_day"].iloc[0] == 0
    assert np.isnan(months["requests_per_day"].iloc[1])


def test_no_cut_to_divide_by_is_said() -> None:
    with pytest.raises(InputError, match="no cut in the earlier part"):
        free_limits.cut_ratio(panel({("A", "one"): [9, 9, 9, 3]}))
    with pytest.raises(InputError, match="two months"):
        free_limits.cut_ratio(TWO[TWO["month"] == "2025-01"])


def test_observed_days_see_a_cut_within_a_month() -> None:
    """Down on the 5th and up again on the 7th: seen by day, not at the month's end."""
    rows = TWO[(TWO["provider"] == "B")].iloc[:3]
    changes = pd.DataFrame(
        {
            "provider": "B", "model": "one", "event": ["listed", "changed", "changed"],
            "refers_to": pd.to_datetime(["2025-01-01", "2025-02-05", "2025-02-07"]),
            "requests_per_day": [30, 10, 30],
        }
    )  # fmt: skip
    blank = dict.fromkeys(free_limits.LIMITS[1:], np.nan)
    months = free_limits.monthly(rows)
    assert not free_limits.service_months(months)["cut"].any()
    daily = free_limits.daily(changes.assign(**blank), months)
    assert free_limits.service_months(daily)["cut"].tolist() == [1, 0]


def test_curve_runs_every_axis() -> None:
    changes = TWO.assign(event="listed", refers_to=pd.to_datetime(TWO["month"] + "-01"))
    curve = free_limit_curve.ratio_curve(TWO, changes)
    assert {"source", "estimand", "unit", "sample", "split"} <= set(curve.axes)
    plain = curve.specifications.iloc[0]
    assert plain["estimate"] == pytest.approx(3)


def test_newcomers_are_told_from_those_there_at_the_start() -> None:
    found = free_limit_curve.newcomers(LATE)
    assert found["arrived"].tolist() == ["there at the start", "2025Q1"]
    assert found["median_requests_per_day"].tolist() == [9, 9]


def test_change_a_year_by_hand() -> None:
    """A limit that halves in half a year is quartered in a year."""
    rows = limit_trend.changes(panel({("A", "one"): [100] * 3 + [50] * 4, ("B", "new"): [9, 9]}))
    assert rows["model"].tolist() == ["one"]
    assert np.exp(rows["log_change"].iloc[0]) == pytest.approx(0.25)


def test_the_first_limit_that_is_stated_is_taken() -> None:
    per_minute = panel({("A", "one"): [np.nan] * 7}).assign(requests_per_minute=[8] * 6 + [4])
    rows = limit_trend.changes(per_minute)
    assert rows["limit"].tolist() == ["requests_per_minute"] and rows["last"].tolist() == [4]


def test_the_median_ignores_how_deep_one_provider_cut() -> None:
    limits = {("A", f"m{i}"): [8.0] * 7 for i in range(4)} | {("B", "one"): [8.0] * 6 + [0.0]}
    found = limit_trend.limit_change(panel(limits))
    assert found.estimate == 1 and found.interval == (0.0, 1.0)
    more = found.detail["more_to_fall"]
    also = {("A", f"m{i}"): [8.0] * 6 + [4.0] for i in range(more)}
    assert more == 2 and limit_trend.limit_change(panel(limits | also)).estimate < 1
    shown = limit_trend.by_provider(limit_trend.changes(panel(limits))).set_index("provider")
    assert shown.loc["B", "fell"] == 1 and shown.loc["A", "same"] == 4


def test_resampled_median_covers_both_groups() -> None:
    values, groups = np.array([1.0, 1, 1, 5, 5, 5]), np.array(list("aaabbb"))
    assert limit_trend.median_interval(values, groups) == (1, 5)
    with pytest.raises(InputError, match="two or more"):
        limit_trend.median_interval(values, np.array(list("aaaaaa")))


def test_limit_curve_gives_the_headline_among_others() -> None:
    curve = limit_trend.limit_curve(TWO)
    first = curve.specifications.query("least_months == 6 and estimand == 'median'").iloc[0]
    assert first["estimate"] == pytest.approx(limit_trend.limit_change(TWO).estimate)


def test_an_empty_panel_is_refused() -> None:
    with pytest.raises(InputError, match="no month"):
        limit_trend.changes(TWO[:0])


def test_plans_of_one_day_give_no_pass_through() -> None:
    plans = pd.DataFrame(
        {"product": ["P", "P", "Q"], "plan": ["a", "a", "b"], "usd_per_month": [20.0, 25.0, 9.0],
         "from_day": [None, "2026-01-01", None], "to_day": None, "grade": "B"}
    )  # fmt: skip
    found = pass_through.elasticity(plans)
    assert found.estimate is None and found.n == 1 and "dated panel" in found.reason
    assert pass_through.dated_plans(plans)["dated"].tolist() == [False, True, False]
