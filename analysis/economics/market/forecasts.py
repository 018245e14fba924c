"""How well growth curves, and the article, would have foretold what came."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.market.cells import ROWS
from analysis.economics.market.series import Series
from analysis.errors import InputError
from analysis.methods import forecast, growth
from analysis.methods.validate import Vector

SHAPES = ("exponential", "logistic", "gompertz")
STEADY = "last growth goes on"
MINIMUM, AHEAD, STRIDE = 6, 4, 2


def compare(candidates: Sequence[Series | None]) -> pd.DataFrame:
    """Errors of each curve up to four figures ahead, from every second origin.

    Errors are of the natural logarithm, so 0.1 is about ten percent. A curve that fails at an
    origin (no fit) is left out for that series.

    Raises:
        InputError: when no series is long enough.
    """
    rows = []
    for series in candidates:
        if series is None:
            continue
        frame = series.frame[series.frame["value_usd"].notna()]
        for shape in (STEADY, *SHAPES):
            try:
                found = forecast.rolling_origin(
                    frame["refers_to"],
                    np.log(frame["value_usd"].to_numpy(dtype=float)),
                    _forecaster(shape),
                    minimum=MINIMUM,
                    horizon=AHEAD,
                    step=STRIDE,
                )
            except InputError:
                continue
            rows.append(_row(series.name, shape, found))
    if not rows:
        raise InputError("series", f"none has more than {MINIMUM} figures")
    return pd.DataFrame(rows)


def hindcast(cells: Mapping[str, tuple[Answer, float, float]]) -> pd.DataFrame:
    """How well the projected column did: one row a segment with a published outcome.

    ``cells`` maps a segment to (published, projected, stated for 2023), all in percent per year.
    Beside it stand the errors of one who had let the stated growth of 2023 go on.
    """
    rows = [
        {
            "segment": ROWS[segment],
            "projected_percent": projected,
            "published_percent": answer.estimate,
            "error_points": answer.estimate - projected,
            "error_log": math.log1p(answer.estimate / 100) - math.log1p(projected / 100),
            "error_if_2023_went_on": answer.estimate - before,
            "grade": answer.grade,
        }
        for segment, (answer, projected, before) in cells.items()
        if answer.estimate is not None
    ]
    return pd.DataFrame(rows)


def _row(name: str, shape: str, found: forecast.Backtest) -> dict[str, object]:
    return {
        "series": name,
        "curve": shape,
        "forecasts": len(found.error),
        "root_mean_square_error": found.rmse,
        "bias": float(found.error.mean()),
    }


def _forecaster(shape: str) -> Callable[[Vector, Vector, Vector], Vector]:
    def steady(known: Vector, logs: Vector, ahead: Vector) -> Vector:
        back = min(AHEAD, len(known) - 1)
        rate = (logs[-1] - logs[-1 - back]) / (known[-1] - known[-1 - back])
        return np.asarray(logs[-1] + rate * (ahead - known[-1]))

    def fitted(known: Vector, logs: Vector, ahead: Vector) -> Vector:
        curve = growth.fit(known, np.exp(logs), curve=shape, scale="log")
        return np.log(curve.predict(ahead))

    return steady if shape == STEADY else fitted
