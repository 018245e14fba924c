"""Bilateral price indices: two periods at a time, items present in both."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.methods import validate
from analysis.methods._price_panel import Matrix, PriceIndex, PricePanel, pivot

Vector = np.ndarray


def _dutot(p0: Vector, p1: Vector) -> float:
    return p1.sum() / p0.sum()


def _carli(p0: Vector, p1: Vector) -> float:
    return float(np.mean(p1 / p0))


def _jevons(p0: Vector, p1: Vector) -> float:
    return float(np.exp(np.mean(np.log(p1 / p0))))


def _laspeyres(p0: Vector, p1: Vector, q0: Vector, q1: Vector) -> float:
    return (p1 @ q0) / (p0 @ q0)


def _paasche(p0: Vector, p1: Vector, q0: Vector, q1: Vector) -> float:
    return (p1 @ q1) / (p0 @ q1)


def _fisher(p0: Vector, p1: Vector, q0: Vector, q1: Vector) -> float:
    return float(np.sqrt(_laspeyres(p0, p1, q0, q1) * _paasche(p0, p1, q0, q1)))


def _marshall_edgeworth(p0: Vector, p1: Vector, q0: Vector, q1: Vector) -> float:
    return _laspeyres(p0, p1, q0 + q1, q1)


def _walsh(p0: Vector, p1: Vector, q0: Vector, q1: Vector) -> float:
    return _laspeyres(p0, p1, np.sqrt(q0 * q1), q1)


def _stuvel(p0: Vector, p1: Vector, q0: Vector, q1: Vector) -> float:
    gap = (_laspeyres(p0, p1, q0, q1) - _laspeyres(q0, q1, p0, p1)) / 2
    return float(gap + np.sqrt(gap**2 + (p1 @ q1) / (p0 @ q0)))


def _shares(p: Vector, q: Vector) -> Vector:
    return p * q / (p @ q)


def _geometric(weights: Vector, p0: Vector, p1: Vector) -> float:
    return float(np.exp(weights @ np.log(p1 / p0)))


def _geometric_laspeyres(p0: Vector, p1: Vector, q0: Vector, q1: Vector) -> float:
    return _geometric(_shares(p0, q0), p0, p1)


def _geometric_paasche(p0: Vector, p1: Vector, q0: Vector, q1: Vector) -> float:
    return _geometric(_shares(p1, q1), p0, p1)


def _tornqvist(p0: Vector, p1: Vector, q0: Vector, q1: Vector) -> float:
    return _geometric((_shares(p0, q0) + _shares(p1, q1)) / 2, p0, p1)


def _harmonic_laspeyres(p0: Vector, p1: Vector, q0: Vector, q1: Vector) -> float:
    return 1 / (_shares(p0, q0) @ (p0 / p1))


def _palgrave(p0: Vector, p1: Vector, q0: Vector, q1: Vector) -> float:
    return _shares(p1, q1) @ (p1 / p0)


def _logarithmic_mean(a: Vector, b: Vector) -> Vector:
    gap = np.log(b / a)
    near = np.abs(gap) < 1e-12  # where (b - a) / ln(b / a) is 0 / 0 and its limit is a
    return a * np.where(near, 1.0, np.expm1(gap) / np.where(near, 1.0, gap))


def _sato_vartia(p0: Vector, p1: Vector, q0: Vector, q1: Vector) -> float:
    weights = _logarithmic_mean(_shares(p0, q0), _shares(p1, q1))
    return _geometric(weights / weights.sum(), p0, p1)


def _vartia1(p0: Vector, p1: Vector, q0: Vector, q1: Vector) -> float:
    weights = _logarithmic_mean(p0 * q0, p1 * q1)
    return _geometric(weights / _logarithmic_mean(p0 @ q0, p1 @ q1), p0, p1)


UNWEIGHTED: dict[str, Callable[..., float]] = {"jevons": _jevons, "dutot": _dutot, "carli": _carli}
WEIGHTED: dict[str, Callable[..., float]] = {
    "laspeyres": _laspeyres,
    "paasche": _paasche,
    "fisher": _fisher,
    "tornqvist": _tornqvist,
    "walsh": _walsh,
    "geometric_laspeyres": _geometric_laspeyres,
    "geometric_paasche": _geometric_paasche,
    "harmonic_laspeyres": _harmonic_laspeyres,
    "palgrave": _palgrave,
    "marshall_edgeworth": _marshall_edgeworth,
    "sato_vartia": _sato_vartia,
    "vartia1": _vartia1,
    "stuvel": _stuvel,
}


def bilateral(panel: pd.DataFrame, *, method: str, chained: bool = False) -> PriceIndex:
    """Bilateral index of each period against the first, or chained from period to period.

    With s = pq / Σpq, r = p1 / p0 and L(a, b) = (a - b) / ln(a / b):

    - jevons exp(mean ln r); dutot Σp1 / Σp0; carli mean r (no quantities needed);
    - laspeyres Σs0 r; paasche 1 / Σ(s1 / r); fisher √(laspeyres · paasche);
    - geometric_laspeyres exp Σs0 ln r; geometric_paasche exp Σs1 ln r;
      tornqvist exp Σ½(s0 + s1) ln r; harmonic_laspeyres 1 / Σ(s0 / r); palgrave Σs1 r;
    - walsh Σp1√(q0 q1) / Σp0√(q0 q1); marshall_edgeworth Σp1(q0 + q1) / Σp0(q0 + q1);
    - sato_vartia exp Σw ln r, w ∝ L(s0, s1); vartia1 exp Σ L(v0, v1) / L(V0, V1) ln r, v = pq;
    - stuvel A + √(A² + V1 / V0), A = ½(laspeyres - Laspeyres quantity index).

    Args:
        panel: one row a period and item: period, item, price and, for a weighted method,
            quantity; all positive. Periods sort by value, text by the numbers in it.
        method: one of the names above.
        chained: link adjacent periods instead of comparing each with the first.

    Raises:
        InputError: for a bad panel, an unknown method, a weighted method without quantities,
            or two periods that must be compared and share no item.

    Source: ILO et al., Producer Price Index Manual (IMF 2004), chapters 15-16 and 19.
    """
    validate.choice("method", method, [*UNWEIGHTED, *WEIGHTED])
    weighted = method in WEIGHTED
    matrices = pivot(panel, weighted=weighted)
    formula = WEIGHTED[method] if weighted else UNWEIGHTED[method]
    counts = [int(matrices.present[0].sum())]
    levels = [1.0]
    for later in range(1, len(matrices.periods)):
        earlier = later - 1 if chained else 0
        pair, count = _pair(matrices, earlier, later)
        levels.append(float(formula(*pair)) * levels[earlier])
        counts.append(count)
    name = f"chained {method}" if chained else method
    return PriceIndex(
        method=name,
        series=pd.Series(levels, index=matrices.periods, name=name),
        matched=pd.Series(counts, index=matrices.periods, name="matched"),
    )


def _pair(panel: PricePanel, earlier: int, later: int) -> tuple[list[Matrix], int]:
    both = panel.present[earlier] & panel.present[later]
    if not both.any():
        first, second = panel.periods[earlier], panel.periods[later]
        raise InputError("panel", f"periods {first} and {second} have no item in common")
    sources = [panel.prices, panel.quantities] if panel.weighted else [panel.prices]
    return [matrix[t, both] for matrix in sources for t in (earlier, later)], int(both.sum())
