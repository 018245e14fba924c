"""Margins that prices imply, by hand; names of listings that sell a timed model."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from analysis.economics.serving import margins


def _asked() -> pd.DataFrame:
    return pd.DataFrame(
        {"model": ["a"] * 3, "host": ["x", "y", "z"], "listing": ["1", "2", "3"],
         "price": [0.5, 1.0, 4.0]}
    )  # fmt: skip


def test_margins_by_hand() -> None:
    """Costs from 0.2 to 0.6 with the middle at 0.4, against a middle price of 1."""
    row = margins.implied(_asked(), {"a": np.linspace(0.2, 0.6, 101)}, level=0.9).iloc[0]
    assert row["margin"] == pytest.approx(0.6)
    assert row["margin_at_lowest"] == pytest.approx(0.2)
    assert (row["margin_low"], row["margin_high"]) == pytest.approx((0.42, 0.78))
    assert row["hosts_above_cost"] == 1.0


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("llama-v3p1-8b-instruct", "llama3-8b"),
        ("meta-llama-3.1-8b-instruct-turbo", "llama3-8b"),
        ("llama-3.3-70b-instruct", "llama3-70b"),
        ("qwen2.5-coder-32b-instruct", "qwen2.5-32b"),
        ("qwen3-30b-a3b", "qwen3-30b-a3b"),
        ("deepseek-r1-distill-llama-70b", None),
        ("llama-3.2-90b-vision-instruct", None),
        ("hermes-3-llama-3.1-70b", None),
    ],
)
def test_names_that_sell_the_same_weights(name: str, model: str | None) -> None:
    found = [key for key, form in margins._SOLD.items() if re.fullmatch(form, name)]
    assert found == ([model] if model else [])
