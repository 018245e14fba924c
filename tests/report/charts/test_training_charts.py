"""What the figures of the training notebook show and say."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from analysis import tables
from analysis.economics.training import accounting as training_accounting
from analysis.economics.training import claims, entrants, samples
from analysis.economics.training import cost as training
from analysis.report import figures
from analysis.report.charts import training as training_charts
from analysis.report.charts.specification import Drawing


@pytest.fixture(autouse=True)
def style() -> Iterator[None]:
    figures.style()
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def real() -> dict[str, pd.DataFrame]:
    names = ("training_runs", "run_links", "training_costs", "deflator")
    return {name: tables.load(name) for name in names}


def shown(drawing: Drawing) -> str:
    """The page's figure; raises if caption, description or data are not fit to be shown."""
    text = figures.figure_html(
        drawing.figure, caption="What is seen", alt=drawing.alt, data=drawing.data
    )
    return str(text)


def texts(drawing: Drawing) -> set[str]:
    return {text.get_text().strip() for ax in drawing.figure.axes for text in ax.texts}


def test_cost_trends_name_both_lines_and_say_both_growth_rates(
    real: dict[str, pd.DataFrame],
) -> None:
    costs = real["training_costs"]
    paper = samples.paper_runs(costs)
    leading = samples.frontier_runs(real["training_runs"], real["run_links"])
    export = samples.with_cost(leading, costs)
    fits = {"paper": training.line(paper), "export": training.line(export)}
    band = training.forecast(fits["export"], "2026-07-19", 2029)
    drawing = training_charts.cost_trends(paper, export, fits, band)
    assert {"2024 paper", "2026", "if it goes on"} <= texts(drawing)
    assert "grow 2.45x a year" in drawing.alt
    assert "end of 2029" in drawing.alt
    assert len(drawing.data) == len(paper) + len(export)
    assert "<svg" in shown(drawing)


def test_without_fits_the_runs_are_still_drawn(real: dict[str, pd.DataFrame]) -> None:
    leading = samples.frontier_runs(real["training_runs"], real["run_links"])
    export = samples.with_cost(leading, real["training_costs"])
    nothing = export.iloc[:0]
    drawing = training_charts.cost_trends(nothing, export, {"paper": None, "export": None}, None)
    assert texts(drawing) == set()
    assert len(drawing.data) == len(export)
    assert "<svg" in shown(drawing)
    assert "<svg" in shown(training_charts.compute_bend(leading, None))


def test_bend_figure_draws_the_fitted_line_and_the_former_trend(
    real: dict[str, pd.DataFrame],
) -> None:
    leading = samples.frontier_runs(real["training_runs"], real["run_links"])
    found = claims.bend(leading, "2024-01-01")
    drawing = training_charts.compute_bend(leading, found)
    lines = {line.get_label(): line for line in drawing.figure.axes[0].get_lines()}
    drawn = np.asarray(lines["two slopes"].get_ydata(), dtype=float)
    assert drawn[0] == pytest.approx(found.line([leading["refers_to"].min()])[0], rel=1e-6)
    former = np.asarray(lines["former trend"].get_ydata(), dtype=float)
    assert (former[-1] < drawn[-1]) == (found.change.value > 0)
    assert f"{found.after.factor:.3g}x a year" in drawing.alt


def test_accounts_are_written_at_their_bars(real: dict[str, pd.DataFrame]) -> None:
    table = training_accounting.accounts(real["training_costs"], real["deflator"])
    drawing = training_charts.gpt4_accounts(table)
    assert any(text.endswith("$40.6M") for text in texts(drawing))
    assert f"{len(table)} bars" in drawing.alt
    assert "<svg" in shown(drawing)


def test_open_and_closed_counts_both_groups(real: dict[str, pd.DataFrame]) -> None:
    groups = samples.open_and_closed(real["training_runs"], real["run_links"])
    drawing = training_charts.open_and_closed(groups)
    assert {"open", "closed"} <= texts(drawing)
    assert f"{int(groups['open'].sum())} leading open-weight" in drawing.alt
    assert "<svg" in shown(drawing)


def test_newcomers_are_counted_by_year() -> None:
    firsts = pd.DataFrame(
        {
            "developer": list("abcd"),
            "refers_to": pd.to_datetime(["2018-01-01", "2021-01-01", "2021-05-01", "2023-01-01"]),
            "model": list("wxyz"),
        }
    )
    drawing = training_charts.newcomers(firsts, "2020-01-01", "2023-12-31")
    assert drawing.alt == "Bars by year: 2020: 0, 2021: 2, 2022: 0, 2023: 1."
    assert len(drawing.data) == 3
    assert "<svg" in shown(drawing)


def test_a_year_that_is_not_over_says_how_far_it_is_observed() -> None:
    firsts = pd.DataFrame(
        {"developer": ["a"], "refers_to": pd.to_datetime(["2025-03-01"]), "model": ["w"]}
    )
    drawing = training_charts.newcomers(firsts, "2025-01-01", "2026-07-19")
    assert drawing.alt == "Bars by year: 2025: 1, 2026 to Jul: 0."


def test_newcomers_of_the_data_are_all_drawn(real: dict[str, pd.DataFrame]) -> None:
    firsts = entrants.newcomers(real["training_runs"])
    drawing = training_charts.newcomers(firsts, "1900-01-01", firsts["refers_to"].max())
    heights = [bar.get_height() for bar in drawing.figure.axes[0].patches]  # type: ignore[attr-defined]
    assert sum(heights) == len(firsts)
