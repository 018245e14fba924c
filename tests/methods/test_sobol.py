"""Sobol indices of functions whose indices are known."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.methods import sobol


def ishigami(uniform: np.ndarray, a: float = 7.0, b: float = 0.1) -> np.ndarray:
    x, y, z = (np.pi * (2 * uniform - 1)).T
    return np.asarray(np.sin(x) + a * np.sin(y) ** 2 + b * z**4 * np.sin(x))


def test_ishigami() -> None:
    # Ishigami and Homma (1990), a = 7, b = 0.1: Var = a²/8 + b π⁴/5 + b² π⁸/18 + 1/2 = 13.8446.
    found = sobol.indices(ishigami, ["x1", "x2", "x3"], base=4096).set_index("input")
    expected = {"x1": (0.3139, 0.5576), "x2": (0.4424, 0.4424), "x3": (0.0, 0.2437)}
    columns = {name: found[name].to_dict() for name in found}
    for name, (first, total) in expected.items():
        assert columns["first"][name] == pytest.approx(first, abs=0.02)
        assert columns["total"][name] == pytest.approx(total, abs=0.02)
        assert columns["total_low"][name] < total < columns["total_high"][name]


def test_first_shares_of_a_sum_are_those_of_the_variances_and_add_to_one() -> None:
    found = sobol.indices(lambda u: 3 * u[:, 0] + u[:, 1], ["a", "b"])
    assert found["first"].sum() == pytest.approx(1, abs=0.01)
    assert found["first"].tolist() == pytest.approx([0.9, 0.1], abs=0.01)
    assert found["total"].tolist() == pytest.approx(found["first"].tolist(), abs=0.02)


@pytest.mark.parametrize("seed", [0, 3])
def test_the_same_seed_gives_the_same_indices(seed: int) -> None:
    first, second = (sobol.indices(ishigami, list("abc"), base=64, seed=seed) for _ in range(2))
    assert first.equals(second)


def test_errors() -> None:
    with pytest.raises(InputError, match="two inputs"):
        sobol.indices(lambda u: u[:, 0], ["a"])
    with pytest.raises(InputError, match="power of two"):
        sobol.indices(ishigami, list("abc"), base=100)
    with pytest.raises(InputError, match="output"):
        sobol.indices(lambda u: np.ones(len(u)), list("ab"))
