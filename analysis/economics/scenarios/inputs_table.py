"""The inputs as tables: what is drawn, and three ways to the growth of training cost."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.economics.scenarios.inputs import Inputs
from analysis.economics.scenarios.paths import Path
from analysis.economics.scenarios.simulation import (
    ABLE,
    BEST,
    COMPUTE,
    LEVEL,
    PERIOD,
    SPEND,
    TOKENS,
    UNIT_COST,
    level_error,
)
from analysis.errors import InputError
from analysis.methods.trend import LogLinear
from analysis.methods.validate import Vector

ENDS = [0.5, 0.05, 0.95]
FITTED, JUDGED, JUDGED_ERROR = "fitted", "judged", "error judged"
RUNS, LISTS = "frontier runs, Epoch AI", "price lists and ability scores"
FIRMS, CHATS = "filings of four firms", "mean replies of published chats"
WHOLE, RECENT = "whole series", "recent months"
Row = dict[str, object]


def drawn(known: Inputs) -> pd.DataFrame:
    """Every input that is drawn: median, 5 and 95 percent, number of values, basis and source.

    Growth is a factor per year; the weight is a share and the level of the dearest run in USD.
    """
    rows = [
        *_trend(COMPUTE, known.compute, RUNS),
        *_trend(UNIT_COST, known.unit_cost, RUNS),
        *_both(ABLE, known.able, LISTS),
        *_both(BEST, known.best, LISTS),
        *_both(SPEND, known.spend, FIRMS),
    ]
    if known.tokens is not None:
        ends = 10 ** np.quantile(known.tokens, ENDS)
        rows.append(_row(f"{TOKENS}, factor", ends, None, JUDGED, CHATS))
    rows.append(_row(f"{PERIOD}, share", np.array(ENDS), None, JUDGED, "none"))
    if known.run is not None:
        ends = known.run.usd * 10 ** level_error(np.array(ENDS))
        named = f"{known.run.model}, Epoch AI; its compute: {known.run.confidence.lower()}"
        rows.append(_row(f"{LEVEL}, USD", ends, 1, JUDGED_ERROR, named))
    return pd.DataFrame(rows)


def training_ways(known: Inputs) -> pd.DataFrame:
    """Growth of the cost of frontier runs by three ways, with 90 percent intervals.

    Raises:
        InputError: while one of the trends is not known.
    """
    parts = (known.compute, known.unit_cost, known.chips, known.cost)
    if any(part is None for part in parts):
        raise InputError("inputs", "lack one of the trends of training")
    compute, unit, chips, cost = (part for part in parts if part is not None)
    ways = {
        "cost itself": [(cost, 1)],
        "compute times dollars per operation": [(compute, 1), (unit, 1)],
        "compute over 16-bit FLOP/s per dollar of chips": [(compute, 1), (chips, -1)],
    }
    rows = [{"way": name} | _sum(fits) for name, fits in ways.items()]
    return pd.DataFrame(rows)


def _sum(fits: list[tuple[LogLinear, int]]) -> dict[str, float]:
    """Independent errors: the arms of the 90 percent intervals add as squares."""
    middle = sum(sign * fit.slope_log10 for fit, sign in fits)
    arms = [np.subtract(*fit.slope_quantile([0.95, 0.5])) for fit, _ in fits]
    half = float(np.sqrt(np.sum(np.square(arms))))
    ends = 10 ** np.array([middle, middle - half, middle + half])
    return dict(zip(("factor_per_year", "5_percent", "95_percent"), map(float, ends), strict=True))


def _trend(name: str, fit: LogLinear | None, source: str, part: str = "") -> list[Row]:
    if fit is None:
        return []
    label = ", ".join(filter(None, (name, part, "factor")))
    return [_row(label, 10 ** fit.slope_quantile(ENDS), fit.n, FITTED, source)]


def _both(name: str, path: Path | None, source: str) -> list[Row]:
    if path is None:
        return []
    if path.recent is path.whole:
        return _trend(name, path.whole, source)
    whole = _trend(name, path.whole, source, WHOLE)
    return whole + _trend(name, path.recent, source, RECENT)


def _row(name: str, ends: Vector, n: int | None, basis: str, source: str) -> Row:
    middle, low, high = ends
    return {"input": name, "median": middle, "5_percent": low, "95_percent": high,
            "values": n, "basis": basis, "source": source}  # fmt: skip
