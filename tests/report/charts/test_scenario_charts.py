"""Figures of the scenarios: what they draw and say."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.economics.scenarios import hold_out, sensitivity, simulation
from analysis.economics.scenarios.simulation import SPENDING, TOKEN, TRAINING, Model
from analysis.errors import InputError
from analysis.report.charts import scenario_fans, scenario_inputs, scenario_worlds
from analysis.report.figures import figure_html
from tests.economics.scenarios.scenario_inputs import made, series

MODEL = Model(made(), 2030)


@pytest.fixture(autouse=True)
def _closed() -> object:
    yield
    plt.close("all")


def test_fans_show_the_outputs_asked_for() -> None:
    table = simulation.fans(MODEL, simulation.draw(500), [2028, 2030])
    drawing = scenario_fans.fans(table, [TRAINING, SPENDING, "nothing of the kind"])
    assert [ax.get_yscale() for ax in drawing.figure.axes] == ["log", "log"]
    assert set(drawing.data["output"]) == {TRAINING, SPENDING}
    assert "end of 2030: median $" in drawing.alt
    page = figure_html(drawing.figure, caption="Fans.", alt=drawing.alt, data=drawing.data)
    assert "<svg" in page


def test_bars_and_dots_name_what_matters_most() -> None:
    swung = scenario_inputs.swings(sensitivity.swings(MODEL), [TRAINING])
    assert "cost of the largest run: cost of the dearest run, from" in swung.alt
    shares = sensitivity.variance_shares(MODEL, TRAINING, base=64)
    drawn = scenario_inputs.shares(shares, [TRAINING], 0.95)
    assert "95% intervals" in drawn.alt
    labels = [text.get_text() for text in drawn.figure.axes[0].get_yticklabels()]
    assert labels[0] == "cost of the dearest run"


def test_worlds_start_at_one_and_end_where_they_lead() -> None:
    later = series(1.0, months=13, noise=1e-4)
    held = [hold_out.Held(hold_out.SAME, series(1.0), later)]
    stated = pd.DataFrame(
        {"series": [hold_out.SAME], "inflation": 1.2, "deflation": 0.9, "bifurcation": 1.0}
    )
    drawing = scenario_worlds.worlds(held, stated)
    assert drawing.data[["inflation", "deflation"]].iloc[0].tolist() == [1, 1]
    assert drawing.data["inflation"].iloc[-1] == pytest.approx(1.2, rel=1e-3)
    assert drawing.figure.axes[0].get_yscale() == "linear"
    assert "inflation 1.2×" in drawing.alt


def test_nothing_to_draw() -> None:
    table = simulation.fans(MODEL, simulation.draw(10), [2030])
    with pytest.raises(InputError, match="none of them"):
        scenario_fans.fans(table[table["output"] == TOKEN], [TRAINING])
    with pytest.raises(InputError, match="no monthly series"):
        scenario_worlds.worlds([], pd.DataFrame())
