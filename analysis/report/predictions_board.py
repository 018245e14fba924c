"""The predictions as tables of a notebook, from the rows of ``outlook``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from analysis.claims.forecast_card import chance
from analysis.claims.forecasting import Forecast
from analysis.claims.predictions import predictions, rule_hash
from analysis.claims.scoring import expected
from analysis.report import numbers

Row = Mapping[str, Any]
NOTHING_RESOLVED = "none has resolved so far"
_UNSCORED = {"forecaster": "not scored", "probability": None, "brier": None, "log_score": None}


def texts(rows: Sequence[Row]) -> pd.DataFrame:
    """What each prediction says, once."""
    says = {row["id"]: row["says"] for row in rows}
    return pd.DataFrame({"prediction": list(says), "says": list(says.values())})


def standing(rows: Sequence[Row]) -> pd.DataFrame:
    """Every reading of every prediction: probability, interval, count, time left."""
    return pd.DataFrame(
        {
            "prediction": row["id"],
            "rule": row["rule"],
            "by": row["window_end"],
            "probability": written(row["probability"]),
            "interval": span(row),
            "events": _count(row["n"]),
            "grade": row["grade"] or "",
            "days left": _count(row["days_left"]),
            "status": row["status"],
        }
        for row in rows
    )


def grounds(rows: Sequence[Row]) -> pd.DataFrame:
    """What each probability rests on, or why there is none."""
    return pd.DataFrame(
        {
            "prediction": row["id"],
            "rule": row["rule"],
            "by": row["window_end"],
            "reference class": row["reference_class"],
            "note": row["reason"],
        }
        for row in rows
    )


def will(rows: Sequence[Row]) -> pd.DataFrame:
    """What the article's "will" scores at each reading of it as a probability, either way."""
    readings = {one["probability"]: one for row in rows for one in row["article"]}
    return pd.DataFrame(
        {
            "will means": written(stated),
            "Brier if it happens": numbers.plain(one["brier_if_happens"]),
            "Brier if not": numbers.plain(one["brier_if_not"]),
            "log score if it happens": numbers.plain(one["log_score_if_happens"]),
            "log score if not": numbers.plain(one["log_score_if_not"]),
        }
        for stated, one in sorted(readings.items())
    )


def stakes(rows: Sequence[Row]) -> pd.DataFrame:
    """The Brier score to expect of every forecaster where our probability is right."""
    stated = [row for row in rows if row["probability"] is not None]
    return pd.DataFrame(
        {
            "prediction": row["id"],
            "rule": row["rule"],
            "by": row["window_end"],
            "ours": written(row["probability"]),
            "base rate": written(row["base_rate"]),
            "Brier to expect: ours": numbers.plain(
                expected(row["probability"], row["probability"])[0]
            ),
            "Brier: base rate": _expected(row),
            **{
                f"Brier: will = {one['probability']:g}": numbers.plain(one["expected_brier"])
                for one in row["article"]
            },
        }
        for row in stated
    )


def scores(rows: Sequence[Row]) -> pd.DataFrame:
    """Scores of what has resolved; one row that says so where nothing has."""
    found = [
        {
            "prediction": row["id"],
            "rule": row["rule"],
            "by": row["window_end"],
            "outcome": f"{row['status']} ({row['resolved']['date']})",
            "forecaster": score["forecaster"],
            "probability": written(score["probability"]),
            "Brier": numbers.plain(score["brier"]),
            "log score": numbers.plain(score["log_score"]),
        }
        for row in rows
        for score in row["scores"] or [_UNSCORED]
        if row["resolved"] is not None
    ]
    none = [{"prediction": "all", "outcome": NOTHING_RESOLVED}]
    return pd.DataFrame(found or none)


def history(forecasts: Iterable[Forecast], until: date) -> pd.DataFrame:
    """Probability by date of the data (rows) and reading (columns).

    The basis says which dates are no forecasts: those on rows dated back from a later vintage, and
    those before the rule was frozen. A forecast by a rule amended since is left out.
    """
    known = predictions()
    hashes = {name: rule_hash(prediction) for name, prediction in known.items()}
    frame = pd.DataFrame(
        {
            "as of": one.as_of.isoformat(),
            "basis": _basis(one, known[one.prediction].frozen_on),
            "reading": f"{one.prediction} {one.rule}, by {one.window_end}",
            "probability": written(one.probability),
        }
        for one in sorted(forecasts, key=lambda one: (one.key, one.as_of))
        if one.as_of <= until
        and one.probability is not None
        and hashes.get(one.prediction) == one.rule_hash
    )
    if frame.empty:
        return frame
    wide = frame.pivot_table(
        index="as of", columns="reading", values="probability", aggfunc="last", sort=False
    ).sort_index()
    # In the order of the alphabet the weakest basis is the last one.
    wide.insert(0, "basis", frame.groupby("as of")["basis"].max())
    return wide.fillna(numbers.NO_VALUE).rename_axis(columns=None).reset_index()


def _basis(one: Forecast, frozen_on: date) -> str:
    if one.pseudo_vintage:
        return "pseudo-vintage"
    return "forecast" if one.as_of >= frozen_on else "hindcast"


def written(value: float | None) -> str:
    """A probability in words; a dash where there is none."""
    return numbers.NO_VALUE if value is None else chance(value)


def span(row: Row) -> str:
    """The interval of a row in words."""
    return "" if row["low"] is None else f"{chance(row['low'])} to {chance(row['high'])}"


def _count(value: int | None) -> str:
    return numbers.NO_VALUE if value is None else f"{value:,}"


def _expected(row: Row) -> str:
    if row["base_rate"] is None:
        return numbers.NO_VALUE
    return numbers.plain(expected(row["base_rate"], row["probability"])[0])
