"""Remission of leukaemia under 6-mercaptopurine and placebo, 21 patients each.

Source of the data: Freireich et al. (1963), Blood 21:699. Survival and Greenwood errors as in
the standard treatments of these data (Kalbfleisch and Prentice 2002, section 1.1; R survival
``survfit``), log-rank 16.79 likewise.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.methods import events

PATIENTS = pd.read_csv(Path(__file__).parent / "data" / "leukaemia_remission.csv")
TREATED = PATIENTS[PATIENTS["arm"] == "6MP"]


def test_survival_and_greenwood_errors_of_the_treated_arm() -> None:
    curve = events.kaplan_meier(TREATED["weeks"], TREATED["relapsed"])
    assert curve.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve.events.tolist() == [3, 1, 1, 1, 1, 1, 1]
    survival = [0.857143, 0.806723, 0.752941, 0.690196, 0.627451, 0.537815, 0.448179]
    errors = [0.07636, 0.086935, 0.09635, 0.106815, 0.114054, 0.128234, 0.134591]
    np.testing.assert_allclose(curve.survival, survival, atol=5e-7)
    np.testing.assert_allclose(curve.standard_error, errors, atol=5e-7)


def test_median_remission() -> None:
    placebo = PATIENTS[PATIENTS["arm"] == "placebo"]
    assert events.kaplan_meier(TREATED["weeks"], TREATED["relapsed"]).median == 23
    assert events.kaplan_meier(placebo["weeks"], placebo["relapsed"]).median == 8


def test_log_rank() -> None:
    test = events.log_rank(PATIENTS["weeks"], PATIENTS["relapsed"], PATIENTS["arm"])
    assert test.statistic == pytest.approx(16.7929, abs=5e-5)
    assert test.p_value == pytest.approx(4.1688e-05, abs=5e-10)
    assert test.degrees_of_freedom == 1
