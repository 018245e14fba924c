"""Tests that impose what they test: limits, agreement with the plain bootstrap, coverage."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.methods.cluster_effect import Clustered, cluster_effect
from analysis.methods.null_imposed import Imposed, null_imposed
from tests.methods.test_cluster_effect import SIZES, _sample

GROUPS = np.repeat(np.arange(len(SIZES)), SIZES)


def test_the_p_value_is_that_of_resamples_drawn_by_hand() -> None:
    y, columns, groups = _sample(11)
    found = null_imposed(y, columns, "date", groups)
    fit = Clustered.of(y, columns, "date", groups)
    design, logs = fit.ols.design, fit.ols.response
    other = design[:, [0, 2]]
    line = other @ np.linalg.lstsq(other, logs, rcond=None)[0]
    beyond = 0
    seen = abs(fit.value) / fit.standard_error
    weights = fit.weights(0)[:400]
    for w in weights:
        again = Clustered.of(10 ** (line + w[groups] * (logs - line)), columns, "date", groups)
        beyond += abs(again.value) / again.standard_error >= seen
    assert found.p_value == pytest.approx(beyond / len(weights), abs=0.05)


def test_the_interval_holds_the_estimate_and_its_ends_are_at_the_level() -> None:
    y, columns, groups = _sample(12)
    found = null_imposed(y, columns, "date", groups)
    low, high = found.interval
    assert low < cluster_effect(y, columns, "date", groups).value < high
    for end in (low, high):
        shifted = 10 ** (np.log10(y) - end * columns["date"])
        at_end = null_imposed(shifted, columns, "date", groups).p_value
        assert at_end == pytest.approx(0.05, abs=0.002)


def test_covers_where_errors_are_shared() -> None:
    hits, runs = 0, 300
    for seed in range(runs):
        hits += Imposed(Clustered.of(*_sample(3000 + seed)[:2], "date", GROUPS))(-0.25) > 0.05
    assert 0.90 <= hits / runs <= 0.99


def test_rejects_what_cluster_effect_rejects() -> None:
    y, columns, groups = _sample(13)
    with pytest.raises(InputError, match="at least 5"):
        null_imposed(y, columns, "date", np.minimum(groups, 3))
