"""What the best model costs: live at each date, or at the launch of each record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.economics.columns import INPUT, OUTPUT, require
from analysis.economics.listings.spells import blended
from analysis.methods import validate

# The developer's own API, as hosts are named in the price tables.
FIRST_PARTY: Mapping[str, tuple[str, ...]] = {
    "Alibaba": ("dashscope", "qwencloud", "qwen_ai_platform"),
    "Amazon": ("bedrock", "amazon_nova"),
    "Anthropic": ("anthropic",),
    "Cohere": ("cohere",),
    "DeepSeek": ("deepseek",),
    "Google": ("gemini", "vertex_ai"),
    "Meta": ("meta", "meta_llama"),
    "Microsoft": ("azure_ai",),
    "MiniMax": ("minimax",),
    "Mistral AI": ("mistral",),
    "Moonshot AI": ("moonshot",),
    "OpenAI": ("openai",),
    "Xiaomi": ("xiaomi_mimo",),
    "Z.ai": ("zai",),
    "xAI": ("xai",),
}
_NEEDED = ["host", "developer", "model", "ability", "date", "until", INPUT, OUTPUT]


def frontier_price(spells: pd.DataFrame, dates: Any, *, output_share: float = 0.25) -> pd.DataFrame:
    """Price of the model of highest ability that is on sale, for each date.

    The price is the lowest that its developer asks, or any host where the developer's own API
    is not listed. The series can fall when the best model becomes cheaper or is withdrawn.
    Only scored models count: after the last score the series shows the best of those.

    Args:
        spells: ``frame`` of ``with_quality``.
        dates: days to look at; those with nothing on sale are left out.
        output_share: weight of output tokens in the blended price.

    Returns:
        date, model, developer, ability, standard_error, host, first_party, price in USD per
        million tokens; one row a date.

    Raises:
        InputError: for missing columns or bad dates.
    """
    rows = _prepared(spells, output_share)
    found = []
    for day in pd.DatetimeIndex(validate.dates("dates", dates)):
        live = rows[(rows["date"] <= day) & ~(rows["until"] <= day)]
        if len(live):
            best = live[live["ability"] == live["ability"].max()]
            found.append(_cheapest(best).assign(date=day))
    return _table(found)


def frontier_launches(spells: pd.DataFrame, *, output_share: float = 0.25) -> pd.DataFrame:
    """Models that beat all before them in ability, each at the price it was first listed at.

    Columns as in ``frontier_price``; ``date`` is the first day on which the model was listed.
    """
    rows = _prepared(spells, output_share)
    first = rows[rows["date"] == rows.groupby("model")["date"].transform("min")]
    found, record = [], float("-inf")
    for _, day in first.groupby("date", sort=True):
        best = day[day["ability"] == day["ability"].max()]
        if best["ability"].iloc[0] > record:
            record = best["ability"].iloc[0]
            found.append(_cheapest(best))
    return _table(found)


def _prepared(spells: pd.DataFrame, output_share: float) -> pd.DataFrame:
    require("spells", spells, _NEEDED)
    own = [
        host in FIRST_PARTY.get(developer, ())
        for host, developer in zip(spells["host"], spells["developer"], strict=True)
    ]
    return spells.assign(first_party=own, price=blended(spells, output_share=output_share))


def _cheapest(rows: pd.DataFrame) -> pd.DataFrame:
    order = ["first_party", "price", "model", "host"]
    return rows.sort_values(order, ascending=[False, True, True, True]).head(1)


def _table(found: list[pd.DataFrame]) -> pd.DataFrame:
    columns = ["date", "model", "developer", "ability", "standard_error"]
    columns += ["host", "first_party", "price"]
    rows = pd.concat(found) if found else pd.DataFrame(columns=columns)
    return rows[columns].reset_index(drop=True)
