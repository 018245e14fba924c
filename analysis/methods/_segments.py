"""Best partition of a series into segments, each with its own regression."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from analysis.errors import InputError
from analysis.methods._ols import Matrix
from analysis.methods.validate import Vector

Breaks = tuple[int, ...]


def partition(design: Matrix, response: Vector, max_breaks: int, size: int) -> tuple[Breaks, ...]:
    """First rows of the new segments in the best partition with 0, 1, … ``max_breaks`` breaks.

    Dynamic programming: best[m, e] = min over s of best[m - 1, s] + cost(s, e), the cost being
    the residual sum of squares of rows s to e - 1, at least ``size`` of them. Work
    n² (k² + max_breaks), memory n (k² + max_breaks).

    Source: Bai and Perron (2003), Journal of Applied Econometrics 18:1.
    """
    n = len(response)
    best = np.full((max_breaks + 1, n + 1), np.inf)
    origin = np.zeros((max_breaks, n + 1), dtype=int)
    levels = np.arange(max_breaks)
    constant = design.shape[1] == 1 and bool(np.all(design == design[0]))
    for end, costs in _mean_costs(response, size) if constant else _costs(design, response, size):
        best[0, end] = costs[0]
        if max_breaks and costs.size > size:
            totals = best[:-1, : costs.size] + costs
            origin[:, end] = totals.argmin(axis=1)
            best[1:, end] = totals[levels, origin[:, end]]
    return tuple(_trace(origin, m, n) for m in range(max_breaks + 1))


def _trace(origin: NDArray[np.int_], breaks: int, end: int) -> Breaks:
    found: list[int] = []
    for m in range(breaks, 0, -1):
        end = int(origin[m - 1, end])
        found.append(end)
    return tuple(reversed(found))


def _mean_costs(response: Vector, size: int) -> Iterator[tuple[int, Vector]]:
    """Costs of [s, e), s = 0 to e - size, around a mean, less the sum of squares Σ y².

    That sum is the same for every partition, so -(Σ y)² / (e - s) is enough.
    """
    n = len(response)
    sums = np.concatenate([[0.0], np.cumsum(response - response.mean())])
    weights = -1 / np.arange(n, 0, -1.0)
    for end in range(size, n + 1):
        within = sums[end] - sums[: end - size + 1]
        yield end, within * within * weights[n - end : n - size + 1]


def _costs(design: Matrix, response: Vector, size: int) -> Iterator[tuple[int, Vector]]:
    """Residual sums of squares of [s, e), s = 0 to e - size.

    Recursive least squares for all starts at once: a segment that gains the row (x, y) has
    w = y - x'b, f = 1 + x'Px, b += Px w / f, P -= Px x'P / f, rss += w² / f.
    """
    width, inverses, coefficients, rss = _windows(design, response, size)
    for end in range(width, len(response) + 1):
        older = end - width
        row = design[end - 1]
        gain = inverses[:older] @ row
        scale = 1 + gain @ row
        error = response[end - 1] - coefficients[:older] @ row
        rss[:older] += error**2 / scale
        step = gain / scale[:, None]
        coefficients[:older] += step * error[:, None]
        inverses[:older] -= step[:, :, None] * gain[:, None, :]
        if end >= size:
            yield end, rss[: end - size + 1]


def _windows(design: Matrix, response: Vector, size: int) -> tuple[int, Matrix, Matrix, Vector]:
    """(X'X)⁻¹, coefficients and rss of every run of rows, as short as identifies them."""
    width = min(size, 4 * design.shape[1])
    while True:
        rows = np.lib.stride_tricks.sliding_window_view(design, width, axis=0).swapaxes(1, 2)
        q, r = np.linalg.qr(rows)
        pivots = np.abs(np.diagonal(r, axis1=1, axis2=2))
        if (pivots > 1e-8 * np.abs(design).max(axis=0)).all():
            break
        if width == size:
            raise InputError("x", f"is collinear within a run of {size} rows: enlarge min_size")
        width = min(size, 2 * width)
    values = np.lib.stride_tricks.sliding_window_view(response, width)[:, :, None]
    inverse_r = np.linalg.inv(r)
    coefficients = inverse_r @ (q.swapaxes(1, 2) @ values)
    rss = ((values - rows @ coefficients) ** 2).sum(axis=(1, 2))
    return width, inverse_r @ inverse_r.swapaxes(1, 2), coefficients[:, :, 0], rss
