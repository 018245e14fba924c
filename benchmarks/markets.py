"""Simulated markets whose answers are known."""

from __future__ import annotations

import numpy as np
import pandas as pd

START = np.datetime64("2022-01-01")
MONTH_DAYS = 365.25 / 12
BURN_IN = 36.0  # months before the first one observed


def listings(
    seed: int,
    *,
    months: int,
    entries_per_month: float,
    fall_per_year: float,
    spread: float = 0.8,
    life_months: float = 15.0,
) -> pd.DataFrame:
    """Models above a threshold that come and go while prices fall by a known factor.

    Entries are a Poisson process; log price is the trend plus normal noise of standard
    deviation ``spread``; listings last exponentially long. The market has run for three years
    when it is first seen, so the lowest price falls, on average, as the trend does.
    """
    generator = np.random.default_rng(seed)
    count = generator.poisson(entries_per_month * (months + BURN_IN))
    entry = generator.uniform(-BURN_IN, months, count)
    price = np.exp(spread * generator.normal(size=count)) * fall_per_year ** (-entry / 12)
    leaving = entry + generator.exponential(life_months, count)
    seen = leaving > 0
    date = _day(np.maximum(entry[seen], 0.0))
    until = _day(leaving[seen])
    models = pd.DataFrame({"date": date, "price": price[seen], "score": 1.0, "until": until})
    models = models[models["date"] < models["until"]]
    return models.assign(
        until=models["until"].where(models["until"] <= _day(np.array([months]))[0])
    )


def last_day(months: int) -> str:
    """The day on which a market of so many months was last seen."""
    return str(START + int(months * MONTH_DAYS) - 1)


def _day(months: np.ndarray) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(START + (months * MONTH_DAYS).astype("timedelta64[D]"))


def panel(periods: int, items: int, *, seed: int = 0, present: float = 0.8) -> pd.DataFrame:
    """A price panel with ``present`` of its cells, log-normal prices and quantities."""
    generator = np.random.default_rng(seed)
    drawn = np.exp(generator.normal(size=(2, periods * items)))
    long = pd.DataFrame(
        {
            "period": np.repeat(np.arange(periods), items),
            "item": np.tile(np.arange(items), periods),
            "price": drawn[0],
            "quantity": drawn[1],
        }
    )
    return long[generator.random(len(long)) < present]
