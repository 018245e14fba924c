"""Frontier runs by their rank at release."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.economics import frontier
from analysis.errors import InputError

RUNS = pd.DataFrame(
    {
        "model": ["a", "b", "c", "d", "e", "f"],
        "refers_to": pd.to_datetime(
            ["2020-01-01", "2020-02-01", "2020-03-01", "2020-03-01", "2020-04-01", "2020-05-01"]
        ),
        "training_compute_flop": [10.0, 5.0, 8.0, 20.0, np.nan, 9.0],
    }
)


@pytest.mark.parametrize(
    ("k", "models"),
    # c: behind a before it and d on its day; f: behind a and d; e has no figure
    [(1, "ad"), (2, "abd"), (3, "abcdf"), (10, "abcdf")],
)
def test_rank_among_those_known_at_release(k: int, models: str) -> None:
    assert "".join(frontier.top_k_at_release(RUNS, k=k)["model"]) == models


def test_ties_at_the_last_place_are_all_kept() -> None:
    tied = RUNS.assign(training_compute_flop=7.0)
    assert len(frontier.top_k_at_release(tied, k=1)) == 6


def test_rows_keep_their_order_labels_and_columns() -> None:
    mixed = RUNS.sample(frac=1, random_state=3)
    kept = frontier.top_k_at_release(mixed, k=2)
    assert kept.index.tolist() == [label for label in mixed.index if label in (0, 1, 3)]
    assert list(kept.columns) == list(RUNS.columns)


def test_other_metric_and_date_columns() -> None:
    renamed = RUNS.rename(columns={"refers_to": "published", "training_compute_flop": "cost"})
    kept = frontier.top_k_at_release(renamed, k=1, metric="cost", date="published")
    assert "".join(kept["model"]) == "ad"


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(1, 6)), min_size=1, max_size=12),
    st.integers(1, 4),
)
def test_definition(cases: list[tuple[int, int]], k: int) -> None:
    runs = pd.DataFrame(
        {
            "refers_to": [f"2020-01-{day + 1:02d}" for day, _ in cases],
            "training_compute_flop": [float(size) for _, size in cases],
        }
    )
    expected = [
        row
        for row, (day, size) in enumerate(cases)
        if sum(other > size for when, other in cases if when <= day) < k
    ]
    assert frontier.top_k_at_release(runs, k=k).index.tolist() == expected


@pytest.mark.parametrize(
    ("runs", "options", "argument"),
    [
        (RUNS, {"k": 0}, "k"),
        (RUNS, {"k": 1.0}, "k"),
        (RUNS, {"k": 1, "metric": "cost"}, "metric"),
        (RUNS, {"k": 1, "date": "published"}, "date"),
        (RUNS.assign(training_compute_flop=np.nan), {"k": 1}, "training_compute_flop"),
        (RUNS.assign(refers_to=pd.NaT), {"k": 1}, "refers_to"),
        (RUNS.iloc[:0], {"k": 1}, "training_compute_flop"),
    ],
)
def test_bad_input(runs: pd.DataFrame, options: dict[str, Any], argument: str) -> None:
    with pytest.raises(InputError) as caught:
        frontier.top_k_at_release(runs, **options)
    assert caught.value.argument == argument
