"""Other abilities, periods and published figures beside the panels."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.economics.prices import ability_ladder
from analysis.economics.prices import literature as price_literature
from analysis.economics.prices import periods as price_periods
from analysis.economics.prices import series as price_series
from analysis.economics.prices.panels import Panel
from tests.economics.price_frames import crosswalk, events, history, panel, quality

DAYS = pd.date_range("2023-04-01", "2026-03-01", freq="MS")
DEVELOPERS = 12
CHEAPER = 0.95


def market() -> tuple[dict[str, Panel], pd.DataFrame]:
    """A model a month, a twelfth of a point abler and five percent cheaper than the last."""
    rows, models, walk = [], [], []
    for month, day in enumerate(DAYS):
        name, first = f"m{month}", f"{day:%Y-%m-%d}"
        rows.append(history(name, (first, 10.0 * CHEAPER**month)))
        models.append((name, first, (month + 0.4 * (month % 3)) / 12))
        walk.append((name, name, first))
    scores = quality(*models)
    scores["developer"] = [f"d{i % DEVELOPERS}" for i in range(len(scores))]
    one = panel(events(*rows), scores, crosswalk(*walk))
    return {"price_lists": one}, scores


def test_each_rung_starts_when_its_ability_is_first_on_sale() -> None:
    panels, scores = market()
    table = ability_ladder.ladder(panels, scores, ["m0", "m12", "absent"])
    assert table["ability_of"].tolist() == ["m0", "m12"]
    assert table["first_month"].tolist() == ["2023-04", "2024-04"]
    series = ability_ladder.ladder_series(panels, scores, ["m0", "m12"])
    assert series.groupby("ability_of")["month"].size().to_dict() == {"m0": 37, "m12": 25}


def test_a_model_of_equal_score_is_able_with_even_odds() -> None:
    names, abilities = ["r", "same", "up", "up"], [1.0, 1.0, 1.277, 1.277]
    rows = zip(names[:3], ["2023-01-01"] * 3, abilities[:3], strict=True)
    scores = quality(*rows)
    months = pd.date_range("2023-01-31", periods=4, freq="ME")
    series = pd.DataFrame({"month": months, "model": names, "ability": abilities})
    series["standard_error"] = 0.1
    found = ability_ladder.able_at_all(series, scores, "r").set_index("model")
    odds = {"r": 1.0, "same": 0.5, "up": 0.975}
    assert found["probability"].to_dict() == pytest.approx(odds, abs=1e-3)
    assert found["months"].to_dict() == {"r": 1, "same": 1, "up": 2}


def test_periods_hold_what_their_dates_say_and_short_ones_are_missing() -> None:
    panels, _ = market()
    table = price_periods.by_period(panels, 0.0).set_index(["quantity", "period"])
    assert table.loc[(price_periods.FIXED, "before 2025"), "n"] == 21
    assert table.loc[(price_periods.FIXED, "since 2025"), "n"] == 16
    assert pd.isna(table.loc[(price_periods.BEST, "2026"), "growth_per_year"])  # four months
    yearly = table.loc[(price_periods.BEST, "all months"), "growth_per_year"]
    assert yearly == pytest.approx(CHEAPER**12, rel=0.01)
    assert table.loc[(price_periods.LAUNCH, "all months"), "n"] == 36


def test_deflating_slows_a_fall_by_inflation() -> None:
    panels, _ = market()
    months = pd.period_range("2023-01", "2026-06", freq="M")
    index = [100 * 1.1 ** (i / 12) for i in range(len(months))]
    cpi = pd.DataFrame({"series": "all_items", "month": months.astype(str), "index": index})
    keys = ["quantity", "period"]
    nominal = price_periods.by_period(panels, 0.0).set_index(keys)["growth_per_year"]
    real = price_periods.by_period(panels, 0.0, cpi).set_index(keys)["growth_per_year"]
    known = nominal.notna()
    assert (nominal[known] / real[known]).to_numpy() == pytest.approx(1.1, rel=1e-3)


def test_half_years_and_every_month_name_the_offer() -> None:
    panels, _ = market()
    series = {source: price_series.cheapest(one, 0.0) for source, one in panels.items()}
    halves = price_periods.half_years(series)["month"].tolist()
    assert halves == ["2023-06", "2023-12", "2024-06", "2024-12", "2025-06", "2025-12", "2026-04"]
    assert len(price_periods.every_month(series)) == len(series["price_lists"])


def test_published_figures_stand_beside_the_same_estimand() -> None:
    panels, _ = market()
    table = price_literature.beside(panels, 0.0)
    assert table["study"].str.len().min() > 10
    fall = table.set_index("estimand")["price_lists"]
    assert fall.filter(like="whole fall").item() == pytest.approx(CHEAPER**-19)
    whole = panels["price_lists"]
    first = whole.spells[whole.spells["date"] < "2023-07-01"]
    early = {"price_lists": replace(whole, spells=first, last=pd.Timestamp("2023-06-30"))}
    assert price_literature.beside(early, 0.0)["price_lists"].isna().sum() == 2
