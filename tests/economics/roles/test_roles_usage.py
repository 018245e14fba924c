"""Token shares of open and small models on a made-up ranking."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.economics.roles import usage as shares_of
from analysis.economics.roles import usage_choices
from analysis.errors import InputError

MODELS = [
    ("a/large", "no", 40),
    ("b/thing-mini", "no", 30),
    ("c/open-70b", "yes", 20),
    ("d/unknown", "not checked", 10),
]


def _usage(months: list[str]) -> pd.DataFrame:
    rows = [
        {"month": month, "rank": rank, "model": model, "open_weights": state, "tokens": tokens}
        for month in months
        for rank, (model, state, tokens) in enumerate(MODELS, start=1)
    ]
    return pd.DataFrame(rows)


PRICES = pd.DataFrame(
    {
        "listing": ["a/large", "a/large", "d/unknown"],
        "variant": ["", "batch", ""],
        "output_usd_per_million_tokens": [30.0, 0.5, 0.9],
        "refers_to": pd.Timestamp(2026, 1, 1),
    }
)


@pytest.mark.parametrize(
    ("kind", "unchecked", "expected"),
    [
        ("open", "left out", 20 / 90),
        ("open", "closed", 0.2),
        ("open", "open", 0.3),
        ("open or small", "left out", 50 / 90),
        ("open or smallest", "left out", 50 / 90),
        ("open or cheap", "closed", 0.3),
    ],
)
def test_shares_by_what_counts(kind: str, unchecked: str, expected: float) -> None:
    usage = _usage(["2026-01"])
    cheap = shares_of.is_cheap(usage, PRICES)
    found = shares_of.monthly(usage, kind=kind, unchecked=unchecked, cheap=cheap)
    assert found["share"].iloc[0] == pytest.approx(expected)


def test_small_is_a_whole_part_of_the_name() -> None:
    names = pd.Series(
        ["google/gemini-2.5-pro", "minimax/minimax-m2", "x/grok-4-fast", "o/gpt-4o-mini"]
    )
    assert list(shares_of.is_small(names)) == [False, False, True, True]
    assert list(shares_of.is_small(names, shares_of.SMALLEST)) == [False, False, False, True]


def test_the_last_twelve_months_skip_what_was_not_seen() -> None:
    months = [f"2025-{m:02d}" for m in range(1, 13)] + ["2026-01", "2026-03"]
    shares = shares_of.monthly(_usage(months))
    recent = shares_of.latest(shares)
    assert recent["month"].iloc[0] == "2025-04" and len(recent) == 11
    whole = shares_of.latest(shares, whole=True)["month"]
    assert whole.iloc[-1] == "2026-01" and whole.iloc[0] == "2025-02"


def test_the_answer_needs_three_months() -> None:
    answer = shares_of.share(_usage(["2026-01", "2026-02", "2026-03"]), PRICES)
    assert answer.estimate == pytest.approx(5 / 9) and answer.n == 3
    with pytest.raises(InputError, match="2 of the 3"):
        shares_of.share(_usage(["2026-01", "2026-02"]), PRICES)


def test_a_share_that_hangs_on_what_is_small_has_a_wide_interval() -> None:
    usage = _usage(["2026-01", "2026-02", "2026-03"])
    usage["model"] = usage["model"].replace("b/thing-mini", "b/thing-fast")
    answer = shares_of.share(usage, PRICES)
    assert answer.estimate == pytest.approx(5 / 9)
    assert answer.interval == pytest.approx((2 / 9, 5 / 9))
    assert answer.detail and answer.detail["open or cheap"] == pytest.approx(0.3)


def test_jackknife_values_average_to_the_ratio_of_equal_months() -> None:
    values = usage_choices.pseudo_values(np.array([1.0, 2.0, 3.0]), np.array([4.0, 4.0, 4.0]))
    assert values == pytest.approx([0.25, 0.5, 0.75])


def test_choices_are_counted_once_and_by_axis() -> None:
    months = [f"2025-{m:02d}" for m in range(1, 13)]
    found = usage_choices.curve(_usage(months), PRICES, 0.95)
    assert 0 < found.n < len(found.specifications)
    table = usage_choices.by_choice(found, 0.45).set_index(["axis", "choice"])["share_above"]
    assert table["counts as tier", "open"] == 0
    assert table["counts as tier", "open or small"] == 1


def test_published_shares_stand_beside_ours() -> None:
    facts = pd.DataFrame(
        {"topic": ["token_share", "other"], "statement": ["x", "y"], "value": [30.0, 1.0],
         "grade": ["B", "A"], "refers_to": pd.to_datetime(["2025-12-31"] * 2)}
    )  # fmt: skip
    row = usage_choices.published(facts, _usage(["2024-12", "2025-11"])).iloc[0]
    assert row["our_months"] == 1 and row["ours_low_percent"] == pytest.approx(20)
