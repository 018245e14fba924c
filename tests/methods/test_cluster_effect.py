"""Wild cluster bootstrap-t: limits in which the answer is known, and what it covers."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.methods import regression
from analysis.methods._clustered import clustered
from analysis.methods.cluster_effect import cluster_effect

SIZES = (12, 9, 7, 6, 5, 4, 3, 3, 2, 2, 2, 1, 1, 1, 1, 1)  # as uneven as developers are


def _sample(
    seed: int, sizes: tuple[int, ...] = SIZES, shared: float = 0.4
) -> tuple[np.ndarray, dict[str, np.ndarray], np.ndarray]:
    generator = np.random.default_rng(seed)
    groups = np.repeat(np.arange(len(sizes)), sizes)
    n = len(groups)
    columns = {
        "date": generator.uniform(-1.5, 1.5, n) + 0.5 * generator.normal(size=len(sizes))[groups],
        "ability": generator.normal(size=n),
    }
    noise = shared * generator.normal(size=len(sizes))[groups] + 0.3 * generator.normal(size=n)
    logs = 0.5 - 0.25 * columns["date"] + 0.4 * columns["ability"] + noise
    return 10**logs, columns, groups


def test_one_row_a_cluster_is_the_wild_bootstrap_with_hc3() -> None:
    y, columns, _ = _sample(1)
    ours = cluster_effect(y, columns, "date", np.arange(len(y)))
    theirs = regression.effect(y, columns, "date", covariance="wild")
    assert ours.value == pytest.approx(theirs.value)
    assert ours.standard_error == pytest.approx(theirs.standard_error)
    assert ours.interval == pytest.approx(theirs.interval)


def test_the_standard_error_is_cr3() -> None:
    y, columns, groups = _sample(2)
    design = np.column_stack([np.ones(len(y)), *columns.values()])
    known = clustered(design, np.log10(y), groups)
    ours = cluster_effect(y, columns, "date", groups)
    assert ours.standard_error == pytest.approx(np.sqrt(known.covariance[1, 1]))


def test_units_and_order_of_rows_do_not_matter() -> None:
    y, columns, groups = _sample(3)
    ours = cluster_effect(y, columns, "date", groups)
    dearer = cluster_effect(130 * y, columns, "date", groups)
    assert dearer.interval == pytest.approx(ours.interval)
    order = np.argsort(groups[::-1], kind="stable")  # rows of a cluster turned round
    turned = {name: column[::-1][order] for name, column in columns.items()}
    again = cluster_effect(y[::-1][order], turned, "date", groups[::-1][order])
    assert again.interval == pytest.approx(ours.interval)


def test_covers_where_errors_are_shared() -> None:
    """Of nominal 95 %; independent HC3 errors hold the truth far less often here."""
    hits, naive, runs = 0, 0, 300
    for seed in range(runs):
        y, columns, groups = _sample(1000 + seed)
        low, high = cluster_effect(y, columns, "date", groups).interval
        hits += low <= -0.25 <= high
        low, high = regression.effect(y, columns, "date", covariance="HC3").interval
        naive += low <= -0.25 <= high
    assert hits / runs >= 0.92
    assert naive < hits


def test_p_value_and_interval_agree() -> None:
    y, columns, groups = _sample(4)
    found = cluster_effect(y, columns, "date", groups)
    low, high = found.interval
    assert found.p_value(low + 1e-6) >= 0.05 >= found.p_value(low - 1e-3)
    assert found.p_value(high + 1e-3) <= 0.05 <= found.p_value(high - 1e-6)


def test_few_clusters_draw_more_than_two_weights() -> None:
    y, columns, groups = _sample(5, (8, 7, 6, 5, 4, 3))
    sizes = cluster_effect(y, columns, "date", groups)._coefficient.sizes
    assert sizes is not None
    assert len(np.unique(sizes.round(9))) > 2**6


@pytest.mark.parametrize(
    ("clusters", "rule"),
    [
        (lambda groups: groups[:-1], "each of"),
        (lambda groups: np.minimum(groups, 3), "at least 5"),
    ],
)
def test_rejects_clusters_that_do_not_fit(clusters: object, rule: str) -> None:
    y, columns, groups = _sample(6)
    with pytest.raises(InputError, match=rule):
        cluster_effect(y, columns, "date", clusters(groups))  # type: ignore[operator]


def test_rejects_a_cluster_that_alone_fixes_a_coefficient() -> None:
    y, columns, groups = _sample(7)
    columns["only"] = (groups == 0).astype(float)
    with pytest.raises(InputError, match="alone identifies"):
        cluster_effect(y, columns, "date", groups)
