"""Tables of costs over batch, context, rent and size; and table 1 of the article beside them."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from analysis.economics.serving import text_cost
from analysis.economics.serving.chances import Inputs
from analysis.economics.serving.chips import Model
from analysis.economics.serving.draws import spread
from analysis.economics.serving.fits import Fits
from analysis.errors import InputError

BATCHES = (1, 8, 32, 128)
CONTEXTS = (1024, 8192, 32768, 131072)
VIDEO_ROW = "Real-Time Video Gen (1min, 30fps)"
COST_COLUMN = "inference_cost"
ESTIMATE = "video_cost_sora_2_estimate"


def tokens(
    fits: Fits,
    models: dict[str, Model],
    inputs: Inputs,
    n: int,
    rng: np.random.Generator,
    level: float,
) -> pd.DataFrame:
    """USD per million tokens written, by model, wished batch and context, with interval."""
    hourly = inputs.hourly(n, rng)
    rows = []
    for (name, model), batch, context in product(models.items(), BATCHES, CONTEXTS):
        size, length = np.array([float(batch)]), np.array([float(context)])
        efficiencies = fits.of(name).efficiencies
        placed = text_cost.place(model, fits.chip, size, length)
        seconds = text_cost.decode_seconds(model, fits.chip, efficiencies, size, length)[0]
        errors = np.exp(rng.choice(fits.residuals(("decode",), name), n))
        low, middle, high = spread(1e6 * seconds * errors * hourly / 3600, level)
        rows.append(
            {
                "model": name,
                "batch_wished": batch,
                "batch": placed.batch[0],
                "chips": placed.chips[0],
                "context_tokens": context,
                "usd_per_million_tokens": middle,
                "low": low,
                "high": high,
                "chip_seconds_per_million_tokens": 1e6 * seconds,
            }
        )
    return pd.DataFrame(rows)


def wide(table: pd.DataFrame, rows: list[str], column: str, value: str) -> pd.DataFrame:
    """A long table of costs as one with ``column`` across: "median (low to high)" in USD."""
    text = [
        f"{_short(middle)} ({_short(low)} to {_short(high)})"
        for middle, low, high in zip(table[value], table["low"], table["high"], strict=True)
    ]
    across = table.assign(text=text).pivot(index=rows, columns=column, values="text")
    order = list(dict.fromkeys(table[column]))
    return across[order].reset_index().rename_axis(columns=None).rename(columns=str)


def rent_and_use(table: pd.DataFrame, model: str, batch: int, context: int) -> pd.DataFrame:
    """USD per million tokens at given rents (rows) and shares of time at work (columns)."""
    wanted = (table["model"] == model) & (table["batch_wished"] == batch)
    row = table[wanted & (table["context_tokens"] == context)].iloc[0]
    hours = row["chip_seconds_per_million_tokens"] / 3600
    shares = (0.2, 0.5, 0.8, 1.0)
    return pd.DataFrame(
        {"usd_per_gpu_hour": rent}
        | {f"at_work_{share:.0%}": hours * rent / share for share in shares}
        for rent in (2.0, 3.0, 4.0, 6.0, 10.0)
    )


def table_one(
    article: pd.DataFrame,
    minutes: pd.DataFrame,
    prices: pd.DataFrame,
    facts: pd.DataFrame,
) -> pd.DataFrame:
    """The article's dollars of a minute of video beside model, list prices and estimates."""
    stated = article[(article["row"] == VIDEO_ROW) & (article["column"] == COST_COLUMN)]
    rows = [
        {"what": "the article's table 1", "low": row["value_low"], "high": row["value_high"]}
        for row in stated.to_dict("records")
    ]
    rows += [
        {
            "what": f"cost by this model, {row['size']}",
            "low": row["low"],
            "middle": row["usd_per_minute"],
            "high": row["high"],
        }
        for row in minutes.to_dict("records")
    ]
    listed = newest_prices(prices)
    if len(listed):
        spread = listed["usd_per_minute"]
        rows.append(
            {
                "what": f"list prices, {len(listed)} listings",
                "low": spread.min(),
                "middle": spread.median(),
                "high": spread.max(),
            }
        )
    rows += [
        {"what": row["statement"], "middle": row["value"]}
        for row in facts[facts["fact"] == ESTIMATE].to_dict("records")
    ]
    return pd.DataFrame(rows, columns=["what", "low", "middle", "high"])


def stated_minute(article: pd.DataFrame) -> tuple[float, float]:
    """The article's range in USD for a minute of video.

    Raises:
        InputError: before the article was published.
    """
    rows = article[(article["row"] == VIDEO_ROW) & (article["column"] == COST_COLUMN)]
    if rows.empty:
        raise InputError("article", "was not published by then")
    return float(rows["value_low"].iloc[0]), float(rows["value_high"].iloc[0])


def newest_prices(prices: pd.DataFrame) -> pd.DataFrame:
    """Listings of video that stand: the newest event of each, unless it is gone or unpriced."""
    keys = ["listing", "resolution"]
    last = prices.sort_values("refers_to", kind="stable").groupby(keys).tail(1)
    return last[(last["event"] != "gone") & (last["usd_per_minute"] > 0)]


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"
