"""The stated cluster, and the age of the things named."""

from __future__ import annotations

import pandas as pd
import pytest
from audit_samples import article, facts

from analysis import tables
from analysis.economics.audit import market
from analysis.economics.audit.facts import Fact, Facts
from analysis.economics.audit.text import Article
from analysis.errors import InputError

CHIPS = pd.DataFrame({"accelerator": [market.CHIP], "fp16_flop_per_s": [1e15]})
NEEDED = ("training_compute", "GPT-4", 2e25, "A", "2023-03-15")


def _priced(price: float) -> Facts:
    known = facts(NEEDED, ("gpu_price", "NVIDIA H100", price, "B", "2023-05-29"))
    fields = vars(known.all[1]) | {"name": market.SERVER_PRICE}
    known.all = (known.all[0], Fact(**fields))
    return known


def test_share_by_hand() -> None:
    """1e8 / 25,000 = 4,000 chips x 1e15 x 0.4 x 90 x 86,400 s = 1.24416e25 of 2e25 FLOP."""
    found = market.cluster_share(article(), _priced(25_000), CHIPS)
    assert found.estimate == pytest.approx(0.62208) and found.grade == "B"


def test_share_is_proportional() -> None:
    known = _priced(25_000)
    base = market.cluster_share(article(), known, CHIPS).estimate or 0
    twice = market.cluster_share(article(), known, CHIPS, days=180, utilisation=0.4).estimate
    half = market.cluster_share(article(), known, CHIPS, price=50_000).estimate
    assert twice == pytest.approx(2 * base) and half == pytest.approx(base / 2)


def test_share_needs_the_chip() -> None:
    with pytest.raises(InputError, match="was not known"):
        market.cluster_share(article(), _priced(25_000), CHIPS.head(0))


def test_real_share_agrees_with_its_parts() -> None:
    """100 million over 33,600 USD, 989.4e12 FLOP/s, 40 %, 90 days, over 2.1e25 FLOP."""
    text = Article(tables.load("article_tables"), tables.load("article_statements"))
    known, chips = Facts(tables.load("dated_facts")), tables.load("accelerators")
    expected = 1e8 / 33_600 * 989.4e12 * 0.4 * 90 * 86_400 / 2.1e25
    assert market.cluster_share(text, known, chips).estimate == pytest.approx(expected)


def test_release_comes_before_announcement() -> None:
    known = facts(
        ("announcement", "Chip", None, "B", "2024-03-18"),
        ("release", "Chip", None, "A", "2024-11-15"),
        ("announcement", "Model", None, "B", "2024-02-15"),
        ("release", "Family", None, "A", "2026-01-01"),
    )
    found = market.ages(article(), known)
    assert [(age.thing, age.months) for age in found] == [("Model", 26), ("Chip", 17)]
    turned = market.ages(article(), known, market.DATED[::-1])
    assert [age.months for age in turned] == [26, 25]
    assert market.median_age(article(), known).estimate == 21.5


def test_no_age_without_a_dated_thing() -> None:
    with pytest.raises(InputError, match="no day of a thing"):
        market.median_age(article(), facts())
