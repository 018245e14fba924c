"""Tables and figure of the predictions, on a small prediction and on the real ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pytest
from claims.small_predictions import made, prediction, purchase, resolved, write

from analysis.claims import outlook
from analysis.errors import InputError
from analysis.report import figures, palette
from analysis.report import predictions_board as board
from analysis.report.charts import forecast as forecast_chart

DAY = date(2026, 11, 23)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RECKON_ROOT", str(tmp_path))
    (tmp_path / "data").mkdir()
    write(tmp_path, purchase())
    return tmp_path


def rows(root: Path, day: date = DAY, **changes: Any) -> list[dict[str, Any]]:
    write(root, purchase(**changes))
    target = prediction(**changes)
    return outlook.rows([made(target, 0.4), made(target, None, rule="lenient")], day)


def test_the_board_has_a_row_for_every_reading(root: Path) -> None:
    assert list(board.texts(rows(root))["says"]) == [rows(root)[0]["says"]]
    table = board.standing(rows(root))
    assert list(table["probability"]) == ["40 %", "–", "–", "–"]
    assert list(table["interval"]) == ["10 % to 90 %", "", "", ""]
    assert list(table["days left"]) == ["524", "889", "524", "889"]
    assert list(table["status"]) == ["open", *["no probability"] * 3]
    assert board.grounds(rows(root))["note"][2] == "Nothing to count."


def test_will_is_scored_either_way(root: Path) -> None:
    table = board.will(rows(root)).set_index("will means")
    assert list(table.index) == ["70 %", "90 %", "95 %"]
    assert list(table.loc["90 %"]) == ["0.01", "0.81", "0.105", "2.3"]


def test_stakes_compare_what_each_can_expect(root: Path) -> None:
    (row,) = board.stakes(rows(root)).to_dict("records")
    assert (row["ours"], row["base rate"]) == ("40 %", "52 %")
    assert row["Brier to expect: ours"] == "0.24"  # 0.4 × 0.6
    assert row["Brier: will = 0.9"] == "0.49"  # 0.4 × 0.01 + 0.6 × 0.81
    assert float(row["Brier: base rate"]) == pytest.approx(0.24 + (0.4 - 0.52433) ** 2, abs=5e-4)


def test_stakes_without_a_frozen_count_have_no_base_rate(root: Path) -> None:
    bare = rows(root, base_rate={"reference_class": "None"})
    assert board.stakes(bare).loc[0, "Brier: base rate"] == "–"


def test_scores_say_that_nothing_has_resolved(root: Path) -> None:
    assert board.scores(rows(root)).to_dict("records") == [
        {"prediction": "all", "outcome": board.NOTHING_RESOLVED}
    ]


def test_scores_of_what_has_resolved(root: Path) -> None:
    table = board.scores(
        rows(root, date(2027, 7, 1), resolved=[resolved("happened", "2027-06-01")])
    )
    assert list(table["Brier"][:4]) == ["0.36", "0.09", "0.01", "0.0025"]
    assert set(table["outcome"]) == {"happened (2027-06-01)"}
    annulled = rows(root, date(2027, 7, 1), resolved=[resolved("annulled", "2027-06-01")])
    assert list(board.scores(annulled)["forecaster"]) == ["not scored"]


def test_history_marks_what_is_no_forecast(root: Path) -> None:
    target = prediction()
    told = [
        made(target, 0.5, as_of="2026-12-31"),
        made(target, 0.6, as_of="2026-09-30"),
        made(target, 0.7, as_of="2025-06-30", pseudo_vintage=True),
        made(target, 0.8, as_of="2025-06-30", window_end="2029-04-30"),
        made(target, 0.9, as_of="2027-06-30"),
        made(target, 0.1, as_of="2026-10-31", rule_hash="0" * 64),
    ]
    table = board.history(told, date(2027, 1, 1)).set_index("as of")
    assert list(table["basis"]) == ["pseudo-vintage", "hindcast", "forecast"]
    assert list(table["p1 strict, by 2028-04-30"]) == ["70 %", "60 %", "50 %"]
    assert list(table["p1 strict, by 2029-04-30"]) == ["80 %", "–", "–"]
    assert board.history([], date(2027, 1, 1)).empty


def test_the_figure_draws_interval_base_rate_and_will(root: Path) -> None:
    figures.style()
    drawing = forecast_chart.forecasts(rows(root))
    (ax,) = drawing.figure.axes
    spans = [tuple(line.get_xdata()) for line in ax.get_lines() if line.get_linestyle() == "-"]
    assert (0.1, 0.9) in spans
    dots = [line for line in ax.get_lines() if line.get_marker() == "o"]
    assert [(dot.get_xdata()[0], dot.get_color()) for dot in dots] == [(0.4, palette.BLUE)]
    ticks = [line.get_xdata()[0] for line in ax.get_lines() if line.get_marker() == "|"]
    assert ticks == pytest.approx([0.524, 0.632], abs=1e-3)
    assert [text.get_text() for text in ax.texts].count("no probability") == 3
    assert "p1 strict, Apr 2028: 40 %, from 10 % to 90 %" in drawing.alt
    assert "from 70 % to 95 %" in drawing.alt
    assert len(drawing.data) == 4
    plt.close(drawing.figure)


def test_nothing_to_draw_is_refused(root: Path) -> None:
    with pytest.raises(InputError):
        forecast_chart.forecasts(outlook.rows([], DAY))


def test_the_real_predictions_fit_every_table() -> None:
    standing = outlook.rows([], DAY)
    assert len(board.standing(standing)) == len(board.grounds(standing)) == 12
    assert board.stakes(standing).empty and len(board.will(standing)) == 3
