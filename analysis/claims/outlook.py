"""The predictions as they stand on a day: probability, time left, status, scores if resolved."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from analysis import paths
from analysis.claims import forecasting, history, ledger, scoring, store
from analysis.claims.digits import rounded
from analysis.claims.forecast_card import chance
from analysis.claims.forecasting import Forecast
from analysis.claims.predictions import Prediction, Resolution, RuleName, predictions

NOT_STATED = "No notebook has stated one so far."


def latest_rows() -> list[dict[str, Any]]:
    """The rows of the last good run, else those of the committed summary."""
    latest, summary = paths.reports() / "latest", paths.reports() / "summary.json"
    if (latest / forecasting.FILE).exists():
        made = forecasting.read(latest / forecasting.FILE)
        return rows(made, _day(store.read_json(latest / "run.json")), past())
    if not summary.exists():
        return rows([], None)
    return rows(forecasting.of_summary(summary), _day(store.read_json(summary)), past())


def of_run(as_of: date) -> list[dict[str, Any]]:
    """The rows of a notebook that runs after the others: this run's forecasts, and the history."""
    return rows([forecasting.parse(made) for made in ledger.forecasts()], as_of, past())


def known() -> list[Forecast]:
    """Forecasts of all dates: those of the history, then this run's."""
    return [*past(), *(forecasting.parse(made) for made in ledger.forecasts())]


def lines(found: Sequence[dict[str, Any]]) -> list[str]:
    """The rows as aligned text: prediction, rule, end, probability, days left, status."""
    cells = [
        (row["id"], row["rule"], f"by {row['window_end']}", _chance(row), _left(row), row["status"])
        for row in found
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    ]


def _chance(row: dict[str, Any]) -> str:
    if row["probability"] is None:
        return "–"
    return f"{chance(row['probability'])} ({chance(row['low'])} to {chance(row['high'])})"


def _left(row: dict[str, Any]) -> str:
    return "" if row["days_left"] is None else f"{row['days_left']} days left"


def past() -> list[Forecast]:
    """Forecasts of earlier dates, from ``reports/history.json``; none where there is no such file.

    Raises:
        ClaimError: when the file is not well formed.
    """
    return [
        forecasting.parse(made) for entry in history.read().values() for made in entry["forecasts"]
    ]


def rows(
    current: Iterable[Forecast], as_of: date | None, earlier: Iterable[Forecast] = ()
) -> list[dict[str, Any]]:
    """One row for each reading and end of the window of every prediction, in that order.

    Args:
        current: forecasts of the run.
        as_of: day of the run; nothing that became known later shows.
        earlier: forecasts of earlier dates, which are scored where a prediction resolved.

    Returns:
        Plain JSON values, as in ``schemas/predictions.schema.json``. ``status`` is ``open``,
        ``no probability``, ``happened``, ``did not happen`` or ``annulled``.
    """
    known = {made.key: made for made in current}
    every = [made for made in (*earlier, *known.values()) if as_of and made.as_of <= as_of]
    return [
        _row(prediction, rule, end, known.get((prediction.id, rule, end)), as_of, every)
        for prediction in predictions().values()
        for rule, end in prediction.windows
    ]


def _row(
    prediction: Prediction,
    rule: RuleName,
    end: date,
    made: Forecast | None,
    as_of: date | None,
    every: Sequence[Forecast],
) -> dict[str, Any]:
    resolution = prediction.resolution(rule, end, as_of) if as_of else None
    said = made.as_dict() if made else {}
    day = said.get("as_of") or (as_of.isoformat() if as_of else None)
    return {
        "id": prediction.id,
        "rule": rule,
        "window_end": end.isoformat(),
        **{name: said.get(name) for name in ("probability", "low", "high", "level")},
        "as_of": day,
        "status": _status(made, resolution),
        "days_left": max(0, (end - as_of).days) if as_of else None,
        "n": said.get("n"),
        "grade": said.get("grade"),
        "reference_class": said.get("reference_class", ""),
        "method": said.get("method", ""),
        "reason": said.get("reason", NOT_STATED),
        "pseudo_vintage": said.get("pseudo_vintage", False),
        "says": prediction.says,
        "rule_text": prediction.rule_text(rule),
        "source_of_truth": prediction.source_of_truth,
        "base_rate": _six(scoring.base_rate(prediction, rule, end)),
        "article": [_reading(stated, made) for stated in prediction.stated_probability],
        "resolved": resolution.model_dump(mode="json") if resolution else None,
        "scores": _scores(prediction, resolution, every),
        "notebook": said.get("notebook"),
        "cell": said.get("cell"),
    }


def _status(made: Forecast | None, resolution: Resolution | None) -> str:
    if resolution is not None:
        return resolution.outcome
    return "open" if made is not None and made.probability is not None else "no probability"


def _reading(stated: float, made: Forecast | None) -> dict[str, float | None]:
    """What the article's "will" at a probability scores, and is to expect if ours is right."""
    probability = made.probability if made else None
    due = (None, None) if probability is None else scoring.expected(stated, probability)
    sure = {1: scoring.expected(stated, 1.0), 0: scoring.expected(stated, 0.0)}
    return {
        "probability": stated,
        "brier_if_happens": _six(sure[1][0]),
        "brier_if_not": _six(sure[0][0]),
        "log_score_if_happens": _six(sure[1][1]),
        "log_score_if_not": _six(sure[0][1]),
        "expected_brier": _six(due[0]),
        "expected_log_score": _six(due[1]),
    }


def _scores(
    prediction: Prediction, resolution: Resolution | None, every: Sequence[Forecast]
) -> list[dict[str, Any]]:
    if resolution is None:
        return []
    return [
        {name: _six(v) if isinstance(v, float) else v for name, v in asdict(score).items()}
        for score in scoring.scores(prediction, resolution, every)
    ]


def _six(value: float | None) -> float | None:
    """Six digits; JSON has no infinity, so an infinite log score is ``None``."""
    return None if value is None or not math.isfinite(value) else rounded(value)


def _day(record: dict[str, Any]) -> date | None:
    return date.fromisoformat(record["as_of"]) if record.get("as_of") else None
