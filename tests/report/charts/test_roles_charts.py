"""Figures on the firms of Table 2."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.report import figures
from analysis.report.charts import roles as roles_charts

GROWTH = pd.DataFrame(
    {"firm": ["Lab", "Maker", "Cloud"], "kind": ["model firms", "hardware", "integrated"],
     "factor": [5.0, 1.7, 1.2]}
)  # fmt: skip
BAND = pd.DataFrame(
    {"month": ["2026-01", "2026-02"], "share": [0.4, 0.6], "low": [0.3, 0.5], "high": [0.5, 0.7]}
)


def test_firms_stand_in_the_order_of_their_classes() -> None:
    figures.style()
    drawing = roles_charts.growth(GROWTH)
    assert list(drawing.data["firm"]) == ["Cloud", "Maker", "Lab"]
    assert "Maker 1.7×" in drawing.alt
    plt.close(drawing.figure)
    with pytest.raises(InputError):
        roles_charts.growth(GROWTH.head(0))


def test_shares_name_their_first_and_last_month() -> None:
    drawing = roles_charts.shares(BAND, BAND, 0.5)
    assert "open from 40\N{NO-BREAK SPACE}% in 2026-01" in drawing.alt
    assert set(drawing.data["counts_as"]) == {"open", "open or small"}
    plt.close(drawing.figure)
    with pytest.raises(InputError):
        roles_charts.shares(BAND.head(0), BAND, 0.5)
