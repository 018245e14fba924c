"""Cells of table 3 against the nearest series."""

from __future__ import annotations

import market_frames as made
import pandas as pd
import pytest

from analysis import tables
from analysis.claims.answer import Answer
from analysis.economics.market import answers, cells, claims, forecasts, series
from analysis.errors import InputError


@pytest.fixture(scope="module")
def market() -> answers.Market:
    names = ("cloud_market", "lab_accounts", "growth_comparators", "chip_funding")
    return answers.Market(made.article(), *(tables.load(name) for name in names))


def test_synergy_counted_330_billion_in_2024(market: answers.Market) -> None:
    """Synergy, 6 February 2025: 330 billion dollars in 2024, 22 % more in its last quarter."""
    frame = series.cloud(market.clouds).frame
    spent = frame.loc[frame["refers_to"].dt.year == 2024, "value_usd"].sum()
    assert spent == pytest.approx(330e9, rel=0.005)


def test_clouds_grew_by_a_fifth_in_2023(market: answers.Market) -> None:
    assert cells.cloud_2023(series.cloud(market.clouds)).estimate == 18.75


def test_distances_from_the_cells(market: answers.Market) -> None:
    found = answers.against_cells(market)
    assert found["c65"]["2023"].estimate == pytest.approx(65 - 18.75)
    assert found["c67"]["2024_25"].estimate == pytest.approx(130)
    assert found["c68"]["2024_25"].estimate == pytest.approx(7.3 / 6.5)
    assert found["c68"]["2024_25"].grade == "C"


def test_cells_without_a_series_name_it(market: answers.Market) -> None:
    found = answers.against_cells(market)
    for claim, missing in (("c66", "Anthropic"), ("c67", "Sensor Tower"), ("c68", "Omdia")):
        assert found[claim]["2023"].estimate is None
        assert missing in found[claim]["2023"].reason


def test_before_the_article_nothing_is_stated(market: answers.Market) -> None:
    unwritten = answers.Market(
        market.article.head(0), market.clouds, market.labs, market.comparators, market.chips
    )
    found = answers.against_cells(unwritten)
    assert all(a.estimate is None for pair in found.values() for a in pair.values())


def test_sums_are_apart_by_the_larger_over_the_smaller() -> None:
    for sum_of in (2e9, 0.5e9):
        assert cells.apart(Answer(sum_of, None, 1), 1e9).estimate == 2


def test_all_four_segments_grow_by_more_than_a_fifth(market: answers.Market) -> None:
    found = answers.latest(market)
    assert list(found) == list(cells.ROWS)
    assert found["infrastructure"].estimate == pytest.approx(1.35)
    assert found["chip_startups"].estimate == pytest.approx(2.65)


def test_slowing_is_tested_where_there_are_rates_enough(market: answers.Market) -> None:
    found = answers.slowing(market, level=0.95, seed=0)
    assert found["infrastructure"].p_value == 1.0
    assert found["enterprise"].interval is not None
    assert found["consumer"].estimate is found["chip_startups"].estimate is None


def test_the_projection_is_scored_beside_no_change() -> None:
    scores = forecasts.hindcast({"consumer": (Answer(200, None, 2), 70, 120)})
    row = scores.iloc[0]
    assert (row["error_points"], row["error_if_2023_went_on"]) == (130, 80)
    assert row["error_log"] == pytest.approx(0.568, abs=0.001)


def test_an_exponential_is_foretold_by_an_exponential() -> None:
    errors = forecasts.compare([made.steady(0.4, 10)]).set_index("curve")
    assert errors.loc["exponential", "root_mean_square_error"] < 0.002
    assert errors.loc[forecasts.STEADY, "root_mean_square_error"] < 0.01


def test_falling_growth_in_all_needs_it_in_each() -> None:
    segments = {"slowing": made.bending(-0.1), "gaining": made.bending(0.1)}
    table = claims.decelerations(segments).set_index("series")
    assert table.loc["slowing", "p_falling"] < 0.05
    assert table.loc["all 2 fall", "p_falling"] == table.loc["gaining", "p_falling"]


def test_groq_left_for_nvidia() -> None:
    left = claims.exits(tables.load("acquisitions"))
    assert list(left["target"]) == ["Groq"]


def test_a_ratio_needs_two_years() -> None:
    one = pd.DataFrame(
        {"scope": ["AI chip start-ups"], "year": [2024], "value_usd_bn": [2.0], "grade": ["C"]}
    )
    with pytest.raises(InputError, match="two years"):
        claims.latest_chips(one)
