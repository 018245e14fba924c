"""Everything that the simulation draws from, estimated from what was known on the day.

Readings, chosen when the trends of the other notebooks were known:

- Growth rates are drawn from the confidence distribution of a trend that another notebook fits.
- What is to come is somewhere between a repetition of the whole series and one of its months since
  2025: the weight w is drawn evenly from 0 to 1, one for all series. That is a judgement.
- The largest run costs what the dearest known run cost and keeps the pace of compute times dollars
  per operation. The cost of a known run is taken as good to a factor of three, nine times in ten:
  a judgement. ``largest_run`` shows what other judgements would give.
- No public series follows the tokens of one task. Their growth is a judgement: evenly (in logs)
  between none and the fastest growth between two published mean lengths of a chat's replies. The
  change of tasks from chat to agent, a factor of thousands, is left out: it is another task.
- Spending is cash capital expenditure of four firms at the yearly rate of its last quarter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.economics.hardware import chips
from analysis.economics.market import series as market
from analysis.economics.prices import panels as price_panels
from analysis.economics.prices import series as price_series
from analysis.economics.prices.panels import LISTS, Panel
from analysis.economics.scenarios.paths import Path, path
from analysis.economics.scenarios.tokens import token_range
from analysis.economics.training import cost, samples
from analysis.errors import InputError
from analysis.methods import trend
from analysis.methods.trend import LogLinear

QUARTERS = 4
GOOD_TO = 3.0
"""Factor within which the cost of a known run lies, nine times in ten: a judgement, no source."""
Known = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, eq=False)
class Run:
    """A run with a known cost; ``confidence`` is what its publisher says of its compute."""

    model: str
    day: pd.Timestamp
    usd: float
    operations: float
    confidence: str

    @property
    def now(self) -> float:
        return float(trend.decimal_year([self.day])[0])


@dataclass(frozen=True, eq=False)
class Inputs:
    """Trends and ranges; what the data of the day do not allow is None.

    ``run`` is the dearest, ``surer`` the dearest whose compute is more than speculation. ``tokens``
    are the ends of the judged growth of tokens a task, log10 per year.
    """

    compute: LogLinear | None
    unit_cost: LogLinear | None
    chips: LogLinear | None
    cost: LogLinear | None
    run: Run | None
    surer: Run | None
    able: Path | None
    best: Path | None
    tokens: tuple[float, float] | None
    spend: Path | None


def prices(known: Known, source: str = LISTS, **options: Any) -> Panel:
    """One panel of list prices from the tables."""
    names = ("api_prices", "router_prices", "model_quality", "model_crosswalk")
    return price_panels.panels(*(known[name] for name in names), **options)[source]


def inputs(
    known: Known, panel: Panel, *, reference: str, recent_start: Any, level: float, seed: int
) -> Inputs:
    """All inputs.

    ``known`` has api_prices, router_prices, model_quality, model_crosswalk, training_runs,
    run_links, training_costs, accelerators, company_accounts and token_budgets, as loaded.
    """
    options = {"level": level, "seed": seed}
    ability = _or_none(price_panels.ability_of, known["model_quality"], reference)
    windows = {"recent_start": recent_start, **options}
    frontier = samples.frontier_runs(known["training_runs"], known["run_links"])
    priced = samples.with_cost(frontier, known["training_costs"])
    released = chips.sample(known["accelerators"], chips.HALF, chips.DOLLAR)
    return Inputs(
        compute=_or_none(cost.line, frontier, samples.COMPUTE, **options),
        unit_cost=_or_none(cost.unit_cost, priced, **options),
        chips=_or_none(trend_of_chips, released, **options),
        cost=_or_none(cost.line, priced, samples.COST, **options),
        run=_or_none(dearest, priced),
        surer=_or_none(dearest, samples.sure(priced)),
        able=None if ability is None else _or_none(_able, panel, ability, **windows),
        best=_or_none(_best, panel, **windows),
        tokens=_or_none(token_range, known["token_budgets"]),
        spend=_or_none(_spend, known["company_accounts"], **windows),
    )


def monthly(series: pd.DataFrame) -> pd.DataFrame:
    """A monthly price series as ``day`` and ``value``."""
    return pd.DataFrame({"day": series["month"], "value": series["price"]})


def trend_of_chips(released: pd.DataFrame, **options: Any) -> LogLinear:
    """Growth of 16-bit FLOP/s per dollar of release price, wild bootstrap-t."""
    return trend.log_linear(
        released["refers_to"], released[chips.VALUE], covariance="wild", **options
    )


def dearest(priced: pd.DataFrame) -> Run:
    """The dearest run with a known cost.

    Raises:
        InputError: when no run has a cost.
    """
    if priced.empty:
        raise InputError("priced", "has no run with a cost")
    top = priced.nlargest(1, samples.COST).iloc[0]
    return Run(
        model=top["model"],
        day=top["refers_to"],
        usd=float(top[samples.COST]),
        operations=float(top[samples.COMPUTE]),
        confidence=str(top["compute_confidence"]),
    )


def _able(panel: Panel, ability: float, **options: Any) -> Path:
    return path(monthly(price_series.cheapest(panel, ability)), **options)


def _best(panel: Panel, **options: Any) -> Path:
    return path(monthly(price_series.best(panel)), **options)


def _spend(accounts: pd.DataFrame, **options: Any) -> Path:
    frame = market.capex(accounts).frame
    frame = frame[frame["refers_to"] >= pd.Timestamp(market.START)]
    yearly = pd.DataFrame({"day": frame["refers_to"], "value": QUARTERS * frame["value_usd"]})
    return path(yearly, **options)


def _or_none(function: Any, *args: Any, **options: Any) -> Any:
    try:
        return function(*args, **options)
    except InputError:
        return None
