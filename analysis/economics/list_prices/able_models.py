"""How many able models are cheap: below a tenth of what GPT-4 cost at its launch (c87)."""

from __future__ import annotations

from functools import cache

import pandas as pd

from analysis.claims.answer import Answer
from analysis.economics.list_prices.lists import ARTICLE, bare
from analysis.economics.listings import blended
from analysis.economics.prices.panels import Panel
from analysis.errors import InputError
from analysis.methods import multiverse, proportion
from analysis.methods.multiverse import Multiverse

LAUNCH_INPUT, LAUNCH_OUTPUT = 30.0, 60.0  # USD per million tokens, GPT-4 in March 2023
TENTH = 0.1
RANKS = {"cheapest host": 0.0, "median host": 0.5, "dearest host": 1.0}


def able_models(
    panel: Panel, ability: float, *, day: pd.Timestamp | None = None, output_share: float = 0.25
) -> pd.DataFrame:
    """Models at or above an ability that are on sale on a day, each at its cheapest host.

    Args:
        panel: one source.
        ability: the least that counts.
        day: default the day of the article, or the last day known if earlier.
        output_share: weight of output tokens in the blended price.

    Returns:
        model, developer, ability, open_weights, host, hosts (how many sell it), price in USD per
        million tokens; cheapest first.

    Raises:
        InputError: when none is on sale that day.
    """
    rows = _live(panel, ability, day, output_share)
    cheapest = rows.sort_values(["model", "price", "host"]).drop_duplicates("model")
    hosts = rows.groupby("model")["host"].nunique()
    columns = ["model", "developer", "ability", "open_weights", "host", "hosts", "price"]
    found = cheapest.assign(hosts=cheapest["model"].map(hosts))[columns]
    return found.sort_values(["price", "model"]).reset_index(drop=True)


def share_cheap(
    panel: Panel, ability: float, *, output_share: float = 0.25, level: float = 0.95
) -> Answer:
    """Share of able models priced under a tenth of GPT-4's launch price (c87)."""
    found = able_models(panel, ability, output_share=output_share)
    limit = TENTH * launch_price(output_share)
    cheap = found["price"] < limit
    share = proportion.share(int(cheap.sum()), len(found), level=level)
    closed = ~found["open_weights"]
    return Answer(
        estimate=share.share,
        interval=share.interval,
        n=share.n,
        method="share of models at their cheapest host, Clopper-Pearson interval",
        reason=(
            f"{share.count} of {share.n} models at or above GPT-4 of March 2023 cost less than"
            f" {limit:.2f} USD per million tokens somewhere, {int((cheap & closed).sum())} of the"
            f" {int(closed.sum())} with closed weights; models without a score are missing"
        ),
        detail={
            "limit_usd_per_million_tokens": limit,
            "median_usd_per_million_tokens": float(found["price"].median()),
            "closed_models": int(closed.sum()),
            "cheap_closed_models": int((cheap & closed).sum()),
        },
    )


def cheap_curve(panel: Panel, ability: float) -> Multiverse:
    """The share under other choices.

    Axes: how far above GPT-4's ability (in logits), token mix, price at which host, day, limit
    as a share of GPT-4's launch price (half and twice the rule's), and all models or only those
    with closed weights. The last axis was there before the curve was first computed and decides
    it: without closed models alone more than four in five specifications would agree.
    """
    end = min(panel.last, ARTICLE)

    @cache
    def sample(months: int, share: float, rank: float) -> pd.DataFrame:
        rows = _live(panel, ability, end - pd.DateOffset(months=months), share)
        models = rows.groupby("model")
        price = models["price"].quantile(rank)
        return models[["ability", "open_weights"]].first().assign(price=price)

    def estimate(
        above: float, output_share: float, host: str, months: int, limit: float, weights: str
    ) -> tuple[float, float, float]:
        rows = sample(months, output_share, RANKS[host])
        rows = rows[rows["ability"] >= ability + above]
        rows = rows[~rows["open_weights"]] if weights == "closed" else rows
        if rows.empty:
            raise InputError("ability", "no such model is on sale on that day")
        cheap = rows["price"] < limit * launch_price(output_share)
        found = proportion.share(int(cheap.sum()), len(rows))
        return found.share, *found.interval

    axes = {
        "above": (0.0, 0.5, 1.0),
        "output_share": (0.25, 0.5),
        "host": tuple(RANKS),
        "months": (0, 6),
        "limit": (TENTH / 2, TENTH, TENTH * 2),
        "weights": ("all", "closed"),
    }
    return multiverse.run(axes, estimate)


def launch_price(output_share: float = 0.25) -> float:
    """GPT-4's blended price at its launch, USD per million tokens."""
    return (1 - output_share) * LAUNCH_INPUT + output_share * LAUNCH_OUTPUT


def _live(
    panel: Panel, ability: float, day: pd.Timestamp | None, output_share: float
) -> pd.DataFrame:
    wanted = min(panel.last, ARTICLE) if day is None else day
    spells = bare(panel.spells)
    rows = panel.live(spells[spells["ability"] >= ability], pd.DatetimeIndex([wanted]))
    if rows.empty:
        raise InputError("ability", f"no model of it is on sale on {wanted:%Y-%m-%d}")
    return rows.assign(price=blended(rows, output_share=output_share))
