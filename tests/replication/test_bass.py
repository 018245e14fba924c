"""Diffusion of video recorders in the United States, 1980 to 1989.

Expected: R ``nls`` on these sales, as in the tutorials that use them (M 68,000, P 0.00659,
Q 0.638, residual error 727 on 7 degrees of freedom), with further digits recomputed.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.methods import growth

SALES = pd.read_csv(Path(__file__).parent / "data" / "vcr_sales.csv")["sales_thousand"]
YEAR = np.arange(1, 11)


def test_bass_of_video_recorders() -> None:
    fit = growth.fit(YEAR, SALES, curve="bass")
    assert fit.parameters["m"] == pytest.approx(67_981, abs=0.5)
    assert fit.parameters["p"] == pytest.approx(0.00659, abs=5e-6)
    assert fit.parameters["q"] == pytest.approx(0.638, abs=5e-4)
    assert list(fit.standard_errors) == pytest.approx([3130, 0.00143, 0.0414], rel=2e-3)
    assert fit.residual_sd == pytest.approx(727, abs=0.5)
    assert fit.identified


def test_peak_of_sales() -> None:
    fit = growth.fit(YEAR, SALES, curve="bass")
    m, p, q = fit.parameters
    assert fit.peak_time == pytest.approx(np.log(q / p) / (p + q))
    assert fit.predict(fit.peak_time) == pytest.approx(m * (p + q) ** 2 / (4 * q))


def test_market_size_is_unknown_before_sales_slow() -> None:
    fit = growth.fit(YEAR[:5], SALES[:5], curve="bass")
    low, high = fit.intervals["m"]
    assert not fit.identified
    assert np.isnan(fit.parameters["m"])
    assert low > SALES[:5].sum()
    assert np.isinf(high)
