"""Three worlds on series whose growth is known, and whether the data weigh them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.economics.scenarios import hold_out, predictive, weighing, worlds
from analysis.economics.scenarios.hold_out import ABLE, BEST, SAME, TRAINING
from analysis.economics.scenarios.worlds import WORLDS
from analysis.errors import InputError
from tests.economics.scenarios.scenario_inputs import series

UNTIL = "2024-12-31"
CHIPS = pd.DataFrame(
    {
        "accelerator": [f"chip {i}" for i in range(9)],
        "released": True,
        "release_price_usd": 1e4,
        "fp16_flop_per_s": 1e14 * 1.25 ** np.arange(9.0) * (1 + np.arange(9) % 2 / 100),
        "refers_to": pd.date_range("2016-06-30", periods=9, freq="YE"),
    }
)
KNOWN = {"accelerators": CHIPS}


def whole(able: float, best: float = 1.2, same: float = 1.0) -> dict[str, pd.DataFrame]:
    growth = {ABLE: able, BEST: best, SAME: same, TRAINING: 3.0}
    return {
        name: series(rate, months=44, seed=place)
        for place, (name, rate) in enumerate(growth.items())
    }


def known_by(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {name: frame[frame["day"] <= UNTIL] for name, frame in frames.items()}


def scored(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    held = hold_out.held_out(known_by(frames), frames, UNTIL)
    return predictive.densities(KNOWN, held, UNTIL)


def test_log_density_is_that_of_student() -> None:
    z = np.array([-2.0, 0.0, 0.5, 7.0])
    assert predictive.student_log_density(z, 5) == pytest.approx(stats.t.logpdf(z, 5))


def test_each_world_has_a_rate_for_each_series() -> None:
    names = {ABLE, BEST, SAME, TRAINING}
    assert {world: set(rates) for world, rates in WORLDS.items()} == dict.fromkeys(WORLDS, names)


def test_held_out_months_begin_with_the_last_known_one() -> None:
    frames = whole(0.5)
    held = {one.name: one for one in hold_out.held_out(known_by(frames), frames, UNTIL)}
    assert held[ABLE].later["day"].iloc[0] == pd.Timestamp(UNTIL)
    assert held[TRAINING].later["day"].iloc[0] > pd.Timestamp(UNTIL)
    assert held[ABLE].known["day"].max() == pd.Timestamp(UNTIL)


def test_nothing_is_held_out_before_its_day() -> None:
    frames = whole(0.5)
    with pytest.raises(InputError, match="no series"):
        hold_out.held_out(frames, frames, "2030-01-01")


def test_stated_growth_is_the_number_the_trend_or_that_of_chips() -> None:
    frames = whole(0.5)
    held = hold_out.held_out(known_by(frames), frames, UNTIL)
    stated = worlds.parameters(KNOWN, held).set_index("series")
    assert stated["inflation"].to_dict()[ABLE] == pytest.approx(1.2)
    assert stated["deflation"].to_dict()[ABLE] == pytest.approx(0.5, rel=0.03)
    assert stated["deflation"].to_dict()[BEST] == pytest.approx(1 / 1.25, rel=0.02)
    assert stated["deflation"].to_dict()[TRAINING] == 1.0
    assert stated["bifurcation"].to_dict()[TRAINING] == pytest.approx(3.0, rel=0.03)


def test_the_density_of_a_step_is_around_the_growth_of_the_world() -> None:
    frames = whole(0.5)
    held = hold_out.held_out(known_by(frames), frames, UNTIL)
    one = next(h for h in held if h.name == SAME)
    first = scored(frames).query("series == @SAME").iloc[0]
    logs = np.log10(one.later["value"].to_numpy()[:2])
    known = np.diff(np.log10(one.known["value"]))
    years = 31 / 365
    expected = stats.t.logpdf(
        logs[1] - logs[0], len(known) - 1, np.log10(1.2) * years, known.std(ddof=1)
    )
    assert first["inflation"] == pytest.approx(expected, rel=0.01)


def test_the_true_world_scores_best_and_ties_are_named() -> None:
    table = weighing.by_series(scored(whole(0.02))).set_index("series")["best"]
    assert table.to_dict()[ABLE] == "deflation, bifurcation"
    rising = weighing.by_series(scored(whole(0.02) | {TRAINING: series(3.0, months=44)}))
    assert rising.set_index("series")["best"].to_dict()[TRAINING] == "inflation, bifurcation"


def gaps(size: float, months: int = 24) -> pd.DataFrame:
    """Densities of one series in which inflation leads by ``size`` with noise of one."""
    noise = np.random.default_rng(1).normal(0, 1, (months, 2))
    days = pd.date_range("2025-01-31", periods=months, freq="ME")
    worse = {"deflation": -size + noise[:, 0], "bifurcation": -size + noise[:, 1]}
    return pd.DataFrame({"series": ABLE, "day": days, "inflation": 0.0} | worse)


def test_worlds_are_weighed_where_the_months_tell_them_apart() -> None:
    found = weighing.weigh(gaps(3.0))
    assert found.weights is not None
    assert found.weights["inflation"] > 0.99
    assert sum(found.weights.values()) == pytest.approx(1)


@pytest.mark.parametrize(("size", "months"), [(0.0, 24), (3.0, 6)])
def test_worlds_are_not_weighed_by_noise_or_by_few_months(size: float, months: int) -> None:
    found = weighing.weigh(gaps(size, months))
    assert found.weights is None
    assert f"{months} months do not tell" in found.reason
    assert weighing.weights_table(found)["weight"].isna().all()


def test_only_months_of_all_series_are_scored_together() -> None:
    both = pd.concat([gaps(1.0), gaps(1.0, 10).assign(series=BEST)])
    assert len(weighing.together(both)) == 10
    with pytest.raises(InputError, match="no month"):
        weighing.weigh(gaps(1.0).assign(series=TRAINING))


def test_differences_leave_out_worlds_that_say_the_same() -> None:
    same = gaps(1.0).assign(bifurcation=lambda frame: frame["deflation"])
    pairs = weighing.differences(same)
    shown = set(zip(pairs["first"], pairs["second"], strict=True))
    assert shown == {("inflation", "deflation"), ("inflation", "bifurcation")}
    assert (pairs["low"] < pairs["difference"]).all()
