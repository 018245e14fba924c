"""List prices of the models that agents run on, and the cost of a budget of tokens.

The models used for agents in April 2026: the current models of the three vendors that sell coding
agents of their own (Claude Code, Codex, Gemini CLI), which are also those behind the published
traces. Other readings: only the best of each vendor, only the workhorse of each, or what the users
of OpenRouter used most, who choose by price. The sets were fixed before any cost was computed but
with prices in sight.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.economics.columns import require
from analysis.economics.serving.budgets import TOKENS
from analysis.errors import InputError
from analysis.methods import validate

FRESH, CACHED, WRITE, OUTPUT = (
    "input_usd_per_million_tokens",
    "cached_input_usd_per_million_tokens",
    "cache_write_usd_per_million_tokens",
    "output_usd_per_million_tokens",
)
APRIL = pd.Timestamp(2026, 4, 30)  # the month of the article
VENDORS, BEST, WORKHORSE, ROUTER = (
    "vendors of agents",
    "best of each vendor",
    "workhorse of each vendor",
    "most used on the router",
)
SETS = (VENDORS, BEST, WORKHORSE, ROUTER)
_BEST = ("claude-opus-4-6", "gpt-5.4", "gemini/gemini-3.1-pro-preview")
_WORKHORSE = ("claude-sonnet-4-6", "gpt-5.3-codex", "gemini/gemini-3-flash-preview")
_CURRENT = (*_BEST, "claude-sonnet-4-6", "gpt-5.3-codex")
_CHOSEN = {VENDORS: _CURRENT, BEST: _BEST, WORKHORSE: _WORKHORSE}
# Slug in the router's ranking: listing in the price list that sells the same model.
_LISTED = {
    "moonshotai/kimi-k2.6-20260420": "moonshot/kimi-k2.6",
    "anthropic/claude-4.6-sonnet-20260217": "claude-sonnet-4-6",
    "anthropic/claude-4.7-opus-20260416": "claude-opus-4-7",
    "anthropic/claude-4.6-opus-20260205": "claude-opus-4-6",
    "deepseek/deepseek-v3.2-20251201": "deepseek/deepseek-chat",
    "google/gemini-3-flash-preview-20251217": "gemini/gemini-3-flash-preview",
    "google/gemini-2.5-flash": "gemini/gemini-2.5-flash",
    "google/gemini-2.5-flash-lite": "gemini/gemini-2.5-flash-lite",
    "x-ai/grok-4.1-fast": "xai/grok-4-1-fast",
}


def in_force(cached_prices: pd.DataFrame, day: Any) -> pd.DataFrame:
    """What every listing with a price of cached input asked on a day; one row a listing."""
    require("cached_prices", cached_prices, ["listing", "host", "event", FRESH, CACHED, OUTPUT])
    known = cached_prices[cached_prices["refers_to"] <= pd.Timestamp(day)]
    last = known.sort_values(["listing", "refers_to"], kind="stable").groupby("listing").tail(1)
    return last[last["event"] != "gone"].reset_index(drop=True)


def price_set(
    cached_prices: pd.DataFrame,
    usage: pd.DataFrame,
    models: str = VENDORS,
    *,
    day: Any = APRIL,
    writes: bool = False,
) -> pd.DataFrame:
    """Prices of a set of models: listing, weight, and the three prices under the token names.

    Args:
        cached_prices, usage: the tables cached_prices and router_usage as loaded.
        models: one of ``SETS``; the router's models weigh by their tokens in April 2026, all
            others alike.
        day: whose prices.
        writes: charge fresh input what it costs to write it to the cache, where a host asks that.

    Raises:
        InputError: for an unknown set, or when none of its models is listed on that day.
    """
    validate.choice("models", models, SETS)
    weights = _used(usage) if models == ROUTER else dict.fromkeys(_CHOSEN[models], 1.0)
    prices = in_force(cached_prices, day)
    prices = prices[prices["listing"].isin(list(weights))].reset_index(drop=True)
    if prices.empty:
        raise InputError("models", f"none of the {models} has a price on {pd.Timestamp(day):%F}")
    fresh = prices[WRITE].fillna(prices[FRESH]) if writes else prices[FRESH]
    columns = dict(zip(TOKENS, (fresh, prices[CACHED], prices[OUTPUT]), strict=True))
    weight = prices["listing"].map(weights)
    found = {"listing": prices["listing"], "weight": weight / weight.sum(), **columns}
    return pd.DataFrame(found)


def cost(tokens: pd.DataFrame, prices: pd.DataFrame) -> pd.DataFrame:
    """Cost in USD of every budget (rows) at the prices of every model (columns), by listing."""
    values = tokens[TOKENS].to_numpy() @ prices[TOKENS].to_numpy().T / 1e6
    return pd.DataFrame(values, index=tokens.index, columns=prices["listing"].to_numpy())


def drawn(tokens: pd.DataFrame, prices: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Cost in USD of each budget at the prices of a model drawn by its weight, shape (n,)."""
    picks = rng.choice(len(prices), len(tokens), p=prices["weight"].to_numpy())
    asked = prices[TOKENS].to_numpy()[picks]
    return np.einsum("ij,ij->i", tokens[TOKENS].to_numpy(), asked) / 1e6


def _used(usage: pd.DataFrame) -> dict[str, float]:
    month = usage[usage["month"] == f"{APRIL:%Y-%m}"]
    named = month.assign(listing=month["model"].map(_LISTED)).dropna(subset=["listing"])
    return {str(k): float(v) for k, v in named.groupby("listing")["tokens"].sum().items()}
