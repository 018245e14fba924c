"""Panels and monthly series under other defensible choices than those of the frozen rules."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import pandas as pd

from analysis.economics import listings
from analysis.economics.prices import series as price_series
from analysis.economics.prices.panels import SOURCES, Panel, panels
from analysis.errors import InputError
from analysis.methods import trend

Estimate = tuple[float, float, float]
LEAST_SQUARES, RANKS = "least squares", "Theil-Sen"
ESTIMATORS = (LEAST_SQUARES, RANKS)
OUTPUT_SHARES = {"3:1": 0.25, "1:1": 0.5}
NOMINAL, DEFLATED = "nominal", "deflated"
PANEL_END, LAST_SCORE = "panel", "last score"
ENDS = (PANEL_END, LAST_SCORE)
REFERENCE, ABOVE, BELOW, LATER = (
    "GPT-4 of March 2023", "one error above", "one error below", "GPT-4 of June 2023",
)  # fmt: skip
THRESHOLDS = (REFERENCE, ABOVE, BELOW, LATER)
JUNE_2023 = "gpt-4-0613"
PANELS: dict[str, Sequence[Any]] = {
    "source": SOURCES,
    "blend": tuple(OUTPUT_SHARES),
    "benchmarks": (3, 5),
}
MONTHLY = ["month", "model", "price"]
LEAST = 6


class Variants:
    """Panels and series by choice, each made once.

    Args:
        tables: api_prices, router_prices, model_quality, model_crosswalk and cpi as loaded, by
            name.
        reference: the model whose ability is held fixed.
    """

    def __init__(self, tables: dict[str, pd.DataFrame], reference: str) -> None:
        self._tables = tables
        self._reference = reference
        self._made: dict[Hashable, Any] = {}
        quality = tables["model_quality"]
        self.scored_to = pd.Timestamp(quality.attrs["observed_through"])
        self._scores = listings.best_effort(quality).set_index("model")

    def panel(self, source: str, blend: str = "3:1", benchmarks: int = 3) -> Panel:
        """One source under a blend of prices and a least number of benchmarks."""
        both = self._once(("panel", blend, benchmarks), lambda: self._panels(blend, benchmarks))
        return both[source]

    def threshold(self, name: str) -> float:
        """The ability that one of ``THRESHOLDS`` stands for.

        Raises:
            InputError: when the model has no score by that day.
        """
        model = JUNE_2023 if name == LATER else self._reference
        if model not in self._scores.index:
            raise InputError("threshold", f"{model!r} has no ability score by that day")
        ability, error = (self._scores[column][model] for column in ("ability", "standard_error"))
        return float(ability + {ABOVE: 1.0, BELOW: -1.0}.get(name, 0.0) * error)

    def cheapest(
        self,
        source: str,
        *,
        blend: str = "3:1",
        benchmarks: int = 3,
        dollars: str = NOMINAL,
        threshold: str = REFERENCE,
        rank: int = 1,
    ) -> pd.DataFrame:
        """Month, model and price of ``price_series.cheapest`` under these choices."""

        def make() -> pd.DataFrame:
            panel = self.panel(source, blend, benchmarks)
            series = price_series.cheapest(panel, self.threshold(threshold), rank=rank)
            return self.in_dollars(series[MONTHLY], dollars)

        return self._once((source, blend, benchmarks, dollars, threshold, rank), make)

    def best(
        self,
        source: str,
        *,
        blend: str = "3:1",
        benchmarks: int = 3,
        dollars: str = NOMINAL,
        host: str = "own",
    ) -> pd.DataFrame:
        """Month, model and price of ``price_series.best`` under these choices."""

        def make() -> pd.DataFrame:
            panel = self.panel(source, blend, benchmarks)
            series = price_series.best(panel, own=host == "own")
            return self.in_dollars(series[MONTHLY], dollars)

        return self._once((source, blend, benchmarks, dollars, host), make)

    def window(self, series: pd.DataFrame, start: Any, end: str = PANEL_END) -> pd.DataFrame:
        """Months from ``start``, to the last score where ``end`` says so."""
        kept = series["month"] >= pd.Timestamp(start)
        if end == LAST_SCORE:
            kept &= series["month"] <= self.scored_to
        return series[kept]

    def in_dollars(self, series: pd.DataFrame, dollars: str, *, day: str = "month") -> pd.DataFrame:
        """Prices as they were, or in dollars of the last month of the consumer price index."""
        if dollars == NOMINAL:
            return series
        return price_series.real(series, self._tables["cpi"], day=day)

    def _panels(self, blend: str, benchmarks: int) -> dict[str, Panel]:
        names = ("api_prices", "router_prices", "model_quality", "model_crosswalk")
        return panels(
            *(self._tables[name] for name in names),
            output_share=OUTPUT_SHARES[blend],
            least_benchmarks=benchmarks,
        )

    def _once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]


def growth(series: pd.DataFrame, estimator: str = LEAST_SQUARES) -> Estimate:
    """Growth per year of a monthly price, with a plain Newey-West or a rank-based interval.

    Raises:
        InputError: for fewer than 6 months or a price that never changes.
    """
    if len(series) < LEAST or series["price"].nunique() == 1:
        raise InputError("months", f"{len(series)} with a price that changes; needs {LEAST}")
    if estimator == RANKS:
        ranks = trend.theil_sen(series["month"], series["price"])
        return ranks.growth_per_year, *ranks.interval
    fit = trend.log_linear(series["month"], series["price"], covariance="HAC")
    return fit.growth_per_year, *fit.interval
