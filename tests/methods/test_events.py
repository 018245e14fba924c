"""Rates, predictions, ratios and survival: exact coverage, symmetry, agreement with libraries."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.errors import InputError
from analysis.methods import events

properties = settings(max_examples=60, deadline=None, derandomize=True)
counts = st.integers(0, 60)
amounts = st.floats(0.1, 200)


@pytest.mark.parametrize("mean", [0.05, 0.7, 1.5, 4, 11, 30])
@pytest.mark.parametrize("level", [0.8, 0.95])
def test_rate_interval_covers_at_every_mean(mean: float, level: float) -> None:
    """Exactly: the Poisson probability of the counts whose interval contains the mean."""
    covered = 0.0
    for count in range(120):
        low, high = events.rate(count, 2.5, level=level).interval
        covered += stats.poisson.pmf(count, mean) * (low <= mean / 2.5 <= high)
    assert level <= covered <= 1


@properties
@given(counts, amounts, st.floats(0.01, 100))
def test_unit_of_exposure_does_not_matter(count: int, exposure: float, unit: float) -> None:
    ours, theirs = events.rate(count, exposure), events.rate(count, exposure * unit)
    assert ours.rate == pytest.approx(theirs.rate * unit)
    chances = [
        events.probability_at_least_one(count, exposure * u, 3 * u).probability for u in (1, unit)
    ]
    assert chances[0] == pytest.approx(chances[1])


@properties
@given(counts, amounts, amounts, st.sampled_from(["jeffreys", "uniform", "none"]))
def test_chance_is_a_probability_that_grows_with_the_window(
    count: int, exposure: float, window: float, prior: str
) -> None:
    chance = events.probability_at_least_one(count, exposure, window, prior)
    longer = events.probability_at_least_one(count, exposure, window * 1.5, prior)
    low, high = chance.interval
    assert 0 <= low <= high <= 1 and 0 <= chance.probability <= 1
    assert longer.probability >= chance.probability


def test_predictive_chance_averages_over_the_posterior() -> None:
    draws = stats.gamma(3.5, scale=1 / 39).rvs(400_000, random_state=1)
    chance = events.probability_at_least_one(3, 39, 12)
    assert chance.probability == pytest.approx(np.mean(1 - np.exp(-12 * draws)), abs=2e-3)
    quantiles = np.quantile(1 - np.exp(-12 * draws), [0.025, 0.975])
    assert chance.interval == pytest.approx(tuple(quantiles), abs=4e-3)


@properties
@given(st.integers(1, 40), amounts, st.integers(1, 40), amounts)
def test_rate_ratio_inverts_when_the_processes_swap(
    first: int, time1: float, second: int, time2: float
) -> None:
    ours = events.rate_ratio(first, time1, second, time2)
    theirs = events.rate_ratio(second, time2, first, time1)
    assert ours.ratio == pytest.approx(1 / theirs.ratio)
    assert ours.interval == pytest.approx((1 / theirs.interval[1], 1 / theirs.interval[0]))
    assert ours.p_value == pytest.approx(theirs.p_value)


def test_rate_ratio_is_the_exact_binomial() -> None:
    found = events.rate_ratio(11, 30, 4, 45)
    low, high = stats.binomtest(11, 15).proportion_ci(method="exact")
    assert found.ratio == pytest.approx(11 / 30 / (4 / 45))
    assert found.interval == pytest.approx((low / (1 - low) * 1.5, high / (1 - high) * 1.5))
    assert found.p_value == pytest.approx(2 * stats.binom.sf(10, 15, 30 / 75))


@properties
@given(counts, amounts, counts, amounts)
def test_rate_ratio_rejects_one_exactly_when_the_interval_excludes_it(
    first: int, time1: float, second: int, time2: float
) -> None:
    if first + second == 0:
        return
    found = events.rate_ratio(first, time1, second, time2)
    excluded = not found.interval[0] <= 1 <= found.interval[1]
    assert excluded == (found.p_value < 0.05)


def test_rate_ratio_without_events_on_one_side() -> None:
    assert events.rate_ratio(0, 10, 3, 10).interval[0] == 0
    unbounded = events.rate_ratio(3, 10, 0, 10)
    assert (unbounded.ratio, unbounded.interval[1]) == (np.inf, np.inf)
    assert unbounded.p_value == pytest.approx(0.25)


def followed(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    return (
        generator.integers(1, 30, size=60).astype(float),
        generator.random(60) < 0.6,
        generator.integers(0, 3, size=60),
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_survival_against_statsmodels(seed: int) -> None:
    from statsmodels.duration.survfunc import SurvfuncRight, survdiff

    time, seen, group = followed(seed)
    time[0], seen[0] = 40.0, False  # the last subject is censored: survival stays above 0
    ours, theirs = events.kaplan_meier(time, seen), SurvfuncRight(time, seen.astype(int))
    np.testing.assert_array_equal(ours.times, theirs.surv_times)
    np.testing.assert_allclose(ours.survival, theirs.surv_prob)
    np.testing.assert_allclose(ours.standard_error, theirs.surv_prob_se)
    np.testing.assert_array_equal(ours.at_risk, theirs.n_risk)
    test = events.log_rank(time, seen, group)
    assert (test.statistic, test.p_value) == pytest.approx(survdiff(time, seen.astype(int), group))
    assert test.degrees_of_freedom == 2


@properties
@given(st.lists(st.integers(1, 20), min_size=1, max_size=30))
def test_without_censoring_survival_is_the_share_still_alive(times: list[int]) -> None:
    curve = events.kaplan_meier(times, [1] * len(times))
    for time, share in zip(curve.times, curve.survival, strict=True):
        assert share == pytest.approx(np.mean(np.array(times) > time), abs=1e-12)
    assert ((curve.low <= curve.survival) & (curve.survival <= curve.high)).all()
    assert curve.median == np.quantile(times, 0.5, method="inverted_cdf")


def test_survival_that_reaches_zero_has_no_nan() -> None:
    curve = events.kaplan_meier([1, 2, 3], [1, 1, 1])
    assert (curve.survival[-1], curve.standard_error[-1], curve.low[-1]) == (0, 0, 0)
    assert curve.high[-1] == curve.high[-2]
    assert events.kaplan_meier([2, 2], [1, 1]).high.tolist() == [1]
    assert not curve.table().isna().any().any()


def test_survival_without_events_and_beyond_the_follow_up() -> None:
    curve = events.kaplan_meier([0, 5, 9], [False, False, False])
    assert len(curve.times) == 0 and curve.median is None and curve.at(9) == 1
    with pytest.raises(InputError, match="time: 10 is outside the follow-up"):
        curve.at(10)
    ended = events.kaplan_meier([1, 2], [1, 1])
    assert [ended.at(t) for t in (0.5, 1, 7)] == [1, 0.5, 0]


def test_results_print_one_line() -> None:
    time, seen, group = followed(4)
    results = [
        events.rate(3, 10),
        events.probability_at_least_one(3, 10, 5),
        events.rate_ratio(3, 10, 4, 10),
        events.kaplan_meier(time, seen),
        events.log_rank(time, seen, group),
    ]
    for result in results:
        assert "\n" not in str(result) and len(result.table()) >= 3


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: events.rate(-1, 10), "count"),
        (lambda: events.rate(1.5, 10), "count"),
        (lambda: events.rate(1, 0), "exposure"),
        (lambda: events.rate(1, np.inf), "exposure"),
        (lambda: events.rate(1, 1, level=1), "level"),
        (lambda: events.probability_at_least_one(1, 10, -1), "window"),
        (lambda: events.probability_at_least_one(1, np.nan, 1), "exposure"),
        (lambda: events.probability_at_least_one(1, 10, 1, "flat"), "prior"),
        (lambda: events.rate_ratio(0, 1, 0, 1), "count1, count2"),
        (lambda: events.rate_ratio(1, 1, 1, 0), "exposure2"),
        (lambda: events.kaplan_meier([], []), "durations"),
        (lambda: events.kaplan_meier([1, -1], [1, 1]), "durations"),
        (lambda: events.kaplan_meier([1, np.nan], [1, 1]), "durations"),
        (lambda: events.kaplan_meier([1, 2], [1]), "observed"),
        (lambda: events.kaplan_meier([1, 2], [1, 2]), "observed"),
        (lambda: events.log_rank([1, 2], [1, 1], ["a", "a"]), "group"),
        (lambda: events.log_rank([1, 2], [1, 1], ["a", None]), "group"),
        (lambda: events.log_rank([1, 2], [1, 1], ["a"]), "group"),
        (lambda: events.log_rank([1, 2], [0, 0], ["a", "b"]), "observed"),
        (lambda: events.log_rank([1, 1], [1, 1], ["a", "b"]), "durations"),
        (lambda: events.log_rank([1, 1, 5, 6, 5, 6], [0, 0, 1, 1, 1, 1], [*"aabbcc"]), "durations"),
    ],
)
def test_bad_input(call: object, name: str) -> None:
    with pytest.raises(InputError, match=f"^{name}"):
        call()  # type: ignore[operator]
