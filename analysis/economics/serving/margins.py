"""What hosts of open models ask, over what the cost model says that serving them takes.

Readings fixed before any margin was computed: the models whose shape and timings are known; every
host's listing of those weights on the last month end of the price lists; three tokens read for one
written, none from a cache; sequences decoded together and context drawn evenly in logarithms from
8 to 256 and from 1,000 to 8,000 tokens; rents and shares of time at work as in ``chances``. All in
16 bits on H100s: hosts that serve in 8 bits on newer chips have lower costs, so margins come out
too low. Nothing but the GPU is a cost here.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.economics.listings import blended
from analysis.economics.prices.panels import Panel
from analysis.economics.serving import text_cost
from analysis.economics.serving.chances import COMMITTED, GRADED, Inputs
from analysis.economics.serving.chips import Model
from analysis.economics.serving.draws import even_in_logs, spread
from analysis.economics.serving.fits import Fits
from analysis.errors import InputError
from analysis.sources.listing_names import bare_name

DRAWS = 4000
BATCH, CONTEXT = (8.0, 256.0), (1000.0, 8000.0)
WRITTEN = 0.25  # share of output in all tokens
# Bare names of the listings that sell the weights of each timed model.
_SOLD = {
    "llama3-8b": r"(meta-)?llama-?v?3(([.p])1)?-8b(-instruct(-turbo|-v1)?)?(-maas)?",
    "llama3-70b": r"(meta-)?llama-?v?3(([.p])[13])?-70b(-instruct(-turbo|-v1)?)?(-maas)?",
    "qwen2.5-32b": r"qwen-?v?2([.p])?5-(coder-)?32b(-instruct)?",
    "qwen3-30b-a3b": r"qwen3-(coder-)?30b-a3b(-instruct)?(-2507)?",
}


def prices(panel: Panel, models: dict[str, Model]) -> pd.DataFrame:
    """The cheapest price of every host for each model on the panel's last month end.

    Columns: model, host, listing, price (USD per million tokens, three read for one written).

    Raises:
        InputError: when no host sells one of the models.
    """
    days = panel.months()[-1:]
    rows = panel.live(panel.listings, days)
    names = rows["listing"].map(bare_name)
    parts = [
        rows[names.map(lambda name, form=form: bool(re.fullmatch(form, name)))].assign(model=model)
        for model, form in _SOLD.items()
        if model in models
    ]
    found = pd.concat(parts) if parts else rows.iloc[:0].assign(model="")
    if found.empty:
        raise InputError("panel", "no host sells a model whose cost is known")
    found = found.assign(price=blended(found, output_share=WRITTEN))
    ranked = found.sort_values(["model", "price", "host", "listing"], kind="stable")
    kept = ranked.drop_duplicates(["model", "host"])
    return kept[["model", "host", "listing", "price"]].reset_index(drop=True)


def costs(
    fits: Fits,
    models: dict[str, Model],
    inputs: Inputs,
    *,
    lean: bool = False,
    seed: int = 0,
    n: int = DRAWS,
) -> dict[str, np.ndarray]:
    """Draws of the cost of a million tokens of each model, USD; three read for one written.

    ``lean`` is a well-run host: committed rents, the share of time at work that graded sources
    give, as many sequences as the span has, weights and cache in 8 bits (arithmetic still in 16).
    """
    found = {}
    for name, model in models.items():
        rng = np.random.default_rng(seed)
        batch, context = (even_in_logs(span, n, rng) for span in (BATCH, CONTEXT))
        if lean:
            batch = np.full(n, BATCH[1])
            model = replace(model, bytes_per_weight=1.0, bytes_per_cache_value=1.0)
        fitted = fits.of(name).efficiencies
        written = text_cost.decode_seconds(model, fits.chip, fitted, batch, context)
        read = text_cost.read_seconds(model, fits.chip, fitted, context)
        errors = np.exp(rng.choice(fits.residuals(("decode", "prefill"), name), n))
        seconds = (WRITTEN * written + (1 - WRITTEN) * read) * errors
        found[name] = 1e6 * seconds * _hourly(inputs, lean, n, rng) / 3600
    return found


def implied(
    asked: pd.DataFrame, drawn: dict[str, np.ndarray], *, level: float = 0.95
) -> pd.DataFrame:
    """Margins by model: 1 - cost / price at the middle and the lowest price of its hosts.

    Columns: model, hosts, lowest_price, middle_price, cost (middle draw), cost_low, cost_high,
    margin, margin_low, margin_high (at the middle price), margin_at_lowest, hosts_above_cost.
    """
    rows = []
    for model, group in asked.groupby("model", sort=False):
        low, middle, high = spread(drawn[str(model)], level)
        price, least = float(group["price"].median()), float(group["price"].min())
        rows.append(
            {
                "model": model,
                "hosts": len(group),
                "lowest_price": least,
                "middle_price": price,
                "cost": middle,
                "cost_low": low,
                "cost_high": high,
                "margin": 1 - middle / price,
                "margin_low": 1 - high / price,
                "margin_high": 1 - low / price,
                "margin_at_lowest": 1 - middle / least,
                "hosts_above_cost": float((group["price"] > middle).mean()),
            }
        )
    return pd.DataFrame(rows)


def _hourly(inputs: Inputs, lean: bool, n: int, rng: np.random.Generator) -> np.ndarray:
    if not lean or COMMITTED not in inputs.rents:
        return inputs.hourly(n, rng)
    return rng.choice(inputs.rents[COMMITTED], n) / rng.uniform(*inputs.shares[GRADED], n)
