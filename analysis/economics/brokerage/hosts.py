"""The same open model at many hosts: who asks what at each month end.

How the frozen rule of c48 is read, chosen before any result was seen:

- A model is one scored model with open weights; the crosswalk says which listing sells it on which
  day. A listing matched to quantised weights sells another good and is left out.
- A host is a firm. Several price lists of one firm (``SAME_FIRM``) are one host, which asks its
  lowest price. Gateways (``GATEWAYS``) sell the service of other hosts and are no hosts.
- The price is that of a blend of tokens at the end of a month, clean of flagged rows.
- The dispersion of a model in a month is the price of its dearest host over that of its cheapest,
  in the months in which three hosts or more have it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.columns import INPUT, LISTING, OUTPUT, require
from analysis.economics.prices.panels import Panel
from analysis.errors import InputError
from analysis.methods import validate

GATEWAYS = frozenset(
    {"openrouter", "vercel_ai_gateway", "aihubmix", "kyma", "opencode_go", "github_copilot"}
)
SAME_FIRM = {
    "azure_ai": "azure",
    "bedrock_mantle": "bedrock",
    "gemini": "vertex_ai",
    "qwen_ai_platform": "dashscope",
    "qwencloud": "dashscope",
}
LEAST_HOSTS = 3
MEASURES = ("max/min", "max/min, ends out", "max/median", "deviation")


def listed_offers(panel: Panel, crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Every listing of an open model on sale at a month end: one row a listing.

    Columns: month, model, host (the firm), gateway, both prices in USD per million tokens,
    age_days (since the price was first asked).

    Args:
        panel: one of ``panels`` (with ``least_benchmarks`` 1 to keep every scored model).
        crosswalk: ``model_crosswalk`` as loaded.
    """
    require("crosswalk", crosswalk, [*LISTING, "model", "rule"])
    spells = panel.spells[panel.spells["open_weights"]]
    quantised = crosswalk.loc[crosswalk["rule"] == "quantised", [*LISTING, "model"]]
    keys = pd.MultiIndex.from_frame(spells[[*LISTING, "model"]])
    kept = spells[~keys.isin(pd.MultiIndex.from_frame(quantised))]
    live = panel.live(kept, panel.months())
    return pd.DataFrame(
        {
            "month": live["month"],
            "model": live["model"],
            "host": live["host"].replace(SAME_FIRM),
            "gateway": live["host"].isin(GATEWAYS),
            INPUT: live[INPUT],
            OUTPUT: live[OUTPUT],
            "age_days": (live["month"] - live["date"]).dt.days,
        }
    )


def host_prices(
    offers: pd.DataFrame,
    *,
    output_share: float = 0.25,
    gateways: bool = False,
    oldest_days: float = np.inf,
) -> pd.DataFrame:
    """Lowest price of each host for each model and month: month, model, host, price.

    Args:
        offers: from ``listed_offers``.
        output_share: weight of output tokens in the blend.
        gateways: whether those who resell other hosts count as hosts.
        oldest_days: prices that have stood for longer are left out, as perhaps forgotten.
    """
    share = validate.probability("output_share", output_share)
    rows = offers[(gateways | ~offers["gateway"]) & (offers["age_days"] <= oldest_days)]
    price = (1 - share) * rows[INPUT] + share * rows[OUTPUT]
    lowest = rows.assign(price=price).groupby(["month", "model", "host"])["price"].min()
    return lowest.reset_index()


def dispersion(
    prices: pd.DataFrame, *, least_hosts: int = LEAST_HOSTS, measure: str = MEASURES[0]
) -> pd.DataFrame:
    """Dispersion of each model in each month with enough hosts: month, model, hosts, dispersion.

    A factor: dearest over cheapest, the same without the two ends (of four hosts or more), dearest
    over middle, or 10^s with s the standard deviation of log10 price.

    Raises:
        InputError: for an unknown measure, or when no model has enough hosts in any month.
    """
    validate.choice("measure", measure, MEASURES)
    least = max(least_hosts, 4) if measure == MEASURES[1] else least_hosts
    logs = prices.assign(log=np.log10(prices["price"]))
    counts = logs.groupby(["month", "model"])["log"].transform("size")
    if not (counts >= least).any():
        most = int(counts.max()) if len(counts) else 0
        raise InputError("hosts", f"no model has {least} hosts in a month; the most is {most}")
    ranked = logs[counts >= least].sort_values(["month", "model", "log"])
    groups = ranked.groupby(["month", "model"])["log"]
    found = pd.DataFrame({"hosts": groups.size(), "dispersion": 10 ** _spread(groups, measure)})
    return found.reset_index()


def _spread(groups: Any, measure: str) -> pd.Series[float]:
    if measure == MEASURES[0]:
        return groups.max() - groups.min()
    if measure == MEASURES[1]:
        return groups.nth(-2).to_numpy() - groups.nth(1).to_numpy()
    return groups.max() - groups.median() if measure == MEASURES[2] else groups.std()
