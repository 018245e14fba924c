"""Six products over five periods: the artificial data set of the Producer Price Index Manual.

Source: ILO, IMF, OECD, UNECE, World Bank, Producer Price Index Manual (2004), chapter 19,
tables 19.1 and 19.2 (data) and the index tables after them; four decimals as printed.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.methods import price_index

DATA = Path(__file__).parent / "data"
PANEL = pd.read_csv(DATA / "ppi_manual.csv")
PRINTED = pd.read_csv(DATA / "ppi_manual_indices.csv", index_col="period")
HALF_A_DIGIT = 0.5e-4 + 1e-9


@pytest.mark.parametrize("method", PRINTED.columns)
def test_fixed_base_index_is_as_printed(method: str) -> None:
    series = price_index.bilateral(PANEL, method=method).series
    assert list(series.index) == list(PRINTED.index)
    assert (series - PRINTED[method]).abs().max() <= HALF_A_DIGIT


def test_chaining_drifts_on_these_data() -> None:
    chained = price_index.bilateral(PANEL, method="tornqvist", chained=True).series
    assert chained.iloc[-1] == pytest.approx(1.2224, abs=HALF_A_DIGIT)


def test_multilateral_indices_lie_between_the_laspeyres_and_paasche_of_the_manual() -> None:
    for method in ("geks", "ccdi", "tpd"):
        last = price_index.multilateral(PANEL, method=method).series.iloc[-1]
        assert PRINTED["paasche"].iloc[-1] < last < PRINTED["laspeyres"].iloc[-1]
