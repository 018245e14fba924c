"""Forecasts of the article's predictions: stated once a rule and window, shown as a card."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field, model_validator

from analysis.claims import digits, display, forecast_card, predictions, store
from analysis.claims.model import Frozen, Grade, Hash, Name, Share
from analysis.claims.predictions import RuleName
from analysis.errors import ClaimError, UnknownNameError

MIME = "application/vnd.reckon.forecast+json"
FILE = "forecasts.json"
session: list[Forecast] = []
"""What this process has forecast; the same rule and window again replaces the earlier one."""


class Forecast(Frozen):
    """The probability that a prediction comes true under one rule by one day.

    ``probability`` is ``None`` where none can honestly be given; ``reason`` then says why.
    ``notebook`` and ``cell`` are filled in by the runner.
    """

    prediction: Name
    rule: RuleName
    window_end: date
    probability: Share | None
    low: Share | None = None
    high: Share | None = None
    level: Share | None = None
    n: int = Field(ge=0)
    reference_class: str = ""
    method: str = ""
    reason: str = ""
    grade: Grade = "A"
    as_of: date
    pseudo_vintage: bool = False
    rule_hash: Hash
    notebook: str | None = None
    cell: str | None = None

    @model_validator(mode="after")
    def _complete(self) -> Forecast:
        ends = (self.low, self.high, self.level)
        if self.probability is None:
            if any(end is not None for end in ends) or not self.reason:
                raise ValueError("probability: where there is none, no interval but a reason")
        elif self.low is None or self.high is None or self.level is None:
            raise ValueError("interval: a probability needs one")
        elif self.low > self.high:
            raise ValueError(f"interval: low {self.low} is above high {self.high}")
        elif not self.reference_class:
            raise ValueError("reference_class: a probability names what was counted")
        return self

    @property
    def key(self) -> tuple[str, str, date]:
        """Prediction, rule and end of the window: one forecast each in a run."""
        return self.prediction, self.rule, self.window_end

    @property
    def anchor(self) -> str:
        """The id of its card in a page."""
        return f"forecast-{self.prediction}-{self.rule}-{self.window_end}"

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values, in the order of the fields."""
        return self.model_dump(mode="json")

    def _ipython_display_(self) -> None:
        """Shows nothing: ``ledger.forecast`` has shown the card already."""


def forecast(
    prediction: str,
    *,
    rule: str,
    window_end: str | date,
    probability: float | None,
    interval: tuple[float, float] | None,
    n: int,
    as_of: date,
    method: str = "",
    reason: str = "",
    reference_class: str = "",
    grade: str = "A",
    pseudo_vintage: bool = False,
    level: float = 0.95,
) -> Forecast:
    """States the probability of a prediction, and shows it as a card.

    Args:
        prediction: id in ``data/predictions.yaml``.
        rule: ``strict`` or ``lenient``, where the prediction has both.
        window_end: one of the days that the prediction declares.
        probability: that the rule is met by that day; ``None``, with a ``reason``, where none can
            honestly be given.
        interval: (low, high) within [0, 1]; ``None`` without a probability.
        n: events counted in the reference class.
        as_of: the day of the data.
        method: how it was computed, in a few words.
        reason: what the reader should know about it, in one sentence.
        reference_class: what was counted, over what exposure.
        grade: of the weakest source that it needs: A, B or C.
        pseudo_vintage: whether it rests on rows dated back from a later vintage; never scored.
        level: coverage that ``interval`` claims.

    Raises:
        UnknownNameError: for a prediction, rule or end of the window that is not declared.
        ClaimError: for a probability or interval out of range or missing.
    """
    target = predictions.find(prediction)
    if rule not in target.rule_names:
        raise UnknownNameError(f"rule of prediction {prediction}", rule, target.rule_names)
    ends = [end.isoformat() for end in target.window_ends]
    if str(window_end) not in ends:
        kind = f"end of the window of prediction {prediction}"
        raise UnknownNameError(kind, str(window_end), ends)
    where = f"prediction {prediction}, {rule}, by {window_end}"
    low, high = _ends(where, interval)
    made = store.build(
        Forecast,
        {
            "prediction": prediction, "rule": rule, "window_end": window_end,
            "probability": digits.scalar(probability), "low": low, "high": high,
            "level": None if interval is None else level, "n": digits.scalar(n),
            "reference_class": reference_class, "method": method, "reason": reason,
            "grade": grade, "as_of": as_of, "pseudo_vintage": pseudo_vintage,
            "rule_hash": predictions.rule_hash(target),
        },
        where,
    )  # fmt: skip
    session[:] = [earlier for earlier in session if earlier.key != made.key] + [made]
    display.show(
        {
            MIME: made.as_dict(),
            "text/html": forecast_card.html(target, made),
            "text/plain": forecast_card.text(target, made),
        }
    )
    return made


def parse(values: Any) -> Forecast:
    """One stored forecast.

    Raises:
        ClaimError: when it is not of the form of ``schemas/forecast.schema.json``.
    """
    name = values.get("prediction", "?") if isinstance(values, dict) else "?"
    return store.build(Forecast, values, f"forecast of prediction {name}")


def read(path: Path) -> list[Forecast]:
    """A file that holds a list of forecasts.

    Raises:
        ClaimError: naming the file and what is wrong.
    """
    return _parsed(store.read_json(path), path)


def of_summary(path: Path) -> list[Forecast]:
    """The forecasts inside a summary; one written before there were any has none.

    Raises:
        ClaimError: naming the file and what is wrong.
    """
    summary = store.read_json(path)
    return _parsed(summary.get("forecasts", []) if isinstance(summary, dict) else None, path)


def _parsed(rows: object, path: Path) -> list[Forecast]:
    if not isinstance(rows, list):
        raise ClaimError(f"{path}: expected a list of forecasts")
    return [parse(row) for row in rows]


def _ends(where: str, interval: Any) -> tuple[Any, Any]:
    if interval is None:
        return None, None
    try:
        low, high = interval
    except (TypeError, ValueError):
        raise ClaimError(f"{where}: interval: expected (low, high), not {interval!r}") from None
    return digits.scalar(low), digits.scalar(high)
