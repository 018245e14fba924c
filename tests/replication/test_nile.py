"""Breaks in the flow of the Nile and in British road casualties.

Expected numbers: reference output of the R package strucchange (CRAN,
``tests/Examples/strucchange-Ex.Rout.save``). Data: Cobb (1978), Biometrika 65:243 (Nile, 10⁸ m³ a
year); Harvey and Durbin (1986), JRSS A 149:187 (drivers killed or seriously injured a month).
R counts rows from 1 and names the last row of a regime, which is the first of the next, from 0.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.methods import breaks

DATA = Path(__file__).parent / "data"
NILE = pd.read_csv(DATA / "nile_flow.csv")
FLOW = NILE["annual_flow_1e8_m3"]
DRIVERS = np.log10(
    pd.read_csv(DATA / "uk_driver_deaths.csv")["drivers_killed_or_seriously_injured"].to_numpy()
)
# y ~ ylag1 + ylag12, January 1970 to December 1984
CASUALTIES, LAGS = DRIVERS[12:], np.column_stack([DRIVERS[11:-1], DRIVERS[:-12]])


def test_sup_f_of_the_nile() -> None:
    # sctest(Fstats(Nile ~ 1)); type = "aveF"; type = "expF"
    test = breaks.sup_f(FLOW)
    assert test.statistic == pytest.approx(75.93, abs=5e-3)
    assert test.ave_f == pytest.approx(21.215, abs=5e-4)
    assert test.exp_f == pytest.approx(33.759, abs=5e-4)
    assert test.index == 28
    assert NILE["year"][test.index - 1] == 1898
    assert test.p_value < 1e-14
    assert test.p_value_bootstrap == pytest.approx(1 / 2000)


def test_partitions_of_the_nile() -> None:
    # summary(breakpoints(Nile ~ 1))
    found = breaks.bai_perron(FLOW)
    assert found.breaks == (
        (),
        (28,),
        (28, 83),
        (28, 68, 83),
        (28, 45, 68, 83),
        (15, 30, 45, 68, 83),
    )
    rss = [2835157, 1597457, 1552924, 1538097, 1507888, 1659994]
    assert list(found.rss) == pytest.approx(rss, abs=0.5)
    assert list(found.bic) == pytest.approx([1318, 1270, 1276, 1285, 1292, 1311], abs=0.5)
    assert found.bic[1] == pytest.approx(1270.084, abs=5e-4)
    assert found.m_bic == found.m_sequential == 1


def test_interval_of_the_break_of_the_nile() -> None:
    # confint(breakpoints(Nile ~ 1)): 25, 28, 32, that is 1895 to 1902
    assert breaks.bai_perron(FLOW).break_intervals() == ((25, 32),)


def test_cusum_of_the_nile() -> None:
    # sctest(efp(Nile ~ 1, type = "OLS-CUSUM")); sctest(efp(Nile ~ 1))
    ols, recursive = (breaks.cusum(FLOW, kind=kind) for kind in ("ols", "recursive"))
    assert ols.statistic == pytest.approx(2.9518, abs=5e-5)
    assert ols.p_value == pytest.approx(5.409e-08, rel=5e-4)
    assert recursive.statistic == pytest.approx(2.0669, abs=5e-5)
    assert recursive.p_value == pytest.approx(7.487e-08, rel=5e-4)


def test_casualties_with_regressors() -> None:
    # sctest(Fstats(y ~ ylag1 + ylag12, from = 0.1), type = "expF")
    test = breaks.sup_f(CASUALTIES, LAGS, trim=0.1)
    assert test.exp_f == pytest.approx(6.4247, abs=5e-5)
    with_constant = breaks.sup_f(CASUALTIES, np.column_stack([np.ones(180), LAGS]), trim=0.1)
    assert with_constant.statistic == pytest.approx(test.statistic, rel=1e-10)


def test_partitions_of_casualties() -> None:
    # summary(breakpoints(y ~ ylag1 + ylag12, h = 0.1)); confint(…, breaks = 2)
    found = breaks.bai_perron(CASUALTIES, LAGS, max_breaks=8, min_size=0.1)
    assert found.breaks[2] == (46, 157)
    assert found.breaks[6] == (46, 70, 89, 108, 141, 160)
    assert found.breaks[8] == (18, 46, 70, 89, 107, 125, 144, 162)
    rss = [0.3297, 0.2967, 0.2676, 0.2438, 0.2395, 0.2317, 0.2258, 0.2244, 0.2231]
    bic = [-602.8611, -601.0539, -598.9042, -594.8774, -577.2905]
    assert list(found.rss) == pytest.approx(rss, abs=5e-5)
    assert list(found.bic[:5]) == pytest.approx(bic, abs=5e-5)
    assert found.m_bic == 0
    assert found.break_intervals(2) == ((33, 56), (144, 171))
