"""Where the price of an existing broker of model calls lies among those of the hosts."""

from __future__ import annotations

import pandas as pd

from analysis.economics.brokerage.hosts import LEAST_HOSTS
from analysis.economics.brokerage.spread import savings
from analysis.economics.prices.panels import Panel
from analysis.errors import InputError

WEEKS_A_YEAR = 365.25 / 7
DATED = r"-\d{8}$"


def router_position(
    routed: pd.DataFrame, prices: pd.DataFrame, *, least_hosts: int = LEAST_HOSTS
) -> pd.DataFrame:
    """The router's price of each model and month beside the hosts' of the same month.

    Columns: month, model, hosts, over_cheapest, over_middle (the router's price as a factor of the
    cheapest and of the middle host's).

    Args:
        routed, prices: ``host_prices`` of the router (gateways included) and of the hosts.

    Raises:
        InputError: when no model with enough hosts is in the router's catalogue.
    """
    hosts = savings(prices)
    asked = routed[["month", "model", "price"]]
    both = hosts[hosts["hosts"] >= least_hosts].merge(asked, on=["month", "model"])
    if both.empty:
        raise InputError("routed", f"share no model with {least_hosts} hosts in any month")
    return pd.DataFrame(
        {
            "month": both["month"],
            "model": both["model"],
            "hosts": both["hosts"],
            "over_cheapest": both["price"] / both["cheapest"],
            "over_middle": both["price"] / both["middle"],
        }
    )


def by_half_year(position: pd.DataFrame) -> pd.DataFrame:
    """Middle and quartiles of the router's price over the cheapest and the middle host."""
    months = position["month"].dt
    half = (months.month > 6).map({False: " H1", True: " H2"})
    label = (months.year.astype(str) + half).rename("half_year")
    groups = position.assign(below=position["over_middle"] < 1).groupby(label)
    return pd.DataFrame(
        {
            "models": groups["model"].nunique(),
            "model_months": groups.size(),
            "over_cheapest_lower_quartile": groups["over_cheapest"].quantile(0.25),
            "over_cheapest": groups["over_cheapest"].median(),
            "over_cheapest_upper_quartile": groups["over_cheapest"].quantile(0.75),
            "over_middle": groups["over_middle"].median(),
            "share_below_middle": groups["below"].mean(),
        }
    ).reset_index()


def volume(usage: pd.DataFrame, router: Panel, *, output_share: float = 0.25) -> pd.DataFrame:
    """Tokens of the fifteen most used models of the router, and what they would be worth.

    Columns: month, tokens_trillion (a week), priced_share (of the tokens whose model is found in
    the catalogue under its name without the date), list_price (of those, weighted by tokens, USD
    per million), brokered_billion_usd (a year, if all were paid at that price),
    price_for_10_billion (USD per million that would make 10 billion).

    Raises:
        InputError: when no month is known.
    """
    if usage.empty:
        raise InputError("usage", "has no month known by this day")
    frame = pd.DataFrame({name: usage[name] for name in ("month", "model", "tokens")})
    frame["day"] = usage["refers_to"]
    frame["listing"] = frame["model"].str.replace(DATED, "", regex=True)
    asked = router.listings[["listing", "date", "until", "price"]]
    pairs = frame.merge(asked, on="listing")
    live = pairs[(pairs["date"] <= pairs["day"]) & ~(pairs["until"] <= pairs["day"])]
    priced = live.drop_duplicates(["month", "model"])
    paid = (priced["tokens"] * priced["price"]).groupby(priced["month"]).sum()
    found = pd.DataFrame({"tokens": frame.groupby("month")["tokens"].sum()})
    seen = priced.groupby("month")["tokens"].sum().reindex(found.index)
    found["priced_share"] = seen / found["tokens"]
    found["list_price"] = paid.reindex(found.index) / seen
    yearly = found["tokens"] * WEEKS_A_YEAR / 1e6
    found["brokered_billion_usd"] = yearly * found["list_price"] / 1e9
    found["price_for_10_billion"] = 1e10 / yearly
    found["tokens"] /= 1e12
    return found.rename(columns={"tokens": "tokens_trillion"}).reset_index()
