"""Specification curves of the hardware notebook on the tables themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analysis import tables
from analysis.economics.hardware import question_curves, rents, robustness
from analysis.methods.multiverse import Multiverse


def rent() -> Multiverse:
    index, quotes = tables.load("gpu_rental_index"), tables.load("gpu_rental_quotes")
    return robustness.rent_curve(index, quotes, "2025-10-01")


def volume() -> Multiverse:
    return robustness.volume_curve(
        tables.load("company_accounts"), tables.load("accelerators_sold")
    )


def efficiency() -> Multiverse:
    return robustness.efficiency_curve(tables.load("accelerators"), "2023-01-01")


def gain() -> Multiverse:
    return question_curves.gain_curve(tables.load("published_rates"))


def returns() -> Multiverse:
    names = ("training_runs", "run_links", "model_quality")
    return question_curves.return_curve(*map(tables.load, names), "2024-01-01")


@pytest.mark.parametrize("curve", [rent, volume, efficiency, gain, returns])
def test_curves_have_fifty_specifications_over_four_axes(curve: Callable[[], Multiverse]) -> None:
    found = curve()
    assert found.n >= 50
    assert len(found.axes) >= 4
    assert not found.estimates["estimate"].isna().any()


def test_both_sources_of_rents_are_in_the_curve() -> None:
    assert set(rent().estimates["source"]) == {rents.MATCHED, rents.PRINTED}


def test_the_stated_rates_are_one_of_the_specifications() -> None:
    """2^(12/8) over 2.4, the ratio that the notebook records."""
    estimates = gain().estimates["estimate"]
    assert (abs(estimates - 2**1.5 / 2.4) < 1e-9).any()
