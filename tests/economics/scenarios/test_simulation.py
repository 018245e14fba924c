"""Outputs from inputs whose growth is known, and what must be true for them to rise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.economics.scenarios import needs, simulation
from analysis.economics.scenarios.simulation import ABLE_TASK, BEST_TASK, TOKEN, TRAINING, Model
from analysis.errors import InputError
from tests.economics.scenarios.scenario_inputs import made

DRAWN = simulation.draw(4000)


def test_medians_are_start_times_growth() -> None:
    model = Model(made(), 2030)
    table = simulation.fans(model, simulation.medians(3), [2026, 2030])
    found = table.set_index(["output", "year"])["median"].to_dict()
    # 2 a year (4 times compute at half the dollars) from 1e8 on 1 January 2026 to the end of 2030.
    assert found[TRAINING, 2030] == pytest.approx(1e8 * 2**5, rel=0.1)
    assert found[TRAINING, 2030] / found[TRAINING, 2026] == pytest.approx(2**4, rel=0.1)
    # prices halve and tokens grow by 10^0.1 a year.
    ratio = found[ABLE_TASK, 2030] / found[ABLE_TASK, 2026]
    assert ratio == pytest.approx((0.5 * 10**0.1) ** 4, rel=0.1)


def test_quantiles_are_in_order_and_widen() -> None:
    table = simulation.fans(Model(made(), 2030), DRAWN, [2027, 2030])
    ends = table[list(simulation.SHARES)].to_numpy()
    assert (np.diff(ends, axis=1) > 0).all()
    spread = np.log(table["q95"] / table["q5"]).to_numpy().reshape(-1, 2)
    assert (spread[:, 1] > spread[:, 0]).all()


def test_chances_of_clear_cases() -> None:
    table = simulation.chances(Model(made(able=0.5, best=2.0), 2030), DRAWN).set_index("rises")
    assert table["share_of_draws"].to_dict() == {TOKEN: 0.0, ABLE_TASK: 0.0, BEST_TASK: 1.0}
    assert table["high"].to_dict()[TOKEN] == pytest.approx(1 - 0.025 ** (1 / 4000), rel=1e-6)


def test_a_coin_flip_where_nothing_grows() -> None:
    known = made(able=1.0)
    assert known.able is not None
    still = replace(known.able, whole=replace(known.able.whole, slope_log10=0.0))
    model = Model(replace(known, able=replace(still, recent=still.whole)), 2030)
    table = simulation.chances(model, simulation.draw(40_000)).set_index("rises")
    assert table["share_of_draws"].to_dict()[TOKEN] == pytest.approx(0.5, abs=0.01)


def test_what_is_not_known_is_not_simulated() -> None:
    model = Model(replace(made(tokens=None), compute=None), 2030)
    assert model.outputs == [TOKEN, simulation.SPENDING]
    assert simulation.chances(model, DRAWN)["rises"].tolist() == [TOKEN]
    nothing = replace(model.known, able=None, best=None, spend=None)
    with pytest.raises(InputError, match="allow no output"):
        simulation.fans(Model(nothing, 2030), DRAWN, [2030])
    with pytest.raises(InputError, match="no reading"):
        needs.thresholds(Model(nothing, 2030), DRAWN)


def test_at_its_threshold_an_input_makes_the_output_stand_still() -> None:
    model = Model(made(able=0.5, best=2.0), 2030)
    table = needs.thresholds(model, DRAWN).set_index(["rises", "input"])
    needed, middle = (table[column].to_dict() for column in ("needed", "median"))
    price, tokens = "price at fixed ability, factor", "tokens a task, factor"
    assert needed[TOKEN, price] == pytest.approx(1)
    assert needed[ABLE_TASK, price] * middle[ABLE_TASK, tokens] == pytest.approx(1)
    assert needed[ABLE_TASK, tokens] * middle[ABLE_TASK, price] == pytest.approx(1)
    beyond = table["drawn_beyond"].to_dict()
    assert beyond[TOKEN, price] == 0
    assert beyond[BEST_TASK, tokens] == 1


def test_probabilities_by_weight_are_those_of_the_held_weight() -> None:
    model = Model(made(able=0.98), 2030)
    table = needs.by_period(model, DRAWN, weights=(0, 1)).set_index("rises")
    held = DRAWN | {simulation.PERIOD: np.zeros(4000)}
    assert table["weight_0"].to_dict()[TOKEN] == (model.change(TOKEN, held) > 0).mean()
    assert set(table.columns) == {"weight_0", "weight_1"}


def test_a_reading_is_never_without_what_it_rests_on() -> None:
    model = Model(made(able=0.98), 2030)
    table = needs.readings(model, DRAWN).set_index("reading")
    words = f"{TOKEN} is higher at the end of 2030 than in April 2026"
    row = table.loc[words]
    ends = sorted([row["whole_series_repeats"], row["recent_months_repeat"]])
    assert ends[0] <= row["all_draws"] <= ends[1]
    assert 0 < row["simulation_error"] < 0.02
