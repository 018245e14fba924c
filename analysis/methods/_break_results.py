"""What ``breaks`` returns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analysis.errors import InputError
from analysis.methods import _break_tests, _ols, validate
from analysis.methods._ols import Matrix
from analysis.methods.results import Result
from analysis.methods.validate import Vector

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class SupF(Result):
    """Test of one break at an unknown date.

    ``statistic`` is the largest of ``f`` (χ² form), one value for each of ``rows``, the candidate
    first rows of a new regime; ``index`` is the row of the largest. ``p_value`` is asymptotic,
    ``p_value_bootstrap`` from ``resampling``.
    """

    statistic: float
    index: int
    ave_f: float
    exp_f: float
    p_value: float
    p_value_bootstrap: float
    n: int
    trim: float
    resampling: str
    f: Vector
    rows: NDArray[np.int_]

    def summary(self) -> str:
        return (
            f"sup F {self.statistic:.4g} at row {self.index} of {self.n} "
            f"(p = {self.p_value:.3g}; {self.resampling} bootstrap {self.p_value_bootstrap:.3g})"
        )


@dataclass(frozen=True, eq=False, repr=False)
class Segment(Result):
    """Rows ``start`` to ``stop`` - 1, their coefficients (the mean first) and HAC errors."""

    start: int
    stop: int
    coefficients: tuple[float, ...]
    standard_errors: tuple[float, ...]

    @property
    def mean(self) -> float:
        return self.coefficients[0]

    def summary(self) -> str:
        mean, error = self.coefficients[0], self.standard_errors[0]
        return f"rows {self.start} to {self.stop - 1}: {mean:.4g} (HAC error {error:.3g})"


@dataclass(frozen=True, eq=False, repr=False)
class BaiPerron(Result):
    """Partitions with m = 0, 1, … breaks: ``breaks[m]``, ``rss[m]``, ``bic[m]``.

    Breaks are first rows of new segments, from 0. ``m_bic`` is the m of least BIC,
    ``m_sequential`` the m at which the test of one more break first has p > ``alpha``;
    ``sequential_p`` are the p-values on the way. ``segments`` are those of ``m_bic``.
    """

    breaks: tuple[tuple[int, ...], ...]
    rss: tuple[float, ...]
    bic: tuple[float, ...]
    m_bic: int
    m_sequential: int
    sequential_p: tuple[float, ...]
    alpha: float
    min_size: int
    n: int
    _design: Matrix
    _response: Vector

    @property
    def segments(self) -> tuple[Segment, ...]:
        return self.segments_of(self.m_bic)

    def segments_of(self, m: int) -> tuple[Segment, ...]:
        """Coefficients of the m + 1 segments, each with its own Newey-West errors."""
        return tuple(_segment(self._design, self._response, *ends) for ends in self._ends(m))

    def break_intervals(
        self, m: int | None = None, *, level: float = 0.95
    ) -> tuple[tuple[int, int], ...]:
        """Interval of each of m break dates (``m_bic`` unless told), as first rows of regimes.

        Source: Bai (1997), Review of Economics and Statistics 79:551.
        """
        validate.level("level", level)
        ends = self._ends(self.m_bic if m is None else m)
        parts = [(self._design[a:b], self._response[a:b]) for a, b in ends]
        intervals = []
        for (_, row), before, after in zip(ends[:-1], parts[:-1], parts[1:], strict=True):
            low, high = _break_tests.date_interval(before, after, level)
            intervals.append((row - int(np.ceil(high)), row - int(np.floor(low))))
        return tuple(intervals)

    def table(self) -> pd.DataFrame:
        import pandas as pd

        index = pd.Index(range(len(self.breaks)), name="m")
        shown = [", ".join(map(str, rows)) for rows in self.breaks]
        return pd.DataFrame({"breaks": shown, "RSS": self.rss, "BIC": self.bic}, index=index)

    def summary(self) -> str:
        where = ", ".join(map(str, self.breaks[self.m_bic])) or "none"
        return (
            f"{self.m_bic} breaks by BIC (at rows: {where}), {self.m_sequential} by sequential "
            f"sup F, n = {self.n}"
        )

    def _ends(self, m: int) -> list[tuple[int, int]]:
        if validate.count("m", m, minimum=0) >= len(self.breaks):
            raise InputError("m", f"must be at most {len(self.breaks) - 1}; it is {m}")
        return list(pairwise([0, *self.breaks[m], self.n]))


def _segment(design: Matrix, response: Vector, start: int, stop: int) -> Segment:
    ols = _ols.fit("x", design[start:stop], response[start:stop])
    errors = np.sqrt(np.diag(ols.covariance("HAC")))
    return Segment(start, stop, tuple(map(float, ols.coefficients)), tuple(map(float, errors)))
